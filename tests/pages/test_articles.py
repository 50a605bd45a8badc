"""The articles of the documentation, the tickets that name them, and those that asked for them."""

from __future__ import annotations

from datetime import date

import pytest

from generator.locale import words
from generator.metrics.likeness import Article
from generator.pages.articles import Reading, answered_tickets, find_tickets, read_article, related_articles
from generator.pages.board import board_page
from generator.pages.faq import faq_page
from generator.pages.history import history_page
from generator.pages.progress import progress_page
from generator.pages.support import support_page
from generator.projects.model import RECENT, Phase

ES = words("es")

CLOSING = Article(title="Cerrar el mes", address="manual/cierre/")


def test_an_article_has_its_title_address_and_headings() -> None:
    text = "---\ntitle: Cierre\nfaq:\n  - ¿Cómo cierro?\n---\n\n# Cerrar el mes\n\n## Pasos {#pasos}\n\n### Uno\n"
    assert read_article(text, "manual/cierre.md") == Article(
        title="Cierre", address="manual/cierre/", headings=("Pasos",), faq=("¿Cómo cierro?",)
    )
    assert read_article("# Manual\n", "manual/index.md").address == "manual/"
    assert read_article("# Inicio\n", "index.md").address == ""


def test_open_tickets_and_published_answers_are_looked_up(make_project) -> None:
    title = {"title": "Capacitar en cerrar el mes"}
    project = make_project(
        title,
        title | {"status": "done"},
        title | {"status": "done", "answer": "Así.", "public": True},
        {"title": "Otra cosa"},
    )
    named = Reading(title=CLOSING.title, address=CLOSING.address)
    assert related_articles(project, (CLOSING,)) == {"1": named, "3": named}


def test_an_article_says_which_tickets_asked_for_it_and_when_it_came() -> None:
    article = read_article("---\ntickets: [1120, 'andina#7']\ndate: 2026-11-20\n---\n# Uno\n", "manual/uno.md")
    assert (article.tickets, article.day) == (("1120", "andina#7"), date(2026, 11, 20))
    assert read_article("---\ntickets: SCL-50\n---\n", "a.md").tickets == ("SCL-50",)


OWNERS = {"7": ("andina", "sur"), "SCL-50": ("sierra",), "12": ("sur",), "owner/repo#3": ("sur",)}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("12", [("sur", "12")]),
        ("#12", [("sur", "12")]),
        ("7", [("andina", "7"), ("sur", "7")]),
        ("sur#7", [("sur", "7")]),
        ("andina:7", [("andina", "7")]),
        ("sierra#SCL-50", [("sierra", "SCL-50")]),
        ("owner/repo#3", [("sur", "owner/repo#3")]),
        ("sierra#7", []),
        ("99", []),
        ("", []),
    ],
)
def test_a_ticket_is_found_alone_or_in_its_project(said: str, expected: list[tuple[str, str]]) -> None:
    assert list(find_tickets(said, OWNERS)) == expected


def test_a_number_of_two_clients_is_nobodys_without_its_project(make_project) -> None:
    projects = [make_project({"ticket": "7"}, id="andina"), make_project({"ticket": "7"}, {"ticket": "8"}, id="sur")]
    unclear = Article(title="Uno", address="uno/", tickets=("7", "8"))
    clear = Article(title="Dos", address="dos/", tickets=("sur#7",))
    assert answered_tickets(projects, [unclear, clear]) == {"sur": {"8": unclear, "7": clear}}


def test_the_article_written_for_a_ticket_goes_before_the_one_it_resembles(make_project) -> None:
    project = make_project({"title": "Cerrar el mes"}, {"status": "done"})
    own = Article(title="Cerrar noviembre", address="manual/noviembre/")
    found = related_articles(project, (CLOSING,), {"1": own, "2": own})
    assert {ticket: (reading.title, reading.asked) for ticket, reading in found.items()} == {
        "1": ("Cerrar noviembre", True),
        "2": ("Cerrar noviembre", True),
    }


def test_every_page_with_the_ticket_leads_to_its_article(make_project) -> None:
    done = {"status": "done", "answer": "Así.", "question": "¿Cómo?", "public": True}
    project = make_project(*[done] * (RECENT + 1), phase=Phase.ESERVICE)
    (archived,) = project.archived
    own = {"1": Reading(title="Uno", address="uno/", asked=True), archived: Reading(title="Dos", address="dos/")}
    progress = progress_page(project, own, ES)
    assert [task.article.title for task in progress.done if task.article] == ["Uno"]
    board = board_page(project, "AdaptaPro", ES, articles=own)
    cards = [card for column in board.columns for card in (*column.first, *column.rest)]
    assert [card.task.article.title for card in cards if card.task.article] == ["Uno"]
    support = support_page(project, "AdaptaPro", ES, articles=own)
    assert [task.article.title for task in support.ended if task.article] == ["Uno"]
    assert [task.article.title for task in history_page(project, 1, ES, articles=own).older if task.article] == ["Dos"]
    assert "Uno" in [question.article.title for question in faq_page(project, (), (), own, ES).own if question.article]
