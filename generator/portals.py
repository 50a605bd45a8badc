"""6. One project's pages and files: a portal. Open for now; sealed ones come here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .locale import words
from .outputs.html import render
from .pages.faq import FaqPage, Question, faq_page
from .pages.progress import ProgressPage, progress_page

if TYPE_CHECKING:
    from .projects.model import Project


@dataclass(frozen=True)
class Page:
    """A page of a portal: its folder from the site's home, its title, and its HTML between header and footer."""

    path: str
    title: str
    body: str


@dataclass(frozen=True, kw_only=True)
class PortalContext:
    """What every project's pages share."""

    templates_dir: Path
    company: str
    ticket_portal: str
    policy: tuple[Question, ...]


def render_project(project: Project, context: PortalContext) -> list[Page]:
    """Return every page of *project*; touches nothing outside its arguments but the templates."""
    language = words(project.language)
    views: dict[str, tuple[str, ProgressPage | FaqPage]] = {
        "": ("progress", progress_page(project, language)),
        "preguntas/": ("faq", faq_page(project, context.policy, language)),
    }
    return [
        Page(
            path=f"p/{project.id}/{tab}",
            title=f"{view.title} · {project.name}",
            body=render(
                context.templates_dir,
                template,
                view,
                language,
                root="../" * (2 + tab.count("/")),
                company=context.company,
                ticket_portal=context.ticket_portal,
            ),
        )
        for tab, (template, view) in views.items()
    ]
