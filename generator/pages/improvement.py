"""Mejora continua: the hours of the policy, the improvements asked for, under way and done, and the renewal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..metrics.appointments import is_proposed
from ..metrics.waiting import waiting_since
from ..problems import N_
from ..tickets.kinds import Kind
from ..tickets.table import NEVER, State, Ticket, newest_first
from .hours import TAB, Card, Hours, hours_view, renewal
from .parts import Contact, Header, Link, Task, contact, header, tasks, ways_to_write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..locale import Words
    from ..projects.model import Project

_NEWEST = 5
"""Finished improvements that are shown without unfolding the rest."""
_RENEWAL = N_(
    "Hola, {name}. Quiero conversar sobre la renovación de la póliza eService, que vence el {day}. "
    "Proyecto {project} ({cut})."
)


@dataclass(frozen=True)
class Group:
    """Improvements that stand alike: what they have in common, and their rows."""

    name: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, kw_only=True)
class ImprovementPage:
    """The view of the page of continuous improvement."""

    title: str
    header: Header
    contact: Contact | None
    hours: Hours | None
    renewal: Card | None
    renewal_links: tuple[Link, ...]
    coming: tuple[Group, ...]
    coming_count: int
    done: tuple[Task, ...]
    done_more: tuple[Task, ...]
    cancelled: tuple[Task, ...]


def improvement_page(project: Project, words: Words) -> ImprovementPage:
    """Return the page of continuous improvement of *project* in the language of *words*."""
    improvements = [ticket for ticket in project.each if project.kind_of(ticket) is Kind.IMPROVEMENT]
    still_open = [ticket for ticket in improvements if not ticket.is_over]
    over = sorted((ticket for ticket in improvements if ticket.is_over), key=newest_first)
    done = tasks((ticket for ticket in over if ticket.status == State.DONE), project, words)
    return ImprovementPage(
        title=words.text("Mejora continua"),
        header=header(project, words, TAB),
        contact=contact(project, words),
        hours=hours_view(project, words),
        renewal=renewal(project, words),
        renewal_links=_renewal_links(project, words),
        coming=tuple(_coming(still_open, project, words)),
        coming_count=len(still_open),
        done=tuple(done[:_NEWEST]),
        done_more=tuple(done[_NEWEST:]),
        cancelled=tuple(tasks((ticket for ticket in over if ticket.status == State.CANCELLED), project, words)),
    )


def _coming(still_open: Iterable[Ticket], project: Project, words: Words) -> Iterable[Group]:
    """Yield the open improvements: those with an agreed date, those under way, and those that were asked for."""
    groups: dict[str, list[Ticket]] = {N_("Con fecha acordada"): [], N_("En marcha"): [], N_("Solicitadas"): []}
    waiting = waiting_since(project)
    agreed, started, asked = groups.values()
    for ticket in still_open:
        (
            agreed if ticket.agreed and not is_proposed(ticket) else asked if ticket.status == State.TODO else started
        ).append(ticket)
    for name, tickets in groups.items():
        if tickets:
            yield Group(words.text(name), tuple(tasks(sorted(tickets, key=_when), project, words, waiting=waiting)))


def _when(ticket: Ticket) -> tuple[datetime, datetime]:
    """Return the key that sorts by agreed date, then by due date, and those without either by age."""
    return ticket.scheduled or NEVER, ticket.created or NEVER


def _renewal_links(project: Project, words: Words) -> tuple[Link, ...]:
    until = project.policy.until
    if until is None:
        return ()
    return ways_to_write(project, words, words.text(_RENEWAL), day=words.day(until, year=True))
