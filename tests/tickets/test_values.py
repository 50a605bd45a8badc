"""Text → dates and hours, decided a column at a time."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.tickets.values import DateReading, is_relative_date, parse_dates, parse_hours

CARACAS = ZoneInfo("America/Caracas")


def dates(*cells: str, **options: object) -> DateReading:
    return parse_dates(pa.chunked_array([list(cells)]), zone=UTC, **options)


def first(*cells: str, **options: object) -> str:
    value = dates(*cells, **options).values[0].as_py()
    return value.strftime("%Y-%m-%d %H:%M") if value else ""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-11-23", "2026-11-23 00:00"),
        ("2026-11-23 15:04", "2026-11-23 15:04"),
        ("2026-11-23T15:04:05Z", "2026-11-23 15:04"),
        ("2026-11-23T15:04:05.123456+02:00", "2026-11-23 13:04"),
        ("23/11/2026 3:04 PM", "2026-11-23 15:04"),
        ("23/11/2026 12:04 a. m.", "2026-11-23 00:04"),
        ("23/11/2026, 03:04 p.\u00a0m.", "2026-11-23 15:04"),
        ("23.11.2026 15:04", "2026-11-23 15:04"),
        ("23-11-2026 15:04", "2026-11-23 15:04"),
        ("23/11/2026 15:04 h", "2026-11-23 15:04"),
        ("04/ago/26 11:30 PM", "2026-08-04 23:30"),
        ("19/févr./26 7:31 PM", "2026-02-19 19:31"),
        ("12/lut/21 10:19 PM", "2021-02-12 22:19"),
        ("06/Mar/14  3:00 PM", "2014-03-06 15:00"),
        ("11 Nov 2022", "2022-11-11 00:00"),
        ("Nov 5, 2021", "2021-11-05 00:00"),
        ("23 de noviembre de 2026", "2026-11-23 00:00"),
        ("lunes, 23 de noviembre de 2026 15:04", "2026-11-23 15:04"),
        ("Mon Apr 21 2025 10:17:06 GMT+0000 (GMT)", "2025-04-21 10:17"),
        ("1700000000", "2023-11-14 22:13"),
        ("1700000000000", "2023-11-14 22:13"),
    ],
)
def test_date_is_read(cell: str, expected: str) -> None:
    assert first(cell) == expected


@pytest.mark.parametrize(
    "cell", ["Yesterday", "ayer", "31/02/2026", "2026-13-01", "25:00", "12", "10-24", "n/a", "13/13/2026"]
)
def test_what_is_no_date_fails(cell: str) -> None:
    reading = dates(cell, "2026-01-01")
    assert reading.values[0].as_py() is None
    assert list(reading.failed) == [True, False]


@pytest.mark.parametrize(
    "cell",
    ["Yesterday", "ayer", "Hace 3 días", "3 days ago", "há 2 horas", "il y a 2 jours", "vor 3 Tagen", "last week"],
)
def test_a_day_told_by_its_distance_is_known_for_it(cell: str) -> None:
    assert is_relative_date(cell)


@pytest.mark.parametrize("cell", ["2026-01-02", "pronto", "n/a", "hacer", "12 de mayo"])
def test_other_text_is_not_taken_for_a_distance(cell: str) -> None:
    assert not is_relative_date(cell)


def test_one_day_above_twelve_decides_the_whole_column() -> None:
    assert first("03/02/2026", "18/02/2026") == "2026-02-03 00:00"
    assert first("03/02/2026", "02/18/2026") == "2026-03-02 00:00"


def test_undecided_column_takes_the_order_of_the_file_then_of_the_settings() -> None:
    assert not dates("03/02/2026", order="mdy").ambiguous
    assert first("03/02/2026", order="mdy") == "2026-03-02 00:00"
    assert dates("03/02/2026").ambiguous
    assert first("03/02/2026") == "2026-02-03 00:00"
    assert first("03/02/2026", default="mdy") == "2026-03-02 00:00"


def test_wall_time_is_of_the_zone() -> None:
    reading = parse_dates(pa.chunked_array([["2026-11-23 16:30", ""]]), zone=CARACAS)
    assert reading.values.to_pylist() == [datetime(2026, 11, 23, 20, 30, tzinfo=UTC), None]
    assert not reading.failed.any()


FORMS = ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %I:%M %p", "%m/%d/%Y %I:%M %p", "%d.%m.%Y %H:%M"]


@given(
    st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), min_size=1, max_size=30), st.sampled_from(FORMS)
)
def test_column_that_shows_its_order_is_read_back(moments: list[datetime], form: str) -> None:
    shown = [*moments, datetime(2026, 12, 31)]
    reading = dates(*[moment.strftime(form) for moment in shown])
    assert reading.values.to_pylist() == [moment.replace(second=0, microsecond=0, tzinfo=UTC) for moment in shown]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,50", "12,25"], [1.5, 12.25]),
        (["1.50", "1,200.75"], [1.5, 1200.75]),
        (["1.200,75", "3"], [1200.75, 3.0]),
        (["2d 3h", "1,5 h", "90 min"], [19.0, 1.5, 1.5]),
        (["3 horas 22 minutos", "0 seconds"], [3 + 22 / 60, 0.0]),
        (["0:30", "12:15:00"], [0.5, 12.25]),
        (["-2.0", ""], [-2.0, None]),
    ],
)
def test_hours_are_read(cells: list[str], expected: list[float | None]) -> None:
    hours, failed = parse_hours(pa.chunked_array([cells]))
    assert hours.to_pylist() == pytest.approx(expected)
    assert not failed.any()


def test_seconds_become_hours() -> None:
    assert parse_hours(pa.chunked_array([["5400"]]), unit="seconds")[0].to_pylist() == [1.5]


def test_what_is_no_duration_fails() -> None:
    hours, failed = parse_hours(pa.chunked_array([["pronto", "3 zorks"]]))
    assert hours.to_pylist() == [None, None]
    assert failed.all()
