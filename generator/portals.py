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
from .outputs.html import render
from .outputs.ics import calendar_ics, event_ics
from .pages.agenda import agenda_page
from .pages.faq import Question, faq_page
from .pages.parts import anchor, sections
from .pages.progress import progress_page

if TYPE_CHECKING:
    from .locale import Words
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


def render_project(project: Project, context: PortalContext) -> Portal:
    """Return every page and file of *project*; touches nothing outside its arguments but the templates."""
    language = words(project.language)
    home = f"p/{project.id}/"
    pages = []
    for tab in sections(project):
        template, make_view = _VIEWS[tab]
        view = make_view(project, context, language)
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
    return Portal(pages=tuple(pages), files=tuple(_files(project, language)))


def _files(project: Project, words: Words) -> Iterator[File]:
    """Yield the files of *project* that are no pages."""
    home = f"p/{project.id}/"
    agenda = appointments(project)
    yield File(f"{home}agenda.ics", calendar_ics(agenda, project, words))
    for appointment in agenda:
        path = f"{home}agenda/{anchor(appointment.ticket)}.ics"
        yield File(path, event_ics(appointment, project, words))


class _View(Protocol):
    @property
    def title(self) -> str: ...


_VIEWS: Mapping[str, tuple[str, Callable[[Project, PortalContext, Words], _View]]] = {
    "": ("progress", lambda project, _, words: progress_page(project, words)),
    "agenda/": ("agenda", lambda project, _, words: agenda_page(project, words)),
    "preguntas/": ("faq", lambda project, context, words: faq_page(project, context.policy, words)),
}
"""The pages by their folder: the template, and what makes its view."""
