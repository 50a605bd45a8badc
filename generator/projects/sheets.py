"""The executive's CSV files → typed rows. Headers are Spanish first, English accepted."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from babel import Locale

from ..locale import LANGUAGES, SOURCE
from ..problems import N_, Ours, Problem, Severity, UnreadableFile
from ..text import fold, slugify
from ..tickets.reading import RawTable, read_file, read_table
from ..tickets.values import parse_dates
from .documents import with_file, with_returned
from .model import Access, Document, Person, Phase, PlainTitle, Policy, Request, Sent, ServiceTimes

if TYPE_CHECKING:
    from pathlib import Path

    from ..settings import Settings

LINKS_FILE = "links.csv"
"""Written by `avance rotate`."""
SENT_FILE = "sent.csv"
"""Written by `avance digest --mark`."""
_Choice = TypeVar("_Choice", bound=StrEnum)

PROJECTS = {
    "id": ("id",),
    "client": ("cliente", "client"),
    "name": ("nombre", "name"),
    "phase": ("fase", "phase"),
    "executive": ("ejecutivo", "executive"),
    "tracker_key": ("clave_tracker", "tracker_key"),
    "start": ("inicio", "start"),
    "planned_end": ("fin_previsto", "planned_end"),
    "go_live": ("puesta_en_marcha", "go_live"),
    "technical_end": ("fin_tecnico", "technical_end"),
    "access": ("acceso", "access"),
    "contracted_hours": ("horas_contratadas", "contracted_hours"),
    "policy_from": ("poliza_desde", "policy_from"),
    "policy_until": ("poliza_hasta", "policy_until"),
    "first_answer_hours": ("horas_primera_respuesta", "first_answer_hours"),
    "resolution_hours": ("horas_solucion", "resolution_hours"),
    "time_zone": ("zona_horaria", "time_zone"),
    "country": ("pais", "country"),
    "language": ("idioma", "language"),
}
PEOPLE = {
    "id": ("id",),
    "project": ("proyecto", "project"),
    "name": ("nombre", "name"),
    "company": ("empresa", "company"),
    "group": ("grupo", "group"),
    "role": ("rol", "role"),
    "phone": ("telefono", "phone"),
    "phone_kind": ("telefono_tipo", "phone_kind"),
    "email": ("correo", "email"),
    "since": ("desde", "from"),
    "until": ("hasta", "until"),
    "access": ("acceso", "access"),
    "link_expires": ("enlace_vence", "link_expires"),
}
DOCUMENTS = {
    "id": ("id",),
    "project": ("proyecto", "project"),
    "kind": ("tipo", "kind"),
    "title": ("titulo", "title"),
    "day": ("fecha", "date"),
    "valid_until": ("valido_hasta", "valid_until"),
    "version": ("version",),
    "state": ("estado", "state"),
    "ticket": ("ticket",),
    "file": ("archivo", "file"),
}
REQUESTS = {
    "id": ("id",),
    "project": ("proyecto", "project"),
    "template": ("plantilla", "template"),
    "what": ("que", "what"),
    "purpose": ("para", "purpose"),
    "asked": ("pedido", "asked"),
    "received": ("recibido", "received"),
    "validated": ("validado", "validated"),
    "ticket": ("ticket",),
}
HOLIDAYS = {
    "country": ("pais", "country"),
    "day": ("fecha", "date"),
    "name": ("nombre", "name"),
    "working": ("laborable", "working"),
}
LINKS = {
    "project": ("proyecto", "project"),
    "contact": ("contacto", "contact"),
    "renewals": ("renovaciones", "renewals"),
}
SENT = {
    "project": ("proyecto", "project"),
    "day": ("corte", "cut"),
    "tickets": ("articulos", "articles"),
}
TITLES = {
    "ticket": ("ticket",),
    "title": ("titulo", "title"),
    "meaning": ("significado", "meaning"),
}


@dataclass(frozen=True, kw_only=True)
class ProjectRow:
    """One row of projects.csv."""

    id: str
    client: str
    name: str
    tracker_keys: tuple[str, ...]
    phase: Phase
    access: Access
    language: str
    country: str
    time_zone: ZoneInfo
    executive: str
    start: date | None
    planned_end: date | None
    go_live: date | None
    technical_end: date | None
    policy: Policy = field(default_factory=Policy)
    service_times: ServiceTimes = field(default_factory=ServiceTimes)


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A correction of the library's holidays: a day of a country that has no service, or, when *working*, has."""

    country: str
    day: date
    name: str
    working: bool


@dataclass(frozen=True)
class Sheets:
    """What the executive's files say; `projects` is None when there is no projects.csv."""

    projects: tuple[ProjectRow, ...] | None
    people: tuple[Person, ...]
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    titles: tuple[PlainTitle, ...] = ()
    requests: tuple[Request, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    renewals: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How often the links of (project, contact) were made anew; contact "" is the whole project, project "" a contact
    whose link opens every project."""
    sent: Mapping[str, Sent] = field(default_factory=dict)
    """What was told last, by project."""


def read_sheets(settings: Settings) -> Sheets:
    """Read the executive's sheets of the data folder; each may be absent."""
    problems: list[Problem] = []
    projects = _read(settings, "projects.csv", PROJECTS, problems)
    people = _read(settings, "people.csv", PEOPLE, problems)
    documents = _read(settings, "documents.csv", DOCUMENTS, problems)
    titles = _read(settings, "titles.csv", TITLES, problems)
    requests = _read(settings, "requests.csv", REQUESTS, problems)
    holidays = _read(settings, "holidays.csv", HOLIDAYS, problems)
    links = _read(settings, LINKS_FILE, LINKS, problems)
    sent = _read(settings, SENT_FILE, SENT, problems)
    undertakings = None if projects is None else tuple(_projects(projects, settings))
    known = None if undertakings is None else {row.id for row in undertakings}
    delivered = tuple(_documents(documents, settings.data_dir, known)) if documents else ()
    return Sheets(
        projects=undertakings,
        people=tuple(_person(row) for row in people.rows()) if people else (),
        documents=delivered,
        titles=tuple(_title(row) for row in titles.rows()) if titles else (),
        requests=tuple(_requests(requests, delivered, settings.data_dir, known)) if requests else (),
        holidays=tuple(_holidays(holidays)) if holidays else (),
        renewals=dict(_renewal(row) for row in links.rows()) if links else {},
        sent={row["project"]: _sent(row) for row in sent.rows()} if sent else {},
        problems=tuple(problems),
    )


class _Sheet:
    """A file with its columns found; `rows` gives one `_Row` a record."""

    def __init__(self, raw: RawTable, places: Mapping[str, int], problems: list[Problem]) -> None:
        self.raw, self.places, self.problems = raw, places, problems
        days = [name for name in places if name in _DAYS]
        self._days = {name: parse_dates(raw.column(places[name]), zone=UTC).values.to_pylist() for name in days}

    def rows(self) -> Iterator[_Row]:
        for position, row in enumerate(self.raw.rows):
            cells = {name: self.raw.column(place)[position].as_py().strip() for name, place in self.places.items()}
            days = {name: values[position].date() if values[position] else None for name, values in self._days.items()}
            yield _Row(self, int(row), cells, days)


_DAYS = {
    *("start", "planned_end", "go_live", "technical_end", "policy_from", "policy_until"),
    *("since", "until", "link_expires", "day", "valid_until", "asked", "received", "validated"),
}


@dataclass(frozen=True)
class _Row:
    """One record: its cells by field, and a way to report one of them."""

    sheet: _Sheet
    row: int
    cells: Mapping[str, str]
    days: Mapping[str, date | None]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    def day(self, name: str) -> date | None:
        """Return a date cell; text that is no date is reported."""
        if self[name] and self.days.get(name) is None:
            self.report(name, N_("«{value}» no es una fecha."), N_("Escriba la fecha como 2026-11-23."))
        return self.days.get(name)

    def choice(self, name: str, choices: type[_Choice], default: _Choice) -> _Choice:
        """Return a cell that holds one of a few words; any other word is an error."""
        value = slugify(self[name])
        if not value:
            return default
        if value not in {choice.value for choice in choices}:
            self.report(
                name,
                N_("«{value}» no es un valor conocido."),
                N_("Use uno de estos: {choices}."),
                choices=Ours(", ".join(choices)),
            )
            return default
        return choices(value)

    def report(
        self, name: str, message: str, hint: str, *, severity: Severity = Severity.ERROR, **values: object
    ) -> None:
        """Add a problem about the cell *name*."""
        column = self.sheet.raw.header[self.sheet.places[name]] if name in self.sheet.places else name
        self.sheet.problems.append(
            Problem(
                file=self.sheet.raw.file,
                row=self.row,
                column=column,
                message=message,
                hint=hint,
                severity=severity,
                values={"value": self[name], **values},
            )
        )


def _read(settings: Settings, name: str, fields: Mapping[str, Sequence[str]], problems: list[Problem]) -> _Sheet | None:
    path = settings.data_dir / name
    if not path.is_file():
        return None
    titles = {fold(title): field for field, alternatives in fields.items() for title in alternatives}
    try:
        raw = read_table(read_file(path, name=name), name=name, titles=titles)
    except UnreadableFile as unreadable:
        problems.append(unreadable.problem)
        return None
    problems += raw.set_aside
    places = {titles[fold(title)]: place for place, title in enumerate(raw.header) if fold(title) in titles}
    unknown = [title for title in raw.header if title and fold(title) not in titles]
    key = next(iter(fields))
    known = ", ".join(alternatives[0] for alternatives in fields.values())
    if key not in places:
        problems.append(
            Problem(
                file=name,
                row=raw.header_row,
                severity=Severity.ERROR,
                message=N_("Falta la columna «{key}»."),
                hint=N_("El encabezado de este archivo es: {titles}."),
                values={"key": Ours(key), "titles": Ours(known)},
            )
        )
        return None
    if unknown:
        problems.append(
            Problem(
                file=name,
                row=raw.header_row,
                column=unknown[0],
                message=N_("Columnas que no se conocen y no se usan: {titles}."),
                hint=N_("El encabezado de este archivo es: {known}."),
                values={"titles": ", ".join(unknown), "known": Ours(known)},
            )
        )
    return _Sheet(raw, places, problems)


def _projects(sheet: _Sheet, settings: Settings) -> Iterator[ProjectRow]:
    taken: set[str] = set()
    for row in sheet.rows():
        project = _project(row, settings)
        if project.id in taken:
            row.report("id", N_("El id «{value}» está en más de una fila."), N_("Dé a cada proyecto un id propio."))
        taken.add(project.id)
        yield project


def _project(row: _Row, settings: Settings) -> ProjectRow:
    identifier = slugify(row["id"])
    if not identifier or identifier != row["id"]:
        row.report(
            "id",
            N_("El id «{value}» no sirve como dirección."),
            N_("Use solo letras minúsculas, números y guiones, por ejemplo {example}."),
            example=identifier or "andina",
        )
    return ProjectRow(
        id=identifier,
        client=row["client"] or row["name"] or identifier,
        name=row["name"] or row["client"] or identifier,
        tracker_keys=tuple(key.strip() for key in row["tracker_key"].split(";") if key.strip()),
        phase=row.choice("phase", Phase, Phase.IMPLEMENTATION),
        access=row.choice("access", Access, Access.LINK),
        language=_language(row, settings),
        country=_country(row),
        time_zone=_time_zone(row, settings),
        executive=row["executive"],
        start=row.day("start"),
        planned_end=row.day("planned_end"),
        go_live=row.day("go_live"),
        technical_end=row.day("technical_end"),
        policy=Policy(
            hours=_number(row, "contracted_hours"), since=row.day("policy_from"), until=row.day("policy_until")
        ),
        service_times=ServiceTimes(
            first_answer=_hours_by_priority(row, "first_answer_hours"),
            resolution=_hours_by_priority(row, "resolution_hours"),
        ),
    )


def _number(row: _Row, name: str) -> float | None:
    value = _hours(row[name])
    if row[name] and value is None:
        row.report(name, N_("«{value}» no es una cantidad de horas."), N_("Escriba solo el número, por ejemplo 180."))
    return value


def _hours(text: str) -> float | None:
    try:
        hours = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return hours if 0 <= hours < math.inf else None


def _hours_by_priority(row: _Row, name: str) -> dict[str, float]:
    """Return the hours of a cell such as "8" or "Alta=4; Media=8": by folded priority, "" for every other."""
    hours: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in row[name].split(";"))):
        priority, _, number = part.rpartition("=")
        value = _hours(number)
        if value is None:
            row.report(
                name,
                N_("«{value}» no es una cantidad de horas."),
                N_("Escriba un número, o un número por prioridad: Alta=4; Media=8."),
            )
            return {}
        hours[fold(priority)] = value
    return hours


def _country(row: _Row) -> str:
    """Return the ISO code of a country written as a code or by its name in any of the site's languages."""
    code = country_code(row["country"])
    if row["country"] and not code:
        row.report(
            "country",
            N_("«{value}» no es un país conocido: no se descuentan sus días feriados."),
            N_("Escriba el código de dos letras, por ejemplo VE, CO, PE o MX."),
            severity=Severity.WARNING,
        )
    return code


@cache
def country_code(text: str) -> str:
    """Return the ISO 3166 code of a country written as its code or its name, or an empty string.

    >>> country_code("Perú"), country_code("ve"), country_code("Atlántida")
    ('PE', 'VE', '')
    """
    codes = Locale(SOURCE).territories
    if len(text) == 2 and text.upper() in codes:
        return text.upper()
    names = {
        fold(name): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2
    }
    return str(names.get(fold(text), ""))


def _check_project(row: _Row, known: Collection[str] | None) -> None:
    if known is not None and row["project"] not in known:
        row.report(
            "project",
            N_("El proyecto «{value}» no está en projects.csv: esta fila no se muestra."),
            N_("Escriba el id de un proyecto, con las mismas letras."),
            severity=Severity.WARNING,
        )


def _requests(
    sheet: _Sheet, documents: Sequence[Document], data_dir: Path, known: Collection[str] | None
) -> Iterator[Request]:
    """Yield each request with what is to be corrected in the template that came back."""
    for row in sheet.rows():
        _check_project(row, known)
        asked = _request(row)
        templates = {document.id: document for document in documents if document.project == asked.project}
        request, problems = with_returned(asked, templates, data_dir)
        sheet.problems += problems
        yield request


def _request(row: _Row) -> Request:
    return Request(
        id=row["id"],
        project=row["project"],
        template=row["template"],
        what=row["what"],
        purpose=row["purpose"],
        asked=row.day("asked"),
        received=row.day("received"),
        validated=row.day("validated"),
        ticket=row["ticket"].removeprefix("#"),
        row=row.row,
    )


def _holidays(sheet: _Sheet) -> Iterator[Holiday]:
    for row in sheet.rows():
        day = row.day("day")
        country = _country(row)
        if day is not None and (country or not row["country"]):
            working = fold(row["working"]) in ("si", "sim", "yes", "true", "1")
            yield Holiday(country=country, day=day, name=row["name"], working=working)


def _language(row: _Row, settings: Settings) -> str:
    if row["language"] and row["language"] not in LANGUAGES:
        row.report(
            "language",
            N_("«{value}» no es un valor conocido."),
            N_("Use uno de estos: {choices}."),
            choices=Ours(", ".join(LANGUAGES)),
        )
        return settings.language
    return row["language"] or settings.language


def _time_zone(row: _Row, settings: Settings) -> ZoneInfo:
    if not row["time_zone"]:
        return settings.time_zone
    try:
        return ZoneInfo(row["time_zone"])
    except (KeyError, ValueError, OSError):
        row.report(
            "time_zone",
            N_("«{value}» no es una zona horaria."),
            N_("Escríbala como America/Bogota o America/Mexico_City."),
        )
        return settings.time_zone


def _person(row: _Row) -> Person:
    if row["phone"] and fold(row["phone_kind"]) == "personal":
        row.report(
            "phone",
            N_("El teléfono de {person} está marcado como personal y no puede publicarse."),
            N_("Escriba un teléfono profesional o deje la celda vacía."),
            person=row["name"],
        )
    professional = fold(row["phone_kind"]) in ("profesional", "professional")
    return Person(
        id=row["id"],
        name=row["name"],
        projects=tuple(part.strip() for part in row["project"].split(";") if part.strip()),
        company=row["company"],
        group=row["group"],
        role=row["role"],
        phone=row["phone"] if professional else "",
        email=row["email"],
        since=row.day("since"),
        until=row.day("until"),
        access=fold(row["access"]) not in ("no", "nao"),
        link_expires=row.day("link_expires"),
        row=row.row,
    )


def _documents(sheet: _Sheet, data_dir: Path, known: Collection[str] | None) -> Iterator[Document]:
    """Yield each document with its file, where it has one that can be published."""
    for row in sheet.rows():
        _check_project(row, known)
        document, problems = with_file(_document(row), data_dir)
        sheet.problems += problems
        yield document


def _document(row: _Row) -> Document:
    return Document(
        id=row["id"],
        project=row["project"],
        kind=row["kind"],
        title=row["title"],
        day=row.day("day"),
        valid_until=row.day("valid_until"),
        version=row["version"],
        state=row["state"],
        ticket=row["ticket"].removeprefix("#"),
        file=row["file"],
        row=row.row,
    )


def _renewal(row: _Row) -> tuple[tuple[str, str], int]:
    if not row["renewals"].isdecimal():
        row.report(
            "renewals", N_("«{value}» no es un número."), N_("Este archivo lo escribe «avance rotate»: no lo edite.")
        )
        return (row["project"], row["contact"]), 0
    return (row["project"], row["contact"]), int(row["renewals"])


def _sent(row: _Row) -> Sent:
    tickets = row["tickets"].removeprefix("'").split()
    return Sent(project=row["project"], day=row.day("day"), tickets=frozenset(tickets))


def _title(row: _Row) -> PlainTitle:
    return PlainTitle(ticket=row["ticket"].removeprefix("#"), title=row["title"], meaning=row["meaning"], row=row.row)
