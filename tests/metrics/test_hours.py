"""The hours of a policy: what is used, reserved and left, and when they run out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.metrics.hours import HourBank, Month, Outlook, hour_bank
from generator.projects.model import Policy
from generator.tickets.table import State

CARACAS = ZoneInfo("America/Caracas")
CUT = date(2026, 11, 23)  # of `make_project`
YEAR = Policy(hours=100, since=date(2026, 2, 1), until=date(2027, 1, 31))
HOURS = st.none() | st.floats(-5, 60, allow_nan=False)
MOMENTS = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 23), timezones=st.just(CARACAS))
TICKETS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from([str(state) for state in State]),
            "spent_hours": HOURS,
            "estimate_hours": HOURS,
            "updated": MOMENTS,
            "closed": MOMENTS,
        }
    ),
    max_size=20,
)
POLICIES = st.builds(
    Policy,
    hours=st.floats(0.1, 400),
    since=st.none() | st.dates(date(2025, 1, 1), date(2026, 11, 1)),
    until=st.none() | st.dates(date(2026, 9, 1), date(2029, 1, 1)),
)


@pytest.fixture(scope="session")
def bank(make_project):
    """A function: what is said of tickets → the hours of a policy of 100 hours that began in February."""

    def make(*tickets: dict[str, object], policy: Policy = YEAR) -> HourBank:
        found = hour_bank(make_project(*tickets, policy=policy))
        assert found is not None
        return found

    return make


def at(month: int, day: int, *, year: int = 2026) -> datetime:
    """Return ten o'clock of a day in Caracas."""
    return datetime(year, month, day, 10, tzinfo=CARACAS)


def done(hours: float, when: datetime | None) -> dict[str, object]:
    return {"status": "done", "spent_hours": hours, "closed": when}


def weekly(hours: list[float]) -> list[dict[str, object]]:
    """Return a ticket a week, closed on the last days up to the cut, the last of *hours* in the newest week."""
    monday = datetime(CUT.year, CUT.month, CUT.day, 10, tzinfo=CARACAS)
    return [done(amount, monday - timedelta(weeks=len(hours) - 1 - week)) for week, amount in enumerate(hours)]


@pytest.mark.parametrize("hours", [None, 0])
def test_nothing_contracted_is_no_bank(make_project, hours: float | None) -> None:
    assert hour_bank(make_project(done(1, at(3, 1)), policy=Policy(hours=hours))) is None


@pytest.mark.parametrize("spent", [None, 0.0, -1.0])
def test_without_a_single_hour_nobody_knows_what_was_used(bank, spent: float | None) -> None:
    found = bank({"spent_hours": spent, "estimate_hours": 3}, {"status": "done"})
    assert (found.contracted, found.used, found.left, found.crossed, found.run_out) == (6000, None, None, None, None)


def test_a_finished_ticket_is_charged_by_the_day_on_which_it_ended(bank) -> None:
    tickets = [done(hours, when) for hours, when in ((1, at(1, 31)), (2, at(2, 1)), (4, at(11, 1)))]
    late = {"status": "done", "spent_hours": 8, "created": at(1, 5), "closed": at(1, 20), "updated": at(3, 1)}
    found = bank(*tickets, late)
    assert [(charge.ticket.ticket, charge.minutes) for charge in found.charges] == [("3", 240), ("2", 120)]
    assert (found.used, found.outside) == (360, 540)


def test_an_open_ticket_is_charged_by_its_last_change_or_else_by_its_first_day(bank) -> None:
    found = bank(
        {"status": "doing", "spent_hours": 1, "created": at(1, 5), "updated": at(2, 3)},
        {"status": "doing", "spent_hours": 2, "created": at(1, 5), "updated": at(1, 9)},
        {"status": "waiting", "spent_hours": 4, "created": at(6, 5)},
        {"status": "waiting", "spent_hours": 8},
    )
    assert ([charge.ticket.ticket for charge in found.charges], found.used, found.outside) == (["3", "1"], 300, 600)


def test_a_day_is_one_of_the_project_s_zone(bank) -> None:
    evening = datetime(2027, 1, 31, 23, tzinfo=CARACAS)
    assert bank(done(1, evening)).used == 60
    assert bank(done(1, evening + timedelta(hours=1)), done(2, at(3, 1))).used == 120


def test_the_work_on_a_cancelled_ticket_was_work(bank) -> None:
    assert bank({"status": "cancelled", "spent_hours": 1.5, "closed": at(3, 2)}).used == 90


def test_decimals_are_whole_minutes(bank) -> None:
    assert bank(*(done(hours, at(3, 2)) for hours in (0.8, 0.1, 0.2, 1.125, 2.35))).used == 48 + 6 + 12 + 68 + 141


def test_reserved_is_what_open_tickets_still_need(bank) -> None:
    found = bank(
        {"estimate_hours": 5, "spent_hours": 2, "updated": at(3, 2)},
        {"estimate_hours": 1, "spent_hours": 2, "updated": at(3, 2)},
        {"estimate_hours": 2.5},
        {"spent_hours": None},
        {"status": "done", "estimate_hours": 9, "spent_hours": 1, "closed": at(3, 2)},
    )
    assert (found.reserved, found.estimated, found.open) == (180 + 150, 3, 4)
    assert found.left == 6000 - 300 - 330


def test_without_estimates_nobody_knows_what_is_reserved(bank) -> None:
    assert bank({"spent_hours": 1, "updated": at(3, 2)}).reserved is None
    assert bank(done(1, at(3, 2))).reserved == 0


def test_more_can_be_used_than_was_contracted(bank) -> None:
    found = bank(done(101, at(3, 2)))
    assert (found.left, found.crossed, found.run_out.outlook) == (-60, 100, Outlook.USED_UP)


@pytest.mark.parametrize(("hours", "crossed"), [(49.9, None), (50, 50), (74.9, 50), (75, 75), (90, 90), (100, 100)])
def test_the_highest_threshold_reached_is_told(bank, hours: float, crossed: int | None) -> None:
    assert bank(done(hours, at(3, 2))).crossed == crossed


def test_a_term_has_its_months_each_with_its_hours(bank) -> None:
    open_one = {"status": "doing", "spent_hours": 3, "updated": at(3, 31)}
    months = bank(done(1, at(2, 1)), done(2, at(3, 1)), open_one).months
    assert (months[0].first, months[-1].first, len(months)) == (date(2026, 2, 1), date(2027, 1, 1), 12)
    assert months[:2] == (Month(first=date(2026, 2, 1), over=60), Month(first=date(2026, 3, 1), over=120, open=180))
    assert not any(month.minutes for month in months[2:])


def test_a_year_that_begins_within_a_month_has_thirteen_months(bank) -> None:
    policy = Policy(hours=100, since=date(2026, 2, 15), until=date(2027, 2, 14))
    assert len(bank(done(1, at(3, 1)), policy=policy).months) == 13


@pytest.mark.parametrize("policy", [Policy(hours=9), Policy(hours=9, since=date(2024, 1, 1), until=date(2026, 12, 31))])
def test_an_endless_or_long_term_shows_the_last_twelve_months(bank, policy: Policy) -> None:
    months = bank(done(1, at(3, 1, year=2025)), done(2, at(3, 1)), policy=policy).months
    assert [months[0].first, months[-1].first] == [date(2025, 12, 1), date(2026, 11, 1)]
    assert sum(month.minutes for month in months) == 120


def test_an_even_pace_has_one_date(bank) -> None:
    run_out = bank(*weekly([2.0] * 40), policy=Policy(hours=90, since=date(2026, 2, 17), until=CUT.replace(year=2027)))
    assert (run_out.run_out.outlook, run_out.run_out.weeks, run_out.run_out.pace) == (Outlook.BETWEEN, 40, 120)
    assert run_out.run_out.first == run_out.run_out.last == CUT + timedelta(weeks=5)


def test_an_uneven_pace_has_a_range_around_its_mean(bank) -> None:
    policy = Policy(hours=100, since=date(2026, 2, 17), until=CUT.replace(year=2027))
    found = bank(*weekly([0.5, 3.5] * 20), policy=policy).run_out
    assert found.outlook is Outlook.BETWEEN
    assert found.first < CUT + timedelta(weeks=10) < found.last


def test_hours_that_outlast_the_policy_do_not_run_out_before_the_renewal(bank) -> None:
    found = bank(*weekly([0.5] * 40)).run_out
    assert (found.outlook, found.first, found.last, found.limit) == (Outlook.LASTING, None, None, YEAR.until)


def test_a_range_may_reach_over_the_renewal(bank) -> None:
    found = bank(*weekly([0.5, 3.5] * 20), policy=Policy(hours=100, since=date(2026, 2, 17), until=date(2027, 1, 31)))
    assert (found.run_out.outlook, found.run_out.last) == (Outlook.MAYBE, None)
    assert CUT < found.run_out.first <= date(2027, 1, 31)


def test_a_policy_without_an_end_is_looked_at_for_two_years(bank) -> None:
    found = bank(*weekly([0.5] * 40), policy=Policy(hours=1000)).run_out
    assert (found.outlook, found.limit) == (Outlook.LASTING, CUT + timedelta(weeks=104))


@pytest.mark.parametrize(
    ("tickets", "since"),
    [(weekly([1.0] * 40), date(2026, 10, 1)), (weekly([1.0] * 7), date(2026, 2, 1)), (weekly([1.0] * 7), None)],
)
def test_little_history_foretells_nothing(bank, tickets: list[dict[str, object]], since: date | None) -> None:
    found = bank(*tickets, policy=Policy(hours=100, since=since)).run_out
    assert (found.outlook, found.first, found.last) == (Outlook.UNKNOWN, None, None)


def test_a_policy_that_is_over_runs_out_no_more(bank) -> None:
    ended = Policy(hours=100, since=date(2025, 11, 1), until=date(2026, 10, 31))
    assert bank(*weekly([1.0] * 40), policy=ended).run_out.outlook is Outlook.ENDED


@settings(max_examples=60)
@given(TICKETS, POLICIES)
def test_hours_add_up_to_the_minute(bank, tickets: list[dict[str, object]], policy: Policy) -> None:
    found = bank(*tickets, policy=policy)
    if found.used is None:
        assert not found.charges
        return
    assert sum(charge.minutes for charge in found.charges) == found.used
    assert found.used + (found.reserved or 0) + found.left == found.contracted
    assert sum(month.minutes for month in found.months) <= found.used
    assert [charge.when for charge in found.charges] == sorted((c.when for c in found.charges), reverse=True)


@settings(max_examples=40)
@given(TICKETS)
def test_a_term_of_a_year_shows_every_charge_in_a_month(bank, tickets: list[dict[str, object]]) -> None:
    found = bank(*tickets)
    assert sum(month.minutes for month in found.months) == (found.used or 0)


@settings(max_examples=40)
@given(st.lists(st.floats(0.1, 8), min_size=8, max_size=40), st.floats(1, 300), POLICIES)
def test_a_range_is_in_order_and_after_the_cut(bank, hours: list[float], contracted: float, policy: Policy) -> None:
    terms = Policy(hours=contracted, since=policy.since, until=policy.until)
    found = bank(*weekly(hours), policy=terms)
    again = bank(*weekly(hours), policy=terms)
    assert found == again
    if found.run_out is not None and found.run_out.first is not None:
        days = [CUT, found.run_out.first, found.run_out.last or found.run_out.limit, found.run_out.limit]
        assert days == sorted(days)
