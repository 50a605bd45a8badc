"""Pages as writers write them: front matter that says less, more or something else than it should."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.website.contents import read_contents, read_page


def test_the_front_matter_wins_over_the_heading() -> None:
    assert read_page("---\ntitle: Cierre\n---\n# Cerrar el mes\n", "a.md").title == "Cierre"
    assert read_page("# Cerrar el mes\n", "a.md").title == "Cerrar el mes"


@pytest.mark.parametrize(("said", "expected"), [("true", True), ("false", False), ("'true'", False), ("", False)])
def test_only_true_makes_a_draft(said: str, expected: bool) -> None:
    assert read_page(f"---\ndraft: {said}\n---\n", "a.md").is_draft is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("2026-11-23", date(2026, 11, 23)), ("2026-11-23 09:00:00", date(2026, 11, 23)), ("ayer", None), ("", None)],
)
def test_a_day_is_a_day_or_none(said: str, expected: date | None) -> None:
    assert read_page(f"---\ndate: {said}\n---\n", "a.md").day("date") == expected


def test_front_matter_that_is_no_yaml_is_none() -> None:
    page = read_page("---\ntitle: [roto\n---\n# Título\n", "a.md")
    assert (page.title, page.texts("tickets")) == ("Título", ())


def test_hidden_files_are_no_pages(tmp_path: Path) -> None:
    for name in ("uno.md", "sub/dos.md", ".tres.md", ".oculta/cuatro.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# Título\n")
    assert [page.path for page in read_contents(tmp_path)] == ["sub/dos.md", "uno.md"]
