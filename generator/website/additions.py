"""What avance adds to the documentation, whoever builds it: files, pages, words for the templates, text to search.

A builder calls `theme_additions` and `content_additions` before it renders, and `written_index` when it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from ..locale import words
from ..problems import N_, Problem
from ..settings import templates_with
from .addresses import page_address, relative_address
from .announcements import Announcements, announcement_files, read_announcements, with_announcements
from .assets import Asset, load_assets
from .clips import with_clips
from .contents import read_content
from .dialog import MISSING, NEEDS_SCRIPTS, PAGE, PAGE_TITLE, POINTER, can_search, folder_of, load_dialog, page_source
from .footers import ArticleFooter, article_footer, is_article, related_pages
from .layout import BODY, DEPTHS, HEAD, TITLE, source_path
from .offline import OFFLINE, offline_script
from .queries import CONTRACT
from .requesting import content_request
from .search import Index, build_index, write_index
from .sections import PageText, read_sections
from .synonyms import OWN, read_synonyms
from .writing import write_file

if TYPE_CHECKING:
    from pathlib import Path

    from ..settings import Settings
    from .contents import ContentPage

FOOT = "article_foot"
"""Where `partials/article.html` finds the foot of an article: in the front matter, which every builder hands on."""
BUILD_ONLY = (OWN, CONTRACT)
"""Files of content/ that no reader gets."""
SEARCH_NAME = N_("Búsqueda en la documentación")
_LAYOUT = "---\ntemplate: portal.html\nsearch:\n  exclude: true\n---\n# contenido\n"


@dataclass(frozen=True, kw_only=True)
class ThemeAdditions:
    """What every page gets: `texts` are for the templates, as `config.extra.avance`."""

    stylesheet: str
    script: str
    texts: Mapping[str, object]
    files: tuple[Asset, ...]


@dataclass(frozen=True, kw_only=True)
class ContentAdditions:
    """What single pages get, by their files below content/; `files` are feeds and calendars."""

    pages: Mapping[str, ContentPage]
    related: Mapping[str, Sequence[ContentPage]]
    announcements: Announcements
    files: tuple[Asset, ...]
    settings: Settings
    site_url: str
    """Where the site is read, with its last slash, or empty."""
    script: str
    """What tells a reader which workshops are over: its address from the home."""

    def markdown(self, markdown: str, path: str, *, start: str) -> str:
        """Return the Markdown of the page at *path* with the news or the workshops that it lists.

        *start* is where an address in HTML starts for the builder: MkDocs leaves it to the browser, which starts at the
        page's address; Zensical corrects it as one in Markdown, which starts at the file's folder.
        """
        return with_announcements(
            markdown,
            path,
            self.announcements,
            words(self.settings.language),
            has_feed=bool(self.site_url),
            script=relative_address(self.script, start),
        )

    def foot(self, path: str) -> ArticleFooter | None:
        """Return what stands at the foot of the page at *path*; None where it is no article."""
        if not is_article(path) or path not in self.pages:
            return None
        language, related = words(self.settings.language), self.related.get(path, ())
        return article_footer(self.pages[path], related, self.settings, language, site_url=self.site_url)


def is_preview(site_url: str, dev_addr: object) -> bool:
    """Tell whether a site is read where it is previewed: a policy would stop the inline script that renews pages."""
    return site_url.startswith(f"http://{dev_addr}")


def theme_additions(settings: Settings) -> ThemeAdditions:
    """Return what every page gets under *settings*."""
    language = words(settings.language)
    assets = load_assets(settings.templates_dir)
    dialog = load_dialog(templates_with("search", settings.templates_dir))
    request = content_request(settings, language)
    return ThemeAdditions(
        stylesheet=assets.theme.path,
        script=assets.article.path,
        files=(*assets, *dialog),
        texts={
            "title": TITLE,
            "head": HEAD,
            "body": BODY,
            "portal_css": assets.portal.path,
            "portal_js": assets.script.path,
            "search": language.text(PAGE_TITLE),
            "search_name": language.text(SEARCH_NAME),
            "search_needs": language.text(NEEDS_SCRIPTS),
            "search_folder": folder_of(dialog),
            "request": asdict(request) if request else None,
            "lost": language.text("Esta página no existe"),
            "lost_text": language.text("La dirección está incompleta, o la página cambió de lugar. Use el buscador."),
        },
    )


def content_additions(
    pages: Iterable[ContentPage], settings: Settings, *, title: str, site_url: str
) -> ContentAdditions:
    """Return what single *pages* get; *title* and *site_url* are the site's."""
    pages = list(pages)
    announcements = read_announcements(pages, settings.time_zone)
    files = announcement_files(announcements, words(settings.language), title=title, site_url=site_url)
    return ContentAdditions(
        pages={page.path: page for page in pages},
        related=related_pages(pages),
        announcements=announcements,
        files=tuple(Asset(path, content) for path, content in files),
        settings=settings,
        site_url=site_url,
        script=load_assets(settings.templates_dir).workshops.path,
    )


def generated_pages(language: str) -> Mapping[str, str]:
    """Return the Markdown of the pages that nobody wrote, by their paths: /buscar/, and one for each layout."""
    return {PAGE: page_source(language)} | {source_path(depth): _LAYOUT for depth in DEPTHS}


def page_text(html: str, address: str, title: str, front: Mapping[str, object]) -> PageText | None:
    """Return what the search knows of the page at *address*; None where its front matter keeps it out.

    *html* is the page's content as it was rendered, before `with_clips_of` adds words of its own.
    """
    search = front.get("search")
    if isinstance(search, Mapping) and search.get("exclude"):
        return None
    return PageText(
        address="" if address == "./" else address,
        title=title,
        questions=(*_listed(front.get("questions")), *_listed(front.get("faq"))),
        sections=read_sections(html),
    )


def with_clips_of(html: str, path: str, address: str, docs_dir: Path, settings: Settings) -> str:
    """Return the content of the page at *path* below *docs_dir* with its clips to be asked for."""
    return with_clips(html, path, address, words(settings.language), read=partial(read_content, docs_dir))


def written_index(texts: Iterable[PageText], docs_dir: Path, folder: Path, settings: Settings) -> tuple[Problem, ...]:
    """Write the index of the search into the site in *folder*, and return what is wrong with its parts."""
    templates = templates_with("search", settings.templates_dir)
    synonyms, problems = read_synonyms(templates / "search" / OWN, docs_dir / OWN)
    index = build_index(texts, synonyms, language=settings.language)
    write_index(index, folder)
    if can_search(templates):
        _keep_offline(index, folder, settings)
        return problems
    return (*problems, Problem(message=MISSING, values={"folder": "site_templates/search"}))


def _keep_offline(index: Index, folder: Path, settings: Settings) -> None:
    """Write the script by which whoever searched finds the documentation without a line."""
    assets = (*theme_additions(settings).files, *index.first)
    kept = (page_address(PAGE), POINTER, *(asset.path for asset in assets))
    code = (settings.templates_dir / "assets" / OFFLINE).read_bytes()
    write_file(folder, OFFLINE, offline_script(code, kept))


def _listed(value: object) -> tuple[str, ...]:
    """Return a value of the front matter that is a text or a list of them as a tuple."""
    return tuple(map(str, value if isinstance(value, list) else [value] if value else ()))
