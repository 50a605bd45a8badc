"""Which files a build has and what is in them, and what differs between two builds."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

BUILD_FILE = "avance.json"
"""The address, from the home of a site, where it says which build it is.

It holds the build's id and nothing else: a list of its files would be a list of the clients.
"""
RECORDS = ".avance/"
"""The folder where hosts that only take files keep the records of their releases; no part of a build."""
_PROJECTS = "p/"
_ASSETS = "assets/"


@dataclass(frozen=True)
class Entry:
    """What is in a file: its size in bytes, and its digest (SHA-256, or what a host knows files by)."""

    size: int
    digest: str


UNKNOWN = Entry(-1, "")
"""Stands for a file whose content nobody can tell: a run that was killed may or may not have written it."""
Files = Mapping[str, Entry]
"""Path from the home of the site, with slashes → what is in the file."""
Digest = Callable[[bytes], str]


def sha256(content: bytes) -> str:
    """Return the SHA-256 of *content* in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def entry(content: bytes, digest: Digest = sha256) -> Entry:
    """Return what stands for *content*."""
    return Entry(len(content), digest(content))


def read_files(folder: Path, digest: Digest = sha256) -> dict[str, Entry]:
    """Return the files of a built site, by path; what avance itself adds when it publishes is left out."""
    paths = sorted(path for path in _walk(folder) if path != BUILD_FILE and not path.startswith(RECORDS))
    with ThreadPoolExecutor() as threads:
        read = threads.map(partial(_read, folder, digest), paths, chunksize=64)
        return dict(zip(paths, read, strict=True))


def _walk(folder: Path) -> Iterator[str]:
    for root, _, names in os.walk(folder):
        for name in names:
            yield Path(root, name).relative_to(folder).as_posix()


def _read(folder: Path, digest: Digest, path: str) -> Entry:
    return entry((folder / path).read_bytes(), digest)


def build_id(files: Files) -> str:
    """Return the id of a build: 16 hexadecimal digits that depend on every path and every byte.

    >>> build_id({}) == build_id({})
    True
    """
    lines = (f"{path}\0{files[path].size}\0{files[path].digest}\n" for path in sorted(files))
    return sha256("".join(lines).encode())[:16]


def build_file(build: str) -> bytes:
    """Return the file that says which build a site is."""
    return json.dumps({"schema": 1, "build": build}).encode() + b"\n"


@dataclass(frozen=True, kw_only=True)
class Changes:
    """The paths in which one set of files differs from another, sorted; `bytes` is the size of what is new."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    bytes: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def uploads(self) -> tuple[str, ...]:
        """The paths whose content is new."""
        return tuple(sorted((*self.added, *self.changed)))


def compare(former: Files, files: Files) -> Changes:
    """Return what makes *former* into *files*.

    >>> compare({"a": Entry(1, "x")}, {"b": Entry(2, "x")})
    Changes(added=('b',), changed=(), removed=('a',), bytes=2)
    """
    added = tuple(sorted(files.keys() - former.keys()))
    changed = tuple(sorted(path for path in files.keys() & former.keys() if files[path] != former[path]))
    return Changes(
        added=added,
        changed=changed,
        removed=tuple(sorted(former.keys() - files.keys())),
        bytes=sum(files[path].size for path in (*added, *changed)),
    )


@dataclass(frozen=True, kw_only=True)
class Group:
    """The changes of one part of a site: a project's folder (`p/<id>/`), `assets/`, or the documentation (empty)."""

    folder: str
    changes: Changes


def grouped(changes: Changes, files: Files) -> tuple[Group, ...]:
    """Return *changes* by part of the site, projects first; *files* are those after them."""
    folders = sorted(
        {part_of(path) for path in (*changes.uploads, *changes.removed)}, key=lambda name: (not name, name)
    )
    groups = [Group(folder=folder, changes=_of(changes, files, folder)) for folder in folders]
    return tuple(sorted(groups, key=lambda group: not group.folder.startswith(_PROJECTS)))


def _of(changes: Changes, files: Files, folder: str) -> Changes:
    def here(paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(path for path in paths if part_of(path) == folder)

    return Changes(
        added=here(changes.added),
        changed=here(changes.changed),
        removed=here(changes.removed),
        bytes=sum(files[path].size for path in here(changes.uploads)),
    )


def part_of(path: str) -> str:
    """Return the part of the site that a file belongs to.

    >>> part_of("p/andina/agenda/index.html"), part_of("assets/x.css"), part_of("manual/index.html")
    ('p/andina/', 'assets/', '')
    """
    if path.startswith(_PROJECTS) and path.count("/") > 1:
        return path[: path.index("/", len(_PROJECTS)) + 1]
    return _ASSETS if path.startswith(_ASSETS) else ""


def is_page(path: str) -> bool:
    """Tell whether a reader opens this file: it is to come after what it shows."""
    return path.endswith(".html")


def is_part(path: str) -> bool:
    """Tell whether a page of an earlier build may still ask for this file after it is gone."""
    return not path.startswith(_PROJECTS) and not path.endswith((".html", ".xml", ".xml.gz", ".txt", ".json"))
