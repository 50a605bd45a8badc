"""Tablero: the columns, the cards, and what they can be filtered by."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.board import SHOWN, BoardPage, Card, board_page
from generator.projects.calendar import ServiceCalendar
from generator.tickets.table import State

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
ON_CLIENT = {"status": "waiting", "waiting_on": "client"}


@pytest.fixture(scope="session")
def page(make_project):
    """A function: what is said of tickets, and of their project → the view, in Spanish."""
    return lambda *tickets, **project: board_page(make_project(*tickets, **project), "AdaptaPro", ES)


@pytest.fixture(scope="session")
def card(page):
    """A function: what is said of a ticket, and of its project → its card."""
    return lambda ticket, **project: cards(page(ticket, **project))[0]


def day(number: int, *, month: int = 11) -> datetime:
    """Return nine o'clock of a day of 2026 in Caracas."""
    return datetime(2026, month, number, 9, tzinfo=CARACAS)


def cards(page: BoardPage) -> list[Card]:
    return [card for column in page.columns for card in column.first + column.rest]


def columns(page: BoardPage) -> dict[str, list[str]]:
    return {column.status: [card.task.ticket for card in column.first + column.rest] for column in page.columns}


def test_each_state_has_a_column_in_the_order_of_the_work(page) -> None:
    shown = page(*({"status": state} for state in reversed(State)))
    assert columns(shown) == {"todo": ["5"], "doing": ["4"], "waiting": ["3"], "done": ["2"], "cancelled": ["1"]}
    assert [column.title for column in shown.columns] == [
        "Por hacer",
        "En curso",
        "En espera",
        "Culminadas",
        "Anuladas",
    ]


def test_cancelled_tasks_have_a_column_only_where_there_are_some(page) -> None:
    assert list(columns(page({}))) == ["todo", "doing", "waiting", "done"]
    assert columns(page({"status": "cancelled"}))["cancelled"] == ["1"]


def test_a_project_without_tickets_has_no_column(page) -> None:
    assert (page().columns, page().filters) == ((), ())


def test_work_in_progress_is_what_was_started_and_has_not_ended(page) -> None:
    shown = page({}, {"status": "doing"}, {"status": "waiting"}, ON_CLIENT, {"status": "done"})
    notes = {column.status: column.note for column in shown.columns if column.note}
    assert notes == {"doing": "3 empezadas y sin culminar, con las que esperan"}


def test_what_waits_on_the_client_stands_first_and_is_marked(page) -> None:
    shown = page({"status": "waiting", "created": day(1)}, ON_CLIENT | {"created": day(9)}, ON_CLIENT)
    assert columns(shown)["waiting"] == ["2", "3", "1"]
    assert [card.mark for card in cards(shown)] == ["Depende de usted", "Depende de usted", ""]


@pytest.mark.parametrize(
    ("status", "field", "order"),
    [
        ("todo", "due", ["3", "1", "2"]),
        ("doing", "started", ["3", "1", "2"]),
        ("done", "closed", ["1", "3", "2"]),
    ],
)
def test_order_of_a_column(page, status: str, field: str, order: list[str]) -> None:
    assert columns(page(*({"status": status, field: when} for when in (day(9), None, day(3)))))[status] == order


@pytest.mark.parametrize(
    ("ticket", "age"),
    [
        ({"status": "doing", "started": day(20), "created": day(2)}, "lleva 1 día hábil"),
        ({"status": "doing", "created": day(9)}, "lleva 10 días hábiles"),
        ({"status": "doing", "started": day(27), "created": day(9)}, "lleva 10 días hábiles"),
        ({"status": "waiting", "started": day(22)}, "lleva menos de 1 día hábil"),
        ({"status": "todo", "started": day(9), "created": day(19)}, "registrada hace 2 días hábiles"),
        ({"status": "todo", "created": day(24)}, ""),
        ({"status": "doing"}, ""),
        ({"status": "done", "started": day(9)}, ""),
    ],
)
def test_age_of_a_task(card, ticket: dict[str, object], age: str) -> None:
    assert card(ticket).age == age


def test_age_skips_the_holidays_of_the_country(card) -> None:
    calendar = ServiceCalendar({date(2026, 11, 20): "Feriado"})
    assert card({"status": "doing", "started": day(19)}, calendar=calendar).age == "lleva 1 día hábil"


@pytest.mark.parametrize(
    ("ticket", "mark"),
    [
        ({"tracker_status": "Flurb"}, "por clasificar"),
        ({"status": "waiting", "waiting_on": "third-party"}, "en espera de un tercero"),
        ({"status": "done", "waiting_on": "client"}, ""),
        ({}, ""),
    ],
)
def test_mark_of_a_card(card, ticket: dict[str, str], mark: str) -> None:
    assert card(ticket, unclassified=frozenset({"Flurb"})).mark == mark


def test_a_card_leads_to_the_row_of_its_task(card) -> None:
    assert card({"ticket": "AND-7"}).address == "../#t-and-7"


def test_a_column_folds_and_cuts_what_nobody_would_read(page) -> None:
    todo = page(*({} for _ in range(SHOWN + 7))).columns[0]
    assert (todo.count, len(todo.first), len(todo.first + todo.rest), todo.more) == (SHOWN + 7, 10, SHOWN, 7)
    assert todo.elsewhere.address == "../"


def test_tasks_that_ended_long_ago_are_left_to_the_history(page) -> None:
    done = page(*({"status": "done", "closed": day(1 + number % 20)} for number in range(210))).columns[3]
    assert (done.count, len(done.first + done.rest), done.more) == (210, 100, 110)
    assert done.elsewhere.address == "../historial/"


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*({"status": str(state)} for state in State), ON_CLIENT]), max_size=30))
def test_every_task_has_one_card(page, tickets: list[dict[str, str]]) -> None:
    shown = page(*tickets)
    assert sorted((card.task.ticket for card in cards(shown)), key=int) == [str(n + 1) for n in range(len(tickets))]
    assert sum(column.count for column in shown.columns) == len(tickets)
