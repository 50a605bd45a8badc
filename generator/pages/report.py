"""Informe: a page's view as a document of plain blocks, for paper. `site_templates/report/` says what it looks like.

A document is a tuple of blocks in reading order, so that the whole report is the blocks of each section, one after
the other. The numbers are those of the page: a report is made from its view, and counts nothing again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .parts import Figure, Segment, Step, Task
from .progress import ProgressPage

if TYPE_CHECKING:
    from datetime import date

    from ..locale import Words
    from .charts import Chart
    from .parts import Header


_ENDED = 60
"""How many ended tasks are on paper, the newest ones; the page has them all."""


@dataclass(frozen=True)
class Heading:
    """A title and a bookmark: of a section (level 1), or of a part of one (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `soft` is an aside, `notice` stands in a box."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Figures:
    """Cards side by side; three fit in the width."""

    cards: tuple[Figure, ...]


@dataclass(frozen=True)
class BarPart:
    """A part of a bar in hundredths of its width; `label` stands in it where it fits, `text` in the legend."""

    kind: str
    width: float
    label: str
    text: str


@dataclass(frozen=True)
class Bar:
    """A bar in parts, and what each of them says."""

    parts: tuple[BarPart, ...]


@dataclass(frozen=True)
class Column:
    """A column: as narrow as its texts when `share` is 0, else its share of the width that those leave."""

    title: str
    share: float = 0
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A text, and under it a smaller note; `tone` is "" or `overdue`."""

    text: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under headings that every page repeats."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A chart, and `alt` for who does not see it."""

    chart: Chart
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class Ruled:
    """Empty lines to write on by hand."""

    lines: int = 3


@dataclass(frozen=True)
class Signer:
    """Who signs, and for whom; an empty name is left to be written."""

    company: str
    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class Signatures:
    """Places to sign, side by side, and the word before the day of the signature."""

    signers: tuple[Signer, ...]
    day: str


Block: TypeAlias = Heading | Paragraph | Figures | Bar | Table | Picture | Ruled | Signatures


@dataclass(frozen=True, kw_only=True)
class Report:
    """A document: what its head says, and its blocks.

    `cut_iso` is the day or instant of the cut (ISO 8601, "" where unknown): the document's date. `address` is where the
    page is read, "" where there is none; `online` names it. `paging` has the places {page} and {pages}. `draft` is the
    word that marks what is not valid yet, or "".
    """

    title: str
    client: str
    project: str
    cut: str
    cut_day: str
    cut_iso: str
    company: str
    executive: str
    language: str
    steps: tuple[Step, ...]
    done: str
    address: str
    online: str
    paging: str
    draft: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A ticket on an acceptance letter: its number, its title and the day on which it ended, where known."""

    number: str
    title: str
    closed: date | None = None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """An acceptance letter: its number from 1, its tickets, and the two days between which they ended.

    `replaces` is the number of the letter that it corrects, 0 for none; `signed` tells that it is no draft any more.
    """

    number: int
    tickets: tuple[Finished, ...]
    since: date
    until: date
    signers: tuple[Signer, ...]
    replaces: int = 0
    signed: bool = False


def report(  # noqa: PLR0913 - the head of a document has these parts
    header: Header,
    words: Words,
    *,
    title: str,
    blocks: Iterable[Block],
    company: str,
    address: str = "",
    draft: str = "",
    phases: bool = True,
) -> Report:
    """Return the document *title* of the project whose pages have *header*.

    *address* is the full one of the page, for the QR; without it there is none. *phases* tells whether to show them.
    """
    moment = header.cut_moment
    return Report(
        title=title,
        client=header.client,
        project=header.project,
        cut=header.cut,
        cut_day=moment.text if moment else "",
        cut_iso=moment.iso if moment else "",
        company=company,
        executive=header.executive,
        language=words.language,
        steps=header.steps if phases else (),
        done=words.text("terminada"),
        address=address,
        online=words.text("Página del proyecto"),
        paging=words.text("Página {page} de {pages}"),
        draft=draft,
        blocks=tuple(blocks),
    )


def progress_report(
    page: ProgressPage, words: Words, *, company: str, address: str = "", more: Iterable[Block] = ()
) -> Report:
    """Return the progress page as a document; *more* are the blocks of other sections, for the whole report."""
    return report(
        page.header,
        words,
        title=words.text("Informe de avance"),
        blocks=(*progress_blocks(page, words, company=company), *more),
        company=company,
        address=address,
    )


def pending_report(page: ProgressPage, words: Words, *, company: str, address: str = "") -> Report:
    """Return what is pending, of both sides, as a document."""
    return report(
        page.header,
        words,
        title=words.text("Tareas pendientes"),
        blocks=pending_blocks(page, words, company=company),
        company=company,
        address=address,
    )


def acceptance_report(header: Header, letter: Letter, words: Words, *, company: str, address: str = "") -> Report:
    """Return an acceptance letter (*acta de aceptación*) as a document; marked as a draft until it is signed."""
    return report(
        header,
        words,
        title=words.text("Acta de aceptación N.º {number}").format(number=letter.number),
        blocks=_letter_blocks(header, letter, words, company),
        company=company,
        address=address,
        draft="" if letter.signed else words.text("Borrador"),
        phases=False,
    )


def progress_blocks(page: ProgressPage, words: Words, *, company: str) -> tuple[Block, ...]:
    """Return the figures of the progress page, what is pending, and what ended lately."""
    return (
        Figures(_cards(page, words)),
        *([Bar(_bar(page, words))] if page.segments else []),
        *_on_client(page, words),
        *(_chart(page.burn_up) if page.burn_up else ()),
        *_pending(page, words, company),
        *_ended(words.text("Culminadas"), page.done, words),
        *_ended(words.text("Anuladas"), page.cancelled, words),
    )


def pending_blocks(page: ProgressPage, words: Words, *, company: str) -> tuple[Block, ...]:
    """Return what waits on the client, the oldest first, and then what the company has pending."""
    return (*_on_client(page, words), *_pending(page, words, company))


def tasks_table(tasks: Iterable[Task], words: Words, *, details: str = "") -> Table:
    """Return task rows as a table: number, title and meaning, details (where any row has them), and date.

    *details* is the heading of theirs, "Situación" if none is given.
    """
    rows = tuple(
        (
            Cell(task.number),
            Cell(task.title, note=task.meaning),
            Cell(" · ".join(task.details)),
            Cell(task.moment_text, tone="overdue" if task.overdue else ""),
        )
        for task in tasks
    )
    columns = (
        Column(words.text("N.º")),
        Column(words.text("Tarea"), share=5),
        Column(details or words.text("Situación"), share=3),
        Column(words.text("Fecha")),
    )
    if any(row[2].text for row in rows):
        return Table(columns, rows)
    return Table((*columns[:2], columns[3]), tuple((*row[:2], row[3]) for row in rows))


def bar(segments: Iterable[Segment], amounts: Mapping[str, object], texts: Mapping[str, str]) -> Bar:
    """Return a page's bar for paper; *amounts* and *texts* have, by kind, what stands in a part and in the legend."""
    return Bar(tuple(BarPart(part.kind, part.width, str(amounts[part.kind]), texts[part.kind]) for part in segments))


def _cards(page: ProgressPage, words: Words) -> tuple[Figure, ...]:
    agreed = page.next_agreed
    return (
        Figure(title=words.text("Avance"), value=page.percent, lines=(page.counts.split(" · ")[0], page.rule)),
        Figure(
            title=words.text("Próxima fecha acordada"),
            value=agreed.moment.text if agreed and agreed.moment else words.text("sin fecha"),
            lines=(
                f"{agreed.number} {agreed.title}" if agreed else words.text("No hay ninguna fecha acordada por venir."),
            ),
        ),
        *((page.third,) if page.third else ()),
    )


def _bar(page: ProgressPage, words: Words) -> tuple[BarPart, ...]:
    counted = page.progress
    amounts = {
        "done": counted.done,
        "doing": counted.doing,
        "waiting": counted.waiting - counted.on_client,
        "client": counted.on_client,
        "todo": counted.todo,
    }
    texts = {
        "done": words.plural("{count} culminada", "{count} culminadas", counted.done),
        "doing": words.text("{count} en curso"),
        "waiting": words.text("{count} en espera"),
        "client": words.plural("{count} espera por usted", "{count} esperan por usted", counted.on_client),
        "todo": words.text("{count} por hacer"),
    }
    legend = {kind: text.format(count=amounts[kind]) for kind, text in texts.items()}
    return bar(page.segments, amounts, legend).parts


def _on_client(page: ProgressPage, words: Words) -> Iterable[Block]:
    tasks = (*page.on_client, *page.on_client_more)
    if not tasks:
        yield Heading(words.text("No hay nada pendiente de su parte"))
        return
    yield Heading(words.text("Dependen de usted: %(count)s") % {"count": len(tasks)})
    if page.oldest:
        yield Paragraph(f"{page.oldest[:1].upper()}{page.oldest[1:]}.", "soft")
    yield tasks_table(tasks, words)


def _chart(chart: Chart) -> Iterable[Block]:
    yield Heading(chart.title)
    legend = " · ".join(part.text for part in chart.legend)
    yield Picture(chart, alt=chart.description, caption=f"{legend}. {chart.rule}")


def _pending(page: ProgressPage, words: Words, company: str) -> Iterable[Block]:
    pending = words.text("Pendientes de %(company)s (%(count)s)") % {"company": company, "count": len(page.pending)}
    yield Heading(pending)
    if page.pending:
        yield tasks_table(page.pending, words)
    else:
        yield Paragraph(words.text("No hay tareas pendientes de nuestra parte."), "soft")


def _ended(name: str, tasks: Sequence[Task], words: Words) -> Iterable[Block]:
    """Yield the newest of the ended *tasks*, and how many more the pages have; nothing where none ended."""
    if not tasks:
        return
    yield Heading(f"{name} ({len(tasks)})")
    yield tasks_table(tasks[:_ENDED], words, details=words.text("Área"))
    more = len(tasks) - _ENDED
    if more > 0:
        text = words.plural("Hay {count} más en la página.", "Hay {count} más en la página.", more)
        yield Paragraph(text.format(count=more), "soft")


def _letter_blocks(header: Header, letter: Letter, words: Words, company: str) -> Iterable[Block]:
    names = {"company": company, "client": header.client, "project": header.project}
    days = {"since": words.full_day(letter.since), "until": words.full_day(letter.until)}
    if not letter.signed:
        yield Paragraph(words.text("Borrador: no tiene validez hasta que las partes lo firmen."), "notice")
    if letter.replaces:
        text = words.text("Esta acta corrige y sustituye al acta N.º {number}.")
        yield Paragraph(text.format(number=letter.replaces))
    yield Paragraph(
        words.text(
            "{company} entrega a {client} las tareas del proyecto {project} que se detallan a continuación, "
            "culminadas en el período del {since} al {until}."
        ).format(**names, **days)
    )
    count = len(letter.tickets)
    yield Heading(f"{words.text('Tareas que se entregan')} ({count})")
    yield (
        _letter_table(letter.tickets, words)
        if count
        else Paragraph(words.text("En este período no se culminó ninguna tarea."), "soft")
    )
    yield Heading(words.text("Aceptación"))
    yield Paragraph(
        words.text(
            "Con su firma, {client} declara que ha revisado las tareas detalladas en esta acta y que las acepta, "
            "salvo las observaciones que deje escritas en ella. Esta acta no modifica el alcance, los plazos ni las "
            "tarifas contratados."
        ).format(**names)
    )
    yield Heading(words.text("Observaciones"), 2)
    yield Ruled()
    yield Heading(words.text("Firmas"), 2)
    yield Signatures(letter.signers, words.text("Fecha"))


def _letter_table(tickets: Iterable[Finished], words: Words) -> Table:
    undated = words.text("sin fecha")
    return Table(
        (Column(words.text("N.º")), Column(words.text("Tarea"), share=1), Column(words.text("Culminada"))),
        tuple(
            (
                Cell(ticket.number),
                Cell(ticket.title or words.text("Sin título")),
                Cell(words.day(ticket.closed, year=True) if ticket.closed else undated),
            )
            for ticket in tickets
        ),
    )
