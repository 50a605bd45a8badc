"""Documentos: sections, states, files, requests, and the draft of the letter."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from generator.locale import words
from generator.pages.documents import DocumentRow, DocumentsPage, documents_page
from generator.problems import Problem
from generator.projects.model import Document, Phase, Request

ES = words("es")


def document(kind: str = "presupuesto", **said: object) -> Document:
    return Document(**{"id": "d-1", "project": "acme", "kind": kind, "title": "Título"} | said)


def request(**said: object) -> Request:
    return Request(**{"id": "s-1", "project": "acme", "what": "Puestos", "asked": date(2026, 11, 18)} | said)


@pytest.fixture(scope="session")
def page(make_project):
    """A function: documents and requests, and what is said of the project → its page."""

    def make(*parts: Document | Request, **said: object) -> DocumentsPage:
        documents = tuple(part for part in parts if isinstance(part, Document))
        requests = tuple(part for part in parts if isinstance(part, Request))
        return documents_page(make_project(documents=documents, requests=requests, **said), ES)

    return make


@pytest.fixture(scope="session")
def row(page):
    """A function: what is said of one document → its row."""

    def make(*args: str, **said: object) -> DocumentRow:
        (section,) = page(document(*args, **said)).sections
        return section.documents[0]

    return make


@pytest.mark.parametrize("phase", Phase)
def test_sections_are_in_the_order_of_the_phase(page, phase: Phase) -> None:
    shown = page(document(), document("minuta"), request(), phase=phase)
    assert {section.key for section in shown.sections} == {"presupuestos", "datos", "formalidades"}
    first = {Phase.BUSINESS_CASE: "presupuestos", Phase.IMPLEMENTATION: "datos", Phase.PRODUCTION: "formalidades"}
    assert shown.sections[0].key == first.get(phase, "presupuestos")


def test_a_project_without_documents_has_no_sections(page) -> None:
    assert (page().sections, page().pending, page().draft) == ((), (), None)


@pytest.mark.parametrize(
    ("state", "last", "shown", "standing", "tone"),
    [
        ("", date(2026, 12, 5), "vigente", "vence en 12 días (sáb 5 dic)", ""),
        ("", date(2026, 11, 24), "vigente", "vence en 1 día (mar 24 nov)", ""),
        ("", date(2026, 11, 23), "vigente", "vence hoy", ""),
        ("", date(2026, 11, 20), "vencido", "venció el vie 20 nov", "overdue"),
        ("por aprobar", date(2026, 12, 5), "por aprobar", "vence en 12 días (sáb 5 dic)", "client"),
        ("en ajuste", date(2026, 11, 20), "en ajuste", "venció el vie 20 nov", "overdue"),
        ("aprobado", date(2026, 9, 20), "aprobado", "", "done"),
    ],
)
def test_a_quotation_is_as_it_stands_on_the_day_of_the_cut(
    row, state: str, last: date, shown: str, standing: str, tone: str
) -> None:
    made = row(state=state, valid_until=last)
    assert (made.state, made.standing, made.tone, made.number) == (shown, standing, tone, "N.º d-1")


@pytest.mark.parametrize(
    ("state", "last", "standing"),
    [
        ("firmado", None, "vigente"),
        ("firmado", date(2027, 1, 31), "vigente hasta el dom 31 ene 2027"),
        ("firmado", date(2026, 1, 31), "venció el sáb 31 ene"),
        ("pendiente de firma", None, ""),
        ("anulado", None, ""),
    ],
)
def test_a_formal_document_is_in_force_or_not(row, state: str, last: date | None, standing: str) -> None:
    assert row("contrato", state=state, valid_until=last).standing == standing


def test_a_version_that_was_replaced_says_by_which_and_stands_apart(page) -> None:
    (section,) = page(document("acta", version="1"), document("acta", version="2", id="d-2")).sections
    assert [made.version for made in section.documents] == ["versión 2"]
    assert [(made.standing, made.successor) for made in section.older] == [("sustituida por la versión 2", "#d-d-2")]


def test_a_file_has_a_size_and_a_hash_and_markdown_can_be_read(row) -> None:
    made = row("minuta", file="x/m.md", size=1500, sha256="ab", content=b"x", text="# Minuta\n\nUno.\n")
    assert made.file is not None
    assert (made.file.address, made.file.kind, made.file.size) == ("./titulo-v1.txt", "TXT", "2\N{NO-BREAK SPACE}KB")
    assert made.text == "\nUno.\n"


def test_a_text_from_which_names_were_taken_is_not_offered(row) -> None:
    made = row("minuta", file="x/m.md", size=1500, sha256="ab", content=b"", text="Uno.", redacted=True)
    assert made.file is not None
    assert (made.file.address, made.redacted) == ("", True)


@pytest.mark.parametrize(
    ("said", "state", "tone", "waited"),
    [
        ({}, "pedido", "client", "espera 3 días hábiles"),
        ({"received": date(2026, 11, 20)}, "recibido, en revisión", "doing", ""),
        ({"returned": "x.csv"}, "recibido, en revisión", "doing", ""),
        ({"validated": date(2026, 11, 20)}, "validado", "done", ""),
        (
            {"observations": (Problem(message="x"),)},
            "recibida con 1 observación",
            "client",
            "espera 3 días hábiles",
        ),
    ],
)
def test_a_request_tells_its_state_and_how_long_it_waits(page, said: dict, state: str, tone: str, waited: str) -> None:
    (made,) = page(request(**said)).sections[0].requests
    assert (made.state, made.tone, made.waited) == (state, tone, waited)
    assert [step.text for step in made.steps] == ["pedido", "recibido", "validado"]


def test_observations_tell_place_and_cure(page) -> None:
    told = Problem(message="No es un número.", hint="Escriba solo el número.", row=3, column="memoria_gb")
    (made,) = page(request(observations=(told,))).sections[0].requests
    (shown,) = made.observations
    assert (shown.place, shown.message, shown.cure) == (
        "Fila 3, columna «memoria_gb»",
        "No es un número.",
        "Escriba solo el número.",
    )


def test_the_template_of_a_request_is_offered_beside_it_and_not_twice(page) -> None:
    template = document("plantilla", file="x/p.csv", size=10, sha256="ab", content=b"x", version="2")
    (section,) = page(template, request(template="d-1")).sections
    assert section.documents == ()
    assert section.requests[0].template.address == "./titulo-v2.csv"


def test_a_ticket_leads_to_its_row_when_the_project_shows_it(make_project) -> None:
    made = make_project({"ticket": "7"}, requests=(request(ticket="7"), request(id="s-2", ticket="9")))
    links = [one.ticket for one in documents_page(made, ES).sections[0].requests]
    assert [(link.text, link.address) for link in links] == [("#7", "../#t-7"), ("#9", "")]


def test_the_draft_lists_what_was_finished_since_the_cut_before(make_project) -> None:
    closed = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("America/Caracas"))
    draft = documents_page(make_project({"status": "done", "closed": closed}, before=[{}]), ES).draft
    assert draft is not None
    assert draft.title == "Acta de aceptación N.º 2"
    assert draft.period == "Tareas culminadas entre el lun 16 nov 2026 y el lun 23 nov 2026"
    assert [(task.number, task.title, task.closed.text) for task in draft.tasks] == [("#1", "Tarea 1", "vie 20 nov")]
