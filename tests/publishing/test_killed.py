"""Killed at any point: what is served is the old site or the new one, whole, and the next run goes on."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from generator.publishing.hosts import open_host

from .put_site import target_of
from .serving import put, write_site

ROOT = Path(__file__).parents[2]
STYLE = "assets/avance/portal.{:08x}.css"
KILLS = {"folder": 50, "git": 50, "rclone": 50}


def site_files(number: int) -> dict[str, str]:
    """Return a site whose every page names the build and the stylesheet that it needs."""
    style = STYLE.format(number)
    page = f"<link href={style}> construcción {number} " + "x" * 2000
    pages = {f"p/{project}/{part}index.html": page for project in range(30) for part in ("", "agenda/", "soporte/")}
    return {"index.html": page, "404.html": page, style: f"/* {number} */" * 500, **pages}


def look(kind: str, place: Path) -> dict[str, str]:
    """Return the files that a reader of the host can meet."""
    if kind == "git":
        shown = subprocess.run(["git", "-C", place, "archive", "gh-pages"], capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(shown)) as archive:
            return {
                member.name: archive.extractfile(member).read().decode()
                for member in archive.getmembers()
                if member.isfile() and not member.name.startswith(".avance")
            }
    root = place / "current" if kind == "folder" else place
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in root.rglob("*")
        if path.is_file() and path.suffix in (".html", ".css") and ".avance" not in path.parts
    }


def check_whole(kind: str, shown: dict[str, str], old: int, new: int) -> None:
    """Every page is one of the two builds, complete, with its stylesheet; one switch: all pages are of one build."""
    seen = set()
    for path, text in shown.items():
        if path.endswith(".html"):
            (number,) = (n for n in {old, new} if text == site_files(n)["index.html"])
            seen.add(number)
            assert shown[STYLE.format(number)] == site_files(number)[STYLE.format(number)]
    assert {path for path in site_files(old) if path.endswith(".html")} <= shown.keys()
    assert len(seen) == 1 or kind == "rclone"


def killed_at_random(kind: str, tmp_path: Path, kills: int) -> None:
    place = tmp_path / "place"
    place.mkdir()
    if kind == "git":
        subprocess.run(["git", "init", "-q", "--bare", place], check=True)
    target = target_of(kind, place)
    put(open_host(target, tmp_path), target, write_site(tmp_path / "0", site_files(0)))
    chance = random.Random(7)
    command = [sys.executable, "-m", "tests.publishing.put_site", kind, str(place)]
    start = time.monotonic()
    subprocess.run([*command, write_site(tmp_path / "1", site_files(1))], cwd=ROOT, check=True)
    usual = time.monotonic() - start
    old = 1
    for new in range(2, kills + 2):
        site = write_site(tmp_path / str(new), site_files(new))
        with subprocess.Popen([*command, site], cwd=ROOT, start_new_session=True) as process:
            time.sleep(chance.uniform(0.15, 1.0) * usual)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shown = look(kind, place)
        check_whole(kind, shown, old, new)
        if kind == "rclone":
            # What a cut-off upload left is a mix of whole pages; the next run makes one build of it. It would first
            # wait a minute for a sign of life of the one before, which test_lock.py looks at.
            lock = place / ".avance" / "lock"
            lock.unlink(missing_ok=True)
            put(open_host(target, tmp_path), target, site)
            check_whole("folder", look(kind, place), new, new)
            old = new
        else:
            old = new if shown["index.html"] == site_files(new)["index.html"] else old
    last = write_site(tmp_path / "last", site_files(99))
    put(open_host(target, tmp_path), target, last)
    served = look(kind, place)
    assert {path: served[path] for path in site_files(99)} == site_files(99)
    if kind == "folder":
        left = {path.name for path in (place / "releases").iterdir()}
        folders = {name for name in left if not name.endswith(".json")}
        assert left - folders == {f"{name}.json" for name in folders}
        assert not [name for name in left if name.startswith(".")]
        assert len(folders) <= target.keep


@pytest.mark.parametrize("kind", ["folder", "git", "rclone"])
def test_a_publication_that_is_killed_leaves_a_whole_site(kind: str, tmp_path: Path) -> None:
    killed_at_random(kind, tmp_path, {"folder": 6, "git": 4, "rclone": 2}[kind])


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(KILLS))
def test_a_publication_that_is_killed_fifty_times_leaves_a_whole_site(kind: str, tmp_path: Path) -> None:
    killed_at_random(kind, tmp_path, KILLS[kind])
