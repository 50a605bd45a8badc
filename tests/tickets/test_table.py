from dataclasses import fields

from generator.tickets.table import COLUMNS, Ticket, empty_table, rows


def test_a_ticket_has_the_columns_of_the_table_in_their_order() -> None:
    assert [field.name for field in fields(Ticket)] == list(COLUMNS)


def test_empty_table_has_every_column_and_type() -> None:
    table = empty_table()
    assert dict(table.dtypes) == COLUMNS
    assert list(rows(table)) == []


def test_rows_are_plain_values(read_export) -> None:
    imported = read_export("Issue key,Summary,Status,Created\n12,Uno,Done,2026-01-02\n")
    ticket = next(rows(imported.tickets))
    assert (ticket.number, ticket.is_over, ticket.updated, ticket.public) == ("#12", True, None, None)
    assert ticket.created is not None
    assert ticket.created.isoformat() == "2026-01-02T04:00:00+00:00"
