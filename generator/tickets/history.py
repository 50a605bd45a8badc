"""Earlier versions of an export that was overwritten, from the git history of the folder it lies in."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True)
class Version:
    """The content of a file as it was committed, and the day of the commit where it was made."""

    day: date
    content: bytes


def earlier_versions(path: Path) -> list[Version]:
    """Return the committed versions of *path*, the oldest first; none where there is no git or no history.

    A version equal to the file as it is, or to the version after it, is left out.
    """
    if not any((folder / ".git").exists() for folder in path.resolve().parents):
        return []
    log = _git(path.parent, "log", "--format=%H %cI", "--", f"./{path.name}")
    versions: list[Version] = []
    newer = path.read_bytes()
    for line in log.decode().splitlines():
        commit, when = line.split(" ", 1)
        content = _git(path.parent, "show", f"{commit}:./{path.name}")
        if content and content != newer:
            versions.append(Version(datetime.fromisoformat(when).date(), content))
            newer = content
    return versions[::-1]


def _git(folder: Path, *arguments: str) -> bytes:
    """Return what git prints, or nothing when it is not there or has nothing to say."""
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
