"""A place for files: in which order, with which headers, and what a cut-off upload leaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.publishing.failures import PublishError
from generator.publishing.manifest import UNKNOWN
from generator.publishing.rclone import RcloneHost, _headers

from .conftest import rclone_place
from .serving import FIRST, SECOND, put


class Watching(RcloneHost):
    """Keeps which folders were uploaded, in order, and can be cut off before one of them."""

    def __init__(self, *arguments, cut: str = "") -> None:
        super().__init__(*arguments)
        self.uploaded: list[list[str]] = []
        self.cut = cut

    def _upload(self, folder: Path, path: str, *rest) -> int:
        if folder.name == self.cut:
            raise KeyboardInterrupt
        self.uploaded.append(sorted(f"{path}{one.relative_to(folder)}" for one in folder.rglob("*") if one.is_file()))
        return super()._upload(folder, path, *rest)


def test_parts_come_first_then_new_pages_then_changed_ones_and_the_build_last(tmp_path: Path, sites) -> None:
    place = rclone_place(tmp_path)
    put(place.host, place.target, sites("uno", FIRST))
    host = Watching(place.target)
    put(host, place.target, sites("dos", {**SECOND, "p/nuevo/index.html": "nuevo"}))
    assert host.uploaded[1:] == [
        ["assets/avance/portal.22222222.css"],
        ["p/andina/tareas.csv"],
        ["p/nuevo/index.html"],
        ["index.html", "p/andina/index.html", "p/beta/index.html"],
        ["avance.json"],
    ]


@pytest.mark.parametrize(
    "cut", ["parts", *(pytest.param(name, marks=pytest.mark.slow) for name in ("objects", "changed", "build"))]
)
def test_a_publication_cut_off_anywhere_is_finished_by_the_next(tmp_path: Path, sites, cut: str) -> None:
    place = rclone_place(tmp_path)
    put(place.host, place.target, sites("uno", FIRST))
    with pytest.raises(KeyboardInterrupt):
        put(Watching(place.target, cut=cut), place.target, sites("dos", SECOND))
    live = place.again().live()
    assert live is not None
    assert live.number == 1
    assert UNKNOWN in live.files.values()
    put(place.again(), place.target, sites("uno", FIRST))
    served = place.served()
    assert {path: served[path].decode() for path in FIRST} == FIRST
    assert "p/andina/tareas.csv" not in served
    assert [release.number for release in place.again().releases()] == [1, 3]


def test_where_one_release_is_kept_nothing_is_stored_twice(tmp_path: Path, sites) -> None:
    place = rclone_place(tmp_path, keep=1)
    put(place.host, place.target, sites("uno", FIRST))
    assert not list((tmp_path / "www/.avance").rglob("objects/*"))
    put(place.again(), place.target, sites("dos", SECOND))
    assert [release.number for release in place.again().releases()] == [2]


def test_contents_that_no_release_needs_are_removed(tmp_path: Path, sites) -> None:
    place = rclone_place(tmp_path, keep=2)
    for number in range(4):
        put(place.again(), place.target, sites(str(number), {"index.html": f"{number}"}))
    stored = sorted(path.read_text() for path in (tmp_path / "www/.avance").rglob("objects/*"))
    assert stored == ["2", "3"]


def test_a_release_whose_contents_are_gone_is_told(tmp_path: Path, sites) -> None:
    place = rclone_place(tmp_path)
    put(place.host, place.target, sites("uno", FIRST))
    for path in (tmp_path / "www/.avance").rglob("objects/*"):
        path.write_text("otra cosa")
    host = place.again()
    with pytest.raises(PublishError, match="ya no guarda todo lo de la publicación 1"):
        host.bring(host.releases()[0], ("index.html",), tmp_path / "back")


def test_caches_are_told_where_the_host_keeps_headers() -> None:
    assert _headers("s3", "assets/a.01234567.css") == (
        "--header-upload", "Cache-Control: public, max-age=31536000, immutable",
    )  # fmt: skip
    assert _headers("s3", "index.html") == ("--header-upload", "Cache-Control: no-cache")
    assert _headers("sftp", "index.html") == ()


def test_secrets_go_by_the_environment_obscured_and_nowhere_else(tmp_path: Path) -> None:
    place = rclone_place(tmp_path)
    host = RcloneHost(place.target, {**os.environ, "AVANCE_DISCO_PASS": "abracadabra", "AVANCE_SECRET": "avs1_x"})
    told = host._environment
    assert told["RCLONE_CONFIG_AVANCE_PASS"] not in ("", "abracadabra")
    assert not {"abracadabra", "avs1_x"} & set(told.values())
