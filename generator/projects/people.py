"""Who takes part in a project on the day of its cut, who has left, and whose name no page may show.

The rules are those of the company's communication policy: advisers and consultants leave when the system goes into
production, programmers when the technical implementation ends, and support is shown by its role alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..problems import N_, Problem, Severity
from ..text import fold
from .model import Cut, Document, Phase, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from .model import Person


class Circle(StrEnum):
    """Whose people they are."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    COMPANY = "company"


class Role(StrEnum):
    """What the policy distinguishes among the company's people."""

    EXECUTIVE = "executive"
    ADVISER = "adviser"
    PROGRAMMER = "programmer"
    SUPPORT = "support"
    OTHER = "other"


class Reason(StrEnum):
    """Why somebody no longer takes part."""

    GO_LIVE = "go-live"
    TECHNICAL_END = "technical-end"
    DATE = "date"


_ROLE_WORDS = {
    Role.SUPPORT: ("soporte", "suporte", "support", "implementacion tecnica", "implementacao tecnica"),
    Role.ADVISER: ("asesor", "assessor", "advisor", "adviser", "consultor", "consultant"),
    Role.PROGRAMMER: ("programador", "desarrollador", "desenvolvedor", "programmer", "developer"),
    Role.EXECUTIVE: ("ejecutiv", "executiv", "gestor", "project manager", "account manager"),
}
"""How the words of a role begin, folded; the first role that one of them fits is taken."""
_BY_NAME = (Role.EXECUTIVE, Role.ADVISER, Role.PROGRAMMER)
_TEXTS = ("title", "description", "question", "answer")
_ALIKE = {"a": "aáàâã", "e": "eéê", "i": "ií", "o": "oóôõ", "u": "uúü", "n": "nñ", "c": "cç"}


@dataclass(frozen=True, kw_only=True)
class Participant:
    """Somebody as the pages show them; `name` is empty for those who are shown by their role alone."""

    name: str
    role: str
    company: str
    circle: Circle


@dataclass(frozen=True, kw_only=True)
class Departure:
    """Somebody who has left, and the day, where it is known."""

    person: Person
    reason: Reason
    day: date | None


def participants(project: Project) -> tuple[Participant, ...]:
    """Return who takes part on the day of the cut, in the order of people.csv and each shown once."""
    return tuple(dict.fromkeys(_as_shown(person, project) for person in present(project)))


def present(project: Project) -> list[Person]:
    """Return who takes part on the day of the cut, in the order of people.csv."""
    return [person for person in project.people if _takes_part(person, project)]


def departed(project: Project) -> tuple[Departure, ...]:
    """Return who has left by the day of the cut, and takes part in no other role.

    The names are for the executive's eyes: no page shows them.
    """
    shown = _shown_names(project)
    found = [(person, _departure(person, project)) for person in project.people]
    return tuple(departure for person, departure in found if departure and fold(person.name) not in shown)


def has_left(person: Person, day: date | None) -> bool:
    """Tell whether people.csv says that *person* no longer takes part on *day*."""
    return bool(person.until and day and day >= person.until)


def advisers_have_left(project: Project) -> bool:
    """Tell whether the work of advisers and consultants has ended: the system is in production."""
    return project.in_service or _reached(project.go_live, project)


def people_problems(project: Project) -> list[Problem]:
    """Return what the executive has to do about the people of *project*: names, so for the terminal alone."""
    problems = []
    gone = departed(project)
    if gone:
        problems.append(
            Problem(
                file="people.csv",
                row=gone[0].person.row or None,
                severity=Severity.NOTICE,
                message=N_("Proyecto «{id}»: retire del grupo de WhatsApp a {names}."),
                hint=N_(
                    "Ya no aparecen en las páginas. Conserve sus filas: así tampoco los nombran tickets ni documentos."
                ),
                values={"id": project.id, "names": ", ".join(departure.person.name for departure in gone)},
            )
        )
    if _reached(project.go_live, project) and not project.in_service:
        problems.append(
            Problem(
                file="projects.csv",
                column="puesta_en_marcha",
                message=N_("El proyecto «{id}» llegó a su puesta en marcha y su fase es todavía «{phase}»."),
                hint=N_("Cambie la fase a produccion o, si la puesta en marcha se movió, escriba la nueva fecha."),
                values={"id": project.id, "phase": str(project.phase)},
            )
        )
    return problems


def with_roles_for_names(project: Project) -> tuple[Project, list[Problem]]:
    """Return *project* with the names, mails and phones that no page may show replaced by the role of their owner.

    They are those of who has left and of support, in titles, questions, answers and documents. A text file in which
    one was found keeps its text, without the name, but is no longer offered as a file. Each place is a problem.
    """
    hidden = _hidden(project)
    if not hidden:
        return project, []
    tickets = [ticket for cut in project.cuts[-1:] for ticket in _naming(cut.tickets, hidden)]
    documents = tuple(_document_without(document, hidden) for document in project.documents)
    named = [new for old, new in zip(project.documents, documents, strict=True) if new.redacted]
    shown = replace(
        project,
        cuts=tuple(_cut_without(cut, hidden) for cut in project.cuts),
        meanings={ticket: without(text, hidden) for ticket, text in project.meanings.items()},
        documents=documents,
        requests=tuple(
            replace(request, what=without(request.what, hidden), purpose=without(request.purpose, hidden))
            for request in project.requests
        ),
    )
    return shown, [*_named_in_tickets(project, tickets), *(_named_in_document(document) for document in named)]


def without(text: str, hidden: Mapping[str, str]) -> str:
    """Return *text* with each key of *hidden*, whatever its case and accents, replaced by what it stands for.

    >>> without("Reunión con GERMAN  OSORIO.", {"Germán Osorio": "asesor funcional"})
    'Reunión con asesor funcional.'
    """
    if not text or not hidden:
        return text
    pattern = _pattern(tuple(hidden))
    return pattern.sub(lambda found: tuple(hidden.values())[(found.lastindex or 1) - 1], text)


def circle_of(person: Person, project: Project) -> Circle:
    """Return whose *person* is; one whose group says nothing counts as the company's, about whom least is shown."""
    group = fold(person.group)
    if "extern" in group:
        return Circle.EXTERNAL
    own = not group and person.company and fold(person.company) == fold(project.client)
    return Circle.INTERNAL if own or "intern" in group or group.startswith("client") else Circle.COMPANY


def role_of(person: Person, project: Project) -> Role:
    """Return what the policy calls the role of one of the company's people."""
    if project.executive is not None and person.id == project.executive.id:
        return Role.EXECUTIVE
    role = fold(person.role)
    found = (kind for kind, words in _ROLE_WORDS.items() for word in words if re.search(rf"\b{word}", role))
    return next(found, Role.OTHER)


def _takes_part(person: Person, project: Project) -> bool:
    day = project.cut.day
    if person.since and day and person.since > day:
        return False
    if _departure(person, project):
        return False
    company = circle_of(person, project) is Circle.COMPANY
    prospect = project.phase is Phase.BUSINESS_CASE
    return not (company and prospect and role_of(person, project) is Role.SUPPORT)


def _departure(person: Person, project: Project) -> Departure | None:
    if has_left(person, project.cut.day):
        return Departure(person=person, reason=_rule(person, project) or Reason.DATE, day=person.until)
    reason = _rule(person, project)
    days = {Reason.GO_LIVE: project.go_live, Reason.TECHNICAL_END: project.technical_end}
    return Departure(person=person, reason=reason, day=days.get(reason)) if reason else None


def _rule(person: Person, project: Project) -> Reason | None:
    """Return the rule by which *person* has left, whatever people.csv says."""
    if circle_of(person, project) is not Circle.COMPANY:
        return None
    role = role_of(person, project)
    if role is Role.ADVISER and advisers_have_left(project):
        return Reason.GO_LIVE
    over = _reached(project.technical_end, project) if project.technical_end else advisers_have_left(project)
    return Reason.TECHNICAL_END if role is Role.PROGRAMMER and over else None


def _reached(milestone: date | None, project: Project) -> bool:
    return bool(milestone and project.cut.day and project.cut.day >= milestone)


def _as_shown(person: Person, project: Project) -> Participant:
    circle = circle_of(person, project)
    named = circle is not Circle.COMPANY or role_of(person, project) in _BY_NAME
    return Participant(
        name=person.name if named else "", role=person.role, company=person.company if named else "", circle=circle
    )


def _shown_names(project: Project) -> set[str]:
    executive = {fold(project.executive.name)} if project.executive else set()
    return {fold(participant.name) for participant in participants(project) if participant.name} | executive


def _hidden(project: Project) -> dict[str, str]:
    """Return what no page may show, and the role to show instead: full names, mails, phones.

    A name of one word is no full name: it would be found in those of others.
    """
    shown = _shown_names(project)
    by_name = {person for person in present(project) if _as_shown(person, project).name}
    hidden: dict[str, str] = {}
    for person in project.people:
        if person not in by_name and fold(person.name) not in shown:
            names = (person.name if " " in person.name.strip() else "", person.email, person.phone)
            hidden |= {name: person.role.lower() or "—" for name in names if name}
    return hidden


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w)({_spelt(name)})(?!\w)" for name in names), re.IGNORECASE)


def _spelt(name: str) -> str:
    """Return a pattern of *name* with any accents, however they are written, and any spaces."""
    return r"\s+".join("".join(map(_letter, word)) for word in name.split())


def _letter(char: str) -> str:
    alike = _ALIKE.get(unicodedata.normalize("NFKD", char.lower())[0])
    return f"[{alike}][\u0300-\u036f]?" if alike else re.escape(char)


def _cut_without(cut: Cut, hidden: Mapping[str, str]) -> Cut:
    changed = {}
    for column in _TEXTS:
        texts = cut.tickets[column]
        found = _mask(texts, hidden)
        if found.any():
            changed[column] = texts.where(~found, texts[found].map(lambda text: without(text, hidden)))
    return replace(cut, tickets=cut.tickets.assign(**changed)) if changed else cut


def _naming(tickets: pd.DataFrame, hidden: Mapping[str, str]) -> list[str]:
    found = pd.Series(False, index=tickets.index)
    for column in _TEXTS:
        found |= _mask(tickets[column], hidden)
    return [str(ticket) for ticket in tickets["ticket"][found]]


def _mask(texts: pd.Series, hidden: Mapping[str, str]) -> pd.Series:
    """Return which of *texts* may hold a key of *hidden*: a first, fast look over the whole column."""
    pattern = "|".join(_spelt(name) for name in hidden)
    found = pc.match_substring_regex(pa.array(texts), pattern, ignore_case=True)
    return pd.Series(found.to_numpy(zero_copy_only=False).astype(bool), index=texts.index)


def _document_without(document: Document, hidden: Mapping[str, str]) -> Document:
    title, text = without(document.title, hidden), without(document.text, hidden)
    if text == document.text:
        return replace(document, title=title)
    return replace(document, title=title, text=text, content=b"", redacted=True)


def _named_in_tickets(project: Project, tickets: Iterable[str]) -> list[Problem]:
    numbers = list(tickets)
    if not numbers:
        return []
    return [
        Problem(
            file="people.csv",
            severity=Severity.NOTICE,
            message=N_("Tickets del proyecto «{id}» que nombran a soporte o a quien ya no participa: {tickets}."),
            hint=N_("Las páginas muestran su función en lugar del nombre."),
            values={"id": project.id, "tickets": ", ".join(numbers[:20]) + ("…" if len(numbers) > 20 else "")},
        )
    ]


def _named_in_document(document: Document) -> Problem:
    return Problem(
        file="documents.csv",
        row=document.row or None,
        column="archivo",
        severity=Severity.NOTICE,
        message=N_("El documento «{title}» nombra a soporte o a quien ya no participa: no se ofrece para descargar."),
        hint=N_("La página muestra su texto, con la función en lugar del nombre; entregue el original por otro medio."),
        values={"title": document.title},
    )
