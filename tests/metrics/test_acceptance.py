"""The acceptance letter: the tickets finished between two cuts."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from generator.metrics.acceptance import acceptance
from generator.metrics.changes import changes

CARACAS = ZoneInfo("America/Caracas")
STATES = st.lists(st.sampled_from(["todo", "doing", "done", "cancelled"]), max_size=6)


def noon(day: int) -> datetime:
    return datetime(2026, 11, day, 12, tzinfo=CARACAS)


def test_a_letter_has_the_number_of_its_cut_and_the_days_of_both(make_project) -> None:
    letter = acceptance(make_project({"status": "done"}, before=[{}]))
    assert letter is not None
    assert (letter.number, letter.client, letter.project) == (2, "ACME, C.A.", "Ventas")
    assert (letter.since, letter.until) == (date(2026, 11, 16), date(2026, 11, 23))


def test_its_tickets_are_in_the_order_of_their_closing(make_project) -> None:
    said = ({"closed": None}, {"closed": noon(20)}, {"closed": noon(18)})
    letter = acceptance(make_project(*({"status": "done"} | part for part in said), before=[]))
    assert letter is not None
    assert [ticket.ticket for ticket in letter.tickets] == ["3", "2", "1"]


def test_without_a_cut_before_there_is_no_letter(make_project) -> None:
    assert acceptance(make_project({"status": "done"})) is None


@given(STATES, STATES)
def test_its_tickets_are_those_that_the_changes_call_finished(make_project, was: list[str], now: list[str]) -> None:
    made = make_project(*({"status": state} for state in now), before=[{"status": state} for state in was])
    letter = acceptance(made)
    finished = changes(made.cuts[0], made.cuts[1]).finished
    assert {ticket.ticket for ticket in (letter.tickets if letter else ())} == set(finished)
