"""The verbs that talk to a host: exit status, messages, JSON, and what a run on GitHub shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

EXPORT = "Issue key,Summary,Status,Project key\nA-1,Contar,Done,A\nA-2,Pintar,To Do,A\n"
SITE = """\
site_name: Prueba
docs_dir: content
theme: {name: material, language: es, font: false}
plugins: [search, avance: {publish: {type: folder, path: www}}]
"""
FILES = {
    "mkdocs.yml": SITE,
    "data/tickets/jira.csv": EXPORT,
    "data/projects.csv": "id,cliente,clave_tracker,acceso\nacme,Acme,A,public\n",
}


@pytest.fixture
def here(make_site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(main, ["--lang", "es", *arguments], prog_name="avance")


def test_publish_releases_and_rollback_say_what_they_did(here: Path) -> None:
    assert "Publicación 1 en «folder»" in run("publish").stdout
    (here / "data/tickets/jira.csv").write_text(EXPORT.replace("To Do", "Done"))
    assert "Publicación 2 en «folder», después de la 1" in run("publish").stdout
    assert "Publicación 3 en «folder», después de la 2" in run("rollback", "1").stdout
    assert run("releases").stdout.splitlines()[-1].endswith("es la que se ve, vuelta a la 1")


def test_json_is_for_programs(here: Path) -> None:
    done = json.loads(run("publish", "--json").stdout)
    assert (done["schema"], done["target"], done["release"], done["projects"][0]["folder"]) == (
        1, "folder", 1, "p/acme/",
    )  # fmt: skip
    (release,) = json.loads(run("releases", "--json").stdout)["releases"]
    assert (release["number"], release["live"], release["build"]) == (1, True, done["build"])


def test_a_trial_publishes_nothing(here: Path) -> None:
    result = run("publish", "--dry-run")
    assert (result.exit_code, (here / "www").exists()) == (0, False)
    assert "Es un ensayo: no se publicó nada." in result.stdout


def test_a_broken_file_is_told_with_its_row_and_nothing_is_published(here: Path) -> None:
    (here / "data/tickets/jira.csv").write_text(EXPORT + EXPORT)
    result = run("publish")
    assert result.exit_code == 1
    assert "tickets/jira.csv, fila 4" in result.stderr
    assert "el sitio anterior queda como estaba" in result.stderr
    assert not (here / "www").exists()


def test_a_target_that_is_not_there_is_told_before_anything_is_built(here: Path) -> None:
    result = run("publish", "otro")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No hay ningún destino «otro»" in result.stderr


def test_on_github_problems_stand_beside_their_lines_and_in_the_summary(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "resumen.md"))
    assert "## El sitio se publicó" in (run("publish"), (here / "resumen.md").read_text())[1]
    (here / "data/tickets/jira.csv").write_text(EXPORT + EXPORT)
    result = run("publish")
    assert "::error file=data/tickets/jira.csv,line=4" in result.stderr
    assert "ERROR tickets" not in result.stderr
    assert "## El sitio no se publicó" in (here / "resumen.md").read_text()


def test_verify_compares_a_build_with_an_address(here: Path, serve) -> None:
    run("publish")
    address = serve(here / "www" / "current")
    same = run("verify", "--site", address)
    assert (same.exit_code, same.stdout[:9]) == (0, "Son igual")
    (here / "www/current/p/acme/index.html").write_text("otra cosa")
    other = run("verify", "--site", address, "--json")
    assert other.exit_code == 1
    assert "p/acme/index.html" in {problem["file"] for problem in json.loads(other.stdout)["problems"]}


def test_hook_install_says_where_the_secrets_go(here: Path) -> None:
    assert "git init --bare" in run("hook", "install", ".").stderr
    assert "install" in run("hook", "--help").stdout


def test_a_preview_is_published_and_removed_by_the_name_of_its_branch(here: Path) -> None:
    run("publish")
    assert "Vista previa, aparte del sitio: preview/precios/" in run("publish", "--preview", "precios").stdout
    assert json.loads(run("publish", "--preview", "precios", "--json").stdout)["preview"] == "precios"
    assert "Vista previa retirada: preview/precios/" in run("publish", "--preview", "precios", "--remove").stdout
    again = run("publish", "--preview", "precios", "--remove")
    assert (again.exit_code, again.stdout) == (0, "No hay ninguna vista previa en preview/precios/\n")


@pytest.mark.parametrize("options", [("--remove",), ("--preview", ""), ("--preview=", "--remove")])
def test_a_preview_without_a_name_never_touches_the_site(here: Path, options: tuple[str, ...]) -> None:
    result = run("publish", *options)
    assert result.exit_code == 1
    assert "Falta el nombre de la rama" in result.stderr
    assert not (here / "www").exists()
