"""A client searches: from any page, by touch or by keys, in their words; and sends the answer's address to somebody."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from generator.website.search import index_in

from .recount import PROJECTS

PROJECT = f"p/{next(iter(PROJECTS))}/"
STARTS = ("", "manual/ventas/emitir-factura/", PROJECT)
STRICT = "; ".join(f"{kind}-src 'self'" for kind in ("default", "script", "worker", "connect", "style"))


def ask(page: Page, question: str) -> None:
    """Open the search with a key, and type."""
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_role("searchbox").press_sequentially(question)


def shown(page: Page) -> list[str]:
    """Return the addresses of the results of /buscar/, from the site's home, once they are all there."""
    page.locator("[data-results]:not([aria-busy])").wait_for(state="attached")
    page.wait_for_function("document.querySelector('[data-search-status]').textContent.match(/resultado|encontró/)")
    links = page.locator("ol[data-results] a").evaluate_all("links => links.map(link => link.pathname.slice(1))")
    return [str(link) for link in links]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("key", ["/", pytest.param("Control+k", marks=pytest.mark.slow)])
def test_keys_alone_lead_from_any_page_to_the_answer(key: str, start: str, address: str, open_page) -> None:
    page = open_page(f"{address}/{start}")
    page.keyboard.press(key)
    dialog = page.get_by_role("dialog", name=re.compile("^Buscar en .*la documentación$"))
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("llego la mercancia")
    expect(dialog.get_by_role("status")).to_contain_text("resultado")
    answer = dialog.locator("section", has_text="En la documentación").get_by_role("link").first
    for _ in range(20):  # what a project has of its own comes first
        page.keyboard.press("ArrowDown")
        if answer.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/manual/inventario/entrada-de-mercancia/**")


def test_the_slash_is_a_letter_where_somebody_writes(address: str, open_page) -> None:
    page = open_page(f"{address}/{PROJECT}tablero/")
    page.locator("[name=texto]").press_sequentially("y/o")
    assert page.locator("[name=texto]").input_value() == "y/o"
    assert page.get_by_role("dialog").count() == 0


def test_escape_closes_the_search_and_gives_the_place_back(address: str, open_page) -> None:
    page = open_page(f"{address}/{PROJECT}")
    button = page.get_by_role("button", name="Buscar", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_arrows_go_back_to_the_box(address: str, open_page) -> None:
    page = open_page(f"{address}/")
    ask(page, "factura")
    expect(page.get_by_role("dialog").get_by_role("link").nth(1)).to_be_visible()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()


def test_what_is_found_is_announced(address: str, open_page) -> None:
    page = open_page(f"{address}/")
    ask(page, "vacaciones")
    status = page.get_by_role("dialog").get_by_role("status")
    expect(status).to_contain_text("resultado")
    page.get_by_role("dialog").get_by_role("searchbox").fill("xilofono")
    expect(status).to_have_text("No se encontró nada para «xilofono».")


@pytest.mark.parametrize("language", ["es", "en", "pt"])
def test_the_dialog_speaks_the_language_of_the_page(language: str, address: str, open_page) -> None:
    page = open_page(f"{address}/{PROJECT}")
    page.evaluate("language => { document.querySelector('article').lang = language }", language)
    page.keyboard.press("/")
    label = page.get_by_role("dialog").get_attribute("aria-label")
    script = page.locator("script[src*=open]").evaluate("script => script.src")
    texts = page.evaluate("async address => (await import(address)).default", script.replace("open.js", "texts.js"))
    assert label == texts[language]["label_own"]


def test_every_search_has_an_address_and_its_results_are_one_list(address: str, open_page) -> None:
    page = open_page(f"{address}/buscar/?q=anulo+una+fatura")
    assert shown(page)[0] == "manual/ventas/anular-factura/"
    assert page.locator("ol[data-results]").count() == 1
    assert page.get_by_role("searchbox").first.input_value() == "anulo una fatura"


def test_another_question_has_another_address_and_back_goes_back(address: str, open_page) -> None:
    page = open_page(f"{address}/buscar/?q=vacaciones")
    first = shown(page)
    page.locator("[data-search-page] input").fill("libro de ventas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buscar/?q=libro+de+ventas")
    expect(page.locator("[data-results] a").first).to_contain_text("libro de ventas")
    page.go_back()
    expect(page.locator("[data-search-page] input")).to_have_value("vacaciones")
    assert shown(page) == first


def test_enter_without_a_choice_opens_all_the_results(address: str, open_page) -> None:
    page = open_page(f"{address}/{PROJECT}")
    ask(page, "factura")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/buscar/?q=factura")
    assert shown(page)


def test_recent_searches_stay_on_the_device_and_can_be_forgotten(address: str, open_page) -> None:
    page = open_page(f"{address}/buscar/?q=vacaciones")
    shown(page)
    asked: list[str] = []
    page.goto(f"{address}/manual/")
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.keyboard.press("/")
    recent = page.get_by_role("dialog").get_by_role("link", name="vacaciones")
    expect(recent).to_be_visible()
    assert not [request for request in asked if "vacaciones" in request]
    page.get_by_role("button", name="Borrar búsquedas recientes").click()
    expect(recent).to_have_count(0)
    assert page.evaluate("localStorage.getItem('avance:searches')") == "[]"


@pytest.mark.parametrize(
    ("question", "title", "rest"),
    [
        ("#1050", "#1050 Revisar y aprobar los saldos iniciales de contabilidad", "#t-1050"),
        ("minuta de inicio", "Minuta de la reunión de inicio", "documentos/#"),
        ("facturamos a un cliente que no era", "Facturamos a un cliente que no era", "preguntas/#"),
    ],
)
def test_a_project_finds_its_tickets_documents_and_questions(
    question: str, title: str, rest: str, address: str, open_page
) -> None:
    page = open_page(f"{address}/{PROJECT}agenda/")
    ask(page, question)
    dialog = page.get_by_role("dialog", name="Buscar en este proyecto y en la documentación")
    own = dialog.locator("section", has_text="En su proyecto")
    first = own.get_by_role("link").first
    expect(first).to_contain_text(title)
    assert first.get_attribute("href").startswith(f"{address}/{PROJECT}{rest}")
    page.keyboard.press("Enter")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_project_finds_the_documentation_beside_its_own_and_tells_nobody(address: str, open_page) -> None:
    page = open_page(f"{address}/{PROJECT}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    ask(page, "anular factura")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("section", has_text="En su proyecto").get_by_role("link").first).to_contain_text("#")
    expect(dialog.get_by_role("link", name="Anular una factura").first).to_be_visible()
    dialog.get_by_role("link").first.click()
    assert f"{address}/{PROJECT}buscar.json" in asked
    assert not [url for url in asked if "anular" in url]
    assert page.evaluate("localStorage.getItem('avance:searches')") is None


def test_more_of_the_project_is_shown_when_asked_for(address: str, open_page) -> None:
    page = open_page(f"{address}/{PROJECT}")
    ask(page, "factura")
    own = page.get_by_role("dialog").locator("section", has_text="En su proyecto")
    expect(own.get_by_role("listitem")).to_have_count(4)
    more = own.get_by_role("button", name="más de su proyecto")
    count = int(more.inner_text().split()[1])
    more.click()
    expect(own.get_by_role("listitem")).to_have_count(4 + count)
    expect(own.get_by_role("link").nth(4)).to_be_focused()
    expect(more).to_be_hidden()


def test_a_project_is_searched_where_the_documentation_cannot_be_had(address: str, open_page) -> None:
    page = open_page(f"{address}/{PROJECT}")
    page.route("**/assets/avance/search.json", lambda route: route.abort())
    ask(page, "1050")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_contain_text("#1050")
    page.unroute_all(behavior="wait")


def test_what_nobody_wrote_can_be_asked_for_from_a_project(address: str, open_page) -> None:
    page = open_page(f"{address}/{PROJECT}")
    ask(page, "xyzzy")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("No se encontró nada")
    page.get_by_role("dialog").get_by_role("link", name="Pedir este contenido").click()
    page.wait_for_url(f"{address}/buscar/?q=xyzzy")


def test_the_search_works_under_a_strict_policy(address: str, open_page) -> None:
    def strict(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": STRICT})

    page = open_page(f"{address}/{PROJECT}")
    page.route("**/*", strict)
    page.goto(f"{address}/{PROJECT}")
    ask(page, "vacaciones")
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()
    page.unroute_all(behavior="wait")


def test_the_search_works_offline_once_it_was_used(address: str, open_page) -> None:
    page = open_page(f"{address}/manual/")
    ask(page, "vacaciones")
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("dialog").get_by_role("searchbox").fill("dias de vacaciones de un trabajador")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_contain_text("vacaciones")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("resultado")


def test_whoever_searched_can_come_back_without_a_line(address: str, open_page) -> None:
    page = open_page(f"{address}/manual/")
    ask(page, "vacaciones")
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.goto(f"{address}/manual/ventas/emitir-factura/")
    page.goto(f"{address}/{PROJECT}")
    page.context.set_offline(True)
    page.goto(f"{address}/manual/ventas/emitir-factura/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Emitir una factura")
    ask(page, "anular factura")
    expect(page.get_by_role("dialog").get_by_role("link", name="Anular una factura").first).to_be_visible()
    page.goto(f"{address}/buscar/?q=recibir+mercancia")
    assert "manual/inventario/entrada-de-mercancia/" in shown(page)
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async name =>"
        " (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat()"
    )
    assert f"{address}/buscar/" in kept
    assert not [url for url in kept if "/p/" in url or "?" in url]


def test_nothing_of_a_project_is_in_the_index(site: Path) -> None:
    index = index_in(site)
    published = "".join(path.read_text(encoding="utf-8") for path in sorted(index.iterdir()))
    assert "Anular una factura" in published
    for project in PROJECTS:
        page = (site / "p" / project / "proyecto.json").read_text(encoding="utf-8")
        titles = [task["title"] for task in json.loads(page)["tasks"]]
        assert titles
        assert not [title for title in titles if title in published]
        assert f"p/{project}" not in published


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("start", ["manual/", PROJECT, "buscar/?q=factura"])
def test_the_search_passes_axe_and_fits(start: str, width: int, scheme: str, address: str, open_page) -> None:
    page = open_page(f"{address}/{start}", width=width, color_scheme=scheme, reduced_motion="reduce")
    if not start.startswith("buscar"):
        page.get_by_role("button", name="Buscar", exact=True).click()
        page.get_by_role("dialog").get_by_role("searchbox").fill("factura")
    expect(page.locator(".search-preview:visible").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator(":is(.search-dialog, .search-page) :is(a, button, input):visible").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
    )
    assert small == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
