"""A folder that a web server reads: links, rights, side files, and disks that do not take it."""

from __future__ import annotations

import gzip
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from generator.publishing.failures import PublishError

from .conftest import folder_place
from .serving import FIRST, SECOND, put

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")


def test_what_did_not_change_is_the_same_file_on_disk(tmp_path: Path, sites) -> None:
    place = folder_place(tmp_path)
    put(place.host, place.target, sites("uno", FIRST))
    put(place.host, place.target, sites("dos", SECOND))
    one, two = sorted(path for path in (tmp_path / "www/releases").iterdir() if path.is_dir())
    same, other = "p/andina/agenda/index.html", "p/andina/index.html"
    assert (one / same).stat().st_ino == (two / same).stat().st_ino
    assert (one / other).stat().st_ino != (two / other).stat().st_ino


def test_texts_have_their_compressed_forms_beside_them_and_never_old_ones(tmp_path: Path, sites) -> None:
    place = folder_place(tmp_path, compress=True)
    long = {"index.html": "inicio " * 200, "a.html": "igual " * 200, "foto.png": "x" * 2000, "corto.html": "x"}
    put(place.host, place.target, sites("uno", long))
    put(place.host, place.target, sites("dos", {**long, "index.html": "otro " * 200}))
    served = place.served()
    for path in ("index.html", "a.html"):
        assert gzip.decompress(served[f"{path}.gz"]) == served[path]
        assert brotli.decompress(served[f"{path}.br"]) == served[path]
    assert not {f"{path}{ending}" for path in ("foto.png", "corto.html") for ending in (".gz", ".br")} & served.keys()


def test_the_forms_of_what_did_not_change_are_the_same_files_and_made_where_the_last_release_has_none(
    tmp_path: Path, sites
) -> None:
    place = folder_place(tmp_path, compress=True)
    put(place.host, place.target, sites("uno", {"index.html": "inicio 1", "a.html": "igual " * 200}))
    (one,) = (path for path in (tmp_path / "www/releases").iterdir() if path.is_dir())
    (one / "a.html.br").unlink()
    put(place.host, place.target, sites("dos", {"index.html": "inicio 2", "a.html": "igual " * 200}))
    two = (tmp_path / "www/current").resolve()
    assert (one / "a.html.gz").stat().st_ino == (two / "a.html.gz").stat().st_ino
    assert brotli.decompress((two / "a.html.br").read_bytes()).decode() == "igual " * 200


def test_a_file_of_the_build_is_never_taken_for_a_form_of_another(tmp_path: Path, sites) -> None:
    place = folder_place(tmp_path, compress=True)
    files = {"sitemap.xml": "mapa " * 200, "sitemap.xml.gz": "del sitio"}
    put(place.host, place.target, sites("uno", files))
    assert place.served()["sitemap.xml.gz"] == b"del sitio"


def test_the_web_server_may_read_it_whatever_the_mask(tmp_path: Path, sites) -> None:
    before = os.umask(0o077)
    try:
        place = folder_place(tmp_path)
        put(place.host, place.target, sites("uno", FIRST))
    finally:
        os.umask(before)
    for path in (tmp_path / "www").rglob("*"):
        if not path.is_symlink() and path.suffix != ".json" and path.name != ".lock":
            assert path.stat().st_mode & 0o005 == (0o005 if path.is_dir() else 0o004), path


def test_folders_of_others_beside_the_releases_stay(tmp_path: Path, sites) -> None:
    other = tmp_path / "www/releases/20260101120000/index.html"
    other.parent.mkdir(parents=True)
    other.write_text("de otro")
    place = folder_place(tmp_path)
    for number in range(7):
        put(place.host, place.target, sites(str(number), {"index.html": str(number)}))
    assert other.read_text() == "de otro"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, mounted at www/."""
    folder = tmp_path / "www"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("this machine mounts no disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@ROOT_ONLY
def test_a_full_disk_is_told_and_leaves_the_site_and_no_rubbish(disk: Path, tmp_path: Path, sites) -> None:
    place = folder_place(tmp_path)
    put(place.host, place.target, sites("uno", FIRST))
    before, listed = place.served(), sorted(disk.rglob("*"))
    with pytest.raises(PublishError, match=rf"No queda espacio en {disk}"):
        put(place.again(), place.target, sites("grande", {**SECOND, "foto.png": "x" * 2_000_000}))
    assert place.served() == before
    assert sorted(disk.rglob("*")) == listed
    put(place.again(), place.target, sites("dos", SECOND))
    assert place.served()["index.html"] == b"inicio 2"


@ROOT_ONLY
def test_a_read_only_disk_is_told_and_leaves_the_site(disk: Path, tmp_path: Path, sites) -> None:
    place = folder_place(tmp_path)
    put(place.host, place.target, sites("uno", FIRST))
    before = place.served()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with pytest.raises(PublishError, match=rf"{disk} es de solo lectura"):
        put(place.again(), place.target, sites("dos", SECOND))
    assert place.served() == before
