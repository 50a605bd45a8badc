"""What a publication did, in words: for a terminal, for programs, for the page of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.locale import words
from generator.problems import Problem, Severity
from generator.publish import Published
from generator.publishing.manifest import Entry, compare
from generator.publishing.release import plan_release
from generator.publishing.target import FolderTarget
from generator.summary import project_news, published_json, run_summary, told

from .publishing.serving import NOON

ES = words("es")
FORMER = {"index.html": Entry(9, "a"), "p/acme/index.html": Entry(9, "a"), "p/beta/index.html": Entry(9, "a")}
FILES = {"index.html": Entry(9, "a"), "p/acme/index.html": Entry(9, "b"), "manual/index.html": Entry(9, "b")}


@pytest.fixture
def published():
    target = FolderTarget(name="servidor", path=Path("/srv"), url="https://a.example/")
    first = plan_release(FORMER, Path(), None, build="a" * 16, number=1, now=NOON, grace=target.grace)
    second = plan_release(FILES, Path(), first.release, build="b" * 16, number=2, now=NOON, grace=target.grace)

    def make(**options: object) -> Published:
        usual = {
            "target": target,
            "release": second.release,
            "former": first.release,
            "changes": compare(first.release.files, second.release.files),
            "settled": False,
            "verification": None,
        }
        return Published(**usual | options)

    return make


def test_each_part_of_the_site_has_its_line(published) -> None:
    lines = list(told(published(), ES))
    assert lines[:3] == [
        "p/acme/: 1 página",
        "p/beta/: retirado; su página lo dice",
        "Documentación y páginas generales: 2 archivos",
    ]
    assert "Publicación 2 en «servidor», después de la 1 (bbbbbbbbbbbbbbbb)" in lines


def test_a_trial_says_that_it_is_one(published) -> None:
    lines = list(told(published(dry_run=True), ES))
    assert lines[-1] == "Es un ensayo: no se publicó nada."


def test_projects_that_changed_are_named_by_their_folder(published) -> None:
    assert [(news.folder, news.withdrawn) for news in project_news(published())] == [
        ("p/acme/", False),
        ("p/beta/", True),
    ]


def test_json_says_the_same(published) -> None:
    result = published_json(published())
    assert (result["release"], result["former"], result["build"]) == (2, 1, "b" * 16)
    assert [news["folder"] for news in result["projects"]] == ["p/acme/", "p/beta/"]


def test_the_page_of_a_run_lists_problems_with_file_and_row(published) -> None:
    problem = Problem(message="El valor «x» no vale.", file="tickets/jira.csv", row=7, severity=Severity.WARNING)
    text = run_summary(published(), [problem] * 40, ES)
    assert text.startswith("## El sitio se publicó\n")
    assert "- tickets/jira.csv, fila 7: El valor «x» no vale." in text
    assert "y 10 más" in text


def test_a_run_that_failed_says_why() -> None:
    problem = Problem(message="El archivo está vacío.", file="tickets/a.csv", severity=Severity.ERROR)
    text = run_summary(None, [problem], ES, error="No queda espacio.")
    assert text.startswith("## El sitio no se publicó\n\nNo queda espacio.\n")
    assert "### Error: 1\n\n- tickets/a.csv: El archivo está vacío." in text


def test_text_of_others_stays_text() -> None:
    problem = Problem(message="<img src=x> [a](b) @ana\n# título", file="a_b.csv", severity=Severity.ERROR)
    text = run_summary(None, [problem], ES)
    assert "\\<img src=x\\> \\[a\\](b) \\@ana \\# título" in text
