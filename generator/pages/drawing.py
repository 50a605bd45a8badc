"""The dates of a project as a drawing: a sign for each on a line of time, and its label in a lane where it has room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..locale import Words
    from .timeline import Entry

_WIDTH = 1008
_MARGIN = 14
_TOP = 48
_LANE = 26
_LANES = 9
"""How many lanes dates may take before those of a week, and then of a month, become one sign."""
_LABEL = 270
_LETTER = 7.2
"""About the width of a letter at 13 px; a longer label ends in an ellipsis, it never meets its neighbour."""
_GAP = 10


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A line down the drawing, in its units, and its text."""

    x: float
    text: str
    at_end: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A sign at (x, y), or from x to `until` for several dates together, and the box of its label."""

    kind: str
    x: float
    until: float
    y: float
    left: float
    width: float
    before: bool
    day: str
    number: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The dates on a line, in units of a drawing `width` × `height`."""

    width: int
    height: int
    top: int
    ticks: tuple[Tick, ...]
    cut: Tick | None
    marks: tuple[Mark, ...]


def draw(entries: list[Entry], cut: date | None, words: Words) -> Drawing:
    """Return *entries*, at least one and sorted by day, as a drawing with the day of the cut on it."""
    days = [entry.day for entry in entries] + ([cut] if cut else [])
    scale = _Scale.over(min(days), max(days))
    plan = [[entry] for entry in entries if entry.kind == "plan"]
    marks, lanes = _place(plan, scale, 0, words)
    dated = [entry for entry in entries if entry.kind != "plan"]
    for bucket, most in _BUCKETS:
        placed, used = _place(_grouped(dated, bucket, most), scale, lanes, words)
        if used <= lanes + _LANES:
            break
    line = _tick(scale, cut, words.text("corte")) if cut else None
    return Drawing(
        width=_WIDTH,
        height=_TOP + used * _LANE,
        top=_TOP,
        ticks=tuple(_ticks(scale, words)),
        cut=line,
        marks=tuple(marks + placed),
    )


@dataclass(frozen=True)
class _Scale:
    first: date
    days: int

    @classmethod
    def over(cls, first: date, last: date) -> _Scale:
        """Return the scale that shows *first* to *last*, at least four weeks, with some days to spare at both ends."""
        first -= timedelta(days=2)
        return cls(first, max((last - first).days + 2, 28))

    def x(self, day: date) -> float:
        return round(_MARGIN + (_WIDTH - 2 * _MARGIN) * (day - self.first).days / self.days, 1)


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


_BUCKETS: tuple[tuple[Callable[[date], date], float], ...] = ((_week, inf), (_week, 3), (_week, 1), (_month, 1))
"""What to try until the drawing is low enough: buckets, and from how many dates on each becomes a single mark."""


def _grouped(entries: list[Entry], bucket: Callable[[date], date], most: float) -> list[list[Entry]]:
    """Return the dates that are drawn as one: those of a bucket with more than *most*; overdue ones stay apart."""
    groups: list[list[Entry]] = []
    for _, found in groupby(entries, key=lambda entry: (bucket(entry.day), entry.kind == "overdue")):
        together = list(found)
        groups += [together] if len(together) > most else [[entry] for entry in together]
    return groups


def _place(groups: list[list[Entry]], scale: _Scale, first_lane: int, words: Words) -> tuple[list[Mark], int]:
    """Return each group as a mark whose label meets no other, from *first_lane* down, and the first lane left free."""
    ends: list[float] = []
    marks = []
    for mark in sorted((_mark(group, scale, words) for group in groups), key=_left):
        lane = next((number for number, end in enumerate(ends) if end <= _left(mark)), len(ends))
        ends[lane : lane + 1] = [max(mark.until, mark.left + mark.width) + _GAP]
        marks.append(replace(mark, y=_TOP + (first_lane + lane) * _LANE + _LANE // 2))
    return marks, first_lane + len(ends)


def _left(mark: Mark) -> float:
    return min(mark.x - _GAP, mark.left)


def _mark(group: list[Entry], scale: _Scale, words: Words) -> Mark:
    first, last = group[0], group[-1]
    if len(group) == 1:
        kind, number, title = first.kind, first.number, first.title[:60]
    else:
        kind, number, title = "late" if first.kind == "overdue" else "several", "", _count(group, words)
    day = words.day(first.day) if first.day == last.day else f"{words.day(first.day)} – {words.day(last.day)}"
    if kind == "overdue":
        day = words.text("venció el {day}").format(day=day)
    x, until = scale.x(first.day), scale.x(last.day)
    width = min(_LABEL, round(_LETTER * len(f"{day} {number} {title}") + _GAP))
    before = until + _GAP + width > _WIDTH
    left = x - _GAP - width if before else until + _GAP
    return Mark(
        kind=kind, x=x, until=until, y=0, left=round(left, 1), width=width, before=before,
        day=day, number=number, title=title,
    )  # fmt: skip


def _count(group: list[Entry], words: Words) -> str:
    if group[0].kind == "overdue":
        return words.plural("{count} vencida", "{count} vencidas", len(group)).format(count=len(group))
    return words.plural("{count} tarea", "{count} tareas", len(group)).format(count=len(group))


def _ticks(scale: _Scale, words: Words) -> Iterator[Tick]:
    """Yield the Mondays of a short line, or else the first days of months, as many as have room for their names."""
    last = scale.first + timedelta(days=scale.days)
    if scale.days <= 63:
        monday = _week(scale.first + timedelta(days=6))
        while monday <= last:
            yield _tick(scale, monday, words.day(monday))
            monday += timedelta(days=7)
        return
    every = 1 + scale.days // 420
    month, shown = _month(_month(scale.first) + timedelta(days=31)), 0
    while month <= last:
        if shown % every == 0:
            yield _tick(scale, month, words.month(month, year=not shown or month.month <= every))
        month, shown = _month(month + timedelta(days=31)), shown + 1


def _tick(scale: _Scale, day: date, text: str) -> Tick:
    x = scale.x(day)
    return Tick(x=x, text=text, at_end=x > _WIDTH - 60)
