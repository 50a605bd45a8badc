"""A client looks up what is agreed, answers, and puts it into a calendar. In a real Chromium."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from icalendar import Calendar

from .recount import PROJECTS
from .test_client import SCHEMES

AHEAD = {"andina": 8, "textiles-del-sur": 5, "sierra-clara": 5}
"""How many open tickets of each sample have an agreed date from the cut on, counted in a spreadsheet."""


@pytest.mark.parametrize("project", PROJECTS)
def test_every_agreed_date_ahead_is_a_day_of_the_agenda(project: str, address: str, open_page) -> None:
    page = open_page(f"{address}/p/{project}/agenda/", width=390)
    shown = page.locator(".day [data-ticket]")
    assert shown.count() == AHEAD[project]
    moments = [moment.get_attribute("datetime") for moment in page.locator(".day .clock time").all()]
    assert moments == sorted(moments)
    assert "hora de" in page.locator(".agenda .rule").first.inner_text()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("project", PROJECTS)
def test_agenda_fits_and_passes_axe(project: str, width: int, scheme: str, address: str, open_page) -> None:
    page = open_page(f"{address}/p/{project}/agenda/", width=width, color_scheme=scheme, reduced_motion="reduce")
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("project", PROJECTS)
def test_agenda_fits_the_narrowest_phone(project: str, address: str, open_page) -> None:
    page = open_page(f"{address}/p/{project}/agenda/", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    low = page.locator(".ways:visible a, .appointment summary").evaluate_all(
        "links => links.filter(link => link.offsetHeight < 44).length"
    )
    assert low == 0


def test_a_moved_date_says_from_when(address: str, open_page) -> None:
    page = open_page(f"{address}/p/andina/agenda/", width=390)
    text = page.locator("[data-ticket='1050'] .state").inner_text()
    assert "Acordada · movida 1 vez, antes 19/11" in text


def test_a_proposed_date_can_be_confirmed_at_once(address: str, open_page) -> None:
    page = open_page(f"{address}/p/sierra-clara/agenda/", width=390)
    proposed = page.locator("[data-state='proposed']")
    confirm = proposed.get_by_role("link", name="Confirmar fecha, SCL-46: WhatsApp")
    assert confirm.is_visible()
    assert confirm.get_attribute("href").startswith("https://wa.me/5115550167?text=")


def test_the_first_date_is_downloaded_as_a_calendar(address: str, open_page) -> None:
    page = open_page(f"{address}/p/andina/agenda/", width=390)
    with page.expect_download() as download:
        page.get_by_role("link", name="Agregar al calendario, #1050: archivo .ics").click()
    with open(download.value.path(), "rb") as file:  # noqa: PTH123 - the path of a download is a string
        (event,) = Calendar.from_ical(file.read()).walk("VEVENT")
    assert (event["uid"], event["sequence"]) == ("1050@andina.avance", 1)
    assert event["dtstart"].dt.isoformat() == "2026-11-25T09:00:00-04:00"


def test_a_folded_answer_opens_without_javascript(address: str, open_page) -> None:
    page = open_page(f"{address}/p/andina/agenda/", width=390, java_script_enabled=False)
    assert not page.locator("[data-subscribe]").is_visible()
    second = page.locator(".appointment").nth(1)
    assert not second.get_by_text("Google Calendar").is_visible()
    second.locator("summary").click()
    assert second.get_by_text("Google Calendar").is_visible()


def test_the_agenda_can_be_followed_at_its_own_address(address: str, open_page) -> None:
    page = open_page(f"{address}/p/andina/agenda/")
    follow = page.locator("[data-subscribe]")
    assert follow.is_visible()
    assert follow.get_attribute("href") == f"{address.replace('http:', 'webcal:')}/p/andina/agenda.ics"
    assert len(Calendar.from_ical(page.request.get(f"{address}/p/andina/agenda.ics").body()).walk("VEVENT")) == 9


def test_printed_agenda_has_its_past_and_no_controls(address: str, open_page) -> None:
    page = open_page(f"{address}/p/andina/agenda/")
    page.emulate_media(media="print")
    assert page.locator("[data-state='held']").last.is_visible()
    assert not page.locator(".ways").first.is_visible()
    assert not page.locator("[data-subscribe]").is_visible()
