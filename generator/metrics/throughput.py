"""How many tickets a project finishes, and how many it gets, week by week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..tickets.table import State

if TYPE_CHECKING:
    import numpy.typing as npt

    Weeks = npt.NDArray[np.int64]


def weekly_throughput(tickets: pd.DataFrame, end: date) -> Weeks:
    """Return how many tickets were finished (done, not cancelled) in each week, the oldest first.

    A week is seven whole days in the zone of the table, and the last one ends with the day *end*. The first one is
    that of the first creation, or of the first ticket finished where no creation is known or is later. A finished
    ticket whose closing is unknown or later than *end* is not counted. Without a day to start from: empty.
    """
    return _count(tickets, "closed", tickets["status"] == State.DONE, end)


def weekly_arrivals(tickets: pd.DataFrame, end: date) -> Weeks:
    """Return how many tickets were created in each week of `weekly_throughput`, the cancelled ones left out."""
    return _count(tickets, "created", tickets["status"] != State.CANCELLED, end)


def _count(tickets: pd.DataFrame, what: str, which: pd.Series[bool], end: date) -> Weeks:
    finished = tickets.loc[tickets["status"] == State.DONE, "closed"]
    ages = np.concatenate([_weeks_ago(tickets["created"], end), _weeks_ago(finished, end)])
    if not len(ages):
        return np.zeros(0, dtype=np.int64)
    counted = _weeks_ago(tickets.loc[which.fillna(False), what], end)
    return np.bincount(counted, minlength=int(ages.max()) + 1)[::-1].astype(np.int64)


def _weeks_ago(times: pd.Series[pd.Timestamp], end: date) -> Weeks:
    """Return the age in whole weeks of each known time until the end of the day *end*; 0 is the week that ends then."""
    known = pd.to_datetime(times.dropna()).dt.tz_localize(None)
    after = pd.Timestamp(end + timedelta(days=1))
    days = (after - known[known < after].dt.normalize()).dt.days
    return np.asarray((days - 1) // 7, dtype=np.int64)
