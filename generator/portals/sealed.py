"""A portal → the same portal sealed: a neutral page, a container of all its pages, and its files under opaque names."""

from __future__ import annotations

from dataclasses import replace
from mimetypes import MimeTypes
from typing import TYPE_CHECKING

from .keyring import PANEL
from .rendering import File, Page, Portal, render_panel, render_project, render_shell
from .sealing import seal_container, seal_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..projects.model import Project
    from .keyring import Keyring, Lock
    from .rendering import PortalContext

_TYPES = MimeTypes(filenames=())
"""Python's own table and not the machine's: the same file has the same type everywhere."""
_TYPES.add_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
_TYPES.add_type("text/calendar", ".ics")
_TYPES.add_type("text/markdown", ".md")


def seal_portal(portal: Portal, home: str, lock: Lock, shell: Page, *, folders: Sequence[str] = ()) -> Portal:
    """Return *portal*, whose pages and files are all below *home*, as what everyone may have.

    *shell* is the page that opens it, the same for all. *folders* are those of the projects that the readers of this
    portal can open with the same key.

    Raises:
        AvanceError: when there are more readers than a container has room for.
    """
    files = {file.path.removeprefix(home): file.content for file in portal.files}
    sealed = {path: seal_file(path, content, lock.keys) for path, content in files.items()}
    payload = {
        "home": home,
        "lang": portal.language,
        "pages": [
            {"name": page.path.removeprefix(home), "title": page.title, "html": page.body} for page in portal.pages
        ],
        "files": {
            path: {"name": file.name, "type": _TYPES.guess_type(path)[0] or "application/octet-stream"}
            for path, file in sealed.items()
        },
        "portals": sorted(folders),
    }
    container = seal_container(payload, lock.keys, lock.readers, mode=lock.mode, salt=lock.salt)
    return Portal(
        language=portal.language,
        pages=(replace(shell, path=home),),
        files=tuple(File(f"{home}{file.name}", file.content) for file in (container, *sealed.values())),
    )


def published_portal(project: Project, context: PortalContext, keyring: Keyring | None) -> Portal:
    """Return what everyone may have of *project*: this is the function that is mapped over processes.

    A private project needs a *keyring*; without one it is a mistake of the caller to ask for it.
    """
    if not project.is_private:
        return render_project(project, context)
    if keyring is None:
        raise ValueError("a private project and no keys")
    own = placed(project, keyring)
    return seal_portal(render_project(own, context), own.home, keyring.lock(own), render_shell(context, 2))


def published_panel(projects: Sequence[Project], context: PortalContext, keyring: Keyring | None) -> Portal:
    """Return the executive's page over all *projects*: sealed where there is a *keyring*, else open."""
    if keyring is None:
        return render_panel(projects, context)
    every = [placed(project, keyring) for project in projects]
    return seal_portal(
        render_panel(every, context),
        f"{PANEL}/",
        keyring.panel_lock(),
        render_shell(context, 1),
        folders=[project.folder for project in every if project.is_private],
    )


def placed(project: Project, keyring: Keyring) -> Project:
    """Return *project* in the folder in which it is published."""
    return replace(project, folder=keyring.folder(project)) if project.is_private else project
