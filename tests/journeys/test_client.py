"""A client on a phone: opens the link, reads the numbers, prints, searches the documentation. In a real Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .recount import PROJECTS, last_cut

WIDTHS = (360, 390, 1280)
SCHEMES = ("light", "dark")
PAGES = ["", "manual/ventas/anular-factura/", *(f"p/{name}/{tab}" for name in PROJECTS for tab in ("", "preguntas/"))]


@pytest.mark.parametrize("project", PROJECTS)
def test_what_depends_on_the_client_comes_first_and_can_be_answered(project: str, address: str, open_page) -> None:
    waiting = [row for row in last_cut(project).rows if row.on_client]
    page = open_page(f"{address}/p/{project}/", width=360, height=640)
    heading = page.locator("#dependen")
    assert page.locator(".on-client [data-ticket]").count() == len(waiting)
    assert heading.inner_text() == f"Dependen de usted: {page.locator('.on-client .task').count()}"
    first = page.locator(".on-client .task").first
    assert heading.bounding_box()["y"] < first.bounding_box()["y"] < 640
    answer = first.locator("a[href^='https://wa.me/']")
    assert first.get_attribute("data-ticket") in answer.get_attribute("href")


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_the_narrowest_phone(path: str, address: str, open_page) -> None:
    page = open_page(f"{address}/{path}", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_page_fits_and_passes_axe(path: str, width: int, scheme: str, address: str, open_page) -> None:
    page = open_page(f"{address}/{path}", width=width, color_scheme=scheme, reduced_motion="reduce")
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("project", PROJECTS)
def test_page_reads_without_javascript(project: str, address: str, open_page) -> None:
    page = open_page(f"{address}/p/{project}/", width=390, java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert page.locator(".figure").first.is_visible()
    page.get_by_text(re.compile(r"^Culminadas \(")).click()
    assert page.locator('[data-status="done"]').first.is_visible()


def test_folds_open_by_keyboard(address: str, open_page) -> None:
    page = open_page(f"{address}/p/{next(iter(PROJECTS))}/preguntas/")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open] .answer").first.is_visible()


def test_printed_page_is_whole_and_has_no_controls(address: str, open_page) -> None:
    page = open_page(f"{address}/p/{next(iter(PROJECTS))}/")
    page.emulate_media(media="print")
    assert page.locator('[data-status="done"]').last.is_visible()
    assert not page.locator(".tabs").is_visible()
    assert not page.locator("[data-print]").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("width", WIDTHS)
def test_documentation_is_found_from_a_project_page(width: int, address: str, open_page) -> None:
    page = open_page(f"{address}/p/{next(iter(PROJECTS))}/", width=width)
    page.get_by_role("button", name="Buscar", exact=True).click()
    page.get_by_role("dialog").get_by_role("searchbox").press_sequentially("anular factura")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("resultado")
    documentation = page.get_by_role("dialog").locator("section", has_text="En la documentación")
    documentation.get_by_role("link", name="Anular una factura").first.click()
    page.wait_for_url("**/manual/ventas/anular-factura/**")
    assert "Anular" in page.locator("h1").inner_text()


def shown_scheme(page: Page) -> str:
    """Return whether what is seen is "light" or "dark"."""
    colour = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    return "light" if colour == "rgb(255, 255, 255)" else "dark"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_page_is_as_light_or_dark_as_the_device(scheme: str, scripts: bool, address: str, open_page) -> None:
    page = open_page(f"{address}/p/{next(iter(PROJECTS))}/", color_scheme=scheme, java_script_enabled=scripts)
    assert shown_scheme(page) == scheme


@pytest.mark.parametrize("scheme", SCHEMES)
def test_light_or_dark_is_one_choice_for_the_documentation_and_every_project_page(
    scheme: str, address: str, open_page
) -> None:
    other = SCHEMES[1 - SCHEMES.index(scheme)]
    page = open_page(f"{address}/p/{next(iter(PROJECTS))}/", color_scheme=scheme)
    page.locator(".palette:visible").click()
    assert shown_scheme(page) == other
    page.goto(f"{address}/p/{next(iter(PROJECTS))}/preguntas/")
    assert shown_scheme(page) == other
    page.goto(f"{address}/manual/")
    assert shown_scheme(page) == other
    page.locator("label[for^=__palette]:visible").click()
    assert shown_scheme(page) == scheme
    page.go_back()
    page.reload()
    assert shown_scheme(page) == scheme


def test_no_portal_page_is_in_navigation_sitemap_or_search(site: Path) -> None:
    public = [site / "sitemap.xml", site / "search" / "search_index.json", site / "index.html", site / "404.html"]
    for path in public:
        text = path.read_text(encoding="utf-8")
        assert not any(f"p/{name}" in text for name in PROJECTS), path
