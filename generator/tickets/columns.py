"""The text of the fields → the typed columns of the one table, and a problem for what cannot be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..problems import N_, Ours, Problem, Severity
from ..text import fold
from .states import Reading, StateReader
from .table import COLUMNS, HOURS, TIME, TIMES, State, WaitingOn
from .values import is_relative_date, parse_dates, parse_hours, replace_texts

if TYPE_CHECKING:
    from ..settings import Settings
    from .reading import RawTable
    from .trackers import Match, Tracker
    from .values import Order

_UTC = re.compile(r"\butc\b")
_THOUSANDS = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f]\d{3})+")
_SPACE = re.compile(r"\s")
_KEY_PREFIX = r"^(?P<project>\p{L}[\p{L}\p{N}_]*)-\d+$"
_YES = frozenset(map(fold, ("sí", "si", "s", "yes", "y", "sim", "true", "verdadero", "1", "x")))
_PUBLIC = frozenset(map(fold, ("publicar", "público", "pública", "public")))
_NO = frozenset(map(fold, ("no", "n", "não", "nao", "false", "falso", "0")))
_PRIVATE = frozenset(map(fold, ("private", "privado", "privada", "privé", "privée", "privat", "interno", "interna")))
_WHO = {
    fold(word): who
    for who, words in {
        WaitingOn.CLIENT: "cliente client customer usuario usuário reporter solicitante requester",
        WaitingOn.THIRD_PARTY: "tercero terceros proveedor third-party vendor supplier fornecedor terceiro banco",
        WaitingOn.ADAPTAPRO: "adaptapro nosotros us interno consultora",
    }.items()
    for word in words.split()
}
_MOST_EXAMPLES = 20
"""Rows of one column that are named one by one; the rest of them is counted in the last problem."""


def typed_columns(
    text: Mapping[str, pa.ChunkedArray],
    rows: np.ndarray,
    raw: RawTable,
    match: Match,
    settings: Settings,
    common: Tracker,
) -> tuple[pd.DataFrame, frozenset[str], list[Problem]]:
    """Return the rows of the ticket table, the status words nobody knows, and what could not be read."""
    blank = pa.chunked_array([pa.array([""] * len(rows), pa.string())])

    def cells(name: str) -> pa.ChunkedArray:
        return text.get(name, blank)

    times, problems = _times(text, rows, raw, match, settings)
    hours: dict[str, pa.Array] = {}
    for name in HOURS:
        hours[name], failed = parse_hours(cells(name), unit=match.tracker.units.get(name, "hours"))
        problems += _bad_cells(name, failed, cells(name), rows, raw, match, _why_no_duration)
    reader = StateReader(common=common, tracker=match.tracker, overrides=settings.statuses)
    column = raw.header[match.columns["status"][0]] if "status" in match.columns else ""
    labels = cells("labels") if match.tracker.state_in_labels else blank
    closed = times["closed"]
    status, waiting_on, unknown = _states(cells, labels, closed, rows, raw, reader, column)
    problems += unknown.values()
    if "status_changed" in times:
        closed = pc.coalesce(closed, times["status_changed"])
    over = pc.is_in(status, value_set=pa.array([State.DONE, State.CANCELLED], pa.string()))
    numbers = _ticket_numbers(cells("ticket"), rows)
    columns = {
        **{name: cells(name) for name in COLUMNS},
        **{name: times[name] for name in TIMES},
        **hours,
        "closed": pc.if_else(over, closed, None),
        "ticket": numbers,
        "project": _projects(cells("project"), numbers),
        "tracker_status": cells("status"),
        "status": status,
        "waiting_on": waiting_on,
        "parent": _parents(text, cells("parent"), numbers),
        "public": _flags(cells("public"), cells("private")),
        "source_file": pa.repeat(raw.file, len(rows)),
        "source_row": pa.array(rows),
    }
    if "ticket" not in text:
        problems.append(
            Problem(
                file=raw.file,
                row=raw.header_row,
                severity=Severity.NOTICE,
                message=N_("El archivo no tiene columna de número de ticket: se usa el número de fila."),
                hint=N_(
                    "Incluya el número en la exportación para que cada ticket conserve el suyo de un corte a otro."
                ),
            )
        )
    schema = pa.schema([(name, dtype.pyarrow_dtype) for name, dtype in COLUMNS.items()])
    return (
        pa.table(columns, schema=schema).to_pandas(types_mapper=pd.ArrowDtype, use_threads=False),
        frozenset(unknown),
        problems,
    )


def _times(
    text: Mapping[str, pa.ChunkedArray], rows: np.ndarray, raw: RawTable, match: Match, settings: Settings
) -> tuple[dict[str, pa.Array], list[Problem]]:
    """Return the date fields as UTC instants; what one column shows of the order of day and month serves the others."""
    names = [name for name in (*TIMES, "status_changed") if name in text]
    cells = {name: text[name] for name in names}
    if "created" in cells and "created_time" in text:
        cells["created"] = pc.binary_join_element_wise(cells["created"], text["created_time"], " ")
    zones = {name: _zone(name, raw, match, settings) for name in names}
    default = settings.date_order
    readings = {name: parse_dates(cells[name], zone=zones[name], default=default) for name in names}
    shown = Counter(reading.order for reading in readings.values() if reading.order)
    order: Order | None = shown.most_common(1)[0][0] if shown else None
    problems: list[Problem] = []
    for name in names:
        if readings[name].ambiguous and order in ("dmy", "mdy"):
            readings[name] = parse_dates(cells[name], zone=zones[name], order=order)
        elif readings[name].ambiguous:
            problems.append(_ambiguous(name, raw, match, default))
        problems += _bad_cells(
            name,
            readings[name].failed,
            cells[name],
            rows,
            raw,
            match,
            _why_no_date,
        )
    nothing = pa.nulls(len(rows), TIME.pyarrow_dtype)
    return dict.fromkeys(TIMES, nothing) | {name: readings[name].values for name in names}, problems


def _zone(name: str, raw: RawTable, match: Match, settings: Settings) -> tzinfo:
    """Return the zone of a column's wall times: UTC where every title that gives the field says so."""
    titles = [fold(raw.header[place]) for place in match.columns[name]]
    return UTC if all(_UTC.search(title) for title in titles) else settings.time_zone


def _ambiguous(name: str, raw: RawTable, match: Match, default: Order) -> Problem:
    return Problem(
        file=raw.file,
        row=raw.header_row,
        column=raw.header[match.columns[name][0]],
        message=N_("Ninguna fecha de la columna dice si va primero el día o el mes: se leyó primero el día.")
        if default == "dmy"
        else N_("Ninguna fecha de la columna dice si va primero el día o el mes: se leyó primero el mes."),
        hint=N_("Si no es así, escriba en mkdocs.yml (avance:) date_order: {other}."),
        values={"other": Ours("mdy" if default == "dmy" else "dmy")},
    )


def _bad_cells(
    name: str,
    failed: np.ndarray,
    cells: pa.ChunkedArray,
    rows: np.ndarray,
    raw: RawTable,
    match: Match,
    why: Callable[[str], str],
) -> list[Problem]:
    """Return a problem for each failed cell, and after `_MOST_EXAMPLES` one for all the rest."""
    positions = np.flatnonzero(failed)
    column = raw.header[match.columns[name][0]] if len(positions) else ""
    problems = [
        Problem(
            file=raw.file,
            row=int(rows[position]),
            column=column,
            message=why(cells[int(position)].as_py()),
            hint=N_("Corrija la celda en su sistema de tickets y vuelva a exportar."),
            values={"value": cells[int(position)].as_py()[:60]},
        )
        for position in positions[:_MOST_EXAMPLES]
    ]
    if len(positions) > _MOST_EXAMPLES:
        problems.append(
            Problem(
                file=raw.file,
                column=column,
                message=N_("Y {count} celdas más de esta columna con el mismo problema."),
                values={"count": len(positions) - _MOST_EXAMPLES},
            )
        )
    return problems


def _why_no_date(text: str) -> str:
    if is_relative_date(text):
        return N_("«{value}» depende del día en que se exportó, y el archivo no lo dice: el ticket queda sin fecha.")
    return N_("«{value}» no es una fecha: el ticket queda sin ella.")


def _why_no_duration(_: str) -> str:
    return N_("«{value}» no es una duración en horas.")


def _states(
    cells: Callable[[str], pa.ChunkedArray],
    labels: pa.ChunkedArray,
    closed: pa.Array,
    rows: np.ndarray,
    raw: RawTable,
    reader: StateReader,
    column: str,
) -> tuple[pa.Array, pa.Array, dict[str, Problem]]:
    """Return each row's state and who has to act, and for each unknown word a problem with a ready-to-paste setting."""
    words = [cells(name) for name in ("status", "status_category", "resolution", "waiting_on")]
    keys, index = combinations([*words, labels, pa.chunked_array([pc.is_valid(closed)])])
    readings = [reader.read(*key[:3], labels=key[4], closed=key[5]) for key in keys]
    meanings = [_waiting(reading, _who(key[3])) for reading, key in zip(readings, keys, strict=True)]
    unknown: dict[str, list[int]] = {}
    for position, (key, reading) in enumerate(zip(keys, readings, strict=True)):
        if key[0] and not reading.known:
            unknown.setdefault(key[0], []).append(position)
    problems = {
        word: _unknown_word(word, rows[np.isin(index, places)], raw, column) for word, places in unknown.items()
    }
    status, waiting_on = (pa.array([meaning[i] for meaning in meanings], pa.string()) for i in (0, 1))
    taken = pa.array(index)
    return status.take(taken), waiting_on.take(taken), problems


def _unknown_word(word: str, rows: np.ndarray, raw: RawTable, column: str) -> Problem:
    return Problem(
        file=raw.file,
        row=int(rows[0]),
        column=column,
        message=N_(
            "No se conoce el estado «{word}» ({count} filas): "
            "se publican como por hacer, o como culminadas si tienen fecha de cierre."
        ),
        hint=N_(
            "Escriba en mkdocs.yml, bajo avance: statuses:, la línea "
            '"{word}": doing (o todo, waiting, waiting_on_client, done, cancelled).'
        ),
        values={"word": word, "count": len(rows)},
    )


def _waiting(reading: Reading, named: str | None) -> tuple[str, str]:
    """Return state and who has to act; an open ticket that names the client or a third party is waiting."""
    if reading.state in (State.DONE, State.CANCELLED):
        return reading.state, ""
    actor = named or (WaitingOn.CLIENT if reading.on_client else "")
    return State.WAITING if actor in (WaitingOn.CLIENT, WaitingOn.THIRD_PARTY) else reading.state, actor


def _who(text: str) -> str | None:
    return next((_WHO[word] for word in re.split(r"[\s,/]+", fold(text)) if word in _WHO), None)


def _flags(public: pa.ChunkedArray, private: pa.ChunkedArray) -> pa.Array:
    """Return true for published, false for withheld, null where neither column says."""
    keys, index = combinations([public, private])
    flags = [
        False
        if fold(hidden) in _YES | _PRIVATE or fold(shown) in _NO | _PRIVATE
        else (True if fold(shown) in _YES | _PUBLIC else None)
        for shown, hidden in keys
    ]
    return pa.array(flags, pa.bool_()).take(pa.array(index))


def _ticket_numbers(cells: pa.ChunkedArray, rows: np.ndarray) -> pa.ChunkedArray:
    """Return the numbers without '#' or thousands spaces, zeros kept; the row where a ticket has none."""
    if pc.any(pc.match_substring(cells, "#")).as_py():
        cells = pc.replace_substring_regex(cells, r"^#\s*", "")
    if any(pc.any(pc.match_substring(cells, space)).as_py() for space in (" ", "\u00a0", "\u202f")):
        cells = replace_texts(cells, lambda cell: _SPACE.sub("", cell) if _THOUSANDS.fullmatch(cell) else cell)
    blank = pc.equal(cells, "")
    return pc.if_else(blank, pa.array(rows).cast(pa.string()), cells) if pc.any(blank).as_py() else cells


def _projects(cells: pa.ChunkedArray, numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the project of each row; where the export names none, the prefix of keys such as AND-12."""
    blank = pc.equal(cells, "")
    if not pc.any(blank).as_py():
        return cells
    prefix = pc.struct_field(pc.extract_regex(numbers, _KEY_PREFIX), "project")
    return pc.if_else(blank, pc.fill_null(prefix, ""), cells)


def _parents(
    text: Mapping[str, pa.ChunkedArray], parents: pa.ChunkedArray, numbers: pa.ChunkedArray
) -> pa.ChunkedArray:
    """Return the parent's number, looked up by the tracker's internal id where the export gives only that."""
    parents = pc.replace_substring_regex(parents, "^#", "")
    if not {"tracker_id", "parent_id"} <= text.keys():
        return parents
    identifiers = pc.if_else(pc.equal(text["parent_id"], ""), None, text["parent_id"])
    by_identifier = numbers.take(pc.index_in(identifiers, value_set=text["tracker_id"].combine_chunks()))
    return pc.if_else(pc.equal(parents, ""), pc.fill_null(by_identifier, ""), parents)


def combinations(columns: Sequence[pa.ChunkedArray]) -> tuple[list[tuple[Any, ...]], np.ndarray]:
    """Return the distinct rows of *columns*, and for each row which of them it is."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        encoded = pc.dictionary_encode(column.combine_chunks())
        codes = codes * max(1, len(encoded.dictionary)) + np.asarray(encoded.indices)
    _, first, index = np.unique(codes, return_index=True, return_inverse=True)
    return [tuple(column[int(row)].as_py() for column in columns) for row in first], index
