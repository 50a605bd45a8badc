"""The MkDocs plugin `avance`: events into calls, nothing else.

`mkdocs build` and `mkdocs serve` make the whole site through it. Under `avance build` it only makes the documentation
and keeps the layouts (`documentation_only`); the command does the rest with the same calls.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from zoneinfo import ZoneInfo

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel

from . import build
from .locale import LANGUAGES, words
from .problems import AvanceError, DataErrors, Problem, Severity, one_line, without_values
from .settings import Settings, is_hosted, site_root
from .tickets.kinds import Kind
from .tickets.table import COLUMNS, State
from .tickets.trackers import WAITING_ON_CLIENT
from .website.additions import (
    BUILD_ONLY,
    FOOT,
    ContentAdditions,
    content_additions,
    generated_pages,
    is_preview,
    page_text,
    theme_additions,
    with_clips_of,
    written_index,
)
from .website.announcements import is_announcement
from .website.booklets import Printed, RenderedPage, downloads_of, printed_sections
from .website.contents import read_page
from .website.dialog import PAGE
from .website.headers import unlisted, with_policy
from .website.layout import DEPTHS, SOURCE, Layout, source_path, split_layout
from .website.writing import settle_sitemap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation, Section
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from .locale import Words
    from .portals.keyring import Keyring
    from .website.booklets import Menu
    from .website.sections import PageText

log = get_plugin_logger("avance")


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
    zensical = c.Optional(c.Type(str))
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
        self.additions: ContentAdditions | None = None
        self.source: build.Source | None = None
        self.keyring: Keyring | None = None
        self.texts: list[PageText] = []
        self.rendered: dict[str, RenderedPage] = {}
        self.menu: Menu = ()
        self.printed: tuple[Printed, ...] = ()

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
        for name in {"secret_file", "zensical"} & options.keys():
            options[name] = root / Path(options[name]).expanduser()
        folders = {
            "data_dir": root / options["data_dir"],
            "templates_dir": own if own.is_dir() else site_root() / "site_templates",
        }
        return Settings(**options | folders)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the designer's templates before the theme's, and the brand's stylesheet on every page."""
        settings = self.settings(config)
        additions = theme_additions(settings)
        config.theme.dirs.insert(0, str(settings.templates_dir / "overrides"))
        config.extra_css.append(additions.stylesheet)
        config.extra_javascript.append(additions.script)
        config.extra["avance"] = dict(additions.texts)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the data before anything is written: an error leaves the former site whole."""
        self.layouts = {}
        self.texts = []
        self.rendered = {}
        self.printed = ()
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
        settings = self.settings(config)
        pages = {file: read_page(file.content_string, file.src_uri) for file in files.documentation_pages()}
        for file, page in pages.items():
            if page.is_draft:
                file.inclusion = InclusionLevel.NOT_IN_NAV if self.show_drafts else InclusionLevel.DRAFT
            elif is_announcement(file.src_uri):
                file.inclusion = InclusionLevel.NOT_IN_NAV
        self.additions = content_additions(
            pages.values(), settings, title=config.site_name, site_url=config.site_url or ""
        )
        language = words(settings.language)
        for problem in self.additions.announcements.problems:
            log.warning(one_line(problem, language.text))
        for asset in (*theme_additions(settings).files, *self.additions.files):
            files.append(File.generated(config, asset.path, content=asset.content))
        for name in BUILD_ONLY:
            if built_only := files.get_file_from_path(name):
                files.remove(built_only)
        for path, source in generated_pages(settings.language).items():
            files.append(File.generated(config, path, content=source, inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the menu, whose sections are printed."""
        self.menu = tuple(_menu(nav.items))
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the news and the workshops where their pages want them, and the foot of an article where it is found."""
        if self.additions is None:
            return markdown
        page.meta[FOOT] = self.additions.foot(page.file.src_uri)
        return self.additions.markdown(markdown, page.file.src_uri, start=page.url)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep the text of a page for the search; make videos and moving pictures wait until somebody asks for them."""
        if text := page_text(html, page.url, str(page.title), page.meta):
            self.texts.append(text)
        path = page.file.src_uri
        html = with_clips_of(html, path, page.url, Path(config.docs_dir), self.settings(config))
        if self.additions and path in self.additions.pages:
            content = self.additions.pages[path]
            self.rendered[path] = RenderedPage(content=content, title=str(page.title), html=html, url=page.url)
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Print the sections, now that every page is there and before the first one is written."""
        try:
            self.printed = printed_sections(
                self.menu,
                self.rendered,
                self.settings(config),
                site_name=config.site_name,
                site_url=config.site_url or "",
                docs_dir=Path(config.docs_dir),
                cache=self.booklet_cache,
            )
        except AvanceError as error:
            raise PluginError(str(error)) from error
        for each in self.printed:
            files.append(File.generated(config, each.section.path, content=each.pdf))
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Any
    ) -> TemplateContext:
        """Give the pages of a section its PDF."""
        language = words(self.config.language or "es")
        context["downloads"] = downloads_of(  # type: ignore[typeddict-unknown-key]
            page.file.src_uri, self.printed, language
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
        return page if is_preview(config.site_url or "", config.dev_addr) else with_policy(page)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index and the portal beside the documentation, and a sitemap without the day of building."""
        settle_sitemap(Path(config.site_dir))
        settings = self.settings(config)
        language = words(settings.language)
        for problem in written_index(self.texts, Path(config.docs_dir), Path(config.site_dir), settings):
            log.warning(one_line(problem, language.text))
        if self.source is not None and not self.documentation_only:
            context = build.portal_context(self.source, settings, site_url=config.site_url or "")
            rendered = build.render_portals(self.source, context, self.keyring)
            build.write_portals(rendered.portals, self.layouts, Path(config.site_dir))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when the executive's or the designer's files change."""
        settings = self.settings(config)
        for folder in (settings.data_dir, settings.templates_dir):
            if folder.is_dir():
                server.watch(str(folder))
        return server


def _menu(items: Iterable[StructureItem]) -> Iterator[str | tuple[str, Menu]]:
    for item in items:
        if item.is_section:
            section = cast("Section", item)
            yield section.title, tuple(_menu(section.children))
        elif item.is_page:
            yield cast("Page", item).file.src_uri


def _line(problem: Problem, language: Words) -> str:
    return one_line(without_values(problem) if is_hosted() else problem, language.text)


_LEVELS: dict[Severity, Literal[20, 30, 40]] = {Severity.NOTICE: 20, Severity.WARNING: 30, Severity.ERROR: 40}
