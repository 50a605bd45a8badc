"""News from Markdown: which pages are news, their order, the list by audience, and the feed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale import words
from generator.website.contents import ContentPage, read_page
from generator.website.news import NewsItem, NewsKind, news_about, news_feed, news_list, read_news

ES = words("es")
SITE = "https://avance.example/"


def page(name: str = "uno", **front: object) -> ContentPage:
    usual = {"title": name, "date": date(2026, 11, 2), "kind": "mejora", "description": "Qué cambia."}
    return ContentPage(path=f"novedades/{name}.md", front={**usual, **front}, body=f"# {name}\n")


def item(name: str = "uno", **fields: object) -> NewsItem:
    usual = {"path": f"novedades/{name}.md", "title": name, "day": date(2026, 11, 2), "kind": NewsKind.IMPROVEMENT}
    return NewsItem(**usual | fields)


def test_the_newest_stands_first_and_a_draft_nowhere() -> None:
    items, problems = read_news([page("vieja"), page("nueva", date=date(2026, 11, 9)), page("borrador", draft=True)])
    assert [each.title for each in items] == ["nueva", "vieja"]
    assert problems == ()


def test_an_article_with_a_date_is_news_and_one_without_is_not() -> None:
    dated = read_page("---\ndate: 2026-11-20\n---\n# Recibir por partes\n", "manual/compras/partes.md")
    plain = read_page("# Cerrar el mes\n", "manual/cierre.md")
    (found,) = read_news([dated, plain])[0]
    assert (found.title, found.kind) == ("Recibir por partes", NewsKind.ARTICLE)


def test_the_index_is_no_news() -> None:
    assert read_news([page("index")]) == ((), ())


@pytest.mark.parametrize(("front", "told"), [({"date": "pronto"}, "fecha"), ({"kind": "chisme"}, "«chisme»")])
def test_what_is_wrong_is_told_and_left_out(front: dict[str, object], told: str) -> None:
    items, (problem,) = read_news([page(**front)])
    assert items == ()
    assert problem.file == "content/novedades/uno.md"
    assert told in problem.text(str)
    assert problem.cure(str)


def test_a_line_says_when_what_and_for_whom() -> None:
    assert news_about(item(audience=("Ventas", "Compras")), ES) == "lun 2 nov 2026 · Mejora · Para: Ventas, Compras"
    assert news_about(item(), ES) == "lun 2 nov 2026 · Mejora"


def test_the_list_has_a_section_for_each_audience() -> None:
    listed = news_list([item("uno", audience=("Ventas", "Compras")), item("dos", audience=("Ventas",))], ES)
    compras, ventas = listed.split("## Para ")[1:]
    assert compras.startswith("Compras\n\n- [uno](uno.md)")
    assert "[uno](uno.md)" in ventas
    assert "[dos](dos.md)" in ventas


def test_the_list_finds_articles_from_its_folder() -> None:
    assert "(../manual/cierre.md)" in news_list([item(path="manual/cierre.md")], ES)


def test_without_news_the_page_says_so() -> None:
    assert news_list([], ES) == "Todavía no hay novedades."


def test_a_feed_is_read_as_rss() -> None:
    channel = ET.fromstring(news_feed([item(audience=("Ventas",), summary="a < b & c")], ES, title="X", site_url=SITE))[
        0
    ]
    entry = channel.find("item")
    assert channel.findtext("link") == f"{SITE}novedades/"
    assert entry.findtext("guid") == entry.findtext("link") == f"{SITE}novedades/uno/"
    assert entry.findtext("description") == "a < b & c"
    assert [each.text for each in entry.findall("category")] == ["Mejora", "Ventas"]
    assert parsedate_to_datetime(entry.findtext("pubDate")).date() == date(2026, 11, 2)
    assert channel.findtext("lastBuildDate") == entry.findtext("pubDate")


def test_a_feed_of_nothing_is_a_feed() -> None:
    assert ET.fromstring(news_feed([], ES, title="X", site_url=SITE)).find("channel/item") is None


def test_a_feed_holds_the_newest_only() -> None:
    items = [item(str(number), day=date(2026, 11, 2) - timedelta(number)) for number in range(50)]
    entries = ET.fromstring(news_feed(items, ES, title="X", site_url=SITE)).findall("channel/item")
    assert [entry.findtext("title") for entry in entries] == [str(number) for number in range(30)]


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=8), st.randoms())
def test_the_order_of_the_files_changes_nothing(days: list[date], random) -> None:
    pages = [page(str(number), date=day) for number, day in enumerate(days)]
    shuffled = random.sample(pages, len(pages))
    assert read_news(shuffled)[0] == read_news(pages)[0]
