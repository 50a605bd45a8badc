"""What is announced, where it is put, and the files beside it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from generator.locale import words
from generator.website.announcements import (
    Announcements,
    announcement_files,
    is_announcement,
    read_announcements,
    with_announcements,
)
from generator.website.contents import ContentPage

ES = words("es")
NEWS = ContentPage(path="novedades/uno.md", front={"title": "Uno", "date": date(2026, 11, 2), "kind": "mejora"})
TALK = ContentPage(
    path="talleres/conteo.md",
    front={"title": "Conteo", "date": date(2026, 11, 2), "start": "2026-12-03 09:00", "end": "2026-12-03 10:00"},
)
ARTICLE = ContentPage(path="manual/cierre.md", front={"title": "Cierre", "date": date(2026, 11, 3)})
FOUND = read_announcements([NEWS, TALK, ARTICLE], ZoneInfo("America/Caracas"))


def put(markdown: str, path: str, **options: object) -> str:
    return with_announcements(markdown, path, FOUND, ES, **options)


def test_lists_go_to_their_marker_or_to_the_end() -> None:
    placed = put("# N\n\n<!-- novedades -->\n\nFin", "novedades/index.md")
    assert placed.startswith("# N\n\n[Seguir las novedades (RSS)](rss.xml)\n\n**[Cierre]")
    assert placed.endswith("Fin")
    assert "[Conteo](conteo.md)" in put("# Talleres", "talleres/index.md")


def test_only_a_site_that_says_where_it_is_offers_the_feed() -> None:
    assert "rss.xml" not in put("# N", "novedades/index.md", has_feed=False)
    paths = [path for path, _ in announcement_files(FOUND, ES, title="X", site_url="")]
    assert paths == ["talleres/talleres.ics", "talleres/conteo.ics"]
    assert next(announcement_files(FOUND, ES, title="X", site_url="https://x.example/"))[0] == "novedades/rss.xml"


def test_news_and_workshops_say_their_day_below_the_title() -> None:
    assert put("# Uno\n\nTexto", "novedades/uno.md") == "# Uno\n\nlun 2 nov 2026 · Mejora\n\nTexto"
    assert put("# Conteo\n\nTexto", "talleres/conteo.md").startswith("# Conteo\n\n<time ")


def test_an_article_stays_as_it_is_though_it_is_news() -> None:
    assert put("# Cierre\n\nTexto", "manual/cierre.md") == "# Cierre\n\nTexto"
    assert [item.title for item in FOUND.news] == ["Cierre", "Uno"]


def test_a_site_without_announcements_gets_no_file() -> None:
    assert list(announcement_files(Announcements(), ES, title="X", site_url="https://x.example/")) == []


def test_index_pages_are_no_announcements() -> None:
    assert [is_announcement(path) for path in ("novedades/uno.md", "novedades/index.md", "manual/cierre.md")] == [
        True,
        False,
        False,
    ]


def test_the_script_is_on_the_pages_of_workshops_only() -> None:
    asked = {
        path: put("# T", path, script="../w.js") for path in ("talleres/index.md", "talleres/conteo.md", "index.md")
    }
    assert ["w.js" in text for text in asked.values()] == [True, True, False]
