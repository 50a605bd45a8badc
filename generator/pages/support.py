"""Soporte: the support tasks, how soon they are answered and resolved, and who has had them for how long."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ..metrics.response import Measure, Summary, responses, summary
from ..metrics.shared_clock import Clock, Holder, clock, histories, holder, project_clock
from ..problems import N_
from ..projects.calendar import HOURS_A_DAY
from ..tickets.kinds import Kind
from ..tickets.table import NEVER, State, newest_first
from .parts import (
    Contact,
    Figure,
    Header,
    Moment,
    Segment,
    address_of,
    at,
    contact,
    header,
    hours,
    sections,
    segments,
    standing,
    title_of,
    working_days,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..locale import Words
    from ..metrics.response import Response
    from ..projects.model import Project
    from ..tickets.table import Ticket
    from .articles import Reading

_TAB = "soporte/"
_ARCHIVE = "historial/"
_HOUR = 3600
_LONG = 2 * HOURS_A_DAY
_PARTIES = {
    Holder.ADAPTAPRO: ("doing", N_("Con {company}")),
    Holder.CLIENT: ("client", N_("Con usted")),
    Holder.THIRD_PARTY: ("waiting", N_("Con un tercero")),
    Holder.UNKNOWN: ("unknown", N_("Sin dato")),
}
"""The colour of each party on a bar, and its name."""


@dataclass(frozen=True)
class Share:
    """What one party has of a clock: its colour, its name, and the time in words."""

    kind: str
    name: str
    time: str


@dataclass(frozen=True, kw_only=True)
class SharedClock:
    """A clock as a bar and in words."""

    segments: tuple[Segment, ...]
    shares: tuple[Share, ...]
    whole: str

    @property
    def label(self) -> str:
        """The shares in one sentence."""
        return " · ".join(f"{share.name}: {share.time}" for share in self.shares)


@dataclass(frozen=True, kw_only=True)
class Timing:
    """A time and what it is held against; `over` when it is beyond what was contracted."""

    text: str
    note: str = ""
    over: bool = False


@dataclass(frozen=True, kw_only=True)
class SupportTask:
    """One support ticket; `address` leads to its row among all tasks."""

    ticket: str
    number: str
    address: str
    title: str
    status: str
    state: str
    priority: str
    opened: Moment | None
    answer: Timing
    resolution: Timing
    clock: SharedClock | None
    article: Reading | None = None


@dataclass(frozen=True, kw_only=True)
class SupportPage:
    """The view of the support page. `source` says what the clocks are made of, `archive` leads to older tasks."""

    title: str
    header: Header
    contact: Contact | None
    cards: tuple[Figure, ...]
    clock: SharedClock | None
    source: str
    open: tuple[SupportTask, ...]
    ended: tuple[SupportTask, ...]
    archive: str


def support_page(
    project: Project, company: str, words: Words, *, articles: Mapping[str, Reading] | None = None
) -> SupportPage:
    """Return the support page of *project*; *articles* are those that its tickets asked for."""
    tickets = [ticket for ticket in project.each if project.kind_of(ticket) is Kind.SUPPORT]
    still_open = sorted((ticket for ticket in tickets if not ticket.is_over), key=_oldest_first)
    over = sorted((ticket for ticket in tickets if ticket.is_over), key=newest_first)
    measured = responses(project)
    lives = histories(project, {ticket.ticket for ticket in tickets})
    together = project_clock(project, lives)
    clocks = {number: _shares(clock(life), company, words) for number, life in lives.items()}

    def task(ticket: Ticket) -> SupportTask:
        row = _task(ticket, measured[ticket.ticket], clocks.get(ticket.ticket), project, words)
        return replace(row, article=(articles or {}).get(ticket.ticket))

    return SupportPage(
        title=words.text("Soporte"),
        header=header(project, words, _TAB),
        contact=contact(project, words),
        cards=_cards(tickets, [measured[ticket.ticket] for ticket in tickets], company, words) if tickets else (),
        clock=_shares(together, company, words) if together else None,
        source=_source(project, words),
        open=tuple(task(ticket) for ticket in still_open),
        ended=tuple(task(ticket) for ticket in over if ticket.ticket not in project.archived),
        archive=_archive(tickets, project),
    )


def _oldest_first(ticket: Ticket) -> datetime:
    return ticket.created or NEVER


def _archive(tickets: Iterable[Ticket], project: Project) -> str:
    """Return the way to the page of older tasks, where there is one and a ticket of *tickets* is on it."""
    there = _ARCHIVE in sections(project) and any(ticket.ticket in project.archived for ticket in tickets)
    return f"../{_ARCHIVE}" if there else ""


def _cards(tickets: Sequence[Ticket], measured: Sequence[Response], company: str, words: Words) -> tuple[Figure, ...]:
    answers = summary(response.answer for response in measured)
    resolutions = summary(response.resolution for response in measured)
    cards = [_open_card([ticket for ticket in tickets if not ticket.is_over], company, words)]
    if answers.judged or resolutions.judged or answers.late or resolutions.late:
        cards.append(_contract_card(answers, resolutions, words))
    cards.append(_typical_card(words.text("Primera respuesta"), answers, words))
    cards.append(_typical_card(words.text("Solución"), resolutions, words))
    return tuple(cards)


def _open_card(tickets: Sequence[Ticket], company: str, words: Words) -> Figure:
    having = [holder(ticket.status, ticket.waiting_on) for ticket in tickets]
    texts = {
        Holder.ADAPTAPRO: words.text("{count} con {company}"),
        Holder.CLIENT: words.text("{count} con usted"),
        Holder.THIRD_PARTY: words.text("{count} con un tercero"),
        Holder.UNKNOWN: words.text("{count} sin dato de quién"),
    }
    counts = [
        text.format(count=having.count(party), company=company) for party, text in texts.items() if party in having
    ]
    return Figure(
        title=words.text("Tareas abiertas"), value=str(len(tickets)), lines=(" · ".join(counts),) if counts else ()
    )


def _contract_card(answers: Summary, resolutions: Summary, words: Words) -> Figure:
    """Return how many of those that can be held to a contracted time were within it."""
    of = words.text("{within} de {judged}")
    lines = [words.text("tareas resueltas en el tiempo contratado")]
    if answers.judged:
        lines.append(
            words.text("Primera respuesta: {count}").format(
                count=of.format(within=answers.within, judged=answers.judged)
            )
        )
    if resolutions.late:
        lines.append(
            words.plural("{count} abierta lo excede", "{count} abiertas lo exceden", resolutions.late).format(
                count=resolutions.late
            )
        )
    return Figure(
        title=words.text("Dentro de lo contratado"),
        value=of.format(within=resolutions.within, judged=resolutions.judged),
        lines=tuple(lines),
    )


def _typical_card(title: str, found: Summary, words: Words) -> Figure:
    """Return the median and the 85th percentile, each with what it means."""
    if found.median is None or found.p85 is None:
        return Figure(title=title, value=words.text("sin dato"), lines=(words.text("Las exportaciones no la traen."),))
    median, p85 = (
        working_days(int(amount), words) if found.in_days else _time(amount, words)
        for amount in (found.median, found.p85)
    )
    return Figure(
        title=title,
        value=median,
        lines=(
            words.plural(
                "Mediana: la mitad de {count} tarea con dato tardó eso o menos.",
                "Mediana: la mitad de {count} tareas con dato tardó eso o menos.",
                found.known,
            ).format(count=found.known),
            words.text("85 de cada 100 tardaron {time} o menos.").format(time=p85),
        ),
    )


def _source(project: Project, words: Words) -> str:
    """Return what the clocks are made of: how many cuts, and since when."""
    days = [cut.day for cut in project.cuts if cut.day]
    if not days:
        return ""
    return words.plural(
        "Calculado con los cortes publicados: {count}, el {day}.",
        "Calculado con los cortes publicados: {count}, desde el {day}.",
        len(days),
    ).format(count=len(days), day=words.day(days[0], year=True))


def _shares(seconds: Clock, company: str, words: Words) -> SharedClock | None:
    """Return a clock for a page; None where nothing of it is known."""
    if not seconds.known:
        return None
    amounts = {
        Holder.ADAPTAPRO: seconds.adaptapro,
        Holder.CLIENT: seconds.client,
        Holder.THIRD_PARTY: seconds.third_party,
        Holder.UNKNOWN: seconds.unknown,
    }
    return SharedClock(
        segments=segments({_PARTIES[party][0]: amount for party, amount in amounts.items()}),
        shares=tuple(
            Share(
                _PARTIES[party][0],
                words.text(_PARTIES[party][1]).format(company=company),
                _unbroken(hours(amount / _HOUR, words)),
            )
            for party, amount in amounts.items()
            if amount
        ),
        whole=_unbroken(hours(seconds.whole / _HOUR, words)),
    )


def _task(
    ticket: Ticket, response: Response, shared: SharedClock | None, project: Project, words: Words
) -> SupportTask:
    times = project.service_times
    by_priority = any((*times.first_answer, *times.resolution))
    year = bool(ticket.created and project.cut.day and ticket.created.year != project.cut.day.year)
    cancelled = ticket.status == State.CANCELLED
    return SupportTask(
        ticket=ticket.ticket,
        number=ticket.number,
        address=address_of(ticket, project, _TAB),
        title=title_of(ticket, words),
        status=ticket.status,
        state=standing(ticket, project, words),
        priority=ticket.priority if by_priority else "",
        opened=at(ticket.created, words, year=year) if ticket.created else None,
        answer=_timing(response.answer, words),
        resolution=Timing(text=words.text("no aplica")) if cancelled else _timing(response.resolution, words),
        clock=shared,
    )


def _timing(measure: Measure | None, words: Words) -> Timing:
    if measure is None:
        return Timing(text=words.text("sin dato"))
    taken = _taken(measure, words)
    contracted = ""
    if measure.contracted is not None:
        contracted = words.text("contratadas {hours}").format(hours=_unbroken(hours(measure.contracted, words)))
    over = measure.within is False
    if measure.happened:
        beyond = _beyond(measure, words) if over else ""
        return Timing(text=taken, note=", ".join(filter(None, (contracted, beyond))), over=over)
    so_far = words.text("lleva {time}").format(time=taken)
    if not contracted:
        return Timing(text=so_far)
    return Timing(text=_standing(measure, words), note=f"{so_far}, {contracted}", over=over)


def _time(amount: float, words: Words) -> str:
    """Return hours in words; beyond two days of service the minutes say nothing."""
    return _unbroken(hours(amount if amount < _LONG else math.floor(amount + 0.5), words))


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _taken(measure: Measure, words: Words) -> str:
    """Return how long it took: in hours, or in working days where a time of day is missing."""
    if measure.hours is not None:
        return _time(measure.hours, words)
    return working_days(measure.days, words) if measure.days else words.text("el mismo día")


def _standing(measure: Measure, words: Words) -> str:
    """Return how what has not happened stands to its contracted time."""
    if measure.within is None:
        return words.text("sin dato")
    if not measure.within:
        return _beyond(measure, words)
    if measure.left is None:
        return words.text("en plazo")
    return words.text("quedan {hours}").format(hours=_time(measure.left, words))


def _beyond(measure: Measure, words: Words) -> str:
    if measure.left is None:
        return words.text("excedida")
    return words.text("excedida por {hours}").format(hours=_time(-measure.left, words))
