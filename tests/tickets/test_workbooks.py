"""A spreadsheet's own file → CSV."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl

from generator.tickets.workbooks import workbook_csv


def workbook(**sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_the_sheet_with_the_titles_is_taken() -> None:
    data = workbook(Notas=[["Hola"]], Tickets=[["ID", "Título"], [7, "Señal, de prueba"]])
    assert workbook_csv(data, {"id", "titulo"}) == ('ID,Título\r\n7,"Señal, de prueba"\r\n'.encode(), "Tickets")


def test_numbers_dates_and_blanks_are_written_as_a_tracker_would() -> None:
    data = workbook(
        A=[["ID", "Fecha", "Día", "Horas", "Nada"], [7.0, datetime(2026, 11, 3, 9, 30), date(2026, 11, 3), 1.5, None]]
    )
    rows = workbook_csv(data, {"id"})[0].decode().splitlines()
    assert rows[1] == "7,2026-11-03 09:30:00,2026-11-03,1.5,"


def test_another_archive_is_no_workbook() -> None:
    assert workbook_csv(b"PK\x03\x04 not really", {"id"}) is None
