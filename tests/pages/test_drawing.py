"""Dates on a line of time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.drawing import Drawing, Mark, draw
from generator.pages.timeline import Entry

ES = words("es")
CUT = date(2026, 11, 23)


def entry(days: int, kind: str = "due", title: str = "Tarea") -> Entry:
    """Return a date so many days after the cut."""
    number = "" if kind == "plan" else f"#{days}"
    return Entry(day=CUT + timedelta(days=days), kind=kind, said="", title=title, number=number)


def drawn(*entries: Entry, cut: date | None = CUT) -> Drawing:
    return draw(sorted(entries, key=lambda entry: entry.day), cut, ES)


def box(mark: Mark) -> tuple[float, float]:
    return min(mark.x - 7, mark.left), max(mark.until + 7, mark.left + mark.width)


def test_signs_stand_in_the_order_of_their_days() -> None:
    shown = drawn(entry(-4, "overdue"), entry(3, "agreed"), entry(10))
    late, agreed, due = shown.marks
    assert late.x < shown.cut.x < agreed.x < due.x
    assert [(mark.kind, mark.day, mark.number, mark.title) for mark in shown.marks] == [
        ("overdue", "jue 19 nov", "#-4", "Tarea"),
        ("agreed", "jue 26 nov", "#3", "Tarea"),
        ("due", "jue 3 dic", "#10", "Tarea"),
    ]


def test_days_of_another_year_say_which() -> None:
    assert drawn(entry(60)).marks[0].day == "vie 22 ene 2027"


def test_what_was_planned_before_everything_else_stands_at_the_edge() -> None:
    start, due = drawn(entry(-200, "plan", "Inicio"), entry(3)).marks
    assert (start.kind, start.day, start.title) == ("earlier", "jue 7 may", "Inicio")
    assert start.x < due.x


def test_many_tasks_due_in_a_week_become_one_sign() -> None:
    shown = drawn(*(entry(2 + number % 3) for number in range(30)))
    assert [(mark.several, mark.day, mark.title) for mark in shown.marks] == [
        (True, "mié 25 nov", "vencen 10 tareas"),
        (True, "jue 26 nov", "vencen 10 tareas"),
        (True, "vie 27 nov", "vencen 10 tareas"),
    ]


def test_agreed_dates_stand_by_themselves_while_there_is_room() -> None:
    shown = drawn(*(entry(2, "agreed") for _ in range(5)), *(entry(2) for _ in range(30)))
    assert [mark.several for mark in shown.marks if mark.kind == "agreed"] == [False] * 5
    assert [mark.title for mark in shown.marks if mark.kind == "due"] == ["vencen 30 tareas"]


@pytest.mark.parametrize(
    ("kind", "title"),
    [("agreed", "40 fechas acordadas"), ("overdue", "40 tareas vencidas"), ("due", "vencen 40 tareas")],
)
def test_a_crowd_of_any_kind_is_counted(kind: str, title: str) -> None:
    assert [mark.title for mark in drawn(*(entry(2, kind) for _ in range(40))).marks] == [title]


@pytest.mark.parametrize(
    ("last", "texts"),
    [
        (20, ["lun 23 nov", "lun 30 nov", "lun 7 dic", "lun 14 dic"]),
        (100, ["dic 2026", "ene 2027", "feb"]),
    ],
)
def test_a_short_line_has_mondays_and_a_long_one_months(last: int, texts: list[str]) -> None:
    assert [tick.text for tick in drawn(entry(last)).ticks][: len(texts)] == texts


DATES = st.lists(
    st.builds(
        entry,
        st.integers(-365, 365),
        st.sampled_from(["agreed", "due", "overdue", "plan"]),
        st.sampled_from(["Tarea", "x" * 400, "🎉", ""]),
    ),
    min_size=1,
    max_size=46,
)


@settings(max_examples=150)
@given(DATES, st.sampled_from([CUT, None]))
def test_nothing_overlaps_or_leaves_the_drawing(entries: list[Entry], cut: date | None) -> None:
    shown = drawn(*entries, cut=cut)
    for mark in shown.marks:
        first, last = box(mark)
        assert 0 <= first < last <= shown.width
        assert 36 < mark.y - 11 < mark.y + 11 <= shown.height
    for one in shown.marks:
        for other in shown.marks:
            if one is not other and one.y == other.y:
                assert box(one)[1] <= box(other)[0] or box(other)[1] <= box(one)[0]


@settings(max_examples=100)
@given(DATES)
def test_lines_have_room_for_their_names(entries: list[Entry]) -> None:
    ticks = drawn(*entries).ticks
    assert all(before.x + 60 <= after.x for before, after in pairwise(ticks))
    assert all(tick.x + 60 <= 1008 for tick in ticks)


@settings(max_examples=100)
@given(DATES)
def test_a_drawing_stays_low(entries: list[Entry]) -> None:
    plan = sum(entry.kind == "plan" for entry in entries)
    assert drawn(*entries).height <= 48 + 26 * (20 + plan)
