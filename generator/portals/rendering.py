"""One project's pages and files: a portal, as its readers see it; `sealed` closes it.

A page comes here by a line in `_views`, a file by one in `_files`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..locale import words
from ..metrics.appointments import appointments
from ..outputs.csv import task_csv
from ..outputs.data import project_json, search_json
from ..outputs.html import render
from ..outputs.ics import calendar_ics, event_ics
from ..outputs.pdf import report_pdf
from ..outputs.xlsx import task_workbook
from ..pages.agenda import agenda_page
from ..pages.articles import asked_for, related_articles
from ..pages.board import board_page
from ..pages.documents import documents_page
from ..pages.faq import Question, faq_page
from ..pages.findable import findable
from ..pages.history import history_page
from ..pages.improvement import improvement_page
from ..pages.panel import panel_page
from ..pages.participants import participants_page
from ..pages.parts import SEARCH_FILE, anchor, history_address, sections
from ..pages.progress import progress_page
from ..pages.reports import reports
from ..pages.support import support_page
from ..pages.table import task_table
from ..projects.documents import file_names

if TYPE_CHECKING:
    from ..locale import Words
    from ..metrics.likeness import Article
    from ..pages.parts import Contact, Header
    from ..projects.model import Project


@dataclass(frozen=True)
class Page:
    """A page of a portal: its folder from the site's home, its title, and its HTML between header and footer."""

    path: str
    title: str
    body: str
    subject: str = ""
    """what it is about: the project; a sealed page's title does not say, because browsers remember titles"""
    head: str = ""
    """what it asks for before it is read on, in HTML"""

    @property
    def full_title(self) -> str:
        """The title in the browser's tab, of a page that anyone may read."""
        return f"{self.title} · {self.subject}" if self.subject else self.title


@dataclass(frozen=True)
class File:
    """A file of a portal: its path from the site's home, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Portal:
    """Everything that one project publishes, in one language."""

    language: str
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
    answered: Mapping[str, Mapping[str, Article]] = field(default_factory=dict)
    """by project, the tickets that an article was written for"""
    site_url: str = ""
    """where the site is read, for the codes on paper; empty where nobody says"""
    language: str = "es"
    """of what belongs to no project: the panel, and the page that opens sealed ones"""
    office: Contact | None = None
    """whom to write to when a link does not open"""
    open_script: str = ""
    """the way from the site's home to the script that opens sealed portals"""


def render_project(project: Project, context: PortalContext) -> Portal:
    """Return every page and file of *project*; touches nothing outside its arguments but the templates."""
    language = words(project.language)
    views = _views(project, context, language)
    return Portal(
        language=project.language,
        pages=tuple(_pages(views, project, context, language)),
        files=tuple(_files(views, project, context, language)),
    )


def render_pages(project: Project, context: PortalContext) -> tuple[Page, ...]:
    """Return the pages of *project* alone."""
    language = words(project.language)
    return tuple(_pages(_views(project, context, language), project, context, language))


def render_panel(projects: Sequence[Project], context: PortalContext) -> Portal:
    """Return the executive's page over all *projects*; it names every client: it is published sealed or not at all."""
    spoken = words(context.language)
    view = panel_page(projects, spoken)
    body = render(
        context.templates_dir,
        "panel",
        view,
        spoken,
        root="../",
        company=context.company,
        ticket_portal=context.ticket_portal,
    )
    return Portal(language=context.language, pages=(Page(path="panel/", title=view.title, body=body),), files=())


def render_shell(context: PortalContext, depth: int) -> Page:
    """Return the page that opens a sealed portal, *depth* folders below the home: it tells of none."""
    spoken = words(context.language)
    body, head = (
        render(
            context.templates_dir,
            template,
            None,
            spoken,
            root="../" * depth,
            company=context.company,
            contact=context.office,
            open_js=context.open_script,
        )
        for template in ("sealed", "sealed_head")
    )
    return Page(path="", title=spoken.text("Portal de proyectos"), body=body, head=head)


class _View(Protocol):
    @property
    def title(self) -> str: ...

    @property
    def header(self) -> Header: ...


def _views(project: Project, context: PortalContext, words: Words) -> dict[str, tuple[str, _View]]:
    """Return the pages of *project* by their folder: the template, and the view."""
    articles = related_articles(project, context.articles, context.answered.get(project.id))
    written = asked_for(articles)
    made: dict[str, tuple[str, Callable[[], _View]]] = {
        "": ("progress", lambda: progress_page(project, articles, words)),
        "tablero/": ("board", lambda: board_page(project, context.company, words, articles=written)),
        "agenda/": ("agenda", lambda: agenda_page(project, words)),
        "soporte/": ("support", lambda: support_page(project, context.company, words, articles=written)),
        "mejora-continua/": ("improvement", lambda: improvement_page(project, words)),
        "preguntas/": ("faq", lambda: faq_page(project, context.policy, context.articles, articles, words)),
        "documentos/": ("documents", lambda: documents_page(project, words)),
        "involucrados/": ("participants", lambda: participants_page(project, context.company, words)),
        "historial/": ("history", lambda: history_page(project, 1, words, articles=written)),
    }
    views = {tab: (made[tab][0], made[tab][1]()) for tab in sections(project)}
    for page in range(2, max(project.archived.values(), default=1) + 1):
        views[history_address(page)] = ("history", history_page(project, page, words, articles=written))
    return views


def _pages(
    views: Mapping[str, tuple[str, _View]], project: Project, context: PortalContext, words: Words
) -> Iterator[Page]:
    for tab, (template, view) in views.items():
        body = render(
            context.templates_dir,
            template,
            view,
            words,
            root="../" * (2 + tab.count("/")),
            company=context.company,
            ticket_portal=context.ticket_portal,
        )
        yield Page(path=f"{project.home}{tab}", title=view.title, subject=project.name, body=body)


def _files(
    views: Mapping[str, tuple[str, _View]], project: Project, context: PortalContext, words: Words
) -> Iterator[File]:
    """Yield the downloads of *project*."""
    home = project.home
    for name, report in reports(
        project, {tab: view for tab, (_, view) in views.items()}, words, company=context.company, site=context.site_url
    ):
        yield File(f"{home}{name}.pdf", report_pdf(report, context.templates_dir))
    table = task_table(project, words, company=context.company)
    yield File(f"{home}tareas.xlsx", task_workbook(table))
    yield File(f"{home}tareas.csv", task_csv(table))
    yield File(f"{home}proyecto.json", project_json(project, table))
    yield File(f"{home}{SEARCH_FILE}", search_json(findable(project, (view for _, view in views.values()), words)))
    agenda = appointments(project)
    yield File(f"{home}agenda.ics", calendar_ics(agenda, project, words))
    for appointment in agenda:
        yield File(f"{home}agenda/{anchor(appointment.ticket)}.ics", event_ics(appointment, project, words))
    for document, name in zip(project.documents, file_names(project.documents), strict=True):
        if name:
            yield File(f"{home}documentos/{name}", document.content)
