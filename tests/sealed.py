"""Private portals as a host serves them: real pages, really sealed, in the shell that the site's layout makes."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator import build
from generator.locale import words
from generator.outputs.html import environment
from generator.portals.keys import Secret, stretch, token
from generator.portals.rendering import File, Page, Portal, render_project
from generator.portals.sealing import Mode, Reader, seal_container, seal_file
from generator.website.assets import load_assets
from generator.website.documentation import build_documentation, load_site, plugin_of
from generator.website.layout import Layout
from generator.website.writing import write_file

SECRET = Secret(bytes(range(100, 132)))
CONTACT = {
    "name": "Marta Pérez",
    "phone": "+58 212 555 0142",
    "email": "marta.perez@adaptapro.example",
    "whatsapp": "https://wa.me/582125550142?text=Hola%2C%20Marta.",
    "mailto": "mailto:marta.perez@adaptapro.example",
}


@dataclass(kw_only=True)
class Host:
    """A folder that is served, with the site's documentation in it, and portals added by `put`."""

    folder: Path
    layouts: dict[int, Layout]
    shell: str
    portals: dict[str, Portal] = field(default_factory=dict)

    def put(
        self,
        code: str,
        portal: Portal,
        *,
        readers: Sequence[Reader] | None = None,
        mode: Mode = Mode.LINK,
        portals: Iterable[str] = (),
        rekey: int = 0,
        folder: str = "",
    ) -> str:
        """Seal *portal* in the place of what was there; return its address from the host."""
        pid = folder.strip("/").split("/")[-1] or SECRET.page_id(code)
        home = folder or f"p/{pid}/"
        readers = [Reader(key=link_key(code), label="Ana Ruiz")] if readers is None else readers
        keys = SECRET.keys_of(code, pid, [reader.key for reader in readers], rekey)
        files = {}
        for file in portal.files:
            path = file.path.split("/", 2)[2]
            sealed = seal_file(path, file.content, keys)
            write_file(self.folder, f"{home}{sealed.name}", sealed.content)
            files[path] = {"name": sealed.name, "type": mimetypes.guess_type(path)[0] or "application/octet-stream"}
        payload: dict[str, object] = {
            "home": home,
            "lang": "es",
            "files": files,
            "pages": [_page(page) for page in portal.pages],
        }
        if portals:
            payload["portals"] = list(portals)
        container = seal_container(payload, keys, readers, mode=mode, salt=SECRET.salt(code))
        write_file(self.folder, f"{home}{container.name}", container.content)
        shell = Page(path=home, title="AdaptaPro", body=self.shell)
        write_file(self.folder, f"{home}index.html", self.layouts[home.count("/")].page(shell))
        self.portals[code] = portal
        return home


def _page(page: Page) -> dict[str, str]:
    name = page.path.split("/", 2)[2] if page.path.startswith("p/") else ""
    return {"name": name, "title": page.title.split(" · ")[0], "html": page.body}


def link_key(code: str, contact: str = "ana", generation: int = 0) -> bytes:
    """Return the key of a contact's link."""
    return SECRET.link_key(code, contact, generation)


def fragment(code: str, contact: str = "ana", *, pid: str = "") -> str:
    """Return what a contact's link has after its address."""
    return f"#k1{token(pid or SECRET.page_id(code), link_key(code, contact))}"


def passphrase_key(code: str) -> tuple[str, bytes]:
    """Return a contact's passphrase and its key."""
    said = SECRET.passphrase(code, "ana", 0)
    return said, stretch(said, SECRET.salt(code))


def make_host(config_file: Path, folder: Path) -> Host:
    """Build the documentation of a site, and no portal."""
    config = load_site(config_file)
    settings = plugin_of(config).settings(config)
    documentation = build_documentation(config, folder)
    template = environment(settings.templates_dir, words("es")).get_template("sealed.html")
    shell = template.render(
        language="es",
        company="AdaptaPro",
        contact=CONTACT,
        root="../../",
        open_js=load_assets(settings.templates_dir).opener.path,
    )
    return Host(folder=folder, layouts=dict(documentation.layouts), shell=shell)


def rendered(config_file: Path) -> dict[str, Portal]:
    """Return the portals of a site's projects, open."""
    config = load_site(config_file)
    settings = plugin_of(config).settings(config)
    source = build.read_source(settings, docs_dir=Path(config.docs_dir))
    context = build.portal_context(source, settings)
    return {project.id: render_project(project, context) for project in source.projects}


def small(*bodies: tuple[str, str, str], files: Iterable[File] = ()) -> Portal:
    """Return a portal of *bodies* (folder, title, HTML)."""
    return Portal(
        pages=tuple(Page(path=f"p/x/{name}", title=title, body=html) for name, title, html in bodies),
        files=tuple(files),
    )
