"""The documentation's articles, and which of them a ticket or a question is about.

An article's front matter may name the tickets that asked for it. Two clients may have the same number, each in its own
tracker, so that a number can be told with its project:

    tickets: [1120, SCL-50]        the one project that has such a ticket
    tickets: ["andina#1120"]       that of the project andina; andina:1120 says the same
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..metrics.likeness import Article, articles_for
from ..text import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..projects.model import Project

_HEADING = re.compile(r"^(#{1,2})[ \t]+(.+?)(?:\s*\{[^}]*\})?\s*$", re.MULTILINE)
_IN_PROJECT = re.compile(r"([^#:]+)[#:]\s*(.+)")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An article as a ticket's row leads to it; `asked` when it was written because of that ticket."""

    title: str
    address: str
    asked: bool = False


def read_article(text: str, path: str) -> Article:
    r"""Return the article in a page of the documentation; *path* is its file below content/.

    >>> read_article("# Cerrar el mes\n\n## Pasos\n", "manual/contabilidad/cierre.md").headings
    ('Pasos',)
    """
    body, front = split_front_matter(text)
    headings = _HEADING.findall(body)
    title = front.get("title") or next((heading for level, heading in headings if level == "#"), "")
    return Article(
        title=str(title),
        address=f"{path.removesuffix('.md').removesuffix('index').rstrip('/')}/".lstrip("/"),
        headings=tuple(heading for level, heading in headings if level == "##"),
        faq=_texts(front.get("faq")),
        tickets=_texts(front.get("tickets")),
        day=_day(front.get("date")),
    )


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(str(each) for each in values if each is not None)


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def projects_of_tickets(projects: Iterable[Project]) -> Mapping[str, tuple[str, ...]]:
    """Return which projects (their ids) have a ticket of each number."""
    found: dict[str, tuple[str, ...]] = {}
    for project in projects:
        for ticket in project.each:
            found[ticket.ticket] = (*found.get(ticket.ticket, ()), project.id)
    return found


def find_tickets(said: str, owners: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """Return what *said* in an article's `tickets` may be, each as project and number: none, one, or several.

    *owners* is `projects_of_tickets`.

    >>> find_tickets("7", {"7": ("andina", "sur")})
    (('andina', '7'), ('sur', '7'))
    >>> find_tickets("sur#7", {"7": ("andina", "sur")})
    (('sur', '7'),)
    """
    number = said.strip().removeprefix("#")
    if number in owners:
        return tuple((project, number) for project in owners[number])
    told = _IN_PROJECT.fullmatch(number)
    if told and told[1] in owners.get(told[2], ()):
        return ((told[1], told[2]),)
    return ()


def answered_tickets(projects: Sequence[Project], articles: Iterable[Article]) -> Mapping[str, Mapping[str, Article]]:
    """Return by project the tickets that published *articles* answer, each with its article: the first that names it.

    A number that several projects have, without its project, is nobody's: `avance check` says so.
    """
    owners = projects_of_tickets(projects)
    answered: dict[str, dict[str, Article]] = {}
    for article in articles:
        for said in article.tickets:
            found = find_tickets(said, owners)
            if len(found) == 1:
                ((project, ticket),) = found
                answered.setdefault(project, {}).setdefault(ticket, article)
    return answered


def related_articles(
    project: Project, articles: Sequence[Article], answered: Mapping[str, Article] | None = None
) -> Mapping[str, Reading]:
    """Return what to read about a ticket, by its number.

    That is the article that was written because of it, as *answered* tells, or else the one that an open ticket, or a
    question answered for the client, names.
    """
    asked = {
        ticket.ticket: ticket.question or ticket.title
        for ticket in project.each
        if not ticket.is_over or (ticket.answer and ticket.public)
    }
    found = articles_for(list(asked.values()), articles)
    named = {
        ticket: Reading(title=article.title, address=article.address)
        for ticket, article in zip(asked, found, strict=True)
        if article
    }
    written = {
        ticket: Reading(title=article.title, address=article.address, asked=True)
        for ticket, article in (answered or {}).items()
    }
    return named | written


def asked_for(articles: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """Return those of *articles* that were written because of their ticket."""
    return {ticket: article for ticket, article in articles.items() if article.asked}
