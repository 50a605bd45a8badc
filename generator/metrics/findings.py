"""What is to be corrected in the tracker: tickets whose data contradict themselves, or lack what pages need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from ..tickets.table import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..projects.model import Project
    from ..tickets.table import Ticket

_LONG = 24.0
"""Spent hours beyond these on one ticket that was estimated at less than a tenth of them are a slip of the pen."""


class Finding(StrEnum):
    """A kind of wrong or missing data, the gravest first."""

    CLOSED_BEFORE_CREATED = "closed-before-created"
    DUE_BEFORE_CREATED = "due-before-created"
    STARTED_AFTER_CLOSED = "started-after-closed"
    CLOSED_AHEAD = "closed-ahead"
    """closed on a day after the cut"""
    DONE_WITHOUT_DATE = "done-without-date"
    UNKNOWN_STATE = "unknown-state"
    WITHOUT_TITLE = "without-title"
    WITHOUT_PERSON = "without-person"
    """open and begun, with nobody assigned"""
    WAITING_FOR_NOBODY = "waiting-for-nobody"
    """waiting, and nobody said for whom"""
    UNLIKELY_HOURS = "unlikely-hours"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A kind of finding and its tickets, in the order of the table."""

    kind: Finding
    tickets: tuple[Ticket, ...]


def findings(project: Project) -> tuple[Found, ...]:
    """Return what is to be corrected in the tickets of *project*, the gravest kind first, without empty ones."""
    found = ((kind, tuple(ticket for ticket in project.each if test(ticket, project))) for kind, test in _TESTS.items())
    return tuple(Found(kind=kind, tickets=tickets) for kind, tickets in found if tickets)


def _closed_before_created(ticket: Ticket, _: Project) -> bool:
    return bool(ticket.closed and ticket.created and ticket.closed < ticket.created - timedelta(days=1))


def _due_before_created(ticket: Ticket, _: Project) -> bool:
    return bool(ticket.due and ticket.created and ticket.due + timedelta(days=1) <= ticket.created)


def _started_after_closed(ticket: Ticket, _: Project) -> bool:
    return bool(ticket.started and ticket.closed and ticket.started.date() > ticket.closed.date())


def _closed_ahead(ticket: Ticket, project: Project) -> bool:
    return bool(ticket.closed and project.cut.day and ticket.closed.date() > project.cut.day)


def _is_waiting_for_nobody(ticket: Ticket, _: Project) -> bool:
    return ticket.status == State.WAITING and not ticket.waiting_on


def _has_unlikely_hours(ticket: Ticket, _: Project) -> bool:
    spent, estimate = ticket.spent_hours or 0.0, ticket.estimate_hours or 0.0
    return spent < 0 or (spent > _LONG and 0 < 10 * estimate < spent)


_TESTS: Mapping[Finding, Callable[[Ticket, Project], bool]] = {
    Finding.CLOSED_BEFORE_CREATED: _closed_before_created,
    Finding.DUE_BEFORE_CREATED: _due_before_created,
    Finding.STARTED_AFTER_CLOSED: _started_after_closed,
    Finding.CLOSED_AHEAD: _closed_ahead,
    Finding.DONE_WITHOUT_DATE: lambda ticket, _: ticket.status == State.DONE and ticket.closed is None,
    Finding.UNKNOWN_STATE: lambda ticket, project: ticket.tracker_status in project.unclassified,
    Finding.WITHOUT_TITLE: lambda ticket, _: not ticket.title,
    Finding.WITHOUT_PERSON: lambda ticket, _: ticket.status == State.DOING and not ticket.assignee,
    Finding.WAITING_FOR_NOBODY: _is_waiting_for_nobody,
    Finding.UNLIKELY_HOURS: _has_unlikely_hours,
}
