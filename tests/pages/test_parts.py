"""The header, the contact and the rows of tasks."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.parts import Moment, Task, address_of, anchor, at, contact, header, hours, segments, tasks
from generator.projects.model import Person, Phase
from generator.tickets.table import rows

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
LUCIA = Person(id="lrojas", name="Lucía Rojas", role="Ejecutiva", phone="+58 212-555.01.23", email="lucia&co@a.example")


@pytest.fixture(scope="session")
def task(make_project):
    """A function: what is said of one ticket, and of its project → its row, in Spanish."""

    def make(ticket: dict[str, object], **project: object) -> Task:
        made = make_project(ticket, **project)
        return tasks(rows(made.tickets), made, ES)[0]

    return make


def noon(day: int, *, year: int = 2026) -> datetime:
    """Return noon of a day of November in Caracas."""
    return datetime(year, 11, day, 12, tzinfo=CARACAS)


@pytest.mark.parametrize(
    ("phase", "states"),
    [
        (Phase.BUSINESS_CASE, ["current", "ahead", "ahead", "ahead"]),
        (Phase.PRODUCTION, ["done", "done", "current", "ahead"]),
        (Phase.ESERVICE, ["done", "done", "done", "current"]),
    ],
)
def test_the_stepper_stands_at_the_phase(make_project, phase: Phase, states: list[str]) -> None:
    assert [step.state for step in header(make_project(phase=phase), ES, "").steps] == states


@pytest.mark.parametrize(("tab", "addresses"), [("", ["./", "preguntas/"]), ("preguntas/", ["../", "../preguntas/"])])
def test_tabs_lead_from_the_page_they_stand_on(make_project, tab: str, addresses: list[str]) -> None:
    shown = header(make_project(), ES, tab)
    assert set(addresses) <= {link.address for link in shown.tabs}
    assert [link.address for link in shown.tabs if link.current] == [addresses[0] if not tab else addresses[1]]


def test_the_header_names_client_project_cut_and_executive(make_project) -> None:
    shown = header(make_project(before=[], executive=LUCIA), ES, "")
    assert (shown.client, shown.project, shown.cut) == ("ACME, C.A.", "Ventas", "Corte N.º 2")
    assert shown.cut_moment == Moment("lun 23 nov 2026", "lunes, 23 de noviembre de 2026", "2026-11-23")
    assert shown.executive == "Ejecutiva: Lucía Rojas"


def test_a_midnight_is_a_day_without_a_time() -> None:
    assert at(datetime(2026, 11, 23, tzinfo=CARACAS), ES) == at(date(2026, 11, 23), ES)


def test_a_time_is_told_with_its_day_and_for_machines_with_its_zone() -> None:
    assert at(noon(23), ES) == Moment(
        "lun 23 nov, 12:00", "lunes, 23 de noviembre de 2026, 12:00", "2026-11-23T12:00-04:00"
    )


def test_without_an_executive_there_is_nobody_to_write_to(make_project, task) -> None:
    assert contact(make_project(), ES) is None
    assert task({"status": "waiting", "waiting_on": "client"}).answers == ()


def test_the_links_to_the_executive_carry_project_and_cut(make_project) -> None:
    whatsapp, mail = contact(make_project(executive=LUCIA, name="Ventas & más #1"), ES).links
    assert whatsapp.address.startswith("https://wa.me/582125550123?")
    assert parse_qs(urlsplit(whatsapp.address).query)["text"] == [
        "Hola, Lucía Rojas. Le escribo por el proyecto Ventas & más #1 (corte N.º 1, lun 23 nov 2026)."
    ]
    assert unquote(urlsplit(mail.address).path) == "lucia&co@a.example"
    assert parse_qs(urlsplit(mail.address).query)["subject"] == ["Ventas & más #1 · corte N.º 1, lun 23 nov 2026"]


def test_only_the_ways_that_the_executive_has_are_offered(make_project) -> None:
    nobody = Person(id="x", name="Ana")
    assert contact(make_project(executive=nobody), ES).links == ()
    assert contact(make_project(executive=nobody), ES).role == "Ejecutivo de cuenta"


def test_what_waits_for_the_client_can_be_answered(task) -> None:
    row = task(
        {"ticket": "7", "title": "Enviar la lista", "status": "waiting", "waiting_on": "client"}, executive=LUCIA
    )
    assert [link.text for link in row.answers] == ["WhatsApp", "correo"]
    assert parse_qs(urlsplit(row.answers[1].address).query)["subject"] == ["#7 Enviar la lista"]


@pytest.mark.parametrize("ticket", [{"status": "doing"}, {"status": "done", "waiting_on": "client"}])
def test_nothing_else_asks_for_an_answer(task, ticket: dict[str, str]) -> None:
    assert task(ticket, executive=LUCIA).answers == ()


@pytest.mark.parametrize(
    ("ticket", "details"),
    [
        ({"status": "doing", "component": "ERP > Compras > Pagos"}, ("Pagos", "en curso")),
        ({"status": "todo", "component": "Ventas", "assignee_group": "Soporte"}, ("Soporte", "por hacer")),
        ({"status": "waiting", "waiting_on": "third-party"}, ("en espera de un tercero",)),
        ({"status": "waiting", "waiting_on": "client", "updated": noon(4)}, ()),
        ({"status": "todo", "tracker_status": "Flurb"}, ("por clasificar",)),
        ({"status": "done"}, ()),
    ],
)
def test_details_say_who_has_it_and_how_it_stands(task, ticket: dict[str, object], details: tuple[str, ...]) -> None:
    assert task(ticket, unclassified=frozenset({"Flurb"})).details == details


@pytest.mark.parametrize(
    ("ticket", "text", "overdue"),
    [
        ({}, "sin fecha", False),
        ({"due": noon(24)}, "vence el mar 24 nov, 12:00", False),
        ({"due": noon(23)}, "vence el lun 23 nov, 12:00", False),
        ({"due": noon(20)}, "venció el vie 20 nov", True),
        ({"agreed": noon(24), "due": noon(20)}, "mar 24 nov, 12:00", False),
        ({"agreed": noon(20), "due": noon(24)}, "venció el vie 20 nov", True),
        ({"due": noon(23, year=2027)}, "vence el mar 23 nov 2027, 12:00", False),
        ({"status": "done", "closed": noon(20), "due": noon(2)}, "vie 20 nov", False),
        ({"status": "done", "due": noon(2)}, "sin fecha", False),
    ],
)
def test_date_of_a_row(task, ticket: dict[str, object], text: str, overdue: bool) -> None:
    row = task(ticket)
    assert (row.moment_text, row.overdue) == (text, overdue)


def test_a_ticket_without_a_title_says_so(task) -> None:
    assert task({"title": ""}).title == "Sin título"


@pytest.mark.parametrize(
    ("ticket", "number", "anchor"),
    [("1050", "#1050", "t-1050"), ("AND-12", "AND-12", "t-and-12")],
)
def test_a_row_is_found_by_its_number(task, ticket: str, number: str, anchor: str) -> None:
    row = task({"ticket": ticket})
    assert (row.ticket, row.number, row.anchor) == (ticket, number, anchor)


@given(st.lists(st.text(min_size=1), min_size=2, max_size=2, unique_by=str.lower))
@example(["A/1", "A-1"])
@example(["№", "no"])
@example(["x" * 300, "x" * 301])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_two_tickets_share_an_anchor(make_tickets, tickets: list[str]) -> None:
    one, other = (anchor(ticket) for ticket in rows(make_tickets(*({"ticket": each} for each in tickets))))
    assert one != other
    assert re.fullmatch(r"t-[a-z0-9-]{1,100}", one)


@pytest.mark.parametrize(("language", "day"), [("en", "Mon 23 Nov 2026"), ("pt", "seg 23 nov 2026")])
def test_days_are_told_in_the_language_of_the_project(make_project, language: str, day: str) -> None:
    assert header(make_project(), words(language), "").cut_moment.text == day


def test_hours_are_told_to_the_minute() -> None:
    assert [hours(amount, words("es")) for amount in (0, 0.5, 1.5, 8)] == ["0 h", "30 min", "1 h 30 min", "8 h"]


def test_a_bar_has_no_empty_part_and_ends_at_its_end() -> None:
    parts = segments({"done": 2, "doing": 0, "todo": 1})
    assert [(part.kind, part.start) for part in parts] == [("done", 0.0), ("todo", 66.67)]
    assert segments({"done": 0}) == ()


def test_old_tickets_are_found_on_the_page_that_keeps_them(make_project) -> None:
    closed = [datetime(2026, 1, 1, 9, tzinfo=ZoneInfo("America/Caracas")) + timedelta(days=day) for day in range(202)]
    project = make_project(*({"status": "done", "closed": day} for day in closed))
    assert project.archived == {"2": 1, "1": 1}
    assert address_of(project.each[0], project, "") == "historial/#t-1"
    assert address_of(project.each[201], project, "agenda/") == "../#t-202"
    assert address_of(project.each[201], project, "") == "#t-202"
