"""Scope, work begun and work done, week by week."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
from hypothesis import given, settings

from generator.metrics.flow import Flow, flow

END = date(2026, 11, 23)
DAYS = st.none() | st.integers(0, 60).map(lambda back: datetime(2026, 11, 23, 9, tzinfo=UTC) - timedelta(days=back))
TICKETS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(["todo", "doing", "waiting", "done", "cancelled"]),
            "created": DAYS,
            "started": DAYS,
            "closed": DAYS,
        }
    ),
    max_size=12,
)


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 9, tzinfo=UTC)


def test_weeks_end_on_the_weekday_of_the_cut(make_tickets) -> None:
    found = flow(make_tickets({"created": day(9)}, {"created": day(17), "status": "done", "closed": day(20)}), END)
    assert found == Flow(
        days=(date(2026, 11, 9), date(2026, 11, 16), END), scope=(1, 1, 2), started=None, done=(0, 0, 1)
    )


def test_cancelled_tickets_are_no_scope(make_tickets) -> None:
    assert flow(make_tickets({"created": day(9), "status": "cancelled"}), END) == Flow()


def test_without_a_date_there_is_no_flow(make_tickets) -> None:
    assert flow(make_tickets({}, {"status": "done"}), END) == Flow()


def test_work_begun_is_told_where_the_export_knows_it(make_tickets) -> None:
    found = flow(make_tickets({"created": day(2), "started": day(10), "status": "doing"}, {"created": day(3)}), END)
    assert (found.scope, found.started, found.done) == ((1, 2, 2, 2), (0, 0, 1, 1), (0, 0, 0, 0))


@settings(max_examples=60)
@given(TICKETS)
def test_the_last_day_is_what_the_card_says_and_nothing_shrinks(make_tickets, tickets: list[dict[str, object]]) -> None:
    found = flow(make_tickets(*tickets), END)
    counted = [ticket for ticket in tickets if ticket["status"] != "cancelled"]
    if not found.days:
        return
    assert found.days[-1] == END
    assert found.scope[-1] == len(counted)
    assert found.done[-1] == sum(ticket["status"] == "done" for ticket in counted)
    layers = [layer for layer in (found.done, found.started, found.scope) if layer is not None]
    for layer in layers:
        assert list(layer) == sorted(layer)
    for low, high in itertools.pairwise(layers):
        assert all(a <= b for a, b in zip(low, high, strict=True))
