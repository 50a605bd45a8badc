"""One export file → rows of the ticket table, every row accounted for.

    read the text ─► recognise the tracker ─► set unusable rows aside ─► merge rows of one ticket ─► type the columns

`rows = len(tickets) + merged + len(set_aside)` for every file.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..problems import N_, Problem, Severity, UnreadableFile
from ..text import fold
from .markup import wiki_to_markdown
from .quality import contradictions
from .reading import RawTable, read_file, read_table
from .states import Reading, StateReader
from .table import COLUMNS, HOURS, TIME, TIMES, State, WaitingOn, empty_table
from .trackers import Match, Tracker, Trackers, recognise, refusal
from .values import map_words, parse_dates, parse_hours

if TYPE_CHECKING:
    from pathlib import Path

    from ..settings import Settings
    from .values import Order

_GATHERED = ("labels", "component")
_CONTINUED = (*_GATHERED, "assignee")
_TEXTS = ("ticket", "title", "question", "answer")
_PEOPLE = ("assignee", "requester")
_ADDRESS = re.compile(r"\s*<[^<>]*@[^<>]*>")
_ENTITY = r"&(?:#\d+|[a-zA-Z]+);"
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
_EXPORT_CAPS = frozenset((500, 1000, 5000, 8000, 10000))
_MOST_EXAMPLES = 20
"""Rows of one column that are named one by one; the rest of them is counted in the last problem."""


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
    text = _text_fields(raw, match)
    set_aside = [*raw.set_aside, *_unusable_rows(raw, match, text, trackers.titles)]
    rows = raw.rows
    if set_aside:
        usable = ~np.isin(rows, [problem.row or 0 for problem in set_aside])
        rows = rows[usable]
        text = {name: column.filter(pa.array(usable)) for name, column in text.items()}
    table, unclassified, problems = _typed(text, rows, raw, match, settings, trackers.common)
    tickets, merged = _merge_rows(table, continued=match.tracker.continued)
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
    pairs, index = _combinations([pa.chunked_array(pa.array(tickets[name])) for name in ("tracker_status", "status")])
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
        values={"what": refused or "", "titles": ", ".join(title[:24] for title in raw.header[:6])},
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


def _text_fields(raw: RawTable, match: Match) -> dict[str, pa.ChunkedArray]:
    """Return the text of each field: repeated columns gathered, alternative columns in their order of trust."""
    return {
        name: _gather([_cleaned(raw.column(place), name, match.tracker) for place in places], name)
        for name, places in match.columns.items()
    }


def _cleaned(cells: pa.ChunkedArray, name: str, tracker: Tracker) -> pa.ChunkedArray:
    if name != "description":  # most of an export's bytes, and nobody compares them
        cells = pc.utf8_trim_whitespace(cells)
    if tracker.empty and name not in _TEXTS:
        nothing = pc.is_in(cells, value_set=pa.array(sorted(tracker.empty), pa.string()))
        cells = pc.if_else(nothing, "", cells)
    if name in ("title", "question") and pc.any(pc.match_substring_regex(cells, _ENTITY)).as_py():
        cells = _replaced(cells, html.unescape)
    if name == "answer" and tracker.markup == "jira":
        cells = _replaced(cells, wiki_to_markdown)
    if name in _PEOPLE and pc.any(pc.match_substring(cells, "@")).as_py():
        cells = _replaced(cells, lambda cell: _ADDRESS.sub("", cell))
    return cells


def _gather(columns: list[pa.ChunkedArray], name: str) -> pa.ChunkedArray:
    gathered = columns[0]
    for column in columns[1:]:
        joined = pc.binary_join_element_wise(gathered, column, ", ") if name in _GATHERED else gathered
        both = pc.if_else(pc.equal(column, ""), gathered, joined)
        gathered = pc.if_else(pc.equal(gathered, ""), column, both)
    return gathered


def _unusable_rows(
    raw: RawTable, match: Match, text: Mapping[str, pa.ChunkedArray], titles: frozenset[str]
) -> Iterator[Problem]:
    """Yield a problem for each record that is no ticket: a second header, a line of totals, a row without a name."""
    seconds = _repeated_headers(raw, match, titles)
    filled = np.sum([np.asarray(pc.not_equal(column, "")) for column in text.values()], axis=0)
    named = np.zeros(len(raw.rows), dtype=bool)
    for name in ("ticket", "title"):
        if name in text:
            named |= np.asarray(pc.not_equal(text[name], ""))
    lone = (filled <= 1) & (len(text) > 2)
    unusable = seconds | lone | ~named
    if match.tracker.continued:
        unusable = seconds
    for position in np.flatnonzero(unusable):
        row = int(raw.rows[position])
        cells = [column[int(position)].as_py() for column in raw.cells.columns]
        if seconds[position]:
            yield Problem(
                file=raw.file,
                row=row,
                column=raw.header[0],
                severity=Severity.NOTICE if match.tracker.repeated_header else Severity.ERROR,
                message=N_("La fila es otro encabezado: el archivo tiene más de uno."),
                hint=N_("Deje un solo encabezado, o guarde cada exportación en su propio archivo."),
            )
        else:
            yield Problem(
                file=raw.file,
                row=row,
                column=raw.header[match.columns.get("title", match.columns.get("ticket", (0,)))[0]],
                message=N_("La fila no tiene número ni título de ticket: «{text}»."),
                hint=N_(
                    "Complete el ticket en su sistema y vuelva a exportar; si es una línea de totales, no haga nada."
                ),
                values={"text": "; ".join(cell.strip() for cell in cells if cell.strip())[:80]},
            )


def _repeated_headers(raw: RawTable, match: Match, titles: frozenset[str]) -> np.ndarray:
    """Return which records are made of column titles, in any language."""
    repeated = np.zeros(len(raw.rows), dtype=bool)
    mapped = sorted(place for places in match.columns.values() for place in places)
    if len(mapped) < 2:
        return repeated
    key = raw.column(match.columns.get("ticket", (mapped[0],))[0])
    suspects = np.flatnonzero(np.asarray(pc.invert(pc.match_substring_regex(key, r"\d"))))
    named = map_words(key.take(pa.array(suspects)), lambda cell: "x" if fold(cell) in titles else None)
    for position in suspects[np.asarray(pc.is_valid(named))]:
        cells = [raw.column(place)[int(position)].as_py() for place in mapped]
        known = sum(fold(cell) in titles for cell in cells if cell.strip())
        repeated[position] = known >= 2 and known * 2 > sum(bool(cell.strip()) for cell in cells)
    return repeated


def _typed(
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
        problems += _bad_cells(
            name, failed, cells(name), rows, raw, match, N_("«{value}» no es una duración en horas.")
        )
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
            N_("«{value}» no es una fecha: el ticket queda sin ella."),
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
        values={"other": "mdy" if default == "dmy" else "dmy"},
    )


def _bad_cells(
    name: str,
    failed: np.ndarray,
    cells: pa.ChunkedArray,
    rows: np.ndarray,
    raw: RawTable,
    match: Match,
    message: str,
) -> list[Problem]:
    """Return a problem for each failed cell, and after `_MOST_EXAMPLES` one for all the rest."""
    positions = np.flatnonzero(failed)
    column = raw.header[match.columns[name][0]] if len(positions) else ""
    problems = [
        Problem(
            file=raw.file,
            row=int(rows[position]),
            column=column,
            message=message,
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
    keys, index = _combinations([*words, labels, pa.chunked_array([pc.is_valid(closed)])])
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
    keys, index = _combinations([public, private])
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
        cells = _replaced(cells, lambda cell: _SPACE.sub("", cell) if _THOUSANDS.fullmatch(cell) else cell)
    blank = pc.equal(cells, "")
    return pc.if_else(blank, pa.array(rows).cast(pa.string()), cells) if pc.any(blank).as_py() else cells


def _replaced(cells: pa.ChunkedArray, change: Callable[[str], str]) -> pa.ChunkedArray:
    """Return *change* of each cell, asked once for each distinct cell."""
    encoded = pc.dictionary_encode(cells.combine_chunks())
    changed = pa.array([change(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([changed.take(encoded.indices)])


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


def _combinations(columns: Sequence[pa.ChunkedArray]) -> tuple[list[tuple[Any, ...]], np.ndarray]:
    """Return the distinct rows of *columns*, and for each row which of them it is."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        encoded = pc.dictionary_encode(column.combine_chunks())
        codes = codes * max(1, len(encoded.dictionary)) + np.asarray(encoded.indices)
    _, first, index = np.unique(codes, return_index=True, return_inverse=True)
    return [tuple(column[int(row)].as_py() for column in columns) for row in first], index


def _merge_rows(table: pd.DataFrame, *, continued: bool) -> tuple[pd.DataFrame, int]:
    """Return one row a ticket, the one with the newest update, in the order of the file; and how many rows went.

    Of two with the same update the one that is over is the newer, then the one further down.
    """
    kept = _gather_continued(table) if continued else table
    if kept["ticket"].nunique() < len(kept):
        over = kept["closed"].notna()
        newest = kept.assign(over=over).sort_values(["updated", "over"], kind="stable", na_position="first")
        newest = newest.drop(columns="over")
        kept = newest.drop_duplicates(["project", "ticket"], keep="last").sort_index()
    return kept.reset_index(drop=True), len(table) - len(kept)


def _gather_continued(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that begin a ticket, with the further values that the rows below each of them carry."""
    begins = (table["title"] != "") | (table["tracker_status"] != "")
    if begins.all():
        return table
    owner = begins.astype(int).cumsum()
    gathered = {
        name: table[name].groupby(owner).agg(lambda cells: ", ".join(cell for cell in cells if cell))
        for name in _CONTINUED
    }
    kept = table[begins]
    owners = owner[begins]
    columns = {
        name: pd.Series(owners.map(values).to_numpy(), index=kept.index, dtype=table[name].dtype)
        for name, values in gathered.items()
    }
    return kept.assign(**columns)
