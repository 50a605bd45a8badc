"""Which ticket belongs to which project; what is withheld, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..problems import N_, Problem, Severity
from ..text import first_part, fold, last_part, slugify
from ..tickets.kinds import read_kinds
from ..tickets.table import TIMES, empty_table
from .calendar import ServiceCalendar, public_holidays
from .cuts import EXPORTS, Snapshot, as_of, cut_days, snapshots
from .model import Access, Cut, Person, Phase, PlainTitle, Project
from .people import has_left, people_problems, with_roles_for_names
from .sheets import ProjectRow, Sheets

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ..settings import Settings
    from ..tickets.importing import Import
    from .sheets import Holiday

_DAYS = ("due", "agreed")
_OWNER = "project_id"
"""The column that says, while grouping, whose each ticket is; empty for nobody's."""


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """The projects to publish, and what became of the tickets of the newest cuts.

    `read` = tickets of the projects + `merged` + `withheld`. Merged are the ones that two files share; withheld those
    of a project that is not published, of no project, or marked private.
    """

    projects: tuple[Project, ...]
    newest_files: tuple[str, ...]
    read: int
    merged: int
    withheld: int
    problems: tuple[Problem, ...]


def group(imports: Sequence[Import], sheets: Sheets, settings: Settings, *, has_secret: bool = False) -> Grouping:
    """Return one project for each row of projects.csv, or for each tracker project when there is no such file.

    Private ones are left out, with a problem, where there is no secret to seal them with.
    """
    limit = settings.cut
    found = snapshots((imported for imported in imports if imported.tracker), settings.time_zone)
    if limit:
        found = [snapshot for snapshot in found if not snapshot.dated or snapshot.day <= limit]
    problems: list[Problem] = []
    rows = sheets.projects
    if rows is None:
        rows = _rows_from_trackers(found, settings)
        if rows:
            problems.append(_no_projects_file(rows))
    if settings.public:
        rows = tuple(replace(row, access=Access.PUBLIC) for row in rows)
    found = [replace(snapshot, tickets=_with_owner(snapshot, rows)) for snapshot in found]
    newest = as_of(found, date.max, newest=True)
    problems += _orphans(newest)
    problems += _orphan_titles(sheets.titles, newest)
    withheld = sum(int((snapshot.tickets[_OWNER] == "").sum()) for snapshot in newest)
    unclassified = frozenset(word for imported in imports for word in imported.unclassified)
    merged = 0
    projects = []
    shares = _shares(found, rows, settings.time_zone)
    for row in rows:
        own = _told_apart(shares.get(row.id, []))
        read = sum(len(snapshot.tickets) for snapshot in as_of(own, date.max, newest=True))
        if row.access is not Access.PUBLIC and not has_secret:
            problems.append(_without_secret(row, listed=sheets.projects is not None))
            withheld += read
            continue
        cuts = _cuts(own, row, settings, limit)
        hidden = _private(cuts[-1].tickets)
        secret = _withdrawn(cuts)
        shown = [replace(cut, tickets=_in_plain_words(_shown(cut.tickets, secret), sheets.titles)) for cut in cuts]
        project, named = with_roles_for_names(_project(row, shown, sheets, unclassified, settings))
        withheld += hidden
        merged += read - hidden - len(project.tickets)
        problems += [
            *_about(row, project, hidden, listed=sheets.projects is not None),
            *people_problems(project),
            *named,
        ]
        projects.append(project)
    return Grouping(
        projects=tuple(projects),
        newest_files=tuple(snapshot.file for snapshot in newest),
        read=sum(len(snapshot.tickets) for snapshot in newest),
        merged=merged,
        withheld=withheld,
        problems=tuple(problems),
    )


def _rows_from_trackers(found: Iterable[Snapshot], settings: Settings) -> tuple[ProjectRow, ...]:
    """Return a project for each one that the exports name, with an address of its own."""
    keys = sorted({fold(key): key for snapshot in found for key in _keys(snapshot).unique()}.values())
    taken: dict[str, str] = {}
    for key in keys:
        stem = slugify(last_part(key)) or "proyecto"
        addresses = (stem, *(f"{stem}-{number}" for number in range(2, len(keys) + 2)))
        taken[next(address for address in addresses if address not in taken)] = key
    return tuple(
        ProjectRow(
            id=slug,
            client=last_part(key),
            name=last_part(key),
            tracker_keys=(key,),
            phase=Phase.IMPLEMENTATION,
            access=Access.LINK,
            language=settings.language,
            country="",
            time_zone=settings.time_zone,
            executive="",
            start=None,
            planned_end=None,
            go_live=None,
            technical_end=None,
        )
        for slug, key in taken.items()
    )


def _keys(snapshot: Snapshot) -> pd.Series:
    """Return what each ticket's project is called; the name of the file where the export names none."""
    projects = snapshot.tickets["project"]
    return projects.where(projects != "", PurePosixPath(snapshot.series).name or EXPORTS)


def _with_owner(snapshot: Snapshot, rows: Iterable[ProjectRow]) -> pd.DataFrame:
    """Return the tickets with the id of the project they belong to: by folder, then by what the tracker calls it."""
    ids = {row.id for row in rows}
    owners = {fold(key): row.id for row in rows for key in (row.id, *row.tracker_keys)}
    if snapshot.folder in ids:
        return snapshot.tickets.assign(**{_OWNER: snapshot.folder})
    owner_of = {key: owners.get(fold(key), "") for key in _keys(snapshot).unique()}
    return snapshot.tickets.assign(**{_OWNER: _keys(snapshot).map(owner_of)})


def _shares(found: Sequence[Snapshot], rows: Iterable[ProjectRow], exported: ZoneInfo) -> dict[str, list[Snapshot]]:
    """Return each project's share of the snapshots: of every series that ever had a ticket of it, in its own zone."""
    zones = {row.id: row.time_zone for row in rows}
    parts = [_by_owner(snapshot.tickets, zones, exported) for snapshot in found]
    owners: dict[str, set[str]] = {}
    for snapshot, part in zip(found, parts, strict=True):
        owners.setdefault(snapshot.series, set()).update(part)
    shares: dict[str, list[Snapshot]] = {}
    for snapshot, part in zip(found, parts, strict=True):
        nothing = snapshot.tickets.iloc[:0].drop(columns=_OWNER)
        for owner in owners[snapshot.series]:
            shares.setdefault(owner, []).append(replace(snapshot, tickets=part.get(owner, nothing)))
    return shares


def _by_owner(tickets: pd.DataFrame, zones: Mapping[str, ZoneInfo], exported: ZoneInfo) -> dict[str, pd.DataFrame]:
    """Return the tickets of each project in *zones*: the table is sorted and converted once, and then cut in slices."""
    codes, owners = pd.factorize(tickets[_OWNER])
    together = tickets.iloc[np.argsort(codes, kind="stable")].drop(columns=_OWNER)
    counts = np.bincount(codes, minlength=len(owners))
    ends = np.cumsum(counts)
    in_zone: dict[ZoneInfo, pd.DataFrame] = {}
    parts = {}
    for owner, start, end in zip(owners, ends - counts, ends, strict=True):
        zone = zones.get(owner)
        if zone is not None:
            if zone not in in_zone:
                in_zone[zone] = _in_zone(together, exported, zone)
            parts[owner] = in_zone[zone].iloc[start:end]
    return parts


def _told_apart(own: Sequence[Snapshot]) -> list[Snapshot]:
    """Return the snapshots of a project that lives in several trackers with the tracker before each bare number.

    #12 of one tracker is not #12 of another.
    """
    if len({snapshot.tracker for snapshot in own}) < 2:
        return list(own)
    apart = []
    for snapshot in own:
        numbers = snapshot.tickets["ticket"]
        named = numbers.where(~numbers.str.isdigit(), f"{snapshot.tracker}-" + numbers)
        apart.append(replace(snapshot, tickets=snapshot.tickets.assign(ticket=named)))
    return apart


def _cuts(own: Sequence[Snapshot], row: ProjectRow, settings: Settings, limit: date | None) -> list[Cut]:
    """Return the project's cuts, the oldest first; one without tickets when no export names the project."""
    days = cut_days(own) or [limit or date.min]
    cuts = []
    for number, day in enumerate(days, start=1):
        last = number == len(days)
        parts = as_of(own, day, newest=last)
        tickets = _one_row_a_ticket([part.tickets for part in parts if len(part.tickets)])
        instant = max((part.instant for part in parts if part.instant), default=None)
        local = instant.astimezone(row.time_zone) if instant else None
        shown = day
        if limit and last:
            shown = limit
        elif local and not any(part.dated for part in parts):
            shown = local.date()
        cuts.append(
            Cut(
                number=number,
                day=None if shown == date.min else shown,
                instant=local if local and local.date() == shown else None,
                tickets=_in_zone(empty_table(), settings.time_zone, row.time_zone) if tickets is None else tickets,
            )
        )
    return cuts


def _one_row_a_ticket(tables: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    """Return the tables as one, the newest update of a ticket in several of them winning; None without a table."""
    if not tables:
        return None
    if len(tables) == 1 and tables[0]["ticket"].is_unique:
        return tables[0].reset_index(drop=True)
    together = pd.concat(tables, ignore_index=True)
    newest = together.sort_values("updated", kind="stable", na_position="first")
    return newest.drop_duplicates("ticket", keep="last").sort_index().reset_index(drop=True)


def _in_zone(tickets: pd.DataFrame, exported: ZoneInfo, zone: ZoneInfo) -> pd.DataFrame:
    """Return the tickets with their times in *zone*; a midnight of the *exported* zone is a day, and stays that day."""
    times = {}
    for name in TIMES:
        utc = pa.array(tickets[name])
        there = utc.cast(pa.timestamp("us", tz=str(zone)))
        if name in _DAYS and zone != exported:
            wall = pc.local_timestamp(utc.cast(pa.timestamp("us", tz=str(exported))))
            is_day = pc.equal(wall, pc.floor_temporal(wall, unit="day"))
            day = pc.assume_timezone(wall, timezone=str(zone), ambiguous="earliest", nonexistent="latest")
            there = pc.if_else(is_day, day, there)
        times[name] = pd.Series(pd.arrays.ArrowExtensionArray(there), index=tickets.index)
    return tickets.assign(**times)


def _private(tickets: pd.DataFrame) -> int:
    return int((tickets["public"] == False).sum())  # noqa: E712 - null is neither true nor false


def _withdrawn(cuts: Iterable[Cut]) -> set[str]:
    """Return the numbers of the tickets that the newest cut to have them marks as private: no older cut shows them."""
    secret: set[str] = set()
    for cut in cuts:
        marked = set(cut.tickets["ticket"][cut.tickets["public"] == False])  # noqa: E712 - null is neither
        secret = (secret - set(cut.tickets["ticket"])) | marked
    return secret


def _shown(tickets: pd.DataFrame, secret: set[str]) -> pd.DataFrame:
    shown = tickets["public"].fillna(True) & ~tickets["ticket"].isin(secret)
    return tickets if shown.all() else tickets[shown].reset_index(drop=True)


def _in_plain_words(tickets: pd.DataFrame, titles: Iterable[PlainTitle]) -> pd.DataFrame:
    """Return the tickets with the titles that the executive wrote for the client."""
    plain = {title.ticket: title.title for title in titles if title.title}
    if not plain:
        return tickets
    own = tickets["ticket"].map(plain).astype(tickets["title"].dtype)
    return tickets.assign(title=own.fillna(tickets["title"]))


def _project(
    row: ProjectRow, cuts: Sequence[Cut], sheets: Sheets, unclassified: frozenset[str], settings: Settings
) -> Project:
    people = tuple(person for person in sheets.people if not person.projects or row.id in person.projects)
    return Project(
        id=row.id,
        client=row.client,
        name=row.name,
        phase=row.phase,
        access=row.access,
        language=row.language,
        country=row.country,
        time_zone=row.time_zone,
        executive=_executive(row, sheets.people, cuts[-1].day),
        start=row.start,
        planned_end=row.planned_end,
        go_live=row.go_live,
        technical_end=row.technical_end,
        people=people,
        documents=tuple(document for document in sheets.documents if document.project == row.id),
        requests=tuple(request for request in sheets.requests if request.project == row.id),
        policy=row.policy,
        service_times=row.service_times,
        calendar=_calendar(row.country, cuts, sheets.holidays),
        kinds=read_kinds(_kind_words(cuts[-1].tickets), settings.kinds),
        meanings={title.ticket: title.meaning for title in sheets.titles if title.meaning},
        unclassified=unclassified,
        cuts=tuple(cuts),
    )


def _kind_words(tickets: pd.DataFrame) -> list[str]:
    """Return the words that can tell support from improvement: the types, and the first part of the categories."""
    return sorted({*tickets["kind"].unique(), *map(first_part, tickets["component"].unique())})


def _calendar(country: str, cuts: Sequence[Cut], corrections: Iterable[Holiday]) -> ServiceCalendar:
    """Return the calendar of a country for the years that its cuts speak of, and two more for what is planned."""
    known = [
        day for cut in cuts for day in (cut.day, cut.tickets["created"].min()) if day is not None and not pd.isna(day)
    ]
    if not known:
        return ServiceCalendar()
    years = [day.year for day in known]
    holidays = dict(public_holidays(country, min(years), max(years) + 2))
    for correction in corrections:
        if correction.country in ("", country):
            if correction.working:
                holidays.pop(correction.day, None)
            else:
                holidays[correction.day] = correction.name
    return ServiceCalendar(holidays)


def _executive(row: ProjectRow, people: Iterable[Person], day: date | None) -> Person | None:
    """Return the project's executive on *day*; one who has left by then is nobody's contact."""
    wanted = fold(row.executive)
    named = (person for person in people if wanted and wanted in (fold(person.id), fold(person.name)))
    return next((person for person in named if not has_left(person, day)), None)


def _no_projects_file(rows: Sequence[ProjectRow]) -> Problem:
    return Problem(
        file="projects.csv",
        severity=Severity.NOTICE,
        message=N_("No hay projects.csv: cada proyecto de los archivos ({projects}) se toma como un proyecto."),
        hint=N_(
            "Cree data/projects.csv con una fila por proyecto (id, cliente, nombre, fase, clave_tracker, acceso…)."
        ),
        values={"projects": ", ".join(row.name for row in rows[:8])},
    )


def _orphans(newest: Iterable[Snapshot]) -> list[Problem]:
    """Return a problem for each tracker project of each file that projects.csv does not name."""
    return [
        Problem(
            file=snapshot.file,
            row=int(tickets["source_row"].iloc[0]),
            message=N_("El proyecto «{key}» no está en projects.csv: sus {count} tickets no se publican."),
            hint=N_("Agregue «{key}» en clave_tracker de su proyecto, o mueva el archivo a tickets/<id>/."),
            values={"key": key, "count": len(tickets)},
        )
        for snapshot in newest
        for key, tickets in snapshot.tickets[snapshot.tickets[_OWNER] == ""].groupby(_keys(snapshot), sort=True)
    ]


def _orphan_titles(titles: Iterable[PlainTitle], newest: Iterable[Snapshot]) -> list[Problem]:
    known = {ticket for snapshot in newest for ticket in snapshot.tickets["ticket"]}
    return [
        Problem(
            file="titles.csv",
            row=title.row,
            severity=Severity.NOTICE,
            message=N_("El ticket «{ticket}» no está en ninguna exportación: su título no se usa."),
            hint=N_("Si el número es correcto, consérvelo: volverá a usarse cuando el ticket aparezca."),
            values={"ticket": title.ticket},
        )
        for title in titles
        if title.ticket not in known
    ]


def _without_secret(row: ProjectRow, *, listed: bool) -> Problem:
    """Return the problem of a private project that cannot be sealed; it stops the site of whoever lists projects."""
    return Problem(
        file="projects.csv",
        column="acceso",
        severity=Severity.ERROR if listed else Severity.WARNING,
        message=N_("El proyecto «{id}» es privado y no hay secreto con que cerrarlo: no se publica."),
        hint=N_("Cree el secreto con «avance secret new --save»; solo para probar, use --public."),
        values={"id": row.id},
    )


def _about(row: ProjectRow, project: Project, hidden: int, *, listed: bool) -> list[Problem]:
    problems = []
    if hidden:
        problems.append(
            Problem(
                file="projects.csv",
                severity=Severity.NOTICE,
                message=N_("Tickets del proyecto «{id}» marcados como privados, que no se publican: {count}."),
                values={"id": row.id, "count": hidden},
            )
        )
    if listed and project.executive is None:
        problems.append(
            Problem(
                file="projects.csv",
                column="ejecutivo",
                message=N_("El proyecto «{id}» no tiene ejecutivo: su página queda sin contacto."),
                hint=N_("Escriba en la columna ejecutivo el id de una persona de people.csv."),
                values={"id": row.id},
            )
        )
    return problems
