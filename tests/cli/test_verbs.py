"""The command `avance`: exit status 0, 1 or 2, results on stdout, and a message instead of a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import __version__
from generator.cli import main

from .exports import UNREADABLE, read

AVANCE = Path(sys.executable).parent / "avance"


def installed(*arguments: str, cwd: Path, lang: str = "es_VE.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the installed command as a shell would."""
    environment = {**os.environ, "LANG": lang}
    return subprocess.run(
        [AVANCE, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["inspect"],
        ["inspect", "."],
        ["build", "--workers", "0"],
        ["build", "--cut", "ayer"],
        ["build", "--site-dir", "mkdocs.yml"],
        ["build", "--colour"],
        ["check", "--format", "xml"],
        ["publicar"],
        ["--lang", "fr", "build"],
    ],
)
def test_a_wrong_call_exits_with_2(here: Path, run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error" in result.stderr


@pytest.mark.parametrize("verb", ["inspect", "check", "build", "serve"])
def test_every_verb_explains_itself(run, verb: str) -> None:
    result = run(verb, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: avance {verb} ")


def test_the_installed_command_tells_its_version(tmp_path: Path) -> None:
    assert installed("--version", cwd=tmp_path).stdout.strip() == f"avance, version {__version__}"


def test_the_installed_command_keeps_results_and_problems_apart(here: Path) -> None:
    done = installed("build", "--public", "--json", cwd=here)
    assert (done.returncode, read(done)["tickets"]) == (0, 2)
    assert done.stderr.startswith("NOTA projects.csv: ")


def test_the_installed_command_tells_errors_without_a_traceback(here: Path) -> None:
    for name, (content, _) in UNREADABLE.items():
        (here / "data" / "tickets" / name).write_bytes(content)
    done = installed("build", cwd=here)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    for name, (_, message) in UNREADABLE.items():
        assert any(f"tickets/{name}" in line and message in line for line in done.stderr.splitlines()), name


def test_the_installed_command_exits_with_2_when_called_wrongly(here: Path) -> None:
    done = installed("build", "--colour", cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_terminal_in_no_language_of_ours_is_answered_in_spanish(here: Path) -> None:
    assert "Proyectos: 1" in installed("build", "--public", cwd=here, lang="C.UTF-8").stdout


@pytest.mark.parametrize(("language", "told"), [("es", "Construye"), ("en", "Build the"), ("pt", "Constrói")])
def test_help_is_in_the_language_of_the_messages(language: str, told: str) -> None:
    assert told in CliRunner().invoke(main, ["--lang", language, "build", "--help"]).output
    assert told in CliRunner().invoke(main, ["--help"], env={"LANG": f"{language}.UTF-8"}).output
