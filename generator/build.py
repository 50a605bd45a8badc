"""The flow: read, group, render each project, write. Start reading here."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from .locale import words
from .metrics.conflicts import agenda_problems
from .pages.articles import answered_tickets, read_article
from .pages.digest import make_digest
from .pages.faq import policy_questions
from .pages.parts import office
from .portals.cache import PortalCache, context_digest, portal_digest
from .portals.exposure import exposure_problems
from .portals.keyring import Keyring, executives
from .portals.notices import notices
from .portals.rendering import Portal, PortalContext
from .portals.sealed import placed, published_panel, published_portal
from .portals.vault import find_secret
from .problems import N_, AvanceError, DataErrors, Problem, Severity, UnreadableFile, errors
from .projects.cuts import EXPORTS, cut_of_name, newest_instant
from .projects.grouping import Grouping, group
from .projects.sheets import read_sheets
from .settings import templates_with
from .tickets.history import earlier_versions
from .tickets.importing import Import, import_file, import_table
from .tickets.reading import read_table
from .tickets.trackers import Trackers, load_trackers
from .website.assets import load_assets
from .website.clips import clips_of, read_clip_file
from .website.contents import read_contents, read_page
from .website.dialog import can_search
from .website.documentation import build_documentation, plugin_of
from .website.quality import Content, check_content, pages_of_navigation
from .website.queries import find_node, query_problems
from .website.search import index_in
from .website.spelling import read_own_words
from .website.writing import swapped_in, write_file
from .website.zensical import build_with_zensical

if TYPE_CHECKING:
    from datetime import date

    from mkdocs.config.defaults import MkDocsConfig

    from .metrics.likeness import Article
    from .pages.digest import Digest
    from .pages.faq import Question
    from .portals.keys import Secret
    from .portals.notices import Channel, Notice
    from .projects.model import Project, Sent
    from .settings import Settings
    from .website.clips import ClipFile
    from .website.contents import ContentPage
    from .website.layout import Layout

_NOT_A_SITE = N_("La carpeta {folder} contiene otros archivos, que se perderían: indique otra con --site-dir.")
POLICY_PAGE = "preguntas.md"
"""The documentation page whose questions stand on every project's FAQ."""
_NO_ARTICLES = ("guia/", "novedades/", "talleres/")
"""Folders of content/ that answer no ticket: what is for the team, and what is only announced."""
_FEW_PROJECTS = 8
_FEW_FILES = 64
"""Fewer than these are rendered, or read, sooner than worker processes start."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
Advance = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What was read of data/ and content/: enough to render every project."""

    imports: tuple[Import, ...]
    grouping: Grouping
    policy: tuple[Question, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    renewals: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How often the links of (project, contact) were made anew."""
    sent: Mapping[str, Sent] = field(default_factory=dict)
    """What each project's contacts were told last."""

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects to publish."""
        return self.grouping.projects


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """The portals of a site; `reused` of them were in the cache."""

    portals: tuple[Portal, ...]
    reused: int = 0


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a build did. `rows` = `tickets` + `merged` + `withheld` + `set_aside`, of the newest cuts' files."""

    source: Source = field(repr=False)
    projects: int
    rows: int
    tickets: int
    merged: int
    withheld: int
    set_aside: int
    pages: int
    files: int
    bytes: int
    reused: int
    """projects that were rendered by an earlier build"""
    problems: tuple[Problem, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)


def build_site(
    config: MkDocsConfig,
    site_dir: Path,
    *,
    workers: int | None = None,
    strict: bool = False,
    panel: bool = False,
    cache_dir: Path | None = None,
    advance: Advance | None = None,
) -> Report:
    """Build the whole site of *config* and put it in the place of *site_dir*.

    Private projects are sealed with the site's secret, and so is the executive's page over all projects. Without a
    secret that page is there, open, only with *panel*, and so are the drafts: such a site is to look at, not to
    publish. What has not changed since an earlier build with the same *cache_dir* is taken from there.

    Raises:
        DataErrors: when the data has errors (with *strict*, warnings as well); *site_dir* is as it was.
        AvanceError: when the builder of the documentation gives up, or *site_dir* holds something else than a
            site; it is as it was.
    """
    settings = plugin_of(config).settings(config)
    _check_target(site_dir.resolve(), settings, config)
    seconds: dict[str, float] = {}
    tell = advance or (lambda *_: None)
    with _timed(seconds, "data"):
        secret = site_secret(settings, Path(config.config_file_path).parent)
        source = read_source(
            settings, docs_dir=Path(config.docs_dir), has_secret=secret is not None, workers=workers, advance=tell
        )
        keyring = make_keyring(source, secret) if secret else None
        if keyring:
            source = _with_folders(source, keyring)
    with swapped_in(site_dir) as folder:
        with _timed(seconds, "documentation"):
            tell("documentation", 0, 1)
            plugin_of(config).show_drafts = panel
            plugin_of(config).booklet_cache = cache_dir / "booklets" if cache_dir else None
            if settings.zensical:
                documentation = build_with_zensical(
                    config,
                    settings,
                    folder,
                    settings.zensical,
                    drafts=panel,
                    listed=plugin_of(config).is_listed,
                    cache=plugin_of(config).booklet_cache,
                )
            else:
                documentation = build_documentation(config, folder)
            engine = templates_with("search", settings.templates_dir) / "search"
            unanswered = query_problems(
                Path(config.docs_dir), index_in(folder), engine, node=find_node() if can_search(engine.parent) else None
            )
            tell("documentation", 1, 1)
        problems = (*source.problems, *documentation.problems, *unanswered)
        if strict and any(problem.severity is Severity.WARNING for problem in problems):
            raise DataErrors(problems)
        with _timed(seconds, "projects"):
            context = portal_context(source, settings, site_url=config.site_url or "")
            cache = PortalCache(cache_dir) if cache_dir else None
            rendered = render_portals(source, context, keyring, panel=panel, cache=cache, workers=workers, advance=tell)
        with _timed(seconds, "writing"):
            write_portals(rendered.portals, documentation.layouts, folder)
            sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return _report(source, problems, rendered, sizes=sizes, seconds=seconds)


def _check_target(site_dir: Path, settings: Settings, config: MkDocsConfig) -> None:
    """Raise when putting a site at *site_dir* would take away what the site is made of, or somebody's other files."""
    sources = (settings.data_dir, settings.templates_dir, Path(config.docs_dir), Path(config.config_file_path))
    inside = any(source.resolve().is_relative_to(site_dir) for source in sources)
    foreign = site_dir.is_dir() and any(site_dir.iterdir()) and not (site_dir / "404.html").exists()
    if inside or foreign:
        raise AvanceError(words(settings.language).text(_NOT_A_SITE).format(folder=site_dir))


def site_secret(settings: Settings, tree: Path) -> Secret | None:
    """Return the secret of the site whose folder is *tree*; None without one, or where everything is published openly.

    Raises:
        AvanceError: when it is malformed, cannot be read, or lies in *tree*.
    """
    return None if settings.public else find_secret(settings.secret_file, tree, os.environ, words(settings.language))


def _with_folders(source: Source, keyring: Keyring) -> Source:
    """Return *source* with every private project in the folder in which it is published."""
    projects = tuple(placed(project, keyring) for project in source.projects)
    return replace(source, grouping=replace(source.grouping, projects=projects))


def make_keyring(source: Source, secret: Secret) -> Keyring:
    """Return the keys of the people of *source*."""
    return Keyring(secret=secret, executives=executives(source.projects), renewals=source.renewals)


def read_source(
    settings: Settings,
    *,
    docs_dir: Path,
    has_secret: bool = False,
    workers: int | None = None,
    advance: Advance | None = None,
) -> Source:
    """Read the exports and the executive's sheets, and group them into projects.

    Raises:
        DataErrors: when a problem is an error; it carries all the problems found.
    """
    files = export_files(settings)
    cuts = import_exports(files, settings, workers=workers, advance=advance)
    imports = [present for present, _ in cuts]
    sheets = read_sheets(settings)
    every = [*(cut for _, earlier in cuts for cut in earlier), *imports]
    grouping = group(every, sheets, settings, has_secret=has_secret)
    problems = (
        *_missing(settings, files),
        *(problem for imported in imports for problem in imported.problems),
        *sheets.problems,
        *grouping.problems,
        *agenda_problems(grouping.projects),
        *exposure_problems(
            settings.data_dir,
            docs_dir,
            os.environ,
            private=any(project.is_private for project in grouping.projects),
        ),
    )
    if errors(problems):
        raise DataErrors(problems)
    page = docs_dir / POLICY_PAGE
    policy = policy_questions(page.read_text(encoding="utf-8")) if page.is_file() else ()
    return Source(
        imports=tuple(imports),
        grouping=grouping,
        policy=policy,
        articles=tuple(_articles(docs_dir)),
        problems=problems,
        renewals=sheets.renewals,
        sent=sheets.sent,
    )


def tell(
    project: Project,
    source: Source,
    keyring: Keyring | None,
    site_url: str,
    channels: Sequence[Channel],
    *,
    since: date | None = None,
) -> tuple[Digest, tuple[Notice, ...]]:
    """Return what changed in *project* of *source*, and the messages that tell it; none when nothing is new.

    What was told last is where it starts, or the newest cut that is no later than *since*.
    """
    answered = answered_tickets(source.projects, source.articles).get(project.id, {})
    language = words(project.language)
    digest = make_digest(project, answered, language, sent=source.sent.get(project.id), since=since)
    return digest, tuple(notices(project, digest, keyring, site_url, channels)) if digest.is_news else ()


def content_problems(config: MkDocsConfig, projects: Sequence[Project]) -> tuple[Problem, ...]:
    """Return what the writers should mend in content/, as of the newest cut of *projects*."""
    docs_dir = Path(config.docs_dir)
    pages = read_contents(docs_dir)
    content = Content(
        pages=pages,
        in_navigation=pages_of_navigation(config.nav),
        day=max((project.cut.day for project in projects if project.cut.day), default=None),
        own_words=read_own_words(docs_dir),
        files=_clip_files(pages, docs_dir),
        largest=plugin_of(config).settings(config).largest_clip,
    )
    return check_content(content, projects)


def _clip_files(pages: Iterable[ContentPage], docs_dir: Path) -> dict[str, ClipFile]:
    """Return what there is of the pictures, videos, posters and captions that *pages* name."""
    clips = [clip for page in pages for clip in clips_of(page.body, page.path)]
    named = {file for clip in clips for file in (clip.file, clip.poster, clip.captions) if file}
    return {file: read_clip_file(docs_dir / file) for file in sorted(named) if (docs_dir / file).is_file()}


def _articles(docs_dir: Path) -> Iterator[Article]:
    """Yield the published articles for clients; the team's own guides are none, and neither are news."""
    for path in sorted(docs_dir.rglob("*.md")):
        name = path.relative_to(docs_dir).as_posix()
        text = path.read_text(encoding="utf-8")
        if not name.startswith(_NO_ARTICLES) and not read_page(text, name).is_draft:
            yield read_article(text, name)


def import_exports(
    files: Sequence[Path], settings: Settings, *, workers: int | None = None, advance: Advance | None = None
) -> list[tuple[Import, list[Import]]]:
    """Return what each of *files* became, and the earlier cuts that its history holds."""
    trackers = load_trackers(settings.data_dir / "trackers")
    cuts: list[tuple[Import, list[Import]]] = []
    if advance:
        advance("data", 0, len(files))
    with _executor(len(files), workers, few=_FEW_FILES) as executor:
        for done, imported in enumerate(
            map_over(
                executor, partial(_import_cuts, settings=settings, trackers=trackers), files, chunksize=_FEW_FILES
            ),
            start=1,
        ):
            cuts.append(imported)
            if advance:
                advance("data", done, len(files))
    return cuts


def _import_cuts(path: Path, settings: Settings, trackers: Trackers) -> tuple[Import, list[Import]]:
    name = path.relative_to(settings.data_dir).as_posix()
    imported = import_file(path, name=name, settings=settings, trackers=trackers)
    return imported, _earlier_cuts(path, name, settings, trackers)


def _earlier_cuts(path: Path, name: str, settings: Settings, trackers: Trackers) -> list[Import]:
    """Return the earlier versions of an undated export that was overwritten, each named as the cut that it was."""
    if cut_of_name(name):
        return []
    cuts: dict[str, Import] = {}
    for version in earlier_versions(path):
        try:
            raw = read_table(version.content, name=name, titles=trackers.titles)
        except UnreadableFile:
            continue
        imported = import_table(raw, settings=settings, trackers=trackers)
        instant = newest_instant(imported.tickets)
        day = instant.astimezone(settings.time_zone).date() if instant else version.day
        dated = PurePosixPath(name).with_name(f"{day} {path.name}").as_posix()
        cuts[dated] = replace(imported, file=dated)
    return list(cuts.values())


def export_files(settings: Settings) -> list[Path]:
    """Return every file under data/tickets/, in order; hidden ones and notes in Markdown are nobody's export."""
    return sorted(
        path
        for path in (settings.data_dir / EXPORTS).rglob("*")
        if path.is_file() and path.suffix != ".md" and not any(part.startswith((".", "~$")) for part in path.parts)
    )


def portal_context(source: Source, settings: Settings, *, site_url: str = "") -> PortalContext:
    """Return what every project's pages share."""
    return PortalContext(
        templates_dir=settings.templates_dir,
        company=settings.company,
        ticket_portal=settings.ticket_portal,
        policy=source.policy,
        articles=source.articles,
        answered=answered_tickets(source.projects, source.articles),
        site_url=site_url,
        language=settings.language,
        open_script=load_assets(settings.templates_dir).opener.path,
        office=office(
            settings.contact_name or settings.company,
            settings.contact_phone,
            settings.contact_email,
            words(settings.language),
        ),
    )


def render_portals(
    source: Source,
    context: PortalContext,
    keyring: Keyring | None = None,
    *,
    panel: bool = False,
    cache: PortalCache | None = None,
    workers: int | None = None,
    advance: Advance | None = None,
) -> Rendered:
    """Return the portal of every project, each rendered, and where it is private sealed, by itself.

    Those that *cache* has from an earlier build are taken from there. The last one is the executive's panel: sealed
    where there are keys for it, else open and only with *panel*.
    """
    common = context_digest(context) if cache else b""
    digests = [portal_digest(project, common, keyring) if cache else "" for project in source.projects]
    kept = [cache.get(digest) if cache else None for digest in digests]
    missing = [project for project, portal in zip(source.projects, kept, strict=True) if portal is None]
    with _executor(len(missing), workers, few=_FEW_PROJECTS) as executor:
        publish = partial(published_portal, context=context, keyring=keyring)
        rendered = iter(map_over(executor, publish, missing, chunksize=_FEW_PROJECTS))
        portals: list[Portal] = []
        for digest, portal in zip(digests, kept, strict=True):
            if portal is None:
                portals.append(next(rendered))
                if cache:
                    cache.put(digest, portals[-1])
            else:
                portals.append(portal)
            if advance:
                advance("projects", len(portals), len(digests))
    if cache:
        cache.keep_only(digests)
    if panel or (keyring and keyring.executives):
        portals.append(published_panel(source.projects, context, keyring))
    return Rendered(portals=tuple(portals), reused=len(digests) - len(missing))


def map_over(
    executor: Executor | None, work: Callable[[_Item], _Result], items: Sequence[_Item], *, chunksize: int = 1
) -> Iterable[_Result]:
    """Return *work* of each item, in order; in this process when there is no *executor*."""
    return executor.map(work, items, chunksize=chunksize) if executor else map(work, items)


def write_portals(portals: Iterable[Portal], layouts: Mapping[int, Layout], folder: Path) -> None:
    """Write each page inside the layout of its depth, and the files as they are."""
    for portal in portals:
        for page in portal.pages:
            layout = layouts[page.path.count("/")]
            write_file(folder, f"{page.path}index.html", layout.page(page))
        for file in portal.files:
            write_file(folder, file.path, file.content)


def _executor(items: int, workers: int | None, *, few: int) -> ProcessPoolExecutor | nullcontext[None]:
    """Return worker processes where they are worth their start, else None.

    They are never forked from this process: the threads of Typst and of Arrow would not be in the copy, their locks
    would.
    """
    if workers == 1 or (workers is None and items < few):
        return nullcontext()
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(workers, mp_context=context)


def _missing(settings: Settings, files: Sequence[Path]) -> list[Problem]:
    if not settings.data_dir.is_dir():
        return [
            Problem(
                file=EXPORTS,
                severity=Severity.ERROR,
                message=N_("No existe la carpeta de datos."),
                hint=N_(
                    "Créela, con una carpeta tickets/ que contenga las exportaciones, o indique otra con --data-dir."
                ),
            )
        ]
    if not files:
        return [
            Problem(
                file=EXPORTS,
                message=N_("No hay ninguna exportación de tickets: el sitio se publica sin proyectos."),
                hint=N_("Copie en esa carpeta el archivo CSV de su sistema de tickets."),
            )
        ]
    return []


def _report(
    source: Source,
    problems: tuple[Problem, ...],
    rendered: Rendered,
    *,
    sizes: Sequence[int],
    seconds: Mapping[str, float],
) -> Report:
    grouping = source.grouping
    newest = set(grouping.newest_files)
    imports = [imported for imported in source.imports if imported.file in newest]
    return Report(
        source=source,
        projects=len(grouping.projects),
        rows=sum(imported.rows for imported in imports),
        tickets=sum(len(project.tickets) for project in grouping.projects),
        merged=grouping.merged + sum(imported.merged for imported in imports),
        withheld=grouping.withheld,
        set_aside=sum(len(imported.set_aside) for imported in imports),
        pages=sum(len(portal.pages) for portal in rendered.portals),
        reused=rendered.reused,
        files=len(sizes),
        bytes=sum(sizes),
        problems=problems,
        seconds=seconds,
    )


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - start, 3)
