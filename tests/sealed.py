"""Private portals as a host serves them: real pages, really sealed, in the shell that the site's layout makes.

What a build makes of a whole site is not enough here: tests want portals of their own, published one after the other
while a browser looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import build
from generator.portals.keyring import Lock
from generator.portals.keys import Secret, stretch, token
from generator.portals.rendering import File, Page, Portal, PortalContext, render_project, render_shell
from generator.portals.sealed import seal_portal
from generator.portals.sealing import Mode, Reader
from generator.website.documentation import build_documentation, load_site, plugin_of
from generator.website.layout import Layout

SECRET = Secret(bytes(range(100, 132)))


@dataclass(frozen=True, kw_only=True)
class Host:
    """A folder that is served, with a site's documentation in it and its projects (by id) to be put there."""

    folder: Path
    layouts: dict[int, Layout]
    context: PortalContext
    projects: dict[str, Portal]

    def put(
        self,
        code: str,
        portal: Portal,
        *,
        readers: Sequence[Reader] | None = None,
        mode: Mode = Mode.LINK,
        folder: str = "",
        portals: Sequence[str] = (),
    ) -> str:
        """Seal *portal* into the folder of *code*, or into *folder*; return its address from the host."""
        pid = folder.strip("/") or SECRET.page_id(code)
        home = folder or folder_of(code)
        readers = [Reader(key=link_key(code), label="Ana Ruiz")] if readers is None else readers
        keys = SECRET.keys_of(code, pid, [reader.key for reader in readers], 0)
        lock = Lock(keys=keys, readers=tuple(readers), mode=mode, salt=SECRET.salt(code))
        placed = replace(
            portal,
            pages=tuple(replace(page, path=home + _inside(page.path)) for page in portal.pages),
            files=tuple(File(home + _inside(file.path), file.content) for file in portal.files),
        )
        shell = render_shell(self.context, home.count("/"))
        build.write_portals([seal_portal(placed, home, lock, shell, folders=portals)], self.layouts, self.folder)
        return home


def _inside(path: str) -> str:
    return path.split("/", 2)[2]


def make_host(config_file: Path, folder: Path) -> Host:
    """Build the documentation of a site into *folder*, and render its projects; none is published."""
    config = load_site(config_file, {"public": True})
    settings = plugin_of(config).settings(config)
    source = build.read_source(settings, docs_dir=Path(config.docs_dir))
    context = build.portal_context(source, settings)
    return Host(
        folder=folder,
        layouts=dict(build_documentation(config, folder).layouts),
        context=context,
        projects={project.id: render_project(project, context) for project in source.projects},
    )


def small(*bodies: tuple[str, str, str], files: Iterable[tuple[str, bytes]] = ()) -> Portal:
    """Return a portal of *bodies* (folder, title, HTML) and *files* (path, content)."""
    pages = tuple(Page(path=f"p/x/{name}", title=title, body=html) for name, title, html in bodies)
    return Portal(language="es", pages=pages, files=tuple(File(f"p/x/{path}", content) for path, content in files))


def folder_of(code: str) -> str:
    """Return the folder of a project's portal."""
    return f"p/{SECRET.page_id(code)}/"


def link_key(code: str, contact: str = "ana") -> bytes:
    """Return the key of a contact's link."""
    return SECRET.link_key(code, contact, 0)


def fragment(code: str, contact: str = "ana") -> str:
    """Return what a contact's link has after its address."""
    return f"#k1{token(SECRET.page_id(code), link_key(code, contact))}"


def passphrase(code: str) -> tuple[str, bytes]:
    """Return a contact's passphrase and its key."""
    said = SECRET.passphrase(code, "ana", 0)
    return said, stretch(said, SECRET.salt(code))
