"""6. One project's pages and files: a portal. Open for now; sealed ones come here.

A page comes here by a line in `_VIEWS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .locale import words
from .metrics.appointments import appointments
from .outputs.csv import task_csv
from .outputs.data import project_json
from .outputs.html import render
from .outputs.ics import calendar_ics, event_ics
from .outputs.xlsx import task_workbook
from .pages.agenda import agenda_page
from .pages.articles import related_articles
from .pages.board import board_page
from .pages.documents import documents_page
from .pages.faq import Question, faq_page
from .pages.history import history_page
from .pages.improvement import improvement_page
from .pages.participants import participants_page
from .pages.parts import anchor, history_address, sections
from .pages.progress import progress_page
from .pages.support import support_page
from .pages.table import task_table
from .projects.documents import file_names

if TYPE_CHECKING:
    from .locale import Words
    from .metrics.likeness import Article
    from .projects.model import Project


@dataclass(frozen=True)
class Page:
    """A page of a portal: its folder from the site's home, its title, and its HTML between header and footer."""

    path: str
    title: str
    body: str


@dataclass(frozen=True)
class File:
    """A file of a portal: its path from the site's home, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Portal:
    """Everything that one project publishes."""

    pages: tuple[Page, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, kw_only=True)
class PortalContext:
    """What every project's pages share."""

    templates_dir: Path
    company: str
    ticket_portal: str
    policy: tuple[Question, ...]
    articles: tuple[Article, ...] = ()


def render_project(project: Project, context: PortalContext) -> Portal:
    """Return every page and file of *project*; touches nothing outside its arguments but the templates."""
    language = words(project.language)
    home = f"p/{project.id}/"
    pages = []
    for tab, template, view in _views(project, context, language):
        body = render(
            context.templates_dir,
            template,
            view,
            language,
            root="../" * (2 + tab.count("/")),
            company=context.company,
            ticket_portal=context.ticket_portal,
        )
        pages.append(Page(path=f"{home}{tab}", title=f"{view.title} · {project.name}", body=body))
    return Portal(pages=tuple(pages), files=tuple(_files(project, context, language)))


def _views(project: Project, context: PortalContext, words: Words) -> Iterator[tuple[str, str, _View]]:
    """Yield the pages of *project*: folder, template and view."""
    for tab in sections(project):
        template, make_view = _VIEWS[tab]
        yield tab, template, make_view(project, context, words)
    for page in range(2, max(project.archived.values(), default=1) + 1):
        yield history_address(page), "history", history_page(project, page, words)


def _files(project: Project, context: PortalContext, words: Words) -> Iterator[File]:
    """Yield the downloads of *project*."""
    home = f"p/{project.id}/"
    table = task_table(project, words, company=context.company)
    yield File(f"{home}tareas.xlsx", task_workbook(table))
    yield File(f"{home}tareas.csv", task_csv(table))
    yield File(f"{home}proyecto.json", project_json(project, table))
    agenda = appointments(project)
    yield File(f"{home}agenda.ics", calendar_ics(agenda, project, words))
    for appointment in agenda:
        yield File(f"{home}agenda/{anchor(appointment.ticket)}.ics", event_ics(appointment, project, words))
    for document, name in zip(project.documents, file_names(project.documents), strict=True):
        if name:
            yield File(f"{home}documentos/{name}", document.content)


class _View(Protocol):
    @property
    def title(self) -> str: ...


_VIEWS: Mapping[str, tuple[str, Callable[[Project, PortalContext, Words], _View]]] = {
    "": (
        "progress",
        lambda project, context, words: progress_page(project, related_articles(project, context.articles), words),
    ),
    "tablero/": ("board", lambda project, context, words: board_page(project, context.company, words)),
    "mejora-continua/": ("improvement", lambda project, _, words: improvement_page(project, words)),
    "preguntas/": (
        "faq",
        lambda project, context, words: faq_page(
            project, context.policy, related_articles(project, context.articles), words
        ),
    ),
    "soporte/": ("support", lambda project, context, words: support_page(project, context.company, words)),
    "documentos/": ("documents", lambda project, _, words: documents_page(project, words)),
    "involucrados/": (
        "participants",
        lambda project, context, words: participants_page(project, context.company, words),
    ),
    "agenda/": ("agenda", lambda project, _, words: agenda_page(project, words)),
    "historial/": ("history", lambda project, _, words: history_page(project, 1, words)),
}
"""The pages by their folder: the template, and what makes its view."""
