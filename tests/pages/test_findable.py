"""What the search box finds in a project."""

from __future__ import annotations

import json

from generator.locale import words
from generator.outputs.data import search_json
from generator.pages.documents import documents_page
from generator.pages.faq import faq_page
from generator.pages.findable import Findable, findable
from generator.projects.model import Document, Project, Request

ES = words("es")


def found(project: Project) -> list[Findable]:
    return list(findable(project, [faq_page(project, (), (), {}, ES), documents_page(project, ES)], ES))


def test_a_ticket_is_found_by_number_title_meaning_area_and_state(make_project) -> None:
    ticket = {"ticket": "1050", "title": "Cargar saldos", "assignee_group": "Contabilidad", "status": "doing"}
    [one] = found(make_project(ticket, meanings={"1050": "Con esto se abre el ejercicio."}))
    assert one == Findable(
        address="#t-1050",
        title="#1050 Cargar saldos",
        kind="Ticket · Contabilidad · en curso",
        text="Con esto se abre el ejercicio.",
    )


def test_a_question_is_found_by_its_answer_where_it_is_published(make_project) -> None:
    told = {"status": "done", "question": "¿Cómo anulo?", "answer": "Pulse **Anular**.", "public": True}
    kept = {"status": "done", "question": "¿Quién fue?", "answer": "Nadie.", "public": False}
    questions = [one for one in found(make_project(told, kept)) if one.address.startswith("preguntas/")]
    assert [(one.address, one.title, one.markdown) for one in questions] == [
        ("preguntas/#p-1", "¿Cómo anulo?", "Pulse **Anular**.")
    ]


def test_documents_and_what_was_asked_are_found(make_project) -> None:
    minutes = Document(
        id="d1", project="acme", kind="minuta", title="Minuta de inicio", file="m.md", text="# Minuta\n\nSe acordó."
    )
    request = Request(id="r1", project="acme", what="Lista de equipos", purpose="Instalar los puestos")
    project = make_project(documents=(minutes,), requests=(request,))
    texts = {one.title: (one.kind.split(" · ")[0], one.text + one.markdown.strip()) for one in found(project)}
    assert texts == {
        "Minuta de inicio": ("Minuta", "Se acordó."),
        "Lista de equipos": ("Datos solicitados", "Instalar los puestos"),
    }


def test_the_file_has_what_a_reader_reads_and_no_markup() -> None:
    one = Findable(
        address="#t-1", title="<b>Uno</b>", kind="Ticket", text="2 < 3", markdown="Pulse **Sí** <script>x</script>"
    )
    assert json.loads(search_json([one])) == [
        {"address": "#t-1", "title": "<b>Uno</b>", "kind": "Ticket", "text": "2 < 3 Pulse Sí"}
    ]
