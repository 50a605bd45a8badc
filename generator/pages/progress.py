"""Avance: how far, what waits on the client, what is agreed, what AdaptaPro has pending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ..metrics.appointments import is_proposed
from ..metrics.changes import Changes, changes
from ..metrics.progress import Progress, progress
from ..tickets.table import State, Ticket, WaitingOn
from .parts import Contact, Header, Segment, Task, at, contact, header, segments, tasks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..locale import Words
    from ..projects.model import Project

_NEVER = datetime.max.replace(tzinfo=UTC)
_FIRST = 2
"""Tasks that depend on the client and are shown without unfolding the rest."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A card: its heading, one value, and the lines that explain it."""

    title: str
    value: str
    lines: tuple[str, ...]


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
    pending: tuple[Task, ...]
    done: tuple[Task, ...]
    cancelled: tuple[Task, ...]


def progress_page(project: Project, words: Words) -> ProgressPage:
    """Return the progress page of *project* in the language of *words*."""
    counted = progress(project.tickets)
    tickets = project.each
    still_open = [ticket for ticket in tickets if not ticket.is_over]
    of_client = sorted((ticket for ticket in still_open if ticket.waiting_on == WaitingOn.CLIENT), key=_since)
    pending = sorted((ticket for ticket in still_open if ticket.waiting_on != WaitingOn.CLIENT), key=_when)
    over = sorted((ticket for ticket in tickets if ticket.is_over), key=_newest_first)
    on_client = tasks(of_client, project, words)
    return ProgressPage(
        title=words.text("Avance"),
        header=header(project, words, ""),
        contact=contact(project, words),
        progress=counted,
        percent=words.text("sin dato") if counted.percent is None else words.percent(counted.percent),
        rule=words.text("Culminadas entre el total sin anuladas."),
        segments=_bar(counted),
        counts=_counts(counted, words),
        on_client=tuple(on_client[:_FIRST]),
        on_client_more=tuple(on_client[_FIRST:]),
        oldest=on_client[0].number if on_client else "",
        next_agreed=_next_agreed(still_open, project, words),
        third=_third(project, words),
        pending=tuple(tasks(pending, project, words)),
        done=tuple(tasks((ticket for ticket in over if ticket.status == State.DONE), project, words)),
        cancelled=tuple(tasks((ticket for ticket in over if ticket.status == State.CANCELLED), project, words)),
    )


def _since(ticket: Ticket) -> datetime:
    """Return the key that puts first what has waited longest without a change."""
    return ticket.updated or ticket.created or _NEVER


def _when(ticket: Ticket) -> datetime:
    """Return the key that sorts by agreed date, then by due date, then those without either."""
    return ticket.agreed or ticket.due or _NEVER


def _newest_first(ticket: Ticket) -> float:
    return -ticket.closed.timestamp() if ticket.closed else 0.0


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


def _third(project: Project, words: Words) -> Figure | None:
    """Return what changed since the cut before, or else the planned end; None where neither is known."""
    if len(project.cuts) > 1:
        before = project.cuts[-2]
        since = words.text("Desde el corte anterior")
        if before.day:
            since = f"{since} ({words.day(before.day)})"
        return _changed(since, changes(before.tickets, project.tickets), words)
    if project.planned_end:
        moment = at(project.planned_end, words, year=True)
        return Figure(
            title=words.text("Culminación prevista"),
            value=moment.text,
            lines=(words.text("Fecha del plan. Estimación, no compromiso."),),
        )
    return None


def _changed(title: str, changed: Changes, words: Words) -> Figure:
    finished, new = len(changed.finished), len(changed.new)
    lines = [words.plural("{count} tarea nueva", "{count} tareas nuevas", new).format(count=new)]
    if changed.moved:
        count = len(changed.moved)
        lines.append(words.plural("{count} con otra fecha", "{count} con otra fecha", count).format(count=count))
    if changed.reopened:
        count = len(changed.reopened)
        lines.append(words.plural("{count} reabierta", "{count} reabiertas", count).format(count=count))
    if changed.gone:
        count = len(changed.gone)
        lines.append(
            words.plural("{count} retirada de la lista", "{count} retiradas de la lista", count).format(count=count)
        )
    value = words.plural("{count} culminada", "{count} culminadas", finished).format(count=finished)
    return Figure(title=title, value=value, lines=(" · ".join(lines),))
