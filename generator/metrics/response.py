"""How long support tickets took to their first answer and to their resolution, against the contracted times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..tickets.table import State
from .times import nearest_rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ..projects.calendar import ServiceCalendar, Window
    from ..projects.model import Project

    _When = tuple[date, Window]

_HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Measure:
    """The service hours from the opening of a ticket to an event, or to the cut while that `happened` not.

    They are between `least` and `most`: the two differ where the export tells a day without a time of day. `days` are
    working days from day to day. `contracted` are the hours within which it has to happen, None where nothing says.
    """

    happened: bool
    least: float
    most: float
    days: int
    contracted: float | None = None

    @property
    def hours(self) -> float | None:
        """The service hours; None where they are not known to the minute."""
        return self.least if self.least == self.most else None

    @property
    def within(self) -> bool | None:
        """Whether it is within what is contracted; None where nothing is, or where the hours leave it open."""
        if self.contracted is None:
            return None
        if self.most <= self.contracted:
            return True
        return False if self.least > self.contracted else None

    @property
    def left(self) -> float | None:
        """The hours up to what is contracted, negative beyond it; None where they are not known."""
        return None if self.contracted is None or self.hours is None else self.contracted - self.hours


@dataclass(frozen=True, kw_only=True)
class Response:
    """The two measures of a ticket; None where the export does not tell."""

    answer: Measure | None
    resolution: Measure | None


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What the measures of a project say together.

    `median` and `p85` are of the `known` ones, in service hours, or in working days where no hour is known
    (`in_days`). `within` counts those of `judged`: what has happened, and can be held to a contracted time. `late` are
    those that have not happened and are beyond it.
    """

    known: int
    median: float | None
    p85: float | None
    in_days: bool
    judged: int
    within: int
    late: int


def responses(project: Project) -> dict[str, Response]:
    """Return the measures of each ticket of the last cut, by its number.

    A ticket to do without a first answer has not been answered yet, in an export that tells first answers at all; of
    one that is in work it is not known. A cancelled ticket is not resolved.
    """
    created, answered, closed = (_whens(project, name) for name in ("created", "answered", "closed"))
    moment = project.cut.instant or project.cut.day
    now = (moment, project.calendar.window(moment)) if moment else None
    told = any(answered)
    found = {}
    for ticket, start, answer, end in zip(project.each, created, answered, closed, strict=True):
        found[ticket.ticket] = Response(
            answer=_measure(
                start,
                answer,
                now if told and ticket.status == State.TODO else None,
                project.service_times.for_first_answer(ticket.priority),
                project.calendar,
            ),
            resolution=_measure(
                start,
                end if ticket.status == State.DONE else None,
                None if ticket.is_over else now,
                project.service_times.for_resolution(ticket.priority),
                project.calendar,
            ),
        )
    return found


def summary(measures: Iterable[Measure | None]) -> Summary:
    """Return the summary of *measures*, those that are not known left out."""
    known = [measure for measure in measures if measure]
    happened = [measure for measure in known if measure.happened]
    judged = [measure for measure in happened if measure.within is not None]
    hours = sorted(measure.hours for measure in happened if measure.hours is not None)
    amounts: Sequence[float] = hours or sorted(measure.days for measure in happened)
    return Summary(
        known=len(amounts),
        median=nearest_rank(amounts, 50),
        p85=nearest_rank(amounts, 85),
        in_days=not hours and bool(amounts),
        judged=len(judged),
        within=sum(measure.within is True for measure in judged),
        late=sum(measure.within is False for measure in known if not measure.happened),
    )


def _whens(project: Project, name: str) -> list[_When | None]:
    windows = project.calendar.windows(project.tickets[name])
    times = (getattr(ticket, name) for ticket in project.each)
    return [(time, window) if window else None for time, window in zip(times, windows, strict=True)]


def _measure(
    start: _When | None, event: _When | None, now: _When | None, contracted: float | None, calendar: ServiceCalendar
) -> Measure | None:
    """Return the measure from *start* to *event*, or, while it is awaited, to *now*; None where they are not known.

    An event before its start is a mistake of the export, and not known either.
    """
    end = event or now
    if start is None or end is None:
        return None
    (first_day, opened), (last_day, ended) = start, end
    most = ended[1] - opened[0]
    if most < 0:
        return None
    return Measure(
        happened=event is not None,
        least=max(0, ended[0] - opened[1]) / _HOUR,
        most=most / _HOUR,
        days=max(0, calendar.days(first_day, last_day)),
        contracted=contracted,
    )
