"""Hours by month, to draw as columns and to read as a table.

Heights are pixels and widths are hundredths of the chart, so that its text keeps its size on any screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .parts import hours

if TYPE_CHECKING:
    from datetime import date

    from ..locale import Words
    from ..metrics.hours import HourBank, Month

HEIGHT = 170
_TOP, _FLOOR = 24, 144
_LEAST = 2
"""Height of a column of any hours at all."""
_FILLED = 0.7
"""The part of a month's place that its column takes."""


@dataclass(frozen=True)
class Block:
    """A part of a column, by its top and its height."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Column:
    """A month: its name, the hours over it, and where they stand."""

    name: str
    value: str
    x: float
    width: float
    middle: float
    value_y: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Row:
    """A row of the table: a month, and its hours by finished tickets, by open ones, and in all."""

    name: str
    over: str
    open: str
    total: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The hours by month; `floor` is where the columns stand, `label` what they say to those who do not see them."""

    height: int
    floor: int
    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row


def month_chart(bank: HourBank, today: date | None, words: Words) -> Chart:
    """Return the hours of *bank* by month in the language of *words*.

    Months after *today* have a place in the drawing and no row; the rows add up to what was used.
    """
    over = sum(charge.minutes for charge in bank.charges if charge.ticket.is_over)
    still_open = sum(charge.minutes for charge in bank.charges) - over
    rows = [
        _row(f"{words.month(month.first)} {month.first.year}", month.over, month.open, words)
        for month in bank.months
        if month.minutes or today is None or month.first <= today
    ]
    earlier = (over - sum(month.over for month in bank.months), still_open - sum(month.open for month in bank.months))
    if any(earlier):
        rows.insert(0, _row(words.text("meses anteriores"), *earlier, words))
    return Chart(
        height=HEIGHT,
        floor=_FLOOR,
        label=_label(bank.months, words),
        columns=tuple(_columns(bank.months, words)),
        rows=tuple(rows),
        total=_row(words.text("Total"), over, still_open, words),
    )


def _row(name: str, over: int, still_open: int, words: Words) -> Row:
    return Row(name, *(hours(minutes / 60, words) for minutes in (over, still_open, over + still_open)))


def _label(months: Iterable[Month], words: Words) -> str:
    parts = [f"{words.month(month.first)} {hours(month.minutes / 60, words)}" for month in months if month.minutes]
    return words.text("Horas usadas por mes: {months}").format(months=", ".join(parts))


def _columns(months: tuple[Month, ...], words: Words) -> Iterable[Column]:
    highest = max((month.minutes for month in months), default=0)
    place = 100 / max(1, len(months))
    for position, month in enumerate(months):
        middle = place * (position + 0.5)
        blocks = _blocks(month, highest)
        yield Column(
            name=words.month(month.first),
            value=_whole_hours(month.minutes),
            x=round(middle - place * _FILLED / 2, 2),
            width=round(place * _FILLED, 2),
            middle=round(middle, 2),
            value_y=(blocks[-1].y if blocks else _FLOOR) - 6,
            blocks=blocks,
        )


def _blocks(month: Month, highest: int) -> tuple[Block, ...]:
    """Return the parts of a month's column from the floor up."""
    blocks, top = [], float(_FLOOR)
    for kind, minutes in (("over", month.over), ("open", month.open)):
        if minutes:
            height = max(_LEAST, round((_FLOOR - _TOP) * minutes / highest, 1))
            top = round(top - height, 1)
            blocks.append(Block(kind, top, height))
    return tuple(blocks)


def _whole_hours(minutes: int) -> str:
    """Return the hours over a column, rounded; the table has the minutes."""
    if not minutes:
        return ""
    return str((minutes + 30) // 60) if minutes >= 30 else "<1"
