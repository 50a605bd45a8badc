"""How work came in and got done, week by week: scope, work begun, work done.

Everything is counted from the dates of the last cut's tickets, without the cancelled ones, at the end of each week
that ends on the weekday of the cut: what a cumulative flow diagram and a burn-up chart draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..tickets.table import State

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

_WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Counts of tickets at the end of each of `days`, the oldest first; the last day is the cut's.

    `scope` are those created by then, `started` those of them that had been begun or were over, `done` those closed as
    done. A done ticket without a closing date counts on the last day only, one without a creation date on every day.
    `started` is None where the export tells of no ticket when it was begun.
    """

    days: tuple[date, ...] = ()
    scope: tuple[int, ...] = ()
    started: tuple[int, ...] | None = None
    done: tuple[int, ...] = ()


def flow(tickets: pd.DataFrame, end: date) -> Flow:
    """Return the flow of a ticket table up to the day *end*, in the zone of its times."""
    counted = tickets[tickets["status"] != State.CANCELLED]
    created, begun, closed = (_days(counted[name]) for name in ("created", "started", "closed"))
    done = np.asarray(counted["status"] == State.DONE, dtype=bool)
    underway = np.asarray(counted["status"].isin((State.DOING, State.WAITING)), dtype=bool)
    first = min((day for part in (created, closed) for day in part[~np.isnat(part)]), default=None)
    if first is None:
        return Flow()
    last = np.datetime64(end, "D")
    days = [end]
    while np.datetime64(days[-1], "D") > first:
        days.append(days[-1] - _WEEK)
    marks = np.array(days[::-1], dtype="datetime64[D]")
    since = np.where(np.isnat(created), first, created)
    ended = np.clip(np.where(done & ~np.isnat(closed), closed, last), since, None)
    started = np.minimum(np.clip(np.where(np.isnat(begun), ended, begun), since, None), ended)
    known = not np.isnat(begun).all()
    return Flow(
        days=tuple(days[::-1]),
        scope=_counts(since, marks),
        started=_counts(np.minimum(started, last)[done | underway], marks) if known else None,
        done=_counts(np.minimum(ended, last)[done], marks),
    )


def _counts(days: npt.NDArray[np.datetime64], marks: npt.NDArray[np.datetime64]) -> tuple[int, ...]:
    """Return how many of *days* are on or before each mark."""
    return tuple(int(count) for count in np.searchsorted(np.sort(days), marks, side="right"))


def _days(times: pd.Series[Any]) -> npt.NDArray[np.datetime64]:
    """Return the local day of each time, NaT where unknown."""
    walls = pc.local_timestamp(pa.array(times)).to_numpy(zero_copy_only=False)
    return np.asarray(walls, dtype="datetime64[us]").astype("datetime64[D]")
