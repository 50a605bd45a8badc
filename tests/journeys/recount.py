"""The sample data read again with Python's csv and dates alone: the definitions of the pages, and nothing of ours.

Slow and plain on purpose: a working day is a day of a calendar on a wall, the service clock ticks minute by minute.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

DATA = Path(__file__).parent.parent.parent / "data"
PROJECTS = ("andina", "sierra-clara", "textiles-del-sur")
EXPORTED = ZoneInfo("America/Caracas")
"""The zone of the times in the exports, by mkdocs.yml."""
WAITS = {"Cliente": "client", "Tercero": "third-party", "AdaptaPro": "adaptapro", "": ""}
STATES = {
    **dict.fromkeys(("Nueva", "Por hacer", "Nuevo"), "todo"),
    **dict.fromkeys(("En curso", "En revisión", "En curso (asignada)", "En curso (planificada)"), "doing"),
    **dict.fromkeys(("Comentarios", "Esperando por el cliente", "En espera"), "waiting"),
    **dict.fromkeys(("Resuelta", "Cerrada", "Resuelto", "Cerrado", "Finalizada"), "done"),
    **dict.fromkeys(("Rechazada", "Descartada"), "cancelled"),
}
_CUSTOM = "Campo personalizado ({})"
_WEEKDAYS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")
_MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic")
_OPENING = ((8 * 60, 12 * 60), (13 * 60, 16 * 60 + 30))


@dataclass(frozen=True, kw_only=True)
class Row:
    """A ticket of an export; times in the client's zone, amounts in minutes."""

    ticket: str
    kind: str
    state: str
    waits_on: str
    priority: str
    category: str
    created: datetime
    updated: datetime
    started: datetime | None
    answered: datetime | None
    closed: datetime | None
    due: datetime | None
    agreed: datetime | None
    estimate: int
    spent: int
    labels: str
    answer: str
    public: str

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state not in ("done", "cancelled")

    @property
    def on_client(self) -> bool:
        """Whether it waits for the client."""
        return self.is_open and self.waits_on == "client"

    @property
    def date(self) -> datetime | None:
        """The date agreed, or else the one that it is due."""
        return self.agreed or self.due

    @property
    def is_support(self) -> bool:
        """Whether it is support: by the type in an implementation; in production, whatever is no improvement."""
        return self.kind in ("Error", "Soporte", "Pregunta", "Incidencia", "Solicitud") and not self.is_improvement

    @property
    def is_improvement(self) -> bool:
        """Whether its category is that of continuous improvement."""
        return self.category.startswith("Mejora continua")


@dataclass(frozen=True, kw_only=True)
class Cut:
    """An export: its day by the name of the file, its newest instant, and the tickets that may be published."""

    day: date
    instant: datetime
    rows: tuple[Row, ...]

    def by_ticket(self) -> dict[str, Row]:
        """Return the tickets by their number."""
        return {row.ticket: row for row in self.rows}

    @property
    def open(self) -> list[Row]:
        """The tickets that are not over."""
        return [row for row in self.rows if row.is_open]

    @property
    def counted(self) -> list[Row]:
        """The tickets that are not cancelled."""
        return [row for row in self.rows if row.state != "cancelled"]

    @property
    def done(self) -> list[Row]:
        """The tickets that were finished."""
        return [row for row in self.rows if row.state == "done"]


def sheet(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the executive's sheets."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def terms(project: str) -> dict[str, str]:
    """Return what projects.csv says of *project*."""
    return next(row for row in sheet("projects.csv") if row["id"] == project)


def raw_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of an export as the tracker wrote them."""
    text = path.read_bytes().decode("utf-8-sig")
    delimiter = ";" if text.split("\n", 1)[0].count(";") > 5 else ","
    return list(csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter))


@cache
def cuts(project: str) -> tuple[Cut, ...]:
    """Return the exports of a sample project, the oldest first, without the tickets that its newest one withholds."""
    zone = ZoneInfo(terms(project)["zona_horaria"])
    found = []
    for path in sorted((DATA / "tickets" / project).glob("*.csv")):
        rows = tuple(_row(raw, zone) for raw in raw_rows(path))
        instant = max(moment for row in rows for moment in (row.created, row.updated, row.closed) if moment)
        found.append(Cut(day=date.fromisoformat(path.name[:10]), instant=instant, rows=rows))
    latest = {row.ticket: row for cut in found for row in cut.rows}
    secret = {row.ticket for row in latest.values() if row.public == "No"}
    return tuple(
        Cut(day=cut.day, instant=cut.instant, rows=tuple(row for row in cut.rows if row.ticket not in secret))
        for cut in found
    )


def last_cut(project: str) -> Cut:
    """Return the cut that the pages show."""
    return cuts(project)[-1]


def _row(raw: dict[str, str], zone: ZoneInfo) -> Row:
    def say(*names: str) -> str:
        return next((raw[name] for name in names if raw.get(name)), "")

    def when(*names: str, day: bool = False) -> datetime | None:
        return _moment(say(*names), zone, day=day)

    state = STATES[raw["Estado"]]
    waits_on = WAITS[say("Depende de", _CUSTOM.format("Depende de"))]
    over = state in ("done", "cancelled")
    created, updated = (
        when("Creado", "Creada", "Fecha de apertura"),
        when("Actualizado", "Actualizada", "Última actualización"),
    )
    assert created
    assert updated
    return Row(
        ticket=say("#", "ID", "Clave de incidencia").replace(" ", "").replace("\u00a0", ""),
        kind=say("Tipo", "Tipo de Incidencia"),
        state="waiting" if waits_on in ("client", "third-party") and not over else state,
        waits_on="" if over else waits_on,
        priority=say("Prioridad"),
        category=say("Categoría", "Componentes"),
        created=created,
        updated=updated,
        started=when("Fecha de inicio", day=True),
        answered=when("Primera respuesta"),
        closed=when("Cerrada", "Resuelta", "Fecha de solución", "Fecha de cierre") if over else None,
        due=when("Fecha fin", "Fecha de vencimiento", "Tiempo para resolver", day=True),
        agreed=when("Fecha acordada", _CUSTOM.format("Fecha acordada"), day=True),
        estimate=_amount(say("Tiempo estimado")) or int(say("Estimación original") or 0) // 60,
        spent=minutes(say("Duración total")) or _amount(say("Tiempo dedicado")),
        labels=say("Etiquetas"),
        answer=say("Respuesta", _CUSTOM.format("Respuesta")),
        public=say("Publicar", _CUSTOM.format("Publicar")),
    )


def _moment(text: str, zone: ZoneInfo, *, day: bool) -> datetime | None:
    """Return a date of Redmine, GLPI or Jira; a *day* without a time of day is the same day everywhere."""
    if not text:
        return None
    jira = re.fullmatch(r"(\d\d)/([a-z]+)/(\d\d) (\d+):(\d\d) ([AP])M", text)
    if jira:
        hour = int(jira[4]) % 12 + (12 if jira[6] == "P" else 0)
        wall = datetime(
            2000 + int(jira[3]), 1 + [name[:3] for name in _MONTHS].index(jira[2]), int(jira[1]), hour, int(jira[5])
        )
    else:
        wall = datetime.fromisoformat(text)
    if day and wall.time() == time(0):
        return wall.replace(tzinfo=zone)
    return wall.replace(tzinfo=EXPORTED).astimezone(zone)


def _amount(hours: str) -> int:
    return round(60 * float(hours.replace(",", "."))) if hours else 0


def minutes(text: str) -> int:
    """Return a duration of GLPI or of a page as minutes: "4 horas 30 minutos", "4 h 30 min" → 270."""
    amounts = {unit: int(number) for number, unit in re.findall(r"(\d+)\s+(h|min)", text)}
    return 60 * amounts.get("h", 0) + amounts.get("min", 0)


def charged(project: str) -> dict[str, int]:
    """Return the minutes of each ticket that the policy pays, by the rule that the page states."""
    return {row.ticket: row.spent for row in charged_rows(project)}


def charged_rows(project: str) -> list[Row]:
    """Return the tickets that the policy pays."""
    since, until = (date.fromisoformat(terms(project)[name]) for name in ("poliza_desde", "poliza_hasta"))
    return [row for row in last_cut(project).rows if row.spent and since <= charge_day(row) <= until]


def charge_day(row: Row) -> date:
    """Return the day in which all the hours of a ticket count: that of its end, or of its last change."""
    return (row.closed or row.updated).date()


@dataclass(frozen=True)
class Wall:
    """The calendar on the wall of a country: its holidays, as holidays.csv corrects them."""

    closed: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Tell whether there is service on *day*."""
        return day.weekday() < 5 and day not in self.closed

    def days(self, start: date, end: date) -> int:
        """Count the working days from the day *start* to the day *end*: 1 from a Friday to the Monday after."""
        return sum(self.is_working(start + timedelta(days=step)) for step in range((end - start).days))

    def minutes(self, start: datetime, end: datetime) -> int:
        """Count the minutes of service from *start* to *end*, both in the client's zone."""
        return sum(
            self._ticks(
                start.hour * 60 + start.minute if day == start.date() else 0,
                end.hour * 60 + end.minute if day == end.date() else 24 * 60,
            )
            for day in _days(start.date(), end.date())
            if self.is_working(day)
        )

    def _ticks(self, first: int, end: int) -> int:
        return sum(first <= minute < end for opening, closing in _OPENING for minute in range(opening, closing))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=step) for step in range((last - first).days + 1))


@cache
def wall(project: str) -> Wall:
    """Return the calendar of a sample project's country, from a year before its tickets to a year after."""
    country = terms(project)["pais"]
    closed = set(holidays.country_holidays(country, years=range(2025, 2028)))
    for row in sheet("holidays.csv"):
        if row["pais"] == country:
            (closed.add if row["laborable"] == "no" else closed.discard)(date.fromisoformat(row["fecha"]))
    return Wall(frozenset(closed))


def nearest_rank(values: Iterable[int], percent: int) -> int:
    """Return the smallest value that at least *percent* in a hundred of *values* do not exceed."""
    ordered = sorted(values)
    return next(value for value in ordered if 100 * sum(other <= value for other in ordered) >= percent * len(ordered))


def day_in_words(day: date) -> str:
    """Return a day as the tables write it: "lun 23 nov 2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
