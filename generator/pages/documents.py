"""Documentos: quotations, data asked of the client, formal documents, and the acceptance letter to be signed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..metrics.acceptance import acceptance
from ..problems import N_
from ..projects.documents import file_names
from ..projects.model import Phase
from ..projects.standing import DocumentKind, Stage, has_expired, kind_of, replaced_by, stage_of, version_key
from .parts import Contact, Header, Link, Moment, address_of, answers_about, at, contact, header
from .pending import Pending, document_anchor, pending_of_client, request_anchor, waited

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from ..locale import Words
    from ..problems import Problem
    from ..projects.model import Document, Project, Request

TAB = "documentos/"
KINDS = {
    DocumentKind.QUOTATION: N_("Presupuesto"),
    DocumentKind.TEMPLATE: N_("Plantilla"),
    DocumentKind.MINUTES: N_("Minuta"),
    DocumentKind.CONTRACT: N_("Contrato"),
    DocumentKind.DEED: N_("Acta"),
    DocumentKind.LETTER: N_("Carta"),
    DocumentKind.OTHER: N_("Documento"),
}
_SECTIONS = {"presupuestos": N_("Presupuestos"), "datos": N_("Datos solicitados"), "formalidades": N_("Formalidades")}
_ORDER = {
    Phase.BUSINESS_CASE: ("presupuestos", "datos", "formalidades"),
    Phase.IMPLEMENTATION: ("datos", "formalidades", "presupuestos"),
    Phase.PRODUCTION: ("formalidades", "datos", "presupuestos"),
    Phase.ESERVICE: ("presupuestos", "formalidades", "datos"),
}
"""What a client looks for first in each phase."""
_SHOWN = 50
"""Observations that are listed; a template with more is better filled in again."""
_FIRST_HEADING = re.compile(r"\A\s*# .*\n")


@dataclass(frozen=True, kw_only=True)
class FileLink:
    """A file to download: where it lies, what it is called ("PDF"), its size, and its SHA-256 in hexadecimal."""

    address: str
    kind: str
    size: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DocumentRow:
    """One document. `tone` is `done`, `client`, `overdue`, `soft` or empty; `text` is Markdown."""

    anchor: str
    number: str
    kind: str
    title: str
    version: str
    moment: Moment | None
    state: str
    tone: str
    standing: str
    successor: str
    ticket: Link | None
    file: FileLink | None
    text: str
    redacted: bool


@dataclass(frozen=True, kw_only=True)
class Step:
    """A state of a request, and when it was reached."""

    text: str
    moment: Moment | None


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What to correct in a template that came back: where, what is wrong, what to do."""

    place: str
    message: str
    cure: str


@dataclass(frozen=True, kw_only=True)
class RequestRow:
    """One thing asked of the client."""

    anchor: str
    what: str
    purpose: str
    state: str
    tone: str
    waited: str
    steps: tuple[Step, ...]
    ticket: Link | None
    template: FileLink | None
    answers: tuple[Link, ...]
    observed: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the page; `older` are versions that another one replaces."""

    key: str
    title: str
    requests: tuple[RequestRow, ...]
    documents: tuple[DocumentRow, ...]
    older: tuple[DocumentRow, ...]


@dataclass(frozen=True, kw_only=True)
class DraftTask:
    """A ticket of the letter."""

    number: str
    title: str
    address: str
    closed: Moment | None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The acceptance letter to be signed."""

    title: str
    period: str
    statement: str
    tasks: tuple[DraftTask, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentsPage:
    """The view of the documents page."""

    title: str
    header: Header
    contact: Contact | None
    pending: tuple[Pending, ...]
    sections: tuple[Section, ...]
    draft: Draft | None


def documents_page(project: Project, words: Words) -> DocumentsPage:
    """Return the documents page of *project*, its sections in the order that fits the phase."""
    files = {
        document: f"./{name}" if name else ""
        for document, name in zip(project.documents, file_names(project.documents), strict=True)
    }
    return DocumentsPage(
        title=words.text("Documentos"),
        header=header(project, words, TAB),
        contact=contact(project, words),
        pending=pending_of_client(project, words),
        sections=tuple(_sections(project, files, words)),
        draft=_draft(project, words),
    )


def _sections(project: Project, files: Mapping[Document, str], words: Words) -> Iterable[Section]:
    """Yield the sections that have something in them."""
    replaced = replaced_by(project.documents)
    asked = {request.template for request in project.requests}
    present: dict[str, list[DocumentRow]] = {key: [] for key in _SECTIONS}
    older: dict[str, list[DocumentRow]] = {key: [] for key in _SECTIONS}
    order = sorted(enumerate(project.documents), key=lambda item: _newest_first(item[1]))
    for position, document in order:
        key = _section_of(document)
        if document.id in asked and position not in replaced:
            continue
        row = _document(document, replaced.get(position), project, files, words)
        (older if position in replaced else present)[key].append(row)
    requests = tuple(_request(request, project, files, words) for request in sorted(project.requests, key=_open_first))
    for key in _ORDER[project.phase]:
        own = requests if key == "datos" else ()
        if own or present[key] or older[key]:
            yield Section(
                key=key,
                title=words.text(_SECTIONS[key]),
                requests=own,
                documents=tuple(present[key]),
                older=tuple(older[key]),
            )


def _section_of(document: Document) -> str:
    sections = {DocumentKind.QUOTATION: "presupuestos", DocumentKind.TEMPLATE: "datos"}
    return sections.get(kind_of(document), "formalidades")


def _newest_first(document: Document) -> tuple[int, tuple[int, ...]]:
    return -(document.day.toordinal() if document.day else 0), tuple(-part for part in version_key(document))


def _open_first(request: Request) -> tuple[bool, bool, int]:
    return bool(request.validated), bool(request.received), request.asked.toordinal() if request.asked else 0


def _document(
    document: Document, successor: Document | None, project: Project, files: Mapping[Document, str], words: Words
) -> DocumentRow:
    quotation = kind_of(document) is DocumentKind.QUOTATION
    state, tone = _state(document, project, words)
    standing = _standing(document, project, words)
    if successor:
        version = successor.version or "1"
        standing, tone = words.text("sustituida por la versión {version}").format(version=version), "soft"
    return DocumentRow(
        anchor=document_anchor(document),
        number=words.text("N.º {number}").format(number=document.id) if quotation and document.id else "",
        kind=words.text(KINDS[kind_of(document)]),
        title=document.title or words.text("Sin título"),
        version=words.text("versión {version}").format(version=document.version) if document.version else "",
        moment=at(document.day, words, year=True) if document.day else None,
        state=state,
        tone=tone,
        standing=standing,
        successor=f"#{document_anchor(successor)}" if successor else "",
        ticket=_ticket(document.ticket, project),
        file=_file(document, files, words),
        text=_FIRST_HEADING.sub("", document.text) if document.file.lower().endswith(".md") else "",
        redacted=document.redacted,
    )


def _state(document: Document, project: Project, words: Words) -> tuple[str, str]:
    """Return the state in words, those of documents.csv before any other, and its tone."""
    stage = stage_of(document)
    tones = {Stage.AGREED: "done", Stage.DROPPED: "soft", Stage.TO_SIGN: "client", Stage.TO_APPROVE: "client"}
    tone = tones.get(stage, "")
    late = has_expired(document, project.cut.day) and stage not in (Stage.AGREED, Stage.DROPPED)
    if late:
        tone = "overdue"
    if document.state or kind_of(document) is not DocumentKind.QUOTATION:
        return document.state, tone
    return words.text("vencido") if late else words.text("vigente"), tone


def _standing(document: Document, project: Project, words: Words) -> str:
    """Return whether it is in force on the day of the cut, and until when."""
    stage, last, today = stage_of(document), document.valid_until, project.cut.day
    quotation = kind_of(document) is DocumentKind.QUOTATION
    if stage is Stage.DROPPED or (quotation and stage is Stage.AGREED):
        return ""
    if last and today:
        day = words.day(last, year=last.year != today.year)
        if has_expired(document, today):
            return words.text("venció el {day}").format(day=day)
        if quotation:
            return _left((last - today).days, day, words)
        return words.text("vigente hasta el {day}").format(day=day)
    return "" if quotation or stage in (Stage.TO_SIGN, Stage.TO_APPROVE) else words.text("vigente")


def _left(days: int, day: str, words: Words) -> str:
    if not days:
        return words.text("vence hoy")
    text = words.plural("vence en {count} día ({day})", "vence en {count} días ({day})", days)
    return text.format(count=days, day=day)


def _request(request: Request, project: Project, files: Mapping[Document, str], words: Words) -> RequestRow:
    pending = not request.validated and (bool(request.observations) or not (request.received or request.returned))
    number = f"#{request.ticket}" if request.ticket.isdigit() else request.ticket
    template = next((document for document in project.documents if document.id == request.template), None)
    state, tone = _request_state(request, words)
    observations = () if request.validated else request.observations
    return RequestRow(
        anchor=request_anchor(request),
        what=request.what or words.text("Sin título"),
        purpose=request.purpose,
        state=state,
        tone=tone,
        waited=_waited(request, project, words) if pending else "",
        steps=tuple(
            Step(text=words.text(text), moment=_day(day, project, words))
            for text, day in (
                (N_("pedido"), request.asked),
                (N_("recibido"), request.received),
                (N_("validado"), request.validated),
            )
        ),
        ticket=_ticket(request.ticket, project),
        template=_file(template, files, words) if template else None,
        answers=answers_about(number, request.what, project, words) if pending else (),
        observed=_observed(len(observations), words),
        observations=tuple(_observation(problem, words) for problem in observations[:_SHOWN]),
    )


def _request_state(request: Request, words: Words) -> tuple[str, str]:
    if request.validated:
        return words.text("validado"), "done"
    if request.observations:
        return _observed(len(request.observations), words), "client"
    if request.received or request.returned:
        return words.text("recibido, en revisión"), "doing"
    return words.text("pedido"), "client"


def _observed(count: int, words: Words) -> str:
    if not count:
        return ""
    text = words.plural("recibida con {count} observación", "recibida con {count} observaciones", count)
    return text.format(count=count)


def _observation(problem: Problem, words: Words) -> Observation:
    place = words.text("Fila {row}").format(row=problem.row) if problem.row else words.text("Archivo")
    if problem.column:
        place = words.text("{place}, columna «{column}»").format(place=place, column=problem.column)
    return Observation(place=place, message=problem.text(words.text), cure=problem.cure(words.text))


def _waited(request: Request, project: Project, words: Words) -> str:
    """Return how long it has waited for the client: since it was asked, or since what came back has to be corrected."""
    since = request.received or request.asked if request.observations else request.asked
    day = project.cut.day
    return waited(max(0, project.calendar.days(since, day)) if since and day else None, words)


def _file(document: Document, files: Mapping[Document, str], words: Words) -> FileLink | None:
    if not document.size:
        return None
    return FileLink(
        address=files[document],
        kind=PurePosixPath(document.file).suffix.lstrip(".").upper().replace("MD", "TXT"),
        size=words.size(document.size),
        sha256=document.sha256,
    )


def _ticket(number: str, project: Project) -> Link | None:
    """Return a ticket's number, and the way to its row where the project shows one."""
    if not number:
        return None
    ticket = next((ticket for ticket in project.each if ticket.ticket == number), None)
    told = f"#{number}" if number.isdigit() else number
    return Link(told, address_of(ticket, project, TAB) if ticket else "")


def _day(day: date | None, project: Project, words: Words) -> Moment | None:
    if day is None:
        return None
    today = project.cut.day
    return at(day, words, year=today is not None and day.year != today.year)


def _draft(project: Project, words: Words) -> Draft | None:
    letter = acceptance(project)
    if letter is None:
        return None
    since, until = (words.day(day, year=True) if day else "" for day in (letter.since, letter.until))
    return Draft(
        title=words.text("Acta de aceptación N.º {number}").format(number=letter.number),
        period=words.text("Tareas culminadas entre el {since} y el {until}").format(since=since, until=until),
        statement=words.text(
            "{client} recibe conforme las tareas que siguen, del proyecto {project}, o anota aquí sus observaciones."
        ).format(client=letter.client, project=letter.project),
        tasks=tuple(
            DraftTask(
                number=ticket.number,
                title=ticket.title or words.text("Sin título"),
                address=address_of(ticket, project, TAB),
                closed=_day(ticket.closed.date() if ticket.closed else None, project, words),
            )
            for ticket in letter.tickets
        ),
    )
