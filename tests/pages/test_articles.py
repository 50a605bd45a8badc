"""The articles of the documentation, and the tickets that name them."""

from __future__ import annotations

from generator.metrics.likeness import Article
from generator.pages.articles import read_article, related_articles

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
    assert related_articles(project, (CLOSING,)) == {"1": CLOSING, "3": CLOSING}
