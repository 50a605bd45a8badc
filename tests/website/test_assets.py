"""The stylesheets and the script, named by their content."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.website.assets import Asset, load_assets

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A designer's own copy of the templates."""
    return shutil.copytree(ROOT / "site_templates", tmp_path / "site_templates")


def changed(before: tuple[Asset, ...], after: tuple[Asset, ...]) -> list[bool]:
    return [old.path != new.path for old, new in zip(before, after, strict=True)]


def test_there_are_a_stylesheet_of_the_brand_one_of_the_portal_and_four_scripts(templates: Path) -> None:
    paths = [re.sub(r"[0-9a-f]{8}", "#", asset.path) for asset in load_assets(templates)]
    names = ["theme.#.css", "portal.#.css", "portal.#.js", "open.#.js", "workshops.#.js", "article.#.js"]
    assert paths == [f"assets/avance/{name}" for name in names]


def test_the_same_content_has_the_same_name(templates: Path) -> None:
    assert tuple(load_assets(templates)) == tuple(load_assets(ROOT / "site_templates"))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("assets/theme.css", [True, False, False, False, False, False]),
        ("assets/portal.css", [False, True, False, False, False, False]),
        ("assets/print.css", [False, True, False, False, False, False]),
        ("portal/components/task.css", [False, True, False, False, False, False]),
        ("assets/portal.js", [False, False, True, False, False, False]),
        ("assets/inflate.js", [False, False, False, True, False, False]),
        ("assets/unseal.js", [False, False, False, True, False, False]),
        ("assets/open.js", [False, False, False, True, False, False]),
        ("assets/workshops.js", [False, False, False, False, True, False]),
        ("assets/request.js", [False, False, False, False, False, True]),
        ("assets/clips.js", [False, False, False, False, False, True]),
    ],
)
def test_another_content_has_another_name(templates: Path, file: str, expected: list[bool]) -> None:
    before = tuple(load_assets(templates))
    (templates / file).write_text("/* otro */")
    assert changed(before, tuple(load_assets(templates))) == expected


def test_a_component_that_a_designer_adds_is_in_the_stylesheet_and_print_comes_last(templates: Path) -> None:
    (templates / "portal" / "components" / "zeta.css").write_text(".zeta{}")
    content = load_assets(templates).portal.content
    assert b".zeta{}" in content
    assert content.endswith((templates / "assets" / "print.css").read_bytes())


def test_nothing_is_asked_of_another_site(templates: Path) -> None:
    for asset in load_assets(templates):
        assert not re.search(rb"url\(\s*['\"]?(?:https?:)?//|@import|fetch\(\s*['\"]https?:", asset.content)
