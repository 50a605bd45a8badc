"""What a page costs its reader: bytes, jumps while it loads, small print, barriers. On 100 invented tickets."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from generator.build import build_site
from generator.website.documentation import load_site
from tests.invented import CUTS, write_site

TABS = (
    "",
    "tablero/",
    "agenda/",
    "soporte/",
    "mejora-continua/",
    "preguntas/",
    "documentos/",
    "involucrados/",
    "historial/",
)
MOST_BYTES = 60_000
"""HTML, stylesheets and scripts, compressed, as many as the issue allows."""
LARGEST_SHIFT = 0.01
SMALLEST_TEXT = 12
LONG_AFTER = datetime(2027, 3, 1, 15, tzinfo=UTC)

SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => {
      for (const { value, sources } of list.getEntries()) {
        window.shifts.push([value, sources.map(({ node }) => node?.className ?? node?.nodeName ?? "")]);
      }
    }).observe({ type: "layout-shift", buffered: true });
"""
CHART_TEXTS = """
    () => [...document.querySelectorAll("article svg text")]
        .filter(text => text.checkVisibility())
        .map(text => [text.textContent, parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().d])
"""


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the invented project."""
    folder = tmp_path_factory.mktemp("invented")
    build_site(load_site(write_site(folder / "source", [100])), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def home(invented: Path, serve) -> str:
    """The address that serves it."""
    return serve(invented)


@pytest.fixture
def visit(home: str, open_page):
    """A function: a tab, a width … → its page, read over a slow line by somebody who was here a cut ago."""

    def visit_(tab: str, *, width: int = 390) -> Page:
        page = open_page(f"{home}/p/p100/preguntas/", width=width)
        page.evaluate(f"localStorage.setItem('avance:p100', JSON.stringify({{ cut: '{CUTS[-2]}' }}))")
        page.add_init_script(SHIFTS)
        page.clock.set_fixed_time(LONG_AFTER)
        line = {"offline": False, "latency": 20, "downloadThroughput": 150_000, "uploadThroughput": 150_000}
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
        page.goto(f"{home}/p/p100/{tab}")
        return page

    return visit_


def test_every_kind_of_page_is_measured(invented: Path) -> None:
    folder = invented / "p" / "p100"
    assert {page.parent for page in folder.rglob("index.html")} == {folder / tab for tab in TABS}


@pytest.mark.parametrize("tab", TABS)
def test_page_weighs_little_and_asks_nothing_of_others(tab: str, invented: Path, home: str, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{home}/p/p100/{tab}", wait_until="networkidle")
    page.close()
    assert all(url.startswith(f"{home}/") for url in asked)
    files = [invented / url.removeprefix(f"{home}/") for url in asked]
    files = [file / "index.html" if file.is_dir() else file for file in files]
    weights = {
        file.name: len(gzip.compress(file.read_bytes(), 6)) for file in files if file.suffix in (".html", ".css", ".js")
    }
    assert {Path(name).suffix for name in weights} == {".html", ".css", ".js"}
    assert sum(weights.values()) <= MOST_BYTES, weights


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("tab", TABS)
def test_nothing_moves_while_the_page_loads(tab: str, width: int, visit) -> None:
    page = visit(tab, width=width)
    assert page.locator("[data-old]").is_visible()
    page.wait_for_timeout(300)
    shifts = page.evaluate("window.shifts")
    assert sum(value for value, _ in shifts) < LARGEST_SHIFT, shifts


@pytest.mark.parametrize("tab", ["", "mejora-continua/", "historial/"])
def test_the_words_of_charts_are_large_enough_on_a_phone(tab: str, visit) -> None:
    texts = visit(tab).evaluate(CHART_TEXTS)
    assert texts
    assert not [text for text in texts if text[1] < SMALLEST_TEXT]


FOLDED = """
    () => [...document.querySelectorAll("article details:not(.chart-table, .appointment *, [hidden] *)")]
        .filter(fold => !fold.lastElementChild.checkVisibility({ contentVisibilityAuto: true }))
        .map(fold => fold.textContent)
"""


UNFOLDED = f"""
    async () => {{
        const folded = {FOLDED.strip()};
        for (let frames = 0; frames < 60 && folded().length; frames++) await new Promise(requestAnimationFrame);
        return folded();
    }}
"""


@pytest.mark.parametrize("tab", TABS)
def test_a_printed_page_has_every_fold_open_and_no_controls(tab: str, home: str, open_page) -> None:
    page = open_page(f"{home}/p/p100/{tab}")
    page.emulate_media(media="print")
    assert page.evaluate(UNFOLDED) == []
    assert page.locator(":is(button, input, select, nav, .button):visible").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("way", ["on the screen", "without scripts", "on paper"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tab", TABS)
def test_axe_finds_nothing_however_the_page_is_read(
    tab: str, scheme: str, way: str, home: str, browser: Browser
) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce")
    if way == "without scripts":
        page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{home}/p/p100/{tab}")
    page.emulate_media(media="print" if way == "on paper" else "screen")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    for width in (360, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    page.close()
