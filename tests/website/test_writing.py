"""A site on disk: the former one stays whole until the next is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.website.writing import swapped_in, write_file

KILLED = """
import os, signal, sys
from pathlib import Path
from generator.website.writing import swapped_in
with swapped_in(Path(sys.argv[1])) as folder:
    (folder / "index.html").write_text("a medias")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """A site that is there already: two files."""
    site = tmp_path / "site"
    write_file(site, "index.html", b"antes")
    write_file(site, "p/acme/index.html", b"antes")
    return site


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fail(folder: Path, error: type[BaseException]) -> None:
    """Write half a site, and stop."""
    write_file(folder, "index.html", b"a medias")
    raise error


def test_the_new_site_takes_the_place_of_the_former_one(live: Path) -> None:
    with swapped_in(live) as folder:
        write_file(folder, "index.html", b"despues")
        assert files(live)["index.html"] == b"antes"
    assert files(live) == {"index.html": b"despues"}
    assert list(live.parent.iterdir()) == [live]


def test_a_first_site_makes_its_folder_readable_by_a_server(tmp_path: Path) -> None:
    site = tmp_path / "out" / "site"
    with swapped_in(site) as folder:
        write_file(folder, "index.html", b"x")
    assert files(site) == {"index.html": b"x"}
    assert site.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt])
def test_a_failing_block_leaves_the_former_site_whole(live: Path, error: type[BaseException]) -> None:
    before = files(live)
    with pytest.raises(error), swapped_in(live) as folder:
        fail(folder, error)
    assert files(live) == before
    assert list(live.parent.iterdir()) == [live]


def test_a_failing_first_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), swapped_in(tmp_path / "site"):
        raise ValueError("no")
    assert list(tmp_path.iterdir()) == []


def test_a_run_killed_while_it_builds_leaves_the_former_site_whole(live: Path) -> None:
    before = files(live)
    done = subprocess.run([sys.executable, "-c", KILLED, live], check=False)
    assert done.returncode == -signal.SIGKILL
    assert files(live) == before
    with swapped_in(live) as folder:
        write_file(folder, "index.html", b"despues")
    assert files(live) == {"index.html": b"despues"}


def test_a_run_killed_between_the_two_renames_is_repaired_by_the_next(live: Path) -> None:
    before = files(live)
    live.rename(live.with_name(".site.old"))
    with pytest.raises(ValueError, match="no"), swapped_in(live):
        raise ValueError("no")
    assert files(live) == before
    assert list(live.parent.iterdir()) == [live]


def test_a_run_killed_after_the_swap_leaves_nothing_behind(live: Path) -> None:
    write_file(live.with_name(".site.old"), "index.html", b"anteayer")
    with swapped_in(live) as folder:
        write_file(folder, "index.html", b"despues")
    assert files(live) == {"index.html": b"despues"}
    assert list(live.parent.iterdir()) == [live]


def test_only_changed_files_are_written(tmp_path: Path) -> None:
    assert write_file(tmp_path, "p/x.html", b"uno")
    written = (tmp_path / "p/x.html").stat()
    assert not write_file(tmp_path, "p/x.html", b"uno")
    assert (tmp_path / "p/x.html").stat() == written
    assert write_file(tmp_path, "p/x.html", b"dos")
    assert files(tmp_path) == {"p/x.html": b"dos"}


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=5))
def test_the_last_content_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("writing")
    written = [write_file(folder, "a/b", content) for content in contents]
    assert written == [old != new for old, new in zip([None, *contents], contents, strict=False)]
    assert files(folder) == {"a/b": contents[-1]}


def test_the_folder_of_a_killed_run_is_removed_and_that_of_a_living_one_stays(live: Path) -> None:
    killed, living = (live.with_name(f".{live.name}.new-{process}-x") for process in (2**22 + 1, os.getppid()))
    killed.mkdir()
    living.mkdir()
    with swapped_in(live):
        pass
    assert (killed.exists(), living.exists()) == (False, True)
