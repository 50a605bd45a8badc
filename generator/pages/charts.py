"""Charts as data: what is drawn, in fractions of the plot, with the words beside it and the table behind it.

The words are those of the interface, never people's: a drawing on paper has only the letters of its font.
`outputs.charts` draws them. x runs from 0 (left) to 1 (right), y from 0 (bottom) to 1 (top).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..locale import Words

Point = tuple[float, float]
_TICKS = 4
_MONTHS_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line; `kind` names its colour and its stroke (`scope` is dashed), `text` is its legend."""

    kind: str
    text: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Area:
    """A filled outline."""

    kind: str
    text: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """An upright bar, from the bottom or on top of another, with its value above it."""

    kind: str
    start: float
    width: float
    height: float
    text: str
    base: float = 0


@dataclass(frozen=True, kw_only=True)
class Key:
    """What the legend says of a kind of column."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """The figures behind a chart."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart: drawn in the order areas, columns, lines. `marks` are upright lines with a word above."""

    title: str
    description: str
    rule: str
    table: Table
    areas: tuple[Area, ...] = ()
    columns: tuple[Column, ...] = ()
    keys: tuple[Key, ...] = ()
    lines: tuple[Line, ...] = ()
    x_labels: tuple[tuple[float, str], ...] = ()
    y_labels: tuple[tuple[float, str], ...] = ()
    marks: tuple[tuple[float, str], ...] = ()

    @property
    def legend(self) -> tuple[Line | Area | Key, ...]:
        """What the legend names."""
        parts: tuple[Line | Area | Key, ...] = (*self.lines, *self.areas, *self.keys)
        return tuple(part for part in parts if part.text)


@dataclass(frozen=True)
class Scale:
    """From days and counts to fractions of a plot."""

    first: date
    last: date
    top: int

    def x(self, day: date) -> float:
        """Return the place of a day."""
        return round((day - self.first).days / max((self.last - self.first).days, 1), 4)

    def y(self, value: float) -> float:
        """Return the place of a value."""
        return round(value / self.top, 4)

    def points(self, days: Iterable[date], values: Iterable[float]) -> tuple[Point, ...]:
        """Return the places of a series."""
        return tuple((self.x(day), self.y(value)) for day, value in zip(days, values, strict=True))


def y_labels(highest: int) -> tuple[int, tuple[tuple[float, str], ...]]:
    """Return the top of an axis that starts at 0 and holds *highest*, and its labels at round steps.

    >>> y_labels(60)
    (60, ((0.0, '0'), (0.3333, '20'), (0.6667, '40'), (1.0, '60')))
    """
    step = 1
    while step * _TICKS < highest:
        step = next(size for size in _round_numbers() if size > step)
    top = -(-max(highest, 1) // step) * step
    return top, tuple((round(value / top, 4), str(value)) for value in range(0, top + 1, step))


def _round_numbers() -> Iterable[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def month_labels(scale: Scale, words: Words) -> tuple[tuple[float, str], ...]:
    """Return the first days of months as labels, few enough for a phone; the year stands with a January."""
    months = list(_firsts(scale.first, scale.last))
    every = -(-len(months) // _MONTHS_SHOWN) if months else 1
    return tuple((scale.x(day), words.month(day, year=day.month == 1)) for day in months[::every])


def _firsts(first: date, last: date) -> Iterable[date]:
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        day = (day + timedelta(days=32)).replace(day=1)


def stacked(series: Sequence[tuple[str, str, Sequence[int]]], days: Sequence[date], scale: Scale) -> tuple[Area, ...]:
    """Return the areas between cumulative series (kind, legend, values), the highest first."""
    floors = [*[values for _, _, values in series[1:]], [0] * len(days)]
    return tuple(
        Area(kind=kind, text=text, points=(*scale.points(days, values), *scale.points(days, floor)[::-1]))
        for (kind, text, values), floor in zip(series, floors, strict=True)
    )
