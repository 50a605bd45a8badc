"""Preguntas frecuentes: the policy's questions and the project's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale import words
from generator.metrics.likeness import Article
from generator.pages.faq import Question, faq_page, policy_questions

ES = words("es")
PUBLISHED = {"status": "done", "answer": "Así.", "public": True}
LINES = st.text(st.characters(exclude_characters="#~`\r\n{}", exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@pytest.fixture(scope="session")
def own(make_project):
    """A function: what is said of tickets → the project's own questions."""
    return lambda *tickets: faq_page(make_project(*tickets), (), (), {}, ES).own


def test_a_resolved_question_marked_to_be_published_is_shown(own) -> None:
    assert own(PUBLISHED | {"ticket": "7", "title": "¿Cómo?"}) == (
        Question(question="¿Cómo?", answer="Así.", anchor="p-1", number="#7"),
    )


@pytest.mark.parametrize(
    "said", [{"public": None}, {"public": False}, {"answer": ""}, {"status": "doing"}, {"status": "cancelled"}]
)
def test_nothing_else_is(own, said: dict[str, object]) -> None:
    assert own(PUBLISHED | said) == ()


def test_the_question_in_the_clients_words_stands_before_the_title(own) -> None:
    assert own(PUBLISHED | {"title": "Incidencia 7", "question": "¿Por qué?"})[0].question == "¿Por qué?"


def test_anchors_are_told_apart(own) -> None:
    assert [question.anchor for question in own(PUBLISHED, {}, PUBLISHED)] == ["p-1", "p-2"]


def test_the_policy_is_on_every_projects_page(make_project) -> None:
    policy = policy_questions("## ¿Quién?\n\nNosotros.\n")
    assert faq_page(make_project(), policy, (), {}, ES).policy == policy


def test_each_heading_of_the_second_level_is_a_question() -> None:
    text = "---\ntitle: x\n---\n# Preguntas\n\nAntes.\n\n## ¿Uno? {#uno}\n\nA.\n\n### Detalle\n\nB.\n\n##  ¿Dos?  \nC."
    assert policy_questions(text) == (
        Question(question="¿Uno?", answer="A.\n\n### Detalle\n\nB.", anchor="politica-1"),
        Question(question="¿Dos?", answer="C.", anchor="politica-2"),
    )


def test_a_page_without_headings_has_no_questions() -> None:
    assert policy_questions("# Preguntas\n\nNada.\n") == ()


@given(st.lists(st.tuples(LINES, LINES), max_size=5))
def test_questions_and_answers_are_read_back(pairs: list[tuple[str, str]]) -> None:
    text = "# Título\n" + "".join(f"\n## {question}\n\n{answer}\n" for question, answer in pairs)
    assert [(found.question, found.answer) for found in policy_questions(text)] == pairs


def test_questions_of_the_documentation_lead_to_their_article(make_project) -> None:
    article = Article(title="Cerrar el mes", address="manual/cierre/", faq=("¿Cómo cierro el mes?",))
    (question,) = faq_page(make_project(), (), (article,), {}, ES).manual
    assert (question.question, question.article) == ("¿Cómo cierro el mes?", article)
