"""The task list to download: the published columns of every ticket, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from math import isfinite
from typing import TYPE_CHECKING, Literal

from ..problems import N_
from ..projects.model import Phase
from ..tickets.table import Ticket, WaitingOn
from .parts import STATES, at

if TYPE_CHECKING:
    from ..locale import Words
    from ..projects.model import Project

Cell = str | date | datetime | float | None
"""Text is never None but empty; a `datetime` has the project's zone; None is a date or a number that nobody gave."""
Code = str | bool | None
Type = Literal["text", "date", "datetime", "number"]
"""What a column holds; one of `datetime` has a `date` where only the day is known."""

_WAITING_ON = {WaitingOn.CLIENT: N_("usted"), WaitingOn.THIRD_PARTY: N_("un tercero")}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A published column: `key` for machines, `heading` as read."""

    key: str
    heading: str
    type: Type


@dataclass(frozen=True, kw_only=True)
class TaskTable:
    """The view of the downloads. `rows` are in the order of the project's table, each with a cell a column.

    `codes` has, for the columns whose cells are words of the interface, what a machine reads instead, one a row.
    """

    title: str
    note: str
    """Client, project, cut, and the zone of the times."""
    project: str
    client: str
    language: str
    country: str
    """ISO 3166 code, or empty: how the reader's spreadsheet writes numbers."""
    made: datetime | None
    """The instant of the cut; the beginning of its day where only that is known."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    codes: Mapping[str, tuple[Code, ...]]


def task_table(project: Project, words: Words, *, company: str = "AdaptaPro") -> TaskTable:
    """Return the published columns of the tickets of *project*, with the words and the numbers of its pages.

    The hours of a ticket are told only under an eService policy, where the client buys hours: a business case and an
    implementation have a price, and how long each task took is AdaptaPro's own affair.
    """
    reading = _reading(project, words, company)
    columns = tuple(column for column in _PUBLISHED if not column.hours or _tells_hours(project))
    tickets = project.each
    return TaskTable(
        title=words.text("Tareas"),
        note=_note(project, words),
        project=project.name,
        client=project.client,
        language=words.language,
        country=project.country,
        made=_made(project),
        columns=tuple(
            Column(key=column.key, heading=words.text(column.heading), type=column.type) for column in columns
        ),
        rows=tuple(tuple(column.cell(ticket, reading) for column in columns) for ticket in tickets),
        codes={
            column.key: tuple(column.code(ticket, reading) for ticket in tickets) for column in columns if column.code
        },
    )


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What the cells of a project need beside the ticket; each text is looked up once."""

    today: date | None
    meanings: Mapping[str, str]
    unclassified: frozenset[str]
    states: Mapping[str, str]
    waiting_on: Mapping[str, str]
    to_classify: str
    untitled: str
    truth: Mapping[bool | None, str]


@dataclass(frozen=True)
class _Published:
    key: str
    heading: str
    type: Type
    cell: Callable[[Ticket, _Reading], Cell]
    code: Callable[[Ticket, _Reading], Code] | None = None
    hours: bool = False


def _reading(project: Project, words: Words, company: str) -> _Reading:
    return _Reading(
        today=project.cut.day,
        meanings=project.meanings,
        unclassified=project.unclassified,
        states={state: words.text(text) for state, text in STATES.items()},
        waiting_on={**{who: words.text(text) for who, text in _WAITING_ON.items()}, WaitingOn.ADAPTAPRO: company},
        to_classify=words.text("por clasificar"),
        untitled=words.text("Sin título"),
        truth={True: words.text("sí"), False: words.text("no"), None: ""},
    )


def _tells_hours(project: Project) -> bool:
    return project.phase is Phase.ESERVICE


def _note(project: Project, words: Words) -> str:
    cut = words.text("Corte N.º {number}").format(number=project.cut.number)
    when = project.cut.instant or project.cut.day
    if when:
        cut = f"{cut}, {at(when, words, year=True).text}"
    zone = words.text("Hora de {city}").format(city=words.city(project.time_zone))
    return " · ".join((project.client, project.name, cut, zone))


def _made(project: Project) -> datetime | None:
    cut = project.cut
    return cut.instant or (datetime.combine(cut.day, time(0), project.time_zone) if cut.day else None)


def _state(ticket: Ticket, reading: _Reading) -> str:
    """Return the state in the words of the pages; what nobody could read is said to be so until it is over."""
    guessed = ticket.tracker_status in reading.unclassified and not ticket.waiting_on and not ticket.is_over
    return reading.to_classify if guessed else reading.states[ticket.status]


def _waiting_on(ticket: Ticket, _: _Reading) -> str | None:
    return None if ticket.is_over else ticket.waiting_on or None


def _is_overdue(ticket: Ticket, reading: _Reading) -> bool | None:
    """Return whether the date of an open ticket is before the cut's day; None where the cut has no day."""
    return None if reading.today is None else ticket.is_overdue(reading.today)


def _day(when: datetime | None) -> date | None:
    return when.date() if when else None


def _moment(when: datetime | None) -> date | datetime | None:
    """Return *when*, a midnight as the day without a time that it is."""
    return when.date() if when and when.time() == time(0) else when


def _hours(hours: float | None) -> float | None:
    return hours if hours is not None and isfinite(hours) else None


_PUBLISHED: tuple[_Published, ...] = (
    _Published("ticket", N_("Ticket"), "text", lambda t, _: t.number, lambda t, _: t.ticket),
    _Published("title", N_("Título"), "text", lambda t, reading: t.title or reading.untitled),
    _Published("meaning", N_("Significado"), "text", lambda t, reading: reading.meanings.get(t.ticket, "")),
    _Published("state", N_("Estado"), "text", _state, lambda t, _: t.status),
    _Published(
        "waiting_on",
        N_("Depende de"),
        "text",
        lambda t, reading: reading.waiting_on.get(_waiting_on(t, reading) or "", ""),
        _waiting_on,
    ),
    _Published("area", N_("Área"), "text", lambda t, _: t.area),
    _Published("kind", N_("Tipo"), "text", lambda t, _: t.kind),
    _Published("created", N_("Creación"), "date", lambda t, _: _day(t.created)),
    _Published("started", N_("Inicio"), "date", lambda t, _: _day(t.started)),
    _Published("closed", N_("Cierre"), "date", lambda t, _: _day(t.closed)),
    _Published("due", N_("Vencimiento"), "datetime", lambda t, _: _moment(t.due)),
    _Published("agreed", N_("Fecha acordada"), "datetime", lambda t, _: _moment(t.agreed)),
    _Published(
        "overdue", N_("Vencida"), "text", lambda t, reading: reading.truth[_is_overdue(t, reading)], _is_overdue
    ),
    _Published("estimate_hours", N_("Horas estimadas"), "number", lambda t, _: _hours(t.estimate_hours), hours=True),
    _Published("spent_hours", N_("Horas dedicadas"), "number", lambda t, _: _hours(t.spent_hours), hours=True),
)
"""All that leaves the table of tickets: what is not named here is not published."""
