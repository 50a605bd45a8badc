"""The draft of an article: its place, and front matter that reads back whatever the title holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import slugify, split_front_matter
from generator.website.drafting import draft_article, read_template

TEMPLATE = read_template(Path(__file__).parents[2] / "site_templates")


def test_a_draft_has_its_place_and_the_sections_of_an_article() -> None:
    draft = draft_article("Registrar un cobro", template=TEMPLATE, area="Tesorería")
    assert draft.path == "manual/tesoreria/registrar-un-cobro.md"
    body, front = split_front_matter(draft.text)
    assert front["draft"] is True
    headings = [line for line in body.splitlines() if line.startswith("#")]
    assert headings == [
        "# Registrar un cobro",
        *("## Propósito", "## Antes de empezar", "## Pasos", "## Resultado", "## Errores frecuentes", "## Relacionado"),
    ]


def test_without_an_area_it_stands_in_the_manual() -> None:
    assert draft_article("Cobrar", template=TEMPLATE).path == "manual/cobrar.md"


def test_tickets_and_questions_are_in_the_front_matter() -> None:
    draft = draft_article("Cobrar", template=TEMPLATE, questions=["¿Uno\no dos?"], tickets=["1127", "SCL-50", "007"])
    _, front = split_front_matter(draft.text)
    assert (front["tickets"], front["questions"]) == ([1127, "SCL-50", "007"], ["¿Uno o dos?"])
    assert front["date"] is None


@given(st.text(min_size=1).filter(slugify))
def test_any_title_reads_back(title: str) -> None:
    _, front = split_front_matter(draft_article(title, template=TEMPLATE, questions=[title]).text)
    assert slugify(front["title"]) == slugify(title)
    assert front["questions"] == [front["title"]]


@given(st.text())
def test_no_title_or_area_leads_out_of_the_manual(text: str) -> None:
    path = draft_article(f"a{text}", template=TEMPLATE, area=text).path
    assert path.startswith("manual/")
    assert ".." not in path


def test_a_title_without_letters_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"¿\?"):
        draft_article("¿?", template=TEMPLATE)
