"""A template that the client filled in and sent back: what has to be corrected, by row and column.

What a column must hold is read from the template itself: from the words of its title, and from the rows that it
brings as an example. The cells of the client are not repeated in a problem: it is shown on a page.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING

import pyarrow as pa

from ..problems import N_, Problem, Severity, UnreadableFile
from ..text import fold, slugify
from ..tickets.reading import read_table
from ..tickets.values import parse_dates

if TYPE_CHECKING:
    from ..tickets.reading import RawTable


class CellKind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes-no"
    IP = "ip"
    EMAIL = "email"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a template: its title, and what is asked of its cells."""

    title: str
    kind: CellKind
    required: bool
    unique: bool


_NUMBERS = {
    *("cantidad", "valor", "precio", "costo", "monto", "gb", "mb", "meses", "dias", "horas", "unidades", "minimo"),
    *("maximo", "total", "saldo", "depreciacion", "peso", "porcentaje", "existencia"),
}
_QUESTIONS = {"requiere", "maneja", "tiene", "usa", "lleva", "es", "necesita", "exento", "activo"}
_CODES = {"codigo", "id", "serial", "serie", "placa", "rif", "ruc", "nit", "cedula", "telefono", "cuenta", "documento"}
_TITLES = (
    (CellKind.EMAIL, {"correo", "email", "mail"}),
    (CellKind.IP, {"ip"}),
    (CellKind.TEXT, _CODES),
    (CellKind.DATE, {"fecha", "date"}),
    (CellKind.NUMBER, _NUMBERS),
)
"""What a column holds by the words of its title; the first that fits is taken."""
_OPTIONAL = {"observaciones", "observacion", "notas", "nota", "comentarios", "comentario", "opcional"}
_YES_NO = {"si", "no", "s", "n", "sim", "nao", "yes", "y", "x", "1", "0"}
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[.,\s']\d{3})+|\d+)(?:[.,]\d+)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_EXAMPLE = ("ejemplo", "exemplo", "example")
_WRONG = {
    CellKind.NUMBER: (N_("No es un número."), N_("Escriba solo el número, sin unidad ni texto.")),
    CellKind.DATE: (N_("No es una fecha."), N_("Escriba la fecha como 2026-11-23.")),
    CellKind.YES_NO: (N_("No dice sí ni no."), N_("Escriba sí o no.")),
    CellKind.IP: (N_("No es una dirección IP."), N_("Escríbala como 192.168.1.20.")),
    CellKind.EMAIL: (N_("No es un correo electrónico."), N_("Escríbalo como nombre@empresa.com.")),
}


def check_returned(template: bytes, returned: bytes, *, name: str) -> list[Problem]:
    """Return what has to be corrected in the bytes of a *returned* template; *name* is what the problems call it.

    A template that cannot be read asks for nothing.
    """
    try:
        asked = read_table(template, name="template")
    except UnreadableFile:
        return []
    try:
        given = read_table(returned, name=name, titles=[fold(_bare(title)) for title in asked.header])
    except UnreadableFile as unreadable:
        return [replace(unreadable.problem, severity=Severity.NOTICE)]
    return check_template(asked, given)


def check_template(template: RawTable, returned: RawTable) -> list[Problem]:
    """Return what has to be corrected in *returned*, in the order of its rows; all are notices."""
    columns = template_columns(template)
    places = {fold(_bare(title)): place for place, title in enumerate(returned.header)}
    known = {fold(column.title) for column in columns}
    found = [
        *(
            _at(returned, returned.header_row, column.title, *_NO_COLUMN)
            for column in columns
            if fold(column.title) not in places
        ),
        *(
            _at(returned, returned.header_row, title, *_NEW_COLUMN)
            for title in returned.header
            if title and fold(_bare(title)) not in known
        ),
        *(replace(problem, severity=Severity.NOTICE) for problem in returned.set_aside),
    ]
    present = [
        (column, _cells(returned, places[fold(column.title)])) for column in columns if fold(column.title) in places
    ]
    found += _rows(template, returned, present)
    return sorted(found, key=lambda problem: problem.row or 0)


def template_columns(template: RawTable) -> tuple[Column, ...]:
    """Return what the columns of *template* must hold.

    Where titles bear an asterisk only those must be filled in; elsewhere all but remarks and what the example leaves
    empty.
    """
    samples = [_cells(template, place) for place in range(len(template.header))]
    examples = [row for row in range(len(template.rows)) if _is_example(column[row] for column in samples)]
    starred = any("*" in title for title in template.header)
    columns = []
    for place, title in enumerate(template.header):
        words = slugify(title).split("-")
        shown = [samples[place][row] for row in examples]
        optional = bool(_OPTIONAL & set(words)) or bool(examples and not any(shown))
        columns.append(
            Column(
                title=_bare(title),
                kind=_kind(words, [cell for cell in samples[place] if cell]),
                required="*" in title if starred else not optional,
                unique=place == 0 and bool(_CODES & set(words)),
            )
        )
    return tuple(columns)


def _kind(words: list[str], samples: list[str]) -> CellKind:
    for kind, told in _TITLES:
        if told & set(words):
            return kind
    if words[0] in _QUESTIONS:
        return CellKind.YES_NO
    fitting = (kind for kind in CellKind if kind is not CellKind.TEXT and samples and all(_fits(kind, samples)))
    return next(fitting, CellKind.TEXT)


def _fits(kind: CellKind, cells: list[str]) -> list[bool]:
    """Return which of *cells* are of *kind*; an empty one is."""
    if kind is CellKind.DATE:
        return [not failed for failed in parse_dates(pa.chunked_array([cells], pa.string()), zone=UTC).failed]
    return [not cell or _TESTS[kind](cell) for cell in cells]


def _is_ip(cell: str) -> bool:
    try:
        ipaddress.ip_address(cell)
    except ValueError:
        return False
    return True


_TESTS: dict[CellKind, Callable[[str], bool]] = {
    CellKind.TEXT: lambda _: True,
    CellKind.NUMBER: lambda cell: bool(_NUMBER.fullmatch(cell)),
    CellKind.YES_NO: lambda cell: fold(cell) in _YES_NO,
    CellKind.IP: _is_ip,
    CellKind.EMAIL: lambda cell: bool(_EMAIL.fullmatch(cell)),
}


def _rows(template: RawTable, returned: RawTable, columns: list[tuple[Column, list[str]]]) -> Iterator[Problem]:
    """Yield what is wrong in each record; one that is still an example, unfilled or a repetition is told only so."""
    untouched = _records(template)
    fits = [_fits(column.kind, cells) for column, cells in columns]
    first: dict[tuple[str, ...], int] = {}
    codes: dict[str, int] = {}
    for position, record in enumerate(zip(*(cells for _, cells in columns), strict=True)):
        row = int(returned.rows[position])
        filled = frozenset(cell for cell in record if cell)
        if _is_example(record):
            yield _at(returned, row, "", *_EXAMPLE_ROW)
        elif filled and filled in untouched and not all(record):
            yield _at(returned, row, "", *_UNFILLED)
        elif record in first:
            yield _at(returned, row, "", *_REPEATED, first=first[record])
        else:
            first[record] = row
            for place, (column, cells) in enumerate(columns):
                yield from _cell(returned, row, column, cells[position], codes, fits=fits[place][position])


def _cell(
    returned: RawTable, row: int, column: Column, cell: str, codes: dict[str, int], *, fits: bool
) -> Iterator[Problem]:
    if not cell:
        if column.required:
            yield _at(returned, row, column.title, *_EMPTY)
    elif not fits:
        yield _at(returned, row, column.title, *_WRONG[column.kind])
    elif column.unique and codes.setdefault(fold(cell), row) != row:
        yield _at(returned, row, column.title, *_TAKEN, first=codes[fold(cell)])


def _records(table: RawTable) -> set[frozenset[str]]:
    columns = [_cells(table, place) for place in range(len(table.header))]
    return {frozenset(cell for cell in record if cell) for record in zip(*columns, strict=True)}


def _cells(table: RawTable, place: int) -> list[str]:
    return [(cell or "").strip() for cell in table.column(place).to_pylist()]


def _is_example(record: Iterable[str]) -> bool:
    return any(fold(cell).startswith(_EXAMPLE) for cell in record)


def _bare(title: str) -> str:
    return title.replace("*", "").strip()


_NO_COLUMN = (N_("Falta esta columna."), N_("Use la plantilla tal como se la entregamos, con todas sus columnas."))
_NEW_COLUMN = (
    N_("La plantilla no tiene esta columna: no se usa."),
    N_("Quítela, o pase su contenido a la columna que corresponde."),
)
_EXAMPLE_ROW = (N_("Es la fila de ejemplo."), N_("Bórrela antes de enviar la plantilla."))
_UNFILLED = (N_("Falta llenar esta fila."), N_("Complete sus celdas, o bórrela si no corresponde."))
_REPEATED = (N_("Repite la fila {first}."), N_("Borre una de las dos."))
_TAKEN = (N_("El código ya está en la fila {first}."), N_("Dé a cada fila un código propio."))
_EMPTY = (N_("La celda está vacía."), N_("Complétela; si no corresponde, escriba «no aplica»."))


def _at(table: RawTable, row: int, column: str, message: str, hint: str, **values: object) -> Problem:
    return Problem(
        file=table.file, row=row, column=column, severity=Severity.NOTICE, message=message, hint=hint, values=values
    )
