"""What is agreed with the client, ticket by ticket, and how it changed over the cuts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from ..text import slugify
from ..tickets.table import State, Ticket, rows

if TYPE_CHECKING:
    import pandas as pd

    from ..projects.model import Cut, Project

USUAL_LENGTH = timedelta(hours=1)
_SHORTEST, _LONGEST = 0.25, 4.0
"""Hours: an estimate within them is the length of an appointment; a longer one is work for more than one sitting."""
PROPOSED_WORDS = frozenset(
    {
        *("fecha-propuesta", "cita-propuesta", "por-confirmar", "fecha-por-confirmar"),
        *("proposed-date", "tentative", "to-be-confirmed"),
        *("data-proposta", "a-confirmar"),
    }
)
"""Labels, or words of the tracker for a state, by which an executive marks a date that the client has yet to confirm.

A bare "propuesta" is not one of them: in a business case that is the offer.
"""


class AppointmentState(StrEnum):
    """How an agreed date stands on the day of the cut.

    An export has one column for dates, so a date is taken as agreed unless its ticket says that it is not.
    A ticket that has only a due date has no appointment, whoever has to act on it: that date is the plan's.
    """

    PROPOSED = "proposed"
    """Today or ahead, and a label or the tracker's state of the open ticket is one of `PROPOSED_WORDS`."""
    AGREED = "agreed"
    """Today or ahead, the ticket open; waiting on the client too, who may have to prepare for it."""
    HELD = "held"
    """The ticket was done on its day or later."""
    PAST = "past"
    """Its day has passed, and nothing says whether it took place: the ticket is still open, or was cancelled
    afterwards, or it lost the date, or left the export, in a cut after that day."""
    CANCELLED = "cancelled"
    """Before its day had passed the ticket was cancelled, or done, or left the export, or lost the date."""


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """The last date agreed for a ticket.

    `moment` is on the project's clock, and at midnight when only the day is agreed. `sequence` counts the changes of
    date, confirmation or cancellation between cuts: RFC 5545, 3.8.7.4. Several changes between two cuts are one.
    """

    ticket: Ticket
    """as the newest cut that has it shows it"""
    listed: bool
    """whether the last cut still has the ticket"""
    moment: datetime
    state: AppointmentState
    tentative: bool = False
    """whether the client has yet to confirm it, or never did"""
    earlier: tuple[datetime, ...] = ()
    """the dates that it had before, the oldest first"""
    sequence: int = 0
    last_changed: Cut
    """the cut that first showed it as it is"""

    @property
    def times_moved(self) -> int:
        """How many times another date was agreed."""
        return len(self.earlier)

    @property
    def is_day(self) -> bool:
        """Whether only the day is agreed, and no time."""
        return is_day(self.moment)

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to come."""
        return self.state in (AppointmentState.PROPOSED, AppointmentState.AGREED)

    @property
    def length(self) -> timedelta:
        """How long it takes: see `length_of`; whole days when only the day is agreed."""
        return timedelta(days=1) if self.is_day else length_of(self.ticket)


def appointments(project: Project) -> tuple[Appointment, ...]:
    """Return what was ever agreed for each ticket of *project*, the earliest first."""
    seen: dict[str, list[tuple[Cut, Ticket | None]]] = {}
    for cut in project.cuts:
        shown = {ticket.ticket: ticket for ticket in dated(cut.tickets, seen)}
        for number in shown:
            seen.setdefault(number, [])
        for number, history in seen.items():
            history.append((cut, shown.get(number)))
    return tuple(sorted((_follow(history) for history in seen.values()), key=_by_moment))


def length_of(ticket: Ticket) -> timedelta:
    """Return how long an appointment for *ticket* takes: what is estimated, from a quarter of an hour to four hours.

    An hour, where there is no such estimate.
    """
    estimate = ticket.estimate_hours
    return timedelta(hours=estimate) if estimate and _SHORTEST <= estimate <= _LONGEST else USUAL_LENGTH


def is_proposed(ticket: Ticket) -> bool:
    """Tell whether the agreed date of an open *ticket* is marked as yet to be confirmed, by one of `PROPOSED_WORDS`."""
    said = (*ticket.labels.split(","), ticket.tracker_status)
    return not ticket.is_over and any(slugify(word) in PROPOSED_WORDS for word in said)


def is_day(moment: datetime) -> bool:
    """Tell whether *moment* is a day without a time: its midnight."""
    return moment.time() == time(0)


def dated(tickets: pd.DataFrame, known: Collection[str] = ()) -> Iterator[Ticket]:
    """Yield the tickets that have an agreed date, and the *known* ones."""
    wanted = tickets["agreed"].notna()
    if known:
        wanted |= tickets["ticket"].isin(list(known))
    return rows(tickets[wanted]) if wanted.any() else iter(())


def _follow(history: Iterable[tuple[Cut, Ticket | None]]) -> Appointment:
    """Return what became of a ticket's date, from the first cut that had one to the last."""
    dates: list[datetime] = []
    versions: list[tuple[datetime, bool, bool]] = []
    stopped: date | None = None
    for cut, present in history:
        agreed = present.agreed if present else None
        if present:
            ticket = present
        if agreed and agreed not in dates[-1:]:
            dates.append(agreed)
        stopped = None if agreed and not ticket.is_over else stopped or _day(cut)
        state = _state(dates[-1], present, stopped, _day(cut))
        tentative = is_proposed(ticket)
        version = (dates[-1], tentative, state is AppointmentState.CANCELLED)
        if version not in versions[-1:]:
            versions.append(version)
            last_changed = cut
    return Appointment(
        ticket=ticket,
        listed=present is not None,
        moment=dates[-1],
        state=state,
        tentative=tentative,
        earlier=tuple(dates[:-1]),
        sequence=len(versions) - 1,
        last_changed=last_changed,
    )


def _state(moment: datetime, ticket: Ticket | None, stopped: date | None, today: date) -> AppointmentState:
    """Return how a date stands: *ticket* as the cut of *today* has it, *stopped* the day it no longer stood there."""
    day = moment.date()
    if stopped is None:
        if day < today:
            return AppointmentState.PAST
        return AppointmentState.PROPOSED if ticket and is_proposed(ticket) else AppointmentState.AGREED
    if ticket and ticket.is_over and ticket.closed:
        stopped = min(stopped, ticket.closed.date())
    if ticket and ticket.status == State.DONE:
        return AppointmentState.HELD if day <= stopped else AppointmentState.CANCELLED
    return AppointmentState.PAST if day < stopped else AppointmentState.CANCELLED


def _day(cut: Cut) -> date:
    return cut.day or date.min


def _by_moment(appointment: Appointment) -> tuple[datetime, str]:
    return appointment.moment, appointment.ticket.ticket
