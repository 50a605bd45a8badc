"""A project and its parts: plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..problems import N_, Problem
from ..text import first_part, fold, slugify
from ..tickets.kinds import Kind
from ..tickets.table import Ticket, newest_first, rows
from .calendar import ServiceCalendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


class Phase(StrEnum):
    """The phases of the relationship with a client, in order."""

    BUSINESS_CASE = "caso-de-negocio"
    IMPLEMENTATION = "implementacion"
    PRODUCTION = "produccion"
    ESERVICE = "poliza-eservice"

    @property
    def label(self) -> str:
        """The phase as clients read it (Spanish source text)."""
        return _PHASES[self]


_PHASES = {
    Phase.BUSINESS_CASE: N_("Caso de negocio"),
    Phase.IMPLEMENTATION: N_("Implementación"),
    Phase.PRODUCTION: N_("Producción"),
    Phase.ESERVICE: N_("Póliza eService"),
}


class Access(StrEnum):
    """Who can read a project's pages."""

    PUBLIC = "public"
    LINK = "link"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a mode


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who takes part; `phone` is professional, a personal one never gets this far."""

    id: str
    name: str
    projects: tuple[str, ...] = ()
    company: str = ""
    group: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    since: date | None = None
    until: date | None = None
    access: bool = True
    link_expires: date | None = None
    """The first day on which the link of this person opens nothing."""
    row: int = 0
    """Where people.csv says so."""

    @property
    def contact(self) -> str:
        """What links call this person: the id, or else the name."""
        return self.id or slugify(self.name)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A formal document; `file` is a path under data/files/, empty when only its record is kept.

    `size` (bytes) and `sha256` are those of the file as it was delivered. `content` is empty where it is not offered.
    """

    id: str
    project: str
    kind: str
    title: str
    day: date | None = None
    valid_until: date | None = None
    version: str = ""
    state: str = ""
    ticket: str = ""
    file: str = ""
    size: int = 0
    sha256: str = ""
    content: bytes = field(default=b"", repr=False)
    text: str = field(default="", repr=False)
    """What a Markdown file says, which pages show: a phone opens no such file."""
    redacted: bool = False
    """Whether names were taken out of `text`."""
    row: int = 0
    """Where documents.csv says so."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """Data asked of the client: `what`, `purpose`, and the days on which it was asked for, received and validated.

    `template` is the id of the document to fill in, empty where none is. `returned` is the path under data/files/ of
    the template that came back, and `observations` what has to be corrected in it.
    """

    id: str
    project: str
    template: str = ""
    what: str = ""
    purpose: str = ""
    asked: date | None = None
    received: date | None = None
    validated: date | None = None
    ticket: str = ""
    returned: str = ""
    observations: tuple[Problem, ...] = ()
    row: int = 0
    """Where requests.csv says so."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a póliza eService says: hours contracted for its term, and its first and last day."""

    hours: float | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceTimes:
    """Contracted times in service hours, by folded priority; under "" the one for every other priority."""

    first_answer: Mapping[str, float] = field(default_factory=dict)
    resolution: Mapping[str, float] = field(default_factory=dict)

    def for_first_answer(self, priority: str) -> float | None:
        """Return the hours within which a ticket of *priority* is answered; None where nothing is contracted."""
        return self.first_answer.get(fold(priority), self.first_answer.get(""))

    def for_resolution(self, priority: str) -> float | None:
        """Return the hours within which a ticket of *priority* is resolved; None where nothing is contracted."""
        return self.resolution.get(fold(priority), self.resolution.get(""))


@dataclass(frozen=True, kw_only=True)
class PlainTitle:
    """A ticket in the client's words, kept over every new export; `row` is where titles.csv says it."""

    ticket: str
    title: str = ""
    meaning: str = ""
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What the client was told last: the day of its cut, and the tickets of all articles told by then."""

    project: str
    day: date | None
    tickets: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Cut:
    """The tickets as an export showed them: number from 1, day in the project's zone, and the time, where known."""

    number: int
    day: date | None
    instant: datetime | None
    tickets: pd.DataFrame


RECENT = 200
"""How many ended tickets stand on the progress page; the older ones are on pages of their own."""
ARCHIVE_PAGE = 200
"""How many of them stand on each page of the history."""


@dataclass(frozen=True, kw_only=True)
class Project:
    """One client's undertaking. The times of its tickets are in `time_zone`; a day without a time is its midnight."""

    id: str
    client: str
    name: str
    phase: Phase = Phase.IMPLEMENTATION
    access: Access = Access.LINK
    folder: str = ""
    """The folder of its pages under p/ where that is not its id: private projects have an opaque one."""
    language: str = "es"
    country: str = ""
    time_zone: ZoneInfo
    executive: Person | None = None
    start: date | None = None
    planned_end: date | None = None
    go_live: date | None = None
    technical_end: date | None = None
    people: tuple[Person, ...] = ()
    documents: tuple[Document, ...] = ()
    requests: tuple[Request, ...] = ()
    policy: Policy = field(default_factory=Policy)
    service_times: ServiceTimes = field(default_factory=ServiceTimes)
    calendar: ServiceCalendar = field(default_factory=ServiceCalendar)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """What the tracker's words for a kind or a wide category mean, for those that mean support or improvement."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What a ticket means for the client, by its number, where the executive has written it."""
    unclassified: frozenset[str] = frozenset()
    """Status words of its exports that no vocabulary knows: their tickets are marked."""
    cuts: tuple[Cut, ...] = ()
    """Every cut that was read, the oldest first; the last one is what the pages show."""

    @property
    def is_private(self) -> bool:
        """Whether its pages are for those who have a link or a passphrase."""
        return self.access is not Access.PUBLIC

    @property
    def home(self) -> str:
        """The way to its pages from the site's home: `p/andina/`."""
        return f"p/{self.folder or self.id}/"

    def address(self, tab: str = "") -> str:
        """Return the way to one of its pages from the site's home; in a sealed project all are views of one page."""
        return f"{self.home}#/{tab.rstrip('/')}" if tab and self.is_private else f"{self.home}{tab}"

    @property
    def cut(self) -> Cut:
        """The cut that the pages show."""
        return self.cuts[-1]

    @property
    def tickets(self) -> pd.DataFrame:
        """The tickets of the last cut."""
        return self.cut.tickets

    @cached_property
    def each(self) -> tuple[Ticket, ...]:
        """The tickets of the last cut as plain values, in the order of the table."""
        return tuple(rows(self.tickets))

    @cached_property
    def archived(self) -> Mapping[str, int]:
        """The tickets that ended long ago, all but the `RECENT` newest: number → page of the history, newest first."""
        over = sorted((ticket for ticket in self.each if ticket.is_over), key=newest_first)
        return {ticket.ticket: 1 + place // ARCHIVE_PAGE for place, ticket in enumerate(over[RECENT:])}

    @property
    def in_service(self) -> bool:
        """Whether the system is in production: what the client asks for from then on is support or improvement."""
        return self.phase in (Phase.PRODUCTION, Phase.ESERVICE)

    def kind_of(self, ticket: Ticket) -> Kind:
        """Return whether a ticket is support, an improvement, or other work.

        Its type says so, or the first part of its category where the tracker has no type for it: "Mejora continua >
        Inventario" is an improvement whatever its type. In production whatever is no improvement is support.
        """
        said = {self.kinds.get(word, Kind.OTHER) for word in (ticket.kind, first_part(ticket.component))}
        kind = next((kind for kind in (Kind.IMPROVEMENT, Kind.SUPPORT) if kind in said), Kind.OTHER)
        return Kind.SUPPORT if kind is Kind.OTHER and self.in_service else kind
