"""A small site, and the command run in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

from .exports import EXPORT, HEADER


@pytest.fixture
def here(make_site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site with one export, where the commands are run."""
    make_site(tmp_path, {"data/tickets/jira.csv": EXPORT, "jira.csv": EXPORT})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def broken(here: Path) -> Path:
    """The same site, with an error in its data."""
    (here / "data/tickets/jira.csv").write_text(EXPORT + HEADER)
    return here


@pytest.fixture
def run():
    """A function: the arguments of `avance` → its result, in Spanish."""
    return lambda *arguments: CliRunner().invoke(main, ["--lang", "es", *arguments], prog_name="avance")
