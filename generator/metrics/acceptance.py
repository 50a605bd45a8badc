"""What an acceptance letter is about: the tickets finished between the cut before and this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .changes import changes

if TYPE_CHECKING:
    from datetime import date

    from ..projects.model import Project
    from ..tickets.table import Ticket


@dataclass(frozen=True, kw_only=True)
class AcceptanceDraft:
    """A letter to be signed: its number is that of the cut; `since` and `until` are the days of the two cuts.

    `tickets` are those of `changes.finished`, in the order in which they were closed, those without a closing day last.
    """

    number: int
    client: str
    project: str
    since: date | None
    until: date | None
    tickets: tuple[Ticket, ...]


def acceptance(project: Project) -> AcceptanceDraft | None:
    """Return the letter that the last cut of *project* gives rise to; None where nothing was finished since another."""
    if len(project.cuts) < 2:
        return None
    before, now = project.cuts[-2:]
    finished = frozenset(changes(before, now).finished)
    tickets = sorted((each for each in project.each if each.ticket in finished), key=_closing)
    if not tickets:
        return None
    return AcceptanceDraft(
        number=now.number,
        client=project.client,
        project=project.name,
        since=before.day,
        until=now.day,
        tickets=tuple(tickets),
    )


def _closing(ticket: Ticket) -> tuple[bool, float]:
    return ticket.closed is None, ticket.closed.timestamp() if ticket.closed else 0.0
