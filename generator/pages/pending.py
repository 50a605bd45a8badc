"""What of the documents waits for the client: a signature, an approval, data, or a correction of what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..problems import N_
from ..projects.standing import DocumentKind, Stage, has_expired, kind_of, replaced_by, stage_of
from ..text import slugify
from .parts import Link, Moment, answers_about, at, working_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..locale import Words
    from ..projects.model import Document, Project, Request


class Asked(StrEnum):
    """What is asked of the client."""

    SIGNATURE = "signature"
    APPROVAL = "approval"
    DATA = "data"
    CORRECTION = "correction"


_TEXTS = {
    Asked.SIGNATURE: N_("Firmar: {title}"),
    Asked.APPROVAL: N_("Aprobar: {title}"),
    Asked.DATA: N_("Enviar: {title}"),
    Asked.CORRECTION: N_("Corregir: {title}"),
}


@dataclass(frozen=True, kw_only=True)
class Pending:
    """Something that waits for the client.

    `ticket` is the number as the table of tickets has it, empty where there is none; `days` are working days from the
    day it was `asked` to the cut. `anchor` is its row on the documents page.
    """

    what: Asked
    title: str
    ticket: str
    number: str
    asked: date | None
    moment: Moment | None
    days: int | None
    waited: str
    anchor: str
    answers: tuple[Link, ...]


def pending_of_client(project: Project, words: Words) -> tuple[Pending, ...]:
    """Return what waits for the client among documents and requests, the longest first."""
    found = [*_to_sign(project, words), *_to_send(project, words)]
    return tuple(sorted(found, key=lambda pending: -(pending.days or 0)))


def document_anchor(document: Document) -> str:
    """Return the anchor of a document's row."""
    return f"d-{slugify(document.id) or document.row}"


def request_anchor(request: Request) -> str:
    """Return the anchor of a request's row."""
    return f"s-{slugify(request.id) or request.row}"


def _to_sign(project: Project, words: Words) -> Iterator[Pending]:
    replaced = replaced_by(project.documents)
    waiting = {Stage.TO_SIGN: Asked.SIGNATURE, Stage.TO_APPROVE: Asked.APPROVAL}
    for position, document in enumerate(project.documents):
        what = waiting.get(stage_of(document))
        quotation = kind_of(document) is DocumentKind.QUOTATION
        gone = position in replaced or (quotation and has_expired(document, project.cut.day))
        if what and not gone:
            yield _pending(
                what, document.title, document.ticket, document.day, document_anchor(document), project, words
            )


def _to_send(project: Project, words: Words) -> Iterator[Pending]:
    for request in project.requests:
        if request.validated:
            continue
        if request.observations:
            what, since = Asked.CORRECTION, request.received or request.asked
        elif not request.received and not request.returned:
            what, since = Asked.DATA, request.asked
        else:
            continue
        yield _pending(what, request.what, request.ticket, since, request_anchor(request), project, words)


def _pending(
    what: Asked, title: str, ticket: str, asked: date | None, anchor: str, project: Project, words: Words
) -> Pending:
    day = project.cut.day
    days = max(0, project.calendar.days(asked, day)) if asked and day else None
    told = words.text(_TEXTS[what]).format(title=title)
    number = f"#{ticket}" if ticket.isdigit() else ticket
    return Pending(
        what=what,
        title=told,
        ticket=ticket,
        number=number,
        asked=asked,
        moment=at(asked, words, year=day is not None and asked.year != day.year) if asked else None,
        days=days,
        waited=waited(days, words),
        anchor=anchor,
        answers=answers_about(number, told, project, words),
    )


def waited(days: int | None, words: Words) -> str:
    """Return how long something has waited, in working days; an empty string where it is not known."""
    if days is None:
        return ""
    return words.text("espera {days}").format(days=working_days(days, words)) if days else words.text("desde hoy")
