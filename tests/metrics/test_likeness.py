"""Questions alike, and the article a ticket is about: on labelled examples and on the sample data."""

from __future__ import annotations

import random
import re
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.build import read_source
from generator.metrics.likeness import Article, Asked, alike_questions, articles_for, nearest_texts
from generator.settings import Settings
from generator.tickets.table import rows

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAIRS: dict[str, dict[str, list[list[str]]]] = yaml.safe_load((HERE / "alike_questions.yml").read_text("utf-8"))
LABELLED: dict[str, Any] = yaml.safe_load((HERE / "articles.yml").read_text("utf-8"))
HEADING = re.compile(r"^##? (.+?)(?:\s*\{[^}]*\})?$", re.MULTILINE)
FACTURA = Article(title="Anular una factura", address="manual/anular/")
COBRO = Article(
    title="Aplicar un cobro", address="manual/cobro/", headings=("Pasos", "Vista previa", "Cobro parcial en divisas")
)


def are_alike(one: str, other: str) -> bool:
    return bool(alike_questions({"andina": [("1", one)], "sierra": [("2", other)]}))


def article_of(page: Path) -> Article:
    title, *headings = HEADING.findall(page.read_text("utf-8"))
    return Article(title=title, address=page.relative_to(ROOT / "content").as_posix(), headings=tuple(headings))


@pytest.fixture(scope="module")
def documentation() -> list[Article]:
    """Every page of the sample documentation, its guides and policies among them; none that is only announced."""
    pages = sorted((ROOT / "content").rglob("*.md"))
    return [article_of(page) for page in pages if page.parent.name not in ("novedades", "talleres")]


@pytest.mark.parametrize("part", PAIRS)
def test_labelled_questions_are_told_apart(part: str) -> None:
    found = [are_alike(*pair) for pair in PAIRS[part]["alike"]]
    wrong = [are_alike(*pair) for pair in PAIRS[part]["different"]]
    assert sum(found) / len(found) >= 0.85  # recall: 13 of 15, 11 of 12
    assert sum(found) / (sum(found) + sum(wrong)) >= 0.9  # precision: 13 of 13, 11 of 12


def test_labelled_titles_get_no_wrong_article(documentation: list[Article]) -> None:
    related = LABELLED["related"]
    linked = dict(zip(related, articles_for(list(related), documentation), strict=True))
    right = {title for title, article in linked.items() if article}
    assert {title: linked[title].title for title in right} == {title: related[title] for title in right}
    assert articles_for(LABELLED["unrelated"], documentation) == [None] * len(LABELLED["unrelated"])
    assert len(right) / len(related) >= 0.4  # recall: 10 of 24


def test_no_ticket_of_the_sample_has_a_wrong_article(documentation: list[Article]) -> None:
    settings = Settings(data_dir=ROOT / "data", templates_dir=ROOT / "site_templates", public=True)
    projects = read_source(settings, docs_dir=ROOT / "content").projects
    tickets = [ticket for project in projects for ticket in rows(project.tickets)]
    for texts in ([ticket.title for ticket in tickets], [ticket.question for ticket in tickets]):
        for ticket, article in zip(tickets, articles_for(texts, documentation), strict=True):
            assert article is None or article.title == LABELLED["related"].get(ticket.title), ticket.title


def test_a_group_tells_questions_tickets_and_projects() -> None:
    groups = alike_questions(
        {
            "andina": [("1", "¿Cómo anulo una factura?"), ("2", "¿Cómo hago un conteo físico?")],
            "sierra": [("7", "Anular una factura")],
        }
    )
    assert groups == [
        (
            Asked(project="andina", ticket="1", question="¿Cómo anulo una factura?"),
            Asked(project="sierra", ticket="7", question="Anular una factura"),
        )
    ]


def test_what_one_project_repeats_is_no_group() -> None:
    assert alike_questions({"andina": [("1", "Anular una factura"), ("2", "Anular la factura")], "sierra": []}) == []


def test_a_ticket_with_two_texts_counts_once() -> None:
    texts = [("1", "Anulación de una factura"), ("1", "¿Cómo anulo una factura?")]
    (group,) = alike_questions({"andina": texts, "sierra": [("2", "¿Cómo anulo la factura?")]})
    assert sorted((asked.project, asked.ticket) for asked in group) == [("andina", "1"), ("sierra", "2")]


def test_what_most_projects_ask_comes_first() -> None:
    few, many = "¿Cómo cierro la caja del día?", "¿Cómo anulo una factura?"
    groups = alike_questions({"a": [("1", few), ("2", many)], "b": [("3", few), ("4", many)], "c": [("5", many)]})
    assert [group[0].question for group in groups] == [many, few]


@pytest.mark.parametrize("text", ["", "¿?", "Factura", "¿Cómo lo hago?", "factura facturas", "🎉", "صيانة"])
def test_too_little_is_like_nothing(text: str) -> None:
    assert not are_alike(text, text)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text("anulr fct", max_size=12)), max_size=12))
def test_a_ticket_is_in_one_group_at_most(asked: list[tuple[str, str]]) -> None:
    by_project: dict[str, list[tuple[str, str]]] = {}
    for number, (project, text) in enumerate(asked):
        by_project.setdefault(project, []).append((str(number), text))
    groups = alike_questions(by_project)
    tickets = [question.ticket for group in groups for question in group]
    assert len(tickets) == len(set(tickets))
    assert all(len({question.project for question in group}) > 1 for group in groups)


def test_more_questions_than_fit_at_once_are_all_compared() -> None:
    letters = random.Random(7)  # words that have nothing in common
    words = ["".join(letters.choices(ascii_lowercase, k=5)) for _ in range(4 * 2_500)]
    questions = [(str(n), " ".join(words[4 * n : 4 * n + 4])) for n in range(2_500)]
    groups = alike_questions({"andina": questions, "sierra": questions})
    assert sorted(int(group[0].ticket) for group in groups) == list(range(2_500))
    assert all(len(group) == 2 for group in groups)


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("¿Puedo anular la factura 0012?", FACTURA),
        ("Anulación de facturas", FACTURA),
        ("El cobro parcial en divisas no cuadra", COBRO),
        ("Factura anulada", None),
        ("Anular el pedido de una factura", None),
        ("Anular", None),
        ("Pasos", None),
        ("No abre la vista previa", None),
        ("", None),
    ],
)
def test_a_text_names_an_article_by_its_words_side_by_side(text: str, article: Article | None) -> None:
    assert articles_for([text], [FACTURA, COBRO]) == [article]


def test_a_heading_of_several_articles_names_none() -> None:
    twins = [Article(title=f"Área {letter}", address=letter, headings=("Antes de empezar todo",)) for letter in "AB"]
    assert articles_for(["Antes de empezar todo"], twins) == [None]


def test_the_longest_name_wins_then_the_first() -> None:
    short = Article(title="Registrar una factura", address="1")
    long = Article(title="Registrar una factura de compra", address="2")
    again = Article(title="Registrar factura", address="3")
    assert articles_for(["Registrar una factura de compra", "Registrar factura"], [short, long, again]) == [long, short]


def test_without_texts_or_articles_nothing_is_linked() -> None:
    assert articles_for([], [FACTURA]) == []
    assert articles_for(["Anular una factura"], []) == [None]


def test_the_nearest_texts_share_what_is_rare() -> None:
    texts = ["registrar una factura de compra", "registrar un pedido", "anular una factura de compra", "cerrar el mes"]
    assert nearest_texts(texts, most=1) == [[2], [0], [0], []]
    assert nearest_texts([], most=3) == []
    assert nearest_texts(["", "el de la"], most=3) == [[], []]


@given(st.lists(st.text("abcñ é", max_size=12), max_size=8), st.integers(0, 3))
def test_no_text_is_near_itself_and_no_more_are_told_than_asked(texts: list[str], most: int) -> None:
    for place, near in enumerate(nearest_texts(texts, most=most)):
        assert place not in near
        assert len(near) == len(set(near)) <= most
