"""Avance: how far, what waits on the client, what is agreed, what AdaptaPro has pending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..metrics.appointments import is_proposed
from ..metrics.progress import Progress, progress
from ..tickets.table import NEVER, State, Ticket, WaitingOn, newest_first
from .articles import asked_for
from .evolution import burn_up, completion, completion_figure
from .hours import policy_figure
from .on_client import on_client
from .parts import Contact, Figure, Header, Segment, Task, contact, header, segments, tasks
from .since import Since, since_cuts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..locale import Words
    from ..projects.model import Project
    from .articles import Reading
    from .charts import Chart

_FIRST = 2
"""Tasks that depend on the client and are shown without unfolding the rest."""


@dataclass(frozen=True, kw_only=True)
class ProgressPage:
    """The view of the progress page."""

    title: str
    header: Header
    contact: Contact | None
    progress: Progress
    percent: str
    rule: str
    segments: tuple[Segment, ...]
    counts: str
    on_client: tuple[Task, ...]
    on_client_more: tuple[Task, ...]
    oldest: str
    next_agreed: Task | None
    third: Figure | None
    since: tuple[Since, ...]
    burn_up: Chart | None
    pending: tuple[Task, ...]
    done: tuple[Task, ...]
    cancelled: tuple[Task, ...]
    older: int
    """how many ended tickets are on the page that keeps them"""


def progress_page(project: Project, articles: Mapping[str, Reading], words: Words) -> ProgressPage:
    """Return the progress page of *project* in the language of *words*; *articles* by the ticket that names them."""
    counted = progress(project.tickets)
    tickets = project.each
    still_open = [ticket for ticket in tickets if not ticket.is_over]
    pending = sorted((ticket for ticket in still_open if ticket.waiting_on != WaitingOn.CLIENT), key=_when)
    over = sorted(
        (ticket for ticket in tickets if ticket.is_over and ticket.ticket not in project.archived), key=newest_first
    )
    waiting = on_client(project, articles, words)
    written = asked_for(articles)
    found = completion(project)
    return ProgressPage(
        title=words.text("Avance"),
        header=header(project, words, ""),
        contact=contact(project, words),
        progress=counted,
        percent=words.text("sin dato") if counted.percent is None else words.percent(counted.percent),
        rule=words.text("Culminadas entre el total sin anuladas."),
        segments=_bar(counted),
        counts=_counts(counted, words),
        on_client=waiting.tasks[:_FIRST],
        on_client_more=waiting.tasks[_FIRST:],
        oldest=waiting.oldest,
        next_agreed=_next_agreed(still_open, project, words),
        third=policy_figure(project, words) or completion_figure(project, found, words),
        since=since_cuts(project, words),
        burn_up=burn_up(project, found, words),
        pending=tuple(tasks(pending, project, words, articles=articles)),
        done=tuple(tasks((ticket for ticket in over if ticket.status == State.DONE), project, words, articles=written)),
        cancelled=tuple(
            tasks((ticket for ticket in over if ticket.status == State.CANCELLED), project, words, articles=written)
        ),
        older=len(project.archived),
    )


def _when(ticket: Ticket) -> datetime:
    """Return the key that sorts by agreed date, then by due date, then those without either."""
    return ticket.scheduled or NEVER


def _bar(counted: Progress) -> tuple[Segment, ...]:
    """Return the tickets by state, in the order of the work."""
    return segments(
        {
            "done": counted.done,
            "doing": counted.doing,
            "waiting": counted.waiting - counted.on_client,
            "client": counted.on_client,
            "todo": counted.todo,
        }
    )


def _counts(counted: Progress, words: Words) -> str:
    if not counted.total:
        if counted.cancelled:
            return words.text("Todas las tareas están anuladas.")
        return words.text("Aún no hay tareas registradas.")
    parts = [
        words.plural("{done} de {total} tarea culminada", "{done} de {total} tareas culminadas", counted.total).format(
            done=counted.done, total=counted.total
        )
    ]
    if counted.doing:
        parts.append(words.text("{count} en curso").format(count=counted.doing))
    if counted.on_client:
        parts.append(
            words.plural("{count} espera por usted", "{count} esperan por usted", counted.on_client).format(
                count=counted.on_client
            )
        )
    waiting = counted.waiting - counted.on_client
    if waiting:
        parts.append(words.text("{count} en espera").format(count=waiting))
    if counted.todo:
        parts.append(words.text("{count} por hacer").format(count=counted.todo))
    return " · ".join(parts)


def _next_agreed(still_open: Iterable[Ticket], project: Project, words: Words) -> Task | None:
    """Return the open ticket with the earliest agreed date that the cut's day has not passed; not a proposed one."""
    today = project.cut.day or date.min
    ahead = [
        ticket for ticket in still_open if ticket.agreed and ticket.agreed.date() >= today and not is_proposed(ticket)
    ]
    first = min(ahead, key=_when, default=None)
    return tasks([first], project, words)[0] if first else None
