"""The published columns of the task list."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from generator.locale import LANGUAGES, words
from generator.outputs.csv import task_csv
from generator.outputs.data import project_json
from generator.outputs.xlsx import task_workbook
from generator.pages.parts import tasks
from generator.pages.table import Cell, TaskTable, task_table
from generator.projects.model import Phase, Project
from generator.tickets.table import COLUMNS, State, WaitingOn, rows

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
PUBLISHED = {
    *("ticket", "title", "status", "waiting_on", "component", "assignee_group", "kind"),
    *("created", "started", "closed", "due", "agreed", "estimate_hours", "spent_hours"),
}


def at(day: int, hour: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CARACAS)


def cell(table: TaskTable, key: str, row: int = 0) -> Cell:
    return table.rows[row][[column.key for column in table.columns].index(key)]


@pytest.fixture
def read(make_project):
    """A function: what is said of one ticket, and of its project → the table of that ticket."""

    def read_(ticket: dict[str, object], **project: object) -> TaskTable:
        return task_table(make_project(ticket, **project), ES)

    return read_


def test_columns_are_these_and_no_others(read) -> None:
    usual = ["ticket", "title", "meaning", "state", "waiting_on", "area", "kind"]
    dates = ["created", "started", "closed", "due", "agreed", "overdue"]
    assert [column.key for column in read({}).columns] == [*usual, *dates]
    policy = read({}, phase=Phase.ESERVICE)
    assert [column.key for column in policy.columns] == [*usual, *dates, "estimate_hours", "spent_hours"]


@pytest.mark.parametrize("output", ["view", "csv", "xlsx", "json"])
@pytest.mark.parametrize("name", sorted(set(COLUMNS) - PUBLISHED))
def test_no_other_column_gets_out(make_project, name: str, output: str) -> None:
    def written(value: object) -> object:
        project = make_project({name: value}, phase=Phase.ESERVICE)
        table = task_table(project, ES)
        outputs = {"view": lambda: table, "csv": lambda: task_csv(table), "xlsx": lambda: task_workbook(table)}
        return outputs.get(output, lambda: project_json(project, table))()

    moments = dict.fromkeys(("updated", "answered"), (at(1), at(2)))
    values = ({"source_row": (2, 999), "public": (None, True)} | moments).get(name, ("", "Secreto 7"))
    assert written(values[0]) == written(values[1])


def test_hours_are_told_under_a_policy_only(make_project) -> None:
    ticket = {"estimate_hours": 4.0, "spent_hours": 2.5}
    for phase in Phase:
        project = make_project(ticket, phase=phase)
        told = json.loads(project_json(project, task_table(project, ES)))["tasks"][0]
        assert ("spent_hours" in told) == (phase is Phase.ESERVICE)
    assert cell(task_table(make_project(ticket, phase=Phase.ESERVICE), ES), "spent_hours") == 2.5


@pytest.mark.parametrize("hours", [None, float("nan"), float("inf")])
def test_hours_that_are_no_number_are_left_empty(read, hours: float | None) -> None:
    assert cell(read({"spent_hours": hours}, phase=Phase.ESERVICE), "spent_hours") is None


def test_titles_numbers_and_overdue_dates_are_those_of_the_pages(make_project) -> None:
    project = make_project(
        {"ticket": "7", "title": "", "due": at(20)},
        {"ticket": "AND-8", "agreed": at(24), "due": at(20)},
        {"agreed": at(22), "due": at(30)},
        {"due": at(23)},
        {"due": at(20), "status": "done", "closed": at(21)},
        {"due": at(20), "status": "waiting", "waiting_on": "client"},
        meanings={"7": "Con esto puede facturar."},
    )
    table = task_table(project, ES)
    shown = tasks(rows(project.tickets), project, ES)
    for row, task in enumerate(shown):
        assert cell(table, "ticket", row) == task.number
        assert cell(table, "title", row) == task.title
        assert cell(table, "meaning", row) == task.meaning
        assert table.codes["overdue"][row] is task.overdue
        assert cell(table, "overdue", row) == ("sí" if task.overdue else "no")
    assert table.codes["ticket"] == tuple(task.ticket for task in shown)


def test_without_the_day_of_the_cut_nobody_knows_what_is_overdue(make_project) -> None:
    project = make_project({"due": at(20)})
    undated = Project(**{**vars(project), "cuts": (type(project.cut)(**{**vars(project.cut), "day": None}),)})
    table = task_table(undated, ES)
    assert (cell(table, "overdue"), table.codes["overdue"], table.made) == ("", (None,), None)
    assert table.note == "ACME, C.A. · Ventas · Corte N.º 1 · Hora de Caracas"


@pytest.mark.parametrize(
    ("ticket", "state", "waiting_on"),
    [
        ({"status": "todo"}, "por hacer", ""),
        ({"status": "waiting", "waiting_on": "client"}, "en espera", "usted"),
        ({"status": "waiting", "waiting_on": "third-party"}, "en espera", "un tercero"),
        ({"status": "waiting", "waiting_on": "adaptapro"}, "en espera", "AdaptaPro"),
        ({"status": "waiting"}, "en espera", ""),
        ({"status": "done", "waiting_on": "client"}, "culminada", ""),
        ({"status": "todo", "tracker_status": "Flurb"}, "por clasificar", ""),
        ({"status": "done", "tracker_status": "Flurb"}, "culminada", ""),
    ],
)
def test_state_and_whom_it_waits_for(read, ticket: dict[str, str], state: str, waiting_on: str) -> None:
    table = read(ticket, unclassified=frozenset({"Flurb"}))
    assert (cell(table, "state"), cell(table, "waiting_on")) == (state, waiting_on)
    assert table.codes["state"] == (ticket["status"],)


def test_every_state_and_everyone_has_a_word_in_every_language(make_project) -> None:
    project = make_project(*({"status": state} for state in State), *({"waiting_on": who} for who in WaitingOn))
    for language in LANGUAGES:
        table = task_table(project, words(language))
        assert all(cell(table, "state", row) for row in range(len(State)))
        assert all(cell(table, "waiting_on", len(State) + row) for row in range(len(WaitingOn)))


@pytest.mark.parametrize(
    ("ticket", "area"),
    [
        ({"component": "ERP > Compras > Pagos"}, "Pagos"),
        ({"component": "Ventas", "assignee_group": "A > Soporte"}, "Soporte"),
        ({}, ""),
    ],
)
def test_area_is_the_one_of_the_pages(read, ticket: dict[str, str], area: str) -> None:
    assert cell(read(ticket), "area") == area


def test_days_and_times_are_those_of_the_zone(read) -> None:
    table = read({"created": at(2, 23), "closed": at(3), "due": at(24), "agreed": at(25, 9)})
    assert [cell(table, name) for name in ("created", "closed", "started")] == [
        date(2026, 11, 2),
        date(2026, 11, 3),
        None,
    ]
    assert cell(table, "due") == date(2026, 11, 24)
    assert type(cell(table, "due")) is date
    assert cell(table, "agreed") == at(25, 9)


def test_the_note_names_client_project_cut_and_zone(read) -> None:
    table = read({}, time_zone=ZoneInfo("America/Bogota"))
    assert table.note == "ACME, C.A. · Ventas · Corte N.º 1, lun 23 nov 2026 · Hora de Bogotá"
    assert table.made == datetime(2026, 11, 23, tzinfo=ZoneInfo("America/Bogota"))


def test_rows_keep_the_order_of_the_table(make_project) -> None:
    table = task_table(make_project({"ticket": "9"}, {"ticket": "2"}, {"ticket": "10"}), ES)
    assert [row[0] for row in table.rows] == ["#9", "#2", "#10"]


def test_a_project_without_tickets_has_its_columns(make_project) -> None:
    table = task_table(make_project(), ES)
    assert table.rows == ()
    assert len(table.columns) == 13
