"""Bytes → columns of text."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.problems import UnreadableFile
from generator.tickets.reading import RawTable, read_file, read_table

TITLES = {"id", "titulo", "estado"}


def read(tmp_path: Path, content: str | bytes) -> RawTable:
    path = tmp_path / "export.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(read_file(path, name="export.csv"), name="export.csv", titles=TITLES)


def cells(table: RawTable) -> list[list[str]]:
    return [list(record.values()) for record in table.cells.to_pylist()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    table = read(
        tmp_path, f"ID{delimiter}Título{delimiter}Estado\n7{delimiter}a, b; c{delimiter}Nuevo\n".replace(", b; c", "")
    )
    assert table.delimiter == delimiter
    assert cells(table) == [["7", "a", "Nuevo"]]


def test_excel_separator_line_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=;\r\nID;Título\r\n1;uno\r\n")
    assert (table.delimiter, table.header_row, list(table.rows)) == (";", 1, [2])


@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("cp1252", b"", "windows-1252"),
    ],
)
def test_encoding_is_found(tmp_path: Path, encoding: str, mark: bytes, found: str) -> None:
    table = read(tmp_path, mark + "ID,Título\n1,Señal\n".encode(encoding))
    assert (table.encoding, table.header, cells(table)) == (found, ("ID", "Título"), [["1", "Señal"]])


def test_compressed_file_is_read(tmp_path: Path) -> None:
    assert cells(read(tmp_path, gzip.compress(b"ID,Estado\n1,x\n"))) == [["1", "x"]]


def test_header_below_a_preamble_is_found(tmp_path: Path) -> None:
    table = read(tmp_path, "Informe de tickets\nGenerado hoy, a las 9\n\nID,Título,Estado\n1,uno,Nuevo\n")
    assert (table.header_row, table.header, list(table.rows)) == (4, ("ID", "Título", "Estado"), [5])


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    table = read(tmp_path, 'ID,Título\n1,"dos\nlíneas"\n\n3,tres\n')
    assert list(table.rows) == [2, 4]


def test_blank_records_are_no_records(tmp_path: Path) -> None:
    table = read(tmp_path, "ID,Título\n1,uno\n,\n  ,\n\n")
    assert table.records == 1


def test_short_and_padded_records_are_mended(tmp_path: Path) -> None:
    table = read(tmp_path, "ID,Título,Estado\n1,uno\n2,dos,Nuevo,,\n")
    assert cells(table) == [["1", "uno", ""], ["2", "dos", "Nuevo"]]
    assert not table.set_aside


def test_record_with_too_many_cells_is_set_aside(tmp_path: Path) -> None:
    table = read(tmp_path, "ID,Título,Estado\n1,uno, dos,Nuevo\n2,dos,Nuevo\n")
    assert [problem.row for problem in table.set_aside] == [2]
    assert table.records == 2


def test_quotes_inside_a_cell_stay(tmp_path: Path) -> None:
    assert cells(read(tmp_path, 'ID,Título\n1,Tubo de 12" x 3\n2,"dijo ""hola"""\n')) == [
        ["1", 'Tubo de 12" x 3'],
        ["2", 'dijo "hola"'],
    ]


def test_words_that_look_like_nothing_stay_words(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "ID,Título\n007,None\n008,NA\n009,null\n")) == [
        ["007", "None"],
        ["008", "NA"],
        ["009", "null"],
    ]


@pytest.mark.parametrize(
    ("content", "row", "message"),
    [
        (b"", 1, "vacío"),
        (b"\n \n", 1, "vacío"),
        (b"%PDF-1.7 ...", 1, "PDF"),
        (b"PK\x03\x04....", 1, "ZIP"),
        (bytes(range(256)), 1, "texto"),
        (b'ID,Estado\n1,x\n2,"que se cort', 3, "incompleto"),
        (b'ID,Estado\n1,"' + b"x" * 5_000_000 + b'"\n', 2, "MB"),
    ],
)
def test_file_that_is_no_table_says_why_and_where(tmp_path: Path, content: bytes, row: int, message: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path, content)
    assert caught.value.problem.row == row
    assert message in caught.value.problem.text(str)
    assert caught.value.problem.hint


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff"), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    records=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=20),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_a_csv_writer_wrote_is_read_back(tmp_path: Path, records: list[tuple[str, ...]], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("ID", "Título", "Estado"), *records])
    table = read(tmp_path, text.getvalue())
    filled = [list(record) for record in records if any(cell.strip() for cell in record)]
    assert cells(table) == filled
    assert not table.set_aside
