"""Planning a release: what stays, what goes, and that a record is the release."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.publishing.manifest import BUILD_FILE, Entry
from generator.publishing.release import Plan, Release, is_settled, plan_release, read_record, write_record

from .serving import NOON

PATHS = ["index.html", "a.html", "assets/a.css", "assets/b.css", "p/a/index.html", "p/a/x.bin", "p/b/index.html"]
FILES = st.dictionaries(st.sampled_from(PATHS), st.builds(Entry, st.integers(0, 9), st.sampled_from("abc")))


def plan(files: dict[str, Entry], former: Release | None, *, days: float = 0, **options: object) -> Plan:
    usual = {"build": "b" * 16, "number": 1, "grace": timedelta(days=30)}
    return plan_release(files, Path(), former, now=NOON + timedelta(days=days), **usual | options)


@given(st.lists(FILES, min_size=1, max_size=4))
def test_a_release_serves_all_of_its_build_and_nothing_gone_but_parts_and_notices(
    builds: list[dict[str, Entry]],
) -> None:
    former = None
    for day, files in enumerate(builds):
        former = plan(files, former, days=day).release
        assert {path: former.files[path] for path in files} == files
        assert former.own == files
        for path in former.files.keys() - files.keys() - {BUILD_FILE}:
            assert path in former.kept or path.endswith("/index.html")


@given(st.lists(FILES, min_size=1, max_size=3))
def test_a_record_is_the_release(builds: list[dict[str, Entry]]) -> None:
    former = None
    for files in builds:
        former = plan(files, former).release
    assert former is not None
    assert read_record(write_record(former)) == former


@given(FILES)
def test_the_same_build_again_changes_nothing(files: dict[str, Entry]) -> None:
    first = plan(files, None).release
    assert is_settled(plan(files, first, days=1))


def test_after_the_grace_nothing_is_left_of_an_earlier_build() -> None:
    first = plan({path: Entry(1, "a") for path in PATHS}, None).release
    second = plan({"index.html": Entry(1, "b")}, first, days=1).release
    assert {"assets/a.css", "p/a/index.html", "p/b/index.html"} <= second.files.keys()
    assert "p/a/x.bin" not in second.files
    last = plan({"index.html": Entry(1, "b")}, second, days=31).release
    assert set(last.files) == {"index.html", BUILD_FILE}


def test_a_file_that_is_a_folder_by_now_is_not_kept() -> None:
    first = plan({"assets/a": Entry(1, "a"), "img/x.png": Entry(1, "a")}, None).release
    second = plan({"assets/a/b.css": Entry(1, "a"), "img": Entry(1, "b")}, first).release
    assert set(second.files) == {"assets/a/b.css", "img", BUILD_FILE}


def test_the_domain_that_a_hosts_settings_page_wrote_stays() -> None:
    first = plan({"index.html": Entry(1, "a"), "CNAME": Entry(9, "c")}, None).release
    assert plan({"index.html": Entry(1, "a")}, first, days=400).release.files["CNAME"] == Entry(9, "c")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"number": 1}', b"\xff"])
def test_what_is_no_record_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_record(content)
