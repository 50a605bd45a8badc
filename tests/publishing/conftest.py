"""Hosts of every kind, each on this machine."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from generator.publishing.hosts import Host, open_host
from generator.publishing.target import FolderTarget, GitTarget, RcloneTarget, Target

from .serving import write_site


@dataclass(frozen=True)
class Place:
    """A host, its settings, and how to look at what it serves."""

    host: Host
    target: Target
    served: Callable[[], dict[str, bytes]]
    again: Callable[[], Host]
    """the same host, opened anew as the next run does"""


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _visible(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if not path.startswith(".avance/")}


def folder_place(tmp_path: Path, **options: object) -> Place:
    usual = {"name": "servidor", "path": tmp_path / "www", "compress": False, "grace": timedelta(days=30)}
    target = FolderTarget(**usual | options)
    return Place(
        open_host(target, tmp_path),
        target,
        lambda: _files(tmp_path / "www" / "current"),
        lambda: open_host(target, tmp_path),
    )


def git_place(tmp_path: Path, **options: object) -> Place:
    bare = tmp_path / "remoto.git"
    subprocess.run(["git", "init", "-q", "--bare", bare], check=True)
    target = GitTarget(**{"name": "paginas", "remote": str(bare)} | options)

    def served() -> dict[str, bytes]:
        out = tmp_path / "checkout"
        subprocess.run(["rm", "-rf", out], check=True)
        subprocess.run(["git", "clone", "-q", "-b", target.branch, bare, out], check=True)
        return {path: content for path, content in _visible(_files(out)).items() if not path.startswith(".git/")}

    return Place(open_host(target, tmp_path), target, served, lambda: open_host(target, tmp_path))


def rclone_place(tmp_path: Path, **options: object) -> Place:
    target = RcloneTarget(**{"name": "disco", "backend": "local", "path": str(tmp_path / "www")} | options)
    return Place(
        open_host(target, tmp_path),
        target,
        lambda: _visible(_files(tmp_path / "www")),
        lambda: open_host(target, tmp_path),
    )


KINDS = {"folder": folder_place, "git": git_place, "rclone": rclone_place}


@pytest.fixture(params=["folder", "git", pytest.param("rclone", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A host of each kind."""
    return KINDS[request.param](tmp_path)


@pytest.fixture
def sites(tmp_path: Path) -> Callable[[str, Mapping[str, str]], Path]:
    """A function: a name and files → the folder of a built site."""
    return lambda name, files: write_site(tmp_path / "sites" / name, files)
