"""How far a project is: tickets by state, and the percentage done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..tickets.table import State, WaitingOn

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Counts of tickets. `on_client` are the open tickets that wait for the client; they are part of `waiting`."""

    todo: int = 0
    doing: int = 0
    waiting: int = 0
    done: int = 0
    cancelled: int = 0
    on_client: int = 0

    @property
    def total(self) -> int:
        """All tickets but the cancelled ones: what the percentage is a part of."""
        return self.todo + self.doing + self.waiting + self.done

    @property
    def percent(self) -> int | None:
        """Done tickets in a hundred of `total`, rounded half up; None without tickets.

        Neither 0 when something is done nor 100 before everything is: a reader takes those two literally.
        """
        return _percent(self.done, self.total)


@dataclass(frozen=True, kw_only=True)
class Effort:
    """Estimated minutes of the tickets that are not cancelled, and of those of them that are done.

    `estimated` of `total` tickets have an estimate; the others count for nothing.
    """

    done: int
    all: int
    estimated: int
    total: int

    @property
    def percent(self) -> int | None:
        """Done minutes in a hundred, rounded as tickets are; None where nothing is estimated."""
        return _percent(self.done, self.all)


def effort(tickets: pd.DataFrame) -> Effort:
    """Add up the estimates of the ticket table."""
    counted = tickets[tickets["status"] != State.CANCELLED]
    minutes = (counted["estimate_hours"].fillna(0).astype(float) * 60).round().astype(int)
    return Effort(
        done=int(minutes[counted["status"] == State.DONE].sum()),
        all=int(minutes.sum()),
        estimated=int((minutes > 0).sum()),
        total=len(counted),
    )


def _percent(part: int, whole: int) -> int | None:
    if not whole:
        return None
    if part in (0, whole):
        return 100 * part // whole
    return min(99, max(1, (200 * part + whole) // (2 * whole)))


def progress(tickets: pd.DataFrame) -> Progress:
    """Count the ticket table by state."""
    counts = {str(state): int(count) for state, count in tickets["status"].value_counts().items()}
    on_client = int((tickets["waiting_on"] == WaitingOn.CLIENT).sum())
    return Progress(**{state: counts.get(state, 0) for state in State}, on_client=on_client)
