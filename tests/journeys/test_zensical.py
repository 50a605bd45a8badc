"""The sample site with its documentation built by Zensical, in a real Chromium: what a client does on the other one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from generator import build
from generator.portals.keys import Secret, new_secret
from generator.portals.links import PersonalLink, personal_links
from generator.website.documentation import load_site, plugin_of
from generator.website.search import index_in

ROOT = Path(__file__).parent.parent.parent
ARTICLE = "manual/inventario/entrada-de-mercancia/"
PUBLIC = "p/sierra-clara/"
KINDS = ("", ARTICLE, "buscar/?q=llego%20la%20mercancia", "novedades/", "talleres/", "404.html", PUBLIC)
"""A page of each kind."""
OPENED = "[data-view] h1"

pytestmark = pytest.mark.slow


@dataclass(frozen=True, kw_only=True)
class Built:
    """The site in its folder, the address that serves it, and the links that its clients get."""

    folder: Path
    home: str
    links: tuple[PersonalLink, ...]


@pytest.fixture(scope="module")
def built(zensical: Path, tmp_path_factory: pytest.TempPathFactory, serve) -> Built:
    folder, secret = tmp_path_factory.mktemp("zensical") / "site", new_secret()
    config = load_site(ROOT / "mkdocs.yml", {"zensical": str(zensical)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVANCE_SECRET", secret)
        build.build_site(config, folder)
    source = build.read_source(plugin_of(config).settings(config), docs_dir=Path(config.docs_dir), has_secret=True)
    home = serve(folder)
    keyring = build.make_keyring(source, Secret.read(secret))
    return Built(folder=folder, home=home, links=tuple(personal_links(source.projects, keyring, home, "es")))


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def is_of_the_theme(path: str) -> bool:
    return path.startswith(("assets/javascripts/", "assets/stylesheets/", "search/"))


def test_it_has_every_address_and_the_search_index_of_the_other_site(
    built: Built, zensical: Path, tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in ("mkdocs", "zensical")]
    for folder, program in zip(folders, (None, str(zensical)), strict=True):
        build.build_site(load_site(ROOT / "mkdocs.yml", {"public": True, "zensical": program}), folder)
    one, other = ({path for path in files(folder) if not is_of_the_theme(path)} for folder in folders)
    assert one == other
    assert index_in(folders[0]).name == index_in(folders[1]).name == index_in(built.folder).name
    sitemaps = [sorted((folder / "sitemap.xml").read_text(encoding="utf-8").split()) for folder in folders]
    locations = [[each for each in sitemap if each.startswith("<loc>")] for sitemap in sitemaps]
    assert locations[0] == locations[1] != []


def test_nothing_of_the_making_is_left(built: Built) -> None:
    for path in files(built.folder):
        if path.endswith((".html", ".json", ".xml")):
            text = (built.folder / path).read_text(encoding="utf-8")
            assert "@@avance" not in text, path
            assert "avance-layout" not in text, path
            assert not path.endswith(".html") or "Content-Security-Policy" in text, path


def local_links(folder: Path, elements) -> Iterator[tuple[str, str, str]]:
    """Yield page, file and anchor of every link, script, stylesheet and picture of this site."""
    for path in sorted(file for file in files(folder) if file.endswith(".html")):
        here = f"https://site.example/{path}"
        for _, attributes in elements((folder / path).read_text(encoding="utf-8")):
            address = attributes.get("href") or attributes.get("src")
            where = urlsplit(urljoin(here, address)) if address else None
            if where and where.netloc == "site.example":
                file = unquote(where.path).lstrip("/")
                file = f"{file}index.html" if not file or file.endswith("/") else file
                yield path, file, unquote(where.fragment)


def test_every_link_of_the_site_leads_somewhere(built: Built, elements) -> None:
    there = files(built.folder)
    anchors = {
        path: {attributes.get("id") for _, attributes in elements((built.folder / path).read_text(encoding="utf-8"))}
        for path in there
        if path.endswith(".html")
    }
    lost = {
        (page, file, anchor)
        for page, file, anchor in local_links(built.folder, elements)
        if file not in there or (anchor and file in anchors and anchor not in anchors[file])
    }
    assert not lost


def test_an_article_reads(built: Built, open_page) -> None:
    page = open_page(f"{built.home}/{ARTICLE}", width=390)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Registrar una entrada de mercancía")
    expect(page.locator(".article-foot")).to_contain_text("¿Le sirvió este artículo?")
    assert page.locator(".article-foot nav a").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


def test_an_article_reads_without_javascript(built: Built, open_page) -> None:
    page = open_page(f"{built.home}/{ARTICLE}", width=390, java_script_enabled=False)
    assert page.get_by_role("heading", level=1).is_visible()
    page.get_by_role("button", name="Buscar", exact=True).click()
    page.wait_for_url("**/buscar/?")
    assert page.get_by_role("heading", name="Buscar").is_visible()


@pytest.mark.parametrize("start", ["", ARTICLE, PUBLIC])
def test_the_search_answers_from_any_page(start: str, built: Built, open_page) -> None:
    page = open_page(f"{built.home}/{start}")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name=re.compile("^Buscar en .*la documentación$"))
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("anular una factura")
    expect(dialog.get_by_role("status")).to_contain_text("resultado")
    dialog.get_by_role("link", name="Anular una factura").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/manual/ventas/anular-factura/**")


def test_a_search_has_an_address(built: Built, open_page) -> None:
    page = open_page(f"{built.home}/buscar/?q=llego%20la%20mercancia", width=390)
    first = page.locator("ol[data-results] a").first
    expect(first).to_contain_text("Registrar una entrada de mercancía")
    assert urlsplit(first.evaluate("link => link.href")).path == f"/{ARTICLE}"


def test_a_public_portal_opens(built: Built, open_page) -> None:
    page = open_page(f"{built.home}/{PUBLIC}", width=390)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Caso de negocio AdaptaPro ERP")
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.wait_for_url(f"**/{PUBLIC}agenda/")


def test_a_sealed_portal_opens_by_its_link(built: Built, open_page) -> None:
    link = next(link for link in built.links if link.project and not link.passphrase)
    page = open_page(link.address, width=390)
    page.wait_for_selector(OPENED)
    assert page.locator("[data-owner] bdi").inner_text() == link.name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [*KINDS, "sealed"])
def test_axe_finds_nothing_on_a_page_of_each_kind(kind: str, scheme: str, built: Built, open_page) -> None:
    link = next(link for link in built.links if link.project and not link.passphrase)
    address = link.address if kind == "sealed" else f"{built.home}/{kind}"
    page: Page = open_page(address, width=390, color_scheme=scheme, reduced_motion="reduce")
    if kind == "sealed":
        page.wait_for_selector(OPENED)
    if kind.startswith("buscar/"):
        page.locator("ol[data-results] a").first.wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_policy_is_kept(built: Built, open_page) -> None:
    """No page of a kind asks for what its policy forbids: the browser says so where it does."""
    for kind in KINDS:
        page = open_page(f"{built.home}/{kind}")
        page.wait_for_load_state("networkidle")
        assert "default-src 'none'" in (page.locator("meta[http-equiv]").first.get_attribute("content") or "")


def test_the_reader_chooses_dark(built: Built, open_page) -> None:
    page = open_page(f"{built.home}/{ARTICLE}", color_scheme="light")
    page.locator("label[title='Cambiar a modo oscuro']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{built.home}/{PUBLIC}")
    expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "slate")
