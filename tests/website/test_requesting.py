"""Asking for an article: the words, the page and the version reach whom the company names."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from generator.locale import words
from generator.outputs.messages import whatsapp_address
from generator.website.requesting import ContentRequest, content_request, request_address, request_message

ES = words("es")
PHONE, MAIL, PORTAL = "+58 212 555 0100", "clientes@adaptapro.example", "https://oficina.example/t/{ticket}"


def asked(request: ContentRequest | None, number: int, text: str = "nota de débito") -> str:
    assert request is not None
    return request_address(request.ways[number], request_message(request, asked=text, page="https://d.example/a/"))


def test_the_words_the_page_and_the_version_are_in_the_message(settings) -> None:
    request = content_request(replace(settings, contact_phone=PHONE, product_version="12.4"), ES)
    chat = urlsplit(asked(request, 0))
    assert (chat.netloc, chat.path) == ("wa.me", "/582125550100")
    assert parse_qs(chat.query)["text"] == [
        "Hola. Busqué «nota de débito» en la documentación y no lo encontré. ¿Pueden publicarlo? "
        "Página: https://d.example/a/ · versión 12.4"
    ]


def test_a_mail_has_a_subject_and_the_message(settings) -> None:
    address = asked(content_request(replace(settings, contact_email=MAIL), ES), 0)
    assert address.startswith(f"mailto:{MAIL}?subject=Pedir%20un%20contenido")
    assert "«nota de débito»" in unquote(address)


def test_the_oficina_virtual_is_opened_as_it_is(settings) -> None:
    request = content_request(replace(settings, ticket_portal=PORTAL), ES)
    assert asked(request, 0) == "https://oficina.example/t/"


def test_without_scripts_the_links_leave_room_for_the_words(settings) -> None:
    request = content_request(replace(settings, contact_phone=PHONE), ES)
    assert request is not None
    assert unquote(request.ways[0].address).endswith("Busqué: ")


def test_where_nobody_can_be_asked_nothing_is_offered(settings) -> None:
    assert content_request(settings, ES) is None


@given(st.text(st.characters(codec="utf-8")))
def test_whatever_was_typed_arrives_whole(text: str) -> None:
    message = "Busqué «{asked}». Página: {page}"
    request = ContentRequest(title="", invitation="", message=message, ways=())
    told = request_message(request, asked=text, page="p")
    assert told == f"Busqué «{text}». Página: p"
    assert parse_qs(urlsplit(whatsapp_address("", told)).query)["text"] == [told]
