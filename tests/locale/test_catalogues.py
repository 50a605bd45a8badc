"""The catalogues: every text of the code and the templates has its translation, and nothing else has one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import generator
from generator.locale import LANGUAGES, SOURCE, words

PACKAGE = Path(generator.__file__).parent
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
EACH = pytest.mark.parametrize("language", [language for language in LANGUAGES if language != SOURCE])


def entries(language: str) -> list[Message]:
    with (PACKAGE / "locale" / language / "avance.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@EACH
def test_every_text_is_in_the_catalogue_and_nothing_else(language: str, texts: set[str | tuple[str, ...]]) -> None:
    assert {message.id for message in entries(language)} == texts


@EACH
def test_every_entry_is_translated_in_all_its_forms(language: str) -> None:
    assert not [message.id for message in entries(language) if message.fuzzy or not all(forms(message.string))]


@EACH
def test_placeholders_and_the_spaces_around_a_text_are_kept(language: str) -> None:
    def kept(text: str) -> tuple[tuple[str, ...], str]:
        return tuple(sorted(PLACEHOLDER.findall(text))), re.sub(r"\S.*\S|\S", "", text, flags=re.DOTALL)

    for message in entries(language):
        assert {kept(form) for form in forms(message.string)} == {kept(form) for form in forms(message.id)}


def test_portuguese_has_its_own_texts_plurals_and_days() -> None:
    pt = words("pt")
    assert pt.text("Preguntas frecuentes") == "Perguntas frequentes"
    counted = [pt.plural("{count} nueva", "{count} nuevas", count) for count in (0, 1, 2)]
    assert counted == ["{count} novas", "{count} nova", "{count} novas"]
    assert pt.day(date(2026, 11, 25), year=True) == "qua 25 nov 2026"


def test_a_day_in_figures_cannot_be_taken_for_another_one() -> None:
    assert [words(language).short_day(date(2026, 11, 12)) for language in ("es", "en", "pt")] == [
        "12/11",
        "Nov 12",
        "12/11",
    ]


@pytest.mark.parametrize(
    ("zone", "city"),
    [("America/Sao_Paulo", "São Paulo"), ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("UTC", "UTC")],
)
def test_a_time_zone_is_named_by_its_city(zone: str, city: str) -> None:
    assert words("es").city(ZoneInfo(zone)) == city
