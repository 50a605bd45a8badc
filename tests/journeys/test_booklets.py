"""A reader takes a section along as a PDF."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader


@pytest.mark.parametrize("java_script", [True, False])
def test_a_reader_downloads_the_section_of_an_article(java_script: bool, address: str, open_page) -> None:
    page = open_page(f"{address}/manual/ventas/pedido/", width=390, java_script_enabled=java_script)
    link = page.get_by_role("link", name="Descargar la sección «Ventas» en PDF")
    told = link.locator("xpath=..").inner_text()
    with page.expect_download() as download:
        link.click()
    pdf = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "manual-ventas.pdf"
    assert f"{len(PdfReader(io.BytesIO(pdf)).pages)} páginas, {round(len(pdf) / 1000)}\N{NO-BREAK SPACE}KB" in told


def test_the_index_of_the_manual_leads_to_every_section(address: str, open_page) -> None:
    page = open_page(f"{address}/manual/")
    links = page.locator(".downloads a")
    assert links.all_inner_texts()[:2] == ["Ventas", "Compras"]
    assert links.count() == 11
    for href in links.evaluate_all("all => all.map(one => one.href)"):
        assert page.request.get(href).headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["manual/ventas/pedido/", "manual/", "portal/"])
def test_pages_that_offer_a_section_pass_axe_and_fit(
    path: str, width: int, scheme: str, address: str, open_page
) -> None:
    page = open_page(f"{address}/{path}", width=width, color_scheme=scheme, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator(".downloads a").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
    )
    assert small == []
    found = Axe().run(page, context=".downloads")
    assert found.violations_count == 0, found.generate_report()


def test_paper_does_not_offer_paper(address: str, open_page) -> None:
    page = open_page(f"{address}/manual/")
    page.emulate_media(media="print")
    assert page.locator(".downloads").is_hidden()
