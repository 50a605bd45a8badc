"""What is agreed, and what became of it over the cuts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.metrics.appointments import Appointment, AppointmentState, appointments
from generator.projects.model import Cut

CARACAS = ZoneInfo("America/Caracas")
PROPOSED, AGREED, HELD, PAST, CANCELLED = AppointmentState


def at(day: int, hour: int = 9) -> datetime:
    """Return an hour of a day of November 2026 in Caracas; the last cut is of the 23rd, the one before of the 16th."""
    return datetime(2026, 11, day, hour, tzinfo=CARACAS)


@pytest.fixture(scope="session")
def follow(make_project, make_tickets):
    """A function: what each weekly cut up to the 23rd says of one ticket, None when nothing → its appointment."""

    def make(*said: dict[str, object] | None) -> Appointment:
        cuts = tuple(
            Cut(
                number=number,
                day=date(2026, 11, 23) - timedelta(weeks=len(said) - number),
                instant=None,
                tickets=make_tickets(*([ticket] if ticket is not None else []), zone=CARACAS.key),
            )
            for number, ticket in enumerate(said, start=1)
        )
        (found,) = appointments(make_project(cuts=cuts))
        return found

    return make


@pytest.mark.parametrize(
    ("ticket", "state"),
    [
        ({"agreed": at(25)}, AGREED),
        ({"agreed": at(23)}, AGREED),
        ({"agreed": at(25), "status": "waiting", "waiting_on": "client"}, AGREED),
        ({"agreed": at(25), "labels": "ventas, Fecha propuesta"}, PROPOSED),
        ({"agreed": at(25), "labels": "fecha_propuesta"}, PROPOSED),
        ({"agreed": at(25), "tracker_status": "Por confirmar", "status": "waiting"}, PROPOSED),
        ({"agreed": at(25), "labels": "propuesta"}, AGREED),
        ({"agreed": at(20)}, PAST),
        ({"agreed": at(20), "labels": "fecha-propuesta"}, PAST),
        ({"agreed": at(20), "status": "done"}, HELD),
        ({"agreed": at(20), "status": "done", "closed": at(20, 11)}, HELD),
        ({"agreed": at(20), "status": "done", "closed": at(19)}, CANCELLED),
        ({"agreed": at(25), "status": "done", "closed": at(20)}, CANCELLED),
        ({"agreed": at(25), "status": "cancelled", "closed": at(20)}, CANCELLED),
        ({"agreed": at(18), "status": "cancelled", "closed": at(18)}, CANCELLED),
        ({"agreed": at(18), "status": "cancelled", "closed": at(20)}, PAST),
    ],
)
def test_the_last_cut_says_how_a_date_stands(follow, ticket: dict[str, object], state: AppointmentState) -> None:
    assert follow(ticket).state is state


@pytest.mark.parametrize("now", [None, {}, {"due": at(27)}])
@pytest.mark.parametrize(("day", "state"), [(25, CANCELLED), (23, CANCELLED), (20, PAST)])
def test_a_date_that_is_withdrawn_is_cancelled_unless_its_day_had_passed(follow, now, day: int, state) -> None:
    assert follow({"agreed": at(day)}, now).state is state


def test_what_was_cancelled_stays_cancelled_when_its_day_has_passed(follow) -> None:
    assert follow({"agreed": at(18)}, None, None).state is CANCELLED
    assert follow({"agreed": at(18)}, {}, {"status": "done", "closed": at(20)}).state is CANCELLED


def test_a_task_that_was_done_and_lost_its_date_at_once_was_held(follow) -> None:
    assert follow({"agreed": at(18)}, {"status": "done", "closed": at(19)}).state is HELD


def test_a_due_date_is_no_appointment(make_project) -> None:
    waiting = {"due": at(25), "status": "waiting", "waiting_on": "client"}
    assert appointments(make_project({"due": at(25)}, waiting, {"started": at(20), "status": "doing"})) == ()


def test_a_moved_date_remembers_the_ones_before(follow) -> None:
    moved = follow({"agreed": at(12)}, {"agreed": at(19)}, {"agreed": at(19)}, {"agreed": at(25)})
    assert (moved.moment, moved.earlier, moved.times_moved) == (at(25), (at(12), at(19)), 2)
    assert (moved.sequence, moved.last_changed.number) == (2, 4)


def test_moving_back_is_a_move_as_well(follow) -> None:
    assert follow({"agreed": at(25)}, {"agreed": at(26)}, {"agreed": at(25)}).earlier == (at(25), at(26))


def test_another_time_of_the_day_is_a_move(follow) -> None:
    assert follow({"agreed": at(25)}, {"agreed": at(25, 10)}).earlier == (at(25),)


@pytest.mark.parametrize(
    ("said", "sequence"),
    [
        ([{"agreed": at(25)}], 0),
        ([{"agreed": at(25)}, {"agreed": at(25), "status": "doing", "title": "Otra"}], 0),
        ([{"agreed": at(25)}, {}], 1),
        ([{"agreed": at(25)}, {}, {}], 1),
        ([{"agreed": at(25)}, {}, {"agreed": at(25)}], 2),
        ([{"agreed": at(25)}, {}, {"agreed": at(26)}], 2),
        ([{"agreed": at(25), "labels": "por confirmar"}, {"agreed": at(25)}], 1),
        ([{"agreed": at(25), "labels": "por confirmar"}, {"agreed": at(26)}], 1),
        ([{"agreed": at(20)}, {"agreed": at(20)}], 0),
        ([{"agreed": at(20)}, {"agreed": at(20), "status": "done"}], 0),
        ([{"agreed": at(20), "labels": "por confirmar"}, {"agreed": at(20), "labels": "por confirmar"}], 0),
    ],
)
def test_the_sequence_grows_with_each_change_that_a_calendar_shows(follow, said, sequence: int) -> None:
    assert follow(*said).sequence == sequence


def test_a_ticket_that_left_is_told_as_it_was_seen_last(follow) -> None:
    left = follow({"agreed": at(25), "title": "Vieja"}, {"agreed": at(25), "title": "Nueva"}, None)
    assert (left.ticket.title, left.listed) == ("Nueva", False)


def test_the_earliest_comes_first(make_project) -> None:
    found = appointments(make_project({"agreed": at(27)}, {}, {"agreed": at(20)}, {"agreed": at(25)}))
    assert [appointment.ticket.ticket for appointment in found] == ["3", "4", "1"]


def test_a_midnight_is_a_day_without_a_time(follow) -> None:
    day = follow({"agreed": at(25, 0), "estimate_hours": 2.0})
    assert (day.is_day, day.length) == (True, timedelta(days=1))


@pytest.mark.parametrize(
    ("estimate", "hours"), [(None, 1), (0.0, 1), (0.2, 1), (0.25, 0.25), (1.5, 1.5), (4.0, 4), (8.0, 1)]
)
def test_an_appointment_takes_what_is_estimated_for_one_sitting(follow, estimate: float | None, hours: float) -> None:
    assert follow({"agreed": at(25), "estimate_hours": estimate}).length == timedelta(hours=hours)


def test_a_project_without_a_day_has_its_dates_ahead(make_project, make_tickets) -> None:
    table = make_tickets({"agreed": at(20)}, zone=CARACAS.key)
    (found,) = appointments(make_project(cuts=(Cut(number=1, day=None, instant=None, tickets=table),)))
    assert found.state is AGREED


SAID = st.none() | st.fixed_dictionaries(
    {
        "agreed": st.none() | st.sampled_from([at(4), at(12), at(19), at(25), at(26, 0)]),
        "status": st.sampled_from(["todo", "doing", "waiting", "done", "cancelled"]),
        "labels": st.sampled_from(["", "por confirmar"]),
    }
)


@settings(max_examples=60)
@given(st.lists(SAID, min_size=1, max_size=5))
def test_the_sequence_grows_by_one_exactly_when_a_calendar_would_show_a_change(
    make_project, make_tickets, said
) -> None:
    """A calendar takes no notice of an event whose sequence is not greater."""
    days = [date(2026, 10, 26) + timedelta(weeks=week) for week in range(len(said))]
    tables = [make_tickets(*([ticket] if ticket else []), zone=CARACAS.key) for ticket in said]
    cuts = [
        Cut(number=number, day=day, instant=None, tickets=table)
        for number, (day, table) in enumerate(zip(days, tables, strict=True), start=1)
    ]
    after = [appointments(make_project(cuts=tuple(cuts[:count]))) for count in range(1, len(cuts) + 1)]
    known = [found[0] for found in after if found]
    assert [appointment.sequence for appointment in known[:1]] in ([], [0])
    for one, other in pairwise(known):
        changed = (one.moment, one.tentative, one.state is CANCELLED) != (
            other.moment, other.tentative, other.state is CANCELLED,
        )  # fmt: skip
        assert other.sequence == one.sequence + changed
        assert other.times_moved - one.times_moved == (one.moment != other.moment)
