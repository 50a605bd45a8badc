"""How many tickets are finished and created, week by week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.metrics.throughput import weekly_arrivals, weekly_throughput

CARACAS = ZoneInfo("America/Caracas")
CUT = date(2026, 11, 23)


def at(days_before: int, hour: int = 12) -> datetime:
    day = CUT - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, hour, tzinfo=CARACAS)


def done(closed: datetime | None, created: datetime | None = None) -> dict[str, object]:
    return {"status": "done", "created": created, "closed": closed}


def test_weeks_end_with_the_cut_and_the_oldest_comes_first(make_tickets) -> None:
    tickets = make_tickets(done(at(0), at(20)), done(at(6), at(20)), done(at(7), at(20)), zone=CARACAS.key)
    assert weekly_throughput(tickets, CUT).tolist() == [0, 1, 2]


def test_a_week_begins_and_ends_at_midnight_of_the_projects_zone(make_tickets) -> None:
    tickets = make_tickets(done(at(0, 23), at(20)), done(at(6, 0), at(20)), done(at(7, 23), at(20)), zone=CARACAS.key)
    assert weekly_throughput(tickets, CUT).tolist() == [0, 1, 2]


def test_the_first_week_is_that_of_the_first_creation(make_tickets) -> None:
    tickets = make_tickets(done(at(1), at(21)), {"status": "cancelled", "created": at(30)}, zone=CARACAS.key)
    assert weekly_throughput(tickets, CUT).tolist() == [0, 0, 0, 0, 1]


def test_a_ticket_finished_before_any_was_created_is_counted_all_the_same(make_tickets) -> None:
    assert weekly_throughput(make_tickets(done(at(8)), done(at(1), at(2)), zone=CARACAS.key), CUT).tolist() == [1, 1]


def test_only_tickets_finished_on_a_known_day_until_the_cut_are_counted(make_tickets) -> None:
    others = [{"status": state, "created": at(3), "closed": at(2)} for state in ("cancelled", "doing")]
    tickets = make_tickets(done(at(-1), at(3)), done(None, at(3)), *others, zone=CARACAS.key)
    assert weekly_throughput(tickets, CUT).tolist() == [0]


def test_no_day_makes_no_week(make_tickets) -> None:
    assert weekly_throughput(make_tickets(), CUT).tolist() == []
    assert weekly_throughput(make_tickets(done(None)), CUT).tolist() == []
    assert weekly_throughput(make_tickets(done(at(-3), at(-5)), zone=CARACAS.key), CUT).tolist() == []


def test_arrivals_leave_the_cancelled_out_and_have_the_same_weeks(make_tickets) -> None:
    tickets = make_tickets(
        done(at(1), at(9)), {"created": at(2)}, {"status": "cancelled", "created": at(15)}, zone=CARACAS.key
    )
    assert weekly_arrivals(tickets, CUT).tolist() == [0, 1, 1]
    assert weekly_throughput(tickets, CUT).tolist() == [0, 0, 1]


@settings(max_examples=40)
@given(st.lists(st.integers(-20, 200), max_size=20))
def test_every_ticket_finished_until_the_cut_is_in_one_week(make_tickets, ages: list[int]) -> None:
    weeks = weekly_throughput(make_tickets(*(done(at(age), at(age)) for age in ages), zone=CARACAS.key), CUT)
    known = [age for age in ages if age >= 0]
    assert weeks.sum() == len(known)
    assert len(weeks) == (max(known) // 7 + 1 if known else 0)
