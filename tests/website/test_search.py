from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.website.dialog import POINTER
from generator.website.search import IMPACTS, Index, build_index, index_in, slug_of, words_of, write_index
from generator.website.sections import PageText, Section


def page(address: str, *texts: str, title: str = "Título") -> PageText:
    """Return a page with a section a text."""
    sections = (Section(anchor=f"s{number}", heading=f"S {number}", text=text) for number, text in enumerate(texts))
    return PageText(address=address, title=title, sections=tuple(sections))


def contents(index: Index) -> dict[str, object]:
    """Return what each file of *index* holds, by name."""
    return {file.path.rpartition("/")[2]: json.loads(file.content) for file in index.files}


def test_the_order_of_pages_changes_no_byte() -> None:
    pages = [page("a/", "uno dos"), page("b/", "tres")]
    assert build_index(pages) == build_index(reversed(pages))


def test_other_content_has_another_folder() -> None:
    folders = {build_index([page("a/", text)]).folder for text in ("uno", "dos")}
    assert len(folders) == 2


def test_postings_say_where_each_word_stands_and_how_much() -> None:
    files = contents(build_index([page("a/", "caja", "caja caja caja banco"), page("b/", "banco")]))
    words = files["words.json"]
    assert words == ["banco", "caja"]
    banco, caja = files["postings-0.json"]  # type: ignore[misc]
    assert [number // IMPACTS for number in caja] == [0, 1]
    assert [number // IMPACTS for number in banco] == [1, 1]
    assert banco[0] % IMPACTS < caja[1] % IMPACTS


def test_a_word_of_half_the_sections_of_a_large_site_tells_nothing() -> None:
    files = contents(build_index([page(f"{number}/", f"de palabra{number}") for number in range(60)]))
    of = dict(zip(files["words.json"], files["postings-0.json"], strict=True))  # type: ignore[call-overload]
    assert of["de"] == []
    assert of["palabra7"]


def test_large_texts_are_in_files_of_their_own() -> None:
    files = contents(build_index([page(f"{number:02}/", "palabra " * 1000) for number in range(10)]))
    core = files["core.json"]
    starts = core["blocks"]  # type: ignore[index]
    assert starts == [0, 2, 4, 6, 8]
    assert len(files["text-1.json"]) == 2  # type: ignore[arg-type]


def test_anchors_made_from_their_heading_are_not_written() -> None:
    sections = tuple(
        Section(anchor=anchor, heading=text, text="") for anchor, text in [("pasos", "Pasos"), ("x", "Otro")]
    )
    files = contents(build_index([PageText(address="a/", title="A", sections=sections)]))
    assert files["core.json"]["anchors"] == [[1, "x"]]  # type: ignore[index]


def test_a_site_without_pages_has_an_index() -> None:
    assert contents(build_index([]))["words.json"] == []


def test_the_pointer_names_the_folder(tmp_path: Path) -> None:
    index = build_index([page("a/", "uno")])
    write_index(index, tmp_path)
    assert index_in(tmp_path) == tmp_path / index.folder
    assert (tmp_path / POINTER).is_file()
    assert (index_in(tmp_path) / "core.json").is_file()


@given(st.text())
def test_words_are_the_same_when_they_are_read_again(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words


@given(st.text())
def test_a_slug_is_letters_digits_and_hyphens(text: str) -> None:
    assert not set(slug_of(text)) - set("abcdefghijklmnopqrstuvwxyz0123456789-")
