"""A client asks what became of the hours: the page against the export, read again with nothing of ours."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from .recount import charged, last_cut, minutes, terms

PROJECT = "textiles-del-sur"
PAGE = f"p/{PROJECT}/mejora-continua/"


@pytest.fixture
def page(address: str, open_page):
    """A function: width and options → the page with every fold open."""

    def open_(width: int = 390, **options: object):
        opened = open_page(f"{address}/{PAGE}", width=width, **options)
        for fold in opened.locator("details").all():
            fold.evaluate("fold => { fold.open = true }")
        return opened

    return open_


def test_the_used_figure_is_the_sum_of_the_visible_tickets_and_of_the_export(page) -> None:
    shown = page()
    rows = shown.locator(".uses tbody tr")
    visible = {
        row.locator("th").inner_text().lstrip("#"): minutes(row.locator("td").last.inner_text()) for row in rows.all()
    }
    assert all(row.is_visible() for row in rows.all())
    assert visible == charged(PROJECT)
    used = minutes(shown.locator(".figure.usadas .value").inner_text())
    assert used == sum(visible.values()) == minutes(shown.locator(".uses tfoot td").inner_text())


def test_the_months_add_up_to_the_used_figure(page) -> None:
    shown = page()
    months = [
        minutes(cell.inner_text())
        for cell in shown.locator(".chart-table tbody tr:not(:last-child) td:last-child").all()
    ]
    assert sum(months) == sum(charged(PROJECT).values())


def test_what_is_left_is_what_was_contracted_less_what_is_used_or_reserved(page) -> None:
    shown = page()
    contracted, used, reserved, left = (
        minutes(shown.locator(f".figure.{name} .value").inner_text())
        for name in ("contratadas", "usadas", "reservadas", "quedan")
    )
    assert contracted == 60 * int(terms(PROJECT)["horas_contratadas"])
    assert contracted == used + reserved + left


def test_the_improvements_are_those_of_their_category(page) -> None:
    shown = page()
    wanted = [row for row in last_cut(PROJECT).rows if row.is_improvement]
    done = sum(row.state == "done" for row in wanted)
    assert f"({len(wanted) - done})" in shown.locator("#por-venir").inner_text()
    assert f"({done})" in shown.locator("#hechas").inner_text()
    assert shown.locator("[data-ticket]").count() == len(wanted)


def test_an_hour_opens_its_ticket(page, address: str, open_page) -> None:
    links = [link.get_attribute("href") for link in page().locator(".uses th a").all()]
    assert all(re.match(r"\.\./(historial/)?#t-\d+$", link) for link in links)
    ids = {row.get_attribute("id") for row in open_page(f"{address}/p/{PROJECT}/").locator("[data-ticket]").all()}
    assert {link.removeprefix("../#") for link in links if link.startswith("../#")} <= ids


def test_the_renewal_is_written_with_its_day(page) -> None:
    link = page().locator(".renewal a").first
    assert "renovaci%C3%B3n" in link.get_attribute("href")
    assert link.bounding_box()["height"] >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_page_fits_and_passes_axe(width: int, scheme: str, page) -> None:
    shown = page(width, color_scheme=scheme, reduced_motion="reduce")
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_the_words_of_the_chart_are_legible_and_apart(width: int, page) -> None:
    texts = page(width).locator(".chart text")
    # Without the edge of the paper's colour that a word has.
    measure = "text => { const { x, y, width } = text.getBBox(); return { x, y, width } }"
    boxes = [text.evaluate(measure) for text in texts.all()]
    size = texts.first.evaluate("text => parseFloat(getComputedStyle(text).fontSize)")
    assert size >= 12
    for line in {round(box["y"]) for box in boxes}:
        of_line = sorted((box["x"], box["x"] + box["width"]) for box in boxes if round(box["y"]) == line)
        assert all(one[1] <= next_one[0] for one, next_one in pairwise(of_line))


def test_hours_read_without_javascript(page, address: str, open_page) -> None:
    shown = open_page(f"{address}/{PAGE}", width=390, java_script_enabled=False)
    assert shown.locator(".figure.quedan .value").is_visible()
    shown.get_by_text(re.compile(r"^Ver los \d+ tickets que suman")).click()
    assert shown.locator(".uses tbody tr").first.is_visible()


def test_printed_page_has_every_hour(page) -> None:
    shown = page(1280)
    shown.emulate_media(media="print")
    assert shown.locator(".uses tbody tr").last.is_visible()
    assert not shown.locator(".renewal").is_visible()
    assert shown.pdf(format="A4").startswith(b"%PDF")
