"""News and workshops on the documentation's pages: what is put into the Markdown, and which files stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from .news import FEED, NewsItem, is_news, news_about, news_feed, news_list, read_news
from .news import INDEX as NEWS
from .news import MARKER as NEWS_MARKER
from .workshops import (
    CALENDAR,
    Workshop,
    is_workshop,
    read_workshops,
    workshop_details,
    workshop_ics,
    workshops_ics,
    workshops_list,
)
from .workshops import INDEX as WORKSHOPS
from .workshops import MARKER as WORKSHOPS_MARKER

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ..locale import Words
    from ..problems import Problem
    from .contents import ContentPage


@dataclass(frozen=True, kw_only=True)
class Announcements:
    """The news and the workshops of a site, in the order in which they are listed."""

    news: tuple[NewsItem, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    problems: tuple[Problem, ...] = ()


def is_announcement(path: str) -> bool:
    """Return whether the page at *path* below content/ is listed by its index page instead of the navigation."""
    return is_news(path) or is_workshop(path)


def read_announcements(pages: Sequence[ContentPage], zone: ZoneInfo) -> Announcements:
    """Return what *pages* announce; *zone* is that of the times of workshops that name none."""
    news, wrong_news = read_news(pages)
    workshops, wrong_workshops = read_workshops(pages, zone)
    return Announcements(news=news, workshops=workshops, problems=wrong_news + wrong_workshops)


def with_announcements(
    markdown: str, path: str, found: Announcements, words: Words, *, has_feed: bool = True, script: str = ""
) -> str:
    """Return the Markdown of the page at *path* with its list, or with its own day and audience; of any other as it is.

    With *has_feed* the list of news begins with the way to follow them. *script* is the address, from the page, of what
    tells a reader which workshops are over.
    """
    clock = f'\n\n<script src="{escape(script)}" defer></script>' if script else ""
    if path == NEWS:
        feed = f"[{words.text('Seguir las novedades (RSS)')}](rss.xml)\n\n" if found.news and has_feed else ""
        return _put(markdown, NEWS_MARKER, feed + news_list(found.news, words))
    if path == WORKSHOPS:
        link = f"[{words.text('Todos los talleres en su calendario (.ics)')}](talleres.ics)\n\n"
        listed = workshops_list(found.workshops, words)
        return _put(markdown, WORKSHOPS_MARKER, link + listed + clock if found.workshops else listed)
    for item in found.news:
        if item.path == path and is_news(path):
            return _below_title(markdown, news_about(item, words))
    for workshop in found.workshops:
        if workshop.path == path:
            return _below_title(markdown, workshop_details(workshop, words) + clock)
    return markdown


def announcement_files(found: Announcements, words: Words, *, title: str, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each feed and calendar; a feed needs to know where the site is read."""
    if found.news and site_url:
        yield FEED, news_feed(found.news, words, title=title, site_url=site_url)
    if found.workshops:
        yield CALENDAR, workshops_ics(found.workshops, words, title=title, site_url=site_url)
    for workshop in found.workshops:
        yield workshop.calendar, workshop_ics(workshop, words, site_url=site_url)


def _put(markdown: str, marker: str, text: str) -> str:
    return markdown.replace(marker, text, 1) if marker in markdown else f"{markdown}\n\n{text}\n"


def _below_title(markdown: str, text: str) -> str:
    lines = markdown.splitlines()
    place = next((number for number, line in enumerate(lines, start=1) if line.startswith("# ")), 0)
    return "\n".join([*lines[:place], "", text, *lines[place:]])
