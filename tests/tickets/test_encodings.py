"""Bytes → UTF-8: the mark, the evidence of the letters, lines of another encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.tickets.encodings import code_page, decode

SPANISH = "Configuración de la señal; ¿cuándo se envió la factura? Año fiscal “nuevo” – guion"
PORTUGUESE = "Não há informações sobre a configuração; São José às 9h; ações úteis"
RUSSIAN = "Новая задача: проверить отчёт по складу и закрыть месяц"
JAPANESE = "新しいタスク: レポートを確認する"
POLISH = "Zgłoszenie: źródło błędu, proszę sprawdzić łącze i żądanie"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SPANISH, "cp1252", "windows-1252"),
        (SPANISH.upper(), "cp1252", "windows-1252"),
        (SPANISH.replace("“", "«").replace("”", "»").replace("–", "-"), "cp850", "cp850"),
        (SPANISH, "mac_roman", "mac-roman"),
        (PORTUGUESE, "cp1252", "windows-1252"),
        (PORTUGUESE, "cp850", "cp850"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "koi8-r"),
        (POLISH, "cp1250", "windows-1250"),
        (JAPANESE, "cp932", "shift_jis"),
        (SPANISH, "utf-16-le", "utf-16-le"),
        (SPANISH, "utf-16-be", "utf-16-be"),
        (SPANISH, "utf-16", "utf-16-le"),
        (SPANISH, "utf-32", "utf-32-le"),
        (SPANISH, "utf-8-sig", "utf-8"),
        (SPANISH, "utf-8", "utf-8"),
    ],
)
def test_encoding_is_told_by_evidence(text: str, codec: str, name: str) -> None:
    assert decode(f"ID,Title\n1,{text}\n".encode(codec)) == (f"ID,Title\n1,{text}\n".encode(), name, ())


def test_lines_in_another_encoding_are_read_with_theirs_and_named() -> None:
    data = "ID\nseñal\naño\n".encode() + "cañón\n".encode("cp1252") + "más\n".encode()
    assert decode(data) == ("ID\nseñal\naño\ncañón\nmás\n".encode(), "utf-8", (4,))


def test_bytes_that_are_no_text_are_refused() -> None:
    assert decode(bytes(range(256)) * 8) is None


def test_nothing_foreign_is_the_usual_code_page() -> None:
    assert code_page(b"plain") == "windows-1252"


@given(st.binary())
def test_what_is_decoded_is_utf8(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or decoded[0].decode() is not None
