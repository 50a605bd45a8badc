"""The pages of content/ as writers write them: front matter and Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..text import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class ContentPage:
    """A page of content/; `path` is its file below that folder, `body` its Markdown after the front matter."""

    path: str
    front: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""

    @property
    def title(self) -> str:
        """The title in the front matter, or else the page's heading."""
        heading = next((line.removeprefix("# ") for line in self.body.splitlines() if line.startswith("# ")), "")
        return str(self.front.get("title") or heading)

    @property
    def is_draft(self) -> bool:
        """Whether the page says `draft: true`: it stays out of a site that is published."""
        return self.front.get("draft") is True

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts under *name* in the front matter: of a list each, of one value that one.

        >>> ContentPage(path="a.md", front={"tickets": [1120, "SCL-50"], "audience": "Ventas"}).texts("tickets")
        ('1120', 'SCL-50')
        """
        value = self.front.get(name)
        values = value if isinstance(value, list) else [value]
        return tuple(str(each) for each in values if each is not None)

    def day(self, name: str) -> date | None:
        """Return the day under *name* in the front matter; None where there is none, or it is no day."""
        value = self.front.get(name)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None


def read_page(text: str, path: str) -> ContentPage:
    r"""Return the page that *text* is; *path* is its file below content/.

    >>> read_page("---\ntitle: Cerrar el mes\n---\n# Cierre\n", "manual/cierre.md").title
    'Cerrar el mes'
    """
    body, front = split_front_matter(text)
    return ContentPage(path=path, front=front, body=body)


def read_contents(docs_dir: Path) -> tuple[ContentPage, ...]:
    """Return every page below *docs_dir* in the order of their paths, the drafts among them; no hidden file."""
    paths = sorted(path for path in docs_dir.rglob("*.md") if not _is_hidden(path.relative_to(docs_dir)))
    return tuple(read_page(path.read_text(encoding="utf-8"), path.relative_to(docs_dir).as_posix()) for path in paths)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read_content(docs_dir: Path, file: str) -> bytes | None:
    """Return the bytes of *file* below *docs_dir*; None where there is none."""
    path = docs_dir / file
    return path.read_bytes() if path.resolve().is_relative_to(docs_dir.resolve()) and path.is_file() else None
