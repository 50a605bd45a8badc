"""Text of a column → dates, hours, states, flags. Whatever is ambiguous is decided for a whole column, and reported.

All functions take one column as an Arrow array and give back an array of the same length; they look at each distinct
cell once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

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
_AFTER_DAY = (
    r"(?:[\s,t]+(?:a las |às )?(?P<hour>\d{1,2})(?:[h.](?P<minute>\d{2}))?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?|\s*h(?:s|rs)?\b\.?)?)?"
    r"(?:[\s,t]+(?:a las|às)?\s*|\s*-\s*|\s+-?\d+\s?%)?"
)
"""What may stand behind a day: an hour without a colon, a word or mark that leads to the clock, or, as GLPI writes
behind a due date, how much of the time is gone."""
_NUMERIC = re.compile(r"(?P<a>\d{1,4})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{1,4})" + _AFTER_DAY)
_DAY_MONTH = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})(?:\s*de\s+|[\s/.-]+)(?P<month>[^\W\d]+)\.?(?:\s*del?\s+|[\s/.,-]+)(?P<year>\d{4}|\d{2})"
    + _AFTER_DAY
)
_MONTH_DAY = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<month>[^\W\d]+)\.?[\s/-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s,/-]+(?P<year>\d{4}|\d{2})"
    + _AFTER_DAY
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:[.,](?P<fraction>\d{1,9}))?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?|\s*h(?:s|rs)?\b\.?)?"
    r"(?:\s*(?P<zone>z|(?:gmt|utc)\s*[+-]\d{1,2}(?::?\d{2})?|utc|[+-]\d{2}:?\d{2}|gmt))?(?:\s*\([^)]*\))?(?:\s+-?\d+\s?%)?"
)
_RELATIVE = re.compile(
    r"^(today|yesterday|tomorrow|just now|now|hoy|ayer|anteayer|manana|ahora|hoje|ontem|anteontem|amanha|agora"
    r"|aujourd'hui|hier|demain|heute|gestern|morgen|hace|ha |il y a|vor )\b"
    r"|\b(ago|atras|from now)$|^(last|next|this) \w+$"
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")
_NEITHER = int(np.iinfo(np.int64).min)
"""The number that NumPy takes for no date and no duration (NaT)."""
_MICROSECOND = timedelta(microseconds=1)
_EPOCH_START = datetime(1970, 1, 1)


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
    filled = np.asarray(pc.not_equal(pc.utf8_trim_whitespace(cells), ""))
    if not filled.any():
        nothing = pa.nulls(len(cells), pa.timestamp("us", tz="UTC"))
        return DateReading(values=nothing, failed=filled, order=None, ambiguous=False)
    days, clocks = _split_at_clock(cells)
    day_texts, day_of = _distinct(days)
    clock_texts, clock_of = _distinct(clocks)
    styles = [_style(text) for text in day_texts]
    orders = _orders(styles)
    shown = Counter(found for found in orders.values() if found)
    fallback = shown.most_common(1)[0][0] if shown else order or default
    day = np.array(
        [_day_start(text, orders.get(style) or fallback) for text, (style, _) in zip(day_texts, styles, strict=True)],
        dtype=np.int64,
    ).view("datetime64[us]")
    clock = np.array([_time_of_day(text) for text in clock_texts], dtype=np.int64).view("timedelta64[us]")
    ahead = np.array([_ahead_of_utc(text) for text in clock_texts], dtype=np.int64).view("timedelta64[us]")
    epoch = np.array([style == "epoch" for style, _ in styles], dtype=bool)
    wall, ahead = day[day_of] + clock[clock_of], ahead[clock_of]
    ahead[epoch[day_of]] = np.timedelta64(0, "us")
    return DateReading(
        values=_in_utc(wall, ahead, zone),
        failed=filled & np.isnat(wall),
        order=shown.most_common(1)[0][0] if shown else None,
        ambiguous=not shown and order is None and any(found is None for found in orders.values()),
    )


def is_relative_date(text: str) -> bool:
    """Return whether *text* tells a day only by its distance from the day of the export: "Yesterday", "hace 3 días"."""
    return _RELATIVE.search(fold(text)) is not None


def parse_hours(cells: pa.ChunkedArray, *, unit: str = "hours") -> tuple[pa.Array, np.ndarray]:
    """Return *cells* as hours, and which cells are no duration; a bare number is of *unit*."""
    texts, index = _distinct(cells)
    decimal = _decimal_mark(texts)
    hours = np.array([_hours(text, decimal, unit) for text in texts], dtype=float)
    failed = np.array([bool(text) for text in texts], dtype=bool) & np.isnan(hours)
    if not len(index):
        return pa.array([], pa.float64()), np.zeros(0, dtype=bool)
    return pa.array(hours[index], from_pandas=True), failed[index]


def map_words(cells: pa.ChunkedArray, meaning: Callable[[str], str | None]) -> pa.Array:
    """Return *meaning* of each cell, asked once for each distinct cell; null where it says None."""
    texts, index = _distinct(cells)
    return pa.array([meaning(text) for text in texts], type=pa.string()).take(pa.array(index))


def replace_texts(cells: pa.ChunkedArray, change: Callable[[str], str]) -> pa.ChunkedArray:
    """Return *change* of each cell, asked once for each distinct cell."""
    encoded = pc.dictionary_encode(cells.combine_chunks())
    changed = pa.array([change(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([changed.take(encoded.indices)])


def _distinct(cells: pa.ChunkedArray | pa.Array) -> tuple[list[str], np.ndarray]:
    """Return the distinct texts of *cells*, spaces tidied, and for each cell which one it is."""
    array = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    dictionary = pc.dictionary_encode(array)
    texts = [" ".join(text.split()) for text in dictionary.dictionary.to_pylist()]
    return texts, np.asarray(dictionary.indices)


def _split_at_clock(cells: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Return each cell up to its clock, and from there on: a column has far fewer days and clocks than instants.

    The clock begins two characters before the first colon.
    """
    text = cells.combine_chunks()
    if not pc.all(pc.string_is_ascii(text)).as_py():
        for space in ("\u00a0", "\u202f"):
            text = pc.replace_substring(text, space, " ")
    at = np.asarray(pc.find_substring(text, ":"))
    days, clocks, order = [], [], []
    for position in np.unique(at):
        here = np.flatnonzero(at == position)
        part = text.take(pa.array(here)).cast(pa.binary())
        start, end = max(position - 2, 0), pc.max(pc.binary_length(part)).as_py()
        days.append(pc.binary_slice(part, 0, start) if position >= 0 else part)
        clocks.append(pc.binary_slice(part, start, end) if position >= 0 else pa.array([b""] * len(here)))
        order.append(here)
    back = pa.array(np.argsort(np.concatenate(order), kind="stable"))
    return _text(pa.concat_arrays(days).take(back)), _text(pa.concat_arrays(clocks).take(back))


def _text(cells: pa.Array) -> pa.Array:
    """Return bytes as text; a character cut in two, which no date has, is replaced."""
    try:
        return cells.cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array([cell.decode("utf-8", "replace") for cell in cells.to_pylist()], pa.string())


def _in_utc(wall: np.ndarray, ahead: np.ndarray, zone: tzinfo) -> pa.Array:
    """Return wall times as UTC instants: by their own distance *ahead* of UTC, else by *zone*.

    A wall time that a change of clocks made twice is the earlier one, one that it skipped the later.
    """
    here = pc.assume_timezone(pa.array(wall), timezone=str(zone), ambiguous="earliest", nonexistent="latest").cast(
        pa.timestamp("us", tz="UTC")
    )
    if np.isnat(ahead).all():
        return here
    own = pa.array(wall - ahead).cast(pa.timestamp("us")).cast(pa.timestamp("us", tz="UTC"))
    return pc.if_else(pa.array(np.isnat(ahead)), here, own)


@lru_cache(maxsize=4096)
def _match_day(text: str) -> re.Match[str] | None:
    """Return *text* taken apart as a day, or None; a bare number is an epoch time only with 10 or 13 digits."""
    folded = text.casefold()
    for pattern in (_NUMERIC, _DAY_MONTH, _MONTH_DAY, _EPOCH):
        match = pattern.fullmatch(folded)
        if match and ("month" not in match.re.groupindex or fold(match["month"]) in _MONTHS):
            return match
    return None


@lru_cache(maxsize=16384)
def _style(text: str) -> tuple[str, Order | None]:
    """Return how a date is written, and the order of day and month that it shows by itself, if any.

    The style of an all-number date is its mark and the width of its year; that of a date in words is empty.
    """
    match = _match_day(text)
    if match is None or match.re is not _NUMERIC:
        return ("epoch" if match is not None and match.re is _EPOCH else ""), None
    if len(match["a"]) == 4:
        return "ymd", "ymd"
    order: Order | None = "dmy" if int(match["a"]) > 12 else "mdy" if int(match["b"]) > 12 else None
    return f"{match['mark']}{len(match['c'])}", order


def _orders(styles: list[tuple[str, Order | None]]) -> dict[str, Order | None]:
    """Return the order of day and month of each style of date in a column; None where no date shows it."""
    votes: dict[str, Counter[Order]] = {}
    for (style, order), count in Counter(styles).items():
        if style not in ("", "epoch"):
            vote = votes.setdefault(style, Counter())
            if order:
                vote[order] += count
    return {style: vote.most_common(1)[0][0] if vote else None for style, vote in votes.items()}


@lru_cache(maxsize=16384)
def _day_start(text: str, order: Order) -> int:
    """Return a day's midnight, or the instant of an epoch time, in microseconds since 1970.

    `_NEITHER` when the parts cannot be those of a day.
    """
    match = _match_day(text)
    if match is None:
        return _NEITHER
    if match.re is _EPOCH:
        return int(match[0]) * (1_000 if len(match[0]) == 13 else 1_000_000)
    try:
        day = datetime(*_day(match, order))
        clock = _clock(match["hour"], match["minute"], match["half"]) if match["hour"] else timedelta(0)
        return (day + clock - _EPOCH_START) // _MICROSECOND
    except (ValueError, OverflowError):
        return _NEITHER


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


@lru_cache(maxsize=4096)
def _time_of_day(text: str) -> int:
    """Return the time since midnight that *text* tells; in microseconds; none is midnight."""
    if not text:
        return 0
    match = _CLOCK.fullmatch(text.casefold())
    try:
        if match is None:
            return _NEITHER
        clock = _clock(match["hour"], match["minute"], match["half"], match["second"])
    except ValueError:
        return _NEITHER
    return clock // _MICROSECOND + int((match["fraction"] or "0").ljust(6, "0")[:6])


def _clock(hour: str, minute: str | None, half: str | None, second: str | None = None) -> timedelta:
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError(hour)
        hours = hours % 12 + (12 if half == "p" else 0)
    wall = time(hours, int(minute or 0), int(second or 0))
    return timedelta(hours=wall.hour, minutes=wall.minute, seconds=wall.second)


@lru_cache(maxsize=4096)
def _ahead_of_utc(text: str) -> int:
    """Return how far ahead of UTC the clock in *text* says to be, in microseconds; `_NEITHER` where it does not say."""
    match = _CLOCK.fullmatch(text.casefold())
    if match is None or not match["zone"]:
        return _NEITHER
    offset = _OFFSET.search(match["zone"])
    if not offset:
        return 0
    shift = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return (-shift if offset[1] == "-" else shift) // _MICROSECOND


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
_HOURS_IN = {"hours": 1.0, "minutes": 1 / 60, "seconds": 1 / 3600}
_DURATION = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+)")
_HOURS_AND_MINUTES = re.compile(r"(-?)(\d+):(\d{2})(?::(\d{2}))?")
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
    if clock := _HOURS_AND_MINUTES.fullmatch(text):
        hours = int(clock[2]) + int(clock[3]) / 60 + int(clock[4] or 0) / 3600
        return -hours if clock[1] else hours
    if _NUMBER.fullmatch(text):
        thousands = "," if decimal == "." else "."
        plain = re.sub(r"[' ]", "", text).replace(thousands, "").replace(decimal, ".")
        try:
            return float(plain) * _HOURS_IN[unit]
        except ValueError:
            return None
    parts = _DURATION.findall(fold(text))
    if not parts or any(word not in _UNITS for _, word in parts) or _DURATION.sub("", fold(text)).strip(" ,y"):
        return None
    return sum(float(number.replace(",", ".")) * _UNITS[word] for number, word in parts)
