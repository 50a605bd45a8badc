"""The one table of tickets: its columns, each with meaning and unit.

Strings and numbers are Arrow-backed, times are zone-aware UTC. A day without a time of day is midnight in the zone of
the export (see `projects.grouping`, which turns it into the same day of the project's zone).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import pandas as pd
import pyarrow as pa

from ..text import last_part


class State(StrEnum):
    """The five states of a ticket, in the order of the work."""

    TODO = "todo"
    DOING = "doing"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"


OVER = (State.DONE, State.CANCELLED)
"""The states in which nothing is left to do."""
NEVER = datetime.max.replace(tzinfo=UTC)
"""What sorts after every date: the key of what has none."""


class WaitingOn(StrEnum):
    """Who has to act on a waiting ticket."""

    CLIENT = "client"
    THIRD_PARTY = "third-party"
    ADAPTAPRO = "adaptapro"


TEXT = pd.ArrowDtype(pa.string())
TIME = pd.ArrowDtype(pa.timestamp("us", tz="UTC"))
NUMBER = pd.ArrowDtype(pa.float64())
FLAG = pd.ArrowDtype(pa.bool_())
ROW = pd.ArrowDtype(pa.int64())

COLUMNS: dict[str, pd.ArrowDtype] = {
    "ticket": TEXT,  # number or key as the tracker shows it, without '#'
    "project": TEXT,  # what the tracker calls the project, or the client
    "title": TEXT,
    "description": TEXT,  # plain text or mark-up, not yet sanitised
    "kind": TEXT,  # the tracker's type: task, question, incident …
    "status": TEXT,  # a `State`
    "tracker_status": TEXT,  # the word of the export
    "priority": TEXT,
    "component": TEXT,  # area or category; several joined by ", "
    "labels": TEXT,  # joined by ", "
    "created": TIME,
    "updated": TIME,
    "started": TIME,
    "answered": TIME,  # when the team first answered
    "closed": TIME,  # only of done and cancelled tickets
    "due": TIME,  # the day a ticket should be over
    "agreed": TIME,  # date and time agreed with the client
    "assignee": TEXT,
    "assignee_group": TEXT,
    "requester": TEXT,
    "waiting_on": TEXT,  # a `WaitingOn`, or empty where nobody said
    "parent": TEXT,  # number of the parent ticket
    "estimate_hours": NUMBER,
    "spent_hours": NUMBER,
    "question": TEXT,  # the question in the client's words, where it is not the title
    "answer": TEXT,  # Markdown
    "public": FLAG,  # marked to be published; false: withheld; null: nothing said
    "url": TEXT,
    "source_file": TEXT,
    "source_row": ROW,  # as a spreadsheet numbers it, from 1
}
TIMES = tuple(name for name, dtype in COLUMNS.items() if dtype == TIME)
HOURS = ("estimate_hours", "spent_hours")


def empty_table() -> pd.DataFrame:
    """Return the ticket table without a row."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in COLUMNS.items()})


@dataclass(frozen=True, slots=True)
class Ticket:
    """One row of the table as plain values, for pages; the fields are those of `COLUMNS`."""

    ticket: str
    project: str
    title: str
    description: str
    kind: str
    status: str
    tracker_status: str
    priority: str
    component: str
    labels: str
    created: datetime | None
    updated: datetime | None
    started: datetime | None
    answered: datetime | None
    closed: datetime | None
    due: datetime | None
    agreed: datetime | None
    assignee: str
    assignee_group: str
    requester: str
    waiting_on: str
    parent: str
    estimate_hours: float | None
    spent_hours: float | None
    question: str
    answer: str
    public: bool | None
    url: str
    source_file: str
    source_row: int

    @property
    def number(self) -> str:
        """The number as people write it: #1050, AND-12."""
        return number_of(self.ticket)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do: done or cancelled."""
        return self.status in OVER

    @property
    def is_on_client(self) -> bool:
        """Whether it is open and the client has to act."""
        return self.waiting_on == WaitingOn.CLIENT and not self.is_over

    @property
    def area(self) -> str:
        """Who has it, or what it belongs to: of a path of groups or categories the last, nearest part."""
        return last_part(self.assignee_group or self.component)

    @property
    def scheduled(self) -> datetime | None:
        """The date agreed with the client, or where there is none the day on which it should be over."""
        return self.agreed or self.due

    def is_overdue(self, day: date | None) -> bool:
        """Whether it is open with a date before *day*; a day that is not known makes nothing overdue."""
        when = self.scheduled
        return not self.is_over and day is not None and when is not None and when.date() < day


def number_of(ticket: str) -> str:
    """Return the number of a ticket as people write it: #1050, AND-12."""
    return f"#{ticket}" if ticket.isdigit() else ticket


def rows(table: pd.DataFrame) -> Iterator[Ticket]:
    """Yield the tickets of *table*, in its order."""
    columns = (pa.array(table[name]).to_pylist() for name in COLUMNS)
    return (Ticket(*values) for values in zip(*columns, strict=True))


def newest_first(ticket: Ticket) -> float:
    """Return the key that sorts ended tickets by the time they closed, the newest first and unknown ones last."""
    return -ticket.closed.timestamp() if ticket.closed else 0.0
