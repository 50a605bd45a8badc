"""The options that several verbs have."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_the_data_may_lie_elsewhere(here: Path, run) -> None:
    (here / "data").rename(here / "otros datos")
    assert run("build", "--public").exit_code == 1
    assert run("build", "--public", "--data-dir", "otros datos").exit_code == 0


def test_the_date_of_the_cut_can_be_told(here: Path, run) -> None:
    assert run("build", "--public", "--cut", "2026-11-22").exit_code == 0
    assert 'datetime="2026-11-22"' in (here / "site/p/a/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments", [["inspect", "nada.csv"], ["build", "-f", "nada.yml"], ["check", "-f", "nada.yml"]]
)
def test_a_file_that_is_not_there_exits_with_1_and_is_named(here: Path, run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert f"{arguments[-1]}: " in result.output
