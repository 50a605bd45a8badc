"""The hours of a póliza: contracted, used, reserved and left, with the ticket that each used hour is charged by.

An export tells the hours of a ticket only in total, so a ticket is charged whole, on one day: the day on which it was
closed; while it is open, the day of its last change. It is charged to the policy when that day is within its term, so
that at any cut each ticket belongs to one term and whoever has the export can add it up again. A cancelled ticket is
charged like any other: its hours were worked. One that is withheld from the client is no part of the project, and
charges nothing: the client can see every hour. All amounts are whole minutes, so that they add up exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import floor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from ..projects.model import Policy, Project
    from ..tickets.table import Ticket

THRESHOLDS = (50, 75, 90, 100)
"""Hundredths of the contracted hours that are worth saying once they are used."""
FEWEST_WEEKS = 8
FEWEST_CHARGES = 8
"""With less history than this a pace is a guess, and no date is told."""
_DRAWS = 2_000
_RANGE = (0.15, 0.85)
_SEED = 180
_HORIZON = timedelta(weeks=104)
_LONGEST_CHART = 13
"""Months: a term of a year that begins within a month touches thirteen."""


@dataclass(frozen=True, kw_only=True)
class Charge:
    """The minutes of one ticket, and the moment that decides the term and the month they count in."""

    ticket: Ticket
    minutes: int
    when: datetime


@dataclass(frozen=True, kw_only=True)
class Month:
    """Minutes charged in the month that begins on `first`, by tickets that are over and by those still open."""

    first: date
    over: int = 0
    open: int = 0

    @property
    def minutes(self) -> int:
        """All minutes of the month."""
        return self.over + self.open


class Outlook(StrEnum):
    """What can be said of the day on which the hours run out."""

    BETWEEN = "between"  # between `first` and `last`
    MAYBE = "maybe"  # on `first` at the earliest, and perhaps not before `limit`
    LASTING = "lasting"  # not before `limit`
    USED_UP = "used-up"  # they already have
    ENDED = "ended"  # the term is over
    UNKNOWN = "unknown"  # too little history


@dataclass(frozen=True, kw_only=True)
class RunOut:
    """When the hours run out, as a range; `weeks` is the history behind it and `pace` its minutes a week."""

    outlook: Outlook
    weeks: int = 0
    pace: float = 0.0
    first: date | None = None
    last: date | None = None
    limit: date | None = None
    """the last day looked at: that of the policy, or two years from the cut"""


@dataclass(frozen=True, kw_only=True)
class HourBank:
    """The minutes of a policy. `used` is None where the export has no hours at all: nobody knows how many.

    `reserved` is what open tickets still need by their estimate, None where no open ticket has one.
    `used` = the sum of `charges` = `contracted` − `left` − `reserved`.
    """

    contracted: int
    used: int | None = None
    reserved: int | None = None
    open: int = 0
    """open tickets"""
    estimated: int = 0
    """open tickets that have an estimate"""
    charges: tuple[Charge, ...] = ()
    """the newest first"""
    outside: int = 0
    """minutes of the export that are not charged: of tickets before or after the term, or without any date"""
    months: tuple[Month, ...] = ()
    run_out: RunOut | None = None

    @property
    def left(self) -> int | None:
        """What is neither used nor reserved; below zero when more is than was contracted."""
        return None if self.used is None else self.contracted - self.used - (self.reserved or 0)

    @property
    def crossed(self) -> int | None:
        """The highest of `THRESHOLDS` that the used hours have reached, or None."""
        used = self.used or 0
        return max((percent for percent in THRESHOLDS if 100 * used >= percent * self.contracted), default=None)


def hour_bank(project: Project) -> HourBank | None:
    """Return the hours of the project's policy at its last cut; None where no hours are contracted."""
    policy, today = project.policy, project.cut.day
    if not policy.hours:
        return None
    contracted = to_minutes(policy.hours)
    still_open = [ticket for ticket in project.each if not ticket.is_over]
    estimated = [ticket for ticket in still_open if to_minutes(ticket.estimate_hours)]
    spent = [ticket for ticket in project.each if to_minutes(ticket.spent_hours)]
    if not spent:
        return HourBank(contracted=contracted, open=len(still_open), estimated=len(estimated))
    charges = sorted(_charges(spent, policy), key=lambda charge: charge.when, reverse=True)
    used = sum(charge.minutes for charge in charges)
    return HourBank(
        contracted=contracted,
        used=used,
        reserved=None if still_open and not estimated else sum(map(_still_needed, estimated)),
        open=len(still_open),
        estimated=len(estimated),
        charges=tuple(charges),
        outside=sum(to_minutes(ticket.spent_hours) for ticket in spent) - used,
        months=_months(charges, policy, today),
        run_out=_run_out(charges, contracted - used, policy, today),
    )


def to_minutes(hours: float | None) -> int:
    """Return *hours* in whole minutes, half a minute rounded up; 0 for none and for less than none.

    >>> to_minutes(0.8), to_minutes(1.125), to_minutes(None)
    (48, 68, 0)
    """
    return max(0, floor(60 * hours + 0.5)) if hours else 0


def _charges(spent: Iterable[Ticket], policy: Policy) -> Iterable[Charge]:
    since, until = policy.since or date.min, policy.until or date.max
    for ticket in spent:
        when = (ticket.closed if ticket.is_over else None) or ticket.updated or ticket.created
        if when is not None and since <= when.date() <= until:
            yield Charge(ticket=ticket, minutes=to_minutes(ticket.spent_hours), when=when)


def _still_needed(ticket: Ticket) -> int:
    return max(0, to_minutes(ticket.estimate_hours) - to_minutes(ticket.spent_hours))


def _months(charges: Sequence[Charge], policy: Policy, today: date | None) -> tuple[Month, ...]:
    """Return the months of the term; those of a long or endless one are the twelve up to the cut."""
    over: dict[int, int] = {}
    still_open: dict[int, int] = {}
    for charge in charges:
        amounts = over if charge.ticket.is_over else still_open
        month = _month_number(charge.when.date())
        amounts[month] = amounts.get(month, 0) + charge.minutes
    shown = _shown_months(policy, today, {*over, *still_open})
    return tuple(
        Month(first=date(month // 12, month % 12 + 1, 1), over=over.get(month, 0), open=still_open.get(month, 0))
        for month in shown
    )


def _shown_months(policy: Policy, today: date | None, charged: set[int]) -> range:
    if policy.since and policy.until:
        term = range(_month_number(policy.since), _month_number(policy.until) + 1)
        if len(term) <= _LONGEST_CHART:
            return term
    last = max([*charged, *([_month_number(today)] if today else [])], default=-1)
    return range(max(last - 11, 12), last + 1)


def _month_number(day: date) -> int:
    return 12 * day.year + day.month - 1


def _run_out(charges: Sequence[Charge], remaining: int, policy: Policy, today: date | None) -> RunOut:
    """Return when *remaining* minutes are used up, if the weeks to come are like those of the policy so far.

    A bootstrap: the history is the minutes charged in each whole week from the policy's first day to the cut. A draw
    takes as many weeks at random from it, with repetition, as what the history might have been (the pace is known only
    from these weeks), and from those takes a week at random for each week to come until *remaining* is used. The range
    holds the middle 70 % of 2,000 draws. All weeks count, not the newest alone: an open ticket's hours stand at its
    last change, which swells the newest weeks, whereas the sum over the whole term is exact.
    """
    if remaining <= 0:
        return RunOut(outlook=Outlook.USED_UP)
    if today is None or not charges:
        return RunOut(outlook=Outlook.UNKNOWN)
    if policy.until and today > policy.until:
        return RunOut(outlook=Outlook.ENDED)
    weekly, used_in = _weekly_use(charges, policy.since or min(charge.when.date() for charge in charges), today)
    if len(weekly) < FEWEST_WEEKS or used_in < FEWEST_CHARGES:
        return RunOut(outlook=Outlook.UNKNOWN, weeks=len(weekly))
    limit = min(policy.until or date.max, today + _HORIZON)
    weeks_ahead = (limit - today).days // 7
    first, last = (
        today + timedelta(weeks=int(week)) if week <= weeks_ahead else None
        for week in np.quantile(_weeks_to_use(remaining, weekly, weeks_ahead), _RANGE, method="inverted_cdf")
    )
    outlook = Outlook.BETWEEN if last else Outlook.MAYBE if first else Outlook.LASTING
    pace = float(weekly.mean())
    return RunOut(outlook=outlook, weeks=len(weekly), pace=pace, first=first, last=last, limit=limit)


def _weekly_use(charges: Iterable[Charge], since: date, today: date) -> tuple[npt.NDArray[np.float64], int]:
    """Return the minutes of each whole week that ends with *today*'s, and by how many charges."""
    weeks = max(0, ((today - since).days + 1) // 7)
    ages = [((today - charge.when.date()).days // 7, charge.minutes) for charge in charges]
    within = [(age, minutes) for age, minutes in ages if 0 <= age < weeks]
    weekly = np.zeros(weeks)
    for age, minutes in within:
        weekly[age] += minutes
    return weekly, len(within)


def _weeks_to_use(remaining: int, weekly: npt.NDArray[np.float64], weeks_ahead: int) -> npt.NDArray[np.int64]:
    """Return in how many weeks each draw uses *remaining* minutes; one more than *weeks_ahead* where it does not."""
    random = np.random.default_rng(_SEED)
    history = weekly[random.integers(len(weekly), size=(_DRAWS, len(weekly)))]
    to_come = np.take_along_axis(history, random.integers(len(weekly), size=(_DRAWS, weeks_ahead)), axis=1)
    return np.asarray((to_come.cumsum(axis=1) < remaining).sum(axis=1) + 1, dtype=np.int64)
