"""Which records are tickets; more of it in cases/."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("line", ["Total: 2,,", ",,Done", "Issue key,Summary,Status", "Clave,Resumen,Estado"])
def test_what_is_no_ticket_is_set_aside(read_export, line: str) -> None:
    imported = read_export(f"Issue key,Summary,Status\nA-1,One,Done\n{line}\nA-2,Two,To Do\n")
    assert [problem.row for problem in imported.set_aside] == [3]
    assert list(imported.tickets["ticket"]) == ["A-1", "A-2"]


def test_a_ticket_whose_words_are_column_titles_is_a_ticket(read_export) -> None:
    imported = read_export("Issue key,Summary,Status,Priority\nA-1,Summary,Closed,High\n")
    assert imported.set_aside == ()


def test_of_equal_updates_the_closed_one_is_the_newer(read_export) -> None:
    rows = ["7,One,Done,2026-01-02,2026-01-02", "7,One,To Do,2026-01-02,"]
    imported = read_export("\n".join(["Issue key,Summary,Status,Updated,Resolved", *rows]))
    assert (list(imported.tickets["status"]), imported.merged) == (["done"], 1)
