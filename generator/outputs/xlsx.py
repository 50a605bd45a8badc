"""The task list → a workbook with real dates and numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from ..pages.table import Cell, Column, TaskTable

_PLAIN = {
    "in_memory": True,  # files on disk would put the hour of the build in the archive
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
_FIRST_YEAR = 1901
"""Before it, spreadsheets number the days each in its own way, or not at all."""
_FORMATS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8EDF2"},
    "text": {"text_wrap": True, "num_format": "@"},
    "date": {"num_format": 14, "align": "left"},  # 14 and 22: as the reader's own system writes dates
    "datetime": {"num_format": 22, "align": "left"},
    "number": {"num_format": "#,##0.00"},
    "note": {"italic": True, "num_format": "@"},
}
_WIDTHS = {"date": 12, "datetime": 17, "number": 12}
_NARROWEST, _WIDEST = 10, 60


def task_workbook(table: TaskTable) -> bytes:
    """Return *table* as an XLSX file: the heading is the first row, stays in sight and filters; the note is the last.

    Text is always text, whatever it begins with. Times are wall times of the project's zone. The same table gives the
    same bytes: the file is dated by the cut, not by the clock.
    """
    file = io.BytesIO()
    with Workbook(file, _PLAIN) as book:
        book.set_properties(
            {
                "title": f"{table.title} · {table.project}",
                "subject": table.client,
                "comments": table.note,
                "created": (table.made or _UNDATED).astimezone(UTC),
            }
        )
        formats = {name: book.add_format({"valign": "top", **look}) for name, look in _FORMATS.items()}
        sheet = book.add_worksheet(table.title)
        _write_cells(sheet, table, formats)
        _lay_out(sheet, table)
    return file.getvalue()


def _write_cells(sheet: Any, table: TaskTable, formats: dict[str, Any]) -> None:
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.heading, formats["heading"])
    for row, cells in enumerate(table.rows, start=1):
        for place, cell in enumerate(cells):
            _write(sheet, row, place, cell, formats)
    sheet.write_string(len(table.rows) + 2, 0, table.note, formats["note"])


def _write(sheet: Any, row: int, place: int, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, cell, formats["text"])
    elif isinstance(cell, date):
        _write_date(sheet, row, place, cell, formats)
    else:
        sheet.write_number(row, place, cell, formats["number"])


def _write_date(sheet: Any, row: int, place: int, when: date, formats: dict[str, Any]) -> None:
    look = "datetime" if isinstance(when, datetime) else "date"
    wall = when.replace(tzinfo=None) if isinstance(when, datetime) else when
    if wall.year < _FIRST_YEAR:
        sheet.write_string(row, place, str(wall), formats["text"])
    else:
        sheet.write_datetime(row, place, wall, formats[look])


def _lay_out(sheet: Any, table: TaskTable) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column, (cells[place] for cells in table.rows)))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")


def _width(column: Column, cells: Iterable[Cell]) -> int:
    """Return a width in characters: what the longest text needs, within what a screen has room for."""
    if column.type in _WIDTHS:
        return max(_WIDTHS[column.type], min(len(column.heading) + 3, 16))
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return max(_NARROWEST, min(_WIDEST, max(longest, len(column.heading) + 3)))
