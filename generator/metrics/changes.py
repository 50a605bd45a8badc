"""What is different from one cut to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..tickets.table import State

if TYPE_CHECKING:
    import pandas as pd

_OVER = (State.DONE, State.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Ticket numbers by what happened to them between two cuts; a ticket can be in several."""

    new: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    """the agreed date, or where there is none the due date, is another one"""
    gone: tuple[str, ...] = ()
    """no longer in the export"""


def changes(before: pd.DataFrame, after: pd.DataFrame) -> Changes:
    """Compare two ticket tables of one project; the times of both are in one zone."""
    old = before.set_index("ticket")
    new = after.set_index("ticket")
    both = new.index.intersection(old.index)
    was, now = old.loc[both], new.loc[both]
    was_over, now_over = was["status"].isin(_OVER), now["status"].isin(_OVER)
    was_date, now_date = (part["agreed"].fillna(part["due"]) for part in (was, now))
    moved = was_date.notna() & now_date.notna() & (was_date != now_date).fillna(False) & ~now_over
    fresh = new.loc[new.index.difference(old.index, sort=False)]
    return Changes(
        new=tuple(fresh.index),
        finished=(*both[(now["status"] == State.DONE) & ~was_over], *fresh.index[fresh["status"] == State.DONE]),
        reopened=tuple(both[was_over & ~now_over]),
        moved=tuple(both[moved]),
        gone=tuple(old.index.difference(new.index, sort=False)),
    )
