"""What the search box finds in one project, beside the documentation: its tickets, its own questions, its documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .documents import TAB as DOCUMENTS
from .documents import DocumentsPage
from .faq import TAB as QUESTIONS
from .faq import FaqPage
from .parts import address_of, standing, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..locale import Words
    from ..projects.model import Project


@dataclass(frozen=True, kw_only=True)
class Findable:
    """One thing to find: where it stands from the project's home, its title, and what it is, as read.

    `text` is plain, `markdown` is Markdown; both are searched.
    """

    address: str
    title: str
    kind: str
    text: str = ""
    markdown: str = ""


def findable(project: Project, views: Iterable[object], words: Words) -> Iterator[Findable]:
    """Yield all that a reader of *project* may look for on its pages, which are *views*."""
    yield from _tickets(project, words)
    for view in views:
        if isinstance(view, FaqPage):
            yield from _questions(view, words)
        elif isinstance(view, DocumentsPage):
            yield from _documents(view)


def _tickets(project: Project, words: Words) -> Iterator[Findable]:
    for ticket in project.each:
        yield Findable(
            address=address_of(ticket, project, ""),
            title=f"{ticket.number} {title_of(ticket, words)}".strip(),
            kind=_told(words.text("Ticket"), ticket.area, standing(ticket, project, words)),
            text=project.meanings.get(ticket.ticket, ""),
        )


def _questions(faq: FaqPage, words: Words) -> Iterator[Findable]:
    for question in faq.own:
        yield Findable(
            address=f"{QUESTIONS}#{question.anchor}",
            title=question.question,
            kind=_told(words.text("Pregunta frecuente"), question.number),
            markdown=question.answer,
        )


def _documents(page: DocumentsPage) -> Iterator[Findable]:
    for section in page.sections:
        for request in section.requests:
            yield Findable(
                address=f"{DOCUMENTS}#{request.anchor}",
                title=request.what,
                kind=_told(section.title, request.state),
                text=request.purpose,
            )
        for row in (*section.documents, *section.older):
            yield Findable(
                address=f"{DOCUMENTS}#{row.anchor}",
                title=row.title,
                kind=_told(f"{row.kind} {row.number}".strip(), row.version, row.standing or row.state),
                markdown=row.text,
            )


def _told(*parts: str) -> str:
    return " · ".join(filter(None, parts))
