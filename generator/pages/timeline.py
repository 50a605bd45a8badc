"""The line of dates: what was agreed, what is due and what the plan says, as a list of days and as a drawing.

The list says everything and is what assistive technology reads; the drawing repeats it for the eye, on a wide screen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from ..metrics.appointments import is_proposed
from ..problems import N_
from .drawing import Drawing, draw
from .parts import Moment, address_of, at, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..locale import Words
    from ..projects.model import Project
    from ..tickets.table import Ticket

NEAREST = 40
"""How many dates of tickets are shown: those nearest to the cut's day."""
_REACH = timedelta(days=365)
"""How far from the cut's day the drawing goes; what lies beyond would press everything else together."""
_KINDS = {"agreed": N_("fecha acordada"), "due": N_("vence"), "overdue": N_("venció"), "plan": N_("según el plan")}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What falls on a day: `kind` is plan, agreed, due or overdue, `said` says it; the plan has no number to link."""

    day: date
    kind: str
    said: str
    title: str
    number: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the list; `is_cut` marks the day of the report, which may have no entry."""

    moment: Moment
    is_cut: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The dates of a project; `more` tickets with a date are left out, `far` entries stand in the list only."""

    days: tuple[Day, ...]
    kinds: frozenset[str]
    count: int
    drawing: Drawing | None
    more: int
    far: int


def timeline(project: Project, tab: str, words: Words) -> Timeline:
    """Return the agreed, due and planned dates of *project* for the page at *tab*.

    A ticket has one date, the one of its row: what was agreed, or else when it is due; only open tickets count. Days
    are those of the project's zone. Where the cut has no day, the first date stands for it.
    """
    plan = list(_plan(project, words))
    dated = [entry for ticket in project.each if (entry := _entry(ticket, project, tab, words))]
    if not plan and not dated:
        return Timeline(days=(), kinds=frozenset(), count=0, drawing=None, more=0, far=0)
    around = project.cut.day or min(entry.day for entry in plan + dated)
    nearest = sorted(dated, key=lambda entry: abs(entry.day - around))[:NEAREST]
    entries = sorted(plan + nearest, key=lambda entry: entry.day)
    drawn = [entry for entry in entries if abs(entry.day - around) <= _REACH]
    return Timeline(
        days=tuple(_days(entries, project.cut.day, words)),
        kinds=frozenset(entry.kind for entry in entries),
        count=len(entries),
        drawing=draw(drawn, project.cut.day, words) if drawn else None,
        more=len(dated) - len(nearest),
        far=len(entries) - len(drawn),
    )


def _plan(project: Project, words: Words) -> Iterator[Entry]:
    milestones = (
        (project.start, N_("Inicio del proyecto")),
        (project.technical_end, N_("Fin de la implementación técnica")),
        (project.planned_end, N_("Culminación prevista")),
        (project.go_live, N_("Puesta en producción")),
        (project.policy.since, N_("Inicio de la póliza")),
        (project.policy.until, N_("Fin de la póliza")),
    )
    for day, title in milestones:
        if day:
            yield Entry(day=day, kind="plan", said=words.text(_KINDS["plan"]), title=words.text(title))


def _entry(ticket: Ticket, project: Project, tab: str, words: Words) -> Entry | None:
    when = ticket.scheduled
    if ticket.is_over or when is None:
        return None
    kind = "overdue" if ticket.is_overdue(project.cut.day) else "agreed" if ticket.agreed else "due"
    said = words.text(N_("fecha propuesta") if kind == "agreed" and is_proposed(ticket) else _KINDS[kind])
    return Entry(
        day=when.date(),
        kind=kind,
        said=said if when.time() == time(0) else f"{said}, {words.clock(when)}",
        title=title_of(ticket, words),
        number=ticket.number,
        address=address_of(ticket, project, tab),
    )


def _days(entries: Iterable[Entry], cut: date | None, words: Words) -> Iterator[Day]:
    """Yield the days of *entries*, and the cut's among them, in order."""
    found: dict[date, list[Entry]] = defaultdict(list)
    if cut:
        found[cut] = []
    for entry in entries:
        found[entry.day].append(entry)
    for day in sorted(found):
        moment = at(day, words, year=cut is None or day.year != cut.year)
        yield Day(moment=moment, is_cut=day == cut, entries=tuple(found[day]))
