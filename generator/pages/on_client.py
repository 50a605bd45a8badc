"""Dependen de usted: everything that waits for the client, tickets, data and signatures, what waits longest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from ..metrics.waiting import waiting_since
from ..tickets.table import NEVER
from .parts import Link, Task, tasks, working_days
from .pending import Pending, pending_of_client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..locale import Words
    from ..projects.model import Project
    from .articles import Reading

_DOCUMENTS = "documentos/"


@dataclass(frozen=True, kw_only=True)
class OnClient:
    """What waits for the client, and how long the first of it has: in working days, None where nothing tells."""

    tasks: tuple[Task, ...]
    days: int | None
    oldest: str


def on_client(project: Project, articles: Mapping[str, Reading], words: Words) -> OnClient:
    """Return what depends on the client; a document or a request of a ticket that waits too is told in its row.

    Such a ticket has waited since the first of them was asked for.
    """
    tickets = [ticket for ticket in project.each if ticket.is_on_client]
    own = {ticket.ticket for ticket in tickets}
    waiting = waiting_since(project)
    asked: dict[str, list[Pending]] = {}
    rows: list[tuple[datetime, Task]] = []
    for pending in pending_of_client(project, words):
        if pending.ticket in own:
            asked.setdefault(pending.ticket, []).append(pending)
            if pending.asked:
                waiting[pending.ticket] = min(waiting.get(pending.ticket, NEVER), _asked(pending, project))
        else:
            rows.append((_asked(pending, project), _row(pending, words)))
    for task in tasks(tickets, project, words, waiting=waiting, articles=articles):
        asks = tuple(_link(pending) for pending in asked.get(task.ticket, ()))
        rows.append((waiting.get(task.ticket, NEVER), replace(task, asks=asks)))
    rows.sort(key=lambda row: row[0])
    days = _days(rows[0][0], project) if rows else None
    return OnClient(
        tasks=tuple(task for _, task in rows),
        days=days,
        oldest=""
        if days is None
        else words.text("la más antigua espera {days}").format(days=working_days(days, words)),
    )


def _asked(pending: Pending, project: Project) -> datetime:
    return datetime.combine(pending.asked, time(0), project.time_zone) if pending.asked else NEVER


def _row(pending: Pending, words: Words) -> Task:
    """Return what is asked apart from any waiting ticket, as a row of its own."""
    since = words.text("desde el {day}").format(day=pending.moment.text) if pending.moment else ""
    return Task(
        ticket="",
        number=pending.number,
        anchor=f"p-{pending.anchor}",
        title=pending.title,
        status="",
        details=(pending.waited,) if pending.waited else (),
        moment=pending.moment,
        moment_text=since,
        answers=pending.answers,
        asks=(Link(words.text("ver en Documentos"), f"{_DOCUMENTS}#{pending.anchor}"),),
    )


def _link(pending: Pending) -> Link:
    return Link(pending.title, f"{_DOCUMENTS}#{pending.anchor}")


def _days(since: datetime, project: Project) -> int | None:
    if since == NEVER or project.cut.day is None:
        return None
    return max(project.calendar.days(since, project.cut.day), 0)
