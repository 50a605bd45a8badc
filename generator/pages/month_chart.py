"""The hours of a policy by month: a chart of columns, and the table behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .charts import Chart, Column, Key, Table, y_labels
from .parts import hours

if TYPE_CHECKING:
    from datetime import date

    from ..locale import Words
    from ..metrics.hours import HourBank, Month

_FILLED = 0.7
"""The part of a month's place that its column takes."""


def month_chart(bank: HourBank, today: date | None, words: Words) -> Chart:
    """Return the hours of *bank* by month in the language of *words*.

    Months after *today* have a place in the drawing and no row; the rows add up to what was used.
    """
    over = sum(charge.minutes for charge in bank.charges if charge.ticket.is_over)
    still_open = sum(charge.minutes for charge in bank.charges) - over
    rows = [
        _row(words.month(month.first, year=True), month.over, month.open, words)
        for month in bank.months
        if month.minutes or today is None or month.first <= today
    ]
    earlier = (over - sum(month.over for month in bank.months), still_open - sum(month.open for month in bank.months))
    if any(earlier):
        rows.insert(0, _row(words.text("meses anteriores"), *earlier, words))
    rows.append(_row(words.text("Total"), over, still_open, words))
    place = 1 / max(1, len(bank.months))
    return Chart(
        title=words.text("Horas por mes"),
        description=_description(bank.months, words),
        rule=words.text(
            "Cada ticket cuenta entero en el mes en que terminó o, si sigue abierto, en el de su último cambio."
        ),
        table=Table(
            heads=(words.text("Mes"), words.text("Terminados"), words.text("Abiertos"), words.text("Total")),
            rows=tuple(rows),
        ),
        keys=(
            Key(kind="doing", text=words.text("Tickets terminados")),
            Key(kind="open", text=words.text("Tickets abiertos")),
        ),
        columns=tuple(_columns(bank.months, place)),
        x_labels=tuple(
            (round((position + 0.5) * place, 4), words.month(month.first)[:3])
            for position, month in enumerate(bank.months)
        ),
    )


def _row(name: str, over: int, still_open: int, words: Words) -> tuple[str, ...]:
    return (name, *(hours(minutes / 60, words) for minutes in (over, still_open, over + still_open)))


def _description(months: Iterable[Month], words: Words) -> str:
    parts = [f"{words.month(month.first)} {hours(month.minutes / 60, words)}" for month in months if month.minutes]
    return words.text("Horas usadas por mes: {months}").format(months=", ".join(parts))


def _columns(months: tuple[Month, ...], place: float) -> Iterable[Column]:
    """Yield the parts of each month's column from the floor up, with the hours above the last."""
    highest, _ = y_labels(max((month.minutes for month in months), default=0))
    for position, month in enumerate(months):
        base = 0.0
        parts = [(kind, minutes) for kind, minutes in (("doing", month.over), ("open", month.open)) if minutes]
        for kind, minutes in parts:
            yield Column(
                kind=kind,
                start=(position + (1 - _FILLED) / 2) * place,
                width=_FILLED * place,
                base=base,
                height=minutes / highest,
                text=_whole_hours(month.minutes) if (kind, minutes) == parts[-1] else "",
            )
            base += minutes / highest


def _whole_hours(minutes: int) -> str:
    """Return the hours over a column, rounded; the table has the minutes."""
    return str((minutes + 30) // 60) if minutes >= 30 else "<1"
