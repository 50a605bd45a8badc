"""What is different from one cut to the next."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.metrics.changes import Changes, changes
from generator.projects.model import Cut
from generator.tickets.table import State

LONG_AGO = datetime(2026, 11, 2, 13, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 13, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 13, tzinfo=UTC)
CUTS = st.dictionaries(
    st.sampled_from(["1", "2", "3", "4"]), st.sampled_from([str(state) for state in State]), max_size=4
)


@pytest.fixture(scope="session")
def compare(make_tickets):
    """A function: what is said of tickets before and after → the changes."""

    def compare_(before: list[dict[str, object]], after: list[dict[str, object]]) -> Changes:
        cuts = (
            Cut(number=number, day=day, instant=None, tickets=make_tickets(*tickets))
            for number, day, tickets in ((1, date(2026, 11, 16), before), (2, date(2026, 11, 23), after))
        )
        return changes(*cuts)

    return compare_


def test_equal_cuts_have_no_changes(compare) -> None:
    cut = [{"status": "todo", "due": MONDAY}, {"status": "done"}, {"status": "cancelled"}]
    assert compare(cut, cut) == Changes()


def test_tickets_come_and_go(compare) -> None:
    assert compare([{"ticket": "A"}], [{"ticket": "B"}]) == Changes(new=("B",), gone=("A",))


def test_a_new_ticket_that_is_done_is_finished_as_well(compare) -> None:
    assert compare([], [{"ticket": "A", "status": "done"}]) == Changes(new=("A",), finished=("A",))


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("doing", "done", Changes(finished=("1",))),
        ("doing", "cancelled", Changes(cancelled=("1",))),
        ("cancelled", "done", Changes()),
        ("done", "doing", Changes(reopened=("1",))),
        ("cancelled", "todo", Changes(reopened=("1",))),
        ("done", "cancelled", Changes()),
        ("todo", "doing", Changes(started=("1",))),
        ("todo", "waiting", Changes(started=("1",))),
        ("doing", "waiting", Changes()),
    ],
)
def test_a_ticket_that_changes_state(compare, was: str, now: str, expected: Changes) -> None:
    assert compare([{"status": was}], [{"status": now}]) == expected


@pytest.mark.parametrize("name", ["due", "agreed"])
def test_another_date_is_a_move(compare, name: str) -> None:
    assert compare([{name: FRIDAY}], [{name: MONDAY}]).moved == ("1",)


def test_a_date_that_passes_between_the_cuts_makes_a_ticket_overdue_once(compare) -> None:
    assert compare([{"due": FRIDAY}], [{"due": FRIDAY}]).overdue == ("1",)
    assert compare([], [{"due": FRIDAY}]).overdue == ("1",)
    assert compare([{"due": LONG_AGO}], [{"due": LONG_AGO}]).overdue == ()
    assert compare([{"due": MONDAY}], [{"due": MONDAY}]).overdue == ()
    assert compare([{"due": FRIDAY}], [{"due": FRIDAY, "status": "done"}]).overdue == ()


def test_a_new_ticket_already_begun_or_cancelled_is_told_as_that_too(compare) -> None:
    assert compare([], [{"status": "doing"}]) == Changes(new=("1",), started=("1",))
    assert compare([], [{"status": "cancelled"}]) == Changes(new=("1",), cancelled=("1",))


def test_the_agreed_date_is_asked_before_the_due_one(compare) -> None:
    assert compare([{"agreed": MONDAY, "due": FRIDAY}], [{"agreed": MONDAY, "due": MONDAY}]).moved == ()


def test_a_first_date_and_a_date_taken_away_are_no_moves(compare) -> None:
    assert compare([{}, {"due": FRIDAY}], [{"due": FRIDAY}, {}]).moved == ()


def test_the_date_of_a_finished_ticket_does_not_move(compare) -> None:
    assert compare([{"due": FRIDAY}], [{"due": MONDAY, "status": "done"}]).moved == ()


@settings(max_examples=40)
@given(CUTS, CUTS)
def test_what_is_new_one_way_is_gone_the_other(compare, first: dict[str, str], second: dict[str, str]) -> None:
    before, after = ([{"ticket": key, "status": word} for key, word in cut.items()] for cut in (first, second))
    there, back = compare(before, after), compare(after, before)
    assert set(there.new) == set(back.gone) == set(second) - set(first)
    assert set(there.gone) == set(back.new)
    assert not set(there.finished) & set(there.reopened)
