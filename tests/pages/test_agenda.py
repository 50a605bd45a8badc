"""The agenda: its days, what an entry says, and where its links lead."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.agenda import AgendaPage, Entry, agenda_page
from generator.projects.calendar import ServiceCalendar
from generator.projects.model import Person

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
LUCIA = Person(id="lrojas", name="Lucía Rojas", phone="+58 212 5550123", email="lucia@a.example")


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return an hour of a day of November 2026 in Caracas; the last cut is of the 23rd, the one before of the 16th."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CARACAS)


@pytest.fixture(scope="session")
def page(make_project):
    """A function: what is said of tickets, and of their project → the view, in Spanish."""
    return lambda *tickets, **project: agenda_page(make_project(*tickets, **project), ES)


@pytest.fixture(scope="session")
def entry(page):
    """A function: what is said of one ticket, and of its project → its only entry."""

    def make(ticket: dict[str, object], **project: object) -> Entry:
        (found,) = entries(page(ticket, **project))
        return found

    return make


def entries(page: AgendaPage) -> list[Entry]:
    return [*(entry for day in page.days for entry in day.entries), *page.cancelled, *page.past]


def numbers(found: tuple[Entry, ...]) -> list[str]:
    return [entry.ticket for entry in found]


def query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_what_is_ahead_stands_by_day_and_time(page) -> None:
    shown = page({"agreed": at(27, 14)}, {"agreed": at(25)}, {"agreed": at(27, 8, 30)}, {"agreed": at(25, 0)})
    assert [(day.moment.full, [(entry.clock, entry.ticket) for entry in day.entries]) for day in shown.days] == [
        ("miércoles, 25 de noviembre de 2026", [("todo el día", "4"), ("9:00", "2")]),
        ("viernes, 27 de noviembre de 2026", [("8:30", "3"), ("14:00", "1")]),
    ]


def test_what_has_passed_stands_apart_the_newest_first(page) -> None:
    shown = page({"agreed": at(10), "status": "done"}, {"agreed": at(20)}, {"agreed": at(23), "status": "done"})
    assert (shown.days, shown.cancelled, numbers(shown.past)) == ((), (), ["3", "2", "1"])


def test_what_was_cancelled_stays_in_sight_until_its_day_has_passed(page) -> None:
    off = {"status": "cancelled"}
    shown = page({"agreed": at(25)} | off, {"agreed": at(24)} | off, {"agreed": at(20), "closed": at(19)} | off)
    assert (shown.days, numbers(shown.cancelled), numbers(shown.past)) == ((), ["2", "1"], ["3"])


@pytest.mark.parametrize(
    ("ticket", "before", "text"),
    [
        ({"agreed": at(25)}, None, "✓ Acordada"),
        ({"agreed": at(25), "labels": "por confirmar"}, None, "? Propuesta, por confirmar"),
        ({"agreed": at(20), "status": "done"}, None, "● Realizada"),
        ({"agreed": at(20)}, None, "○ Fecha pasada: la tarea sigue abierta"),
        ({}, {"agreed": at(20)}, "○ Fecha pasada: la tarea sigue abierta"),
        ({"agreed": at(20), "status": "cancelled", "closed": at(21)}, None, "○ Fecha pasada"),
        ({"agreed": at(25), "status": "cancelled"}, None, "✕ Cancelada: la tarea fue anulada"),
        ({"agreed": at(25), "status": "done"}, None, "✕ Cancelada: la tarea culminó antes"),
        ({}, {"agreed": at(25)}, "✕ Cancelada: aún sin otra fecha"),
        ({"ticket": "2"}, {"agreed": at(25)}, "✕ Cancelada: la tarea ya no está en el proyecto"),
    ],
)
def test_the_state_is_told_in_words_with_a_sign(entry, ticket, before, text: str) -> None:
    shown = entry(ticket, before=before and [before])
    assert f"{shown.sign} {shown.state_text}" == text


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        (at(25), at(25), ""),
        (at(12), at(25), "movida 1 vez, antes 12/11"),
        (at(25), at(25, 14), "movida 1 vez, antes 9:00"),
        (at(5, 0), at(25), "movida 1 vez, antes 5/11"),
    ],
)
def test_a_move_is_told_with_the_date_before(entry, before: datetime, now: datetime, moved: str) -> None:
    assert entry({"agreed": now}, before=[{"agreed": before}]).moved == moved


def test_every_move_counts(make_project) -> None:
    first, second = make_project({"agreed": at(12)}, before=[{"agreed": at(10)}]).cuts
    third = make_project({"agreed": at(25)}).cut
    (shown,) = entries(agenda_page(make_project(cuts=(first, second, third)), ES))
    assert shown.moved == "movida 2 veces, antes 12/11"


@pytest.mark.parametrize(
    ("ticket", "details"),
    [
        ({"component": "ERP > Compras > Pagos"}, ("Pagos",)),
        (
            {"assignee_group": "Soporte", "component": "Ventas", "status": "waiting", "waiting_on": "client"},
            ("Soporte", "depende de usted"),
        ),
        ({"status": "waiting", "waiting_on": "third-party"}, ("en espera de un tercero",)),
        ({"assignee": "Ana Díaz"}, ()),
    ],
)
def test_an_entry_says_who_attends(entry, ticket: dict[str, object], details: tuple[str, ...]) -> None:
    assert entry({"agreed": at(25)} | ticket).details == details


def test_an_answer_carries_ticket_date_and_cut(entry) -> None:
    shown = entry({"ticket": "1050", "title": "Cargar {saldos} & «más»", "agreed": at(25)}, executive=LUCIA)
    assert [link.text for link in shown.confirm] == [link.text for link in shown.remark] == ["WhatsApp", "correo"]
    assert shown.confirm[0].address.startswith("https://wa.me/582125550123?")
    assert query(shown.confirm[0].address)["text"] == (
        "Hola, Lucía Rojas. Confirmo la fecha de #1050 «Cargar {saldos} & «más»»: "
        "miércoles, 25 de noviembre de 2026, 9:00. Proyecto Ventas (corte N.º 1, lun 23 nov 2026)."
    )
    assert query(shown.remark[1].address)["subject"] == "#1050 Cargar {saldos} & «más»"
    assert "#1050" in query(shown.remark[1].address)["body"]


def test_google_calendar_is_given_the_time_and_its_zone(entry) -> None:
    address = entry({"ticket": "7", "title": "Ver «A&B»", "agreed": at(25, 16)}).google
    assert address.startswith("https://calendar.google.com/calendar/render?")
    asked = query(address)
    assert (asked["action"], asked["text"]) == ("TEMPLATE", "#7 Ver «A&B»")
    assert (asked["dates"], asked["ctz"]) == ("20261125T160000/20261125T170000", "America/Caracas")
    assert "ACME, C.A. · Ventas" in asked["details"]


def test_google_calendar_is_given_a_whole_day_with_an_end_that_does_not_count(entry) -> None:
    assert query(entry({"agreed": at(30, 0)}).google)["dates"] == "20261130/20261201"


def test_only_what_is_ahead_can_be_answered_and_noted_down(entry) -> None:
    ahead = entry({"ticket": "A-1", "agreed": at(25)}, executive=LUCIA)
    assert (ahead.calendar, bool(ahead.google), bool(ahead.confirm)) == ("./t-a-1.ics", True, True)
    cancelled = entry({"agreed": at(25), "status": "cancelled"}, executive=LUCIA)
    assert (cancelled.calendar, cancelled.google, cancelled.confirm) == ("./t-1.ics", "", ())
    held = entry({"agreed": at(20), "status": "done"}, executive=LUCIA)
    assert (held.calendar, held.google, held.confirm) == ("", "", ())


def test_without_an_executive_there_is_still_a_calendar(entry) -> None:
    shown = entry({"agreed": at(25)})
    assert (shown.confirm, shown.remark, bool(shown.google)) == ((), (), True)


def test_the_first_one_and_the_proposed_ones_show_how_to_answer(page) -> None:
    said = [{"agreed": at(24)}, {"agreed": at(25)}, {"agreed": at(26), "labels": "por confirmar"}]
    assert [entry.unfolded for entry in entries(page(*said))] == [True, False, True]


def test_an_entry_leads_to_its_row_where_there_is_one(entry) -> None:
    assert entry({"ticket": "A-1", "agreed": at(25)}).row == "../#t-a-1"
    assert entry({"ticket": "2"}, before=[{"agreed": at(25)}]).row == ""


def test_the_clock_of_the_times_is_named(page) -> None:
    assert page().zone == "hora de Caracas"
    assert page(time_zone=ZoneInfo("America/Santiago")).zone == "hora de Santiago de Chile"
    assert page(time_zone=ZoneInfo("America/Argentina/Buenos_Aires")).zone == "hora de Buenos Aires"
    assert page(time_zone=ZoneInfo("UTC")).zone == "hora de UTC"


def test_working_days_without_service_are_told_for_two_months(page) -> None:
    holidays = {
        date(2026, 11, 20): "pasado",
        date(2026, 12, 8): "Inmaculada Concepción",
        date(2026, 12, 12): "un sábado",
        date(2027, 1, 1): "Año Nuevo",
        date(2027, 1, 22): "el último día",
        date(2027, 1, 25): "lejano",
    }
    shown = page(calendar=ServiceCalendar(holidays)).closed
    assert [(day.moment.text, day.name) for day in shown] == [
        ("mar 8 dic", "Inmaculada Concepción"),
        ("vie 1 ene 2027", "Año Nuevo"),
        ("vie 22 ene 2027", "el último día"),
    ]


def test_an_agenda_without_dates_is_empty(page) -> None:
    shown = page({"due": at(25)})
    assert entries(shown) == []
    assert [tab.text for tab in shown.header.tabs if tab.current] == ["Agenda"]


SAID = st.fixed_dictionaries(
    {
        "agreed": st.none() | st.sampled_from([at(12), at(20, 0), at(23), at(25), at(25, 0)]),
        "status": st.sampled_from(["todo", "waiting", "done", "cancelled"]),
        "closed": st.none() | st.sampled_from([at(13), at(22)]),
    }
)


@settings(max_examples=40)
@given(st.lists(SAID, max_size=6), st.lists(SAID, max_size=6))
def test_every_date_that_was_ever_agreed_is_on_the_page_once(page, before, now) -> None:
    shown = [entry.ticket for entry in entries(page(*now, before=before))]
    agreed = {str(number) for said in (before, now) for number, ticket in enumerate(said, start=1) if ticket["agreed"]}
    assert sorted(shown) == sorted(agreed)
