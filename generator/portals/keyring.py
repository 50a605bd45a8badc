"""Who opens what: the keys of each private project's readers.

A contact has a link to a project while the policy lets them take part and people.csv says neither `acceso: no` nor that
the link has expired, on the day of the cut: the same data give the same keys on any day. Executives have one key that
opens the panel and every private project.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..projects.model import Access
from ..projects.people import Role, has_left, present, role_of
from .keys import ProjectKeys, Secret, stretch
from .sealing import Mode, Reader

if TYPE_CHECKING:
    from ..projects.model import Person, Project

EVERYWHERE = ""
"""The project, in links.csv and in keys, of links that open the panel and all projects."""
PANEL = "panel"
"""The executive's page: its folder, and what its keys are bound to."""


@dataclass(frozen=True, kw_only=True)
class Lock:
    """What a container is sealed with."""

    keys: ProjectKeys
    readers: tuple[Reader, ...]
    mode: Mode = Mode.LINK
    salt: bytes = bytes(16)


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """The secret of a site, its executives, and how often each link was made anew."""

    secret: Secret = field(repr=False)
    executives: tuple[Person, ...] = ()
    renewals: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def folder(self, project: Project) -> str:
        """Return the opaque folder of a private project."""
        return self.secret.page_id(project.id)

    def key(self, project: str, person: Person) -> bytes:
        """Return the key in the link of *person* to *project*, or EVERYWHERE."""
        return self.secret.link_key(project, person.contact, self._generation(project, person))

    def passphrase(self, project: str, person: Person) -> str:
        """Return what *person* types to open *project*."""
        return self.secret.passphrase(project, person.contact, self._generation(project, person))

    def lock(self, project: Project) -> Lock:
        """Return what *project* is sealed with."""
        salt = self.secret.salt(project.id)
        by_phrase = project.access is Access.PASSPHRASE
        own = [
            Reader(
                key=stretch(self.passphrase(project.id, person), salt) if by_phrase else self.key(project.id, person),
                label=person.name,
                expires=person.link_expires,
            )
            for person in contacts(project)
        ]
        mode = Mode.PASSPHRASE if by_phrase else Mode.LINK
        return self._lock(project.id, self.folder(project), own, mode, salt if by_phrase else bytes(16))

    def identity(self, project: Project) -> tuple[object, ...]:
        """Return what tells one lock of *project* from another, without the work of making it."""
        own = tuple((self.key(project.id, person), person.name, person.link_expires) for person in contacts(project))
        wide = tuple((self.key(EVERYWHERE, person), person.name, person.link_expires) for person in self.executives)
        return self.folder(project), project.access, own, wide, self.renewals.get((project.id, ""), 0)

    def panel_lock(self) -> Lock:
        """Return what the panel is sealed with."""
        return self._lock(EVERYWHERE, PANEL, [], Mode.LINK, bytes(16))

    def _lock(self, project: str, pid: str, own: list[Reader], mode: Mode, salt: bytes) -> Lock:
        everywhere = [
            Reader(key=self.key(EVERYWHERE, person), label=person.name, expires=person.link_expires)
            for person in self.executives
        ]
        readers = (*own, *everywhere)
        keys = self.secret.keys_of(
            project, pid, (reader.key for reader in readers), self.renewals.get((project, ""), 0)
        )
        return Lock(keys=keys, readers=readers, mode=mode, salt=salt)

    def _generation(self, project: str, person: Person) -> int:
        return self.renewals.get((project, person.contact), 0) + self.renewals.get((project, ""), 0)


def contacts(project: Project) -> tuple[Person, ...]:
    """Return who has a link to *project* alone on the day of its cut, each once; executives have a wider one."""
    found = {
        person.contact: person
        for person in present(project)
        if _has_link(person, project) and role_of(person, project) is not Role.EXECUTIVE
    }
    return tuple(found.values())


def executives(projects: Iterable[Project]) -> tuple[Person, ...]:
    """Return the executives who take part in any of *projects* on the day of its cut, in order and each once."""
    found: dict[str, Person] = {}
    for project in projects:
        people = [person for person in present(project) if role_of(person, project) is Role.EXECUTIVE]
        own = [project.executive] if project.executive and not has_left(project.executive, project.cut.day) else []
        found |= {person.contact: person for person in (*own, *people) if _has_link(person, project)}
    return tuple(found[contact] for contact in sorted(found))


def _has_link(person: Person, project: Project) -> bool:
    day = project.cut.day
    return person.access and not (person.link_expires and day and day >= person.link_expires)
