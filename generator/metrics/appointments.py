"""What is agreed with the client, ticket by ticket, and how it changed over the cuts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from ..text import slugify
from ..tickets.table import OVER, State, Ticket, rows

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
        return timedelta(days=1) if self.is_day else length_of(self.ticket.estimate_hours)


class _Seen(NamedTuple):
    """What one cut says of a ticket, as far as its date goes: a year of cuts is read without the rest."""

    ticket: str
    agreed: datetime | None
    status: str
    closed: datetime | None
    labels: str
    tracker_status: str

    @property
    def is_over(self) -> bool:
        return self.status in OVER


_History = list[tuple["Cut", _Seen | None]]


def appointments(project: Project) -> tuple[Appointment, ...]:
    """Return what was ever agreed for each ticket of *project*, the earliest first."""
    histories: dict[str, _History] = {}
    for cut in project.cuts:
        shown = {seen.ticket: seen for seen in map(_Seen._make, dated(cut.tickets, _Seen._fields, histories))}
        for number in shown:
            histories.setdefault(number, [])
        for number, history in histories.items():
            history.append((cut, shown.get(number)))
    tickets = _newest(histories, project)
    found = (_follow(history, tickets[number]) for number, history in histories.items())
    return tuple(sorted(found, key=_by_moment))


def length_of(estimate: float | None) -> timedelta:
    """Return how long an appointment takes: the hours estimated, from a quarter of an hour to four.

    An hour, where there is no such estimate.
    """
    return timedelta(hours=estimate) if estimate and _SHORTEST <= estimate <= _LONGEST else USUAL_LENGTH


def is_proposed(ticket: Ticket | _Seen) -> bool:
    """Tell whether the agreed date of an open *ticket* is marked as yet to be confirmed, by one of `PROPOSED_WORDS`."""
    said = (*ticket.labels.split(","), ticket.tracker_status)
    return not ticket.is_over and any(slugify(word) in PROPOSED_WORDS for word in said)


def is_day(moment: datetime) -> bool:
    """Tell whether *moment* is a day without a time: its midnight."""
    return moment.time() == time(0)


def dated(tickets: pd.DataFrame, fields: Iterable[str], known: Collection[str] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield these *fields* of the tickets that have an agreed date, and of the *known* ones."""
    wanted = pc.is_valid(pa.array(tickets["agreed"]))
    if known:
        numbers = pa.array(tickets["ticket"])
        wanted = pc.or_(wanted, pc.is_in(numbers, pa.array(list(known), numbers.type)))
    if pc.any(wanted).as_py():
        yield from zip(*(pa.array(tickets[name]).filter(wanted).to_pylist() for name in fields), strict=True)


def _newest(histories: Mapping[str, _History], project: Project) -> dict[str, Ticket]:
    """Return each ticket as the newest cut that has it shows it."""
    found = {ticket.ticket: ticket for ticket in project.each if ticket.ticket in histories}
    for cut in reversed(project.cuts[:-1]):
        gone = histories.keys() - found.keys()
        if not gone:
            break
        found |= {ticket.ticket: ticket for ticket in rows(cut.tickets[cut.tickets["ticket"].isin(gone)])}
    return found


def _follow(history: _History, ticket: Ticket) -> Appointment:
    """Return what became of a ticket's date, from the first cut that had one to the last."""
    dates: list[datetime] = []
    versions: list[tuple[datetime, bool, bool]] = []
    tentative = False
    stopped: date | None = None
    for cut, seen in history:
        if seen:
            tentative = is_proposed(seen)
            if seen.agreed and seen.agreed not in dates[-1:]:
                dates.append(seen.agreed)
        stands = seen is not None and seen.agreed is not None and not seen.is_over
        stopped = None if stands else stopped or _day(cut)
        state = _state(dates[-1], seen, stopped, _day(cut))
        version = (dates[-1], tentative, state is AppointmentState.CANCELLED)
        if version not in versions[-1:]:
            versions.append(version)
            last_changed = cut
    return Appointment(
        ticket=ticket,
        listed=seen is not None,
        moment=dates[-1],
        state=state,
        tentative=tentative,
        earlier=tuple(dates[:-1]),
        sequence=len(versions) - 1,
        last_changed=last_changed,
    )


def _state(moment: datetime, seen: _Seen | None, stopped: date | None, today: date) -> AppointmentState:
    """Return how a date stands: *seen* as the cut of *today* has it, *stopped* the day it no longer stood there."""
    day = moment.date()
    if stopped is None:
        if day < today:
            return AppointmentState.PAST
        return AppointmentState.PROPOSED if seen and is_proposed(seen) else AppointmentState.AGREED
    if seen and seen.is_over and seen.closed:
        stopped = min(stopped, seen.closed.date())
    if seen and seen.status == State.DONE:
        return AppointmentState.HELD if day <= stopped else AppointmentState.CANCELLED
    return AppointmentState.PAST if day < stopped else AppointmentState.CANCELLED


def _day(cut: Cut) -> date:
    return cut.day or date.min


def _by_moment(appointment: Appointment) -> tuple[datetime, str]:
    return appointment.moment, appointment.ticket.ticket
