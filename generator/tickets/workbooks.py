"""A spreadsheet's own file (XLSX, XLS, ODS) → CSV bytes, so that there is one way to read a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ..text import fold

_FIRST = 30


def workbook_csv(data: bytes, titles: Collection[str]) -> tuple[bytes, str] | None:
    """Return the sheet of *data* whose first rows show most of *titles* as UTF-8 CSV, and its name.

    Whole numbers are written without decimals, dates as ISO. None when *data* is no workbook.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names]
    except CalamineError:
        return None
    if not sheets:
        return None
    name, rows = max(sheets, key=lambda sheet: _known(sheet[1], titles))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode(), name


def _known(rows: Sequence[Sequence[Any]], titles: Collection[str]) -> int:
    return max((sum(fold(_cell(value)) in titles for value in row) for row in rows[:_FIRST]), default=0)


def _cell(value: Any) -> str:
    match value:
        case bool():
            return str(value)
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
        case _:
            return str(value)
