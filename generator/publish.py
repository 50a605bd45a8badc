"""Publishing in one function: build, compare with what is live, upload, verify, record. Start reading here."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .build import Advance, Report, build_site
from .portals.cache import cache_folder
from .problems import N_
from .publishing.failures import Outdated, PublishError
from .publishing.hosts import Host, host_files, open_host
from .publishing.manifest import UNKNOWN, Changes, build_id, compare, read_files
from .publishing.release import Plan, Release, is_settled, plan_release
from .publishing.target import (
    PREVIEWS,
    GitTarget,
    Target,
    choose_target,
    preview_address,
    preview_of,
    read_targets,
)
from .publishing.verify import SAMPLE, Verification, verify
from .website.documentation import plugin_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_TRIES = 3
"""How often a publication is planned anew when somebody else published meanwhile."""
_FIRST = 300
"""Files that are new and are read for sure after a publication."""

Tell = Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a publication, or a rollback, did; with `dry_run`, what it would do."""

    target: Target
    release: Release
    former: Release | None
    changes: Changes
    settled: bool
    """the host served all of it already"""
    verification: Verification | None
    """None where nothing was read: a trial, or a target without an address"""
    report: Report | None = None
    """of the build; None when a release was brought back"""
    dry_run: bool = False


class NotVerified(PublishError):
    """The address does not serve what was published; carries what was found there."""

    def __init__(self, found: Verification, message: str) -> None:
        super().__init__(message)
        self.found = found


def site_targets(config: MkDocsConfig) -> dict[str, Target]:
    """Return the hosts of a site by name."""
    settings = plugin_of(config).settings(config)
    return read_targets(settings.publish, root=_root(config), url=config.site_url or "")


def publish_site(
    config: MkDocsConfig,
    name: str | None = None,
    *,
    now: datetime,
    preview: str | None = None,
    dry_run: bool = False,
    advance: Advance = lambda *_: None,
    waiting: Tell = lambda: None,
) -> Published:
    """Build the site of *config* and put it on the host called *name*, or the first one, at *now* (UTC).

    As the *preview* of a branch it is put beneath the site that is there, which stays as it is.

    Raises:
        DataErrors: when the data has errors; the host is not touched.
        PublishError: when the host does not take it, or does not show it; what it served before, it serves.
    """
    target = choose_target(site_targets(config), name)
    if preview is not None:
        target = _beneath(config, target, preview)
    host = open_host(target, _root(config))
    language = plugin_of(config).settings(config).language
    with tempfile.TemporaryDirectory(prefix="avance-") as folder:
        site = Path(folder) / "site"
        report = build_site(config, site, cache_dir=cache_folder(_root(config)), advance=advance)
        if report.withheld and not report.projects:
            raise PublishError(
                N_("No se publicaría ningún proyecto."), N_("Si son privados, falta el secreto (AVANCE_SECRET).")
            )

        def plan() -> Plan:
            return plan_release(
                read_files(site, host.digest),
                site,
                host.live(),
                build=build_id(read_files(site)),
                number=_next_number(host),
                now=now,
                grace=target.grace,
                language=language,
                extra=host_files(target),
                digest=host.digest,
            )

        if dry_run:
            return _published(target, plan(), None, report, dry_run=True)
        return _put(host, target, plan, advance, waiting, report)


def _beneath(config: MkDocsConfig, target: Target, branch: str) -> Target:
    """Return the target of a preview, and let *config* be of a site that is read there and that no engine lists."""
    preview = preview_of(target, branch)
    live = open_host(target, _root(config)).live()
    if live is None:
        raise PublishError(
            N_("Todavía no hay un sitio que pueda llevar una vista previa."), N_("Publique primero la rama principal.")
        )
    if any(path.startswith(PREVIEWS) for path in live.files):
        raise PublishError(
            N_("Este destino no puede mostrar vistas previas: el sitio ya tiene páginas propias en {folder}."),
            N_("Cambie de nombre esa carpeta de content/ y publique la rama principal."),
            folder=PREVIEWS,
        )
    config.site_url = preview_address(config.site_url or "", preview.preview)
    plugin_of(config).is_listed = False
    return preview


def remove_preview(
    config: MkDocsConfig, name: str | None = None, *, preview: str, waiting: Tell = lambda: None
) -> tuple[Target, bool]:
    """Take the *preview* of a branch off a host, and return its target and whether there was one.

    Raises:
        PublishError: when the host does not take it.
    """
    target = preview_of(choose_target(site_targets(config), name), preview)
    host = open_host(target, _root(config))
    for attempt in range(1, _TRIES + 1):
        with host.locked(tell=waiting):
            if host.live() is None:
                return target, False
            try:
                host.remove()
            except Outdated:
                if attempt == _TRIES:
                    raise
                continue
            return target, True
    raise AssertionError("the loop returns or raises")


def rollback_site(
    config: MkDocsConfig,
    name: str | None = None,
    number: int | None = None,
    *,
    now: datetime,
    advance: Advance = lambda *_: None,
    waiting: Tell = lambda: None,
) -> Published:
    """Make the release *number* live again, or the one before the live one; as a new release, at *now* (UTC).

    Raises:
        PublishError: when there is no such release, or the host does not take it.
    """
    target = choose_target(site_targets(config), name)
    host = open_host(target, _root(config))
    language = plugin_of(config).settings(config).language
    with tempfile.TemporaryDirectory(prefix="avance-") as folder:

        def plan() -> Plan:
            live = host.live()
            wanted = _find(host.releases(), live, number)
            return _plan_back(host, target, wanted, live, Path(folder), now=now, language=language)

        return _put(host, target, plan, advance, waiting, None)


def list_releases(config: MkDocsConfig, name: str | None = None) -> tuple[Target, list[Release], int | None]:
    """Return a target, the releases that can be brought back, oldest first, and the number of the live one."""
    target = choose_target(site_targets(config), name)
    host = open_host(target, _root(config))
    live = host.live()
    return target, host.releases(), live.number if live else None


def _put(
    host: Host, target: Target, plan: Callable[[], Plan], advance: Advance, waiting: Tell, report: Report | None
) -> Published:
    """Publish what *plan* says under the lock of the host, again when somebody else was faster."""
    for attempt in range(1, _TRIES + 1):
        with host.locked(tell=waiting):
            planned = plan()
            try:
                if not is_settled(planned):
                    host.put(planned, lambda done, total: advance("upload", done, total))
            except Outdated:
                if attempt == _TRIES:
                    raise
                continue
            found = _verified(host, target, planned, advance)
            return _published(target, planned, found, report)
    raise AssertionError("the loop returns or raises")


def _verified(host: Host, target: Target, planned: Plan, advance: Advance) -> Verification | None:
    """Read the site where it is served; when it is not what was published, put back what was there before."""
    if not (target.verify and target.url):
        return None
    former, release = planned.former, planned.release
    own = {path: what for path, what in release.own.items() if path not in planned.made}
    new = compare(former.files if former else {}, own).uploads
    found = verify(
        own,
        release.build,
        target.url,
        digest=host.digest,
        first=new[:_FIRST],
        sample=SAMPLE,
        patience=target.wait,
        advance=lambda done, total: advance("verify", done, total),
    )
    if not found.wrong:
        return found
    if isinstance(target, GitTarget) and found.served != found.build:
        raise NotVerified(found, N_("La rama quedó publicada, pero todavía no se ve: el servidor puede tardar."))
    if former is None or is_settled(planned) or UNKNOWN in former.files.values():
        raise NotVerified(found, N_("El sitio no se ve como se construyó."))
    with tempfile.TemporaryDirectory(prefix="avance-") as folder:
        host.put(_plan_back(host, target, former, release, Path(folder), now=release.published), lambda *_: None)
    raise NotVerified(found, N_("El sitio no se veía como se construyó: se volvió a la publicación anterior."))


def _plan_back(
    host: Host,
    target: Target,
    wanted: Release,
    live: Release | None,
    folder: Path,
    *,
    now: datetime,
    language: str = "es",
) -> Plan:
    """Return the plan that brings *wanted* back after *live*: only what is not served already comes from its store."""
    served = live.files if live else {}
    host.bring(wanted, tuple(path for path, what in wanted.own.items() if served.get(path) != what), folder)
    return plan_release(
        {path: what for path, what in wanted.own.items() if path not in host_files(target)},
        folder,
        live,
        build=wanted.build,
        number=_next_number(host),
        now=now,
        grace=target.grace,
        language=language,
        extra=host_files(target),
        source=wanted.number,
        digest=host.digest,
    )


def _find(releases: list[Release], live: Release | None, number: int | None) -> Release:
    """Return the release *number*, or the newest one with another build before the one whose content is live."""
    if number is not None:
        found = next((release for release in releases if release.number == number), None)
        if found is None:
            numbers = ", ".join(str(release.number) for release in releases) or "—"
            raise PublishError(
                N_("El destino no guarda la publicación {number}."),
                N_("Las que guarda: {numbers}."),
                number=number,
                numbers=numbers,
            )
        return found
    start = (live.source or live.number) if live else 0
    earlier = [release for release in releases if live and release.number < start and release.build != live.build]
    if not earlier:
        raise PublishError(N_("No hay ninguna publicación anterior a la que volver."))
    return earlier[-1]


def _next_number(host: Host) -> int:
    live = host.live()
    return 1 + max((release.number for release in (*host.releases(), *((live,) if live else ()))), default=0)


def _published(
    target: Target, plan: Plan, found: Verification | None, report: Report | None, *, dry_run: bool = False
) -> Published:
    return Published(
        target=target,
        release=plan.release,
        former=plan.former,
        changes=compare(plan.former.files if plan.former else {}, plan.release.files),
        settled=is_settled(plan),
        verification=found,
        report=report,
        dry_run=dry_run,
    )


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent.resolve()
