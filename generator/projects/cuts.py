"""Export files → the dated cuts they make.

Files of one folder whose names differ only by a date are one series: each is that day's cut of it. A file without a
date in its name is a cut of the day of its newest instant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeGuard

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from ..tickets.importing import Import

EXPORTS = "tickets"
"""The folder of data/ that holds the exports; a folder in it may be named after a project."""
_HAPPENED = ("created", "updated", "closed")  # a start may be planned
_DATE = re.compile(r"(?<!\d)(?:(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})|(\d{2})[-_.](\d{2})[-_.](\d{4}))(?!\d)")
_EDGES = re.compile(r"^[\s_.-]+|[\s_.-]+$")


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One file as the state of its series on a day; `instant` is the newest that the export knows."""

    file: str
    tracker: str
    series: str
    folder: str
    day: date
    instant: datetime | None
    dated: bool
    tickets: pd.DataFrame


def snapshots(imports: Iterable[Import], zone: ZoneInfo) -> list[Snapshot]:
    """Return a snapshot for each file that has a day: in its name, or from its newest instant in *zone*."""
    found = []
    for imported in imports:
        path = PurePosixPath(imported.file).relative_to(EXPORTS)
        day, stem = split_date(_stem(path))
        instant = newest_instant(imported.tickets)
        local = instant.astimezone(zone).date() if instant else None
        folder = path.parts[0] if len(path.parts) > 1 else ""
        found.append(
            Snapshot(
                file=imported.file,
                tracker=imported.tracker or "",
                series=str(path.parent / stem),
                folder=folder,
                day=day or local or date.min,
                instant=instant,
                dated=day is not None,
                tickets=imported.tickets,
            )
        )
    return found


def cut_of_name(file: str) -> date | None:
    """Return the day that the name of an export tells, or None."""
    return split_date(_stem(PurePosixPath(file)))[0]


def _stem(path: PurePosixPath) -> str:
    return path.name.removesuffix(".gz").rsplit(".", 1)[0]


def split_date(stem: str) -> tuple[date | None, str]:
    """Return the date in a file's name, and the name without it: "2026-11-23 jira" → (2026-11-23, "jira")."""
    for match in _DATE.finditer(stem):
        parts = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        try:
            day = date(*map(int, parts))
        except ValueError:
            continue
        return day, _EDGES.sub("", stem[: match.start()] + stem[match.end() :])
    return None, stem


def newest_instant(tickets: pd.DataFrame) -> datetime | None:
    """Return the newest instant at which something is said to have happened, in UTC."""
    newest = [tickets[name].max() for name in _HAPPENED]
    return max((instant.to_pydatetime() for instant in newest if _is_known(instant)), default=None)


def _is_known(value: object) -> TypeGuard[pd.Timestamp]:
    return isinstance(value, pd.Timestamp) and not pd.isna(value)


def cut_days(found: Iterable[Snapshot]) -> list[date]:
    """Return the days of the cuts, the oldest first; undated files make one cut, at the newest of their days.

    Files without a date are the present state of their trackers, so they share the newest day instead of making a
    cut each.
    """
    found = list(found)
    days = {snapshot.day for snapshot in found if snapshot.dated}
    undated = [snapshot.day for snapshot in found if not snapshot.dated]
    if undated:
        days.add(max([*undated, *days]))
    return sorted(days)


def as_of(found: Iterable[Snapshot], day: date, *, newest: bool) -> list[Snapshot]:
    """Return the snapshot of each series as it stood on *day*; undated files count only in the *newest* cut."""
    latest: dict[str, Snapshot] = {}
    for snapshot in found:
        counts = snapshot.day <= day if snapshot.dated else newest
        known = latest.get(snapshot.series)
        if counts and (known is None or not snapshot.dated or (known.dated and snapshot.day > known.day)):
            latest[snapshot.series] = snapshot
    return list(latest.values())
