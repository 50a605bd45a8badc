"""What is different from one cut to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..tickets.table import OVER, State

if TYPE_CHECKING:
    from datetime import date

    from ..projects.model import Cut


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Ticket numbers by what happened to them between two cuts; a ticket can be in several."""

    new: tuple[str, ...] = ()
    started: tuple[str, ...] = ()
    """to do before, or not there, and now in progress or waiting"""
    finished: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    """the agreed date, or where there is none the due date, is another one"""
    overdue: tuple[str, ...] = ()
    """open, with a date that had not passed on the day of the earlier cut and has on that of the later one"""
    cancelled: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """no longer in the export"""


def changes(before: Cut, after: Cut) -> Changes:
    """Compare two cuts of one project; the times of both are in one zone."""
    old = before.tickets.set_index("ticket")
    new = after.tickets.set_index("ticket")
    both = new.index.intersection(old.index)
    was, now = old.loc[both], new.loc[both]
    fresh = new.loc[new.index.difference(old.index, sort=False)]
    was_over, now_over = was["status"].isin(OVER), now["status"].isin(OVER)
    was_date, now_date = _dates(was), _dates(now)
    moved = was_date.notna() & now_date.notna() & (was_date != now_date).fillna(False) & ~now_over
    late_before = {*old.index[_late(old, before.day)]}
    late_after = new.index[_late(new, after.day)]
    underway = (State.DOING, State.WAITING)
    return Changes(
        new=tuple(fresh.index),
        started=(
            *both[(was["status"] == State.TODO) & now["status"].isin(underway)],
            *fresh.index[fresh["status"].isin(underway)],
        ),
        finished=(*both[(now["status"] == State.DONE) & ~was_over], *fresh.index[fresh["status"] == State.DONE]),
        reopened=tuple(both[was_over & ~now_over]),
        moved=tuple(both[moved]),
        overdue=tuple(ticket for ticket in late_after if ticket not in late_before),
        cancelled=(
            *both[(now["status"] == State.CANCELLED) & ~was_over],
            *fresh.index[fresh["status"] == State.CANCELLED],
        ),
        gone=tuple(old.index.difference(new.index, sort=False)),
    )


def _dates(tickets: pd.DataFrame) -> pd.Series[Any]:
    return tickets["agreed"].fillna(tickets["due"])


def _late(tickets: pd.DataFrame, day: date | None) -> pd.Series[Any]:
    """Return which tickets are open with a date before *day*; none when the cut has no day."""
    if day is None:
        return tickets["status"].isin(())
    dates = _dates(tickets)
    today = pd.Timestamp(day, tz=dates.dt.tz)
    return (dates < today).fillna(False) & ~tickets["status"].isin(OVER)
