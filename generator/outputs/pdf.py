"""Reports → PDF, by the Typst templates of `site_templates/report/`.

What is printed goes to a template as JSON, and is never part of its source: no text can be markup there. The fonts are
those of `site_templates/report/fonts/` and the ones inside Typst, never the machine's, and the document's date is its
cut's; so the same report has the same bytes everywhere.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
import typst

from ..locale import words
from ..pages.report import Picture
from ..problems import N_, AvanceError
from .charts import chart_svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..locale import Words
    from ..pages.report import Report

_BROKEN = N_("La plantilla de los informes (site_templates/report) tiene un error: {message}")
_SPACES = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of what follows
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff]"  # what is no character, or none that PDF/UA allows
)
_UNBROKEN = re.compile(r"\S{24,}")
_PIECE = 12
"""A long run of characters has a place to break after each so many; a narrow column holds them."""
_JOINERS = "\u200d\ufe0e\ufe0f"
_AS_IT_IS = ("address", "place", "file")
"""Fields that are no text to read."""
_TO_COPY = "lines_of_code"
"""The field whose texts are copied from a document: they are broken only where a page would not hold them."""
_LONG_LINE = re.compile(r"(\S{80})(?=\S)")
_WIDTH = 640
"""Points of a chart; it is scaled to the width of the text."""


def report_pdf(report: Report, templates_dir: Path) -> bytes:
    """Return *report* as a PDF/UA-1 document: tagged, with bookmarks; the same bytes for the same report.

    Raises:
        AvanceError: when the template cannot be compiled.
    """
    folder = templates_dir / "report"
    data = {"qr": _qr(report.address), **data_of(report)}
    try:
        return typeset(folder / "report.typ", {"report": data}, date=_date(report.cut_iso), fonts=folder / "fonts")
    except typst.TypstError as error:
        raise broken_template(error, words(report.language)) from error


def typeset(template: Path, data: Mapping[str, Any], *, date: datetime, fonts: Path) -> bytes:
    """Return *template* with *data*, each of it JSON in `sys.inputs`, as a PDF/UA-1 document of *date*.

    The template reads files of its own folder alone, and has the fonts of the folder *fonts* and those inside Typst.

    Raises:
        typst.TypstError: when the template cannot be compiled.
    """
    return typst.compile(
        template,
        root=template.parent,
        format="pdf",
        font_paths=_fonts(fonts),
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(said) for name, said in data.items()},
        pdf_standards=["ua-1"],
        timestamp=date,
    )


def broken_template(error: typst.TypstError, words: Words) -> AvanceError:
    """Return what to tell a designer whose template cannot be compiled."""
    return AvanceError(words.text(_BROKEN).format(message=error.message))


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Return the fonts of *folder* and those inside Typst. Kept, because reading them takes longer than a page."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _date(iso: str) -> datetime:
    """Return the document's date; without a cut it is a fixed one, which the template leaves out."""
    when = datetime.fromisoformat(iso) if iso else datetime.fromtimestamp(0, UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _qr(address: str) -> str:
    """Return *address* as the SVG of a QR code without a margin, or "" for none."""
    if not address:
        return ""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=0, xmldecl=False, omitsize=True, nl=False, dark="#000000"
    )
    return drawn.getvalue().decode()


def data_of(value: Any) -> Any:
    """Return a view as JSON has it; each block says what it is under `block`, in lower case."""
    if isinstance(value, Picture):
        return {"block": "picture", "svg": _drawable(chart_svg(value.chart, _WIDTH)), **_texts(value)}
    if is_dataclass(value):
        return {"block": type(value).__name__.lower()} | {
            field.name: _field(field.name, getattr(value, field.name)) for field in fields(value)
        }
    if isinstance(value, tuple):
        return [data_of(part) for part in value]
    return _printable(value) if isinstance(value, str) else value


def _field(name: str, value: Any) -> Any:
    if name == _TO_COPY:
        return [_LONG_LINE.sub("\\1\u200b", _drawable(line)) for line in value]
    return value if name in _AS_IT_IS else data_of(value)


def _texts(picture: Picture) -> dict[str, str]:
    return {"alt": _printable(picture.alt), "caption": _printable(picture.caption)}


def _printable(text: str) -> str:
    """Return *text* without what no font can draw, and with places to break where it has none."""
    return _UNBROKEN.sub(_breakable, _drawable(text))


def _drawable(text: str) -> str:
    return _UNPRINTABLE.sub("", _SPACES.sub(" ", text))


def _breakable(run: re.Match[str]) -> str:
    """Put places to break into *run*, none of them inside what is read as one character."""
    pieces, piece = [], ""
    for char in run[0]:
        joined = unicodedata.combining(char) or char in _JOINERS or piece.endswith(_JOINERS[0])
        if len(piece) >= _PIECE and not joined:
            pieces.append(piece)
            piece = ""
        piece += char
    return "\u200b".join([*pieces, piece])
