"""An overwritten export and its git history, in a real repository."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.build import read_source
from generator.metrics.changes import changes
from generator.settings import Settings
from generator.tickets.history import earlier_versions

HEADER = "Issue key,Summary,Status,Updated,Due date"
WEEKS = {
    "2026-11-09": [
        "A-1,One,To Do,2026-11-09 09:00,2026-11-20",
        "A-2,Two,To Do,2026-11-09 10:00,",
        "A-3,Three,Done,2026-11-06 10:00,",
    ],
    "2026-11-16": [
        "A-1,One,In Progress,2026-11-16 09:00,2026-11-27",
        "A-2,Two,Done,2026-11-16 10:00,",
        "A-3,Three,To Do,2026-11-16 11:00,",
    ],
    "2026-11-23": [
        "A-1,One,In Progress,2026-11-16 09:00,2026-11-27",
        "A-3,Three,Done,2026-11-23 11:00,",
        "A-4,Four,To Do,2026-11-23 12:00,",
    ],
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which one export was overwritten and committed each week; the last week is not committed yet."""
    export = tmp_path / "tickets" / "jira.csv"
    export.parent.mkdir()
    run(tmp_path, "init", "--quiet")
    for day, rows in WEEKS.items():
        export.write_text("\n".join([HEADER, *rows]))
        if day != max(WEEKS):
            run(tmp_path, "add", ".")
            run(tmp_path, "commit", "--quiet", "-m", f"Cut of {day}", day=day)
    return tmp_path


def run(folder: Path, *arguments: str, day: str = "2026-11-01") -> None:
    who = {f"GIT_{role}_{field}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for field in ("NAME", "EMAIL")}
    when = {f"GIT_{role}_DATE": f"{day}T20:00:00-04:00" for role in ("AUTHOR", "COMMITTER")}
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **who, **when}, check=True)


def test_versions_come_oldest_first_without_the_present_one(repository: Path) -> None:
    versions = earlier_versions(repository / "tickets" / "jira.csv")
    assert [version.day for version in versions] == [date(2026, 11, 9), date(2026, 11, 16)]
    assert versions[0].content.decode().splitlines()[1:] == WEEKS["2026-11-09"]


def test_a_folder_without_history_has_no_versions(tmp_path: Path) -> None:
    (tmp_path / "jira.csv").write_text(HEADER)
    assert earlier_versions(tmp_path / "jira.csv") == []


def test_overwritten_export_gives_the_earlier_cuts(repository: Path) -> None:
    settings = Settings(data_dir=repository, templates_dir=repository, public=True)
    project = read_source(settings, docs_dir=repository / "content").projects[0]
    assert [cut.day for cut in project.cuts] == [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]
    first, second = (changes(a, b) for a, b in zip(project.cuts, project.cuts[1:], strict=False))
    assert (first.finished, first.reopened, first.moved, first.gone) == (("A-2",), ("A-3",), ("A-1",), ())
    assert (second.new, second.finished, second.gone) == (("A-4",), ("A-3",), ("A-2",))
