"""The settings of a target → its host. Every host has the same few verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from ..website.headers import headers_file
from .folder import FolderHost
from .git import GitHost
from .lock import PATIENCE
from .manifest import Digest
from .rclone import RcloneHost
from .release import Plan, Release
from .target import FolderTarget, GitTarget, RcloneTarget, Target


class Host(Protocol):
    """One place where a site is served. Each verb raises `PublishError` when the place does not do it."""

    @property
    def digest(self) -> Digest:
        """What this host knows contents by."""

    def locked(
        self, *, patience: float = PATIENCE, tell: Callable[[], None] = lambda: None
    ) -> AbstractContextManager[None]:
        """Hold the host for one publication; *tell* is called once when it must wait."""

    def live(self) -> Release | None:
        """Return what is served now, or None before the first time."""

    def releases(self) -> list[Release]:
        """Return the releases that can be brought back, oldest first."""

    def bring(self, release: Release, paths: tuple[str, ...], folder: Path) -> None:
        """Put those *paths* of one of `releases` into *folder*."""

    def remove(self) -> None:
        """Take off the preview that this host is of; nothing else is touched."""

    def put(self, plan: Plan, advance: Callable[[int, int], None]) -> None:
        """Make the release live. Killed at any point, the old or the new one is whole and the next call repairs."""


def open_host(target: Target, root: Path) -> Host:
    """Return the host of *target*; *root* is the folder of mkdocs.yml."""
    if isinstance(target, FolderTarget):
        return FolderHost(target)
    if isinstance(target, GitTarget):
        return GitHost(target, root)
    assert isinstance(target, RcloneTarget)  # noqa: S101 - there are three kinds
    return RcloneHost(target)


def host_files(target: Target) -> Mapping[str, bytes]:
    """Return the files that are for the host itself, by path: whoever serves a branch reads its wishes there."""
    is_whole = isinstance(target, GitTarget) and not target.preview
    return {".nojekyll": b"", "_headers": headers_file()} if is_whole else {}
