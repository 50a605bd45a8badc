"""A template that came back: what has to be corrected, by row and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Severity
from generator.projects.templates import CellKind, check_returned, template_columns
from generator.tickets.reading import read_table

FILES = Path(__file__).parent.parent.parent / "data" / "files"


def found(template: str, returned: str | bytes) -> list[tuple[int | None, str, str]]:
    """Return row, column and message of each observation."""
    content = returned.encode() if isinstance(returned, str) else returned
    problems = check_returned(template.encode(), content, name="recibido/plantilla.csv")
    assert {problem.severity for problem in problems} <= {Severity.NOTICE}
    return [(problem.row, problem.column, problem.text(str)) for problem in problems]


def kinds(template: str) -> dict[str, CellKind]:
    return {column.title: column.kind for column in template_columns(read_table(template.encode(), name="t"))}


def test_a_template_filled_in_well_has_no_observation() -> None:
    assert found("sede;correo\nLima;\n", "sede;correo\nLima;ana@acme.example\nTarma;luis@acme.example\n") == []


@pytest.mark.parametrize(
    ("title", "right", "wrong", "message"),
    [
        ("ip", "192.168.1.20", "192.168.1.300", "No es una dirección IP."),
        ("direccion_ip", "10.0.0.1", "la del servidor", "No es una dirección IP."),
        ("correo", "ana@acme.example", "ana arroba acme", "No es un correo electrónico."),
        ("requiere_frio", "Sí", "a veces", "No dice sí ni no."),
        ("fecha_compra", "15/03/2024", "marzo", "No es una fecha."),
        ("valor_compra", "18.500,00", "18 mil", "No es un número."),
        ("memoria_gb", "16", "16 GB", "No es un número."),
    ],
)
def test_a_cell_of_the_wrong_kind_is_told(title: str, right: str, wrong: str, message: str) -> None:
    assert found(f"sede;{title}\n", f"sede;{title}\nLima;{right}\nTarma;{wrong}\n") == [(3, title, message)]


def test_what_a_column_holds_is_read_from_the_rows_of_the_template() -> None:
    assert kinds("a;b;c;codigo;e\nEjemplo: x;16;no;100;2024-03-15\n") == {
        "a": CellKind.TEXT,
        "b": CellKind.NUMBER,
        "c": CellKind.YES_NO,
        "codigo": CellKind.TEXT,
        "e": CellKind.DATE,
    }


def test_missing_and_unknown_columns_are_told() -> None:
    assert found("sede;puesto;equipo\n", "sede;puesto;color\nLima;Caja;rojo\n") == [
        (1, "equipo", "Falta esta columna."),
        (1, "color", "La plantilla no tiene esta columna: no se usa."),
    ]


def test_an_empty_cell_is_told_unless_it_is_for_remarks_or_the_example_leaves_it_empty() -> None:
    template = "sede;puesto;extra;observaciones\nEjemplo: Lima;Caja;;\n"
    assert found(template, "sede;puesto;extra;observaciones\nTarma;;;\n") == [(2, "puesto", "La celda está vacía.")]


def test_where_titles_bear_an_asterisk_only_those_must_be_filled_in() -> None:
    assert found("sede*;puesto\n", "sede*;puesto\nLima;\n;Caja\n") == [(3, "sede", "La celda está vacía.")]


def test_rows_left_as_they_were_are_told_once() -> None:
    template = "sede;puesto;usuario\nLima;Caja;\nEjemplo: Tarma;Caja;ana\n"
    assert found(template, template) == [(2, "", "Falta llenar esta fila."), (3, "", "Es la fila de ejemplo.")]


def test_repeated_rows_and_codes_are_told_with_the_first() -> None:
    assert found("codigo;nombre\n", "codigo;nombre\nA;uno\nB;dos\nA;uno\na;tres\n") == [
        (4, "", "Repite la fila 2."),
        (5, "codigo", "El código ya está en la fila 2."),
    ]


def test_a_row_with_cells_of_more_is_told() -> None:
    assert [row for row, _, _ in found("sede;puesto\n", "sede;puesto\nLima;Caja\nLima;Caja;2;3\n")] == [3]


@pytest.mark.parametrize("returned", [b"", b"%PDF-1.7"])
def test_a_file_that_is_no_table_is_told(returned: bytes) -> None:
    assert len(found("sede;puesto\n", returned)) == 1


def test_the_cells_of_the_client_are_not_repeated() -> None:
    problems = check_returned(b"sede;memoria_gb\n", b"sede;memoria_gb\nLima;secreto\n", name="x")
    assert "secreto" not in "".join(problem.text(str) + problem.cure(str) for problem in problems)


@pytest.mark.parametrize("path", sorted(FILES.glob("*/plantilla-*.csv")), ids=lambda path: path.stem)
def test_a_sample_template_sent_back_untouched_asks_to_be_filled_in(path: Path) -> None:
    problems = check_returned(path.read_bytes(), path.read_bytes(), name="x")
    assert {problem.text(str) for problem in problems} <= {"Falta llenar esta fila.", "Es la fila de ejemplo."}
    assert problems


@given(st.binary(max_size=200))
def test_whatever_comes_back_is_told_and_never_raised(returned: bytes) -> None:
    for problem in check_returned(b"codigo;fecha;correo;cantidad\n1;2024-03-15;a@b.example;3\n", returned, name="x"):
        assert problem.text(str)


CELL = st.sampled_from(["", "x", "1", "Ejemplo", "2024-01-01", "sí"])


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=6))
def test_every_observation_is_of_a_row_of_the_file(rows: list[tuple[str, ...]]) -> None:
    text = "\n".join(";".join(row) for row in [("codigo", "fecha", "usa_frio"), *rows])
    for row, column, _ in found("codigo;fecha;usa_frio\n", text):
        assert row is not None
        assert 2 <= row <= len(rows) + 1
        assert column in ("codigo", "fecha", "usa_frio", "")
