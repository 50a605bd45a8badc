"""A host that is a folder: releases beside each other, and a link to the live one that is switched in one rename.

    PATH/current                    → releases/0007-1f2e…, what the web server serves
    PATH/releases/0007-1f2e…/       a whole site; what did not change is the same file on disk as in the release before
    PATH/releases/0007-1f2e….json   its record
    PATH/previews/NAME/             the same for the preview of a branch
    PATH/preview/NAME               → ../previews/NAME/current; `preview` in each release leads here

A release is there when its record is; a folder that has none is what a killed run left, and the next run removes it.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import brotli

from ..website.headers import is_immutable
from .failures import disk_failure
from .lock import PATIENCE, local_lock
from .manifest import Digest, sha256
from .release import Plan, Release, read_record, write_record
from .target import PREVIEWS, FolderTarget

_TEXTS = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".ics", ".csv", ".map")
_OURS = re.compile(r"(\.new-|\.)?\d{4,}-[0-9a-f]{16}")
"""The names of what is written here; whatever else lies in the folder is somebody else's."""
_WORTH = 512
"""Texts under this many bytes gain nothing by being compressed."""
_FORMS: dict[str, Callable[[str, bytes], bytes]] = {
    ".gz": lambda _, content: gzip.compress(content, mtime=0),
    # The best quality takes a hundred times as long: worth it once, for what readers keep and builds rarely change.
    ".br": lambda path, content: brotli.compress(content, quality=11 if is_immutable(path) else 6),
}
"""What lies beside each text for readers who take it compressed, by the ending of its name."""


class FolderHost:
    """A folder that a web server reads."""

    digest: Digest = staticmethod(sha256)

    def __init__(self, target: FolderTarget) -> None:
        self.target = target
        self._base = target.path / "previews" / target.preview if target.preview else target.path
        self._releases = self._base / "releases"
        self._current = self._base / "current"
        self._shown = target.path / PREVIEWS / target.preview

    def locked(
        self, *, patience: float = PATIENCE, tell: Callable[[], None] = lambda: None
    ) -> AbstractContextManager[None]:
        """Hold the host for one publication."""
        with _disk(self.target.path):
            _make_folder(self.target.path)
        return local_lock(self.target.path / ".lock", patience=patience, tell=tell)

    def live(self) -> Release | None:
        """Return what is served now, or None before the first time."""
        try:
            return self._read(self._current.readlink().name)
        except OSError:
            return None

    def releases(self) -> list[Release]:
        """Return the releases that are there, oldest first."""
        found = (self._read(path.stem) for path in self._releases.glob("*.json"))
        return sorted((release for release in found if release), key=lambda release: release.number)

    def bring(self, release: Release, paths: tuple[str, ...], folder: Path) -> None:
        """Put those *paths* of a release that is there into *folder*."""
        for path in paths:
            _place(self._folder(release) / path, folder / path)

    def put(self, plan: Plan, advance: Callable[[int, int], None]) -> None:
        """Write the release beside the others, make it live, and remove the oldest.

        Raises:
            PublishError: when the disk does not take it; what was live still is.
        """
        final = self._folder(plan.release)
        record = final.with_suffix(".json")
        staging = self._releases / f".new-{final.name}"
        with _disk(self.target.path):
            self._sweep()
            try:
                self._write(plan, staging, advance)
                if not self.target.preview and self._shown.is_dir():
                    _lead_to_previews(staging)
                _write_whole(record, write_record(plan.release))
                staging.rename(final)
                if self.target.preview:
                    self._show()
                self._switch(plan.release)
            except BaseException:
                record.unlink(missing_ok=True)
                for folder in (staging, final):
                    shutil.rmtree(folder, ignore_errors=True)
                raise
            self._prune(plan.release)

    def remove(self) -> None:
        """Take the preview off."""
        with _disk(self.target.path):
            self._shown.unlink(missing_ok=True)
            shutil.rmtree(self._base, ignore_errors=True)

    def _show(self) -> None:
        """Let the site that is live lead to the preview."""
        _make_folder(self._shown.parent)
        if not self._shown.is_symlink():
            self._shown.symlink_to(Path("..", "previews", self.target.preview, "current"))
        _lead_to_previews(self.target.path / "current")

    def _write(self, plan: Plan, staging: Path, advance: Callable[[int, int], None]) -> None:
        former = self._folder(plan.former) if plan.former else None
        for done, path in enumerate(plan.release.files, start=1):
            same = former if former is not None and not plan.is_new(path) and (former / path).is_file() else None
            if same is not None:
                _place(same / path, staging / path)
            else:
                _new_file(staging / path, plan.content(path))
            if self.target.compress and path.endswith(_TEXTS):
                _write_forms(path, staging, same, plan.release)
            if done % 100 == 0 or done == len(plan.release.files):
                advance(done, len(plan.release.files))

    def _switch(self, release: Release) -> None:
        """Make *release* live: nobody ever finds no link, or half of one."""
        # What a power cut takes must not be the files of a release that the link already names.
        os.sync()
        link = self._base / ".current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("releases") / _name(release))
        link.replace(self._current)

    def _sweep(self) -> None:
        """Remove what a killed run left: folders without a record, records without a folder."""
        _make_folder(self._releases)
        live = self._current.readlink().name if self._current.is_symlink() else ""
        for path in filter(lambda path: _OURS.match(path.name), self._releases.iterdir()):
            whole = path.with_suffix(".json").is_file() if path.suffix != ".json" else path.with_suffix("").is_dir()
            if path.name != live and (path.name.startswith(".") or not whole):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _prune(self, live: Release) -> None:
        old = [release for release in self.releases() if release.number != live.number]
        for release in old[: max(0, len(old) - self.target.keep + 1)]:
            self._folder(release).with_suffix(".json").unlink()
            shutil.rmtree(self._folder(release))

    def _folder(self, release: Release) -> Path:
        return self._releases / _name(release)

    def _read(self, name: str) -> Release | None:
        record = self._releases / f"{name}.json"
        if not record.is_file() or not record.with_suffix("").is_dir():
            return None
        return read_record(record.read_bytes())


def _name(release: Release) -> str:
    return f"{release.number:04d}-{release.build}"


def _lead_to_previews(release: Path) -> None:
    """Put the way to the previews into a release: the web server needs no word about them."""
    link = release / PREVIEWS
    if not link.is_symlink() and not link.exists():
        link.symlink_to(Path("..", "..", PREVIEWS))


@contextmanager
def _disk(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise disk_failure(error, place) from error


def _make_folder(folder: Path) -> None:
    """Make a folder that a web server may read, whatever this process's mask says."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(0o755)


def _new_file(target: Path, content: bytes) -> None:
    _make_folder(target.parent)
    target.write_bytes(content)
    target.chmod(0o644)


def _write_forms(path: str, staging: Path, same: Path | None, release: Release) -> None:
    """Write the compressed forms of a text beside it, or those of the release *same*, which has the same text."""
    for ending, compressed in _FORMS.items():
        form = f"{path}{ending}"
        if form in release.files or release.files[path].size < _WORTH:
            continue
        if same is not None and (same / form).is_file():
            _place(same / form, staging / form)
        else:
            _new_file(staging / form, compressed(path, (staging / path).read_bytes()))


def _place(source: Path, target: Path) -> None:
    """Make *target* the same file as *source*, or a copy where a disk has no such links."""
    _make_folder(target.parent)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _write_whole(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".{target.name}.part")
    temporary.write_bytes(content)
    temporary.replace(target)
