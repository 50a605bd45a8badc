"""Involucrados: who takes part now, by group and role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems import N_
from ..projects.people import Circle, Reason, advisers_have_left, departed, participants
from .parts import Contact, Header, contact, header

if TYPE_CHECKING:
    from ..locale import Words
    from ..projects.model import Project
    from ..projects.people import Participant

TAB = "involucrados/"
_CIRCLES = {
    Circle.INTERNAL: N_("De su empresa"),
    Circle.EXTERNAL: N_("Externos de su empresa"),
    Circle.COMPANY: N_("De {company}"),
}
_EMPTY = {
    Circle.INTERNAL: N_("Aún no hay personas de su empresa registradas."),
    Circle.EXTERNAL: N_("No hay contadores, consultores ni proveedores externos registrados."),
    Circle.COMPANY: N_("Aún no hay personas registradas."),
}

_ADVISERS = N_("Los asesores y consultores terminaron su participación con la puesta en producción.")
_ADVISERS_ON = N_("Los asesores y consultores terminaron su participación con la puesta en producción, el {day}.")
_PROGRAMMERS = N_("Los programadores terminaron su participación con la implementación técnica.")
_PROGRAMMERS_ON = N_("Los programadores terminaron su participación con la implementación técnica, el {day}.")


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """Somebody, or, without a name, a role. `executive`: the only contact."""

    name: str
    role: str
    company: str
    executive: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """The people of one circle; `empty` is said where there are none."""

    key: str
    title: str
    people: tuple[PersonRow, ...]
    empty: str


@dataclass(frozen=True, kw_only=True)
class ParticipantsPage:
    """The view of the participants page; `left` tells by rule, without names, whose work has ended."""

    title: str
    header: Header
    contact: Contact | None
    phase: str
    groups: tuple[Group, ...]
    left: tuple[str, ...]


def participants_page(project: Project, company: str, words: Words) -> ParticipantsPage:
    """Return the participants page of *project*; *company* is the one that publishes."""
    present = participants(project)
    return ParticipantsPage(
        title=words.text("Involucrados"),
        header=header(project, words, TAB),
        contact=contact(project, words),
        phase=words.text(project.phase.label),
        groups=tuple(
            Group(
                key=circle.value,
                title=words.text(title).format(company=company),
                people=tuple(_person(one, project) for one in present if one.circle is circle),
                empty=words.text(_EMPTY[circle]),
            )
            for circle, title in _CIRCLES.items()
        ),
        left=tuple(_left(project, words)),
    )


def _person(participant: Participant, project: Project) -> PersonRow:
    executive = project.executive is not None and participant.name == project.executive.name
    return PersonRow(
        name=participant.name,
        role=participant.role,
        company="" if participant.circle is Circle.COMPANY else participant.company,
        executive=executive and participant.circle is Circle.COMPANY,
    )


def _left(project: Project, words: Words) -> list[str]:
    """Return whose work has ended: a sentence a rule, with its day where it is known and past."""
    programmers = any(departure.reason is Reason.TECHNICAL_END for departure in departed(project))
    rules = (
        (advisers_have_left(project), project.go_live, _ADVISERS, _ADVISERS_ON),
        (programmers, project.technical_end, _PROGRAMMERS, _PROGRAMMERS_ON),
    )
    today = project.cut.day
    return [
        words.text(dated).format(day=words.day(day, year=True))
        if day and today and day <= today
        else words.text(undated)
        for applies, day, undated, dated in rules
        if applies
    ]
