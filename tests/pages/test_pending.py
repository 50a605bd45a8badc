"""What of the documents waits for the client."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

import pytest

from generator.locale import words
from generator.pages.pending import Asked, pending_of_client, waited
from generator.problems import Problem
from generator.projects.model import Document, Person, Request

ES = words("es")
LUCIA = Person(id="l", name="Lucía Rojas", phone="+58 212 5550123", email="lucia@a.example")


def document(state: str, **said: object) -> Document:
    return Document(
        **{"id": "d-1", "project": "acme", "kind": "acta", "title": "Acta", "state": state, "day": date(2026, 11, 16)}
        | said
    )


def request(**said: object) -> Request:
    return Request(
        **{"id": "s-1", "project": "acme", "what": "Puestos", "asked": date(2026, 11, 18), "ticket": "7"} | said
    )


@pytest.fixture(scope="session")
def pending(make_project):
    """A function: documents and requests → what waits for the client on 23 November 2026."""

    def make(*parts: Document | Request, **said: object):
        documents = tuple(part for part in parts if isinstance(part, Document))
        requests = tuple(part for part in parts if isinstance(part, Request))
        return pending_of_client(make_project(documents=documents, requests=requests, **said), ES)

    return make


@pytest.mark.parametrize(
    ("state", "what", "title"),
    [
        ("pendiente de firma", Asked.SIGNATURE, "Firmar: Acta"),
        ("por firmar", Asked.SIGNATURE, "Firmar: Acta"),
        ("por aprobar", Asked.APPROVAL, "Aprobar: Acta"),
    ],
)
def test_a_document_waits_for_a_signature_or_an_approval(pending, state: str, what: Asked, title: str) -> None:
    (found,) = pending(document(state, ticket="SCL-7"))
    assert (found.what, found.title, found.ticket, found.number, found.days) == (what, title, "SCL-7", "SCL-7", 5)


@pytest.mark.parametrize("state", ["firmada", "enviada", "", "rechazada"])
def test_any_other_document_does_not(pending, state: str) -> None:
    assert pending(document(state)) == ()


def test_a_version_that_was_replaced_waits_for_nobody(pending) -> None:
    assert pending(document("por firmar", version="1"), document("firmada", id="d-2", version="2")) == ()


def test_nobody_is_asked_to_approve_a_quotation_that_expired(pending) -> None:
    assert pending(document("por aprobar", kind="presupuesto", valid_until=date(2026, 11, 20))) == ()


def test_data_asked_and_not_received_wait_in_working_days(pending) -> None:
    (found,) = pending(request())
    assert (found.what, found.number, found.days, found.waited) == (Asked.DATA, "#7", 3, "espera 3 días hábiles")
    assert (found.asked, found.anchor) == (date(2026, 11, 18), "s-s-1")


@pytest.mark.parametrize(
    "said", [{"received": date(2026, 11, 20)}, {"returned": "x.csv"}, {"validated": date(2026, 11, 20)}]
)
def test_what_was_received_waits_no_more(pending, said: dict[str, object]) -> None:
    assert pending(request(**said)) == ()


def test_what_came_back_with_observations_waits_for_its_correction(pending) -> None:
    told = (Problem(message="No es un número."),)
    (found,) = pending(request(received=date(2026, 11, 20), observations=told))
    assert (found.what, found.title, found.days) == (Asked.CORRECTION, "Corregir: Puestos", 1)
    assert pending(request(validated=date(2026, 11, 20), observations=told)) == ()


def test_the_longest_comes_first_and_an_unknown_day_last(pending) -> None:
    found = pending(document("por firmar", day=None), request(), document("por firmar", id="d-3", title="Otra"))
    assert [one.days for one in found] == [5, 3, None]


def test_the_answer_carries_ticket_and_cut(pending) -> None:
    (found,) = pending(request(), executive=LUCIA)
    for link in found.answers:
        assert "#7 «Enviar: Puestos»" in unquote(link.address)
        assert "corte N.º 1, lun 23 nov 2026" in unquote(link.address)


@pytest.mark.parametrize(("days", "text"), [(None, ""), (0, "desde hoy"), (1, "espera 1 día hábil")])
def test_a_wait_is_told_in_words(days: int | None, text: str) -> None:
    assert waited(days, ES) == text
