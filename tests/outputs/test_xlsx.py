"""The task list as a workbook, read back by another library."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.locale import LANGUAGES, words
from generator.outputs.xlsx import task_workbook
from generator.pages.table import TaskTable, task_table
from generator.projects.model import Phase

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
HOSTILE = [
    "=1+1", "=HYPERLINK(\"https://evil.example\")", "+1", "-1", "@SUM(A1)", "{=1}", "http://evil.example",
    "mailto:a@b.c", "1234", "1e5", "TRUE", "#N/A", "2026-11-25", "'=1", "_x0041_", "<b>&amp;</b>", "\x01\x02",
    "صيانة النظام", "משימה", "👩🏽‍💻 listo 🎉", "Á" * 400, "uno\ndos",
]  # fmt: skip


def sheet_of(table: TaskTable) -> Worksheet:
    return load_workbook(io.BytesIO(task_workbook(table))).active


@pytest.fixture
def read(make_project):
    """A function: what is said of each ticket → the sheet that a spreadsheet would open, of a policy."""

    def read_(*tickets: dict[str, object], **project: object) -> Worksheet:
        return sheet_of(task_table(make_project(*tickets, **{"phase": Phase.ESERVICE, **project}), ES))

    return read_


def column(sheet: Worksheet, heading: str) -> str:
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def test_the_heading_is_the_first_row_stays_in_sight_and_filters(read) -> None:
    sheet = read({}, {}, {})
    assert [cell.value for cell in sheet[1]][:4] == ["Ticket", "Título", "Significado", "Estado"]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:O4"
    assert sheet.print_title_rows == "$1:$1"


def test_dates_are_dates_and_numbers_numbers(read) -> None:
    sheet = read(
        {
            "created": datetime(2026, 11, 2, 8, tzinfo=CARACAS),
            "due": datetime(2026, 11, 24, tzinfo=CARACAS),
            "agreed": datetime(2026, 11, 25, 9, 30, tzinfo=CARACAS),
            "spent_hours": 4.5,
        }
    )
    created, due, agreed, spent = (
        sheet[f"{column(sheet, heading)}2"]
        for heading in ("Creación", "Vencimiento", "Fecha acordada", "Horas dedicadas")
    )
    assert (created.value, created.is_date) == (datetime(2026, 11, 2), True)
    assert (due.value, due.number_format) == (datetime(2026, 11, 24), "mm-dd-yy")
    assert (agreed.value, agreed.number_format) == (datetime(2026, 11, 25, 9, 30), "m/d/yy h:mm")
    assert (spent.value, spent.data_type) == (4.5, "n")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(read, text: str) -> None:
    sheet = read({"title": text, "kind": text, "component": text}, meanings={"1": text})
    for heading in ("Título", "Significado", "Área", "Tipo"):
        cell = sheet[f"{column(sheet, heading)}2"]
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        assert unescaped(cell.value) == text


def unescaped(text: str) -> str:
    """Undo the notation of the format for control characters, which openpyxl leaves as it is."""
    for code in (*range(0x20), 0x5F):
        text = text.replace(f"_x{code:04X}_", chr(code))
    return text


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="￾￿")), max_size=4
    )
)
def test_every_title_is_read_back(make_project, titles: list[str]) -> None:
    sheet = sheet_of(task_table(make_project(*({"title": f"t{title}"} for title in titles)), ES))
    read_back = (
        [unescaped(row[1].value) for row in sheet.iter_rows(min_row=2, max_row=len(titles) + 1)] if titles else []
    )
    assert read_back == [f"t{title}" for title in titles]


def test_the_note_is_below_the_list_and_outside_the_filter(read) -> None:
    sheet = read({}, {})
    assert sheet["A4"].value is None
    assert sheet["A5"].value == "ACME, C.A. · Ventas · Corte N.º 1, lun 23 nov 2026 · Hora de Caracas"
    assert sheet.max_row == 5


def test_a_list_without_tickets_opens(read) -> None:
    sheet = read()
    assert sheet.auto_filter.ref == "A1:O1"
    assert [sheet.max_row, sheet["A3"].value[:10]] == [3, "ACME, C.A."]


def test_a_date_that_spreadsheets_cannot_number_is_text(read) -> None:
    sheet = read({"due": datetime(1025, 3, 4, 9, tzinfo=UTC).astimezone(ZoneInfo("UTC"))}, time_zone=ZoneInfo("UTC"))
    assert sheet[f"{column(sheet, 'Vencimiento')}2"].value.startswith("1025-03-04")


def test_the_file_is_dated_by_the_cut(make_project) -> None:
    file = io.BytesIO(task_workbook(task_table(make_project({}), ES)))
    properties = load_workbook(file).properties
    assert properties.created == datetime(2026, 11, 23, 4, tzinfo=None)
    assert properties.modified == properties.created
    assert (properties.title, properties.subject) == ("Tareas · Ventas", "ACME, C.A.")
    assert {entry.date_time for entry in zipfile.ZipFile(file).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_table_gives_the_same_bytes_at_any_hour(make_project) -> None:
    table = task_table(make_project(*({"title": text} for text in HOSTILE)), ES)
    first = task_workbook(table)
    time.sleep(2.1)  # the hours in an archive have a step of two seconds
    assert task_workbook(table) == first


def test_widths_follow_the_texts_within_a_screen(read) -> None:
    sheet = read({"title": "Á" * 400, "ticket": "7"})
    widths = {heading.value: sheet.column_dimensions[heading.column_letter].width for heading in sheet[1]}
    assert 60 <= widths["Título"] < 62
    assert 10 <= widths["Ticket"] < 12
    assert sheet["B2"].alignment.wrap_text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_named_in_the_language_of_the_project(make_project, language: str) -> None:
    table = task_table(make_project({}, name="[Ventas]: a/b*?", client="'Ñ'" * 30), words(language))
    assert sheet_of(table).title == table.title
    assert 0 < len(table.title) <= 31


def test_a_long_list_is_written_whole(make_project) -> None:
    tickets = [{"title": f"Tarea {n}", "due": datetime(2026, 11, 24, tzinfo=CARACAS)} for n in range(5000)]
    sheet = load_workbook(io.BytesIO(task_workbook(task_table(make_project(*tickets), ES))), read_only=True).active
    values = [row[1] for row in sheet.iter_rows(min_row=2, max_row=5001, values_only=True)]
    assert values == [f"Tarea {n}" for n in range(5000)]


def test_a_day_is_no_time(make_project) -> None:
    table = task_table(make_project({"due": datetime(2026, 11, 24, tzinfo=CARACAS)}), ES)
    assert table.rows[0][10] == date(2026, 11, 24)
