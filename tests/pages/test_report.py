"""Pages → documents for paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.parts import Header, Segment, Task
from generator.pages.progress import ProgressPage, progress_page
from generator.pages.report import (
    _ENDED,
    Bar,
    Block,
    Cell,
    Figures,
    Finished,
    Heading,
    Letter,
    Paragraph,
    Report,
    Signatures,
    Signer,
    Table,
    acceptance_report,
    bar,
    pending_report,
    progress_report,
    tasks_table,
)

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
ON_CLIENT = {"status": "waiting", "waiting_on": "client"}
TICKETS = st.lists(
    st.sampled_from(
        [ON_CLIENT, {"status": "waiting"}, *({"status": word} for word in ("todo", "doing", "done", "cancelled"))]
    ),
    max_size=25,
)
CLIENT, COMPANY = Signer("ACME, C.A.", "Ana Ruiz", "Gerente"), Signer("AdaptaPro")


@pytest.fixture(scope="session")
def page(make_project):
    """A function: what is said of tickets, and of their project → the progress page, in Spanish."""
    return lambda *tickets, **project: progress_page(make_project(*tickets, **project), {}, ES)


@pytest.fixture
def letter(page):
    """A function: what an acceptance letter says, besides the usual → its document."""

    def make(*tickets: Finished, **said: object) -> Report:
        usual = {"number": 2, "since": date(2026, 11, 16), "until": date(2026, 11, 23), "signers": (CLIENT, COMPANY)}
        return acceptance_report(page().header, Letter(tickets=tickets, **usual | said), ES, company="AdaptaPro")

    return make


def on_paper(page: ProgressPage, **said: object) -> Report:
    return progress_report(page, ES, company="AdaptaPro", **said)


def of_kind(shown: Report, kind: type) -> list:
    return [block for block in shown.blocks if isinstance(block, kind)]


def texts(shown: Report) -> str:
    """Return every heading and paragraph, a line each."""
    return "\n".join(block.text for block in shown.blocks if isinstance(block, Heading | Paragraph))


def numbers(tasks: tuple[Task, ...]) -> list[str]:
    return [task.number for task in tasks]


def column(blocks: list[Block]) -> list[str]:
    """Return the first cell of every row of every table."""
    return [row[0].text for block in blocks if isinstance(block, Table) for row in block.rows]


@settings(max_examples=30)
@given(TICKETS)
def test_paper_has_the_tickets_and_figures_of_the_page_in_its_order(page, tickets: list[dict[str, str]]) -> None:
    view = page(*tickets)
    shown = on_paper(view)
    lists = (view.on_client, view.on_client_more, view.pending, view.done, view.cancelled)
    assert column(of_kind(shown, Table)) == [number for part in lists for number in numbers(part)]
    assert of_kind(shown, Figures)[0].cards[0].value == view.percent


@settings(max_examples=30)
@given(TICKETS)
def test_the_bar_says_of_each_state_what_the_page_says(page, tickets: list[dict[str, str]]) -> None:
    view = page(*tickets)
    parts = [part for block in of_kind(on_paper(view), Bar) for part in block.parts]
    assert [part.kind for part in parts] == [segment.kind for segment in view.segments]
    assert sum(int(part.label) for part in parts) == view.progress.total
    for part in parts:
        assert part.text in view.counts or part.kind == "done"


def test_the_sections_are_named_as_on_the_page(page) -> None:
    shown = on_paper(page(ON_CLIENT, {}, {"status": "done"}, {"status": "cancelled"}))
    names = ["Dependen de usted: 1", "Pendientes de AdaptaPro (1)", "Culminadas (1)", "Anuladas (1)"]
    assert [block.text for block in of_kind(shown, Heading)] == names


def test_where_nothing_is_pending_paper_says_so(page) -> None:
    said = texts(pending_report(page(), ES, company="AdaptaPro"))
    assert "No hay nada pendiente de su parte" in said
    assert "No hay tareas pendientes de nuestra parte." in said


def test_of_what_ended_only_the_newest_are_printed_and_the_rest_is_counted(page) -> None:
    shown = on_paper(page(*[{"status": "done"}] * (_ENDED + 3)))
    assert len(column(of_kind(shown, Table))) == _ENDED
    assert "Hay 3 más en la página." in texts(shown)


def test_the_pending_report_has_both_sides_and_nothing_that_ended(page) -> None:
    view = page({"status": "done"}, ON_CLIENT, {})
    shown = pending_report(view, ES, company="AdaptaPro")
    assert column(of_kind(shown, Table)) == numbers(view.on_client + view.pending)
    assert shown.title == "Tareas pendientes"


def test_other_sections_follow_in_the_whole_report(page) -> None:
    support = (Heading("Soporte"), Paragraph("Nada."))
    assert on_paper(page(), more=support).blocks[-2:] == support


def test_a_date_gone_by_stands_out(page) -> None:
    view = page({"due": datetime(2026, 11, 20, tzinfo=CARACAS)}, {})
    cells = [row[-1] for row in tasks_table(view.pending, ES).rows]
    assert cells == [Cell("venció el vie 20 nov", tone="overdue"), Cell("sin fecha")]


def test_a_column_that_no_row_fills_is_left_out(page) -> None:
    done = page({"status": "done"}).done
    assert [shown.title for shown in tasks_table(done, ES).columns] == ["N.º", "Tarea", "Fecha"]
    with_area = (*done, replace(done[0], details=("Ventas",)))
    table = tasks_table(with_area, ES, details="Área")
    assert [shown.title for shown in table.columns] == ["N.º", "Tarea", "Área", "Fecha"]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_any_bar_of_a_page_goes_on_paper() -> None:
    shown = bar(
        (Segment("used", 0, 25), Segment("left", 25, 75)), {"used": 45, "left": 135}, {"used": "a", "left": "b"}
    )
    assert [(part.kind, part.width, part.label, part.text) for part in shown.parts] == [
        ("used", 25, "45", "a"),
        ("left", 75, "135", "b"),
    ]


def test_the_head_is_the_pages(page) -> None:
    header = page().header
    shown = on_paper(page(), address="https://example.org/p/acme/")
    assert (shown.client, shown.project, shown.steps) == (header.client, header.project, header.steps)
    assert (shown.cut, shown.cut_day, shown.cut_iso) == ("Corte N.º 1", "lun 23 nov 2026", "2026-11-23")
    assert shown.address == "https://example.org/p/acme/"


def test_a_cut_without_a_day_has_none_on_paper(page) -> None:
    header: Header = replace(page().header, cut_moment=None)
    shown = on_paper(replace(page(), header=header))
    assert (shown.cut_day, shown.cut_iso) == ("", "")


def test_a_letter_lists_what_is_handed_over(letter) -> None:
    shown = letter(
        Finished(number="#7", title="Cargar saldos", closed=date(2026, 11, 18)), Finished(number="#9", title="")
    )
    assert [[cell.text for cell in row] for row in of_kind(shown, Table)[0].rows] == [
        ["#7", "Cargar saldos", "mié 18 nov 2026"],
        ["#9", "Sin título", "sin fecha"],
    ]
    assert shown.title == "Acta de aceptación N.º 2"
    assert "AdaptaPro entrega a ACME, C.A. las tareas del proyecto Ventas" in texts(shown)
    assert "del lunes, 16 de noviembre de 2026 al lunes, 23 de noviembre de 2026" in texts(shown)


def test_a_letter_is_a_draft_until_it_is_signed(letter) -> None:
    assert letter().draft == "Borrador"
    assert "no tiene validez" in texts(letter())
    assert letter(signed=True).draft == ""
    assert "no tiene validez" not in texts(letter(signed=True))


def test_a_letter_names_the_one_that_it_replaces(letter) -> None:
    assert "sustituye" not in texts(letter())
    assert "sustituye al acta N.º 1" in texts(letter(replaces=1))


def test_a_letter_ends_with_the_signatures(letter) -> None:
    assert letter().blocks[-1] == Signatures((CLIENT, COMPANY), "Fecha")


def test_a_letter_without_tickets_says_so(letter) -> None:
    assert not of_kind(letter(), Table)
    assert "no se culminó ninguna tarea" in texts(letter())
