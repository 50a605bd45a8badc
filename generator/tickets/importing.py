"""One export file → rows of the ticket table, every row accounted for.

    read the text ─► recognise the tracker ─► set unusable rows aside ─► merge rows of one ticket ─► type the columns

`rows = len(tickets) + merged + len(set_aside)` for every file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from ..problems import N_, Ours, Problem, Severity, UnreadableFile
from .columns import combinations, typed_columns
from .fields import text_fields
from .quality import contradictions
from .reading import RawTable, read_file, read_table
from .records import merge_rows, unusable_rows
from .table import empty_table
from .trackers import Trackers, recognise, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from ..settings import Settings

_EXPORT_CAPS = frozenset((500, 1000, 5000, 8000, 10000))


@dataclass(frozen=True, kw_only=True)
class Import:
    """What one file became. `tracker` is None when the file is no list of tickets."""

    file: str
    tracker: str | None = None
    encoding: str = ""
    delimiter: str = ""
    header_language: str = ""
    rows: int = 0
    tickets: pd.DataFrame = field(default_factory=empty_table)
    merged: int = 0
    set_aside: tuple[Problem, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    unclassified: frozenset[str] = frozenset()
    """Status words that no vocabulary knows."""
    problems: tuple[Problem, ...] = ()
    """Everything to tell about the file; includes `set_aside`."""


def import_file(path: Path, *, name: str, settings: Settings, trackers: Trackers) -> Import:
    """Read one export; *name* is what problems call it. Bad data becomes problems, never an exception."""
    try:
        raw = read_table(read_file(path, name=name), name=name, titles=trackers.titles)
    except UnreadableFile as unreadable:
        return Import(file=name, problems=(unreadable.problem,))
    return import_table(raw, settings=settings, trackers=trackers)


def import_table(raw: RawTable, *, settings: Settings, trackers: Trackers) -> Import:
    """Return what the records of one export become."""
    name = raw.file
    match = recognise(raw.header, trackers, settings.columns)
    if match is None:
        return Import(
            file=name,
            encoding=raw.encoding,
            delimiter=raw.delimiter,
            rows=raw.records,
            unmapped=raw.header,
            problems=(_no_tickets(raw, refusal(raw.header, trackers)),),
        )
    text = text_fields(raw, match)
    set_aside = [*raw.set_aside, *unusable_rows(raw, match, text, trackers.titles)]
    rows = raw.rows
    if set_aside:
        usable = ~np.isin(rows, [problem.row or 0 for problem in set_aside])
        rows = rows[usable]
        text = {name: column.filter(pa.array(usable)) for name, column in text.items()}
    table, unclassified, problems = typed_columns(text, rows, raw, match, settings, trackers.common)
    tickets, merged = merge_rows(table, continued=match.tracker.continued)
    if len(rows) in _EXPORT_CAPS:
        problems.append(_cap(raw, len(rows)))
    if not raw.records:
        problems.append(_no_rows(raw))
    columns = {field: raw.header[places[0]] for field, places in match.columns.items()}
    problems += contradictions(tickets, columns, file=name)
    return Import(
        file=name,
        tracker=match.tracker.id,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        header_language=match.language,
        rows=raw.records,
        tickets=tickets,
        merged=merged,
        set_aside=tuple(set_aside),
        columns=columns,
        unmapped=tuple(raw.header[position] for position in match.unmapped if raw.header[position]),
        statuses=_word_states(tickets),
        unclassified=unclassified,
        problems=(*raw.problems, *set_aside, *problems),
    )


def _word_states(tickets: pd.DataFrame) -> dict[str, str]:
    """Return what most tickets of each status word became."""
    pairs, index = combinations([pa.chunked_array(pa.array(tickets[name])) for name in ("tracker_status", "status")])
    counts = np.bincount(index, minlength=len(pairs))
    return {pairs[i][0]: pairs[i][1] for i in np.argsort(counts, kind="stable") if pairs[i][0]}


def _no_tickets(raw: RawTable, refused: str | None) -> Problem:
    if refused:
        message = N_("Este archivo es {what}, no una lista de tickets.")
    else:
        message = N_("No es una lista de tickets: sus columnas ({titles}) no son las de ningún sistema conocido.")
    return Problem(
        file=raw.file,
        row=raw.header_row,
        severity=Severity.ERROR,
        message=message,
        hint=N_(
            "Exporte la lista de tickets con número, título y estado, "
            "o declare las columnas en mkdocs.yml (avance: columns:)."
        ),
        values={"what": Ours(refused or ""), "titles": ", ".join(title[:24] for title in raw.header[:6])},
    )


def _cap(raw: RawTable, rows: int) -> Problem:
    return Problem(
        file=raw.file,
        message=N_(
            "El archivo tiene exactamente {rows} filas: es probable que la exportación esté cortada por un límite."
        ),
        hint=N_("Suba el límite de exportación en su sistema de tickets o exporte por partes."),
        values={"rows": rows},
    )


def _no_rows(raw: RawTable) -> Problem:
    return Problem(
        file=raw.file,
        row=raw.header_row,
        message=N_("El archivo solo tiene el encabezado: no trae ningún ticket."),
        hint=N_("Revise el filtro con que lo exportó."),
    )
