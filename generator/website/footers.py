"""What stands at the foot of an article: when it was reviewed, whether it helped, and what to read next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..metrics.likeness import nearest_texts
from ..outputs.messages import mail_address, whatsapp_address
from ..problems import N_
from .addresses import page_address
from .quality import links_of, without_code

if TYPE_CHECKING:
    from ..locale import Words
    from ..settings import Settings
    from .contents import ContentPage

_ARTICLES = "manual/"
_MOST = 4
_TITLE_COUNTS = 3
"""How many times the title counts against the rest of what an article says of itself."""
_HELPED = N_("Hola. El artículo «{title}» me sirvió: {address}")
_HELPED_NOT = N_("Hola. El artículo «{title}» no me sirvió: {address} Me faltó: ")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The links by which a reader says that an article helped, or not, by one means."""

    means: str
    yes: str
    no: str


@dataclass(frozen=True, kw_only=True)
class ArticleFooter:
    """The foot of an article: texts, and `related` pages as title and address from the site's home."""

    reviewed: str
    reviewed_iso: str
    question: str
    yes: str
    no: str
    verdicts: tuple[Verdict, ...]
    related_title: str
    related: tuple[tuple[str, str], ...]


def is_article(path: str) -> bool:
    """Return whether the page at *path* below content/ is an article of the manual."""
    return path.startswith(_ARTICLES) and not path.endswith("/index.md")


def related_pages(pages: Sequence[ContentPage]) -> Mapping[str, tuple[ContentPage, ...]]:
    """Return by path the published articles nearest to each article, the nearest first.

    They are compared by all they say, the title above the rest. What an article links to itself is not told again.
    """
    articles = [page for page in pages if is_article(page.path) and not page.is_draft]
    nearest = nearest_texts([_said(page) for page in articles], most=2 * _MOST)
    related = {}
    for page, places in zip(articles, nearest, strict=True):
        linked = links_of(page)
        near = [articles[place] for place in places if articles[place].path not in linked]
        related[page.path] = tuple(near[:_MOST])
    return related


def _said(page: ContentPage) -> str:
    fields = (text for name in ("description", "faq", "questions") for text in page.texts(name))
    return " ".join((*[page.title] * _TITLE_COUNTS, *fields, without_code(page.body)))


def article_footer(
    page: ContentPage, related: Sequence[ContentPage], settings: Settings, words: Words, *, site_url: str = ""
) -> ArticleFooter:
    """Return the foot of *page*; *site_url* is where the site is read, with its last slash, or empty."""
    reviewed = page.day("reviewed")
    return ArticleFooter(
        reviewed=words.text("Revisado el {day}").format(day=words.day(reviewed, year=True)) if reviewed else "",
        reviewed_iso=reviewed.isoformat() if reviewed else "",
        question=words.text("¿Le sirvió este artículo?"),
        yes=words.text("Sí"),
        no=words.text("No"),
        verdicts=tuple(_verdicts(page, settings, words, site_url)),
        related_title=words.text("Artículos parecidos"),
        related=tuple((each.title, page_address(each.path)) for each in related),
    )


def _verdicts(page: ContentPage, settings: Settings, words: Words, site_url: str) -> list[Verdict]:
    told = {"title": page.title, "address": site_url + page_address(page.path)}
    yes, no = words.text(_HELPED).format(**told), words.text(_HELPED_NOT).format(**told)
    verdicts = []
    if settings.contact_phone:
        chat = (whatsapp_address(settings.contact_phone, text) for text in (yes, no))
        verdicts.append(Verdict(means="WhatsApp", yes=next(chat), no=next(chat)))
    if settings.contact_email:
        mail = (mail_address(settings.contact_email, page.title, text) for text in (yes, no))
        verdicts.append(Verdict(means=words.text("correo"), yes=next(mail), no=next(mail)))
    return verdicts
