"""A branch: what is pushed, what it remembers, and two who push at once."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.publishing.failures import Outdated, PublishError
from generator.publishing.hosts import open_host

from .conftest import git_place
from .serving import FIRST, SECOND, make_plan, put, write_site


def git(folder: Path, *arguments: str | Path) -> str:
    who = {f"GIT_{role}_{what}": "Ana" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", "-C", folder, *arguments], capture_output=True, text=True, check=True, env={**os.environ, **who}
    )
    return done.stdout.strip()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return tmp_path / "remoto.git"


@pytest.mark.parametrize(("keep", "commits"), [(5, 3), (2, 2), (1, 1), (0, 3)])
def test_the_branch_remembers_as_many_releases_as_it_is_told(
    tmp_path: Path, bare: Path, keep: int, commits: int
) -> None:
    place = git_place(tmp_path, keep=keep)
    for number in range(3):
        put(place.again(), place.target, write_site(tmp_path / str(number), {"index.html": str(number)}))
    assert git(bare, "rev-list", "--count", "gh-pages") == str(commits)
    assert place.served()["index.html"] == b"2"


def test_commits_say_the_build_and_no_name(tmp_path: Path, bare: Path, sites) -> None:
    place = git_place(tmp_path)
    plan = put(place.host, place.target, sites("uno", FIRST))
    said = git(bare, "log", "-1", "--format=%an|%ae|%cn|%ce|%B", "gh-pages")
    assert said == f"avance|avance@localhost.invalid|avance|avance@localhost.invalid|avance {plan.release.build}"


def test_bytes_are_pushed_as_they_are_whatever_git_is_told_about_line_ends(tmp_path: Path, bare: Path) -> None:
    work = tmp_path / "trabajo"
    git(tmp_path, "init", "-q", work)
    (work / ".git/info/attributes").write_text("* text=auto eol=lf\n")
    git(work, "config", "core.autocrlf", "true")
    place = git_place(tmp_path)
    put(open_host(place.target, work), place.target, write_site(tmp_path / "uno", {"index.html": "a\r\nb\r\n"}))
    assert place.served()["index.html"] == b"a\r\nb\r\n"
    assert git(work, "status", "--porcelain", "--branch") == "## No commits yet on master"


def test_whoever_is_second_is_told_and_nothing_is_lost(tmp_path: Path, sites) -> None:
    place = git_place(tmp_path)
    put(place.host, place.target, sites("uno", FIRST))
    slow = place.again()
    with slow.locked():
        plan = make_plan(slow, place.target, sites("dos", SECOND))
        put(place.again(), place.target, sites("tres", {**FIRST, "index.html": "inicio 3"}))
        with pytest.raises(Outdated):
            slow.put(plan, lambda *_: None)
    assert place.served()["index.html"] == b"inicio 3"
    put(place.again(), place.target, sites("dos", SECOND))
    assert place.served()["index.html"] == b"inicio 2"


def test_a_branch_with_other_files_is_never_replaced(tmp_path: Path, bare: Path, sites) -> None:
    place = git_place(tmp_path, branch="main")
    work = tmp_path / "trabajo"
    git(tmp_path, "clone", "-q", bare, work)
    (work / "mkdocs.yml").write_text("site_name: x\n")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "x")
    git(work, "push", "-q", "origin", "HEAD:main")
    with pytest.raises(PublishError, match="La rama «main» contiene otros archivos"):
        put(place.host, place.target, sites("uno", FIRST))


def test_a_site_that_another_tool_pushed_is_taken_over(tmp_path: Path, bare: Path, sites) -> None:
    place = git_place(tmp_path)
    work = tmp_path / "trabajo"
    git(tmp_path, "clone", "-q", bare, work)
    for name, text in (("index.html", "viejo"), ("CNAME", "avance.example")):
        (work / name).write_text(text)
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "x")
    git(work, "push", "-q", "origin", "HEAD:gh-pages")
    put(place.host, place.target, sites("uno", FIRST))
    assert place.served()["index.html"] == b"inicio 1"
    assert place.served()["CNAME"] == b"avance.example"


def test_a_protected_branch_is_told(tmp_path: Path, bare: Path, sites) -> None:
    place = git_place(tmp_path)
    hook = bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho no >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PublishError, match="El servidor no permite escribir en esa rama"):
        put(place.host, place.target, sites("uno", FIRST))


def test_a_remote_that_is_not_there_is_told(tmp_path: Path, sites) -> None:
    place = git_place(tmp_path, remote=str(tmp_path / "nada.git"))
    with pytest.raises(PublishError, match="El servidor no tiene lo que dice el destino"):
        put(place.host, place.target, sites("uno", FIRST))


def test_a_shallow_clone_publishes_as_well(tmp_path: Path, bare: Path, sites) -> None:
    place = git_place(tmp_path)
    for name, files in (("uno", FIRST), ("dos", SECOND)):
        put(place.again(), place.target, sites(name, files))
    shallow = tmp_path / "superficial"
    git(tmp_path, "clone", "-q", "--depth", "1", "-b", "gh-pages", f"file://{bare}", shallow)
    host = open_host(place.target, shallow)
    assert [release.number for release in host.releases()] == [1, 2]
    put(host, place.target, sites("tres", {**FIRST, "index.html": "inicio 3"}))
    assert place.served()["index.html"] == b"inicio 3"
