"""Text → typed columns; the forms of dates and hours are in test_values.py, whole exports in cases/."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.tickets.columns import combinations
from generator.tickets.table import COLUMNS

CELLS = st.sampled_from(["", "a", "b", "año"])


@given(st.lists(st.tuples(CELLS, CELLS, st.booleans()), min_size=1, max_size=30))
def test_every_row_is_one_of_the_distinct_ones(rows: list[tuple[str, str, bool]]) -> None:
    distinct, index = combinations([pa.chunked_array([list(column)]) for column in zip(*rows, strict=True)])
    assert [distinct[position] for position in index] == rows
    assert len(distinct) == len(set(rows))


def test_the_table_has_the_columns_of_the_contract_and_no_others(read_export) -> None:
    tickets = read_export("Issue key,Summary,Status,Colour\nA-1,One,Done,red\n").tickets
    assert dict(tickets.dtypes) == COLUMNS


@pytest.mark.parametrize(
    ("written", "number"), [("#007", "007"), ("4 217", "4217"), ("52\u00a0267", "52267"), ("", "2"), ("A 1", "A 1")]
)
def test_ticket_numbers_keep_their_zeros_and_lose_their_spaces(read_export, written: str, number: str) -> None:
    assert read_export(f"Issue key,Summary,Status\n{written},One,Done\n").tickets["ticket"][0] == number


@pytest.mark.parametrize(
    ("publish", "public"), [("Sí", True), ("x", True), ("No", False), ("privado", False), ("", None), ("quizás", None)]
)
def test_the_mark_to_publish_is_yes_no_or_nothing(read_export, publish: str, public: bool | None) -> None:
    tickets = read_export(f"Issue key,Summary,Status,Custom field (Publish)\nA-1,One,Done,{publish}\n").tickets
    assert pa.array(tickets["public"]).to_pylist() == [public]


@pytest.mark.parametrize(
    ("who", "status", "waiting_on"),
    [("Cliente", "waiting", "client"), ("Proveedor", "waiting", "third-party"), ("AdaptaPro", "doing", "adaptapro")],
)
def test_who_has_to_act_decides_what_waits(read_export, who: str, status: str, waiting_on: str) -> None:
    tickets = read_export(f"Issue key,Summary,Status,Custom field (Waiting on)\nA-1,One,Doing,{who}\n").tickets
    assert (tickets["status"][0], tickets["waiting_on"][0]) == (status, waiting_on)


def test_a_finished_ticket_waits_for_nobody(read_export) -> None:
    tickets = read_export("Issue key,Summary,Status,Custom field (Waiting on)\nA-1,One,Done,Client\n").tickets
    assert tickets["waiting_on"][0] == ""
