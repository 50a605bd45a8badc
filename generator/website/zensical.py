"""The documentation as Zensical builds it: a program of its own that runs no plugin of MkDocs.

So it gets a folder in which all that the plugin does to sources is done, and what the plugin does to rendered pages is
done to the files that it leaves. Both ways call `additions`. What differs is told in docs/zensical.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from html import unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import yaml
from jinja2 import Environment, FileSystemLoader

from ..locale import words
from ..problems import N_, AvanceError, Ours, Problem
from .additions import (
    BUILD_ONLY,
    FOOT,
    ContentAdditions,
    ThemeAdditions,
    content_additions,
    generated_pages,
    is_preview,
    page_text,
    theme_additions,
    with_clips_of,
    written_index,
)
from .addresses import page_address, relative_address
from .announcements import is_announcement
from .booklets import RenderedPage, downloads_of, printed_sections
from .contents import read_contents
from .dialog import PAGE
from .documentation import Documentation
from .headers import unlisted, with_policy
from .layout import DEPTHS, SOURCE, Layout, source_path, split_layout
from .writing import settle_sitemap, write_file

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from ..settings import Settings
    from .booklets import Menu, Printed
    from .contents import ContentPage
    from .sections import PageText

MARK = "@@avance-mark@@"
"""Where `main.html` lets a page be cut: its title, its content, its foot, then the rest."""
_SETTINGS = ("site_name", "site_url", "site_description", "site_author", "copyright", "repo_url", "repo_name")
_OWN_INDEX = "search.json"
"""Zensical's index for a search of its own, which no page of ours asks."""
_LOOKS = "classic"
"""Its variant of the theme that looks as Material does; our stylesheets are written for that."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(r"^Warning: (?P<told>.+)\n.*\[ (?P<path>.+?):(?P<line>\d+):\d+ \]", re.MULTILINE)
_LISTED = re.compile(r"\s*<url>\s*<loc>(?P<address>[^<]*)</loc>.*?</url>", re.DOTALL)


def build_with_zensical(
    config: MkDocsConfig,
    settings: Settings,
    folder: Path,
    program: Path,
    *,
    drafts: bool = False,
    listed: bool = True,
    cache: Path | None = None,
) -> Documentation:
    """Build the documentation of *config* into *folder* by the command *program*, and nothing of the portal.

    With *drafts* the drafts are in it, as in a site to look at; not *listed*, no search engine is to have it.

    Raises:
        AvanceError: when Zensical gives up.
    """
    docs_dir = Path(config.docs_dir)
    every = source_pages(config)
    pages = [page for page in every if drafts or not page.is_draft]
    theme = theme_additions(settings)
    content = content_additions(pages, settings, title=config.site_name, site_url=config.site_url or "")
    hidden = {page.path for page in every if page.is_draft}
    derived = derived_config(config, theme, hidden, not_in_nav=_not_in_nav(content))
    with tempfile.TemporaryDirectory(prefix="avance-") as temporary:
        work = Path(temporary)
        write_sources(work, config, settings, theme, content)
        warnings = _build(program, work, derived, folder)
    policy = not is_preview(content.site_url, config.dev_addr)
    cuts = tuple(cut_pages(folder, content, docs_dir))
    printed = printed_sections(
        tuple(menu_of(config.nav)),
        {cut.page.content.path: cut.page for cut in cuts},
        settings,
        site_name=config.site_name,
        site_url=content.site_url,
        docs_dir=docs_dir,
        cache=cache,
    )
    write_pages(folder, cuts, printed, settings)
    layouts = finish_pages(folder, policy=policy, listed=listed)
    settle_listed(folder, content.site_url, listed=listed)
    problems = written_index((cut.text for cut in cuts if cut.text), docs_dir, folder, settings)
    return Documentation(layouts, (*content.announcements.problems, *warnings, *problems))


def source_pages(config: MkDocsConfig) -> list[ContentPage]:
    """Return the pages of content/ that may be in the site, the drafts among them."""
    return [page for page in read_contents(Path(config.docs_dir)) if not _is_excluded(page.path, config)]


def write_sources(
    work: Path, config: MkDocsConfig, settings: Settings, theme: ThemeAdditions, content: ContentAdditions
) -> None:
    """Write into *work* what Zensical reads: `content/` with all that avance adds, and the templates, `overrides/`."""
    docs_dir = Path(config.docs_dir)
    for file in sorted(docs_dir.rglob("*")):
        name = file.relative_to(docs_dir).as_posix()
        if file.is_file() and file.suffix != ".md" and name not in BUILD_ONLY and not _is_excluded(name, config):
            write_file(work / "content", name, file.read_bytes())
    for path, page in content.pages.items():
        foot = content.foot(path)
        front = {**page.front, FOOT: asdict(foot)} if foot else page.front
        said = f"---\n{yaml.safe_dump(dict(front), allow_unicode=True)}---\n" if front else ""
        text = f"{said}{content.markdown(page.body, path, start=f'{PurePosixPath(path).parent}/')}"
        write_file(work / "content", path, text.encode())
    for path, source in generated_pages(settings.language).items():
        write_file(work / "content", path, source.encode())
    for asset in (*theme.files, *content.files):
        write_file(work / "content", asset.path, asset.content)
    own = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    for templates in (*own, settings.templates_dir / "overrides"):
        shutil.copytree(templates, work / "overrides", dirs_exist_ok=True)


def derived_config(
    config: MkDocsConfig, theme: ThemeAdditions, drafts: Iterable[str] = (), *, not_in_nav: Iterable[str] = ()
) -> dict[str, Any]:
    """Return what the mkdocs.yml for Zensical says: that of *config* over the folders that `write_sources` writes.

    *drafts* are left out of the navigation. Of the plugins it has the search alone, without which there would be no
    place for ours.
    """
    given = {name: config[name] for name in _SETTINGS if config[name]}
    looks = {name: value for name, value in dict(config.theme).items() if name != "locale" and value is not None}
    extensions = [
        {name: _plain(config.mdx_configs[name])} if config.mdx_configs.get(name) else name
        for name in config.markdown_extensions
    ]
    nav = {"nav": _without(config.nav, frozenset(drafts))} if config.nav else {"not_in_nav": "\n".join(not_in_nav)}
    return {
        **given,
        "docs_dir": "content",
        "site_dir": "site",
        "theme": {**looks, "custom_dir": "overrides", "variant": _LOOKS},
        "extra": _plain({**config.extra, "avance": {**theme.texts, "mark": MARK}}),
        "extra_css": [*config.extra_css, theme.stylesheet],
        "extra_javascript": [*map(str, config.extra_javascript), theme.script],
        "markdown_extensions": extensions,
        "plugins": ["search"],
        **nav,
    }


@dataclass(frozen=True, kw_only=True)
class CutPage:
    """A page that was built, cut at the marks; `text` is what the search knows of it."""

    before: str
    page: RenderedPage
    foot: str
    after: str
    text: PageText | None


def cut_pages(folder: Path, content: ContentAdditions, docs_dir: Path) -> Iterator[CutPage]:
    """Yield the pages of content/ that stand in *folder*, their clips waiting to be asked for."""
    for path, source in content.pages.items():
        address = page_address(path)
        file = folder / address / "index.html"
        parts = file.read_text(encoding="utf-8").split(MARK) if file.is_file() else []
        if len(parts) == 1:
            continue
        before, title, body, foot, after = parts
        title = unescape(title.strip())
        html = with_clips_of(body, path, address, docs_dir, content.settings)
        yield CutPage(
            before=before,
            page=RenderedPage(content=source, title=title, html=html, url=address),
            foot=foot,
            after=after,
            text=page_text(body, address, title, source.front),
        )


def write_pages(folder: Path, cuts: Iterable[CutPage], printed: Sequence[Printed], settings: Settings) -> None:
    """Write the pages into *folder*, whole again, each with the downloads that it offers, and those as well."""
    for each in printed:
        write_file(folder, each.section.path, each.pdf)
    templates = Environment(loader=FileSystemLoader(settings.templates_dir / "overrides"), autoescape=True)
    for cut in cuts:
        address = cut.page.url
        templates.filters["url"] = partial(relative_address, page=address)
        downloads = downloads_of(cut.page.content.path, printed, words(settings.language))
        offered = templates.get_template("partials/downloads.html").render(downloads=downloads)
        html = f"{cut.before}{cut.page.html}{cut.foot}{offered}{cut.after}"
        write_file(folder, f"{address}index.html", html.encode())


def menu_of(nav: Any) -> Iterator[str | tuple[str, Menu]]:
    """Yield the menu of `nav:` in mkdocs.yml, without what is no page of content/."""
    for item in nav or ():
        for title, part in item.items() if isinstance(item, Mapping) else ((None, item),):
            if isinstance(part, list):
                yield str(title), tuple(menu_of(part))
            elif str(part).endswith(".md"):
                yield str(part)


def finish_pages(folder: Path, *, policy: bool = True, listed: bool = True) -> Mapping[int, Layout]:
    """Say in the pages of *folder* what they may load, and whether engines may list them; return the layouts by depth.

    The layouts are taken out.
    """
    for file in folder.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        html = html if listed else unlisted(html)
        file.write_text(with_policy(html) if policy else html, encoding="utf-8")
    pages = {depth: folder / page_address(source_path(depth)) / "index.html" for depth in DEPTHS}
    layouts = {depth: split_layout(page.read_text(encoding="utf-8")) for depth, page in pages.items()}
    shutil.rmtree(folder / SOURCE)
    (folder / _OWN_INDEX).unlink(missing_ok=True)
    return layouts


def settle_listed(folder: Path, site_url: str, *, listed: bool = True) -> None:
    """Take what no reader looks for out of the sitemap in *folder*, all of it unless it is *listed*; compress it."""
    sitemap = folder / "sitemap.xml"
    if sitemap.is_file():
        hidden = (f"{site_url}{SOURCE}/", f"{site_url}{page_address(PAGE)}") if listed else ("",)
        every = sitemap.read_text(encoding="utf-8")
        kept = _LISTED.sub(lambda found: "" if found["address"].startswith(hidden) else found[0], every)
        sitemap.write_text(kept, encoding="utf-8")
        settle_sitemap(folder)


def _build(program: Path, work: Path, derived: Mapping[str, Any], folder: Path) -> tuple[Problem, ...]:
    """Build what is prepared in *work* by the configuration *derived* into *folder*, and return what is warned of."""
    (work / "mkdocs.yml").write_text(yaml.dump(derived, allow_unicode=True), encoding="utf-8")
    warnings = tuple(_run(program, work))
    shutil.copytree(work / "site", folder, dirs_exist_ok=True)
    return warnings


def _run(program: Path, work: Path) -> Iterator[Problem]:
    """Run Zensical in *work*, and yield what it warns of."""
    command = [str(program), "build", "--config-file", str(work / "mkdocs.yml")]
    try:
        done = subprocess.run(command, cwd=work, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    except OSError as error:
        raise AvanceError(f"{program}: {error.strerror}") from error
    told = _COLOUR.sub("", done.stderr)
    if done.returncode:
        raise AvanceError(told.strip().rpartition("\n")[2] or f"{program}: {done.returncode}")
    for found in _WARNING.finditer(told):
        # The line is that of the prepared page, whose front matter is longer: what stands there tells more.
        lines = (work / "content" / found["path"]).read_text(encoding="utf-8").splitlines()
        text = f"{found['path']}: {found['told']}: {lines[int(found['line']) - 1].strip()}"
        yield Problem(file="content/", message=N_("{text}"), values={"text": Ours(text)})


def _is_excluded(path: str, config: MkDocsConfig) -> bool:
    """Tell whether a file of content/ is kept out of the site: a hidden one, or one of `exclude_docs`."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    return hidden or bool(config.exclude_docs and config.exclude_docs.match_file(path))


def _not_in_nav(content: ContentAdditions) -> list[str]:
    """Return the pages that a navigation made from the folders leaves out."""
    listed = [path for path, page in content.pages.items() if page.is_draft or is_announcement(path)]
    return [f"/{path}" for path in (*listed, *generated_pages(content.settings.language))]


def _without(nav: Any, drafts: frozenset[str]) -> Any:
    """Return a navigation without the pages *drafts*, nor the sections that only have those."""
    if isinstance(nav, Mapping):
        return {title: kept for title, part in nav.items() if (kept := _without(part, drafts))}
    if isinstance(nav, list):
        return [kept for part in nav if (kept := _without(part, drafts))]
    return None if nav in drafts else nav


def _plain(value: Any) -> Any:
    """Return options as plain YAML: folders as texts (`!relative` is a tag of MkDocs alone), tuples as lists."""
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return os.fspath(value) if isinstance(value, os.PathLike) else value
