"""The text of messages: short in a chat, plain whatever a tracker says, and whole behind their link."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from generator.locale import words
from generator.outputs.messages import mail_address, mail_text, whatsapp_address, whatsapp_text
from generator.pages.digest import Digest, Told, Topic

ES = words("es")
TEXT = {"name": "Ana", "address": "https://avance.example/p/acme/", "site": "https://avance.example/"}


def digest(*finished: str, **fields: object) -> Digest:
    usual = {
        "project": "acme",
        "name": "Ventas",
        "cut": "corte N.º 2, lun 23 nov 2026",
        "day": None,
        "since": "corte N.º 1, lun 16 nov 2026",
        "counts": "1 de 2 tareas culminadas (50 %)",
        "topics": {Topic.FINISHED: tuple(Told(number="#1", title=title) for title in finished)} if finished else {},
        "is_new_cut": True,
    }
    return Digest(**usual | fields)


def test_a_chat_names_a_few_and_leads_to_the_page() -> None:
    told = whatsapp_text(digest(*"abcdefg"), ES, **TEXT)
    assert told.startswith("Hola, Ana. Ya está publicado el corte N.º 2, lun 23 nov 2026, del proyecto Ventas.")
    assert "\n\n*Culminadas (7)*\n• #1 a\n" in told
    assert "• #1 e\n… y 2 más.\n" in told
    assert told.endswith("El detalle está en su página: https://avance.example/p/acme/")


def test_a_mail_names_more_and_has_no_marks_of_a_chat() -> None:
    told = mail_text(digest(*"abcdefg"), ES, **TEXT)
    assert "\n\nCulminadas (7)\n" in told
    assert "• #1 g\n" in told


def test_an_article_comes_with_its_address() -> None:
    article = Told(number="#7", title="Recibir por partes", note="Recepción", address="manual/partes/")
    told = whatsapp_text(digest(topics={Topic.ARTICLES: (article,)}, is_new_cut=False, since=""), ES, **TEXT)
    assert "Hay novedades del proyecto Ventas." in told
    assert "• #7 Recibir por partes (Recepción): https://avance.example/manual/partes/" in told


@given(st.text())
def test_no_title_breaks_its_line(title: str) -> None:
    lines = whatsapp_text(digest(title, "después"), ES, **TEXT).splitlines()
    assert [line for line in lines if line.startswith("• #1 después")]
    assert len(lines) == len(whatsapp_text(digest("x", "después"), ES, **TEXT).splitlines())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")), st.text(st.characters(codec="utf-8")))
def test_links_carry_the_whole_text(subject: str, text: str) -> None:
    chat = urlsplit(whatsapp_address("+58 212 555 0101", text))
    assert (chat.netloc, chat.path) == ("wa.me", "/582125550101")
    assert parse_qs(chat.query, keep_blank_values=True)["text"] == [text]
    mail = mail_address("ana@acme.example", subject, text)
    assert mail.startswith("mailto:ana@acme.example?subject=")
    fields = dict(part.split("=", 1) for part in mail.partition("?")[2].split("&"))
    assert unquote(fields["subject"]) == subject
    assert unquote(fields["body"]) == text.replace("\n", "\r\n")


def test_without_a_phone_one_chooses_the_chat() -> None:
    assert whatsapp_address("", "hola") == "https://wa.me/?text=hola"
