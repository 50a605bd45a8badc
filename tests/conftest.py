"""What tests share: the settings of an empty site, small exports, the built sample site, a server and a browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pandas as pd
import pyarrow as pa
import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from generator.build import build_site
from generator.projects.model import Access, Cut, Project
from generator.settings import HOSTED, Settings
from generator.tickets.importing import Import, import_file
from generator.tickets.table import COLUMNS, TEXT, TIMES
from generator.tickets.trackers import load_trackers
from generator.website.documentation import load_site

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session", autouse=True)
def no_secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test meets the secret of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AVANCE_SECRET", raising=False)
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a site whose data/ is an empty folder."""
    return Settings(data_dir=tmp_path, templates_dir=ROOT / "site_templates")


@pytest.fixture
def read_export(settings: Settings):
    """A function: the bytes or text of an export → what the importer makes of it."""

    def read(content: str | bytes, name: str = "tickets/export.csv", **changes: object) -> Import:
        path = settings.data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        options = Settings(**{**vars(settings), **changes})
        return import_file(path, name=name, settings=options, trackers=load_trackers())

    return read


@pytest.fixture(scope="session")
def exports() -> Path:
    """The folder of real exports; tests that need it are skipped where it is not."""
    folder = SHARED / "data" / "exports"
    if not folder.is_dir():
        pytest.skip("the real exports (../shared/data/exports) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with every project open, built once a session."""
    folder = tmp_path_factory.mktemp("sample") / "site"
    build_site(load_site(ROOT / "mkdocs.yml", {"public": True}), folder)
    return folder


@pytest.fixture(scope="session")
def zensical() -> Path:
    """The program of Zensical; tests that need it are skipped where it is not."""
    program = ROOT / ".venv-zensical" / "bin" / "zensical"
    if not program.is_file():
        pytest.skip("Zensical is not installed: `make zensical` and `make test-all` put it into .venv-zensical")
    return program


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: a test's output is its result."""


@pytest.fixture(scope="session")
def serve() -> Iterator:
    """A function: a folder → the address that serves it."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(site: Path, serve) -> str:
    """The address that serves the sample site."""
    return serve(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, the system's."""
    executable = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert executable, "no Chromium: run `make browser`"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator:
    """A function: address, width, scheme … → an open page; the test fails on a script error or a foreign request."""
    contexts = []
    complaints: list[str] = []

    def open_(address: str, *, width: int = 1280, height: int = 900, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        home = address.split("/", 3)[2]
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda asked: complaints.append(f"foreign: {asked.url}") if _foreign(asked.url, home) else None
        )
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        try:
            context.close()
        except Error as error:  # pragma: no cover - a browser that died has said why
            complaints.append(str(error))
    assert not complaints


def _foreign(url: str, home: str) -> bool:
    return not url.startswith(("data:", "blob:")) and url.split("/", 3)[2] != home


@pytest.fixture(scope="session")
def make_tickets():
    """A function: what is said of each ticket → a ticket table; they are numbered from 1, and to do."""

    def make(*tickets: dict[str, object], zone: str = "UTC") -> pd.DataFrame:
        usual = {name: "" for name, dtype in COLUMNS.items() if dtype == TEXT} | {"status": "todo"}
        rows = [
            usual | {"ticket": str(number), "title": f"Tarea {number}", "source_row": number + 1} | ticket
            for number, ticket in enumerate(tickets, start=1)
        ]
        types = COLUMNS | dict.fromkeys(TIMES, pd.ArrowDtype(pa.timestamp("us", tz=zone)))
        return pd.DataFrame(
            {name: pd.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in types.items()}
        )

    return make


@pytest.fixture(scope="session")
def make_project(make_tickets):
    """A function: what is said of each ticket, and of the project → a project in Caracas, with one cut a table."""

    def make(*tickets: dict[str, object], before: list[dict[str, object]] | None = None, **fields: object) -> Project:
        zone = ZoneInfo("America/Caracas")
        tables = [make_tickets(*part, zone=zone.key) for part in (before, tickets) if part is not None]
        days = [date(2026, 11, 16), date(2026, 11, 23)][-len(tables) :]
        cuts = tuple(
            Cut(number=number, day=day, instant=None, tickets=table)
            for number, (day, table) in enumerate(zip(days, tables, strict=True), start=1)
        )
        usual = {
            "id": "acme",
            "client": "ACME, C.A.",
            "name": "Ventas",
            "time_zone": zone,
            "cuts": cuts,
            "access": Access.PUBLIC,
        }
        return Project(**usual | fields)

    return make


@pytest.fixture(scope="session")
def make_site():
    """A function: a folder, and files by their path in it → the mkdocs.yml of a small site that has them."""

    def make(folder: Path, files: Mapping[str, str | bytes]) -> Path:
        usual = {"mkdocs.yml": SMALL_SITE, "content/index.md": "# Inicio\n"}
        for path, content in {**usual, **files}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder / "mkdocs.yml"

    return make


SMALL_SITE = """\
site_name: Prueba
site_url: https://example.org/
docs_dir: content
theme: {name: material, language: es, font: false}
plugins: [search, avance]
"""


@pytest.fixture(scope="session")
def elements():
    """A function: HTML → each element that a browser would make of it, as (tag, attributes)."""

    def parse(html: str) -> list[tuple[str, dict[str, str | None]]]:
        parser = _Elements()
        parser.feed(html)
        parser.close()
        return parser.found

    return parse


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


# Tests are on nobody's runner but the one that they say.
for variable in HOSTED:
    os.environ.pop(variable, None)

# No test is about time: a slow machine is no failure.
hypothesis.settings.register_profile("avance", deadline=None)
hypothesis.settings.load_profile("avance")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Look at one project on a phone in light in every run; at all of them, in every way, in `make test-all`."""
    for item in items:
        given = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        said = {str(value) for value in given.values()}
        elsewhere = said & {"dark", "1280", "empty"} or "textiles" in item.name or "sierra" in item.name
        if elsewhere and ("axe" in item.name or "moves" in item.name):
            item.add_marker(pytest.mark.slow)
