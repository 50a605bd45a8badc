"""What to tell a client's contacts of a new cut: what was finished, what waits for them, dates, and articles.

A message passes and the page stays, so it names the few things that changed and leads to the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..metrics.appointments import is_proposed
from ..metrics.changes import changes
from ..metrics.progress import progress
from ..problems import N_
from ..tickets.table import NEVER, rows
from .on_client import on_client
from .parts import at, cut_name, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from ..locale import Words
    from ..metrics.likeness import Article
    from ..projects.model import Cut, Project, Sent
    from ..tickets.table import Ticket


class Topic(StrEnum):
    """What a part of a digest is about, in the order in which it is told."""

    FINISHED = "finished"
    WAITING = "waiting"
    DATES = "dates"
    ARTICLES = "articles"

    @property
    def label(self) -> str:
        """Its heading (Spanish source text)."""
        return _TOPICS[self]


_TOPICS = {
    Topic.FINISHED: N_("Culminadas"),
    Topic.WAITING: N_("Esperan por usted"),
    Topic.DATES: N_("Fechas acordadas o cambiadas"),
    Topic.ARTICLES: N_("Artículos ya disponibles"),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing to tell; `address` is the way from the site's home to an article, empty for what is on the page."""

    number: str
    title: str
    note: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What to tell of a project: `topics` has those that there is something to say about, in their order.

    `since` names the cut that it is compared with; empty where there is none. `is_news` is false when there is nothing
    that was not told before. `articles` are the numbers of all tickets whose articles are told once this is sent.
    """

    project: str
    name: str
    cut: str
    day: date | None
    since: str
    counts: str
    topics: Mapping[Topic, tuple[Told, ...]]
    is_new_cut: bool
    articles: tuple[str, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether there is anything that was not told before."""
        return self.is_new_cut or Topic.ARTICLES in self.topics


def make_digest(
    project: Project,
    answered: Mapping[str, Article],
    words: Words,
    *,
    sent: Sent | None = None,
    since: date | None = None,
) -> Digest:
    """Return what changed in *project* since the cut of the day *since*, or of what was *sent* last, or the one before.

    *answered* are the articles by the ticket that asked for them. Those told before are not told again; where nobody
    noted what was sent, those are new that came after the earlier cut.
    """
    before = earlier_cut(project, since or (sent.day if sent else None))
    is_new_cut = before is not project.cut
    found = {
        Topic.FINISHED: tuple(_finished(before, project, words)) if is_new_cut else (),
        Topic.WAITING: tuple(_waiting(project, words)),
        Topic.DATES: tuple(_dates(before, project, words)) if is_new_cut else (),
        Topic.ARTICLES: tuple(_articles(before, project, answered, words, sent=None if since else sent)),
    }
    return Digest(
        project=project.id,
        name=project.name,
        cut=cut_name(project, words),
        day=project.cut.day,
        since=_name_of(before, words) if before and is_new_cut else "",
        counts=_counts(project, words),
        topics={topic: told for topic, told in found.items() if told},
        is_new_cut=is_new_cut,
        articles=tuple(sorted(answered)),
    )


def earlier_cut(project: Project, day: date | None) -> Cut | None:
    """Return the newest cut that is no later than *day*, or else the first; without a day the one before the last.

    It is the last cut itself when that was not later than *day*. A project's only cut has none before it.
    """
    known = [cut for cut in project.cuts if cut.day is not None]
    if day is None:
        return project.cuts[-2] if len(project.cuts) > 1 else None
    not_later = [cut for cut in known if cut.day and cut.day <= day]
    if not_later:
        return not_later[-1]
    return known[0] if len(known) > 1 else None


def _name_of(cut: Cut, words: Words) -> str:
    name = words.text("corte N.º {number}").format(number=cut.number)
    return f"{name}, {words.day(cut.day, year=True)}" if cut.day else name


def _counts(project: Project, words: Words) -> str:
    counted = progress(project.tickets)
    if counted.percent is None:
        return ""
    told = words.plural("{done} de {total} tarea culminada", "{done} de {total} tareas culminadas", counted.total)
    return f"{told.format(done=counted.done, total=counted.total)} ({words.percent(counted.percent)})"


def _finished(before: Cut | None, project: Project, words: Words) -> Iterator[Told]:
    if before is None:
        return
    finished = set(changes(before, project.cut).finished)
    for ticket in project.each:
        if ticket.ticket in finished:
            yield Told(number=ticket.number, title=title_of(ticket, words))


def _waiting(project: Project, words: Words) -> Iterator[Told]:
    for task in on_client(project, {}, words).tasks:
        late = (task.moment_text,) if task.overdue else ()
        yield Told(number=task.number, title=task.title, note=" · ".join((*task.details[-1:], *late)))


def _dates(before: Cut | None, project: Project, words: Words) -> Iterator[Told]:
    """Yield the dates ahead that are agreed, or are another one, since the cut *before*, the first to come first."""
    former = {ticket.ticket: ticket for ticket in rows(before.tickets)} if before else {}
    changed = [
        ticket
        for ticket in project.each
        if _is_ahead(ticket, project) and _is_changed(ticket, former.get(ticket.ticket), is_first=before is None)
    ]
    for ticket in sorted(changed, key=lambda ticket: ticket.scheduled or NEVER):
        yield Told(
            number=ticket.number, title=title_of(ticket, words), note=_when(ticket, former.get(ticket.ticket), words)
        )


def _is_ahead(ticket: Ticket, project: Project) -> bool:
    when, day = ticket.scheduled, project.cut.day
    return not ticket.is_over and when is not None and (day is None or when.date() >= day) and not is_proposed(ticket)


def _is_changed(ticket: Ticket, was: Ticket | None, *, is_first: bool) -> bool:
    """Return whether a date was agreed, or the day on which it is due has moved; a first due date is no news."""
    if ticket.agreed:
        return is_first or was is None or was.agreed != ticket.agreed
    return was is not None and was.scheduled is not None and was.scheduled != ticket.scheduled


def _when(ticket: Ticket, was: Ticket | None, words: Words) -> str:
    now = ticket.scheduled
    if now is None:
        return ""
    text = at(now, words).text if ticket.agreed else words.text("vence el {day}").format(day=at(now, words).text)
    if was and was.scheduled and was.scheduled != now and bool(was.agreed) == bool(ticket.agreed):
        return words.text("{now}, antes {was}").format(now=text, was=at(was.scheduled, words).text)
    return text


def _articles(
    before: Cut | None, project: Project, answered: Mapping[str, Article], words: Words, *, sent: Sent | None
) -> Iterator[Told]:
    for ticket in project.each:
        article = answered.get(ticket.ticket)
        if article and _is_untold(ticket.ticket, article, before, sent):
            yield Told(number=ticket.number, title=article.title, note=title_of(ticket, words), address=article.address)


def _is_untold(ticket: str, article: Article, before: Cut | None, sent: Sent | None) -> bool:
    if sent is not None:
        return ticket not in sent.tickets
    if before is None or before.day is None:
        return True
    return article.day is not None and article.day > before.day
