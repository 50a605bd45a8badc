"""Novedades: what is new, with its day and its audience → the page that lists it, and a feed (RSS 2.0).

News are the pages of `novedades/`, and the articles of the manual that say the `date` on which they were published.
Their front matter:

    date         the day of the news; the newest stand first, and nothing asks the clock
    kind         mejora, producto, servicio, evento; an article is contenido
    audience     whom it is for, in the reader's words: [Ventas, Contabilidad]; without one it is for everybody
    description  the sentence under its title
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from enum import StrEnum
from posixpath import relpath
from typing import TYPE_CHECKING

from ..problems import N_, Problem
from .addresses import page_address

if TYPE_CHECKING:
    from ..locale import Words
    from .contents import ContentPage

FOLDER = "novedades/"
INDEX = "novedades/index.md"
FEED = "novedades/rss.xml"
MARKER = "<!-- novedades -->"
"""Where in the index page the list goes; without it, at the end."""
_MANUAL = "manual/"
_NEWEST = 30
"""As many news as a feed holds: a reader keeps the older ones."""


class NewsKind(StrEnum):
    """What is new."""

    IMPROVEMENT = "mejora"
    PRODUCT = "producto"
    SERVICE = "servicio"
    EVENT = "evento"
    ARTICLE = "contenido"

    @property
    def label(self) -> str:
        """The kind as readers see it (Spanish source text)."""
        return _KINDS[self]


_KINDS = {
    NewsKind.IMPROVEMENT: N_("Mejora"),
    NewsKind.PRODUCT: N_("Producto"),
    NewsKind.SERVICE: N_("Servicio"),
    NewsKind.EVENT: N_("Evento"),
    NewsKind.ARTICLE: N_("Nuevo en el manual"),
}


@dataclass(frozen=True, kw_only=True)
class NewsItem:
    """One piece of news; `path` is its page below content/."""

    path: str
    title: str
    day: date
    kind: NewsKind
    audience: tuple[str, ...] = ()
    summary: str = ""


def is_news(path: str) -> bool:
    """Return whether the page at *path* below content/ is a piece of news, which needs no place in the navigation."""
    return path.startswith(FOLDER) and path != INDEX


def read_news(pages: Iterable[ContentPage]) -> tuple[tuple[NewsItem, ...], tuple[Problem, ...]]:
    """Return the news in *pages*, the newest first, and what is wrong with those left out. No draft is news."""
    items, problems = [], []
    for page in pages:
        if page.is_draft or not (is_news(page.path) or (page.path.startswith(_MANUAL) and "date" in page.front)):
            continue
        found = _read_item(page)
        if isinstance(found, NewsItem):
            items.append(found)
        else:
            problems.append(found)
    return tuple(sorted(items, key=lambda item: (-item.day.toordinal(), item.path))), tuple(problems)


def _read_item(page: ContentPage) -> NewsItem | Problem:
    day = page.day("date")
    kind = str(page.front.get("kind", NewsKind.ARTICLE if page.path.startswith(_MANUAL) else ""))
    if day is None:
        return Problem(
            message=N_("La novedad no tiene fecha y no se publica en Novedades."),
            hint=N_("Escriba «date: 2026-11-23» al comienzo de la página, con el día que corresponda."),
            file=f"content/{page.path}",
        )
    if kind not in set(NewsKind):
        return Problem(
            message=N_("«{kind}» no es una clase de novedad y no se publica en Novedades."),
            hint=N_("Escriba en «kind» una de estas: {kinds}."),
            file=f"content/{page.path}",
            values={"kind": kind, "kinds": ", ".join(NewsKind)},
        )
    return NewsItem(
        path=page.path,
        title=page.title,
        day=day,
        kind=NewsKind(kind),
        audience=page.texts("audience"),
        summary=str(page.front.get("description", "")),
    )


def news_list(items: Sequence[NewsItem], words: Words) -> str:
    """Return the Markdown of all news, in their order, and below it a section for each audience."""
    if not items:
        return words.text("Todavía no hay novedades.")
    blocks = [_entry(item, words) for item in items]
    audiences = sorted({audience for item in items for audience in item.audience}, key=str.casefold)
    for audience in audiences:
        heading = words.text("Para {audience}").format(audience=audience)
        own = [item for item in items if audience in item.audience]
        blocks.append(f"## {heading}\n\n" + "\n".join(_line(item, words) for item in own))
    return "\n\n".join(blocks)


def news_about(item: NewsItem, words: Words) -> str:
    """Return when and for whom a piece of news is: "lun 23 nov 2026 · Mejora · Para: Ventas, Compras"."""
    parts = [words.day(item.day, year=True), words.text(item.kind.label)]
    if item.audience:
        parts.append(words.text("Para: {audiences}").format(audiences=", ".join(item.audience)))
    return " · ".join(parts)


def _entry(item: NewsItem, words: Words) -> str:
    return f"**[{item.title}]({_from_index(item.path)})**  \n{news_about(item, words)}  \n{item.summary}"


def _line(item: NewsItem, words: Words) -> str:
    return f"- [{item.title}]({_from_index(item.path)}) · {words.day(item.day, year=True)}"


def _from_index(path: str) -> str:
    return relpath(path, FOLDER)


def news_feed(items: Sequence[NewsItem], words: Words, *, title: str, site_url: str) -> bytes:
    """Return the newest of *items* as RSS 2.0; *site_url* is where the site is read, with its last slash.

    A day becomes its midnight in UTC. The feed was last changed when its newest item was: same news, same bytes.
    """
    rss = ET.Element("rss", {"version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom"})
    channel = ET.SubElement(rss, "channel")
    _add(channel, "title", f"{title} · {words.text('Novedades')}")
    _add(channel, "link", site_url + page_address(INDEX))
    _add(channel, "description", words.text("Mejoras, productos, servicios, eventos y artículos nuevos."))
    _add(channel, "language", words.language)
    ET.SubElement(channel, "atom:link", {"href": site_url + FEED, "rel": "self", "type": "application/rss+xml"})
    if items:
        _add(channel, "lastBuildDate", _instant(items[0].day))
    for item in items[:_NEWEST]:
        _add_item(channel, item, words, site_url)
    ET.indent(rss)
    content: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return content


def _add_item(channel: ET.Element, item: NewsItem, words: Words, site_url: str) -> None:
    address = site_url + page_address(item.path)
    entry = ET.SubElement(channel, "item")
    _add(entry, "title", item.title)
    _add(entry, "link", address)
    _add(entry, "guid", address)
    _add(entry, "pubDate", _instant(item.day))
    _add(entry, "category", words.text(item.kind.label))
    for audience in item.audience:
        _add(entry, "category", audience)
    _add(entry, "description", item.summary)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _instant(day: date) -> str:
    return format_datetime(datetime.combine(day, time(0), UTC))
