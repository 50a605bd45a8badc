"""The preview of a branch, on every kind of host: beneath the site, apart from it, and gone without a trace."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.publishing.failures import Outdated, PublishError
from generator.publishing.hosts import Host, open_host
from generator.publishing.target import Target, preview_address, preview_name, preview_of

from .conftest import Place, folder_place, git_place
from .serving import FIRST, SECOND, make_plan, put
from .test_hosts import own

OTHER = {"index.html": "rama", "p/andina/index.html": "andina de la rama", "assets/avance/portal.33333333.css": "c { }"}


def served(place: Place) -> dict[str, str]:
    """Return what a reader finds, by address; a folder target leads to its previews by links."""
    found = own(place.served())
    for preview in sorted(Path(place.target.path, "preview").iterdir()) if hasattr(place.target, "compress") else ():
        beneath = place.target.path / "current" / "preview" / preview.name
        paths = [path for path in beneath.rglob("*") if path.is_file()]
        found |= {f"preview/{preview.name}/{path.relative_to(beneath).as_posix()}": path.read_text() for path in paths}
    return {path: text for path, text in found.items() if ".avance/" not in path and "avance.json" not in path}


def beneath(files: dict[str, str], name: str = "precios") -> dict[str, str]:
    return {f"preview/{name}/{path}": text for path, text in files.items()}


def opened(place: Place, tmp_path: Path, branch: str = "precios") -> tuple[Host, Target]:
    target = preview_of(place.target, branch)
    return open_host(target, tmp_path), target


def test_a_preview_is_beneath_the_site_which_stays_as_it_is(place: Place, sites, tmp_path: Path) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(*opened(place, tmp_path), sites("rama", OTHER))
    assert served(place) == FIRST | beneath(OTHER)
    assert [release.number for release in place.again().releases()] == [1]
    live = opened(place, tmp_path)[0].live()
    assert live is not None
    assert set(OTHER) <= set(live.files)


def test_the_next_site_and_a_return_leave_the_preview(place: Place, sites, tmp_path: Path) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(*opened(place, tmp_path), sites("rama", OTHER))
    for site in (SECOND, FIRST):
        put(place.again(), place.target, sites(site["index.html"], site))
        found = served(place)
        assert {path: text for path, text in found.items() if path.startswith("preview/")} == beneath(OTHER)
        assert found["index.html"] == site["index.html"]


def test_a_preview_changes_and_another_one_stays(place: Place, sites, tmp_path: Path) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(*opened(place, tmp_path), sites("rama", OTHER))
    put(*opened(place, tmp_path, "otra"), sites("otra", {"index.html": "otra"}))
    put(*opened(place, tmp_path), sites("más", {**OTHER, "index.html": "rama 2"}))
    assert served(place) == FIRST | beneath({**OTHER, "index.html": "rama 2"}) | beneath({"index.html": "otra"}, "otra")


def test_a_preview_goes_and_nothing_else(place: Place, sites, tmp_path: Path) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(*opened(place, tmp_path), sites("rama", OTHER))
    put(*opened(place, tmp_path, "otra"), sites("otra", {"index.html": "otra"}))
    host, _ = opened(place, tmp_path)
    with host.locked():
        host.remove()
    assert served(place) == FIRST | beneath({"index.html": "otra"}, "otra")
    assert opened(place, tmp_path)[0].live() is None
    with opened(place, tmp_path)[0].locked():
        opened(place, tmp_path)[0].remove()
    put(*opened(place, tmp_path), sites("rama", OTHER))
    assert served(place) == FIRST | beneath(OTHER) | beneath({"index.html": "otra"}, "otra")


def test_a_folder_leaves_pages_that_are_the_sites_own(tmp_path: Path, sites) -> None:
    place = folder_place(tmp_path)
    mine = {"index.html": "x", "preview/nota/index.html": "mía"}
    put(place.host, place.target, sites("uno", mine))
    put(*opened(place, tmp_path), sites("rama", OTHER))
    put(place.again(), place.target, sites("dos", {**mine, "index.html": "y"}))
    assert own(place.served()) == {**mine, "index.html": "y"}


@pytest.mark.parametrize(("keep", "commits"), [(5, 2), (1, 1), (0, 5)])
def test_a_branch_remembers_releases_of_the_site_and_no_preview(tmp_path: Path, sites, keep: int, commits: int) -> None:
    place = git_place(tmp_path, keep=keep)
    put(place.host, place.target, sites("uno", FIRST))
    put(*opened(place, tmp_path), sites("rama", OTHER))
    put(place.again(), place.target, sites("dos", SECOND))
    put(*opened(place, tmp_path), sites("más", {**OTHER, "index.html": "rama 2"}))
    with opened(place, tmp_path)[0].locked():
        opened(place, tmp_path)[0].remove()
    bare = tmp_path / "remoto.git"

    def log(*arguments: str) -> str:
        return subprocess.run(
            ["git", "-C", bare, "log", "--format=%H", *arguments, "gh-pages"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert len(log().split()) == commits
    if keep:
        tips = [
            subprocess.run(["git", "-C", bare, "ls-tree", commit], capture_output=True, text=True, check=True).stdout
            for commit in log().split()
        ]
        assert not [listed for listed in tips if "preview" in listed]
    assert [release.number for release in place.again().releases()] == [1, 2][-max(1, commits) :]


def test_pages_of_the_site_itself_are_no_preview_of_a_branch(tmp_path: Path, sites) -> None:
    place = git_place(tmp_path)
    mine = {"index.html": "x", "preview/nota/index.html": "mía"}
    put(place.host, place.target, sites("uno", mine))
    put(*opened(place, tmp_path), sites("rama", OTHER))
    put(place.again(), place.target, sites("dos", {"index.html": "y"}))
    assert served(place) == {"index.html": "y"} | beneath(OTHER)


def test_whoever_publishes_a_preview_second_is_told_and_nothing_is_lost(tmp_path: Path, sites) -> None:
    place = git_place(tmp_path)
    put(place.host, place.target, sites("uno", FIRST))
    slow, target = opened(place, tmp_path)
    with slow.locked():
        plan = make_plan(slow, target, sites("rama", OTHER))
        put(place.again(), place.target, sites("dos", SECOND))
        with pytest.raises(Outdated):
            slow.put(plan, lambda *_: None)
    put(*opened(place, tmp_path), sites("rama", OTHER))
    assert {path: served(place)[path] for path in SECOND} == SECOND


@pytest.mark.parametrize("branch", ["../../etc", "a/b", "-x", "A", "日本", "a" * 300, "x;rm -rf $HOME", "\udcff"])
def test_any_branch_is_a_plain_part_of_an_address(branch: str) -> None:
    name = preview_name(branch)
    assert preview_address("https://a.example", name) == f"https://a.example/preview/{name}/"
    assert len(name) <= 60
    assert name.replace("-", "").isalnum()
    assert name.isascii()
    assert preview_name(name) == name


def test_branches_that_look_alike_have_previews_of_their_own() -> None:
    assert len({preview_name(branch) for branch in ("a-b", "a/b", "A/b", "a_b", "á-b")}) == 5


def test_a_preview_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="Falta el nombre de la rama"):
        preview_of(folder_place(tmp_path).target, "")
