"""The task list → CSV that a spreadsheet of Latin America opens by a double click."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

if TYPE_CHECKING:
    from ..pages.table import Cell, TaskTable

_COMMA_COUNTRIES = ("MX", "US", "PR")
_FORMULA = re.compile(r"(?:^|(?<=[,;]))(?=[=+\-@＝＋－＠])")


def task_csv(table: TaskTable) -> bytes:
    """Return *table* as CSV: UTF-8 with BOM, CRLF, the headings in the first row, each text on one line.

    Excel splits at the system's list separator: a semicolon in Windows' locales of all Latin America but Mexico (and
    in pt-BR), which has a comma. And it takes 4.5 for the fourth of May where the decimal sign is a comma, so numbers
    have the country's sign (CLDR). Dates are ISO 8601, with a blank before the time, which spreadsheets read as such.

    A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV Injection"), also
    after a comma or a semicolon, for a reader whose system splits at the other one.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter(table), lineterminator="\r\n")
    decimal = _decimal_symbol(table)
    writer.writerow(column.heading for column in table.columns)
    writer.writerows([_text(cell, decimal) for cell in cells] for cells in table.rows)
    return file.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    r"""Return *text* on one line, so that no spreadsheet runs it, nor what stands in it after a comma or a semicolon.

    A line's end in quotes is one for a reader whose system splits at another separator.

    >>> harmless("=1+1"), harmless("a;=1+1\n=2")
    ("'=1+1", "a;'=1+1 =2")
    """
    return _FORMULA.sub("'", " ".join(text.split()))


def delimiter(table: TaskTable) -> str:
    """Return the list separator of the spreadsheets in the project's country."""
    return "," if table.country.upper() in _COMMA_COUNTRIES else ";"


def _decimal_symbol(table: TaskTable) -> str:
    try:
        return get_decimal_symbol(Locale(table.language, table.country.upper() or None))
    except (UnknownLocaleError, ValueError):
        return get_decimal_symbol(table.language)


def _text(cell: Cell, decimal: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None).isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", decimal)
    return harmless(cell)
