"""Bytes of a delimited file → columns of text. Knows no tracker.

    bytes ─► encoding ─► delimiter ─► header ─► records ─► `RawTable`

Every record is numbered as a spreadsheet numbers its rows (from 1, a cell of several lines is one row), and every
record ends up in the table or among the problems.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from ..problems import N_, Ours, Problem, Severity, UnreadableFile
from ..text import fold
from .encodings import decode
from .workbooks import workbook_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")
MAX_CELL = 1_000_000
"""Bytes that one cell may have; real exports carry inline pictures of up to 0.8 MB."""
_SAMPLE = 256 * 1024
_SAMPLE_RECORDS = 100
_HEADER_WITHIN = 30
_LONGEST_TITLE = 80
_BLOCK = 32 * 1024 * 1024
# Python's own limit of 128 KB is a tenth of what one cell of a real export holds; `MAX_CELL` is checked afterwards.
csv.field_size_limit(2**31 - 1)
_SEP_LINE = re.compile(rb"\A[\"']?sep=(.)[\"']?\r?\n", re.IGNORECASE)
_MAGIC = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"PK\x03\x04": "ZIP",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"SQLite": "SQLite",
    b"{\\rtf": "RTF",
}
_WORKBOOKS = ("ZIP", "XLS")


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """The records below one header, as text.

    `cells` has one string column per header cell, named "0", "1", …; `rows` is the spreadsheet row of each record.
    Blank records are in neither. `set_aside` are the records that fit no header.
    """

    file: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_row: int
    cells: pa.Table
    rows: np.ndarray
    set_aside: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is odd about the file as a whole."""

    @property
    def records(self) -> int:
        """How many records were read, without blank ones."""
        return len(self.rows) + len(self.set_aside)

    def column(self, position: int) -> pa.ChunkedArray:
        """Return the text of the column at *position* of the header."""
        return self.cells.column(position)


def read_file(path: Path, *, name: str) -> bytes:
    """Return the content of a file, unpacked where it is compressed; *name* is what problems call it.

    Raises:
        UnreadableFile: when it cannot be opened or unpacked.
    """
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    except FileNotFoundError as error:
        raise _unreadable(name, N_("El archivo no existe."), N_("Compruebe su nombre."), row=None) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _unreadable(
            name, N_("El archivo comprimido está dañado o incompleto."), N_("Vuelva a copiarlo."), row=None
        ) from error
    except OSError as error:
        raise _unreadable(
            name,
            N_("El archivo no se puede abrir."),
            N_("Compruebe que tiene permiso para leerlo y que otro programa no lo tiene abierto."),
            row=None,
        ) from error


def read_table(data: bytes, *, name: str, titles: Collection[str] = ()) -> RawTable:
    """Read the bytes of a delimited file or of a workbook; *name* is what problems call it.

    *titles* are folded column titles that may stand in a header: the delimiter and the row that show most of them
    are taken, so that a preamble above the header does no harm.

    Raises:
        UnreadableFile: when the file is empty, is no text, ends inside a quoted cell, or has a cell over `MAX_CELL`.
    """
    titles = frozenset(titles)
    data, encoding, foreign_lines = _decode(data, name, titles)
    separator = _SEP_LINE.match(data)
    if separator:
        data = data[separator.end() :]
    delimiters = (separator[1].decode(),) if separator else DELIMITERS
    found = _find_header(data, delimiters, titles)
    if found.hits < 2:
        data, found = _unwrapped(data, titles, found)
    delimiter, header_row, header = found.delimiter, found.row, found.header
    data, unclosed = _close_quotes(data, delimiter, len(header), name)
    cells, rows, ragged = _parse(data, delimiter, len(header), name)
    above = int(np.searchsorted(rows, header_row, side="right"))
    cells, rows = cells.slice(above), rows[above:]
    records = [
        (row, next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []))
        for row, text in ragged
        if row > header_row
    ]
    cells, rows, misfits = _mend_ragged(cells, rows, records, header, name)
    filled = _filled(cells)
    if not filled.all():
        cells, rows = cells.filter(pa.array(filled)), rows[filled]
    table = RawTable(
        file=name,
        encoding=encoding,
        delimiter=delimiter,
        header=header,
        header_row=header_row,
        cells=cells,
        rows=rows,
        set_aside=(*unclosed, *misfits),
        problems=tuple(_mixed_encodings(data, delimiter, foreign_lines, name)),
    )
    _check_cell_size(table)
    return table


def _unreadable(name: str, message: str, hint: str, *, row: int | None = 1, **values: object) -> UnreadableFile:
    return UnreadableFile(
        Problem(file=name, row=row, severity=Severity.ERROR, message=message, hint=hint, values=values)
    )


def _decode(data: bytes, name: str, titles: frozenset[str]) -> tuple[bytes, str, tuple[int, ...]]:
    """Return *data* as UTF-8 CSV, the encoding it was in, and the lines that were in another one."""
    if not data.strip():
        raise _unreadable(
            name,
            N_("El archivo está vacío."),
            N_("Expórtelo de nuevo desde su sistema de tickets y reemplace este archivo."),
        )
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    if kind in _WORKBOOKS and (workbook := workbook_csv(data, titles)):
        return workbook[0], "utf-8", ()
    decoded = None if kind else decode(data)
    if decoded is None:
        raise _unreadable(
            name,
            N_("No es un archivo CSV, sino un archivo {kind}.") if kind else N_("No es un archivo de texto."),
            N_("En su sistema de tickets elija «Exportar a CSV» y guarde aquí ese archivo."),
            kind=Ours(kind or ""),
        )
    return decoded


def _mixed_encodings(data: bytes, delimiter: str, lines: Sequence[int], name: str) -> Iterator[Problem]:
    """Yield one problem that names the rows in which the *lines* in another encoding stand."""
    if not lines:
        return
    wanted = set(lines)
    reader = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)
    rows, before = [], 0
    for row, _ in enumerate(reader, start=1):
        if not wanted.isdisjoint(range(before + 1, reader.line_num + 1)):
            rows.append(row)
        before = reader.line_num
    yield Problem(
        file=name,
        row=rows[0] if rows else None,
        message=N_("Algunas filas están en otra codificación que el resto ({rows}): se leyeron con la suya."),
        hint=N_("Revise sus acentos; ocurre al pegar en un archivo lo que se copió de otro."),
        values={"rows": Ours(", ".join(map(str, rows[:20])) + ("…" if len(rows) > 20 else ""))},
    )


@dataclass(frozen=True)
class _Header:
    """A row that may be the header: how many known titles it has, and the share of records of its width."""

    hits: int
    agreement: float
    delimiter: str
    row: int
    header: tuple[str, ...]


def _find_header(data: bytes, delimiters: Sequence[str], titles: frozenset[str]) -> _Header:
    """Return the header under the delimiter that explains the start of *data* best."""
    sample = data[:_SAMPLE].decode("utf-8", "ignore")
    present = [delimiter for delimiter in delimiters if delimiter in sample] or delimiters[:1]
    found = (_header_under(sample, delimiter, titles) for delimiter in present)
    return max(found, key=lambda header: (header.hits, header.agreement, len(header.header)))


def _header_under(sample: str, delimiter: str, titles: frozenset[str]) -> _Header:
    records = list(_first_records(sample, delimiter))
    widths = Counter(len(record) for record in records if any(record))
    width, agreeing = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
    agreement = agreeing / max(1, sum(widths.values())) if width > 1 else 0.0
    known: list[int] = []
    for record in records[:_HEADER_WITHIN]:
        known.append(sum(len(cell) <= _LONGEST_TITLE and fold(cell) in titles for cell in set(record)))
        if 2 * known[-1] > len(record) > 1:
            break
    hits = max(known, default=0)
    usual = next((i for i, record in enumerate(records) if len(record) == width), 0)
    row = known.index(hits) if hits > 1 else usual
    header = tuple(cell.replace("\ufeff", "").strip().strip('"') for cell in records[row]) if records else ("",)
    return _Header(hits, agreement, delimiter, row + 1, header)


def _unwrapped(data: bytes, titles: frozenset[str], found: _Header) -> tuple[bytes, _Header]:
    """Return what stands inside the first cells of *data*, when that shows a header and *data* itself does not.

    A spreadsheet that opened a file with the wrong delimiter saves each line as one quoted cell.
    """
    text = data.decode("utf-8", "replace")
    for delimiter in DELIMITERS:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        inside = "\n".join(record[0] if record else "" for record in records).encode()
        header = _find_header(inside, DELIMITERS, titles)
        if header.hits > max(1, found.hits):
            data, found = inside, header
    return data, found


def _first_records(sample: str, delimiter: str) -> Iterator[list[str]]:
    return itertools.islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_RECORDS)


def _close_quotes(data: bytes, delimiter: str, width: int, name: str) -> tuple[bytes, list[Problem]]:
    """Return *data* without the lines that open a quote and never close it, and a problem for each of them.

    Raises:
        UnreadableFile: when no whole record follows such a line: the file was cut, and so is the list of tickets.
    """
    set_aside: list[Problem] = []
    while data.count(b'"') % 2:
        begun = _unclosed_quote(data, delimiter)
        if begun is None:
            break
        row, line = begun
        lines = data.split(b"\n")
        if width < 3 or not any(_width(below, delimiter) == width for below in lines[line + 1 :]):
            raise _unreadable(
                name,
                N_("El archivo termina en medio de una celda entre comillas: está incompleto."),
                N_("Vuelva a exportarlo y espere a que la descarga termine antes de copiarlo."),
                row=row,
            )
        set_aside.append(
            Problem(
                file=name,
                row=row,
                message=N_("La fila abre una comilla que no se cierra: no se sabe qué celda es cuál."),
                hint=N_("Cierre la comilla en esa fila, o quítela del ticket y vuelva a exportar."),
            )
        )
        lines[line] = b""
        data = b"\n".join(lines)
    return data, set_aside


def _unclosed_quote(data: bytes, delimiter: str) -> tuple[int, int] | None:
    """Return the record (from 1) and the line (from 0) that open a quote which lasts to the end, or None."""
    reader = csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline=""), delimiter=delimiter, strict=True)
    row = line = 0
    while True:
        row, line = row + 1, reader.line_num
        try:
            if next(reader, None) is None:
                return None
        except csv.Error as error:
            return (row, line) if "unexpected end of data" in str(error) else None


def _width(line: bytes, delimiter: str) -> int:
    return len(next(csv.reader([line.decode("utf-8", "replace")], delimiter=delimiter), []))


def _parse(data: bytes, delimiter: str, width: int, name: str) -> tuple[pa.Table, np.ndarray, list[tuple[int, str]]]:
    """Return the records of *width* cells, the row of each, and the other records as (row, text)."""
    ragged: list[tuple[int, str]] = []

    def keep(row: pacsv.InvalidRow) -> str:
        ragged.append((row.number, row.text))
        return "skip"

    try:
        cells = _cells(data, delimiter, width)
    except pa.ArrowInvalid:
        # Only a single thread tells the number of a record that does not fit.
        try:
            cells = _cells(data, delimiter, width, ragged=keep)
        except pa.ArrowInvalid as error:
            raise _too_large(name, None, "") from error
    outside = np.array([row for row, _ in ragged], dtype=np.int64)
    rows = np.delete(np.arange(1, len(cells) + len(ragged) + 1), outside - 1)
    return cells, rows, ragged


def _cells(
    data: bytes, delimiter: str, width: int, *, ragged: Callable[[pacsv.InvalidRow], str] | None = None
) -> pa.Table:
    columns = [str(position) for position in range(width)]
    return pacsv.read_csv(
        pa.BufferReader(data),
        read_options=pacsv.ReadOptions(
            use_threads=ragged is None and len(data) > _BLOCK, column_names=columns, block_size=_BLOCK
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=ragged
        ),
        convert_options=pacsv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string())),
    )


def _mend_ragged(
    cells: pa.Table, rows: np.ndarray, ragged: Sequence[tuple[int, list[str]]], header: Sequence[str], name: str
) -> tuple[pa.Table, np.ndarray, tuple[Problem, ...]]:
    """Add to *cells* the records that only lack, or only have empty, cells at their end; set the others aside."""
    width = len(header)
    mended: list[tuple[int, list[str]]] = []
    set_aside = []
    for row, record in ragged:
        if any(cell.strip() for cell in record[width:]):
            set_aside.append(
                Problem(
                    file=name,
                    row=row,
                    column=header[-1],
                    message=N_("La fila tiene {cells} celdas y el encabezado {width}: no se sabe qué celda es cuál."),
                    hint=N_("Revise si sobra un separador o falta una comilla en esa fila."),
                    values={"cells": len(record), "width": width},
                )
            )
        elif any(cell.strip() for cell in record):
            mended.append((row, (record + [""] * width)[:width]))
    if mended:
        extra = {column: [record[i] for _, record in mended] for i, column in enumerate(cells.column_names)}
        cells = pa.concat_tables([cells, pa.table(extra, schema=cells.schema)])
        rows = np.concatenate([rows, np.array([row for row, _ in mended], dtype=np.int64)])
        order = np.argsort(rows, kind="stable")
        cells, rows = cells.take(pa.array(order)), rows[order]
    return cells, rows, tuple(set_aside)


def _filled(cells: pa.Table) -> np.ndarray:
    """Return which records have any text at all."""
    filled = np.zeros(len(cells), dtype=bool)
    for column in cells.columns:
        blank = ~filled
        if not blank.any():
            break
        filled |= np.asarray(pc.not_equal(pc.utf8_trim_whitespace(column), ""))
    return filled


def _check_cell_size(table: RawTable) -> None:
    for position, title in enumerate(table.header):
        sizes = pc.binary_length(table.column(position))
        if (pc.max(sizes).as_py() or 0) > MAX_CELL:
            first = pc.index(pc.greater(sizes, MAX_CELL), True).as_py()
            raise _too_large(table.file, int(table.rows[first]), title)


def _too_large(name: str, row: int | None, column: str) -> UnreadableFile:
    return UnreadableFile(
        Problem(
            file=name,
            row=row,
            column=column,
            severity=Severity.ERROR,
            message=N_("Una celda tiene más de {megabytes} MB de texto."),
            hint=N_("Quite del ticket la imagen o el archivo pegado en el texto y expórtelo de nuevo."),
            values={"megabytes": MAX_CELL // 1_000_000},
        )
    )
