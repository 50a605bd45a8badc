"""Panel: every project on one page, by urgency. For the executive only: it names all clients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..metrics.appointments import appointments
from ..metrics.findings import Finding, findings
from ..metrics.forecast import Forecast
from ..metrics.hours import hour_bank
from ..metrics.likeness import alike_questions
from ..metrics.progress import progress
from ..problems import N_
from ..projects.people import departed
from .evolution import completion
from .on_client import OnClient, on_client
from .parts import Moment, anchor, at, history_address, hours, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..locale import Words
    from ..metrics.appointments import Appointment
    from ..projects.model import Project
    from ..tickets.table import Ticket

_DATES = 3
"""The next dates told of each project."""
_TICKETS = 12
"""The tickets named for each kind of finding; the rest is counted."""
_FINDINGS = {
    Finding.CLOSED_BEFORE_CREATED: (N_("Cierre anterior a la creación"), N_("Corrija una de las dos fechas.")),
    Finding.DUE_BEFORE_CREATED: (N_("Fecha límite anterior a la creación"), N_("Corrija la fecha límite.")),
    Finding.STARTED_AFTER_CLOSED: (N_("Inicio posterior al cierre"), N_("Corrija la fecha de inicio.")),
    Finding.CLOSED_AHEAD: (N_("Cierre posterior al corte"), N_("Corrija la fecha de cierre, o vuelva a exportar.")),
    Finding.DONE_WITHOUT_DATE: (
        N_("Culminada sin fecha de cierre"),
        N_("Escriba el día en que se cerró: sin él no cuenta en el ritmo ni en el pronóstico."),
    ),
    Finding.UNKNOWN_STATE: (N_("Estado sin clasificar"), N_("Dígalo en mkdocs.yml, en statuses.")),
    Finding.WITHOUT_TITLE: (N_("Sin título"), N_("Escriba el título, o uno para el cliente en titles.csv.")),
    Finding.WITHOUT_PERSON: (N_("En curso sin persona asignada"), N_("Asigne el ticket.")),
    Finding.WAITING_FOR_NOBODY: (
        N_("En espera sin decir de quién"),
        N_("Escriba si depende del cliente, de un tercero o de la empresa."),
    ),
    Finding.UNLIKELY_HOURS: (N_("Horas poco probables"), N_("Compare las horas dedicadas con las estimadas.")),
}


@dataclass(frozen=True, kw_only=True)
class Ref:
    """A ticket, and where it is shown."""

    number: str
    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class ToCorrect:
    """A kind of finding: what is wrong, what to do, and the tickets; `more` are not named."""

    text: str
    remedy: str
    tickets: tuple[Ref, ...]
    more: int

    @property
    def count(self) -> int:
        """All its tickets."""
        return len(self.tickets) + self.more


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """A coming date."""

    moment: Moment
    ticket: Ref


@dataclass(frozen=True, kw_only=True)
class PanelRow:
    """One project. `alarms` are what makes it urgent, the worst first."""

    id: str
    client: str
    name: str
    address: str
    phase: str
    executive: str
    cut: str
    moment: Moment | None
    percent: str
    alarms: tuple[str, ...]
    facts: tuple[str, ...]
    dates: tuple[Ahead, ...]
    to_correct: tuple[ToCorrect, ...]
    to_remove: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Questions that several clients asked: what to write an article about."""

    question: str
    asked: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PanelPage:
    """The view of the panel."""

    title: str
    rows: tuple[PanelRow, ...]
    alike: tuple[Alike, ...]


def panel_page(projects: Sequence[Project], words: Words) -> PanelPage:
    """Return the panel of *projects*, the most urgent first.

    More urgent is the one with more overdue tasks of the company; then with more overdue on the client's side; then
    where the client has been waited for longest; then the one with the nearest date; then by client.
    """
    return PanelPage(
        title=words.text("Panel"),
        rows=tuple(
            _row(project, waiting, words)
            for project, waiting in sorted(
                ((project, on_client(project, {}, words)) for project in projects), key=lambda each: _urgency(*each)
            )
        ),
        alike=_alike(projects),
    )


def _urgency(project: Project, waiting: OnClient) -> tuple[int, int, int, date, str]:
    ours, theirs = _overdue(project)
    coming = _coming(project)
    nearest = coming[0].moment.date() if coming else date.max
    return -len(ours), -len(theirs), -(waiting.days or 0), nearest, project.client


def _overdue(project: Project) -> tuple[list[Ticket], list[Ticket]]:
    """Return the open tickets whose date has passed at the cut: those of the company, and those of the client."""
    late = [ticket for ticket in project.each if ticket.is_overdue(project.cut.day)]
    ours = [ticket for ticket in late if not ticket.is_on_client]
    return ours, [ticket for ticket in late if ticket.is_on_client]


def _coming(project: Project) -> list[Appointment]:
    ahead = (appointment for appointment in appointments(project) if appointment.is_ahead)
    return sorted(ahead, key=lambda appointment: appointment.moment)


def _row(project: Project, waiting: OnClient, words: Words) -> PanelRow:
    executive = project.executive
    counted = progress(project.tickets)
    cut = project.cut
    return PanelRow(
        id=project.id,
        client=project.client,
        name=project.name,
        address=f"../{project.home}",
        phase=words.text(project.phase.label),
        executive=executive.name if executive else "",
        cut=words.text("Corte N.º {number}").format(number=cut.number),
        moment=at(cut.instant or cut.day, words, year=True) if cut.day else None,
        percent=words.text("sin dato") if counted.percent is None else words.percent(counted.percent),
        alarms=tuple(_alarms(project, words)),
        facts=tuple(_facts(project, waiting, words)),
        dates=tuple(
            Ahead(moment=at(appointment.moment, words), ticket=_ref(appointment.ticket, project, words))
            for appointment in _coming(project)[:_DATES]
        ),
        to_correct=tuple(_to_correct(project, words)),
        to_remove=tuple(departure.person.name for departure in departed(project)),
    )


def _alarms(project: Project, words: Words) -> Iterable[str]:
    ours, theirs = _overdue(project)
    if ours:
        yield words.plural("{count} vencida nuestra", "{count} vencidas nuestras", len(ours)).format(count=len(ours))
    if theirs:
        yield words.plural("{count} vencida del cliente", "{count} vencidas del cliente", len(theirs)).format(
            count=len(theirs)
        )
    found = completion(project)
    if isinstance(found, Forecast) and project.planned_end and found.high > project.planned_end:
        yield words.text("el pronóstico pasa del plan")
    if project.executive is None:
        yield words.text("sin ejecutivo")


def _facts(project: Project, waiting: OnClient, words: Words) -> Iterable[str]:
    count = len(waiting.tasks)
    if count:
        told = words.plural("{count} depende del cliente", "{count} dependen del cliente", count).format(count=count)
        yield f"{told} ({waiting.oldest})" if waiting.oldest else told
    found = completion(project)
    plan = at(project.planned_end, words, year=True).text if project.planned_end else words.text("sin dato")
    if isinstance(found, Forecast):
        yield words.text("culminación probable: {range} (plan: {plan})").format(
            range=words.range(found.low, found.high), plan=plan
        )
    elif found is not None:
        yield words.text("sin pronóstico (plan: {plan})").format(plan=plan)
    bank = hour_bank(project)
    if bank is not None and bank.left is not None:
        told = words.text("quedan {hours} de la póliza").format(hours=hours(max(bank.left, 0) / 60, words))
        yield f"{told} ({words.percent(bank.crossed)})" if bank.crossed else told


def _to_correct(project: Project, words: Words) -> Iterable[ToCorrect]:
    for found in findings(project):
        text, remedy = _FINDINGS[found.kind]
        yield ToCorrect(
            text=words.text(text),
            remedy=words.text(remedy),
            tickets=tuple(_ref(ticket, project, words) for ticket in found.tickets[:_TICKETS]),
            more=max(len(found.tickets) - _TICKETS, 0),
        )


def _ref(ticket: Ticket, project: Project, words: Words) -> Ref:
    page = project.archived.get(ticket.ticket)
    folder = history_address(page) if page else ""
    return Ref(
        number=ticket.number,
        title=title_of(ticket, words),
        address=f"../{project.home}{folder}#{anchor(ticket)}",
    )


def _alike(projects: Iterable[Project]) -> tuple[Alike, ...]:
    """Return the questions that several projects ask, with the tickets that ask them."""
    names = {project.id: project.client for project in projects}
    asked = {
        project.id: [(ticket.number, ticket.question) for ticket in project.each if ticket.question]
        for project in projects
    }
    return tuple(
        Alike(
            question=group[0].question,
            asked=tuple(f"{names[each.project]}: {each.ticket}" for each in group),
        )
        for group in alike_questions(asked)
    )
