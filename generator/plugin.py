"""The MkDocs plugin `avance`: events into calls, nothing else.

`mkdocs build` and `mkdocs serve` make the whole site through it. Under `avance build` it only makes the documentation
and keeps the layouts (`documentation_only`); the command does the rest with the same calls.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url

from . import build
from .locale import LANGUAGES, words
from .problems import N_, AvanceError, DataErrors, Problem, Severity, one_line, without_values
from .settings import Settings, is_hosted, site_root, templates_with
from .tickets.kinds import Kind
from .tickets.table import COLUMNS, State
from .tickets.trackers import WAITING_ON_CLIENT
from .website.announcements import (
    Announcements,
    announcement_files,
    is_announcement,
    read_announcements,
    with_announcements,
)
from .website.assets import load_assets
from .website.booklets import Printed, RenderedPage, downloads_of, make_booklet, print_booklets, sections_of
from .website.clips import with_clips
from .website.contents import ContentPage, read_page
from .website.dialog import (
    MISSING,
    NEEDS_SCRIPTS,
    PAGE,
    PAGE_TITLE,
    POINTER,
    can_search,
    folder_of,
    load_dialog,
    page_source,
)
from .website.footers import article_footer, is_article, related_pages
from .website.headers import unlisted, with_policy
from .website.layout import BODY, DEPTHS, HEAD, SOURCE, TITLE, Layout, source_path, split_layout
from .website.offline import OFFLINE, offline_script
from .website.queries import CONTRACT
from .website.requesting import content_request
from .website.search import Index, build_index, write_index
from .website.sections import PageText, read_sections
from .website.synonyms import OWN, read_synonyms
from .website.writing import settle_sitemap, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from .locale import Words
    from .portals.keyring import Keyring

log = get_plugin_logger("avance")
SEARCH_NAME = N_("Búsqueda en la documentación")


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The options in mkdocs.yml; each is described, with its default, in `settings.Settings`."""

    data_dir = c.Type(str, default="data")
    templates_dir = c.Optional(c.Type(str))
    company = c.Optional(c.Type(str))
    language = c.Optional(c.Choice(LANGUAGES))
    time_zone = c.Optional(c.Type(str))
    date_order = c.Optional(c.Choice(("dmy", "mdy")))
    columns = c.Optional(c.DictOfItems(c.Choice(tuple(COLUMNS))))
    statuses = c.Optional(c.DictOfItems(c.Choice((*map(str, State), WAITING_ON_CLIENT))))
    kinds = c.Optional(c.DictOfItems(c.Choice(tuple(Kind))))
    contact_name = c.Optional(c.Type(str))
    contact_phone = c.Optional(c.Type(str))
    contact_email = c.Optional(c.Type(str))
    secret_file = c.Optional(c.Type(str))
    ticket_portal = c.Optional(c.Type(str))
    largest_clip = c.Optional(c.Type(int))
    product_version = c.Optional(c.Type((str, int, float)))
    booklets = c.Optional(c.Type(bool))
    public = c.Optional(c.Type(bool))
    cut = c.Optional(c.Type((str, date)))
    publish = c.Optional(c.Type((dict, list)))


class WrongSetting(AvanceError, PluginError):
    """An option of mkdocs.yml that does not exist or cannot be read; MkDocs and the command both show it as a line."""


class AvancePlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Compiles the layouts while MkDocs builds, and writes the portal when it has."""

    documentation_only = False
    show_drafts = False
    """Whether drafts are shown, in a site to look at; `mkdocs serve` shows them by itself."""
    is_listed = True
    """Whether search engines may list the documentation; not the preview of a branch."""

    booklet_cache: Path | None = None
    """The folder of the booklets that an earlier build made."""

    def __init__(self) -> None:
        self.layouts: dict[int, Layout] = {}
        self.announcements = Announcements()
        self.workshops_script = ""
        self.pages: dict[str, ContentPage] = {}
        self.related: Mapping[str, tuple[ContentPage, ...]] = {}
        self.source: build.Source | None = None
        self.keyring: Keyring | None = None
        self.texts: list[PageText] = []
        self.rendered: dict[str, RenderedPage] = {}
        self.navigation: Navigation | None = None
        self.printed: list[Printed] = []

    def settings(self, config: MkDocsConfig) -> Settings:
        """Return the options as settings, folders relative to mkdocs.yml."""
        options = {name: value for name, value in self.config.items() if value is not None}
        root = Path(config.config_file_path).parent
        own = root / options.pop("templates_dir", "site_templates")
        unknown = sorted(set(options) - {field.name for field in dataclasses.fields(Settings)})
        if unknown:
            raise WrongSetting(f"avance: {unknown[0]}?")
        if "product_version" in options:
            options["product_version"] = str(options["product_version"])
        try:
            if "time_zone" in options:
                options["time_zone"] = ZoneInfo(options["time_zone"])
        except (KeyError, ValueError, OSError) as error:
            raise WrongSetting(f"avance: time_zone: {options['time_zone']}?") from error
        try:
            if "cut" in options:
                options["cut"] = date.fromisoformat(str(options["cut"]))
        except ValueError as error:
            raise WrongSetting(f"avance: cut: {options['cut']}? (2026-11-23)") from error
        if "secret_file" in options:
            options["secret_file"] = root / Path(options["secret_file"]).expanduser()
        folders = {
            "data_dir": root / options["data_dir"],
            "templates_dir": own if own.is_dir() else site_root() / "site_templates",
        }
        return Settings(**options | folders)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the designer's templates before the theme's, and the brand's stylesheet on every page."""
        settings = self.settings(config)
        assets = load_assets(settings.templates_dir)
        config.theme.dirs.insert(0, str(settings.templates_dir / "overrides"))
        config.extra_css.append(assets.theme.path)
        config.extra_javascript.append(assets.article.path)
        self.workshops_script = assets.workshops.path
        language = words(self.config.language or "es")
        config.extra["avance"] = {
            "title": TITLE,
            "head": HEAD,
            "body": BODY,
            "portal_css": assets.portal.path,
            "portal_js": assets.script.path,
            "search": language.text(PAGE_TITLE),
            "search_name": language.text(SEARCH_NAME),
            "search_needs": language.text(NEEDS_SCRIPTS),
            "search_folder": folder_of(load_dialog(templates_with("search", settings.templates_dir))),
            "request": content_request(settings, language),
            "lost": language.text("Esta página no existe"),
            "lost_text": language.text("La dirección está incompleta, o la página cambió de lugar. Use el buscador."),
        }
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the data before anything is written: an error leaves the former site whole."""
        self.layouts = {}
        self.texts = []
        self.rendered = {}
        self.printed = []
        if self.documentation_only:
            return
        language = words(self.config.language or "es")
        try:
            settings = self.settings(config)
            secret = build.site_secret(settings, Path(config.config_file_path).parent)
            self.source = build.read_source(settings, docs_dir=Path(config.docs_dir), has_secret=secret is not None)
            self.keyring = build.make_keyring(self.source, secret) if secret else None
        except DataErrors as found:
            for problem in found.problems:
                log.error(_line(problem, language))
            raise PluginError(
                language.text("Hay errores en los datos: el sitio anterior queda como estaba.")
            ) from found
        except AvanceError as error:
            raise PluginError(str(error)) from error
        for problem in self.source.problems:
            log.log(_LEVELS[problem.severity], _line(problem, language))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the assets, the feeds and calendars, and a page for each depth of portal pages; leave drafts out."""
        self._announce(files, config)
        settings = self.settings(config)
        for asset in (
            *load_assets(settings.templates_dir),
            *load_dialog(templates_with("search", settings.templates_dir)),
        ):
            files.append(File.generated(config, asset.path, content=asset.content))
        for name in (OWN, CONTRACT):
            if file := files.get_file_from_path(name):
                files.remove(file)
        files.append(
            File.generated(config, PAGE, content=page_source(settings.language), inclusion=InclusionLevel.NOT_IN_NAV)
        )
        for depth in DEPTHS:
            layout = "---\ntemplate: portal.html\nsearch:\n  exclude: true\n---\n# contenido\n"
            files.append(
                File.generated(config, source_path(depth), content=layout, inclusion=InclusionLevel.NOT_IN_NAV)
            )
        return files

    def _announce(self, files: Files, config: MkDocsConfig) -> None:
        """Read what the pages announce, add its files, and keep drafts out of the site and news out of the menu."""
        settings = self.settings(config)
        pages = {file: read_page(file.content_string, file.src_uri) for file in files.documentation_pages()}
        for file, page in pages.items():
            if page.is_draft:
                file.inclusion = InclusionLevel.NOT_IN_NAV if self.show_drafts else InclusionLevel.DRAFT
            elif is_announcement(file.src_uri):
                file.inclusion = InclusionLevel.NOT_IN_NAV
        self.pages = {page.path: page for page in pages.values()}
        self.related = related_pages(list(pages.values()))
        self.announcements = read_announcements(list(pages.values()), settings.time_zone)
        language = words(settings.language)
        for problem in self.announcements.problems:
            log.warning(one_line(problem, language.text))
        address = config.site_url or ""
        for path, content in announcement_files(self.announcements, language, title=config.site_name, site_url=address):
            files.append(File.generated(config, path, content=content))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation, whose sections are printed."""
        self.navigation = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the news and the workshops where their pages want them."""
        return with_announcements(
            markdown,
            page.file.src_uri,
            self.announcements,
            words(self.config.language or "es"),
            has_feed=bool(config.site_url),
            script=get_relative_url(self.workshops_script, page.url),
        )

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep the text of a page for the search; make videos and moving pictures wait until somebody asks for them."""
        if not (page.meta.get("search") or {}).get("exclude"):
            self.texts.append(
                PageText(
                    address="" if page.url == "./" else page.url,
                    title=str(page.title),
                    questions=(*_listed(page.meta.get("questions")), *_listed(page.meta.get("faq"))),
                    sections=read_sections(html),
                )
            )
        path = page.file.src_uri
        read = partial(_read, Path(config.docs_dir))
        html = with_clips(html, path, page.url, words(self.config.language or "es"), read=read)
        if path in self.pages:
            self.rendered[path] = RenderedPage(content=self.pages[path], title=str(page.title), html=html, url=page.url)
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Print the sections, now that every page is there and before the first one is written."""
        settings = self.settings(config)
        if not settings.booklets or self.navigation is None:
            return env
        language = words(settings.language)
        drafts = (path for path, page in self.pages.items() if page.is_draft)
        sections = sections_of(self.navigation.items, leave_out=drafts)
        booklets = [
            make_booklet(
                section,
                self.rendered,
                settings,
                language,
                site_name=config.site_name,
                site_url=config.site_url or "",
                read=partial(_read, Path(config.docs_dir)),
            )
            for section in sections
        ]
        try:
            pdfs = print_booklets(booklets, templates_with("report", settings.templates_dir), self.booklet_cache)
        except AvanceError as error:
            raise PluginError(str(error)) from error
        self.printed = [Printed(section=section, pdf=pdf) for section, pdf in zip(sections, pdfs, strict=True)]
        for each in self.printed:
            files.append(File.generated(config, each.section.path, content=each.pdf))
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Any
    ) -> TemplateContext:
        """Give articles what stands at their foot, and the pages of a section its PDF."""
        path = page.file.src_uri
        downloads = downloads_of(path, self.printed, words(self.config.language or "es"))
        context["downloads"] = downloads  # type: ignore[typeddict-unknown-key]
        if is_article(path) and path in self.pages:
            settings = self.settings(config)
            context["article"] = article_footer(  # type: ignore[typeddict-unknown-key]
                self.pages[path],
                self.related.get(path, ()),
                settings,
                words(settings.language),
                site_url=config.site_url or "",
            )
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Keep layouts out of the sitemap, and the day of the build out of it as well: same content, same bytes."""
        if template_name == "sitemap.xml":
            hidden = (f"{SOURCE}/", PAGE) if self.is_listed else ("",)
            context["pages"] = [file for file in context["pages"] if not file.src_uri.startswith(hidden)]
            for file in context["pages"]:
                if file.page:
                    file.page.update_date = ""
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Say what the page may load, and keep the compiled layouts; MkDocs writes no page that is empty."""
        output = self._with_head(output, config)
        for depth in DEPTHS:
            if page.file.src_uri == source_path(depth):
                self.layouts[depth] = split_layout(output)
                return ""
        return output

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give the pages that are no page of the documentation, as 404.html, the same policy."""
        return self._with_head(output_content, config) if template_name.endswith(".html") else output_content

    def _with_head(self, page: str, config: MkDocsConfig) -> str:
        """Say what a page may load, and whether search engines may list it."""
        page = page if self.is_listed else unlisted(page)
        return page if _is_preview(config) else with_policy(page)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index and the portal beside the documentation, and a sitemap without the day of building."""
        settle_sitemap(Path(config.site_dir))
        shipped = templates_with("search", self.settings(config).templates_dir) / "search" / OWN
        if not can_search(templates_with("search", self.settings(config).templates_dir)):
            log.warning(words(self.config.language or "es").text(MISSING).format(folder="site_templates/search"))
        synonyms, problems = read_synonyms(shipped, Path(config.docs_dir) / OWN)
        language = words(self.config.language or "es")
        for problem in problems:
            log.warning(one_line(problem, language.text))
        index = build_index(self.texts, synonyms, language=language.language)
        write_index(index, Path(config.site_dir))
        self._keep_offline(index, config)
        if self.source is not None and not self.documentation_only:
            settings = self.settings(config)
            context = build.portal_context(self.source, settings, site_url=config.site_url or "")
            rendered = build.render_portals(self.source, context, self.keyring)
            build.write_portals(rendered.portals, self.layouts, Path(config.site_dir))

    def _keep_offline(self, index: Index, config: MkDocsConfig) -> None:
        templates = self.settings(config).templates_dir
        assets = (*load_assets(templates), *load_dialog(templates_with("search", templates)), *index.first)
        kept = ("buscar/", POINTER, *(asset.path for asset in assets))
        code = (templates / "assets" / OFFLINE).read_bytes()
        write_file(Path(config.site_dir), OFFLINE, offline_script(code, kept))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when the executive's or the designer's files change."""
        settings = self.settings(config)
        for folder in (settings.data_dir, settings.templates_dir):
            if folder.is_dir():
                server.watch(str(folder))
        return server


def _line(problem: Problem, language: Words) -> str:
    return one_line(without_values(problem) if is_hosted() else problem, language.text)


def _is_preview(config: MkDocsConfig) -> bool:
    """Tell whether the site is read where it is previewed: a policy would stop the inline script that renews pages."""
    return (config.site_url or "").startswith(f"http://{config.dev_addr}")


def _read(docs_dir: Path, file: str) -> bytes | None:
    """Return the bytes of *file* below *docs_dir*; None where there is none."""
    path = docs_dir / file
    return path.read_bytes() if path.resolve().is_relative_to(docs_dir.resolve()) and path.is_file() else None


def _listed(value: object) -> tuple[str, ...]:
    """Return a value of the front matter that is a text or a list of them as a tuple."""
    return tuple(map(str, value if isinstance(value, list) else [value] if value else ()))


_LEVELS: dict[Severity, Literal[20, 30, 40]] = {Severity.NOTICE: 20, Severity.WARNING: 30, Severity.ERROR: 40}
