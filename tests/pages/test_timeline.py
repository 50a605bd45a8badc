"""The agreed and planned dates as a list."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from generator.locale import words
from generator.pages.timeline import NEAREST, Timeline, timeline
from generator.projects.model import Policy

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")


@pytest.fixture(scope="session")
def line(make_project):
    """A function: what is said of tickets, and of their project → the dates, for the board."""
    return lambda *tickets, **project: timeline(make_project(*tickets, **project), "tablero/", ES)


def day(number: int, hour: int = 0) -> datetime:
    """Return a day of November 2026 in Caracas, or an hour of it."""
    return datetime(2026, 11, number, hour, tzinfo=CARACAS)


def entries(line: Timeline) -> list[tuple[str, str, str]]:
    """Return (day, number or title, words) of each entry."""
    return [(day.moment.iso, one.number or one.title, one.said) for day in line.days for one in day.entries]


def test_open_tickets_stand_on_the_day_that_was_agreed_or_else_is_due(line) -> None:
    shown = line(
        {"agreed": day(25, 9), "due": day(26)},
        {"due": day(27)},
        {"due": day(20, 17)},
        {"agreed": day(26), "status": "done"},
        {},
    )
    assert entries(shown) == [
        ("2026-11-20", "#3", "venció, 17:00"),
        ("2026-11-25", "#1", "fecha acordada, 9:00"),
        ("2026-11-27", "#2", "vence"),
    ]
    assert shown.kinds == {"overdue", "agreed", "due"}


def test_what_is_due_on_the_day_of_the_cut_is_not_overdue(line) -> None:
    assert entries(line({"due": day(23)})) == [("2026-11-23", "#1", "vence")]


def test_the_plan_stands_among_them(line) -> None:
    shown = line(
        start=date(2026, 8, 3), planned_end=date(2026, 12, 18), go_live=date(2027, 1, 4),
        technical_end=date(2026, 12, 11), policy=Policy(since=date(2027, 1, 4), until=date(2028, 1, 3)),
    )  # fmt: skip
    assert [(iso, title) for iso, title, _ in entries(shown)] == [
        ("2026-08-03", "Inicio del proyecto"),
        ("2026-12-11", "Fin de la implementación técnica"),
        ("2026-12-18", "Culminación prevista"),
        ("2027-01-04", "Puesta en producción"),
        ("2027-01-04", "Inicio de la póliza"),
        ("2028-01-03", "Fin de la póliza"),
    ]


def test_the_day_of_the_cut_is_marked_even_without_a_date(line) -> None:
    assert [(day.moment.text, day.is_cut) for day in line({"due": day(25)}).days] == [
        ("lun 23 nov", True),
        ("mié 25 nov", False),
    ]


def test_the_nearest_dates_are_shown_and_the_rest_counted(line) -> None:
    shown = line(*({"due": day(24) + timedelta(days=number)} for number in range(NEAREST + 5)))
    assert (shown.count, shown.more) == (NEAREST, 5)
    assert [one.number for day in shown.days for one in day.entries] == [f"#{n + 1}" for n in range(NEAREST)]


def test_what_is_years_away_is_told_but_not_drawn(line) -> None:
    shown = line({"due": datetime(2099, 1, 1, tzinfo=CARACAS)}, {"due": day(25)})
    assert (shown.count, shown.far, len(shown.drawing.marks)) == (2, 1, 1)


def test_a_project_without_dates_has_nothing_to_show(line) -> None:
    assert line({}) == Timeline(days=(), kinds=frozenset(), count=0, drawing=None, more=0, far=0)


def test_without_a_day_of_the_cut_nothing_is_overdue(make_project) -> None:
    project = make_project({"due": day(3)})
    cut = project.cut.__class__(number=1, day=None, instant=None, tickets=project.tickets)
    shown = timeline(make_project(cuts=(cut,)), "tablero/", ES)
    assert entries(shown) == [("2026-11-03", "#1", "vence")]
    assert [day.moment.text for day in shown.days] == ["mar 3 nov 2026"]
    assert shown.drawing.cut is None


def test_a_date_leads_to_the_row_of_its_task(line) -> None:
    assert line({"ticket": "AND-7", "due": day(25)}).days[1].entries[0].address == "../#t-and-7"
