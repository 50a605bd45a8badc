"""Whole portals: tests/sites/input/NAME/data → the page bodies in tests/sites/output/NAME.

A page that is not there yet is written, for a person to look at before it is committed; never in CI.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.build import portal_context, read_source, render_portals
from generator.settings import Settings

ROOT = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"


@pytest.mark.parametrize("name", sorted(folder.name for folder in (SITES / "input").iterdir()))
def test_portal_is_as_it_was(name: str) -> None:
    settings = Settings(data_dir=SITES / "input" / name / "data", templates_dir=ROOT / "site_templates")
    source = read_source(settings, docs_dir=ROOT / "content")
    pages = {
        f"{page.path}index.html": _tidy(page.body)
        for portal in render_portals(source, portal_context(source, settings)).portals
        for page in portal.pages
    }
    pages["problems.txt"] = "".join(f"{problem.file}: {problem.text(str)}\n" for problem in source.problems)
    folder = SITES / "output" / name
    if not folder.exists() and not os.environ.get("CI"):
        for path, content in pages.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8")
    expected = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert pages == expected


def _tidy(body: str) -> str:
    """Return a page without indentation and blank lines, which no reader sees."""
    return "".join(f"{line.strip()}\n" for line in body.splitlines() if line.strip())
