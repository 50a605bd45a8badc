"""One export → tickets and problems: each case is a file in tests/cases/, a bug report becomes one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.yml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, read_export) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    expected = case["expect"]
    content = case["text"].encode(case.get("encoding", "utf-8"))
    imported = read_export(content, **case.get("settings", {}))
    tickets = [
        {name: _plain(value) for name, value in row.items()} for row in imported.tickets.to_dict(orient="records")
    ]
    assert imported.tracker == expected["tracker"]
    assert [problem.row for problem in imported.set_aside] == expected.get("set_aside", [])
    assert imported.merged == expected.get("merged", 0)
    assert len(tickets) == len(expected.get("tickets", []))
    for ticket, wanted in zip(tickets, expected.get("tickets", []), strict=True):
        assert {name: ticket[name] for name in wanted} == wanted
    told = [f"{problem.row}: {problem.text(str)}" for problem in imported.problems]
    for part in expected.get("problems", []):
        assert any(part in line for line in told), told
    assert len(told) == expected.get("told", len(expected.get("problems", [])))
    if imported.tracker:
        assert imported.rows == len(tickets) + imported.merged + len(imported.set_aside)


def _plain(value: object) -> object:
    """Return a cell as a YAML file writes it: times as text in UTC, what is missing as null."""
    if value is None or value != value or str(value) in ("<NA>", "NaT"):  # noqa: PLR0124 - not a number
        return None
    return value.strftime("%Y-%m-%d %H:%M") if hasattr(value, "strftime") else value


def test_export_with_exactly_a_cap_of_rows_is_suspected(read_export) -> None:
    rows = "\n".join(f"A-{n},Tarea {n},Done" for n in range(1000))
    imported = read_export(f"Issue key,Summary,Status\n{rows}\n")
    assert any("1000 filas" in problem.text(str) for problem in imported.problems)


def test_many_bad_cells_are_counted_not_listed(read_export) -> None:
    rows = "\n".join(f"A-{n},Tarea {n},Done,Yesterday" for n in range(30))
    imported = read_export(f"Issue key,Summary,Status,Created\n{rows}\n")
    assert len(imported.problems) == 21
    assert "10 celdas" in imported.problems[-1].text(str)
