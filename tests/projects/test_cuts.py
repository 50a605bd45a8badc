"""Export files → the dated cuts they make."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.projects.cuts import Snapshot, as_of, cut_days, cut_of_name, newest_instant, snapshots, split_date
from generator.tickets.importing import Import
from generator.tickets.table import empty_table

NOTHING = empty_table()
CARACAS = ZoneInfo("America/Caracas")
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def snapshot(day: int, *, series: str = "jira", dated: bool = True) -> Snapshot:
    """Return a snapshot of a day of November 2026."""
    return Snapshot(
        file=f"tickets/{day} {series}.csv",
        tracker="jira",
        series=series,
        folder="",
        day=date(2026, 11, day),
        instant=None,
        dated=dated,
        tickets=NOTHING,
    )


SNAPSHOTS = st.lists(
    st.builds(snapshot, st.integers(1, 30), series=st.sampled_from("abc"), dated=st.booleans()), max_size=8
)


@pytest.mark.parametrize(
    ("stem", "day", "rest"),
    [
        ("2026-11-23 jira", date(2026, 11, 23), "jira"),
        ("jira_20261123", date(2026, 11, 23), "jira"),
        ("jira-2026.11.23", date(2026, 11, 23), "jira"),
        ("23-11-2026 jira", date(2026, 11, 23), "jira"),
        ("jira", None, "jira"),
        ("jira 2026-13-45", None, "jira 2026-13-45"),
        ("ticket 123456789", None, "ticket 123456789"),
        ("99999999 jira 2026-11-23", date(2026, 11, 23), "99999999 jira"),
    ],
)
def test_name_tells_the_day_and_the_series(stem: str, day: date | None, rest: str) -> None:
    assert split_date(stem) == (day, rest)


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y_%m_%d", "%d-%m-%Y", "%d.%m.%Y"]))
def test_a_day_is_read_in_every_form(day: date, form: str) -> None:
    assert split_date(f"jira {day.strftime(form)}") == (day, "jira")


def test_day_is_read_from_the_name_and_not_from_the_folder() -> None:
    assert cut_of_name("tickets/andina/2026-11-23 jira.csv.gz") == date(2026, 11, 23)
    assert cut_of_name("tickets/2026-11-23/jira.csv") is None


def test_newest_instant_is_of_what_has_happened(make_tickets) -> None:
    monday, tuesday = (datetime(2026, 11, day, 9, tzinfo=UTC) for day in (23, 24))
    assert newest_instant(make_tickets({"created": monday, "due": tuesday})) == monday
    assert newest_instant(make_tickets({"created": monday}, {"updated": tuesday})) == tuesday
    assert newest_instant(make_tickets({"due": tuesday})) is None


def test_undated_file_is_of_the_local_day_of_its_newest_instant(make_tickets) -> None:
    tickets = make_tickets({"updated": datetime(2026, 11, 24, 1, tzinfo=UTC)})
    found = snapshots([Import(file="tickets/andina/jira.csv", tickets=tickets)], CARACAS)[0]
    assert (found.day, found.dated, found.folder, found.series) == (date(2026, 11, 23), False, "andina", "andina/jira")


def test_dated_files_of_one_name_are_one_series() -> None:
    files = [Import(file=f"tickets/{name}.csv") for name in ("2026-11-16 jira", "jira 2026-11-23", "glpi 2026-11-23")]
    assert [found.series for found in snapshots(files, CARACAS)] == ["jira", "jira", "glpi"]


def test_undated_files_make_one_cut_at_the_newest_day() -> None:
    found = [snapshot(16), snapshot(20, series="a", dated=False), snapshot(21, series="b", dated=False)]
    assert cut_days(found) == [date(2026, 11, 16), date(2026, 11, 21)]
    assert cut_days([*found, snapshot(23)]) == [date(2026, 11, 16), date(2026, 11, 23)]


def test_a_cut_has_the_latest_file_of_each_series_up_to_its_day() -> None:
    old, new, other = snapshot(9), snapshot(16), snapshot(9, series="glpi")
    assert as_of([old, new, other], date(2026, 11, 16), newest=False) == [new, other]
    assert as_of([old, new, other], date(2026, 11, 15), newest=False) == [old, other]


def test_undated_file_is_in_the_newest_cut_alone() -> None:
    dated, undated = snapshot(9), snapshot(9, dated=False)
    assert as_of([dated, undated], date(2026, 11, 30), newest=False) == [dated]
    assert as_of([dated, undated], date(2026, 11, 30), newest=True) == [undated]


@given(SNAPSHOTS)
def test_the_newest_cut_has_every_series_once(found: list[Snapshot]) -> None:
    shown = as_of(found, date.max, newest=True)
    assert sorted(part.series for part in shown) == sorted({part.series for part in found})


@given(SNAPSHOTS, st.integers(1, 30))
def test_no_file_of_a_later_day_is_in_a_cut(found: list[Snapshot], day: int) -> None:
    assert all(part.day <= date(2026, 11, day) for part in as_of(found, date(2026, 11, day), newest=False))
