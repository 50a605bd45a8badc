"""What several pages show: the header, task rows, links to the executive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..metrics.appointments import is_proposed
from ..problems import N_
from ..projects.model import Person, Phase
from ..text import unique_slug
from ..tickets.table import State, Ticket, WaitingOn

if TYPE_CHECKING:
    from datetime import date

    from ..locale import Words
    from ..projects.model import Project
    from .articles import Reading

STATES = {
    State.TODO: N_("por hacer"),
    State.DOING: N_("en curso"),
    State.WAITING: N_("en espera"),
    State.DONE: N_("culminada"),
    State.CANCELLED: N_("anulada"),
}
_LONGEST_ANCHOR = 100
SEARCH_FILE = "buscar.json"
"""What the search box finds in a project, in its home."""
_TABS = {
    "": N_("Avance"),
    "tablero/": N_("Tablero"),
    "agenda/": N_("Agenda"),
    "soporte/": N_("Soporte"),
    "mejora-continua/": N_("Mejora continua"),
    "preguntas/": N_("Preguntas frecuentes"),
    "documentos/": N_("Documentos"),
    "involucrados/": N_("Involucrados"),
    "historial/": N_("Historial"),
}
"""The sections by their folder, in the order of the tabs."""
_SECTIONS = {
    Phase.BUSINESS_CASE: ("", "agenda/", "preguntas/", "documentos/", "involucrados/", "historial/"),
    Phase.IMPLEMENTATION: (
        "",
        "tablero/",
        "agenda/",
        "soporte/",
        "preguntas/",
        "documentos/",
        "involucrados/",
        "historial/",
    ),
    Phase.PRODUCTION: (
        "",
        "tablero/",
        "agenda/",
        "soporte/",
        "mejora-continua/",
        "preguntas/",
        "documentos/",
        "involucrados/",
        "historial/",
    ),
    Phase.ESERVICE: (
        "",
        "tablero/",
        "agenda/",
        "soporte/",
        "mejora-continua/",
        "preguntas/",
        "documentos/",
        "involucrados/",
        "historial/",
    ),
}
"""Which of them a client meets in each phase."""


@dataclass(frozen=True)
class Link:
    """A text and where it leads."""

    text: str
    address: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A card: its heading, one value, and the lines that explain it."""

    title: str
    value: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """A part of a bar, in hundredths of its width."""

    kind: str
    start: float
    width: float


@dataclass(frozen=True)
class Step:
    """A phase on the stepper: `done`, `current` or `ahead`."""

    text: str
    state: str


@dataclass(frozen=True)
class Moment:
    """A day, or a day and time, as read and in full; `iso` for machines."""

    text: str
    full: str
    iso: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """The account executive, the only person to write to."""

    name: str
    role: str
    phone: str
    email: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Header:
    """What stands above every page of a project."""

    id: str
    client: str
    project: str
    cut: str
    cut_moment: Moment | None
    zone: str
    """the project's time zone, for what only the reader's clock can tell"""
    holidays: str
    """the days without service in the year after the cut (ISO, joined by spaces)"""
    executive: str
    steps: tuple[Step, ...]
    tabs: tuple[Link, ...]
    search_file: str
    """the way to what the search box finds in this project"""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One ticket as a row."""

    ticket: str
    number: str
    anchor: str
    title: str
    status: str
    meaning: str = ""
    details: tuple[str, ...] = ()
    moment: Moment | None = None
    moment_text: str = ""
    overdue: bool = False
    answers: tuple[Link, ...] = ()
    article: Reading | None = None
    asks: tuple[Link, ...] = ()
    """the documents to sign and the data to send that go with it"""


def sections(project: Project) -> tuple[str, ...]:
    """Return the folders of the pages that *project* has in its phase, in the order of the tabs."""
    return tuple(tab for tab in _TABS if tab in _SECTIONS[project.phase])


def header(project: Project, words: Words, tab: str) -> Header:
    """Return the header of the page at *tab* ("" is the progress page), with links relative to that page."""
    cut = project.cut
    when = cut.instant or cut.day
    up = "../" * tab.count("/")
    reached = list(Phase).index(project.phase)
    return Header(
        id=project.id,
        client=project.client,
        project=project.name,
        cut=words.text("Corte N.º {number}").format(number=cut.number),
        cut_moment=at(when, words, year=True) if when else None,
        zone=project.time_zone.key,
        holidays=" ".join(day.isoformat() for day in _holidays_ahead(project)),
        executive=f"{_role(project.executive, words)}: {project.executive.name}" if project.executive else "",
        steps=tuple(
            Step(words.text(phase.label), "done" if i < reached else "current" if i == reached else "ahead")
            for i, phase in enumerate(Phase)
        ),
        tabs=tuple(Link(words.text(_TABS[path]), up + path or "./", path == tab) for path in sections(project)),
        search_file=up + SEARCH_FILE,
    )


def _holidays_ahead(project: Project) -> Iterable[date]:
    first = project.cut.day
    if first is None:
        return ()
    return (day for day in sorted(project.calendar.holidays) if first <= day < first + timedelta(days=366))


def contact(project: Project, words: Words) -> Contact | None:
    """Return how to reach the executive, with a message that names project and cut; None where there is nobody."""
    person = project.executive
    if person is None:
        return None
    about = words.text("Hola, {name}. Le escribo por el proyecto {project} ({cut}).")
    return Contact(
        name=person.name,
        role=_role(person, words),
        phone=person.phone,
        email=person.email,
        links=ways_to_write(project, words, about),
    )


def office(name: str, phone: str, email: str, words: Words) -> Contact | None:
    """Return whom to write to when a link does not open; None where nobody says."""
    if not (phone or email):
        return None
    text = words.text("Hola. No puedo abrir mi enlace al portal de proyectos.")
    links = _links_to(Person(id="", name=name, phone=phone, email=email), words.text("Mi enlace no abre"), text)
    return Contact(name=name, role="", phone=phone, email=email, links=links)


def ways_to_write(
    project: Project, words: Words, message: str, *, subject: str = "", **values: str
) -> tuple[Link, ...]:
    """Return the ways to write *message* to the executive, none where there is nobody.

    Its {name}, {project} and {cut} are filled in, and whatever *values* has. A mail without a *subject* is about the
    project and its cut.
    """
    if project.executive is None:
        return ()
    cut = cut_name(project, words)
    text = message.format(name=project.executive.name, project=project.name, cut=cut, **values)
    return _links_to(project.executive, subject or f"{project.name} · {cut}", text)


def working_days(count: int, words: Words) -> str:
    """Return a number of working days in words: "1 día hábil"."""
    return words.plural("{count} día hábil", "{count} días hábiles", count).format(count=count)


def hours(amount: float, words: Words) -> str:
    """Return hours in words, to the minute: "1 h 30 min"."""
    whole, minutes = divmod(round(60 * amount), 60)
    parts = [words.text("{count} h").format(count=whole)] if whole or not minutes else []
    if minutes:
        parts.append(words.text("{count} min").format(count=minutes))
    return " ".join(parts)


def segments(parts: Mapping[str, float]) -> tuple[Segment, ...]:
    """Return a bar cut into *parts* (kind → amount), in their order and without empty ones."""
    total = sum(parts.values())
    found, start = [], 0.0
    for kind, amount in parts.items():
        if amount:
            width = round(100 * amount / total, 2)
            found.append(Segment(kind, round(start, 2), width))
            start += width
    return tuple(found)


def title_of(ticket: Ticket, words: Words) -> str:
    """Return the title of a ticket, or that it has none."""
    return ticket.title or words.text("Sin título")


def anchor(ticket: Ticket) -> str:
    """Return the anchor of a ticket's row, which no other ticket has; it is the name of a file as well."""
    return f"t-{unique_slug(ticket.ticket.lower(), _LONGEST_ANCHOR)}"


def history_address(page: int) -> str:
    """Return the folder of a page of the history, from 1."""
    return "historial/" if page == 1 else f"historial/{page}/"


def address_of(ticket: Ticket, project: Project, tab: str) -> str:
    """Return the way from the page at *tab* to a ticket's row: on the progress page, or where old ones are kept."""
    page = history_address(project.archived[ticket.ticket]) if ticket.ticket in project.archived else ""
    up = "../" * tab.count("/")
    return f"{'' if page == tab else up + page}#{anchor(ticket)}"


def tasks(
    tickets: Iterable[Ticket],
    project: Project,
    words: Words,
    *,
    waiting: Mapping[str, datetime] | None = None,
    articles: Mapping[str, Reading] | None = None,
) -> list[Task]:
    """Return a row for each ticket, in the order of *tickets*.

    By ticket number, *waiting* says since when some wait for the client, *articles* which article some are about.
    """
    rows = [_task(ticket, project, words, (waiting or {}).get(ticket.ticket)) for ticket in tickets]
    return (
        [replace(row, article=articles[row.ticket]) if row.ticket in articles else row for row in rows]
        if articles
        else rows
    )


def at(when: datetime | date, words: Words, *, year: bool = False) -> Moment:
    """Return *when* in words; a midnight is a day without a time."""
    if not isinstance(when, datetime):
        return Moment(words.day(when, year=year), words.full_day(when), when.isoformat())
    if when.time() == time(0):
        return at(when.date(), words, year=year)
    clock = words.clock(when)
    return Moment(
        f"{words.day(when, year=year)}, {clock}", f"{words.full_day(when)}, {clock}", when.isoformat(timespec="minutes")
    )


def _task(ticket: Ticket, project: Project, words: Words, since: datetime | None) -> Task:
    date_text, moment, overdue = _date(ticket, project, words)
    title = title_of(ticket, words)
    return Task(
        ticket=ticket.ticket,
        number=ticket.number,
        anchor=anchor(ticket),
        title=title,
        status=ticket.status,
        meaning=project.meanings.get(ticket.ticket, ""),
        details=tuple(_details(ticket, project, words, since)),
        moment=moment,
        moment_text=date_text,
        overdue=overdue,
        answers=answers_about(ticket.number, title, project, words) if ticket.is_on_client else (),
    )


def _details(ticket: Ticket, project: Project, words: Words, since: datetime | None) -> Iterable[str]:
    """Yield who has it and how it stands."""
    if ticket.area:
        yield ticket.area
    if ticket.is_on_client:
        if since and project.cut.day:
            days = max(project.calendar.days(since, project.cut.day), 0)
            yield words.text("espera {days}").format(days=working_days(days, words))
    elif not ticket.is_over:
        yield standing(ticket, project, words)


def standing(ticket: Ticket, project: Project, words: Words) -> str:
    """Return how a ticket stands in the client's words: whom it waits for, what is not known of it, or its state."""
    if ticket.is_on_client:
        return words.text("depende de usted")
    if ticket.waiting_on == WaitingOn.THIRD_PARTY and not ticket.is_over:
        return words.text("en espera de un tercero")
    if ticket.tracker_status in project.unclassified and not ticket.is_over:
        return words.text("por clasificar")
    return words.text(STATES[State(ticket.status)])


def _date(ticket: Ticket, project: Project, words: Words) -> tuple[str, Moment | None, bool]:
    """Return the date of a row: the closing day of a finished ticket, else what was agreed, else when it is due."""
    when = ticket.closed if ticket.is_over else ticket.scheduled
    if when is None:
        return words.text("sin fecha"), None, False
    year = project.cut.day is not None and when.year != project.cut.day.year
    day = at(when.date(), words, year=year)
    if ticket.is_over:
        return day.text, day, False
    moment = at(when, words, year=year)
    if ticket.is_overdue(project.cut.day):
        return words.text("venció el {day}").format(day=day.text), moment, True
    if ticket.agreed:
        text = words.text("propuesta: {day}").format(day=moment.text) if is_proposed(ticket) else moment.text
        return text, moment, False
    return words.text("vence el {day}").format(day=moment.text), moment, False


def _role(person: Person, words: Words) -> str:
    return person.role or words.text("Ejecutivo de cuenta")


def answers_about(number: str, title: str, project: Project, words: Words) -> tuple[Link, ...]:
    """Return the ways to answer the executive about a ticket, with its number, its title and the cut in the text."""
    message = words.text("Hola, {name}. Respondo sobre {number} «{title}», proyecto {project} ({cut}): ")
    if not number:
        message = message.replace("{number} ", "")
    subject = f"{number} {title}".strip()
    return ways_to_write(project, words, message, subject=subject, number=number, title=title)


def _links_to(person: Person, subject: str, text: str) -> tuple[Link, ...]:
    """Return the ways to write to *person* with the text already there."""
    links = []
    digits = "".join(char for char in person.phone if char.isdigit())
    if digits:
        links.append(Link("WhatsApp", f"https://wa.me/{digits}?text={quote(text, safe='')}"))
    if person.email:
        links.append(
            Link(
                N_("correo"),
                f"mailto:{quote(person.email, safe='@')}?subject={quote(subject, safe='')}&body={quote(text, safe='')}",
            )
        )
    return tuple(links)


def cut_name(project: Project, words: Words) -> str:
    """Return the number and the day of the cut in words: "corte N.º 3, lun 23 nov 2026"."""
    name = words.text("corte N.º {number}").format(number=project.cut.number)
    return f"{name}, {words.day(project.cut.day, year=True)}" if project.cut.day else name
