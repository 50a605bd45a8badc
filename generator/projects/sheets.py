"""The executive's CSV files → typed rows. Headers are Spanish first, English accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from ..locale import LANGUAGES
from ..problems import N_, Problem, Severity, UnreadableFile
from ..text import fold, slugify
from ..tickets.reading import RawTable, read_file, read_table
from ..tickets.values import parse_dates
from .model import Access, Document, Person, Phase, PlainTitle

if TYPE_CHECKING:
    from ..settings import Settings

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


@dataclass(frozen=True)
class Sheets:
    """What the executive's files say; `projects` is None when there is no projects.csv."""

    projects: tuple[ProjectRow, ...] | None
    people: tuple[Person, ...]
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    titles: tuple[PlainTitle, ...] = ()


def read_sheets(settings: Settings) -> Sheets:
    """Read projects.csv, people.csv, documents.csv and titles.csv of the data folder; each may be absent."""
    problems: list[Problem] = []
    projects = _read(settings, "projects.csv", PROJECTS, problems)
    people = _read(settings, "people.csv", PEOPLE, problems)
    documents = _read(settings, "documents.csv", DOCUMENTS, problems)
    titles = _read(settings, "titles.csv", TITLES, problems)
    return Sheets(
        projects=None if projects is None else tuple(_projects(projects, settings)),
        people=tuple(_person(row) for row in people.rows()) if people else (),
        documents=tuple(_document(row) for row in documents.rows()) if documents else (),
        titles=tuple(_title(row) for row in titles.rows()) if titles else (),
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


_DAYS = {"start", "planned_end", "go_live", "technical_end", "since", "until", "day", "valid_until"}


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
                choices=", ".join(choices),
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
    if key not in places:
        problems.append(
            Problem(
                file=name,
                row=raw.header_row,
                severity=Severity.ERROR,
                message=N_("Falta la columna «{key}»."),
                hint=N_("El encabezado de este archivo es: {titles}."),
                values={"key": key, "titles": ", ".join(alternatives[0] for alternatives in fields.values())},
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
                values={"titles": ", ".join(unknown), "known": ", ".join(a[0] for a in fields.values())},
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
        country=row["country"],
        time_zone=_time_zone(row, settings),
        executive=row["executive"],
        start=row.day("start"),
        planned_end=row.day("planned_end"),
        go_live=row.day("go_live"),
        technical_end=row.day("technical_end"),
    )


def _language(row: _Row, settings: Settings) -> str:
    if row["language"] and row["language"] not in LANGUAGES:
        row.report(
            "language",
            N_("«{value}» no es un valor conocido."),
            N_("Use uno de estos: {choices}."),
            choices=", ".join(LANGUAGES),
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
    )


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
        ticket=row["ticket"],
        file=row["file"],
    )


def _title(row: _Row) -> PlainTitle:
    return PlainTitle(ticket=row["ticket"].removeprefix("#"), title=row["title"], meaning=row["meaning"], row=row.row)
