"""Tablero: the tasks by state, with their age and what is in progress, and the line of dates.

The age of a task is that of `metrics.times`, in working days: 1 from a Friday to the Monday after. Work in progress is
what was started and has not ended: in progress and waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..metrics.times import began
from ..problems import N_
from ..tickets.table import NEVER, State, WaitingOn, newest_first
from .filters import Filter, find_values, keys_of, make_filters
from .parts import Contact, Header, Link, Task, address_of, contact, header, tasks, working_days
from .timeline import Timeline, timeline

if TYPE_CHECKING:
    from ..locale import Words
    from ..projects.model import Project
    from ..tickets.table import Ticket
    from .articles import Reading

TAB = "tablero/"
SHOWN = 100
"""Cards of a column at most; the rest is on the pages that list every task."""
FIRST = 10
"""Cards of a column that are not folded away."""
_TITLES = {
    State.TODO: N_("Por hacer"),
    State.DOING: N_("En curso"),
    State.WAITING: N_("En espera"),
    State.DONE: N_("Culminadas"),
    State.CANCELLED: N_("Anuladas"),
}


@dataclass(frozen=True, kw_only=True)
class Card:
    """One ticket on the board; `keys` are those of the choices it fits, by filter, and `mark` is what to notice."""

    task: Task
    address: str
    area: str
    age: str
    mark: str
    on_client: bool
    keys: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Column:
    """The tasks of one state: how many there are, the first cards, those folded away, and how many are elsewhere."""

    status: str
    title: str
    count: int
    note: str
    is_open: bool
    first: tuple[Card, ...]
    rest: tuple[Card, ...]
    more: int
    elsewhere: Link


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    """The view of the board."""

    title: str
    header: Header
    contact: Contact | None
    filters: tuple[Filter, ...]
    columns: tuple[Column, ...]
    timeline: Timeline


def board_page(
    project: Project, company: str, words: Words, *, articles: Mapping[str, Reading] | None = None
) -> BoardPage:
    """Return the board of *project*. Without a ticket it has no column.

    *company* is who has what nobody else has, *articles* those that its tickets asked for.
    """
    queues = {state: _queue(state, project) for state in State}
    shown = {state: _shown(queue, project) for state, queue in queues.items()}
    values = {ticket: find_values(ticket, project, company, words) for part in shown.values() for ticket in part}
    filters = make_filters(values.values(), words)
    keys = {ticket: keys_of(said, filters) for ticket, said in values.items()}
    cards = {state: tuple(_cards(part, keys, project, words, articles or {})) for state, part in shown.items()}
    in_progress = len(queues[State.DOING]) + len(queues[State.WAITING])
    return BoardPage(
        title=words.text("Tablero"),
        header=header(project, words, TAB),
        contact=contact(project, words),
        filters=filters,
        columns=tuple(
            _column(state, len(queue), cards[state], in_progress, words)
            for state, queue in queues.items()
            if project.each and (queue or state is not State.CANCELLED)
        ),
        timeline=timeline(project, TAB, words),
    )


def _queue(state: State, project: Project) -> list[Ticket]:
    """Return the tickets of a state: to do by date, ended ones newest first, the others oldest first.

    Of what waits, what waits on the client comes first.
    """

    def since(ticket: Ticket) -> datetime:
        return began(ticket, project.cut.day) or NEVER

    orders = {
        State.TODO: lambda ticket: ticket.scheduled or NEVER,
        State.DOING: since,
        State.WAITING: lambda ticket: (not ticket.is_on_client, since(ticket)),
    }
    return sorted((ticket for ticket in project.each if ticket.status == state), key=orders.get(state, newest_first))


def _shown(queue: Iterable[Ticket], project: Project) -> list[Ticket]:
    return [ticket for ticket in queue if ticket.ticket not in project.archived][:SHOWN]


def _column(state: State, count: int, cards: tuple[Card, ...], in_progress: int, words: Words) -> Column:
    note = ""
    if state is State.DOING and in_progress:
        note = words.plural(
            "{count} empezada y sin culminar, con las que esperan",
            "{count} empezadas y sin culminar, con las que esperan",
            in_progress,
        ).format(count=in_progress)
    return Column(
        status=state,
        title=words.text(_TITLES[state]),
        count=count,
        note=note,
        is_open=state in (State.DOING, State.WAITING),
        first=cards[:FIRST],
        rest=cards[FIRST:],
        more=count - len(cards),
        elsewhere=Link(words.text("Historial"), "../historial/")
        if state in (State.DONE, State.CANCELLED)
        else Link(words.text("Avance"), "../"),
    )


def _cards(
    tickets: list[Ticket],
    keys: Mapping[Ticket, Mapping[str, str]],
    project: Project,
    words: Words,
    articles: Mapping[str, Reading],
) -> Iterator[Card]:
    for ticket, task in zip(tickets, tasks(tickets, project, words, articles=articles), strict=True):
        yield Card(
            task=task,
            address=address_of(ticket, project, TAB),
            area=ticket.area,
            age=_age(ticket, project, words),
            mark=_mark(ticket, project, words),
            on_client=ticket.is_on_client,
            keys=keys[ticket],
        )


def _mark(ticket: Ticket, project: Project, words: Words) -> str:
    if ticket.is_on_client:
        return words.text("Depende de usted")
    if ticket.waiting_on == WaitingOn.THIRD_PARTY and not ticket.is_over:
        return words.text("en espera de un tercero")
    return words.text("por clasificar") if ticket.tracker_status in project.unclassified else ""


def _age(ticket: Ticket, project: Project, words: Words) -> str:
    since, today = began(ticket, project.cut.day), project.cut.day
    if ticket.is_over or since is None or today is None or since.date() > today:
        return ""
    count = project.calendar.days(since.date(), today)
    days = working_days(count, words) if count else words.text("menos de 1 día hábil")
    if ticket.status == State.TODO:
        return words.text("registrada hace {days}").format(days=days)
    return words.text("lleva {days}").format(days=days)
