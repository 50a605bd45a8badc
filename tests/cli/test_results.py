"""What programs get of what was read and built."""

from __future__ import annotations

from pathlib import Path

from .exports import EXPORT, PROBLEM_FIELDS, read

EXPORT_FIELDS = {
    *("file", "tracker", "encoding", "delimiter", "header_language", "rows", "tickets", "merged", "set_aside"),
    *("columns", "unmapped", "statuses", "states", "created", "projects"),
}


REPORT_FIELDS = {
    *("schema", "projects", "tickets", "set_aside", "rows", "pages", "files", "bytes", "rendered", "reused"),
    *("seconds", "problems"),
}


def test_inspect_json_follows_its_schema(here: Path, run) -> None:
    found = read(run("inspect", "jira.csv", "--json"))
    assert found.keys() == {"schema", "files"}
    assert found["schema"] == 1
    (export,) = found["files"]
    assert export.keys() >= EXPORT_FIELDS
    assert (export["file"], export["tracker"], export["rows"], export["tickets"]) == ("jira.csv", "jira", 2, 2)
    assert (export["encoding"], export["delimiter"], export["header_language"]) == ("utf-8", ",", "en")
    assert export["columns"] == {
        "ticket": "Issue key", "title": "Summary", "status": "Status", "created": "Created",
    }  # fmt: skip
    assert (export["statuses"], export["states"]) == ({"Done": "done", "To Do": "todo"}, {"done": 1, "todo": 1})
    assert export["created"] == ["2026-11-02T13:00:00Z", "2026-11-20T20:30:00Z"]
    assert (export["projects"], export["unmapped"], export["merged"], export["set_aside"]) == ({"A": 2}, [], 0, [])


def test_inspect_json_accounts_for_every_row(here: Path, run) -> None:
    (here / "x.csv").write_text(EXPORT + "A-1,Contar,Done,\n,,Done,\nA-3,de,más,celdas,aquí\n\n")
    (export,) = read(run("inspect", "x.csv", "--json"))["files"]
    assert (export["rows"], export["tickets"], export["merged"]) == (5, 2, 1)
    assert {problem["row"] for problem in export["set_aside"]} == {5, 6}
    assert all(problem.keys() == {"row", "column", "message"} for problem in export["set_aside"])


def test_build_json_follows_its_schema(here: Path, run) -> None:
    found = read(run("build", "--public", "--json"))
    assert found.keys() >= REPORT_FIELDS
    assert [found[name] for name in ("schema", "projects", "rows", "tickets", "set_aside")] == [1, 1, 2, 2, 0]
    assert found["pages"] == 1 + len(list((here / "site" / "p").rglob("index.html")))
    assert found["files"] == sum(path.is_file() for path in (here / "site").rglob("*"))
    assert found["rendered"] + found["reused"] == found["projects"]
    assert all(problem.keys() == PROBLEM_FIELDS for problem in found["problems"])
