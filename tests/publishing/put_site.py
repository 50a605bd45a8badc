"""Publishes a folder to a host, as a process that a test can kill: KIND PLACE SITE [BACKEND]."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from generator.publishing.hosts import open_host
from generator.publishing.target import FolderTarget, GitTarget, RcloneTarget, Target
from tests.publishing.serving import put


def target_of(kind: str, place: Path) -> Target:
    """Return the settings of a host of *kind* at *place*."""
    if kind == "folder":
        return FolderTarget(name="servidor", path=place, grace=timedelta(days=30))
    if kind == "git":
        return GitTarget(name="paginas", remote=str(place))
    return RcloneTarget(name="disco", backend="local", path=str(place))


if __name__ == "__main__":
    kind, place, site = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    target = target_of(kind, place)
    put(open_host(target, place.parent), target, site)
