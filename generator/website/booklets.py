"""Each section of the documentation as a PDF: which there are, what is in them, and how pages offer them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from ..locale import words as words_of
from ..outputs.booklet import PICTURES, Article, Booklet, booklet_pdf, page_count
from ..settings import templates_with
from ..text import slugify
from .blocks import Surroundings, read_blocks
from .contents import read_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..locale import Words
    from ..settings import Settings
    from .contents import ContentPage

Menu = Sequence["str | tuple[str, Menu]"]
"""The menu of the documentation: pages by their paths below content/, and groups with their titles."""
_INDEXES = ("index.md", "README.md")
_FOLDER = "pdf"
_NOWHERE = "https://site.invalid/"
"""Stands for the home of a site that does not know its address."""
_WEB = "!#$%&'()*+,/:;=?@[]~"
"""What an address may have besides letters and digits."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A group of the navigation that holds articles, as `paths` below content/ in the order of the menu."""

    titles: tuple[str, ...]
    """Its own title, and before it those of the groups around it."""
    paths: tuple[str, ...]
    indexes: tuple[str, ...] = ()
    """The index pages of the group and of those around it."""
    path: str = ""
    """The PDF's path from the site's home."""


@dataclass(frozen=True, kw_only=True)
class RenderedPage:
    """A page of the documentation: its content as HTML, and its address from the site's home."""

    content: ContentPage
    title: str
    html: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Download:
    """A booklet as a page offers it; `size` says how many pages and bytes."""

    text: str
    size: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Downloads:
    """The booklets that a page offers; those of a section's index stand under a `title`."""

    title: str = ""
    items: tuple[Download, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A section and its PDF."""

    section: Section
    pdf: bytes


def sections_of(menu: Menu, pages: Collection[str]) -> tuple[Section, ...]:
    """Return the sections of *menu*, of whose pages those are there that are in *pages*; no two have one path."""
    found: dict[str, Section] = {}
    for section in _sections(menu, (), (), pages):
        stem = slugify(" ".join(section.titles)) or "documento"
        names = (f"{_FOLDER}/{stem}{f'-{number}' if number > 1 else ''}.pdf" for number in count(1))
        path = next(name for name in names if name not in found)
        found[path] = replace(section, path=path)
    return tuple(found.values())


def _sections(
    menu: Menu, titles: tuple[str, ...], indexes: tuple[str, ...], public: Collection[str]
) -> Iterator[Section]:
    for group in menu:
        if isinstance(group, str):
            continue
        title, items = group
        pages = [item for item in items if isinstance(item, str) and item in public]
        own = (*titles, title)
        around = (*indexes, *(page for page in pages[:1] if PurePosixPath(page).name in _INDEXES))
        paths = tuple(page for page in pages if page not in around)
        if paths:
            yield Section(titles=own, paths=paths, indexes=around)
        yield from _sections(items, own, around, public)


def printed_sections(
    menu: Menu,
    pages: Mapping[str, RenderedPage],
    settings: Settings,
    *,
    site_name: str,
    site_url: str,
    docs_dir: Path,
    cache: Path | None = None,
) -> tuple[Printed, ...]:
    """Return the sections of *menu*, without drafts, as PDF; none where *settings* want none.

    *pages* and the rest are as in `make_booklet` and `print_booklets`.

    Raises:
        AvanceError: when the template cannot be compiled.
    """
    public = {path for path, page in pages.items() if not page.content.is_draft}
    sections = sections_of(menu, public) if settings.booklets else ()
    words, read = words_of(settings.language), partial(read_content, docs_dir)
    booklets = [
        make_booklet(section, pages, settings, words, site_name=site_name, site_url=site_url, read=read)
        for section in sections
    ]
    pdfs = print_booklets(booklets, templates_with("report", settings.templates_dir), cache)
    return tuple(Printed(section=section, pdf=pdf) for section, pdf in zip(sections, pdfs, strict=True))


def make_booklet(
    section: Section,
    pages: Mapping[str, RenderedPage],
    settings: Settings,
    words: Words,
    *,
    site_name: str,
    site_url: str,
    read: Callable[[str], bytes | None],
) -> Booklet:
    """Return *section* as a booklet.

    *pages* are by their path below content/. *site_url* is where the site is read, with its last slash, or empty.
    *read* gives the bytes of a file below content/, or None where there is none.
    """
    printed = [pages[path] for path in section.paths if path in pages]
    inside = frozenset(_address(page) for page in printed)
    files: dict[str, bytes] = {}
    articles = tuple(_article(page, inside, files, words, site_url=site_url, read=read) for page in printed)
    days = [day for page in printed for name in ("reviewed", "date") if (day := page.content.day(name))]
    newest = max(days, default=None)
    told = words.text("Contenido hasta el {day}").format(day=words.day(newest, year=True)) if newest else ""
    version = words.text("Versión {version}").format(version=settings.product_version)
    return Booklet(
        title=section.titles[-1],
        above=" · ".join((site_name, *section.titles[:-1])),
        facts=tuple(fact for fact in (version if settings.product_version else "", told) if fact),
        company=settings.company,
        contents=words.text("Contenido"),
        paging=words.text("Página {page} de {pages}"),
        language=words.language,
        articles=articles,
        day=newest,
        files=files,
    )


def _address(page: RenderedPage) -> str:
    return "" if page.url == "./" else page.url


def _article(
    page: RenderedPage,
    inside: frozenset[str],
    files: dict[str, bytes],
    words: Words,
    *,
    site_url: str,
    read: Callable[[str], bytes | None],
) -> Article:
    """Return *page* as an article of the booklet with the pages *inside*; its pictures are added to *files*."""
    home = site_url or _NOWHERE
    own = _address(page)

    def link(address: str) -> tuple[str, str]:
        try:
            whole, fragment = urldefrag(urljoin(home + own, address))
            is_web = urlsplit(whole).scheme in ("http", "https")
        except ValueError:
            return "", ""
        path = whole.removeprefix(home) if whole.startswith(home) else None
        if path in inside:
            return "", f"{path}#{unquote(fragment)}"
        if is_web and whole.startswith(_NOWHERE):
            return "", ""
        return quote(f"{whole}#{fragment}" if fragment else whole, safe=_WEB), ""

    def picture(address: str) -> str:
        try:
            whole = urldefrag(urljoin(home + own, address)).url
        except ValueError:
            return ""
        path = unquote(whole.removeprefix(home)) if whole.startswith(home) else ""
        ending = PurePosixPath(path).suffix.lower().removeprefix(".")
        content = read(path) if ending in PICTURES else None
        if not content:
            return ""
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
        files[name] = content
        return name

    read_page = read_blocks(page.html, Surroundings(place=own, link=link, picture=picture))
    reviewed = page.content.day("reviewed")
    day = words.text("Revisado el {day}").format(day=words.day(reviewed, year=True)) if reviewed else ""
    return Article(
        title=read_page.title or page.title,
        place=f"{own}#",
        facts=(day,) if day else (),
        blocks=read_page.blocks,
        address=quote(site_url + own, safe=_WEB) if site_url else "",
    )


def print_booklets(booklets: Sequence[Booklet], templates_dir: Path, cache: Path | None = None) -> list[bytes]:
    """Return *booklets* as PDF, in their order; those that the folder *cache* has from an earlier build, from there.

    Raises:
        AvanceError: when the template cannot be compiled.
    """
    with ThreadPoolExecutor() as pool:
        printed = list(pool.map(partial(_printed, templates_dir=templates_dir, cache=cache), booklets))
    if cache and cache.is_dir():
        digests = {digest for digest, _ in printed}
        for path in cache.iterdir():
            if path.name not in digests:
                path.unlink(missing_ok=True)
    return [pdf for _, pdf in printed]


def _printed(booklet: Booklet, *, templates_dir: Path, cache: Path | None) -> tuple[str, bytes]:
    """Return the digest of *booklet*, and its PDF."""
    if cache is None:
        return "", booklet_pdf(booklet, templates_dir)
    digest = booklet.digest(templates_dir)
    kept = cache / digest
    if kept.is_file():
        return digest, kept.read_bytes()
    pdf = booklet_pdf(booklet, templates_dir)
    cache.mkdir(parents=True, exist_ok=True)
    part = cache / f"{digest}.part"
    part.write_bytes(pdf)
    part.replace(kept)
    return digest, pdf


def downloads_of(path: str, printed: Sequence[Printed], words: Words) -> Downloads:
    """Return what the page *path* below content/ offers: its own section, or those that it is the index of."""
    own = [each for each in printed if path in each.section.paths]
    listed = [each for each in printed if path in each.section.indexes]
    return Downloads(
        title=words.text("Secciones en PDF") if listed else "",
        items=(
            *(_download(each, words.text("Descargar la sección «{section}» en PDF"), words) for each in own),
            *(_download(each, "{section}", words) for each in listed),
        ),
    )


def _download(printed: Printed, text: str, words: Words) -> Download:
    number = page_count(printed.pdf)
    pages = words.plural("{count} página", "{count} páginas", number).format(count=number)
    return Download(
        text=text.format(section=printed.section.titles[-1]),
        size=f"{pages}, {words.size(len(printed.pdf))}",
        address=printed.section.path,
    )
