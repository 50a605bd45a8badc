"""What only the reader's browser knows: what it showed last, whether it is service hours, how old the cut is."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.build import build_site
from generator.website.documentation import load_site
from tests.conftest import ROOT

CARACAS = ZoneInfo("America/Caracas")


def publish(folder: Path, cut: date) -> None:
    """Put the sample site as it was at *cut* into *folder*."""
    build_site(load_site(ROOT / "mkdocs.yml", {"cut": cut, "public": True}), folder)


@pytest.fixture(scope="module")
def three_cuts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample site as it was published three times."""
    folders = []
    for day in (date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)):
        folders.append(tmp_path_factory.mktemp("cut") / "site")
        publish(folders[-1], day)
    return folders


@pytest.fixture
def visit(three_cuts: list[Path], tmp_path: Path, serve, open_page):
    """A function: which cuts are visited one after the other, in one browser → the page of the last one."""
    current = tmp_path / "current"
    current.symlink_to(three_cuts[0])
    address = f"{serve(current)}/p/andina/"

    def visit_(*numbers: int, before: str = ""):
        page = None
        for number in numbers:
            coming = tmp_path / "coming"
            coming.symlink_to(three_cuts[number - 1])
            coming.replace(current)
            if page is None:
                page = open_page(f"{address}?{number}")
                if before:
                    page.add_init_script(before)
                    page.reload()
            else:
                page.goto(f"{address}?{number}")  # another address: a browser may keep a page for a moment
        return page

    return visit_


def shown(page) -> list[str]:
    """Return the headings of the changes that can be seen."""
    return [heading.inner_text() for heading in page.locator("[data-since] h2").all() if heading.is_visible()]


def test_a_first_visit_shows_the_changes_since_the_last_cut(visit) -> None:
    assert shown(visit(3)) == ["Desde el corte anterior (lun 16 nov)"]


def test_who_missed_a_cut_sees_the_changes_since_the_last_visit_as_well(visit) -> None:
    page = visit(1, 3)
    assert shown(page) == ["Desde su última visita (corte del lun 9 nov)", "Desde el corte anterior (lun 16 nov)"]
    page.reload()
    assert len(shown(page)) == 2


def test_who_saw_the_cut_before_sees_one_list(visit) -> None:
    assert shown(visit(2, 3)) == ["Desde su última visita (corte del lun 16 nov)"]


def test_a_ticket_that_changed_twice_is_told_once(visit) -> None:
    page = visit(1, 3)
    told = [text.strip() for text in page.locator("[data-since='2026-11-09'] .chip.finished li a").all_text_contents()]
    assert told
    assert len(told) == len(set(told))


def test_where_nothing_may_be_stored_the_last_cut_stays(visit) -> None:
    refused = """
        const { getItem } = Storage.prototype;
        Storage.prototype.getItem = function (key) {
            if (key.startsWith("avance:")) throw new Error("no");
            return getItem.call(this, key);
        };
    """
    assert shown(visit(1, 3, before=refused)) == ["Desde el corte anterior (lun 16 nov)"]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (
            datetime(2026, 11, 23, 10, tzinfo=CARACAS),
            "Ahora es horario de servicio: puede recibir respuesta hasta las 16:30.",
        ),
        (datetime(2026, 11, 23, 12, 15, tzinfo=CARACAS), "desde el lunes, 23 de noviembre, 13:00."),
        (datetime(2026, 11, 20, 16, 30, tzinfo=CARACAS), "desde el lunes, 23 de noviembre, 8:00."),
        (datetime(2026, 12, 23, 20, tzinfo=CARACAS), "desde el lunes, 28 de diciembre, 8:00."),
    ],
)
def test_the_page_says_whether_it_is_service_hours_by_the_projects_clock(
    address: str, browser, moment: datetime, said: str
) -> None:
    context = browser.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.clock.set_fixed_time(moment)
    page.goto(f"{address}/p/andina/")
    assert re.sub(r"\s+", " ", page.locator(".service").inner_text()).endswith(said)
    context.close()


def test_an_old_cut_says_that_it_is_old(address: str, browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(datetime(2026, 12, 7, 9, tzinfo=CARACAS))
    page.goto(f"{address}/p/andina/")
    assert not page.locator("[data-old]").is_visible()
    page.clock.set_fixed_time(datetime(2026, 12, 9, 9, tzinfo=CARACAS))
    page.reload()
    assert page.locator("[data-old]").is_visible()
    context.close()


def test_a_tap_on_a_number_copies_the_link_to_the_ticket(address: str, browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/p/andina/")
    page.locator(".task .number").first.click()
    page.locator(".told").wait_for(state="visible")
    number = page.locator(".task .number").first.inner_text()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/p/andina/#t-{number.lstrip('#')}")
    assert number in page.locator(".told").inner_text()
    context.close()
