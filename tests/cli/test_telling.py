"""How problems are told: to programs, beside lines, and where logs are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.problems import Severity

from .exports import EXPORT, PROBLEM_FIELDS, read


def test_check_json_follows_its_schema(broken: Path, run) -> None:
    result = run("check", "--json")
    found = read(result)
    assert (result.exit_code, found.keys(), found["schema"]) == (1, {"schema", "problems"}, 1)
    assert all(problem.keys() == PROBLEM_FIELDS for problem in found["problems"])
    assert [(problem["file"], problem["row"]) for problem in found["problems"] if problem["severity"] == "error"] == [
        ("tickets/jira.csv", 4)
    ]
    assert {problem["severity"] for problem in found["problems"]} <= {str(severity) for severity in Severity}


def test_check_writes_annotations_for_github(broken: Path, run) -> None:
    (broken / "data/tickets/jira.csv").write_text(EXPORT + "A-3,50%,Done,a:b\n")
    lines = run("check", "--format", "github", "--public").stdout.splitlines()
    assert lines[0].startswith("::warning file=data/tickets/jira.csv,line=4,title=Created::«a:b» no es una fecha")


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--public"],
        ["build", "--public", "--json"],
        *(["check", "--public", *form] for form in ([], ["--json"], ["--format", "github"])),
        *(["inspect", "jira.csv", *form] for form in ([], ["--json"])),
    ],
)
def test_in_a_hosted_runner_no_cell_is_printed_and_its_place_is(
    here: Path, run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    export = EXPORT.replace("Created", "Created,Project").replace("09:00", "09:00,Zutano")
    for name in ("jira.csv", "data/tickets/jira.csv"):
        (here / name).write_text(export + "A-3,Zurcir,Zurdo,Zafra,Zutano\n,,Zumo,,\n")
    assert any(word in run(*arguments).output for word in ("Zafra", "Zurdo", "Zutano", "Zumo"))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    told = run(*arguments).output
    assert not [word for word in ("Zurcir", "Zafra", "Zurdo", "Zutano", "Zumo") if word in told]
    assert "jira.csv" in told
    assert "Created" in told
