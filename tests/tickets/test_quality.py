"""Contradictions within one export; the kinds are told in cases/contradictory_dates.yml."""

from __future__ import annotations

from generator.problems import Severity
from generator.tickets.quality import contradictions


def test_a_project_without_contradiction_has_no_problem(read_export) -> None:
    imported = read_export("Issue key,Summary,Status,Created,Resolved\nA-1,One,Done,2026-01-02,2026-01-03\n")
    assert contradictions(imported.tickets, imported.columns, file="x") == []


def test_missing_closing_dates_are_no_problem_where_the_export_has_no_column_for_them(read_export) -> None:
    imported = read_export("Issue key,Summary,Status,Created\nA-1,One,Done,2026-01-02\n")
    assert imported.problems == ()


def test_due_on_the_day_of_creation_is_no_contradiction(read_export) -> None:
    imported = read_export("Issue key,Summary,Status,Created,Due date\nA-1,One,To Do,2026-01-20 15:00,2026-01-20\n")
    assert imported.problems == ()


def test_contradictory_dates_do_not_stop_the_site(read_export) -> None:
    imported = read_export("Issue key,Summary,Status,Created,Resolved\nA-1,One,Done,2026-01-20,2026-01-03\n")
    assert [problem.severity for problem in imported.problems] == [Severity.WARNING]
