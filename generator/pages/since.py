"""What changed since an earlier cut, as chips that open their lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..metrics.changes import Changes, changes
from ..tickets.table import rows
from .parts import address_of, at, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..locale import Words
    from ..projects.model import Cut, Project
    from ..tickets.table import Ticket

_REMEMBERED = 5
"""Earlier cuts for which the page keeps what changed since then, for a reader who saw that cut last."""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A ticket in the list of a chip; `address` is empty when it is no longer on any page."""

    number: str
    title: str
    address: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """What happened, how often, and to which tickets; `sign` says it to those who do not see the colour."""

    kind: str
    sign: str
    text: str
    tickets: tuple[Changed, ...]


@dataclass(frozen=True, kw_only=True)
class Since:
    """The changes since the cut of day `key` (ISO)."""

    key: str
    title: str
    chips: tuple[Chip, ...]


def since_cuts(project: Project, words: Words) -> tuple[Since, ...]:
    """Return what changed since each of the cuts before the last one, the newest first, the first for everybody.

    The others are for a reader whose browser remembers that cut as the last one it showed.
    """
    earlier = [cut for cut in project.cuts[:-1] if cut.day is not None][::-1]
    return tuple(_since(cut, project, words) for cut in earlier[:_REMEMBERED])


def _since(cut: Cut, project: Project, words: Words) -> Since:
    former = {ticket.ticket: ticket for ticket in rows(cut.tickets)}
    present = {ticket.ticket: ticket for ticket in project.each}
    changed = changes(cut, project.cut)
    day = words.day(cut.day) if cut.day else ""
    chips = tuple(
        Chip(
            kind=kind,
            sign=sign,
            text=text,
            tickets=tuple(_changed(number, kind, former, present, project, words) for number in numbers),
        )
        for kind, sign, text, numbers in _texts(changed, words)
        if numbers
    )
    return Since(key=cut.day.isoformat() if cut.day else "", title=day, chips=chips)


def _texts(changed: Changes, words: Words) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Return each kind of change with its sign and its words, what the client looks for first standing first."""
    new, started, finished, gone = (
        len(part) for part in (changed.new, changed.started, changed.finished, changed.gone)
    )
    late, moved, again, off = (
        len(part) for part in (changed.overdue, changed.moved, changed.reopened, changed.cancelled)
    )
    texts = [
        ("finished", "✓", words.plural("{count} culminada", "{count} culminadas", finished), changed.finished),
        ("new", "+", words.plural("{count} nueva", "{count} nuevas", new), changed.new),
        ("started", "▸", words.plural("{count} iniciada", "{count} iniciadas", started), changed.started),
        ("overdue", "!", words.plural("{count} vencida", "{count} vencidas", late), changed.overdue),
        ("moved", "↻", words.plural("{count} reprogramada", "{count} reprogramadas", moved), changed.moved),
        ("reopened", "↺", words.plural("{count} reabierta", "{count} reabiertas", again), changed.reopened),
        ("cancelled", "×", words.plural("{count} anulada", "{count} anuladas", off), changed.cancelled),
        (
            "gone",
            "−",
            words.plural("{count} retirada de la lista", "{count} retiradas de la lista", gone),
            changed.gone,
        ),
    ]
    return [(kind, sign, text.format(count=len(numbers)), numbers) for kind, sign, text, numbers in texts]


def _changed(
    number: str,
    kind: str,
    former: Mapping[str, Ticket],
    present: Mapping[str, Ticket],
    project: Project,
    words: Words,
) -> Changed:
    ticket = present.get(number) or former[number]
    note = ""
    if kind == "moved":
        was, now = (ticket.scheduled for ticket in (former[number], ticket))
        if was and now:
            note = words.text("{now}, antes {was}").format(now=at(now, words).text, was=at(was, words).text)
    return Changed(
        number=ticket.number,
        title=title_of(ticket, words),
        address=address_of(ticket, project, "") if number in present else "",
        note=note,
    )
