"""The documentation's articles, and which of them a ticket or a question is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs.utils.meta import get_data

from ..metrics.likeness import Article, articles_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..projects.model import Project

_HEADING = re.compile(r"^(#{1,2})[ \t]+(.+?)(?:\s*\{[^}]*\})?\s*$", re.MULTILINE)


def read_article(text: str, path: str) -> Article:
    r"""Return the article in a page of the documentation; *path* is its file below content/.

    >>> read_article("# Cerrar el mes\n\n## Pasos\n", "manual/contabilidad/cierre.md")
    Article(title='Cerrar el mes', address='manual/contabilidad/cierre/', headings=('Pasos',), faq=())
    """
    body, front = get_data(text)
    headings = _HEADING.findall(body)
    title = front.get("title") or next((heading for level, heading in headings if level == "#"), "")
    asked = front.get("faq") or ()
    return Article(
        title=str(title),
        address=f"{path.removesuffix('.md').removesuffix('index').rstrip('/')}/".lstrip("/"),
        headings=tuple(heading for level, heading in headings if level == "##"),
        faq=tuple(map(str, [asked] if isinstance(asked, str) else asked)),
    )


def related_articles(project: Project, articles: Sequence[Article]) -> Mapping[str, Article]:
    """Return the article that each open ticket, and each question answered for the client, names: by ticket number."""
    asked = {
        ticket.ticket: ticket.question or ticket.title
        for ticket in project.each
        if not ticket.is_over or (ticket.answer and ticket.public)
    }
    found = articles_for(list(asked.values()), articles)
    return {ticket: article for ticket, article in zip(asked, found, strict=True) if article}
