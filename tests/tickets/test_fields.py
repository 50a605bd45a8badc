"""The text of each field, as it comes out of an import."""

from __future__ import annotations

from generator.tickets.importing import Import


def cell(imported: Import, name: str) -> str:
    return imported.tickets[name][0]


def test_repeated_labels_are_gathered_and_alternatives_are_not(read_export) -> None:
    imported = read_export(
        "Issue key,Summary,Status,Labels,Labels,Project key,Project name\nA-1,One,Done,ventas,caja,AND,Andina\n"
    )
    assert (cell(imported, "labels"), cell(imported, "project")) == ("ventas, caja", "AND")


def test_an_alternative_serves_where_the_trusted_column_is_empty(read_export) -> None:
    imported = read_export("Issue key,Summary,Status,Project key,Project name\nA-1,One,Done,,Andina\n")
    assert cell(imported, "project") == "Andina"


def test_words_for_nothing_are_words_in_a_title(read_export) -> None:
    header = "Issue Id,Project,Tags,Summary,Reporter,Created,Updated,Resolved,Priority,Type,State,Assignee"
    imported = read_export(f"{header}\nA-1,A,,Unassigned,Ana,,,,Normal,Task,Open,Unassigned\n")
    assert (imported.tracker, cell(imported, "title"), cell(imported, "assignee")) == ("youtrack", "Unassigned", "")


def test_the_address_of_a_person_is_not_kept(read_export) -> None:
    imported = read_export("Issue key,Summary,Status,Assignee\nA-1,One,Done,Ana Ruiz <ana@example.org>\n")
    assert cell(imported, "assignee") == "Ana Ruiz"
