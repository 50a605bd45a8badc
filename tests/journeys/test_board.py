"""A client at the board: filters, shares the address, unfolds a column on a phone. In a real Chromium."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

BOARDS = ("andina", "textiles-del-sur")
CARDS = ".board-card:not([hidden])"


@pytest.fixture
def open_board(address: str, open_page):
    """A function: the query of a board's address, width … → its open page."""

    def open_(query: str = "", *, project: str = "andina", **options: object) -> Page:
        return open_page(f"{address}/p/{project}/tablero/{query}", **options)

    return open_


def shown(page: Page) -> list[str]:
    """Return the tickets of the cards that the filters leave."""
    return page.locator(CARDS).evaluate_all("cards => cards.map(card => card.dataset.ticket)")


def folds(page: Page) -> list[bool]:
    return page.locator(".board-column").evaluate_all("all => all.map(fold => fold.open)")


def test_text_is_found_without_accents_and_counted(open_board) -> None:
    page = open_board()
    every = len(shown(page))
    page.get_by_label("Número o título").press_sequentially("NOMINA quincenal")
    titles = page.locator(f"{CARDS} .card-title").all_inner_texts()
    assert titles
    assert all("nómina" in title.lower() and "quincenal" in title.lower() for title in titles)
    assert page.get_by_role("status").inner_text() == f"Tareas a la vista: {len(titles)} de {every}."


def test_a_number_finds_its_task(open_board) -> None:
    page = open_board()
    page.get_by_label("Número o título").fill("#1050")
    assert shown(page) == ["1050"]


def test_filters_narrow_each_other_and_the_heads_count(open_board) -> None:
    page = open_board()
    page.get_by_label("Área").select_option(label="Ventas")
    in_area = shown(page)
    page.get_by_label("Persona").select_option(label="Programador")
    assert set(shown(page)) < set(in_area)
    for column in page.locator(".board-column").all():
        cards = column.locator(".board-card")
        left = column.locator(CARDS)
        assert column.locator(".count").inner_text() == f"{left.count()} de {cards.count()}"


def test_address_keeps_the_filters_and_gives_them_back(open_board, open_page) -> None:
    page = open_board("?otro=1#fechas")
    page.get_by_label("Área").select_option(label="Nómina")
    page.get_by_label("Número o título").fill("pago")
    kept = page.evaluate("location.href")
    assert kept.endswith("/tablero/?otro=1&area=nomina&texto=pago#fechas")
    again = open_page(kept)
    assert shown(again) == shown(page)
    assert again.get_by_label("Área").input_value() == "nomina"


def test_a_value_that_no_longer_occurs_filters_nothing(open_board) -> None:
    page = open_board("?persona=alguien-que-se-fue")
    assert page.get_by_label("Persona").input_value() == ""
    assert page.get_by_role("status").inner_text() == ""


def test_filters_are_removed_by_one_button(open_board) -> None:
    page = open_board("?area=nomina&texto=pago")
    page.get_by_role("button", name="Quitar filtros").click()
    assert page.evaluate("location.search") == ""
    assert page.locator(".board-card[hidden]").count() == 0
    assert page.locator(".count").evaluate_all("all => all.every(one => one.textContent === one.dataset.all)")


def test_cards_folded_away_are_found(open_board) -> None:
    page = open_board()
    folded = page.locator(".rest .board-card").first
    assert not folded.is_visible()
    page.get_by_label("Número o título").fill(folded.get_attribute("data-ticket"))
    assert folded.is_visible()


def test_a_phone_has_an_accordion_with_counts(open_board) -> None:
    page = open_board(width=390)
    assert folds(page) == [False, True, True, False, False]
    head = page.locator(".board-column.todo > summary")
    assert "28" in head.inner_text()
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator(".board-column.todo .board-card").first.is_visible()


def test_on_a_phone_the_columns_that_have_what_is_looked_for_open(open_board) -> None:
    page = open_board("?texto=1123", width=390)
    assert folds(page) == [True, False, False, False, False]
    page.get_by_role("button", name="Quitar filtros").click()
    assert folds(page) == [False, True, True, False, False]


def test_a_desk_has_columns_side_by_side(open_board) -> None:
    page = open_board(width=1280)
    assert all(folds(page))
    boxes = [column.bounding_box() for column in page.locator(".board-column").all()]
    assert len({box["y"] for box in boxes}) == 1
    assert page.evaluate("(() => { const board = document.querySelector('.board');"
                         " return board.scrollWidth <= board.clientWidth })()")  # fmt: skip


def test_a_narrow_desk_scrolls_the_board_and_not_the_page(open_board) -> None:
    page = open_board(width=800)
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    page.locator(".board").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("""
        async () => {
            const board = document.querySelector(".board");
            for (let frames = 0; frames < 60 && !board.scrollLeft; frames++) await new Promise(requestAnimationFrame);
            return board.scrollLeft;
        }
    """)


@pytest.mark.parametrize("width", [390, 1280])
def test_columns_and_dates_read_without_javascript(open_board, width: int) -> None:
    page = open_board(width=width, java_script_enabled=False)
    assert not page.locator(".filters").is_visible()
    if width == 390:
        page.locator(".board-column.todo > summary").click()
    assert page.locator(".board-column.todo .board-card").first.is_visible()
    assert page.locator(".day a").first.is_visible()


@pytest.mark.parametrize(("width", "drawn"), [(390, False), (1280, True)])
def test_dates_are_drawn_on_a_desk_and_listed_on_a_phone(open_board, width: int, drawn: bool) -> None:
    page = open_board(width=width)
    assert page.locator(".line-drawing").is_visible() is drawn
    assert page.locator(".day").first.is_visible() is not drawn


def test_labels_of_the_drawing_stay_in_it_and_apart(open_board) -> None:
    page = open_board(width=1280)
    boxes = [label.bounding_box() for label in page.locator(".line-label").all()]
    assert boxes
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            assert apart or abs(one["y"] - other["y"]) >= one["height"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("project", BOARDS)
def test_no_text_is_smaller_than_twelve_pixels(open_board, project: str, width: int) -> None:
    page = open_board(project=project, width=width)
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.portal *')].filter(one => one.getClientRects().length)"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= 12


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("project", BOARDS)
def test_page_fits_and_passes_axe(open_board, project: str, width: int, scheme: str) -> None:
    page = open_board("?texto=a", project=project, width=width, color_scheme=scheme, reduced_motion="reduce")
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_what_is_touched_is_large_enough(open_board) -> None:
    page = open_board(width=390)
    for thing in page.locator(".filters select, .filters input, .filters button, .board summary, .board-card").all():
        if thing.is_visible():
            assert thing.bounding_box()["height"] >= 44


def test_printed_board_is_whole_and_has_no_controls(open_board) -> None:
    page = open_board()
    page.emulate_media(media="print")
    assert page.locator('.board-card[data-status="done"]').last.is_visible()
    assert page.locator(".day").last.is_visible()
    assert not page.locator(".filters").is_visible()


@pytest.mark.parametrize("project", BOARDS)
def test_cards_and_dates_lead_to_a_row(open_board, address: str, open_page, project: str) -> None:
    page = open_board(project=project)
    to_rows = page.locator(".board-card a[href*='#'], .day a")
    links = to_rows.evaluate_all("all => all.map(one => new URL(one.href).hash)")
    rows = open_page(f"{address}/p/{project}/").locator(".task").evaluate_all("all => all.map(one => '#' + one.id)")
    assert set(links) <= set(rows)
