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
_LANES = 14
"""How many lanes dates may take before those of a week, and then of a month, become one sign."""
_LABEL = 370
_LETTERS = 60
_LETTER = 7.6
"""About the width of a letter at 13 px; a longer label ends in an ellipsis, it never meets its neighbour."""
_GAP = 12
_NAME = 72
"""The width of the name of a day or a month on the line."""


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
    several: bool
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
    ticks: tuple[Tick, ...]
    cut: Tick | None
    marks: tuple[Mark, ...]


def draw(entries: list[Entry], cut: date | None, words: Words) -> Drawing:
    """Return *entries*, at least one and sorted by day, as a drawing with the day of the cut on it.

    What the plan says of days before every task and the cut stands at the edge: its date is told, not drawn to scale.
    """
    plan = [entry for entry in entries if entry.kind == "plan"]
    dated = [entry for entry in entries if entry.kind != "plan"]
    scale = _Scale.over(_span(plan, dated, cut), cut)
    marks, lanes = _place([[entry] for entry in plan], scale, 0, words)
    for bucket, most, others in _BUCKETS:
        placed, used = _place(_grouped(dated, bucket, most, others), scale, lanes, words)
        if used <= lanes + _LANES:
            break
    return Drawing(
        width=_WIDTH,
        height=_TOP + used * _LANE,
        ticks=tuple(_ticks(scale, words)),
        cut=_cut(cut, scale, words) if cut else None,
        marks=tuple(marks + placed),
    )


def _span(plan: list[Entry], dated: list[Entry], cut: date | None) -> tuple[date, date]:
    """Return the first and the last day to draw to scale."""
    inner = [entry.day for entry in dated] + ([cut] if cut else []) or [entry.day for entry in plan]
    return min(inner), max(inner + [entry.day for entry in plan])


@dataclass(frozen=True)
class _Scale:
    first: date
    days: int
    year: int | None

    @classmethod
    def over(cls, span: tuple[date, date], cut: date | None) -> _Scale:
        """Return the scale of a first and a last day, at least four weeks, with some days to spare at both ends."""
        first = span[0] - timedelta(days=2)
        return cls(first, max((span[1] - first).days + 2, 28), cut.year if cut else None)

    def x(self, day: date) -> float:
        return round(_MARGIN + (_WIDTH - 2 * _MARGIN) * max((day - self.first).days / self.days, 0), 1)


def _itself(day: date) -> date:
    return day


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


_BUCKETS: tuple[tuple[Callable[[date], date], float, float], ...] = (
    (_itself, inf, inf),
    (_itself, 2, inf),
    (_week, 1, inf),
    (_week, 1, 1),
    (_month, 1, 1),
)
"""What to try until the drawing is low enough: buckets, and from how many dates on each becomes a single mark.

The first number is for what is due; agreed and overdue dates stand by themselves as long as they can.
"""


def _grouped(entries: list[Entry], bucket: Callable[[date], date], most: float, others: float) -> list[list[Entry]]:
    """Return the dates that are drawn as one: those due of a bucket, where more than *most*; others, than *others*."""

    def key(entry: Entry) -> tuple[date, str]:
        return bucket(entry.day), entry.kind

    groups: list[list[Entry]] = []
    for (_, kind), found in groupby(sorted(entries, key=key), key=key):
        together = list(found)
        some = len(together) > (most if kind == "due" else others)
        groups += [together] if some else [[entry] for entry in together]
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
    day, number, title = words.day(last.day, year=last.day.year != scale.year), "", _count(group, words)
    if first.day != last.day:
        day = f"{words.day(first.day)} – {day}"
    if len(group) == 1:
        number, title = first.number, first.title[:_LETTERS]
    x, until = scale.x(first.day), scale.x(last.day)
    width = min(_LABEL, round(_LETTER * len(f"{day} {number} {title}") + _GAP))
    before = until + _GAP + width > _WIDTH
    left = x - _GAP - width if before else until + _GAP
    return Mark(
        kind="earlier" if first.day < scale.first else first.kind,
        several=len(group) > 1,
        x=x,
        until=until,
        y=0,
        left=round(left, 1),
        width=width,
        before=before,
        day=day,
        number=number,
        title=title,
    )


def _count(group: list[Entry], words: Words) -> str:
    count = len(group)
    if group[0].kind == "agreed":
        return words.plural("{count} fecha acordada", "{count} fechas acordadas", count).format(count=count)
    if group[0].kind == "due":
        return words.plural("vence {count} tarea", "vencen {count} tareas", count).format(count=count)
    return words.plural("{count} tarea vencida", "{count} tareas vencidas", count).format(count=count)


def _ticks(scale: _Scale, words: Words) -> Iterator[Tick]:
    """Yield the Mondays of a short line, or else the first days of months, as many as have room for their names."""
    room = scale.first + timedelta(days=scale.days * (_WIDTH - _NAME) // _WIDTH)
    if scale.days <= 63:
        day = _week(scale.first + timedelta(days=6))
        while day <= room:
            yield Tick(x=scale.x(day), text=words.day(day))
            day += timedelta(days=7)
        return
    every, count = 1 + scale.days // 420, 0
    day = _next_month(scale.first)
    while day <= room:
        if count % every == 0:
            yield Tick(x=scale.x(day), text=words.month(day, year=count == 0 or day.month <= every))
        day, count = _next_month(day), count + 1


def _next_month(day: date) -> date:
    return _month(_month(day) + timedelta(days=31))


def _cut(cut: date, scale: _Scale, words: Words) -> Tick:
    x = scale.x(cut)
    return Tick(x=x, text=words.text("corte"), at_end=x > _WIDTH - _NAME)
