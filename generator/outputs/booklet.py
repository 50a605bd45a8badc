"""A section of the documentation → a booklet in PDF, by the Typst template `site_templates/report/booklet.typ`.

An article is blocks, and a block inlines: nothing here knows HTML. As in a report, all of it goes to the template as
JSON; pictures go as files beside a copy of the template, which can read nothing else.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import typst

from .. import __version__
from ..locale import words
from .pdf import broken_template, data_of, typeset

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

PICTURES = ("png", "jpg", "jpeg", "gif", "webp", "svg")
"""Endings of the files that can be printed."""
_TEMPLATE = "booklet.typ"
_PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>")
_TRIAL = '#set document(title: "x"); #image(json(bytes(sys.inputs.file)), alt: "x")'


@dataclass(frozen=True)
class Text:
    """Characters in some `styles` (strong, em, code, key, sup, sub, del, ins, mark).

    They lead to `address`, or to the `Anchor` of the same booklet with the same `place`, or where there is none to
    the article whose place comes before its `#`.
    """

    text: str
    styles: tuple[str, ...] = ()
    address: str = ""
    place: str = ""


@dataclass(frozen=True)
class Break:
    """A new line."""


@dataclass(frozen=True)
class Image:
    """A picture, by its name among the booklet's files.

    `width` is in points, 0 for its own. Without `alt` it is only decoration.
    """

    file: str
    alt: str
    width: float = 0


@dataclass(frozen=True)
class Anchor:
    """A place that links lead to; no two of a booklet have the same `place`."""

    place: str


Inline = Text | Break | Image | Anchor


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 6; the article's title is the first."""

    level: int
    text: str
    place: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text; `tone` is "", `caption` or `title`, the last for what heads a part of a list or a table."""

    inlines: tuple[Inline, ...]
    tone: str = ""


@dataclass(frozen=True)
class Code:
    """Lines to be typed, or told by a program."""

    lines_of_code: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """Items, each of them blocks; numbered from `start` unless that is None."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True)
class Definition:
    """A term and what is said of it."""

    term: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Definitions:
    """Terms with what is said of each."""

    items: tuple[Definition, ...]


@dataclass(frozen=True)
class Note:
    """A notice beside the text; `tone` is `note`, `tip`, `warning` or `danger`."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    tone: str = "note"


@dataclass(frozen=True)
class Quote:
    """What somebody else said."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `align` is left, center or right."""

    blocks: tuple[Block, ...]
    align: str = "left"


@dataclass(frozen=True)
class Grid:
    """A table: every row has as many cells as the others, and each page repeats `heads`."""

    heads: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Rule:
    """A line across the page."""


Block = Heading | Paragraph | Code | Listing | Definitions | Note | Quote | Grid | Rule


@dataclass(frozen=True)
class Article:
    """A page of the documentation; `place` is what links of the same booklet lead to, `facts` stand below its title."""

    title: str
    place: str
    facts: tuple[str, ...]
    blocks: tuple[Block, ...]
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Booklet:
    """The articles of a section, and `files`: the bytes of their pictures by name."""

    title: str
    above: str
    """What the section is a part of: the site and the sections around it."""
    facts: tuple[str, ...]
    company: str
    contents: str
    """The title of the table of contents."""
    paging: str
    """`{page}` and `{pages}` stand for the numbers."""
    language: str
    articles: tuple[Article, ...]
    day: date | None = None
    """The day of the newest article."""
    files: Mapping[str, bytes] = field(default_factory=dict)

    def digest(self, templates_dir: Path) -> str:
        """Return a digest of everything that this becomes a PDF by."""
        digest = hashlib.sha256(json.dumps([__version__, version("typst"), _said(self)]).encode())
        for path in sorted((templates_dir / "report").rglob("*")):
            if path.is_file():
                digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        for name, content in sorted(self.files.items()):
            digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        return digest.hexdigest()


def booklet_pdf(booklet: Booklet, templates_dir: Path) -> bytes:
    """Return *booklet* as a PDF/UA-1 document: tagged, with bookmarks; the same bytes for the same booklet.

    A picture that cannot be drawn is told by its alternative text.

    Raises:
        AvanceError: when the template cannot be compiled.
    """
    folder = templates_dir / "report"
    with TemporaryDirectory() as name:
        root = Path(name)
        for path in folder.glob("*.typ"):
            shutil.copyfile(path, root / path.name)
        for file, content in booklet.files.items():
            (root / file).write_bytes(content)
        when = datetime.combine(booklet.day or datetime.fromtimestamp(0, UTC), datetime.min.time(), UTC)

        def compiled(files: Collection[str]) -> bytes:
            data = {"booklet": _said(booklet), "files": list(files)}
            return typeset(root / _TEMPLATE, data, date=when, fonts=folder / "fonts")

        try:
            return compiled(booklet.files)
        except typst.TypstError as error:
            drawable = [file for file in booklet.files if _can_be_drawn(root, file, folder / "fonts")]
            if len(drawable) == len(booklet.files):
                raise broken_template(error, words(booklet.language)) from error
            return compiled(drawable)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of `booklet_pdf` has, as its own description says."""
    found = _PAGES.search(pdf)
    return int(found[1]) if found else 0


def _said(booklet: Booklet) -> dict[str, Any]:
    """Return *booklet* as the template gets it: without bytes, its day in words of its own."""
    said: dict[str, Any] = {
        name: data_of(getattr(booklet, name))
        for name in ("title", "above", "facts", "company", "contents", "paging", "language", "articles")
    }
    return {"day": booklet.day.isoformat() if booklet.day else "", **said}


def _can_be_drawn(root: Path, file: str, fonts: Path) -> bool:
    trial = root / "trial.typ"
    trial.write_text(_TRIAL, encoding="utf-8")
    try:
        typeset(trial, {"file": file}, date=datetime.fromtimestamp(0, UTC), fonts=fonts)
    except typst.TypstError:
        return False
    return True
