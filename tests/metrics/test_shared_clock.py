"""Who had each ticket for how long, from what the cuts show."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.metrics.shared_clock import Clock, Holder, clock, histories, holder, project_clock
from generator.projects.calendar import ServiceCalendar
from generator.projects.model import Cut, Project
from generator.tickets.table import State, WaitingOn

CARACAS = ZoneInfo("America/Caracas")
HOUR = 3600
OURS = {"status": "doing"}
CLIENTS = {"status": "waiting", "waiting_on": "client"}
THIRDS = {"status": "waiting", "waiting_on": "third-party"}
NOBODY_SAID = {"status": "waiting"}
SHOWS = {Holder.ADAPTAPRO: OURS, Holder.CLIENT: CLIENTS, Holder.THIRD_PARTY: THIRDS}
MINUTES = st.integers(0, 28 * 24 * 60)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a time of November 2026 in Caracas; without an hour it is a day."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CARACAS)


def after(minutes: int) -> datetime:
    """Return the time so many minutes after the beginning of November."""
    return at(1) + timedelta(minutes=minutes)


@pytest.fixture(scope="session")
def with_cuts(make_project, make_tickets):
    """A function: pairs of a moment, and what its cut says of each ticket → the project."""

    def make(*cuts: tuple[datetime | date, list[dict[str, object]]], **fields: object) -> Project:
        made = tuple(
            Cut(
                number=number,
                day=moment.date() if isinstance(moment, datetime) else moment,
                instant=moment if isinstance(moment, datetime) else None,
                tickets=make_tickets(*tickets, zone=CARACAS.key),
            )
            for number, (moment, tickets) in enumerate(cuts, start=1)
        )
        return make_project(**{"cuts": made} | fields)

    return make


@pytest.fixture(scope="session")
def clock_of(with_cuts):
    """A function: pairs of a moment, and what its cut says of one ticket → the ticket's clock."""

    def read(*cuts: tuple[datetime | date, dict[str, object] | None], **fields: object) -> Clock | None:
        project = with_cuts(*((moment, [said] if said else []) for moment, said in cuts), **fields)
        lives = histories(project, {"1"})
        return clock(lives["1"]) if lives else None

    return read


def hours(**parts: float) -> Clock:
    return Clock(**{name: int(HOUR * amount) for name, amount in parts.items()})


@pytest.mark.parametrize(
    ("status", "waiting_on", "expected"),
    [
        ("todo", "", Holder.ADAPTAPRO),
        ("waiting", "", Holder.UNKNOWN),
        ("waiting", "adaptapro", Holder.ADAPTAPRO),
        ("waiting", "client", Holder.CLIENT),
        ("waiting", "third-party", Holder.THIRD_PARTY),
        ("done", "", Holder.NOBODY),
        ("cancelled", "", Holder.NOBODY),
    ],
)
def test_the_state_says_who_has_a_ticket(status: str, waiting_on: str, expected: Holder) -> None:
    assert holder(status, waiting_on) is expected


def test_a_ticket_with_the_same_party_at_two_cuts_was_with_it_all_the_time(clock_of) -> None:
    said = CLIENTS | {"created": at(20, 16), "updated": at(20, 16)}
    assert clock_of((at(20, 16), said), (at(23, 9), said)) == hours(client=1.5)


def test_a_holiday_is_no_time(clock_of) -> None:
    said = OURS | {"created": at(20, 16)}
    calendar = ServiceCalendar({date(2026, 11, 23): "Fiesta"})
    assert clock_of((at(20, 16), said), (at(23, 9), said), calendar=calendar) == hours(adaptapro=0.5)


def test_another_party_has_it_since_the_last_update(clock_of) -> None:
    said = {"created": at(23, 8)}
    cuts = (at(23, 8), OURS | said), (at(23, 12), CLIENTS | said | {"updated": at(23, 11)})
    assert clock_of(*cuts) == hours(adaptapro=3, client=1)


@pytest.mark.parametrize("updated", [None, at(20, 9)])
def test_a_change_that_no_update_tells_is_unknown(clock_of, updated: datetime | None) -> None:
    said = {"created": at(23, 8), "updated": updated}
    assert clock_of((at(23, 8), OURS | said), (at(23, 12), CLIENTS | said)) == hours(unknown=4)


def test_an_update_that_tells_its_day_alone_leaves_that_day_unknown(clock_of) -> None:
    said = {"created": at(23, 8)}
    cuts = (at(23, 8), OURS | said), (at(26, 8), CLIENTS | said | {"updated": at(24)})
    assert clock_of(*cuts) == hours(adaptapro=7.5, unknown=7.5, client=7.5)


def test_of_an_old_ticket_what_was_before_its_last_update_is_unknown(clock_of) -> None:
    said = THIRDS | {"created": at(16, 8), "updated": at(20, 14)}
    assert clock_of((at(20, 16), said)) == hours(unknown=4 * 7.5 + 5, third_party=2)
    assert clock_of((at(20, 16), said | {"updated": None})) == hours(unknown=4 * 7.5 + 7)


def test_a_new_ticket_began_with_adaptapro(clock_of) -> None:
    said = {"created": at(23, 8), "updated": at(23, 10)}
    assert clock_of((at(20, 16), None), (at(23, 12), CLIENTS | said)) == hours(adaptapro=2, client=2)
    assert clock_of((at(23, 9), None), (at(23, 12), CLIENTS | said)) == hours(unknown=2, client=2)


def test_closing_is_an_act_of_adaptapro(clock_of) -> None:
    done = {"status": "done", "created": at(23, 8), "closed": at(23, 11), "updated": at(24, 9)}
    for before, expected in ((OURS, hours(adaptapro=3)), (CLIENTS, hours(client=1, unknown=2))):
        seen = before | {"created": at(23, 8), "updated": at(23, 8)}
        assert clock_of((at(23, 9), seen), (at(24, 12), done)) == expected
    assert clock_of((at(20, 16), None), (at(24, 12), done)) == hours(adaptapro=3)
    assert clock_of((at(24, 12), done)) == hours(unknown=3)


def test_a_reopened_ticket_is_with_who_has_it_since_its_last_update(clock_of) -> None:
    said = {"created": at(23, 8)}
    done = {"status": "done", "closed": at(23, 9)} | said
    again = OURS | said | {"updated": at(24, 9)}
    cuts = (at(23, 8), OURS | said), (at(23, 16), done), (at(24, 10), again)
    assert clock_of(*cuts) == hours(adaptapro=2, unknown=7.5)


def test_a_waiting_ticket_of_which_nobody_said_why_is_unknown(clock_of) -> None:
    said = NOBODY_SAID | {"created": at(23, 8), "updated": at(23, 8)}
    assert clock_of((at(23, 8), said), (at(23, 12), said)) == hours(unknown=4)


def test_the_day_of_an_opening_or_closing_without_a_time_is_unknown(clock_of) -> None:
    said = OURS | {"created": at(23)}
    done = {"status": "done", "created": at(23), "closed": at(25)}
    assert clock_of((date(2026, 11, 20), None), (at(25, 8), said)) == hours(unknown=7.5, adaptapro=7.5)
    assert clock_of((date(2026, 11, 20), None), (at(26, 8), done)) == hours(unknown=15, adaptapro=7.5)


@pytest.mark.parametrize("said", [OURS, {"status": "done", "created": at(20, 8)}])
def test_a_life_without_a_beginning_or_an_end_has_no_clock(clock_of, said: dict[str, object]) -> None:
    assert clock_of((at(23, 9), said)) is None


def test_the_project_counts_since_its_first_cut(with_cuts) -> None:
    first = [OURS | {"created": at(16, 8), "updated": at(16, 8)}, CLIENTS | {"created": at(16, 8)}]
    project = with_cuts((at(20, 16), first), (at(23, 9), first))
    assert project_clock(project, histories(project, {"1", "2"})) == hours(adaptapro=1.5, client=1.5)
    assert project_clock(project, histories(project, {"2"})) == hours(client=1.5)


def test_a_single_cut_is_no_clock_for_the_project(with_cuts) -> None:
    project = with_cuts((at(20, 16), [OURS | {"created": at(16, 8)}]))
    assert project_clock(project, histories(project, {"1"})) is None


TIMES = st.none() | MINUTES.map(after) | st.integers(1, 28).map(at)
SAID = st.fixed_dictionaries(
    {
        "status": st.sampled_from([str(state) for state in State]),
        "waiting_on": st.sampled_from(["", *map(str, WaitingOn)]),
        "created": TIMES,
        "updated": TIMES,
        "closed": TIMES,
    }
)
MOMENTS = st.lists(MINUTES, min_size=1, max_size=5, unique=True).map(sorted)


@settings(max_examples=60)
@given(st.data(), MOMENTS)
def test_the_parts_add_up_to_the_whole_whatever_the_cuts_say(
    with_cuts, data: st.DataObject, moments: list[int]
) -> None:
    cuts = [(after(minute), data.draw(st.lists(SAID, min_size=2, max_size=2))) for minute in moments]
    project = with_cuts(*cuts)
    lives = histories(project, {"1", "2"})
    for ticket in project.each:
        if ticket.ticket not in lives:
            assert ticket.created is None or (ticket.is_over and ticket.closed is None)
            continue
        life = lives[ticket.ticket]
        assert all(before.end == following.start for before, following in pairwise(life))
        assert all(span.start < span.end for span in life)
        start = project.calendar.window(ticket.created)[0]
        end = project.calendar.window(ticket.closed if ticket.is_over else cuts[-1][0])
        assert clock(life).whole == max(0, end[1 if ticket.is_over else 0] - start)
    if (together := project_clock(project, lives)) is not None:
        assert together.whole <= sum(clock(life).whole for life in lives.values())


@settings(max_examples=60)
@given(st.data(), MINUTES, st.lists(MINUTES, min_size=2, max_size=6, unique=True).map(sorted))
def test_where_a_ticket_changes_at_most_once_between_cuts_nothing_untrue_is_told(
    with_cuts, data: st.DataObject, created: int, moments: list[int]
) -> None:
    changes = [(created, Holder.ADAPTAPRO)]
    for start, end in pairwise([created, *(minute for minute in moments if minute > created)]):
        if end - start > 1 and data.draw(st.booleans()):
            changes.append((data.draw(st.integers(start + 1, end - 1)), data.draw(st.sampled_from(list(SHOWS)))))

    def shown(minute: int) -> list[dict[str, object]]:
        past = [change for change in changes if change[0] <= minute]
        return [SHOWS[past[-1][1]] | {"created": after(created), "updated": after(past[-1][0])}] if past else []

    project = with_cuts(*((after(minute), shown(minute)) for minute in moments))
    calendar = project.calendar
    starts = [calendar.window(after(minute))[0] for minute, _ in changes]
    truth = [(*when, party) for when, (_, party) in zip(pairwise([*starts, sys.maxsize]), changes, strict=True)]
    for span in histories(project, {"1"} if created <= moments[-1] else set()).get("1", ()):
        had = {party for start, end, party in truth if start < span.end and end > span.start}
        assert span.holder is Holder.UNKNOWN or had == {span.holder}
