"""The working time of a project: service hours, weekends, and the holidays of its country.

Service hours are those of the company's communication policy: working days, 8:00-12:00 and 13:00-16:30, on the
project's own clock. Every interval is the difference of two sums since a fixed day, so intervals that follow each
other add up exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

SERVICE_HOURS = ((time(8), time(12)), (time(13), time(16, 30)))
HOURS_A_DAY = 7.5
_HOUR = 3600
_SPANS = tuple(tuple(_HOUR * end.hour + 60 * end.minute for end in span) for span in SERVICE_HOURS)
_SECONDS_A_DAY = sum(end - start for start, end in _SPANS)
_EPOCH = np.datetime64("1970-01-01", "D")

Window = tuple[int, int]
"""When something happened: the service seconds from a fixed day up to it, at the earliest and at the latest.

The two differ by the service of a day where only the day is known.
"""


@dataclass(frozen=True)
class ServiceCalendar:
    """Working days and hours; `holidays` are the days without service and their names."""

    holidays: Mapping[date, str] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Tell whether there is service on *day*."""
        return day.weekday() < 5 and day not in self.holidays

    def is_open(self, moment: datetime) -> bool:
        """Tell whether *moment*, on the project's clock, is within service hours."""
        return self.is_working_day(moment.date()) and any(start <= moment.time() < end for start, end in SERVICE_HOURS)

    def days(self, start: date, end: date) -> int:
        """Return the working days from the day of *start* to that of *end*: 1 from a Friday to the Monday after."""
        return int(np.busday_count(_day(start), _day(end), busdaycal=self._weeks))

    def hours(self, start: datetime | None, end: datetime | None) -> float | None:
        """Return the service hours from *start* to *end*; None when either is unknown or has no time of day."""
        if start is None or end is None or time(0) in (start.time(), end.time()):
            return None
        before, after = self._served(np.array([_wall(start), _wall(end)]))
        return float(after - before) / _HOUR

    def hours_between(self, starts: pd.Series[Any], ends: pd.Series[Any]) -> npt.NDArray[np.float64]:
        """Return `hours` of each row of two columns of zone-aware times; NaN where `hours` would be None."""
        walls = [_walls(column) for column in (starts, ends)]
        known = ~(np.isnat(walls[0]) | np.isnat(walls[1]))
        for wall in walls:
            known &= wall != wall.astype("datetime64[D]")
        hours = np.full(len(known), np.nan)
        hours[known] = (self._served(walls[1][known]) - self._served(walls[0][known])) / _HOUR
        return hours

    def days_between(self, starts: pd.Series[Any], ends: pd.Series[Any]) -> npt.NDArray[np.float64]:
        """Return `days` of each row of two columns of zone-aware times; NaN where either is unknown."""
        first, last = (_walls(column).astype("datetime64[D]") for column in (starts, ends))
        known = ~(np.isnat(first) | np.isnat(last))
        days = np.full(len(known), np.nan)
        days[known] = np.busday_count(first[known], last[known], busdaycal=self._weeks)
        return days

    def served_hours(self, start: datetime, end: datetime) -> float:
        """Return the service hours from *start* to *end* as they stand: a midnight is a midnight."""
        before, after = self._served(np.array([_wall(start), _wall(end)]))
        return float(after - before) / _HOUR

    def windows(self, times: pd.Series[Any]) -> list[Window | None]:
        """Return the window of each time of a column of zone-aware times; None where it is unknown."""
        walls = _walls(times)
        known = ~np.isnat(walls)
        found: list[Window | None] = [None] * len(walls)
        for place, window in zip(np.flatnonzero(known), self._windows(walls[known]), strict=True):
            found[place] = window
        return found

    def window(self, moment: date) -> Window:
        """Return when *moment*, a day or a time on the project's clock, may be; see `Window`."""
        wall = _wall(moment) if isinstance(moment, datetime) else _day(moment).astype("datetime64[s]")
        return self._windows(np.array([wall]))[0]

    def _windows(self, walls: npt.NDArray[np.datetime64]) -> list[Window]:
        days = walls.astype("datetime64[D]")
        latest = np.where(walls == days, (days + 1).astype(walls.dtype), walls)
        return list(zip(self._served(walls).tolist(), self._served(latest).tolist(), strict=True))

    @cached_property
    def _weeks(self) -> np.busdaycalendar:
        return np.busdaycalendar(holidays=[_day(day) for day in self.holidays])

    def _served(self, walls: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
        """Return the seconds of service from the epoch to each wall time."""
        days = walls.astype("datetime64[D]")
        seconds = (walls.astype("datetime64[s]") - days).astype(np.int64)
        within = sum(np.clip(seconds, start, end) - start for start, end in _SPANS)
        whole = np.busday_count(_EPOCH, days, busdaycal=self._weeks) * _SECONDS_A_DAY
        return np.asarray(whole + within * np.is_busday(days, busdaycal=self._weeks), dtype=np.int64)

    def __getstate__(self) -> dict[str, Any]:
        return {"holidays": self.holidays}


@cache
def public_holidays(country: str, first: int, last: int) -> Mapping[date, str]:
    """Return the holidays of a country (ISO 3166 code) by the library `holidays`, from year *first* to *last*.

    Their names are in the country's own language: left to itself, the library takes that of the machine. An unknown
    country has none.
    """
    import holidays

    if country not in holidays.list_supported_countries():
        return {}
    language = holidays.country_holidays(country).default_language
    found = holidays.country_holidays(country, years=range(first, last + 1), language=language)
    return dict(sorted(found.items()))


def _day(day: date) -> np.datetime64:
    return np.datetime64(date(day.year, day.month, day.day), "D")


def _wall(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.replace(tzinfo=None), "s")


def _walls(column: pd.Series[Any]) -> npt.NDArray[np.datetime64]:
    """Return the wall times of a column in its zone, NaT where unknown."""
    return np.asarray(pc.local_timestamp(pa.array(column)).to_numpy(zero_copy_only=False), dtype="datetime64[us]")
