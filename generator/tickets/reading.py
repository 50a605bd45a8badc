"""Bytes of a delimited file → columns of text. Knows no tracker.

    bytes ─► encoding ─► delimiter ─► header ─► records ─► `RawTable`

Every record is numbered as a spreadsheet numbers its rows (from 1, a cell of several lines is one row), and every
record ends up in the table or among the problems.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from ..problems import N_, Problem, Severity, UnreadableFile
from ..text import fold

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
    b"PK\x03\x04": "ZIP / XLSX",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"SQLite": "SQLite",
    b"{\\rtf": "RTF",
}


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

    @property
    def records(self) -> int:
        """How many records were read, without blank ones."""
        return len(self.rows) + len(self.set_aside)

    def column(self, position: int) -> pa.ChunkedArray:
        """Return the text of the column at *position* of the header."""
        return self.cells.column(position)


def read_table(path: Path, *, name: str, titles: Collection[str] = ()) -> RawTable:
    """Read the file at *path*; *name* is what problems call it.

    *titles* are folded column titles that may stand in a header: the delimiter and the row that show most of them
    are taken, so that a preamble above the header does no harm.

    Raises:
        UnreadableFile: when the file is empty, is no text, ends inside a quoted cell, or has a cell over `MAX_CELL`.
    """
    data, encoding = _decode(_content(path), name)
    separator = _SEP_LINE.match(data)
    if separator:
        data = data[separator.end() :]
    delimiters = (separator[1].decode(),) if separator else DELIMITERS
    titles = frozenset(titles)
    sample = data[:_SAMPLE].decode("utf-8", "ignore")
    delimiter, header_row, header = max(
        (_find_header(sample, delimiter, titles) for delimiter in delimiters), key=lambda found: found[0]
    )[1:]
    _check_quotes(data, delimiter, name)
    cells, rows, ragged = _parse(data, delimiter, len(header), name)
    above = int(np.searchsorted(rows, header_row, side="right"))
    cells, rows = cells.slice(above), rows[above:]
    records = [
        (row, next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []))
        for row, text in ragged
        if row > header_row
    ]
    cells, rows, set_aside = _mend_ragged(cells, rows, records, header, name)
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
        set_aside=set_aside,
    )
    _check_cell_size(table)
    return table


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def _decode(data: bytes, name: str) -> tuple[bytes, str]:
    """Return *data* as UTF-8 without a byte-order mark, and the encoding it was in."""
    if not data.strip():
        raise UnreadableFile(
            Problem(
                file=name,
                row=1,
                severity=Severity.ERROR,
                message=N_("El archivo está vacío."),
                hint=N_("Expórtelo de nuevo desde su sistema de tickets y reemplace este archivo."),
            )
        )
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").encode(), encoding
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    if kind or b"\x00" in data[:_SAMPLE]:
        raise UnreadableFile(
            Problem(
                file=name,
                row=1,
                severity=Severity.ERROR,
                message=N_("No es un archivo CSV, sino un archivo {kind}.")
                if kind
                else N_("No es un archivo de texto."),
                hint=N_("En su sistema de tickets elija «Exportar a CSV» y guarde aquí ese archivo."),
                values={"kind": kind},
            )
        )
    if _is_utf8(data):
        return data, "utf-8"
    return data.decode("cp1252", "replace").encode(), "windows-1252"


def _is_utf8(data: bytes) -> bool:
    """Return whether *data* is UTF-8, looked at a block at a time: a whole export as text takes four times its size."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(view[start : start + _BLOCK], final=start + _BLOCK >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _find_header(
    sample: str, delimiter: str, titles: frozenset[str]
) -> tuple[tuple[int, float, int], str, int, tuple[str, ...]]:
    """Return how well *delimiter* explains *sample*, and the header row and cells it gives."""
    records = list(_first_records(sample, delimiter))
    widths = Counter(len(record) for record in records if any(record))
    width, agreeing = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
    agreement = agreeing / max(1, sum(widths.values())) if width > 1 else 0.0
    known = [
        sum(len(cell) <= _LONGEST_TITLE and fold(cell) in titles for cell in set(record))
        for record in records[:_HEADER_WITHIN]
    ]
    hits = max(known, default=0)
    usual = next((i for i, record in enumerate(records) if len(record) == width), 0)
    row = known.index(hits) if hits > 1 else usual
    header = tuple(cell.replace("\ufeff", "").strip().strip('"') for cell in records[row]) if records else ("",)
    return (hits, agreement, width), delimiter, row + 1, header


def _first_records(sample: str, delimiter: str) -> Iterator[list[str]]:
    return itertools.islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_RECORDS)


def _check_quotes(data: bytes, delimiter: str, name: str) -> None:
    """Raise when the last cell opens a quote that never closes: the file was cut, and so is the list of tickets."""
    if data.count(b'"') % 2 == 0:
        return
    reader = csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline=""), delimiter=delimiter, strict=True)
    row = 0
    while True:
        try:
            if next(reader, None) is None:
                return
        except csv.Error as error:
            if "unexpected end of data" not in str(error):
                return
            raise UnreadableFile(
                Problem(
                    file=name,
                    row=row + 1,
                    severity=Severity.ERROR,
                    message=N_("El archivo termina en medio de una celda entre comillas: está incompleto."),
                    hint=N_("Vuelva a exportarlo y espere a que la descarga termine antes de copiarlo."),
                )
            ) from error
        row += 1


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
        read_options=pacsv.ReadOptions(use_threads=ragged is None, column_names=columns, block_size=_BLOCK),
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
