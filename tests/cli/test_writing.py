"""The verbs that write sources."""

from __future__ import annotations

from pathlib import Path


def test_a_new_article_is_a_draft_with_the_question_of_its_ticket(here: Path, run) -> None:
    result = run("new-article", "Contar el almacén", "--area", "inventario", "--ticket", "#A-1")
    assert result.exit_code == 0, result.output
    assert "contar-el-almacen.md" in result.stdout
    text = (here / "content/manual/inventario/contar-el-almacen.md").read_text(encoding="utf-8")
    assert text.startswith("---\ndraft: true\n")
    assert '  - "Contar"\n' in text
    assert 'tickets: ["A-1"]' in text


def test_a_ticket_that_nobody_knows_is_told_and_the_article_written(here: Path, run) -> None:
    result = run("new-article", "Contar", "--ticket", "A-9")
    assert result.exit_code == 0
    assert "#A-9" in result.stderr
    assert (here / "content/manual/contar.md").is_file()


def test_an_article_that_exists_is_not_written_over(here: Path, run) -> None:
    run("new-article", "Contar")
    (here / "content/manual/contar.md").write_text("mío")
    assert run("new-article", "Contar").exit_code == 1
    assert (here / "content/manual/contar.md").read_text() == "mío"


def test_a_title_of_signs_is_a_wrong_call(here: Path, run) -> None:
    assert run("new-article", "¿?").exit_code == 2


def test_new_writes_a_site_and_never_over_another(here: Path, run) -> None:
    assert run("new", "nuevo").exit_code == 0
    again = run("new", "nuevo")
    assert again.exit_code == 1
    assert "La carpeta nuevo no está vacía" in again.stderr
