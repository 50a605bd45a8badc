"""Jira's wiki mark-up → Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.tickets.markup import wiki_to_markdown


@pytest.mark.parametrize(
    ("wiki", "markdown"),
    [
        ("h3. Pasos", "### Pasos"),
        ("Abra *Ventas* y _luego_ {{F5}}", "Abra **Ventas** y *luego* `F5`"),
        ("* uno\n** dos\n# tres", "- uno\n    - dos\n1. tres"),
        ("[el manual|https://example.org/a]", "[el manual](https://example.org/a)"),
        ("[https://example.org/a]", "<https://example.org/a>"),
        ("Vea !captura.png|thumbnail! aquí", "Vea  aquí"),
        ("{color:red}Cuidado{color}", "Cuidado"),
        ("{code:sql}\nselect *a* from b\n{code}", "\n```\nselect *a* from b\n```\n"),
        ("3 * 4 * 5, snake_case_word, ¡Listo! y ¡ya!", "3 * 4 * 5, snake_case_word, ¡Listo! y ¡ya!"),
    ],
)
def test_notation_becomes_markdown(wiki: str, markdown: str) -> None:
    assert wiki_to_markdown(wiki) == markdown


@given(st.text(st.characters(categories=("L", "N", "Zs"))))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert wiki_to_markdown(text) == text
