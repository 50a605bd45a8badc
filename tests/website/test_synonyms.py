from __future__ import annotations

from pathlib import Path

import pytest

from generator.locale import words
from generator.problems import one_line
from generator.settings import site_root
from generator.website.search import words_of
from generator.website.synonyms import read_synonyms

SHIPPED = site_root() / "site_templates" / "search" / "synonyms.yml"


@pytest.fixture
def read(tmp_path: Path):
    """A function: the text of content/synonyms.yml → its entries, and its problems as lines."""

    def read_(text: str) -> tuple[list[object], list[str]]:
        (tmp_path / "shipped.yml").write_text("- [a, b]\n", encoding="utf-8")
        (tmp_path / "own.yml").write_text(text, encoding="utf-8")
        entries, problems = read_synonyms(tmp_path / "shipped.yml", tmp_path / "own.yml")
        return list(entries), [one_line(problem, words("es").text) for problem in problems]

    return read_


def test_the_writers_words_are_added_to_those_that_ship(read) -> None:
    assert read("- [c, d]\n- e: [f, g]\n- h: i\n") == ([["a", "b"], ["c", "d"], {"e": ["f", "g"]}, {"h": ["i"]}], [])


def test_an_empty_list_adds_nothing(read) -> None:
    assert read("# nada\n") == ([["a", "b"]], [])


def test_a_number_is_a_word(read) -> None:
    assert read("- [607, compras]\n")[0][1] == ["607", "compras"]


def test_a_wrong_entry_is_told_and_left_out(read) -> None:
    entries, problems = read("- suelta\n- [c, d]\n")
    assert entries == [["a", "b"], ["c", "d"]]
    assert problems == [
        "content/synonyms.yml: La entrada 1 no es una lista de palabras. "
        "Escriba cada entrada así: «- [producto, artículo]» o «- llegó: [recepción]»."
    ]


def test_a_file_that_is_no_list_is_told(read) -> None:
    for text in ("producto: [artículo", "palabra"):
        entries, problems = read(text)
        assert entries == [["a", "b"]]
        assert len(problems) == 1


def test_a_site_needs_no_words_of_its_own(tmp_path: Path) -> None:
    entries, problems = read_synonyms(SHIPPED, tmp_path / "none.yml")
    assert len(entries) > 150
    assert problems == ()


def test_no_phrase_stands_twice_in_a_group() -> None:
    entries, _ = read_synonyms(SHIPPED, SHIPPED.with_name("none"))
    for entry in entries:
        group = entry if isinstance(entry, list) else [*entry, *(word for others in entry.values() for word in others)]
        phrases = [tuple(words_of(phrase)) for phrase in group]
        assert len(phrases) == len(set(phrases)), entry
        assert all(phrases), entry
