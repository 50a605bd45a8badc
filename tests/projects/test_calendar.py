from __future__ import annotations

import itertools
import pickle
from datetime import date, datetime, timedelta

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given

from generator.projects.calendar import SERVICE_HOURS, ServiceCalendar, public_holidays

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
PLAIN = ServiceCalendar()
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(microsecond=0))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute)


def minute_by_minute(calendar: ServiceCalendar, start: datetime, end: datetime) -> float:
    """The plain definition: count the minutes of service one by one."""
    minutes = 0
    while start < end:
        open_now = any(first <= start.time() < last for first, last in SERVICE_HOURS)
        minutes += open_now and start.weekday() < 5 and start.date() not in calendar.holidays
        start += timedelta(minutes=1)
    return minutes / 60


def test_friday_at_16_to_monday_at_9_is_an_hour_and_a_half() -> None:
    assert PLAIN.hours(at(FRIDAY, 16), at(MONDAY, 9)) == 1.5


def test_lunch_is_no_service() -> None:
    assert PLAIN.hours(at(MONDAY, 11, 30), at(MONDAY, 13, 30)) == 1.0
    assert not PLAIN.is_open(at(MONDAY, 12))
    assert PLAIN.is_open(at(MONDAY, 13))


def test_a_holiday_changes_the_result() -> None:
    calendar = ServiceCalendar({MONDAY: "Fiesta"})
    assert calendar.hours(at(FRIDAY, 16), at(MONDAY, 9)) == 0.5
    assert calendar.days(FRIDAY, MONDAY + timedelta(days=1)) == 1
    assert not calendar.is_open(at(MONDAY, 9))


def test_working_days_are_counted_from_day_to_day() -> None:
    assert PLAIN.days(FRIDAY, MONDAY) == 1
    assert PLAIN.days(FRIDAY, FRIDAY) == 0
    assert PLAIN.days(at(FRIDAY, 16), at(MONDAY, 9)) == 1


def test_a_day_without_a_time_gives_no_hours() -> None:
    assert PLAIN.hours(at(FRIDAY, 0), at(MONDAY, 9)) is None
    assert PLAIN.hours(None, at(MONDAY, 9)) is None


@given(st.lists(MOMENTS, min_size=3, max_size=6).map(sorted))
def test_parts_add_up_to_the_whole(moments: list[datetime]) -> None:
    parts = sum(PLAIN.served_hours(*pair) for pair in itertools.pairwise(moments))
    assert parts == pytest.approx(PLAIN.served_hours(moments[0], moments[-1]))


@given(MOMENTS.map(lambda moment: moment.replace(second=0)), st.integers(0, 6 * 24 * 60))
def test_hours_agree_with_a_count_of_minutes(start: datetime, minutes: int) -> None:
    calendar = ServiceCalendar({date(2026, 12, 25): "Navidad"})
    end = start + timedelta(minutes=minutes)
    assert calendar.served_hours(start, end) == pytest.approx(minute_by_minute(calendar, start, end))


def test_columns_give_what_single_times_give() -> None:
    times = [at(FRIDAY, 16), at(FRIDAY, 0), None, at(MONDAY, 8, 30)]
    ends = [at(MONDAY, 9)] * 4
    zone = pd.ArrowDtype(pa.timestamp("us", tz="America/Caracas"))
    columns = [
        pd.Series([pd.Timestamp(t, tz="America/Caracas") if t else None for t in part], dtype=zone)
        for part in (times, ends)
    ]
    hours = PLAIN.hours_between(*columns)
    assert hours[0] == 1.5
    assert hours[3] == 0.5
    assert np.isnan(hours[1:3]).all()
    assert PLAIN.days_between(*columns).tolist()[::3] == [1.0, 0.0]


def test_a_calendar_travels_to_another_process() -> None:
    calendar = ServiceCalendar({MONDAY: "Fiesta"})
    calendar.days(FRIDAY, MONDAY)
    assert pickle.loads(pickle.dumps(calendar)) == calendar


def test_countries_have_their_holidays() -> None:
    assert date(2026, 7, 20) in public_holidays("CO", 2026, 2026)
    assert date(2026, 7, 28) in public_holidays("PE", 2026, 2026)
    assert public_holidays("XX", 2026, 2026) == {}


@pytest.mark.parametrize("country", ["VE", "CO", "PE"])
def test_holidays_have_their_names_in_the_language_of_the_country(country: str) -> None:
    assert public_holidays(country, 2027, 2027)[date(2027, 1, 1)] == "Año Nuevo"
