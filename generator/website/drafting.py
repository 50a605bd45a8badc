"""A new article: its place in content/, its front matter and the sections to fill in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from ..text import slugify

TEMPLATE = "article.md"
"""The file of the templates' folder that says what a new article looks like."""
_MANUAL = "manual"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A new article: `path` below content/, and its text."""

    path: str
    text: str


def draft_article(
    title: str, *, template: str, area: str = "", questions: Sequence[str] = (), tickets: Sequence[str] = ()
) -> Draft:
    r"""Return the draft of an article called *title*, in the folder *area* of the manual, from *template*.

    `$title` in the template becomes the title, `$front` the front matter. A title of signs only has no address and is
    an error.

    >>> draft = draft_article("Cerrar la caja", template="---\n$front---\n# $title\n", area="ventas", tickets=["12"])
    >>> draft.path
    'manual/ventas/cerrar-la-caja.md'

    Raises:
        ValueError: when no address can be made of *title*.
    """
    title = _one_line(title)
    slug = slugify(title)
    if not slug:
        raise ValueError(title)
    folder = "/".join(part for part in (_MANUAL, slugify(area)) if part)
    front = _front(title, questions, tickets)
    return Draft(path=f"{folder}/{slug}.md", text=Template(template).safe_substitute(title=title, front=front))


def _front(title: str, questions: Sequence[str], tickets: Sequence[str]) -> str:
    """Return the front matter; a text in it is written as JSON, which YAML reads whatever signs are in it."""
    asked = [_one_line(question) for question in questions]
    lines = [
        "draft: true",
        f"title: {_quoted(title)}",
        'description: ""',
        "questions:" if asked else "questions: []",
        *(f"  - {_quoted(question)}" for question in asked),
        "reviewed:",
    ]
    if tickets:
        lines += ["date:", f"tickets: [{', '.join(_number(ticket) for ticket in tickets)}]"]
    return "".join(f"{line}\n" for line in lines)


def _one_line(text: str) -> str:
    """Return *text* in one line, without the signs that YAML refuses."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _number(ticket: str) -> str:
    """Return a ticket as a number where it is one that YAML gives back as it was, and as text where not."""
    return ticket if ticket.isascii() and ticket.isdigit() and not ticket.startswith("0") else _quoted(ticket)


def read_template(templates_dir: Path) -> str:
    """Return the template of articles in *templates_dir*."""
    return (templates_dir / TEMPLATE).read_text(encoding="utf-8")
