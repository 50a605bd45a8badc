"""How long tickets take and how old they are, in working days of the project's calendar.

Lead time runs from the day a ticket was created to the day it was closed as done; the age of a work item from the day
it was begun, or where that is unknown created, to the day of the cut. A ticket opened and closed on one day took 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tickets.table import State

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from ..projects.calendar import ServiceCalendar

_OVER = (State.DONE, State.CANCELLED)


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


def ages(tickets: pd.DataFrame, calendar: ServiceCalendar, day: date) -> npt.NDArray[np.float64]:
    """Return the age of each open ticket on *day*, NaN where nothing says when it began; in the order of the table."""
    still_open = tickets[~tickets["status"].isin(_OVER)]
    since = still_open["started"].where(
        (still_open["status"] != State.TODO) & (still_open["started"] < _end_of(day, still_open)).fillna(False),
        still_open["created"],
    )
    today = pd.Series([pd.Timestamp(day, tz=since.dt.tz)] * len(since), index=since.index, dtype=since.dtype)
    return np.maximum(calendar.days_between(since, today), 0)


def spread(values: npt.NDArray[np.float64]) -> Spread | None:
    """Return the spread of *values* without the unknown and the negative ones; None when none is left."""
    known = np.sort(values[values >= 0])
    if not len(known):
        return None
    return Spread(count=len(known), median=_at(known, 50), high=_at(known, 85))


def _at(ordered: npt.NDArray[np.float64], percent: int) -> int:
    """Return the smallest of *ordered* that at least *percent* in a hundred do not exceed."""
    return int(ordered[-(-percent * len(ordered) // 100) - 1])


def _end_of(day: date, tickets: pd.DataFrame) -> Any:
    return pd.Timestamp(day, tz=tickets["started"].dt.tz) + pd.Timedelta(days=1)
