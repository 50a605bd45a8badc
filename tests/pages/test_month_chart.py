"""Hours by month: columns and rows."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.metrics.hours import hour_bank
from generator.pages.charts import Chart
from generator.pages.month_chart import month_chart
from generator.projects.model import Policy

ES = words("es")
CUT = date(2026, 11, 23)
CARACAS = ZoneInfo("America/Caracas")
YEAR = Policy(hours=100, since=date(2026, 2, 1), until=date(2027, 1, 31))
SPENT = st.lists(st.tuples(st.integers(2, 11), st.integers(1, 6000), st.sampled_from(["done", "doing"])), min_size=1)


@pytest.fixture(scope="session")
def chart(make_project):
    """A function: month, minutes and status of each ticket → the chart of a year's policy."""

    def make(*tickets: tuple[int, int, str], policy: Policy = YEAR) -> Chart:
        said = []
        for month, spent, status in tickets:
            when = datetime(2026, month, 2, 10, tzinfo=CARACAS)
            said.append({"status": status, "spent_hours": spent / 60, "closed": when, "updated": when})
        bank = hour_bank(make_project(*said, policy=policy))
        assert bank is not None
        return month_chart(bank, CUT, ES)

    return make


def test_each_month_of_the_term_has_its_place_and_each_that_began_a_row(chart) -> None:
    shown = chart((2, 90, "done"))
    names = [name for _, name in shown.x_labels]
    assert names == ["feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic", "ene"]
    assert len(shown.table.rows) == 11
    assert shown.table.rows[0] == ("feb 2026", "1 h 30 min", "0 h", "1 h 30 min")


def test_open_tickets_stand_on_the_finished_ones_told_apart(chart) -> None:
    shown = chart((3, 60, "doing"), (3, 120, "done"))
    over, still_open = shown.columns
    assert (over.kind, still_open.kind) == ("doing", "open")
    assert (over.base, still_open.base) == (0, over.height)
    assert (over.text, still_open.text) == ("", "3")
    assert shown.table.rows[-1] == ("Total", "2 h", "1 h", "3 h")


@pytest.mark.parametrize(("minutes", "value"), [(10, "<1"), (30, "1"), (89, "1"), (90, "2")])
def test_a_column_has_its_hours_rounded_over_it(chart, minutes: int, value: str) -> None:
    assert [column.text for column in chart((2, minutes, "done")).columns] == [value]


def test_what_came_before_the_months_shown_has_a_row(chart) -> None:
    shown = chart((2, 60, "done"), (11, 120, "doing"), policy=Policy(hours=9, since=date(2024, 1, 1)))
    assert [row[0] for row in shown.table.rows[:2]] == ["dic 2025", "ene 2026"]
    assert shown.description == "Horas usadas por mes: feb 1 h, nov 2 h"


def test_months_too_old_for_a_column_are_one_row(make_project) -> None:
    said = [
        {"status": "done", "spent_hours": 1, "closed": datetime(year, 10, 2, 10, tzinfo=CARACAS)}
        for year in (2025, 2026)
    ]
    bank = hour_bank(make_project(*said, policy=Policy(hours=9)))
    assert bank is not None
    shown = month_chart(bank, CUT, ES)
    assert shown.table.rows[0] == ("meses anteriores", "1 h", "0 h", "1 h")
    assert shown.table.rows[-1][-1] == "2 h"


@settings(max_examples=40)
@given(SPENT)
def test_columns_stay_within_the_chart_and_do_not_touch(chart, spent: list[tuple[int, int, str]]) -> None:
    end = 0.0
    for column in chart(*spent).columns:
        assert column.start > end or column.base
        end = column.start + column.width
        assert end <= 1
        assert 0 < column.height <= column.base + column.height <= 1.001
