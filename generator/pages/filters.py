"""What the board can be filtered by: who has a task, its area, its component.

Who has a task: what waits on the client or on a third party is theirs. Otherwise it is its assignee's, who is named,
with the role, only where people.csv has them in the project today as somebody of the client's, or as the account
executive. Everybody else of AdaptaPro stands by role: support is no contact, and advisers, consultants and programmers
leave at go-live. A task of somebody whom people.csv does not know, or of nobody, is the company's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems import N_
from ..text import fold, last_part, slugify
from ..tickets.table import WaitingOn

if TYPE_CHECKING:
    from ..locale import Words
    from ..projects.model import Person, Project
    from ..tickets.table import Ticket

_FILTERS = {
    "persona": (N_("Persona"), N_("Todas")),
    "area": (N_("Área"), N_("Todas")),
    "componente": (N_("Componente"), N_("Todos")),
}
"""What one can filter by: its name in the address, its label, and the words for no filter."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value to filter by: its text, and the `key` by which addresses and cards name it."""

    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The values of one filter that occur on the board."""

    name: str
    label: str
    every: str
    choices: tuple[Choice, ...]


def find_values(ticket: Ticket, project: Project, company: str, words: Words) -> Mapping[str, tuple[str, ...]]:
    """Return what *ticket* is filtered by, a tuple of texts for each filter: one component of several is enough.

    The component is a filter of its own only where the area is a group of people.
    """
    components = tuple(filter(None, (last_part(part) for part in ticket.component.split(", "))))
    group = last_part(ticket.assignee_group)
    return {
        "persona": (_holder(ticket, project, company, words),),
        "area": (group,) if group else components,
        "componente": components if group else (),
    }


def make_filters(values: Iterable[Mapping[str, tuple[str, ...]]], words: Words) -> tuple[Filter, ...]:
    """Return the filters that tell some tasks from others, given what `find_values` says of each."""
    values = list(values)
    filters = []
    for name, (label, every) in _FILTERS.items():
        occurring = {said[name] for said in values}
        if len(occurring) > 1:
            texts = sorted({text for said in occurring for text in said}, key=lambda text: (fold(text), text))
            filters.append(
                Filter(name=name, label=words.text(label), every=words.text(every), choices=tuple(_choices(texts)))
            )
    return tuple(filters)


def keys_of(values: Mapping[str, tuple[str, ...]], filters: Iterable[Filter]) -> Mapping[str, str]:
    """Return the keys of a ticket's *values* by filter, joined by spaces; a filter without one is left out."""
    found = {
        one.name: " ".join(choice.key for choice in one.choices if choice.text in values[one.name]) for one in filters
    }
    return {name: keys for name, keys in found.items() if keys}


def _choices(texts: Iterable[str]) -> Iterator[Choice]:
    taken: set[str] = set()
    for number, text in enumerate(texts):
        key = slugify(text)
        while not key or key in taken:
            key = f"{key}-{number}"
        taken.add(key)
        yield Choice(key=key, text=text)


def _holder(ticket: Ticket, project: Project, company: str, words: Words) -> str:
    """Return who has a ticket, as the docstring of this module defines it."""
    person = next((person for person in project.people if ticket.assignee and _is(person, ticket.assignee)), None)
    is_client = person is not None and fold(person.group).startswith("client")
    if person and is_client and _takes_part(person, project):
        return _named(person)
    if ticket.is_on_client or is_client:
        return words.text("Su empresa")
    if ticket.waiting_on == WaitingOn.THIRD_PARTY and not ticket.is_over:
        return words.text("Un tercero")
    if person and person == project.executive:
        return _named(person)
    return person.role if person and person.role else company


def _named(person: Person) -> str:
    return f"{person.name} · {person.role}" if person.role else person.name


def _is(person: Person, assignee: str) -> bool:
    return fold(assignee) in (fold(person.name), fold(person.id))


def _takes_part(person: Person, project: Project) -> bool:
    today = project.cut.day
    return today is None or (person.since or today) <= today <= (person.until or today)
