"""The shared clock: for how long AdaptaPro, the client or a third party had each ticket, in service time.

Exports have no history, so it is built from the cuts, each of which shows who has a ticket at its moment:

- Between two cuts with the same party, it was that party's all the time.
- Where the party is another one, it changed at the ticket's last update, if that lies between the two cuts.
- A ticket that is new since the cut before began with AdaptaPro. Of an older one nothing is known from its opening up
  to the last update before the first cut that shows it.
- Closing is AdaptaPro's act; of a ticket that was with someone else at the cut before, it is not known when it came.
- Of a day without a time of day, the whole day is not known.

The rest is not known, and is a part of its own: the parts add up to the whole exactly, to the second of service.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pyarrow as pa

from ..tickets.table import OVER, State, WaitingOn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ..projects.calendar import ServiceCalendar, Window
    from ..projects.model import Cut, Project


class Holder(StrEnum):
    """Who has a ticket."""

    ADAPTAPRO = "adaptapro"
    CLIENT = "client"
    THIRD_PARTY = "third-party"
    UNKNOWN = "unknown"
    NOBODY = "nobody"
    """it is over"""


_WAITS = {
    WaitingOn.ADAPTAPRO: Holder.ADAPTAPRO,
    WaitingOn.CLIENT: Holder.CLIENT,
    WaitingOn.THIRD_PARTY: Holder.THIRD_PARTY,
}


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Seconds of service with each party, and those of which it is not known."""

    adaptapro: int = 0
    client: int = 0
    third_party: int = 0
    unknown: int = 0

    @property
    def known(self) -> int:
        """The seconds of which the party is known."""
        return self.adaptapro + self.client + self.third_party

    @property
    def whole(self) -> int:
        """The seconds from the opening to the closing, or to the cut."""
        return self.known + self.unknown


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a ticket's life: who had it, from and to which second of service."""

    holder: Holder
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A ticket as a cut shows it; `before` is the moment of the cut before, if there is one."""

    moment: int
    before: int | None
    holder: Holder
    created: Window | None
    updated: Window | None
    closed: Window | None


def holder(status: str, waiting_on: str) -> Holder:
    """Return who has a ticket; a waiting one has to say whom it waits for."""
    if status in OVER:
        return Holder.NOBODY
    if waiting_on in _WAITS:
        return _WAITS[WaitingOn(waiting_on)]
    return Holder.UNKNOWN if status == State.WAITING else Holder.ADAPTAPRO


def histories(project: Project, tickets: Collection[str]) -> dict[str, tuple[Span, ...]]:
    """Return the life of each of *tickets*, numbers of the last cut, in spans that follow each other without a gap.

    It goes from the opening to the closing, or to the moment of the last cut. Tickets whose opening is not known, or
    that are over without a closing date, are left out.
    """
    seen: dict[str, list[_Sighting]] = {number: [] for number in tickets}
    before = None
    for cut in project.cuts:
        moment = _moment(cut, project.calendar)
        if moment is None:
            continue
        for number, sighting in _sightings(cut, moment, before, project.calendar):
            if number in seen:
                seen[number].append(sighting)
        before = moment
    lives = {number: _life(sightings) for number, sightings in seen.items() if sightings}
    return {number: life for number, life in lives.items() if life is not None}


def clock(spans: Iterable[Span], *, since: int = 0) -> Clock:
    """Return the seconds of *spans* by party, of a ticket or of several; nothing before *since* counts."""
    seconds = dict.fromkeys(Holder, 0)
    for span in spans:
        seconds[span.holder] += max(0, span.end - max(span.start, since))
    return Clock(
        adaptapro=seconds[Holder.ADAPTAPRO],
        client=seconds[Holder.CLIENT],
        third_party=seconds[Holder.THIRD_PARTY],
        unknown=seconds[Holder.UNKNOWN],
    )


def project_clock(project: Project, lives: Mapping[str, Sequence[Span]]) -> Clock | None:
    """Return the sum over *lives* of the time since the project's first cut; None with fewer than two cuts."""
    moments = [moment for cut in project.cuts if (moment := _moment(cut, project.calendar)) is not None]
    if len(moments) < 2:
        return None
    return clock((span for life in lives.values() for span in life), since=moments[0])


def _moment(cut: Cut, calendar: ServiceCalendar) -> int | None:
    """Return the second of service at which a cut shows the tickets.

    The newest instant of the export, or where that is on an earlier day, the beginning of the cut's day.
    """
    when = cut.instant or cut.day
    return calendar.window(when)[0] if when else None


def _sightings(cut: Cut, moment: int, before: int | None, calendar: ServiceCalendar) -> Iterable[tuple[str, _Sighting]]:
    """Yield the number of each ticket of *cut*, and what the cut shows of it."""
    numbers, states, waits = (pa.array(cut.tickets[name]).to_pylist() for name in ("ticket", "status", "waiting_on"))
    times = (calendar.windows(cut.tickets[name]) for name in ("created", "updated", "closed"))
    for number, status, waiting_on, *windows in zip(numbers, states, waits, *times, strict=True):
        yield number, _Sighting(moment, before, holder(status, waiting_on), *windows)


def _life(sightings: Sequence[_Sighting]) -> tuple[Span, ...] | None:
    """Return the life of one ticket from what the cuts show of it, the oldest first."""
    first, last = sightings[0], sightings[-1]
    over = last.holder is Holder.NOBODY
    if last.created is None or (over and last.closed is None):
        return None
    opened, surely_open = last.created
    walk = _Walk(opened, last.closed[1] if over and last.closed else last.moment)
    walk.to(surely_open, Holder.UNKNOWN)
    is_new = first.before is not None and opened >= first.before
    party = Holder.ADAPTAPRO if is_new else Holder.UNKNOWN
    for sighting in sightings:
        walk.on(party, sighting)
        party = sighting.holder
    walk.to(walk.end, Holder.UNKNOWN)
    return tuple(walk.spans)


class _Walk:
    """Walks through a ticket's life from its opening to its end, saying who had it up to where."""

    def __init__(self, start: int, end: int) -> None:
        self.place = start
        self.end = end
        self.spans: list[Span] = []

    def to(self, place: int, party: Holder) -> None:
        """Go on to *place* with *party*; never back, and not beyond the end."""
        place = min(place, self.end)
        if place > self.place:
            self.spans.append(Span(Holder.UNKNOWN if party is Holder.NOBODY else party, self.place, place))
            self.place = place

    def on(self, party: Holder, sighting: _Sighting) -> None:
        """Go on to *sighting*; *party* is who had the ticket where the walk stands."""
        if sighting.holder is Holder.NOBODY:
            if sighting.closed:
                self.to(sighting.closed[0], party if party is Holder.ADAPTAPRO else Holder.UNKNOWN)
        elif sighting.holder is party:
            self.to(sighting.moment, party)
        elif sighting.updated and sighting.updated[1] >= self.place:
            earliest, latest = sighting.updated
            self.to(min(earliest, sighting.moment), party)
            self.to(min(latest, sighting.moment), Holder.UNKNOWN)
            self.to(sighting.moment, sighting.holder)
        else:
            self.to(sighting.moment, Holder.UNKNOWN)
