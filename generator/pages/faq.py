"""Preguntas frecuentes: the policy's questions, and the project's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..tickets.table import State, rows
from .parts import Contact, Header, contact, header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..locale import Words
    from ..metrics.likeness import Article
    from ..projects.model import Project
    from .articles import Reading

TAB = "preguntas/"
_HEADING = re.compile(r"##[ \t]+(.+?)(?:\s*\{[^}]*\})?[ \t]*")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question and its answer in Markdown; `number` is the ticket's, empty for the policy's."""

    question: str
    answer: str
    anchor: str
    number: str = ""
    article: Article | Reading | None = None


@dataclass(frozen=True, kw_only=True)
class FaqPage:
    """The view of the FAQ page."""

    title: str
    header: Header
    contact: Contact | None
    policy: tuple[Question, ...]
    own: tuple[Question, ...]
    manual: tuple[Question, ...]
    """those that an article of the documentation answers: without an answer of their own"""


def faq_page(
    project: Project,
    policy: Iterable[Question],
    manual: Iterable[Article],
    articles: Mapping[str, Reading],
    words: Words,
) -> FaqPage:
    """Return the FAQ page of *project*: *policy*, the *manual*'s questions, and its own resolved ones to be published.

    *articles* are the documentation's by the number of the ticket that names them.
    """
    tickets = project.tickets
    shown = tickets[
        (tickets["status"] == State.DONE) & (tickets["answer"] != "") & tickets["public"].fillna(False).astype(bool)
    ]
    own = tuple(
        Question(
            question=ticket.question or ticket.title,
            answer=ticket.answer,
            anchor=f"p-{position}",
            number=ticket.number,
            article=articles.get(ticket.ticket),
        )
        for position, ticket in enumerate(rows(shown), start=1)
    )
    return FaqPage(
        title=words.text("Preguntas frecuentes"),
        header=header(project, words, TAB),
        contact=contact(project, words),
        policy=tuple(policy),
        own=own,
        manual=tuple(
            Question(question=question, answer="", anchor="", article=article)
            for article in manual
            for question in article.faq
        ),
    )


def policy_questions(text: str) -> tuple[Question, ...]:
    """Return the questions of a documentation page: each `## heading` and what follows it up to the next."""
    found: list[tuple[str, list[str]]] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading:
            found.append((heading[1], []))
        elif found:
            found[-1][1].append(line)
    return tuple(
        Question(question=question, answer="\n".join(lines).strip(), anchor=f"politica-{number}")
        for number, (question, lines) in enumerate(found, start=1)
    )
