"""How long tickets take and how old they are, in working days of the project's calendar.

Lead time runs from the day a ticket was created to the day it was closed as done; the age of a work item from the day
it was begun, or where that is unknown created, to the day of the cut. A ticket opened and closed on one day took 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..tickets.table import State

if TYPE_CHECKING:
    from datetime import date, datetime

    import numpy.typing as npt
    import pandas as pd

    from ..projects.calendar import ServiceCalendar
    from ..tickets.table import Ticket


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Half of `count` values are at most `median`, 85 in a hundred at most `high` (nearest rank)."""

    count: int
    median: int
    high: int


def lead_time(tickets: pd.DataFrame, calendar: ServiceCalendar) -> Spread | None:
    """Return the spread of the lead times of the done tickets whose dates are known; None without any."""
    done = tickets[tickets["status"] == State.DONE]
    return spread(calendar.days_between(done["created"], done["closed"]))


def began(ticket: Ticket, day: date | None) -> datetime | None:
    """Return when the age of an open ticket begins, seen on *day*.

    A ticket to do has not been started, whatever day its tracker plans for that, and a start after *day* is a plan
    too: both are as old as their record.
    """
    if ticket.status != State.TODO and ticket.started and (day is None or ticket.started.date() <= day):
        return ticket.started
    return ticket.created


def ages(tickets: Iterable[Ticket], calendar: ServiceCalendar, day: date) -> list[int | None]:
    """Return the age of each open ticket on *day*, in their order; None where nothing says when it began."""
    since = (began(ticket, day) for ticket in tickets if not ticket.is_over)
    return [None if moment is None else max(calendar.days(moment, day), 0) for moment in since]


def spread(values: npt.NDArray[np.float64]) -> Spread | None:
    """Return the spread of *values* without the unknown and the negative ones; None when none is left."""
    known = np.sort(values[values >= 0]).astype(int).tolist()
    median, high = nearest_rank(known, 50), nearest_rank(known, 85)
    if median is None or high is None:
        return None
    return Spread(count=len(known), median=int(median), high=int(high))


def nearest_rank(ordered: Sequence[float], percent: int) -> float | None:
    """Return the smallest of the *ordered* values that *percent* in a hundred of them do not exceed; None without any.

    The nearest-rank percentile: always one of the values.

    >>> nearest_rank([1, 2, 3, 4], 50), nearest_rank([1, 2, 3, 4], 85)
    (2, 4)
    """
    return ordered[math.ceil(len(ordered) * percent / 100) - 1] if ordered else None
