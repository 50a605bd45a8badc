"""The reports on paper of a project: the whole, and one for each section that people hand around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..metrics.acceptance import AcceptanceDraft, acceptance
from .agenda import AgendaPage
from .improvement import ImprovementPage
from .parts import Figure
from .progress import ProgressPage
from .report import (
    Block,
    Cell,
    Column,
    Figures,
    Finished,
    Heading,
    Letter,
    Paragraph,
    Report,
    Signer,
    Table,
    acceptance_report,
    pending_report,
    progress_report,
    report,
)
from .support import SupportPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..locale import Words
    from ..projects.model import Project
    from .agenda import Entry
    from .hours import Card
    from .support import SupportTask

_IN_A_ROW = 3


def reports(
    project: Project, views: Mapping[str, object], words: Words, *, company: str, site: str
) -> Iterator[tuple[str, Report]]:
    """Yield the file name, without its suffix, and the report; *views* are the project's pages by their folder.

    *site* is the address of the site's home, empty where nobody says: then no report has a code to its page.
    """

    def at(tab: str) -> str:
        return f"{site.rstrip('/')}/{project.address(tab)}" if site else ""

    progress = views[""]
    assert isinstance(progress, ProgressPage)  # noqa: S101 - for the type checker: every project has this page
    agenda, support, improvement = (views.get(tab) for tab in ("agenda/", "soporte/", "mejora-continua/"))
    more: list[Block] = []
    if isinstance(agenda, AgendaPage):
        blocks = [Heading(agenda.title), *agenda_blocks(agenda, words)]
        more += blocks
        yield (
            "agenda",
            report(agenda.header, words, title=agenda.title, blocks=blocks, company=company, address=at("agenda/")),
        )
    if isinstance(support, SupportPage):
        blocks = [Heading(support.title), *support_blocks(support, words)]
        more += blocks
        yield (
            "soporte",
            report(
                support.header,
                words,
                title=support.title,
                blocks=blocks,
                company=company,
                address=at("soporte/"),
            ),
        )
    if isinstance(improvement, ImprovementPage):
        more += improvement_blocks(improvement)
    yield "avance", progress_report(progress, words, company=company, address=at(""), more=more)
    yield "pendientes", pending_report(progress, words, company=company, address=at(""))
    letter = acceptance(project)
    if letter is not None and letter.since and letter.until:
        yield (
            "acta",
            acceptance_report(
                progress.header,
                _letter(letter, project, company),
                words,
                company=company,
                address=at("documentos/"),
            ),
        )


def agenda_blocks(page: AgendaPage, words: Words) -> Iterator[Block]:
    """Yield the dates ahead, and those that were cancelled or have passed."""
    yield Paragraph(page.zone, "soft")
    ahead = [entry for day in page.days for entry in day.entries]
    if ahead:
        yield _dates(ahead, words)
    else:
        yield Paragraph(words.text("No hay ninguna fecha acordada por venir."), "soft")
    for name, entries in ((words.text("Canceladas"), page.cancelled), (words.text("Fechas pasadas"), page.past)):
        if entries:
            yield Heading(name, 2)
            yield _dates(entries, words)


def support_blocks(page: SupportPage, words: Words) -> Iterator[Block]:
    """Yield the figures of the support page, the shared clock in words, and the tasks."""
    yield from _figures(page.cards)
    if page.clock:
        yield Heading(words.text("Reloj compartido"), 2)
        yield Paragraph(f"{page.clock.label}.")
        yield Paragraph(page.source, "soft")
    for name, tasks in ((words.text("Abiertas"), page.open), (words.text("Terminadas"), page.ended)):
        if tasks:
            yield Heading(f"{name} ({len(tasks)})", 2)
            yield _support_table(tasks, words)


def improvement_blocks(page: ImprovementPage) -> Iterator[Block]:
    """Yield the hours of the policy and its renewal; nothing where there are none."""
    cards: list[Card] = [*(page.hours.cards if page.hours else ()), *([page.renewal] if page.renewal else ())]
    if cards:
        yield Heading(page.title)
        yield from _figures(Figure(title=card.title, value=card.value, lines=card.lines) for card in cards)


def _figures(cards: Iterable[Figure]) -> Iterator[Block]:
    each = list(cards)
    for start in range(0, len(each), _IN_A_ROW):
        yield Figures(tuple(each[start : start + _IN_A_ROW]))


def _dates(entries: Iterable[Entry], words: Words) -> Table:
    columns = (
        Column(words.text("Fecha")),
        Column(words.text("N.º")),
        Column(words.text("Tarea"), share=5),
        Column(words.text("Estado"), share=3),
    )
    rows = (
        (
            Cell(entry.moment.text),
            Cell(entry.number),
            Cell(entry.title, note=entry.meaning),
            Cell(entry.state_text, note=entry.moved),
        )
        for entry in entries
    )
    return Table(columns, tuple(rows))


def _support_table(tasks: Iterable[SupportTask], words: Words) -> Table:
    columns = (
        Column(words.text("N.º")),
        Column(words.text("Tarea"), share=5),
        Column(words.text("Primera respuesta"), share=2),
        Column(words.text("Solución"), share=2),
    )
    rows = (
        (
            Cell(task.number),
            Cell(task.title, note=task.state),
            Cell(task.answer.text, note=task.answer.note, tone="overdue" if task.answer.over else ""),
            Cell(task.resolution.text, note=task.resolution.note, tone="overdue" if task.resolution.over else ""),
        )
        for task in tasks
    )
    return Table(columns, tuple(rows))


def _letter(draft: AcceptanceDraft, project: Project, company: str) -> Letter:
    assert draft.since and draft.until  # noqa: S101, PT018 - for the type checker: asked before
    executive = project.executive
    return Letter(
        number=draft.number,
        tickets=tuple(
            Finished(number=ticket.number, title=ticket.title, closed=ticket.closed.date() if ticket.closed else None)
            for ticket in draft.tickets
        ),
        since=draft.since,
        until=draft.until,
        signers=(
            Signer(company=project.client),
            Signer(company=company, name=executive.name if executive else "", role=executive.role if executive else ""),
        ),
    )
