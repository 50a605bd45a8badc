"""How far a project is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.metrics.progress import Effort, Progress, effort, progress
from generator.tickets.table import State

STATES = st.lists(st.sampled_from([str(state) for state in State]), max_size=30)


def test_cancelled_tickets_are_not_counted(make_tickets) -> None:
    counted = progress(make_tickets({"status": "done"}, {"status": "todo"}, {"status": "cancelled"}))
    assert (counted.total, counted.percent, counted.cancelled) == (2, 50, 1)


def test_each_state_is_counted_by_itself(make_tickets) -> None:
    words = ["todo", "doing", "doing", "waiting", "waiting", "waiting", "done"]
    counted = progress(make_tickets(*({"status": word} for word in words)))
    assert counted == Progress(todo=1, doing=2, waiting=3, done=1)


def test_tickets_that_wait_for_the_client_are_part_of_the_waiting(make_tickets) -> None:
    on_client = {"status": "waiting", "waiting_on": "client"}
    counted = progress(make_tickets(on_client, {"status": "waiting", "waiting_on": "third-party"}))
    assert (counted.waiting, counted.on_client, counted.total) == (2, 1, 2)


def test_nothing_to_do_has_no_percentage(make_tickets) -> None:
    assert progress(make_tickets()).percent is None
    assert progress(make_tickets({"status": "cancelled"})).percent is None


@pytest.mark.parametrize(
    ("done", "todo", "percent"),
    [(0, 5, 0), (5, 0, 100), (63, 37, 63), (1, 7, 13), (1, 999, 1), (999, 1, 99), (995, 5, 99)],
)
def test_percentage_is_rounded_half_up_and_its_ends_are_literal(done: int, todo: int, percent: int) -> None:
    assert Progress(done=done, todo=todo).percent == percent


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_ticket_that_is_finished_never_lowers_the_percentage(done: int, rest: int) -> None:
    before = Progress(done=done, todo=rest + 1).percent
    after = Progress(done=done + 1, todo=rest).percent
    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 100
    assert (after == 100) == (rest == 0)


@settings(max_examples=40)
@given(STATES)
def test_every_ticket_is_counted_once(make_tickets, states: list[str]) -> None:
    counted = progress(make_tickets(*({"status": state} for state in states)))
    assert counted.total + counted.cancelled == len(states)


def test_effort_is_of_what_is_estimated_and_not_cancelled(make_tickets) -> None:
    found = effort(
        make_tickets(
            {"status": "done", "estimate_hours": 1.5},
            {"status": "doing", "estimate_hours": 2.5},
            {"status": "cancelled", "estimate_hours": 8.0},
            {},
        )
    )
    assert found == Effort(done=90, all=240, estimated=2, total=3)
    assert found.percent == 38


def test_without_estimates_there_is_no_percentage_of_hours(make_tickets) -> None:
    assert effort(make_tickets({})).percent is None
