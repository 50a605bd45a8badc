"""What depends on the client: tickets, data and signatures together."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from generator.locale import words
from generator.pages.on_client import OnClient, on_client
from generator.projects.model import Document, Request

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
ON_CLIENT = {"status": "waiting", "waiting_on": "client", "updated": datetime(2026, 11, 16, 9, tzinfo=CARACAS)}


@pytest.fixture(scope="session")
def pending(make_project):
    """A function: what is said of tickets, and of their project → what depends on the client."""
    return lambda *tickets, **project: on_client(make_project(*tickets, **project), {}, ES)


def request(**fields: object) -> Request:
    return Request(**{"id": "s-1", "project": "acme", "what": "Puestos", "asked": date(2026, 11, 9)} | fields)


def told(found: OnClient) -> list[tuple[str, str]]:
    return [(task.number, task.title) for task in found.tasks]


def test_what_was_asked_first_stands_first_whatever_it_is(pending) -> None:
    letter = Document(id="d-1", project="acme", kind="acta", title="Acta", day=date(2026, 11, 18), state="por firmar")
    found = pending(ON_CLIENT, requests=(request(),), documents=(letter,))
    assert told(found) == [("", "Enviar: Puestos"), ("#1", "Tarea 1"), ("", "Firmar: Acta")]
    assert found.oldest == "la más antigua espera 10 días hábiles"


def test_a_request_of_a_ticket_that_waits_is_told_in_its_row(pending) -> None:
    (task,) = pending(ON_CLIENT, requests=(request(ticket="1"),)).tasks
    assert [(link.text, link.address) for link in task.asks] == [("Enviar: Puestos", "documentos/#s-s-1")]
    assert task.details == ("espera 10 días hábiles",)


def test_a_request_of_a_ticket_that_does_not_wait_has_a_row_that_is_no_ticket(pending) -> None:
    (task,) = pending({"status": "doing"}, requests=(request(ticket="1"),)).tasks
    assert (task.ticket, task.number, task.title) == ("", "#1", "Enviar: Puestos")


def test_with_nothing_to_ask_there_is_no_wait(pending) -> None:
    assert pending({"status": "done", "waiting_on": "client"}) == OnClient(tasks=(), days=None, oldest="")
