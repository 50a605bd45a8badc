"""The task list as CSV, read back as a spreadsheet would."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale import words
from generator.outputs.csv import delimiter, task_csv
from generator.pages.table import Column, TaskTable, Type, task_table
from generator.projects.model import Phase

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
DANGEROUS = "=+-@＝＋－＠"
MOMENTS = st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(CARACAS)).map(
    lambda when: when.replace(second=0, microsecond=0)
)
CELLS = {
    "text": st.text(st.characters(codec="utf-8")),
    "date": st.none() | st.dates(),
    "datetime": st.none() | st.dates() | MOMENTS,
    "number": st.none() | st.decimals(0, 10**6, places=2).map(float),
}


def made(rows: list[tuple], country: str = "VE") -> TaskTable:
    """Return a table with a column of each type."""
    return TaskTable(
        title="Tareas", note="", project="Ventas", client="ACME", language="es", country=country, made=None,
        columns=tuple(Column(key=name, heading=name.upper(), type=name) for name in get_args(Type)),
        rows=tuple(rows), codes={},
    )  # fmt: skip


def read(content: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_it_begins_with_a_bom_and_ends_its_lines_as_spreadsheets_do(make_project) -> None:
    content = task_csv(task_table(make_project({}, {}), ES))
    assert content.startswith(b"\xef\xbb\xbfTicket;")
    assert content.count(b"\r\n") == content.count(b"\n") == 3


@pytest.mark.parametrize(
    ("country", "separator", "number"),
    [
        ("VE", ";", "4,5"),
        ("CO", ";", "4,5"),
        ("PE", ";", "4.5"),
        ("MX", ",", "4.5"),
        ("mx", ",", "4.5"),
        ("", ";", "4,5"),
        ("Venezuela", ";", "4,5"),
        ("XX", ";", "4,5"),
    ],
)
def test_separator_and_decimal_sign_are_those_of_the_country(
    make_project, country: str, separator: str, number: str
) -> None:
    project = make_project({"spent_hours": 4.5}, phase=Phase.ESERVICE, country=country)
    heading, row = read(task_csv(task_table(project, ES)), separator)
    assert (heading[-1], row[-1]) == ("Horas dedicadas", number)


def test_whole_numbers_have_no_decimals() -> None:
    assert read(task_csv(made([("", None, None, 12.0)])), ";")[1] == ["", "", "", "12"]


def test_days_and_times_are_iso() -> None:
    row = ("x", date(2026, 11, 2), datetime(2026, 11, 25, 9, 30, tzinfo=CARACAS), None)
    assert read(task_csv(made([row])), ";")[1] == ["x", "2026-11-02", "2026-11-25 09:30", ""]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+58 212", "'+58 212"),
        ("-5 %", "'-5 %"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("uno\n=1", "uno =1"),
        ("＝1", "'＝1"),
        ('a;=HYPERLINK("x")', 'a;\'=HYPERLINK("x")'),
        ("a,@x", "a,'@x"),
        ("ana@acme.example", "ana@acme.example"),
        ("IVA, -5 % y 3-2=1", "IVA, -5 % y 3-2=1"),
    ],
)
def test_no_text_becomes_a_formula(text: str, written: str) -> None:
    assert read(task_csv(made([(text, None, None, None)])), ";")[1][0] == written


def test_numbers_are_not_taken_for_formulas() -> None:
    assert read(task_csv(made([("", None, None, -4.5)])), ";")[1][3] == "-4,5"


@given(st.lists(st.tuples(*(CELLS[name] for name in get_args(Type))), max_size=5), st.sampled_from(["VE", "MX", "PE"]))
def test_reading_it_back_gives_the_cells(rows: list[tuple], country: str) -> None:
    table = made(rows, country)
    heading, *lines = read(task_csv(table), delimiter(table))
    assert heading == ["TEXT", "DATE", "DATETIME", "NUMBER"]
    for line, (text, day, moment, number) in zip(lines, rows, strict=True):
        assert unguarded(line[0]) == unguarded(" ".join(text.split()))
        assert (date.fromisoformat(line[1]) if line[1] else None) == day
        assert (parsed(line[2]) if line[2] else None) == moment
        assert (float(line[3].replace(",", ".")) if line[3] else None) == number


@given(st.text(st.sampled_from([*DANGEROUS, *";, \t\r\n\"'a1"])), st.sampled_from(["VE", "MX"]))
def test_wherever_it_is_split_no_part_of_a_text_begins_a_formula(text: str, country: str) -> None:
    table = made([(text, None, None, None)], country)
    cell = read(task_csv(table), delimiter(table))[1][0]
    assert not [part for part in re.split("[,;\t\r\n]", cell) if part.startswith(tuple(DANGEROUS))]


def unguarded(text: str) -> str:
    """Return a text without the apostrophes that the output may have put before a sign."""
    for sign in DANGEROUS:
        text = text.replace(f"'{sign}", sign)
    return text


def parsed(text: str) -> date:
    return datetime.fromisoformat(text).replace(tzinfo=CARACAS) if ":" in text else date.fromisoformat(text)


def test_a_list_without_tickets_has_its_heading(make_project) -> None:
    assert len(read(task_csv(task_table(make_project(), ES)), ";")) == 1
