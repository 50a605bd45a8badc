"""Lead time and age in working days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np

from generator.metrics.times import Spread, ages, lead_time, spread
from generator.projects.calendar import ServiceCalendar
from generator.tickets.table import rows

PLAIN = ServiceCalendar()


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 9, tzinfo=UTC)


def test_lead_time_is_of_done_tickets_in_working_days(make_tickets) -> None:
    tickets = make_tickets(
        {"status": "done", "created": day(20), "closed": day(23)},
        {"status": "done", "created": day(9), "closed": day(20)},
        {"status": "cancelled", "created": day(2), "closed": day(20)},
        {"status": "done", "created": day(9)},
        {"status": "doing", "created": day(2)},
    )
    assert lead_time(tickets, PLAIN) == Spread(count=2, median=1, high=9)
    holiday = ServiceCalendar({date(2026, 11, 18): "Fiesta"})
    assert lead_time(tickets, holiday) == Spread(count=2, median=1, high=8)


def test_age_runs_from_the_start_or_else_from_the_creation(make_tickets) -> None:
    tickets = make_tickets(
        {"status": "doing", "created": day(2), "started": day(20)},
        {"status": "todo", "created": day(16), "started": day(20)},
        {"status": "waiting", "created": day(20), "started": day(30)},
        {"status": "todo"},
        {"status": "done", "created": day(2)},
    )
    assert ages(rows(tickets), PLAIN, date(2026, 11, 23)) == [1, 5, 1, None]


def test_a_spread_is_of_ranks_that_occur() -> None:
    assert spread(np.arange(1.0, 21.0)) == Spread(count=20, median=10, high=17)
    assert spread(np.array([np.nan, -3.0])) is None
