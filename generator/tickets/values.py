"""Text of a column → dates, hours, states, flags. Whatever is ambiguous is decided for a whole column, and reported.

All functions take one column as an Arrow array and give back an array of the same length; they look at each distinct
cell once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..text import fold

Order = Literal["dmy", "mdy", "ymd"]

_MONTHS = {
    month: number
    for number, months in enumerate(
        (
            "jan january ene enero janeiro janv janvier januar jän sty styczeń stycznia",
            "feb february febrero fev fevereiro févr fév février februar lut luty lutego",
            "mar march marzo março mars mär märz mrz marzec marca",
            "apr april abr abril avr avril kwi kwiecień kwietnia",
            "may mayo mai maio maj maja",
            "jun june junio junho juin juni cze czerwiec czerwca",
            "jul july julio julho juil juillet juli lip lipiec lipca",
            "aug august ago agosto août sie sierpień sierpnia",
            "sep sept september septiembre setiembre set setembro septembre wrz wrzesień września",
            "oct october octubre out outubro octobre okt oktober paź październik października",
            "nov november noviembre novembro novembre lis listopad listopada",
            "dec december dic diciembre dez dezembro déc décembre dezember gru grudzień grudnia",
        ),
        start=1,
    )
    for month in map(fold, months.split())
}
_TIME = (
    r"(?:(?:[\s,t]+(?:a las |às )?|-\s+)"
    r"(?P<hour>\d{1,2})(?:[:h.](?P<minute>\d{2}))?(?::(?P<second>\d{2}))?(?:[.,](?P<fraction>\d{1,9}))?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?|\s*h(?:s|rs)?\b\.?)?)?"
)
_ZONE = r"(?:\s*(?P<zone>z|utc|(?:gmt|utc)?\s*[+-]\d{2}:?\d{2}|gmt))?(?:\s*\([^)]*\))?(?:\s+-?\d+\s?%)?"
"""The zone, and after it what GLPI writes behind a due date: how much of the time is gone, in hundredths."""
_NUMERIC = re.compile(r"(?P<a>\d{1,4})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{1,4})" + _TIME + _ZONE)
_DAY_MONTH = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})(?:\s*de\s+|[\s/.-]+)(?P<month>[^\W\d]+)\.?(?:\s*del?\s+|[\s/.,-]+)(?P<year>\d{4}|\d{2})"
    + _TIME
    + _ZONE
)
_MONTH_DAY = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<month>[^\W\d]+)\.?[\s/-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s,/-]+(?P<year>\d{4}|\d{2})"
    + _TIME
    + _ZONE
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class DateReading:
    """A column read as dates: UTC instants (null where there is none), cells that are no date, and the order found."""

    values: pa.Array
    failed: np.ndarray
    order: Order | None
    ambiguous: bool


def parse_dates(
    cells: pa.ChunkedArray, *, zone: tzinfo, order: Order | None = None, default: Order = "dmy"
) -> DateReading:
    """Read *cells* as dates; wall times without a zone of their own are of *zone*.

    The order of day and month is decided by all the cells together: one part above 12 settles it for every cell of the
    same style. *order* is what the rest of the file showed, *default* what the settings say; both count only where
    the column itself shows nothing, and only `default` makes the reading `ambiguous`.
    """
    texts, indices = _distinct(cells)
    matches = [_match_date(text) for text in texts]
    styles = [_style(match) for match in matches]
    orders = _orders(matches, styles)
    shown = Counter(found for found in orders.values() if found)
    fallback = shown.most_common(1)[0][0] if shown else order or default
    instants = [
        _instant(match, orders.get(style) or fallback, zone) for match, style in zip(matches, styles, strict=True)
    ]
    return DateReading(
        values=pa.array(instants, type=pa.timestamp("us", tz="UTC")).take(indices),
        failed=_failed(texts, instants, indices),
        order=shown.most_common(1)[0][0] if shown else None,
        ambiguous=not shown and order is None and any(found is None for found in orders.values()),
    )


def parse_hours(cells: pa.ChunkedArray, *, unit: str = "hours") -> tuple[pa.Array, np.ndarray]:
    """Return *cells* as hours, and which cells are no duration; a bare number is of *unit*, seconds or hours."""
    texts, indices = _distinct(cells)
    decimal = _decimal_mark(texts)
    hours = [_hours(text, decimal, unit) for text in texts]
    return pa.array(hours, type=pa.float64()).take(indices), _failed(texts, hours, indices)


def map_words(cells: pa.ChunkedArray, meaning: Callable[[str], str | None]) -> pa.Array:
    """Return *meaning* of each cell, asked once for each distinct cell; null where it says None."""
    texts, indices = _distinct(cells)
    return pa.array([meaning(text) for text in texts], type=pa.string()).take(indices)


def _distinct(cells: pa.ChunkedArray) -> tuple[list[str], pa.Array]:
    """Return the distinct texts of *cells*, spaces tidied, and for each cell which one it is."""
    encoded = pa.chunked_array([cells]) if isinstance(cells, pa.Array) else cells
    dictionary = pc.dictionary_encode(encoded.combine_chunks())
    return [_SPACES.sub(" ", text).strip() for text in dictionary.dictionary.to_pylist()], dictionary.indices


def _failed(texts: list[str], values: list[Any], indices: pa.Array) -> np.ndarray:
    """Return for each cell whether it has text but no value."""
    failed = np.array([bool(text) and value is None for text, value in zip(texts, values, strict=True)], dtype=bool)
    return failed[np.asarray(indices)] if len(indices) else np.zeros(0, dtype=bool)


def _match_date(text: str) -> re.Match[str] | None:
    """Return *text* taken apart as a date, or None; a bare number is an epoch time only with 10 or 13 digits."""
    folded = text.casefold()
    for pattern in (_NUMERIC, _DAY_MONTH, _MONTH_DAY, _EPOCH):
        match = pattern.fullmatch(folded)
        if match and ("month" not in match.re.groupindex or fold(match["month"]) in _MONTHS):
            return match
    return None


def _style(match: re.Match[str] | None) -> str:
    """Return how an all-number date is written: its mark, the width of its year, 12-hour clock or not."""
    if match is None or match.re is not _NUMERIC:
        return ""
    if len(match["a"]) == 4:
        return "ymd"
    return f"{match['mark']}{len(match['c'])}{'h' if match['half'] else ''}"


def _orders(matches: list[re.Match[str] | None], styles: list[str]) -> dict[str, Order | None]:
    """Return the order of day and month of each style of date in a column; None where no part is above 12."""
    votes: dict[str, Counter[Order]] = {}
    for match, style in zip(matches, styles, strict=True):
        if match is None or not style:
            continue
        vote = votes.setdefault(style, Counter())
        if style == "ymd":
            vote["ymd"] += 1
        elif int(match["a"]) > 12:
            vote["dmy"] += 1
        elif int(match["b"]) > 12:
            vote["mdy"] += 1
    return {style: vote.most_common(1)[0][0] if vote else None for style, vote in votes.items()}


def _instant(match: re.Match[str] | None, order: Order, zone: tzinfo) -> datetime | None:
    if match is None:
        return None
    if match.re is _EPOCH:
        seconds = int(match[0]) / (1000 if len(match[0]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC)
    try:
        wall = datetime(*_day(match, order), *_clock(match), tzinfo=_zone(match["zone"], zone))
        return wall.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _day(match: re.Match[str], order: Order) -> tuple[int, int, int]:
    """Return year, month and day; raises ValueError when the parts cannot be those."""
    if match.re is not _NUMERIC:
        return _year(match["year"]), _MONTHS[fold(match["month"])], int(match["day"])
    a, b, c = match["a"], match["b"], match["c"]
    if len(a) == 4:
        return int(a), int(b), int(c)
    if len(a) > 2 or order == "ymd":
        raise ValueError(match[0])
    day, month = (a, b) if order == "dmy" else (b, a)
    return _year(c), int(month), int(day)


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    if len(text) != 2:
        raise ValueError(text)
    return 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _clock(match: re.Match[str]) -> tuple[int, int, int, int]:
    hour = int(match["hour"] or 0)
    half = match["half"]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(match[0])
        hour = hour % 12 + (12 if half == "p" else 0)
    fraction = (match["fraction"] or "0").ljust(6, "0")[:6]
    return hour, int(match["minute"] or 0), int(match["second"] or 0), int(fraction)


def _zone(text: str | None, zone: tzinfo) -> tzinfo:
    if not text:
        return zone
    offset = _OFFSET.search(text)
    if not offset:
        return UTC
    shift = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return timezone(-shift if offset[1] == "-" else shift)


_UNITS = {
    unit: hours
    for hours, units in {
        40.0: "w sem semana semanas week weeks semaine semaines",
        8.0: "d dia dias day days jour jours",
        1.0: "h hs hr hrs hora horas hour hours heure heures",
        1 / 60: "m min mins minuto minutos minute minutes",
        1 / 3600: "s seg segundo segundos second seconds seconde secondes",
    }.items()
    for unit in units.split()
}
"""Hours of each unit; a day of work is 8 hours and a week 5 days, as Jira counts them."""
_DURATION = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+)")
_CLOCK = re.compile(r"(-?)(\d+):(\d{2})(?::(\d{2}))?")
_NUMBER = re.compile(r"-?\d[\d.,' ]*")


def _decimal_mark(texts: list[str]) -> str:
    """Return the decimal mark that the numbers of a column share: the one that ever stands before 1 or 2 digits."""
    votes = Counter(
        mark for text in texts for mark in re.findall(r"\d([.,])\d{1,2}(?!\d)", text) if _NUMBER.fullmatch(text)
    )
    return "," if votes[","] > votes["."] else "."


def _hours(text: str, decimal: str, unit: str) -> float | None:
    if not text:
        return None
    if clock := _CLOCK.fullmatch(text):
        hours = int(clock[2]) + int(clock[3]) / 60 + int(clock[4] or 0) / 3600
        return -hours if clock[1] else hours
    if _NUMBER.fullmatch(text):
        thousands = "," if decimal == "." else "."
        plain = re.sub(r"[' ]", "", text).replace(thousands, "").replace(decimal, ".")
        try:
            return float(plain) / (3600 if unit == "seconds" else 1)
        except ValueError:
            return None
    parts = _DURATION.findall(fold(text))
    if not parts or any(word not in _UNITS for _, word in parts) or _DURATION.sub("", fold(text)).strip(" ,y"):
        return None
    return sum(float(number.replace(",", ".")) * _UNITS[word] for number, word in parts)
