"""The foot of an article: what is near it and not linked yet, and the message of who was helped or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

from generator.locale import words
from generator.website.contents import ContentPage
from generator.website.footers import article_footer, is_article, related_pages

ES = words("es")


def page(name: str, title: str, body: str = "", **front: object) -> ContentPage:
    return ContentPage(path=f"manual/{name}.md", front={"title": title, **front}, body=body)


PAGES = [
    page("cierre", "Cerrar el mes contable"),
    page("reabrir", "Reabrir un mes contable", draft=True),
    page("ejercicio", "Cerrar el ejercicio contable"),
    page("nomina", "Procesar la nómina"),
    page("pedido", "Registrar un pedido"),
    page("factura", "Registrar una factura"),
]


def near(*pages: ContentPage) -> dict[str, list[str]]:
    found = related_pages(pages)
    return {path: [each.path for each in related] for path, related in found.items()}


def test_the_nearest_articles_are_told_and_no_draft() -> None:
    found = near(*PAGES)
    assert found["manual/cierre.md"] == ["manual/ejercicio.md"]
    assert found["manual/nomina.md"] == []
    assert "manual/reabrir.md" not in found


def test_what_an_article_links_to_is_not_told_again() -> None:
    linked = page("cierre", "Cerrar el mes contable", "[Ejercicio](ejercicio.md)")
    assert near(linked, *PAGES[1:])["manual/cierre.md"] == []


def test_four_at_most_are_told_in_a_steady_order() -> None:
    alike = [page(f"a{number}", "Anular una factura") for number in range(8)]
    found = near(*alike, *PAGES)
    assert found["manual/a7.md"] == [f"manual/a{number}.md" for number in range(4)]
    assert found == near(*alike, *PAGES)


def test_only_pages_of_the_manual_are_articles() -> None:
    assert [is_article(path) for path in ("manual/ventas/a.md", "manual/index.md", "novedades/a.md")] == [
        True,
        False,
        False,
    ]


def test_a_verdict_names_the_article_and_where_it_is_read(settings) -> None:
    named = replace(settings, contact_phone="+58 212 555 0100", contact_email="c@a.example")
    article = page("ventas/cierre", "Cerrar «el» mes", reviewed=date(2026, 9, 11))
    footer = article_footer(article, PAGES[:1], named, ES, site_url="https://d.example/")
    chat, mail = footer.verdicts
    assert parse_qs(urlsplit(chat.yes).query)["text"] == [
        "Hola. El artículo «Cerrar «el» mes» me sirvió: https://d.example/manual/ventas/cierre/"
    ]
    assert unquote(mail.no).endswith("no me sirvió: https://d.example/manual/ventas/cierre/ Me faltó: ")
    assert footer.reviewed == "Revisado el vie 11 sept 2026"
    assert footer.related == (("Cerrar el mes contable", "manual/cierre/"),)


def test_without_a_contact_nothing_is_asked_and_without_a_review_no_day_is_said(settings) -> None:
    footer = article_footer(PAGES[0], (), settings, ES)
    assert (footer.verdicts, footer.reviewed) == ((), "")
