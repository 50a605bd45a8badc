"""What a host serves at one time, as a record, and the next release planned from the last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from .manifest import BUILD_FILE, UNKNOWN, Digest, Entry, Files, build_file, entry, is_part, part_of, sha256
from .withdrawn import withdrawn_page

_DOMAINS = ("CNAME", ".domains")
"""Where a host that serves a branch keeps the site's own domain: its settings page writes it into the branch."""


@dataclass(frozen=True, kw_only=True)
class Release:
    """All that a host serves at one time. Holds paths and digests: its record is kept where no reader finds it."""

    number: int
    build: str
    published: datetime
    """UTC; never before that of the release it came after, whatever the clock says"""
    files: Files = field(default_factory=dict, repr=False)
    """every file served, with those below"""
    kept: Mapping[str, datetime] = field(default_factory=dict)
    """files of an earlier build that its pages may still ask for, and until when (UTC)"""
    withdrawn: Mapping[str, datetime] = field(default_factory=dict)
    """folders of projects that are gone, whose pages say so, and until when (UTC)"""
    source: int | None = None
    """the number of the release that this one brought back"""

    @property
    def own(self) -> dict[str, Entry]:
        """The files of its build: without what was kept, said or added when it was published."""
        return {
            path: what
            for path, what in self.files.items()
            if path not in self.kept and path != BUILD_FILE and part_of(path) not in self.withdrawn
        }


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A release that is to be made live: its record, the release it follows, and where each content comes from."""

    release: Release
    former: Release | None
    site: Path
    """the folder with the files of the build"""
    made: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """files that are in no build, by path"""

    def is_new(self, path: str) -> bool:
        """Tell whether the host does not serve this content at this path already."""
        return self.former is None or self.former.files.get(path) != self.release.files[path]

    def content(self, path: str) -> bytes:
        """Return the content of a path that is new."""
        return self.made[path] if path in self.made else (self.site / path).read_bytes()


def plan_release(  # noqa: PLR0913 - each is another thing that a release depends on
    files: Files,
    site: Path,
    former: Release | None,
    *,
    build: str,
    number: int,
    now: datetime,
    grace: timedelta,
    language: str = "es",
    extra: Mapping[str, bytes] | None = None,
    source: int | None = None,
    digest: Digest = sha256,
) -> Plan:
    """Return the release that serves *files* after *former*, at *now* (UTC).

    Parts of the last build's pages stay for *grace*; a project that is gone loses every file at once, and its pages
    say so for *grace*. *extra* are files of the host itself.
    """
    now = max(now, former.published) if former else now
    kept = _kept(files, former, now, grace)
    withdrawn = _withdrawn(files, former, now, grace)
    made = {BUILD_FILE: build_file(build), **(extra or {})}
    styles = sorted(path for path in files if path.startswith("assets/avance/") and path.endswith(".css"))
    for path in former.files if former else ():
        if part_of(path) in withdrawn and path.endswith("/index.html"):
            made[path] = withdrawn_page(path, styles, language=language)
        elif path in _DOMAINS and path not in files:
            kept[path] = datetime.max.replace(tzinfo=UTC)
    before = former.files if former else {}
    served = {path: before[path] for path in kept} | dict(files)
    served |= {path: entry(content, digest) for path, content in made.items()}
    release = Release(
        number=number,
        build=build,
        published=now,
        files=dict(sorted(served.items())),
        kept=kept,
        withdrawn=withdrawn,
        source=source,
    )
    return Plan(release=release, former=former, site=site, made=made)


def _kept(files: Files, former: Release | None, now: datetime, grace: timedelta) -> dict[str, datetime]:
    if former is None:
        return {}
    folders = {folder.as_posix() for path in files for folder in PurePosixPath(path).parents}
    gone = {
        path: former.kept.get(path, now + grace)
        for path, what in former.files.items()
        if is_part(path) and what != UNKNOWN and path not in files and path not in folders
    }
    return {path: until for path, until in gone.items() if until > now and not _is_below(path, files)}


def _is_below(path: str, files: Files) -> bool:
    """Tell whether a folder of *path* is a file by now."""
    return any(folder.as_posix() in files for folder in PurePosixPath(path).parents)


def _withdrawn(files: Files, former: Release | None, now: datetime, grace: timedelta) -> dict[str, datetime]:
    if former is None:
        return {}
    here = {part_of(path) for path in files}
    gone = {part for path in former.files if (part := part_of(path)).startswith("p/") and part not in here}
    until = {part: former.withdrawn.get(part, now + grace) for part in sorted(gone)}
    return {part: when for part, when in until.items() if when > now}


def is_settled(plan: Plan) -> bool:
    """Tell whether the host already serves all of the plan: there is nothing to do."""
    return plan.former is not None and plan.former.files == plan.release.files


def write_record(release: Release, *, files: bool = True) -> bytes:
    """Return the record of a release, with its list of *files* or without."""
    record = {
        "schema": 1,
        "number": release.number,
        "build": release.build,
        "published": release.published.isoformat(),
        "source": release.source,
        "kept": {path: until.isoformat() for path, until in release.kept.items()},
        "withdrawn": {part: until.isoformat() for part, until in release.withdrawn.items()},
        "files": {path: [what.size, what.digest] for path, what in release.files.items()} if files else {},
    }
    return json.dumps(record, indent=0, ensure_ascii=False).encode()


def read_record(content: bytes) -> Release:
    """Return the release of a record.

    Raises:
        ValueError: when it is none.
    """
    try:
        record = json.loads(content)
        return Release(
            number=record["number"],
            build=record["build"],
            published=datetime.fromisoformat(record["published"]),
            source=record["source"],
            kept=_instants(record["kept"]),
            withdrawn=_instants(record["withdrawn"]),
            files={path: Entry(*what) for path, what in record["files"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a record of a release: {error}") from error


def _instants(record: Mapping[str, str]) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(when) for name, when in record.items()}
