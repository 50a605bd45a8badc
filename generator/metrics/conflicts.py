"""Which agreed dates cannot be kept: out of service, or two at one time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING

from ..problems import N_, Problem
from ..text import fold
from ..tickets.table import OVER, number_of
from .appointments import dated, is_day, length_of

if TYPE_CHECKING:
    from ..projects.model import Project


_FIELDS = ("ticket", "agreed", "status", "assignee", "estimate_hours", "source_file", "source_row")


@dataclass(frozen=True, slots=True)
class _Slot:
    """An open ticket's date that is today or ahead; what follows the project are `_FIELDS`."""

    project: Project
    ticket: str
    start: datetime
    status: str
    assignee: str
    estimate: float | None
    file: str
    row: int

    @property
    def end(self) -> datetime:
        return self.start + length_of(self.estimate)

    @property
    def owners(self) -> set[tuple[str, str]]:
        """Who cannot be twice at one time: the client, and the person who does it, in whatever project."""
        person = fold(self.assignee)
        return {("project", self.project.id)} | ({("person", person)} if person else set())


def agenda_problems(projects: Iterable[Project]) -> list[Problem]:
    """Return a warning for each date from the cut's day on that is out of service, or at the time of another one."""
    slots = [slot for project in projects for slot in _slots(project)]
    return [
        *(problem for slot in slots if (problem := _out_of_service(slot))),
        *_conflicts(slot for slot in slots if not is_day(slot.start)),
    ]


def _slots(project: Project) -> Iterator[_Slot]:
    today = project.cut.day or date.min
    for values in dated(project.tickets, _FIELDS):
        slot = _Slot(project, *values)
        if slot.start.date() >= today and slot.status not in OVER:
            yield slot


def _out_of_service(slot: _Slot) -> Problem | None:
    calendar, day = slot.project.calendar, slot.start.date()
    if day in calendar.holidays:
        return _problem(
            slot,
            N_("La fecha acordada de {number} ({when}) es feriado: {holiday}."),
            N_("Acuerde otro día o, si ese día hay servicio, corríjalo en holidays.csv."),
            holiday=calendar.holidays[day],
        )
    if not calendar.is_working_day(day):
        return _problem(
            slot, N_("La fecha acordada de {number} ({when}) cae en fin de semana."), N_("Acuerde un día hábil.")
        )
    if not is_day(slot.start) and not calendar.is_open(slot.start):
        return _problem(
            slot,
            N_("La hora acordada de {number} ({when}) está fuera del horario de servicio."),
            N_("Acuerde una hora de 8:00 a 12:00 o de 13:00 a 16:30."),
        )
    return None


def _conflicts(slots: Iterable[_Slot]) -> Iterator[Problem]:
    """Yield a problem for each slot that starts before another one of the same owner has ended."""
    busy: dict[tuple[str, str], _Slot] = {}
    for slot in sorted(slots, key=attrgetter("start")):
        owners = sorted(slot.owners)
        other = next((busy[owner] for owner in owners if owner in busy and busy[owner].end > slot.start), None)
        if other:
            yield _conflict(slot, other)
        for owner in owners:
            if owner not in busy or busy[owner].end < slot.end:
                busy[owner] = slot


def _conflict(slot: _Slot, other: _Slot) -> Problem:
    hint = N_("Acuerde otra hora para una de las dos y corríjala en el sistema de tickets.")
    if other.project.id == slot.project.id:
        message = N_("La cita de {number} ({when}) coincide con la de {other} ({other_when}).")
    else:
        message = N_(
            "La cita de {number} ({when}) coincide con la de {other} ({other_when}), "
            "del proyecto «{project}»: las atiende {person}."
        )
    return _problem(
        slot,
        message,
        hint,
        other=number_of(other.ticket),
        other_when=_when(other.start.astimezone(slot.start.tzinfo)),
        project=other.project.id,
        person=slot.assignee,
    )


def _problem(slot: _Slot, message: str, hint: str, **values: str) -> Problem:
    return Problem(
        file=slot.file,
        row=slot.row,
        column="Fecha acordada",
        message=message,
        hint=hint,
        values={"number": number_of(slot.ticket), "when": _when(slot.start), **values},
    )


def _when(moment: datetime) -> str:
    """Return a date as the executive writes it in the tracker."""
    return f"{moment:%Y-%m-%d}" if is_day(moment) else f"{moment:%Y-%m-%d %H:%M}"
