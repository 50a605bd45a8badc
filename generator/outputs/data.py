"""A project → `proyecto.json`, for programs, and `buscar.json`, for the search box."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..metrics.progress import progress
from .richtext import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..pages.findable import Findable
    from ..pages.table import Cell, Code, TaskTable
    from ..projects.model import Project

SCHEMA = 1
"""Goes up when a key changes its meaning or is gone; a new key leaves it as it is."""


def project_json(project: Project, table: TaskTable) -> bytes:
    """Return *project* and its published *table* as JSON in UTF-8, in one order whatever the run.

    | key | value |
    |---|---|
    | `schema` | 1 |
    | `project` | `id`, `client`, `name`, `phase` (caso-de-negocio, implementacion, produccion, poliza-eservice), `language` (es, en, pt), `time_zone` (IANA), `cut` |
    | `project.cut` | `number` from 1, `date`, `instant`; the last two null where they are not known |
    | `progress` | tickets by state: `todo`, `doing`, `waiting`, `done`, `cancelled`; `on_client`, those of `waiting` that wait on the client; `total` without cancelled ones; `percent` done of `total`, null when there are none |
    | `tasks` | an object for each ticket, in the order of the export |

    A task has `ticket` (number or key without #), `title`, `meaning`, `state` (todo, doing, waiting, done, cancelled),
    `waiting_on` (client, third-party, adaptapro, or null), `area`, `kind`, `created`, `started`, `closed`, `due`,
    `agreed`, `overdue` (by the day of the cut; null where that is not known) and, under an eService policy,
    `estimate_hours` and `spent_hours`. A text that nobody gave is empty, a date or number null. Days are
    `2026-11-25`, times `2026-11-25T09:00-04:00`; `due` and `agreed` have either, `instant` has seconds as well.
    """  # noqa: E501 - a row of a table is a line
    content = {
        "schema": SCHEMA,
        "project": _project(project),
        "progress": _progress(project),
        "tasks": _tasks(table),
    }
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def search_json(all_findable: Iterable[Findable]) -> bytes:
    """Return what the search box finds in a project as JSON in UTF-8: a list in the form of search/engine/documents.js.

    Addresses are from the project's home.
    """
    documents = [
        {
            "address": one.address,
            "title": one.title,
            "kind": one.kind,
            "text": f"{one.text} {plain_text(one.markdown)}".strip(),
        }
        for one in all_findable
    ]
    return json.dumps(documents, ensure_ascii=False, separators=(",", ":")).encode()


def _project(project: Project) -> dict[str, object]:
    cut = project.cut
    return {
        "id": project.id,
        "client": project.client,
        "name": project.name,
        "phase": project.phase.value,
        "language": project.language,
        "time_zone": project.time_zone.key,
        "cut": {
            "number": cut.number,
            "date": cut.day.isoformat() if cut.day else None,
            "instant": cut.instant.isoformat(timespec="seconds") if cut.instant else None,
        },
    }


def _progress(project: Project) -> dict[str, int | None]:
    counted = progress(project.tickets)
    return {**asdict(counted), "total": counted.total, "percent": counted.percent}


def _tasks(table: TaskTable) -> list[dict[str, Cell | Code]]:
    keys = [column.key for column in table.columns]
    return [
        {
            key: table.codes[key][position] if key in table.codes else _value(cell)
            for key, cell in zip(keys, cells, strict=True)
        }
        for position, cells in enumerate(table.rows)
    ]


def _value(cell: Cell) -> str | float | None:
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else cell
