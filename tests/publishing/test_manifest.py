"""The files of a build, its id, and what differs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.publishing.manifest import Changes, Entry, build_id, compare, grouped, is_part, read_files

from .serving import FIRST, SECOND, write_site

FILES = st.dictionaries(
    st.sampled_from(["index.html", "p/a/x.pdf", "p/a/index.html", "p/b/index.html", "assets/a.css", "manual/a.png"]),
    st.builds(Entry, st.integers(0, 9), st.sampled_from("abc")),
)


def test_the_same_files_are_the_same_build_wherever_they_lie(tmp_path) -> None:
    one, other = write_site(tmp_path / "a", FIRST), write_site(tmp_path / "b", dict(reversed(FIRST.items())))
    assert build_id(read_files(one)) == build_id(read_files(other))
    (other / "index.html").write_text("inicio 9")
    assert build_id(read_files(one)) != build_id(read_files(other))


def test_what_publishing_adds_is_no_part_of_a_build(tmp_path) -> None:
    site = write_site(tmp_path, {**FIRST, "avance.json": "{}", ".avance/x/live": "7"})
    assert set(read_files(site)) == set(FIRST)


@given(FILES, FILES)
def test_changes_lead_from_one_set_of_files_to_the_other(former: dict[str, Entry], files: dict[str, Entry]) -> None:
    changes = compare(former, files)
    after = {path: what for path, what in former.items() if path not in changes.removed}
    after |= {path: files[path] for path in changes.uploads}
    assert after == files
    assert changes.bytes == sum(files[path].size for path in changes.uploads)
    assert bool(changes) == (former != files)


@given(FILES, FILES)
def test_groups_hold_every_change_once(former: dict[str, Entry], files: dict[str, Entry]) -> None:
    changes = compare(former, files)
    groups = grouped(changes, files)
    for kind in ("added", "changed", "removed"):
        together = [path for group in groups for path in getattr(group.changes, kind)]
        assert sorted(together) == list(getattr(changes, kind))
    assert sum(group.changes.bytes for group in groups) == changes.bytes


def test_groups_are_projects_then_assets_then_the_documentation(tmp_path) -> None:
    files = read_files(write_site(tmp_path, SECOND))
    changes = Changes(added=tuple(sorted(files)), bytes=0)
    assert [group.folder for group in grouped(changes, files)] == ["p/andina/", "assets/", ""]


def test_styles_and_pictures_are_parts_of_pages_and_a_projects_files_are_not() -> None:
    assert [
        path for path in ("assets/a.css", "manual/a.png", "index.html", "p/a/x.pdf", "sitemap.xml") if is_part(path)
    ] == [
        "assets/a.css",
        "manual/a.png",
    ]
