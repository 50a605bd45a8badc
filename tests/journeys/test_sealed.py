"""A client's browser at a private portal: opened by the link from a message, or a page that says why not.

In a real Chromium. The numbers T4 … T18 are those of the design's list of tests.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from generator.portals.keys import token
from generator.portals.sealing import Mode, Reader
from tests.conftest import BROWSERS
from tests.sealed import SECRET, Host, folder_of, fragment, link_key, make_host, passphrase, small

ROOT = Path(__file__).parent.parent.parent
CODE = "andina"
OPENED = "[data-view] h1"
TABS = ("", "tablero/", "agenda/", "soporte/", "preguntas/", "documentos/", "involucrados/", "historial/")
STATES = (
    "opening", "nokey", "cut", "revoked", "expired", "gone", "net", "captive", "damaged", "version", "insecure", "old",
    "passphrase",
)  # fmt: skip
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155M Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/130.0 Mobile Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
SMALL = (
    ("", "Avance", '<h1>Uno</h1><p id="t-1">Aquí</p><a href="dos/#t-2">al dos</a><a href="datos.txt">datos</a>'),
    ("dos/", "Dos", '<h1>Dos</h1><a href="../">al uno</a><div id="t-2">Allá</div>'),
)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Host:
    """The documentation of the sample, and its first project as a private portal."""
    made = make_host(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("sealed") / "site")
    made.put(CODE, made.projects[CODE])
    return made


@pytest.fixture(scope="module")
def home(host: Host, serve) -> str:
    """The address that serves it."""
    return serve(host.folder)


@pytest.fixture
def put(host: Host) -> Iterator:
    """A function: pages and files → a small portal, published for the length of one test; see `Host.put`."""
    homes = []

    def put_(
        *bodies: tuple[str, str, str], code: str = "chico", files: tuple[tuple[str, bytes], ...] = (), **options: object
    ) -> str:
        homes.append(host.put(code, small(*(bodies or SMALL), files=files), **options))
        return homes[-1]

    yield put_
    for folder in set(homes):
        shutil.rmtree(host.folder / folder)


@pytest.fixture
def portal(home: str, open_page):
    """A function: the rest of the address after the first contact's link → the opened page."""

    def open_(rest: str = "", **options: object) -> Page:
        page = open_page(f"{home}/{folder_of(CODE)}{fragment(CODE)}{rest}", **options)
        page.wait_for_selector(OPENED)
        return page

    return open_


@pytest.fixture
def visit(home: str, browser: Browser) -> Iterator:
    """A function: an address below the home → its page, whatever becomes of it."""
    contexts = []

    def visit_(address: str, *, context: BrowserContext | None = None, **options: object) -> Page:
        if context is None:
            contexts.append(context := browser.new_context(**options))
        page = context.new_page()
        page.goto(f"{home}/{address}")
        return page

    yield visit_
    for context in contexts:
        context.close()


def state_of(page: Page) -> str:
    """Return which page is shown once the portal has opened or not."""
    page.wait_for_selector(f'[data-state]:not([data-state="opening"]):visible, {OPENED}:visible')
    shown = page.locator("[data-state]:visible")
    assert page.locator("h1:visible").count() == 1
    return shown.get_attribute("data-state") if shown.count() else "opened"


# T4: what messengers and people do to a link.

MUTATIONS = {
    "as sent": lambda key: key,
    "in capitals": lambda key: key.upper(),
    "at the end of a sentence": lambda key: f"{key}.",
    "in brackets": lambda key: f"{key})",
    "with a campaign": lambda key: f"{key}&utm_source=whatsapp",
    "with escapes": lambda key: f"#%6B1{key[3:]}%20",
    "with a text to look for": lambda key: f"{key}:~:text=Avance",
    "with a click's number": lambda key: f"{key}?fbclid=IwAR0abc",
    "with letters for digits": lambda key: key[:3] + key[3:].replace("0", "o").replace("1", "l"),
}


@pytest.mark.parametrize("change", MUTATIONS.values(), ids=MUTATIONS)
def test_a_link_opens_although_it_was_changed_on_its_way(change, visit) -> None:
    key = fragment(CODE)
    assert set("01") & set(key[3:])
    assert state_of(visit(f"{folder_of(CODE)}{change(key)}")) == "opened"


@pytest.mark.parametrize("length", [2, 3, 4, 20, 32])
def test_a_link_that_was_cut_says_so(length: int, visit) -> None:
    assert state_of(visit(folder_of(CODE) + fragment(CODE)[:length])) == "cut"


@pytest.mark.parametrize(
    "change",
    [
        lambda key: f"{key[:9]}{'5' if key[9] != '5' else '6'}{key[10:]}",
        lambda key: f"{key[:9]}u{key[10:]}",
        lambda key: f"{key}gracias",
        lambda _: fragment("textiles-del-sur"),
    ],
    ids=["mistyped", "no letter of ours", "joined to a word", "of another project"],
)
def test_a_link_that_is_not_this_one_is_taken_for_a_cut_one(change, visit) -> None:
    assert state_of(visit(folder_of(CODE) + change(fragment(CODE)))) == "cut"


# Who may open.


def test_without_a_key_the_page_asks_for_the_link_and_names_nobody_but_the_executive(visit, host: Host) -> None:
    page = visit(folder_of(CODE))
    assert state_of(page) == "nokey"
    tree = page.locator("body").aria_snapshot()
    assert "Ejecutivos de cuenta" in tree
    assert not re.search("andina|implementación", tree + page.content(), re.IGNORECASE)
    assert page.title() == "AdaptaPro"


def test_a_contact_who_left_is_told_that_the_link_no_longer_opens(put, visit) -> None:
    folder = put(readers=[Reader(key=link_key("chico", "luis"), label="Luis")])
    assert state_of(visit(folder + fragment("chico", "ana"))) == "revoked"
    assert state_of(visit(folder + fragment("chico", "luis"))) == "opened"


@pytest.mark.parametrize(("days", "state"), [(1, "opened"), (0, "expired"), (-1, "expired")])
def test_a_link_expires_on_its_day(days: int, state: str, put, visit) -> None:
    day = date.today() + timedelta(days=days)
    folder = put(readers=[Reader(key=link_key("chico"), label="Ana", expires=day)])
    assert state_of(visit(folder + fragment("chico"))) == state


def test_the_owner_of_the_link_is_named(portal) -> None:
    assert portal().locator("[data-owner]").inner_text() == "Enlace personal de Ana Ruiz"


# T13: where the key goes, and where it does not.


def test_no_request_carries_the_key_and_the_address_bar_loses_it(portal, home: str, browser: Browser) -> None:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {json.dumps(request.all_headers())}"))
    page.goto(f"{home}/{folder_of(CODE)}{fragment(CODE)}")
    page.wait_for_selector(OPENED)
    assert page.url == f"{home}/{folder_of(CODE)}#/"
    page.get_by_role("link", name="Documentos", exact=True).click()
    with page.expect_download():
        page.get_by_role("link", name="Descargar (").first.click()
    page.get_by_role("link", name="Política de comunicación").first.click()
    page.wait_for_url("**/politica/**")
    context.close()
    key = fragment(CODE)[3:]
    assert len(asked) > 8
    assert not [request for request in asked if key[:12] in request]
    assert not [request for request in asked if folder_of(CODE) in request.partition('"referer"')[2]]


def test_the_title_names_the_page_and_the_site_and_no_client(portal) -> None:
    page = portal("/tablero/")
    assert page.title() == "Tablero · AdaptaPro"


# T14: reading.


def test_every_page_is_a_view_and_every_tab_leads_to_it(portal) -> None:
    page = portal()
    for tab in TABS:
        link = page.locator(f'.tabs a[href="#/{tab}"]')
        link.click()
        expect(page.locator(".tabs [aria-current=page]")).to_have_attribute("href", f"#/{tab}")
        assert page.url.endswith(f"#/{tab}")
        if tab:
            assert page.evaluate("document.activeElement.tagName") == "H1"


def test_a_view_has_what_the_open_page_has(portal, host: Host) -> None:
    texts = {page.path.split("/", 2)[2]: page for page in host.projects[CODE].pages}
    page = portal("/soporte/")
    same = page.evaluate(
        "html => { const made = new DOMParser().parseFromString(html, 'text/html').querySelector('article');"
        " return made.querySelectorAll('li').length === document.querySelectorAll('[data-view] li').length }",
        texts["soporte/"].body,
    )
    assert same


def test_a_link_to_a_ticket_opens_its_fold_and_is_marked(portal, host: Host) -> None:
    body = next(page.body for page in host.projects[CODE].pages if page.path.endswith("andina/"))
    folded = re.findall(r'<li class="task" id="(t-[^"]+)"', body)[-1]
    page = portal(f"/{folded}")
    row = page.locator(f"#{folded}")
    expect(row).to_be_in_viewport()
    assert "target" in row.get_attribute("class")
    assert page.url.endswith(f"#/{folded}")


def test_links_between_pages_lead_to_the_row(portal) -> None:
    page = portal("/soporte/")
    link = page.locator(".support-task a.number").first
    ticket = link.get_attribute("href")
    assert re.fullmatch(r"#/(historial/)?t-[\w-]+", ticket)
    link.click()
    expect(page.locator(f"#{ticket.rsplit('/')[-1]}")).to_be_in_viewport()


def test_the_way_back_leads_to_where_the_reader_was(portal) -> None:
    page = portal(width=390)
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(400)  # until it is kept
    place = page.evaluate("scrollY")
    assert place > 500
    page.evaluate("document.querySelector('.tabs a[href$=\"tablero/\"]').click()")
    expect(page.locator("h2#tareas")).to_be_visible()
    assert page.evaluate("scrollY") == 0
    page.go_back()
    expect(page.locator("#dependen")).to_be_attached()
    assert abs(page.evaluate("scrollY") - place) < 5
    page.go_forward()
    expect(page.locator("h2#tareas")).to_be_visible()


def test_a_reload_keeps_the_view_and_the_key(portal) -> None:
    page = portal()
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.reload()
    expect(page.locator("h2#agenda")).to_be_visible()
    assert page.url.endswith("#/agenda/")


def test_a_new_tab_asks_for_the_link(portal, visit) -> None:
    page = portal()
    assert state_of(visit(f"{folder_of(CODE)}#/agenda/", context=page.context)) == "nokey"


def test_a_link_put_into_the_bar_takes_the_place_of_the_former(put, visit, home: str) -> None:
    folder = put(readers=[Reader(key=link_key("chico", name), label=name) for name in ("ana", "luis")])
    page = visit(folder + fragment("chico", "ana"))
    expect(page.locator("[data-owner] bdi")).to_have_text("ana")
    page.evaluate(f"location.hash = '{fragment('chico', 'luis')}'")
    expect(page.locator("[data-owner] bdi")).to_have_text("luis")
    page.evaluate(f"location.hash = '{fragment(CODE)}'")
    page.wait_for_selector("[data-state=cut]:visible")


def test_the_skip_link_leads_to_the_heading_and_leaves_the_address(portal) -> None:
    page = portal("/agenda/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert page.url.endswith("#/agenda/")


def test_a_link_clicked_twice_leads_there_twice(put, visit) -> None:
    page = visit(put(("", "Avance", f'<h1>Uno</h1><a href="#t-1">baja</a>{"<br>" * 200}<p id="t-1">Aquí</p>'))
                 + fragment("chico"))  # fmt: skip
    for _ in range(2):
        page.get_by_text("baja").click()
        expect(page.get_by_text("Aquí")).to_be_in_viewport()
        page.evaluate("scrollTo(0, 0)")


def test_board_filters_work_and_are_not_sent_to_the_host(portal) -> None:
    page = portal("/tablero/")
    every = page.locator(".board-card:not([hidden])").count()
    page.get_by_label("Número o título").fill("nomina")
    left = page.locator(".board-card:not([hidden])").count()
    assert 0 < left < every
    assert page.evaluate("location.search") == ""
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.get_by_role("link", name="Tablero", exact=True).click()
    assert page.get_by_label("Número o título").input_value() == "nomina"
    assert page.locator(".board-card:not([hidden])").count() == left


def test_what_the_clock_knows_is_told_on_every_view(portal) -> None:
    page = portal()
    for tab in ("", "agenda/", "documentos/"):
        page.locator(f'.tabs a[href="#/{tab}"]').click()
        expect(page.locator(".service")).to_be_visible()
        expect(page.locator("[data-age]")).to_be_visible()
        expect(page.get_by_role("button", name="Imprimir")).to_be_visible()


def test_light_and_dark_are_changed_without_leaving_the_view(portal) -> None:
    page = portal("/agenda/", color_scheme="light")
    page.get_by_role("button", name="Cambiar a modo oscuro").click()
    expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "slate")
    assert page.url.endswith("#/agenda/")


def test_paper_has_the_view_and_no_controls(portal) -> None:
    page = portal("/agenda/")
    page.emulate_media(media="print")
    assert page.locator("h2#agenda").is_visible()
    for gone in ("[data-owner]", ".device", ".sealed", ".site-header", ".tabs"):
        assert not page.locator(gone).first.is_visible()


def test_a_calendar_that_cannot_be_followed_is_not_offered(portal) -> None:
    page = portal("/agenda/")
    assert page.get_by_text("Descargar la agenda (.ics)").is_visible()
    assert page.locator("[data-subscribe]").count() == 0
    assert "suscri" not in page.locator("[data-view]").inner_text().lower()


# The search.


def search(page: Page, asked: str) -> Locator:
    """Ask the search box, and return the part of its answer that is the project's."""
    page.get_by_role("button", name="Buscar", exact=True).click()
    page.get_by_role("dialog").get_by_role("searchbox").fill(asked)
    return page.get_by_role("dialog").locator("section", has_text="En su proyecto")


@pytest.mark.parametrize(
    ("asked", "title", "route"),
    [
        ("1050", "#1050 Revisar y aprobar los saldos iniciales de contabilidad", "#/t-1050"),
        ("SALDOS contabilidad aprobar", "#1050 Revisar y aprobar los saldos iniciales de contabilidad", "#/t-1050"),
        ("reunion inicio minuta", "Minuta de la reunión de inicio", "#/documentos/"),
    ],
)
def test_tickets_and_documents_are_found_on_every_view(asked: str, title: str, route: str, portal) -> None:
    page = portal("/agenda/")
    own = search(page, asked)
    found = own.get_by_role("link").first
    expect(found.locator(".search-title")).to_have_text(title)
    assert route in found.get_attribute("href")
    found.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".target")).to_be_in_viewport()


def test_a_question_is_found_by_its_answer_and_what_was_asked_is_not_kept(portal) -> None:
    page = portal()
    found = search(page, "mercancía en tránsito almacén de destino").get_by_role("link")
    expect(found.first).to_be_visible()
    page.get_by_role("searchbox").fill("xyzzy")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("No se encontró nada")
    assert page.evaluate("localStorage.getItem('avance:searches')") is None


def test_a_portal_that_was_forgotten_is_not_searched(portal) -> None:
    page = portal()
    expect(search(page, "1050").get_by_role("link").first).to_be_visible()
    page.get_by_role("button", name="Cerrar").click()
    page.get_by_role("button", name="Olvidar en este dispositivo").click()
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("saldos iniciales contabilidad")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
    assert "#1050" not in page.get_by_role("dialog").inner_text()


# T15: a page for every mishap, each in words.


def test_without_scripts_the_page_says_what_it_needs(visit) -> None:
    page = visit(folder_of(CODE) + fragment(CODE), java_script_enabled=False)
    assert page.locator("h1:visible").all_inner_texts() == ["Active JavaScript para abrir su portal"]
    assert page.get_by_text("Ejecutivos de cuenta").is_visible()


def test_a_portal_that_is_gone_says_so(put, visit, host: Host) -> None:
    folder = put()
    (host.folder / folder / "d.bin").unlink()
    assert state_of(visit(folder + fragment("chico"))) == "gone"


def test_without_a_line_the_portal_can_be_tried_again(home: str, visit) -> None:
    page = visit("politica/")
    page.route("**/d.bin", lambda route: route.abort())
    page.goto(f"{home}/{folder_of(CODE)}{fragment(CODE)}")
    assert state_of(page) == "net"
    assert page.url.endswith(fragment(CODE))
    page.unroute("**/d.bin")
    page.get_by_role("button", name="Volver a intentar").locator("visible=true").click()
    page.wait_for_selector(OPENED)


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        (200, "<!doctype html><title>Wi-Fi</title>", "captive"),
        (503, "", "net"),
        (410, "", "gone"),
        (200, "AVNCE2" + "x" * 20_000, "version"),
        (200, "otra cosa", "damaged"),
        (200, "", "damaged"),
    ],
)
def test_what_is_no_portal_is_told_apart(status: int, body: str, state: str, home: str, visit) -> None:
    page = visit("politica/")
    page.route("**/d.bin", lambda route: route.fulfill(status=status, body=body))
    page.goto(f"{home}/{folder_of(CODE)}{fragment(CODE)}")
    assert state_of(page) == state


def test_an_opened_portal_is_read_without_a_line(portal) -> None:
    page = portal()
    page.context.set_offline(True)
    page.get_by_role("link", name="Tablero", exact=True).click()
    expect(page.locator("h2#tareas")).to_be_visible()


def test_a_damaged_copy_is_asked_for_once_more(home: str, visit, host: Host) -> None:
    whole = (host.folder / folder_of(CODE) / "d.bin").read_bytes()
    answers = [whole[:-1] + bytes([whole[-1] ^ 1]), whole]
    page = visit("politica/")
    page.route("**/d.bin", lambda route: route.fulfill(body=answers.pop(0)))
    page.goto(f"{home}/{folder_of(CODE)}{fragment(CODE)}")
    page.wait_for_selector(OPENED)
    assert not answers


def test_an_old_browser_is_told_so(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.add_init_script("delete Element.prototype.replaceChildren")
    page.goto(f"{home}/{folder_of(CODE)}{fragment(CODE)}")
    assert state_of(page) == "old"
    page.close()


def test_a_browser_that_cannot_unpack_is_helped(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(f"{home}/{folder_of(CODE)}{fragment(CODE)}")
    assert state_of(page) == "opened"
    page.close()


UNPACK = """
    packed => {
        const text = String.fromCharCode(...inflate(Uint8Array.from(atob(packed), letter => letter.charCodeAt(0))));
        return btoa(text);
    }
"""


@pytest.mark.parametrize("strategy", [zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.Z_FIXED])
@pytest.mark.parametrize("level", [0, 1, 9])
def test_what_zlib_packed_in_any_way_is_unpacked(level: int, strategy: int, visit) -> None:
    page = visit(folder_of(CODE))
    chance = random.Random(1)
    samples = [b"", b"a", b"ab" * 20_000, chance.randbytes(40_000), bytes(chance.choices(range(40), k=50_000)),
               (ROOT / "site_templates/assets/open.js").read_bytes() * 2]  # fmt: skip
    for sample in samples:
        packer = zlib.compressobj(level, strategy=strategy)
        packed = packer.compress(sample) + packer.flush()
        assert b64decode(page.evaluate(UNPACK, b64encode(packed).decode())) == sample


def test_a_frame_without_an_origin_is_told_so(home: str, visit, host: Host) -> None:
    framed = f'<iframe sandbox="allow-scripts" src="{folder_of(CODE)}{fragment(CODE)}"></iframe>'
    (host.folder / "marco.html").write_text(framed)
    frame = visit("marco.html").frame_locator("iframe")
    expect(frame.locator("[data-state=insecure]")).to_be_visible()


def test_a_file_on_the_disk_is_told_so(browser: Browser, host: Host) -> None:
    page = browser.new_page()
    page.goto(f"file://{host.folder}/{folder_of(CODE)}index.html{fragment(CODE)}")
    assert state_of(page) == "insecure"
    page.close()


@pytest.fixture(scope="module")
def executable() -> str:
    """The system's Chromium."""
    return next(path for name in BROWSERS if (path := shutil.which(name)))


def test_an_address_without_encryption_offers_the_safe_one(browser: Browser, executable: str, home: str) -> None:
    port = home.rsplit(":", 1)[1]
    other = browser.browser_type.launch(
        executable_path=executable,
        args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP portal.example 127.0.0.1"],
    )
    page = other.new_page()
    page.goto(f"http://portal.example:{port}/{folder_of(CODE)}{fragment(CODE)}")
    assert state_of(page) == "insecure"
    safe = page.get_by_role("link", name="Abrir la dirección segura").get_attribute("href")
    assert safe == f"https://portal.example:{port}/{folder_of(CODE)}{fragment(CODE)}"
    other.close()


def test_where_nothing_may_be_stored_the_portal_opens_and_the_address_keeps_the_key(
    browser: Browser, executable: str, home: str, tmp_path: Path
) -> None:
    (tmp_path / "Default").mkdir()
    denied = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(denied))
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
    )
    page = context.new_page()
    page.goto(f"{home}/{folder_of(CODE)}{fragment(CODE)}")
    page.wait_for_selector(OPENED)
    assert page.evaluate("(() => { try { sessionStorage } catch { return 'denied' } })()") == "denied"
    page.get_by_role("link", name="Agenda", exact=True).click()
    assert page.url.endswith(f"{fragment(CODE)}/agenda/")
    page.reload()
    expect(page.locator("h2#agenda")).to_be_visible()
    page.get_by_role("button", name="Recordar en este dispositivo").click()
    expect(page.get_by_text("Este navegador no permite recordarlo.")).to_be_visible()
    context.close()


# T16: passphrases.


@pytest.fixture
def guarded(put) -> str:
    """A portal that a passphrase opens."""
    return put(code="clave", mode=Mode.PASSPHRASE, readers=[Reader(key=passphrase("clave")[1], label="Ana")])


def test_a_passphrase_opens_however_it_is_spelt(guarded: str, visit) -> None:
    page = visit(guarded)
    assert state_of(page) == "passphrase"
    page.get_by_label("Frase de acceso").fill(f" {passphrase('clave')[0].upper().replace('-', '  ').replace('A', 'Á')}")
    page.keyboard.press("Enter")
    page.wait_for_selector(OPENED)
    assert page.url.endswith(f"{guarded}#/")
    page.reload()
    page.wait_for_selector(OPENED)


def test_a_wrong_passphrase_is_said_and_may_be_tried_again(guarded: str, visit) -> None:
    page = visit(guarded)
    field = page.get_by_label("Frase de acceso")
    field.fill("cuatro palabras que no son")
    page.get_by_role("button", name="Mostrar").click()
    assert field.get_attribute("type") == "text"
    page.get_by_role("button", name="Abrir").locator("visible=true").click()
    expect(page.get_by_text("Esa frase no abre este portal.")).to_be_visible()
    field.fill(passphrase("clave")[0])
    page.keyboard.press("Enter")
    page.wait_for_selector(OPENED)


def test_a_link_to_a_portal_that_a_passphrase_opens_asks_for_it(guarded: str, visit) -> None:
    assert state_of(visit(guarded + fragment("clave"))) == "passphrase"


@pytest.mark.parametrize(
    ("iterations", "state"),
    [(599_999, "damaged"), (600_000, "passphrase"), (5_000_000, "passphrase"), (5_000_001, "damaged")],
)
def test_a_passphrase_is_stretched_enough_and_no_longer_than_a_reader_waits(
    iterations: int, state: str, guarded: str, visit, host: Host
) -> None:
    path = host.folder / guarded / "d.bin"
    content = bytearray(path.read_bytes())
    content[24:28] = iterations.to_bytes(4)
    path.write_bytes(content)
    assert state_of(visit(guarded)) == state


# T17: downloads.

FILES = (
    ("avance.pdf", b"%PDF-1.7 " + bytes(range(256)) * 99),
    ("agenda/t-7.ics", b"BEGIN:VCALENDAR\r\n"),
)
LINKS = '<h1>Uno</h1><a href="avance.pdf">PDF</a> <a href="agenda/t-7.ics" download>Calendario</a>'


@pytest.fixture
def filed(put) -> str:
    """A portal with two files."""
    return put(("", "Avance", LINKS), files=FILES)


@pytest.mark.parametrize(
    ("text", "content", "name"), [("PDF", FILES[0][1], "avance.pdf"), ("Calendario", FILES[1][1], "t-7.ics")]
)
def test_a_file_is_downloaded_whole_under_its_name(text: str, content: bytes, name: str, filed: str, visit) -> None:
    page = visit(filed + fragment("chico"))
    with page.expect_download() as download:
        page.get_by_text(text).click()
    assert download.value.suggested_filename == name
    assert Path(download.value.path()).read_bytes() == content
    assert page.url.endswith(f"{filed}#/")
    expect(page.get_by_text(f"{name} está en sus descargas.")).to_be_visible()


def test_after_a_new_deploy_the_open_page_downloads_the_new_file(filed: str, put, visit, host: Host) -> None:
    page = visit(filed + fragment("chico"))
    page.wait_for_selector(OPENED)
    for old in (host.folder / filed).glob("????????????????.bin"):
        old.unlink()
    put(("", "Avance", LINKS), files=(("avance.pdf", b"%PDF-1.7 nuevo"),))
    with page.expect_download() as download:
        page.get_by_text("PDF").click()
    assert Path(download.value.path()).read_bytes() == b"%PDF-1.7 nuevo"
    page.get_by_text("Calendario").click()
    expect(page.get_by_text("t-7.ics ya no está publicado.")).to_be_visible()


def test_a_copy_that_the_browser_kept_is_replaced_by_what_is_published_now(put, visit, host: Host) -> None:
    folder = put(("", "Avance", "<h1>Antes</h1>"))
    long_ago = 1_700_000_000
    os.utime(host.folder / folder / "d.bin", (long_ago, long_ago))  # old files are taken for fresh ones
    former = visit(folder + fragment("chico"))
    expect(former.locator(OPENED)).to_have_text("Antes")
    put(("", "Avance", "<h1>Ahora</h1>"))
    os.utime(host.folder / folder / "d.bin", (long_ago + 1000, long_ago + 1000))
    page = former.context.new_page()
    page.goto(former.url.replace("#/", fragment("chico")))
    expect(page.locator(OPENED)).to_have_text("Ahora")
    put(readers=[Reader(key=link_key("chico", "luis"), label="Luis")])
    page.goto("about:blank")
    page.goto(former.url.replace("#/", fragment("chico")))
    page.wait_for_selector("[data-state=revoked]:visible")
    assert page.locator("[data-view] *").count() == 0


def test_a_file_that_does_not_come_is_said(filed: str, visit, host: Host) -> None:
    page = visit(filed + fragment("chico"))
    page.wait_for_selector(OPENED)
    page.context.set_offline(True)
    page.get_by_text("PDF").click()
    expect(page.get_by_text("No se pudo traer avance.pdf.")).to_be_visible()


def test_files_that_were_swapped_do_not_open(filed: str, visit, host: Host) -> None:
    first, second = sorted((host.folder / filed).glob("????????????????.bin"))
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    page = visit(filed + fragment("chico"))
    page.get_by_text("PDF").click()
    expect(page.get_by_text("avance.pdf llegó dañado.")).to_be_visible()


SHARE = """
    navigator.canShare = ({ files }) => files.every(file => file instanceof File);
    navigator.share = async ({ files: [file] }) => { window.shared = [file.name, file.type, await file.text()]; };
"""


def test_a_phone_that_can_share_a_file_is_given_it_to_share(filed: str, browser: Browser, home: str) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(SHARE)  # this machine has nothing to share with
    page.goto(f"{home}/{filed}{fragment('chico')}")
    page.get_by_text("Calendario").tap()
    expect(page.locator("[data-toast]")).to_be_hidden()
    assert page.evaluate("shared") == ["t-7.ics", "text/calendar", FILES[1][1].decode()]
    context.close()


# Inside WhatsApp and other applications.


@pytest.mark.parametrize("agent", [ANDROID, IPHONE], ids=["Android", "iPhone"])
def test_inside_another_application_the_key_stays_for_the_browser(agent: str, filed: str, visit) -> None:
    page = visit(filed + fragment("chico"), user_agent=agent, permissions=["clipboard-read", "clipboard-write"])
    page.wait_for_selector(OPENED)
    assert page.url.endswith(f"{fragment('chico')}/")
    assert page.get_by_text("Está dentro de otra aplicación.").is_visible()
    page.get_by_role("button", name="Copiar mi enlace").click()
    expect(page.get_by_text("Se copió su enlace.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url[:-1]
    page.get_by_text("PDF").click()
    expect(page.get_by_text("abra el portal en su navegador")).to_be_visible()
    page.locator("[data-toast]").get_by_role("button", name="Copiar mi enlace").click()
    expect(page.get_by_text("Se copió su enlace.")).to_be_visible()


def test_a_ticket_is_sent_to_others_without_the_key(home: str, visit) -> None:
    page = visit(
        folder_of(CODE) + fragment(CODE), user_agent=ANDROID, permissions=["clipboard-read", "clipboard-write"]
    )
    page.locator("[data-copy]").first.click()
    expect(page.locator("[data-told]")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"{home}/{folder_of(CODE)}#/t-\d+", copied)


# This device.


def test_a_device_remembers_only_when_asked_and_forgets_everything(portal, visit) -> None:
    page = portal()
    page.get_by_role("button", name="Recordar en este dispositivo").click()
    expect(page.get_by_text("Este dispositivo recordará su acceso.")).to_be_visible()
    again = visit(f"{folder_of(CODE)}#/agenda/", context=page.context)
    expect(again.locator("h2#agenda")).to_be_visible()
    expect(again.get_by_role("button", name="Recordar en este dispositivo")).to_be_hidden()
    kept = again.evaluate(
        "new Promise(resolve => { indexedDB.open('avance').onsuccess = ({ target }) => {"
        " target.result.transaction('keys').objectStore('keys').getAll().onsuccess ="
        " ({ target }) => resolve(target.result.map(key => [key.extractable, key.type])) } })"
    )
    assert kept == [[False, "secret"]]
    again.get_by_role("button", name="Olvidar en este dispositivo").click()
    assert state_of(again) == "nokey"
    assert again.title() == "AdaptaPro"
    assert again.evaluate(
        "[sessionStorage.length, location.hash, document.querySelectorAll('[data-view] *').length]"
    ) == [0, "", 0]
    assert not [key for key in again.evaluate("Object.keys(localStorage)") if key.startswith("avance:")]
    assert state_of(visit(folder_of(CODE), context=page.context)) == "nokey"


def test_what_is_remembered_of_a_visit_names_no_project(portal) -> None:
    page = portal()
    assert "andina" not in page.evaluate("JSON.stringify([Object.entries(localStorage), Object.keys(sessionStorage)])")


# The executive's panel.


def test_the_panel_opens_each_project_with_the_same_key(put, visit, home: str) -> None:
    pid = SECRET.page_id("chico")
    key = link_key("panel", "ejecutiva")
    readers = [Reader(key=key, label="Ejecutiva")]
    put(readers=readers)
    rows = f'<h1>Panel</h1><a href="../p/{pid}/dos/#t-2">fila</a> <a href="../politica/">política</a>'
    put(("", "Panel", rows), code="panel", folder="panel/", readers=readers, portals=[pid])
    page = visit(f"panel/#k1{token('panel', key)}")
    link = page.get_by_text("fila")
    assert link.get_attribute("href") == f"{home}/p/{pid}/#k1{token(pid, key)}/dos/t-2"
    assert page.get_by_text("política").get_attribute("href") == f"{home}/politica/"
    page.get_by_role("button", name="Recordar en este dispositivo").click()
    link.click()
    expect(page.locator("#t-2.target")).to_be_visible()
    assert page.url == f"{home}/p/{pid}/#/dos/t-2"
    assert state_of(visit(f"p/{pid}/", context=page.context)) == "opened"


# Hostile pages and bytes.

HOSTILE = """
<h1>Uno</h1><script>window.ran = 1</script><script src="/assets/javascripts/bundle.js"></script>
<img src="x" onerror="window.ran = 2"><svg onload="window.ran = 3"></svg>
<meta http-equiv="refresh" content="0;url=https://example.org/"><base href="https://example.org/">
<iframe src="https://example.org/"></iframe><object data="https://example.org/"></object>
<form action="https://example.org/"><input autofocus onfocus="window.ran = 4"></form>
<link rel="stylesheet" href="https://example.org/x.css"><style>body { display: none }</style>
<template><p>x</p></template><a href="javascript:window.ran=5">uno</a> <a href=" JaVaScRiPt:alert(1)">dos</a>
<a href="data:text/html,x">tres</a> <a href="https://example.org/">cuatro</a> <a href="//[">cinco</a>
"""


def test_hostile_html_runs_nothing_and_asks_nobody(put, visit, home: str) -> None:
    page = visit("politica/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{home}/{put(('', 'Avance', HOSTILE))}{fragment('chico')}")
    page.wait_for_selector(OPENED)
    for link in page.locator("[data-view] a:not([href^=https])").all():
        assert link.get_attribute("href") is None
        link.click()
    assert page.get_by_role("link", name="cuatro").get_attribute("rel") == "noopener noreferrer"
    assert page.evaluate("window.ran") is None
    assert page.locator("[data-view]").locator("script,style,link,meta,base,iframe,object,form,template").count() == 0
    assert all(url.startswith(home) for url in asked)


FLIP = """
    async ([pid, secret, step]) => {
        const whole = new Uint8Array(await (await fetch("d.bin")).arrayBuffer());
        const key = await unseal.keyOf(unseal.ofHex(secret));
        const states = {};
        for (let at = 0; at < whole.length; at += step) {
            const bytes = whole.slice();
            bytes[at] ^= 1 << at % 8;
            let state = "opened";
            try {
                await unseal.open(unseal.read(bytes), pid, key);
            } catch (error) {
                state = error.state ?? `${error}`;
            }
            states[state] = (states[state] ?? 0) + 1;
        }
        return states;
    }
"""


@pytest.mark.parametrize("step", [61, pytest.param(1, marks=pytest.mark.slow)])
def test_no_byte_of_a_container_can_be_changed(step: int, put, visit) -> None:
    folder = put()
    page = visit(folder + fragment("chico"))
    page.wait_for_selector(OPENED)
    states = page.evaluate(FLIP, [folder.split("/")[1], link_key("chico").hex(), step])
    assert set(states) <= {"damaged", "revoked", "version"}
    assert sum(states.values()) > 17_000 // step


def test_keys_of_the_browser_are_those_of_the_generator(portal) -> None:
    page = portal()
    for number in (0, 1, 2**128 - 1, 0x0123456789ABCDEF << 60):
        key = number.to_bytes(16)
        made = page.evaluate("([pid, secret]) => unseal.token(pid, unseal.ofHex(secret))", ["pid0", key.hex()])
        assert made == token("pid0", key)
        back = page.evaluate("async (text) => unseal.hex((await unseal.keyOfToken('pid0', text)).raw)", made)
        assert back == key.hex()


# Barriers.


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", [*STATES, "no scripts"])
def test_axe_finds_nothing_in_a_state(state: str, scheme: str, browser: Browser, home: str) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce")
    if state == "no scripts":
        page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{home}/{folder_of(CODE)}")
    if state != "no scripts":
        page.wait_for_selector("[data-state=nokey]:visible")
        page.evaluate(
            "state => {"
            " document.querySelectorAll('[data-state]').forEach(one => { one.hidden = one.dataset.state !== state });"
            " document.querySelectorAll('[data-bad], [data-https]').forEach(part => { part.hidden = false }) }",
            state,
        )
    barriers(page)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tab", TABS)
def test_axe_finds_nothing_in_an_opened_view(tab: str, scheme: str, portal) -> None:
    page = portal(f"/{tab}", color_scheme=scheme, reduced_motion="reduce")
    expect(search(page, "saldos").get_by_role("link").first).to_be_visible()
    barriers(page)
    page.get_by_role("button", name="Cerrar").click()
    barriers(page)


def barriers(page: Page) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small_ones = page.locator("main :is(button, input):visible").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
        )
        assert not small_ones
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
