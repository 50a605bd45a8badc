"""Agenda: what is agreed, day by day; what was cancelled, and what has passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ..metrics.appointments import Appointment, AppointmentState, appointments
from ..problems import N_
from ..tickets.table import State, WaitingOn
from .parts import (
    Contact,
    Header,
    Link,
    Moment,
    address_of,
    anchor,
    at,
    contact,
    cut_name,
    header,
    title_of,
    ways_to_write,
)

if TYPE_CHECKING:
    from ..locale import Words
    from ..projects.model import Project

_TAB = "agenda/"
_LOOK_AHEAD = timedelta(days=60)
"""How far the list of days without service reaches."""
_GOOGLE = "https://calendar.google.com/calendar/render"
STATES = {
    AppointmentState.PROPOSED: N_("Propuesta, por confirmar"),
    AppointmentState.AGREED: N_("Acordada"),
    AppointmentState.HELD: N_("Realizada"),
    AppointmentState.PAST: N_("Fecha pasada"),
    AppointmentState.CANCELLED: N_("Cancelada"),
}
_SIGNS = {
    AppointmentState.PROPOSED: "?",
    AppointmentState.AGREED: "✓",
    AppointmentState.HELD: "●",
    AppointmentState.PAST: "○",
    AppointmentState.CANCELLED: "✕",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One appointment. `state` is an `AppointmentState`; `row` leads to its ticket, empty where no page shows it.

    `calendar` is the address of its .ics, `google` that of the form of Google Calendar, each empty where there is
    nothing to note down.
    """

    ticket: str
    number: str
    anchor: str
    title: str
    meaning: str
    row: str
    moment: Moment
    clock: str
    state: str
    state_text: str
    sign: str
    moved: str
    details: tuple[str, ...]
    confirm: tuple[Link, ...]
    remark: tuple[Link, ...]
    calendar: str
    google: str
    unfolded: bool
    """whether the ways to answer are shown at once"""


@dataclass(frozen=True, kw_only=True)
class Day:
    """The appointments of a day, the earliest first."""

    moment: Moment
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A day without service, and why."""

    moment: Moment
    name: str


@dataclass(frozen=True, kw_only=True)
class AgendaPage:
    """The view of the agenda."""

    title: str
    header: Header
    contact: Contact | None
    zone: str
    days: tuple[Day, ...]
    cancelled: tuple[Entry, ...]
    """cancelled ones whose day has not passed, the earliest first"""
    past: tuple[Entry, ...]
    """everything whose day has passed, the newest first"""
    closed: tuple[Closed, ...]


def agenda_page(project: Project, words: Words) -> AgendaPage:
    """Return the agenda of *project* in the language of *words*."""
    every = appointments(project)
    ahead = [appointment for appointment in every if appointment.is_ahead]
    over = [appointment for appointment in every if not appointment.is_ahead]
    struck = [appointment for appointment in over if _is_struck_out(appointment, project)]
    past = [appointment for appointment in reversed(over) if not _is_struck_out(appointment, project)]
    return AgendaPage(
        title=words.text("Agenda"),
        header=header(project, words, _TAB),
        contact=contact(project, words),
        zone=zone_in_words(project, words),
        days=tuple(_days(ahead, project, words)),
        cancelled=tuple(_entry(appointment, project, words) for appointment in struck),
        past=tuple(_entry(appointment, project, words) for appointment in past),
        closed=tuple(_closed(project, words)),
    )


def zone_in_words(project: Project, words: Words) -> str:
    """Return the clock of the project's times: "hora de Caracas"."""
    return words.text("hora de {city}").format(city=words.city(project.time_zone))


def heading(appointment: Appointment, words: Words) -> str:
    """Return the ticket of an appointment in one line: "#1050 Carga de saldos iniciales"."""
    return f"{appointment.ticket.number} {title_of(appointment.ticket, words)}"


def description(appointment: Appointment, project: Project, words: Words) -> str:
    """Return what a calendar notes beside the date: project, state and clock, and the cut that says so; no link."""
    lines = [f"{project.client} · {project.name}", _state_text(appointment, words)]
    if not appointment.is_day:
        lines.append(words.text("Zona horaria: {zone}.").format(zone=zone_in_words(project, words)))
    meaning = project.meanings.get(appointment.ticket.ticket)
    if meaning:
        lines.append(meaning)
    if project.executive:
        lines.append(words.text("Su contacto: {name}.").format(name=project.executive.name))
    lines.append(words.text("Según el {cut}.").format(cut=cut_name(project, words)))
    return "\n".join(lines)


def _days(ahead: Sequence[Appointment], project: Project, words: Words) -> Iterator[Day]:
    for day, same in groupby(ahead, key=lambda appointment: appointment.moment.date()):
        entries = (_entry(appointment, project, words, first=appointment is ahead[0]) for appointment in same)
        yield Day(moment=at(day, words), entries=tuple(entries))


def _entry(appointment: Appointment, project: Project, words: Words, *, first: bool = False) -> Entry:
    ticket, state = appointment.ticket, appointment.state
    noted = appointment.is_ahead
    return Entry(
        ticket=ticket.ticket,
        number=ticket.number,
        anchor=anchor(ticket),
        title=title_of(appointment.ticket, words),
        meaning=project.meanings.get(ticket.ticket, ""),
        row=address_of(ticket, project, _TAB) if appointment.listed else "",
        moment=at(appointment.moment, words, year=not noted and _other_year(appointment, project)),
        clock=words.text("todo el día") if appointment.is_day else words.clock(appointment.moment),
        state=state,
        state_text=_state_text(appointment, words),
        sign=_SIGNS[state],
        moved=moved_in_words(appointment, words),
        details=tuple(_details(appointment, words)),
        confirm=_letter(_CONFIRM, appointment, project, words) if noted else (),
        remark=_letter(_REMARK, appointment, project, words) if noted else (),
        calendar=f"./{anchor(ticket)}.ics" if noted or _is_struck_out(appointment, project) else "",
        google=_google(appointment, project, words) if noted else "",
        unfolded=first or state is not AppointmentState.AGREED,
    )


def moved_in_words(appointment: Appointment, words: Words) -> str:
    """Return how often a date was moved, and the one before: "movida 2 veces, antes 12/11"; empty if never."""
    if not appointment.earlier:
        return ""
    before = appointment.earlier[-1]
    count = appointment.times_moved
    same_day = before.date() == appointment.moment.date()
    return words.plural("movida {count} vez, antes {before}", "movida {count} veces, antes {before}", count).format(
        count=count, before=words.clock(before) if same_day else words.short_day(before)
    )


def _state_text(appointment: Appointment, words: Words) -> str:
    """Return the state, and where it needs one its reason."""
    text, reason = words.text(STATES[appointment.state]), _reason(appointment)
    return f"{text}: {words.text(reason)}" if reason else text


def _reason(appointment: Appointment) -> str:
    if appointment.state is AppointmentState.CANCELLED:
        return _REASONS[State(appointment.ticket.status)] if appointment.listed else _GONE
    if appointment.state is AppointmentState.PAST and appointment.listed and not appointment.ticket.is_over:
        return N_("la tarea sigue abierta")
    return ""


_GONE = N_("la tarea ya no está en el proyecto")
_REASONS = dict.fromkeys(State, N_("aún sin otra fecha")) | {
    State.DONE: N_("la tarea culminó antes"),
    State.CANCELLED: N_("la tarea fue anulada"),
}


def _details(appointment: Appointment, words: Words) -> Iterator[str]:
    """Yield the area that attends, and who has to act before."""
    ticket = appointment.ticket
    area = ticket.area
    if area:
        yield area
    if appointment.is_ahead and ticket.waiting_on == WaitingOn.CLIENT:
        yield words.text("depende de usted")
    elif appointment.is_ahead and ticket.waiting_on == WaitingOn.THIRD_PARTY:
        yield words.text("en espera de un tercero")


_CONFIRM = N_("Hola, {name}. Confirmo la fecha de {number} «{title}»: {when}. Proyecto {project} ({cut}).")
_REMARK = N_(
    "Hola, {name}. Tengo una observación sobre la fecha de {number} «{title}», {when}, proyecto {project} ({cut}): "
)


def _letter(text: str, appointment: Appointment, project: Project, words: Words) -> tuple[Link, ...]:
    """Return the ways to send the executive *text* about an appointment."""
    return ways_to_write(
        project,
        words,
        words.text(text),
        subject=heading(appointment, words),
        number=appointment.ticket.number,
        title=title_of(appointment.ticket, words),
        when=at(appointment.moment, words).full,
    )


def _google(appointment: Appointment, project: Project, words: Words) -> str:
    """Return the address of Google Calendar's form with the appointment filled in; a last day is exclusive there."""
    form = "%Y%m%d" if appointment.is_day else "%Y%m%dT%H%M%S"
    start, end = appointment.moment, end_of(appointment)
    query = {
        "action": "TEMPLATE",
        "text": heading(appointment, words),
        "dates": f"{start:{form}}/{end:{form}}",
        "ctz": project.time_zone.key,
        "details": description(appointment, project, words),
    }
    return f"{_GOOGLE}?{urlencode(query)}"


def end_of(appointment: Appointment) -> datetime:
    """Return when an appointment ends, in its zone; of a day without a time the midnight after."""
    if appointment.is_day:
        return appointment.moment + appointment.length
    return (appointment.moment.astimezone(UTC) + appointment.length).astimezone(appointment.moment.tzinfo)


def _is_struck_out(appointment: Appointment, project: Project) -> bool:
    """Tell whether it was cancelled, and a calendar may still have it ahead."""
    today = project.cut.day or date.min
    return appointment.state is AppointmentState.CANCELLED and appointment.moment.date() >= today


def _other_year(appointment: Appointment, project: Project) -> bool:
    return project.cut.day is not None and appointment.moment.year != project.cut.day.year


def _closed(project: Project, words: Words) -> Iterator[Closed]:
    """Yield the holidays that take service away soon: those of a weekend do not."""
    today = project.cut.day
    for day, name in sorted(project.calendar.holidays.items()):
        if today and today <= day <= today + _LOOK_AHEAD and day.weekday() < 5:
            yield Closed(moment=at(day, words, year=day.year != today.year), name=name)
