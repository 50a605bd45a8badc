"""Spelling: what a dictionary does not have and is right all the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.website import spelling
from generator.website.spelling import misspelt, read_own_words, verbs_of

needs_hunspell = pytest.mark.skipif(
    misspelt([], []) is None, reason="hunspell and hunspell-es are not installed (apt-get install hunspell hunspell-es)"
)


@needs_hunspell
def test_a_typo_is_found_and_a_word_is_not() -> None:
    assert misspelt(["factura", "Factura", "facutra", "razon", "proveedor"], []) == {"facutra", "razon"}


@needs_hunspell
@pytest.mark.parametrize("word", ["regístrelo", "Escríbalas", "cruzarlo", "compénselo", "restablézcala", "prográmelo"])
def test_a_verb_with_pronouns_is_right(word: str) -> None:
    assert misspelt([word], []) == frozenset()


@needs_hunspell
@pytest.mark.parametrize("word", ["registrelo", "rejístrelo", "cruzárlo", "Escribalas"])
def test_a_verb_with_pronouns_may_be_wrong(word: str) -> None:
    assert misspelt([word], []) == {word}


@needs_hunspell
def test_own_words_and_abbreviations_are_right() -> None:
    assert misspelt(["Kardex", "kardex", "reteICA", "SENIAT"], ["kardex", "reteICA"]) == frozenset()
    assert misspelt(["adaptapro"], ["AdaptaPro"]) == {"adaptapro"}


def test_without_hunspell_nothing_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("hunspell") is None
    assert spelling.misspelt(["facutra"], []) is None


def test_a_word_without_pronouns_is_no_verb() -> None:
    assert verbs_of("factura") == frozenset()


def test_own_words_are_read_without_remarks(tmp_path: Path) -> None:
    assert read_own_words(tmp_path) == frozenset()
    (tmp_path / ".words").write_text("# Oficio\nkardex\n\nmonto # de dinero\n", encoding="utf-8")
    assert read_own_words(tmp_path) == {"kardex", "monto"}
