"""The verbs of the executive's computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from .exports import EXPORT, HEADER, UNREADABLE, read


def test_inspect_says_what_an_export_is(here: Path, run) -> None:
    result = run("inspect", "jira.csv")
    shown = " ".join(result.stdout.split())
    assert result.exit_code == 0
    for said in ("jira", "utf-8", "2 leídas = 2 tickets + 0 unidas a otra + 0 apartadas", "Done → done"):
        assert said in shown


def test_inspect_reads_several_files_and_fails_when_one_is_no_export(here: Path, run) -> None:
    (here / "frutas.csv").write_text("fruta,peso\npera,3\n")
    result = run("inspect", "jira.csv", "frutas.csv", "--json")
    assert result.exit_code == 1
    good, bad = read(result)["files"]
    assert (good["tracker"], bad["tracker"], bad["tickets"]) == ("jira", None, 0)
    assert bad["message"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_told_in_a_line(here: Path, run, name: str) -> None:
    content, message = UNREADABLE[name]
    (here / name).write_bytes(content)
    result = run("inspect", name)
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)
    assert message in result.stdout
    (export,) = read(run("inspect", name, "--json"))["files"]
    assert any(message in problem["message"] for problem in export["problems"])


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_stops_the_build_with_its_name(here: Path, run, name: str) -> None:
    content, message = UNREADABLE[name]
    (here / "data" / "tickets" / name).write_bytes(content)
    result = run("build", "--public")
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)
    assert f"tickets/{name}" in result.stderr
    assert message in result.stderr
    assert not (here / "site").exists()


def test_check_lists_every_problem_and_writes_nothing(here: Path, run) -> None:
    (here / "data/tickets/jira.csv").write_text(EXPORT + "A-3,Medir,Flurb,ayer\n")
    before = sorted(here.rglob("*"))
    result = run("check", "--public")
    assert result.exit_code == 0
    assert "«ayer» depende del día en que se exportó" in result.stdout
    assert "Errores: 0 · avisos: 2 · notas: 1" in result.stdout
    assert sorted(here.rglob("*")) == before


def test_check_fails_on_errors_alone(broken: Path, run) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert "Errores: 1" in result.stdout


def test_check_lists_what_the_writers_should_mend(here: Path, run) -> None:
    (here / "content/index.md").write_text("# Inicio\n\n![](foto.png)\n")
    (here / "content/foto.png").write_bytes(b"")
    assert "La imagen foto.png no tiene texto alternativo." in run("check").stdout


def test_build_writes_the_site_and_says_what_it_did(here: Path, run) -> None:
    result = run("build", "--public", "--site-dir", "out")
    assert result.exit_code == 0
    assert "Filas: 2 leídas = 2 publicadas + 0 unidas a otra + 0 retenidas + 0 apartadas." in result.stdout
    assert 'data-ticket="A-1"' in (here / "out/p/a/index.html").read_text(encoding="utf-8")
    assert not (here / "site").exists()


def test_the_panel_is_written_for_a_trial_only(here: Path, run) -> None:
    run("build", "--public")
    assert b"Panel" in (here / "site/panel/index.html").read_bytes()
    settings = here / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace("plugins: [search, avance]", "plugins: [search, {avance: {public: true}}]")
    )
    run("build")
    assert (here / "site/p/a/index.html").is_file()
    assert not (here / "site/panel").exists()


def test_a_build_with_errors_says_them_and_leaves_the_site(here: Path, run) -> None:
    assert run("build", "--public").exit_code == 0
    page = (here / "site/p/a/index.html").read_bytes()
    (here / "data/tickets/jira.csv").write_text(EXPORT + HEADER)
    result = run("build", "--public")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "ERROR tickets/jira.csv, fila 4, columna «Issue key»" in result.stderr
    assert "el sitio anterior queda como estaba" in result.stderr
    assert (here / "site/p/a/index.html").read_bytes() == page


def test_strict_stops_at_a_warning(here: Path, run) -> None:
    (here / "data/tickets/jira.csv").write_text(EXPORT + "A-3,Medir,Flurb,\n")
    assert run("build", "--public").exit_code == 0
    assert run("build", "--public", "--strict").exit_code == 1
