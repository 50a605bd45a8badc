"""A push to a bare repository: which ones are published, and how the hook is installed."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from generator.publishing.failures import PublishError
from generator.publishing.hook import SECRETS, install_hook, read_secrets, run_hook


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", tmp_path / "sitio.git"], check=True)
    return tmp_path / "sitio.git"


def test_the_hook_runs_this_very_avance_and_its_secrets_are_its_owners(bare: Path) -> None:
    hook = install_hook(bare, branch="main", target="servidor")
    assert os.access(hook, os.X_OK)
    assert "hook run --branch main --target servidor" in hook.read_text()
    assert stat.S_IMODE((bare / SECRETS).stat().st_mode) == 0o600


def test_installing_again_keeps_the_secrets(bare: Path) -> None:
    install_hook(bare, branch="main", target=None)
    (bare / SECRETS).write_text("AVANCE_SECRET=avs1_x\n")
    install_hook(bare, branch="principal", target=None)
    assert read_secrets(bare / SECRETS) == {"AVANCE_SECRET": "avs1_x"}
    assert "--branch principal" in (bare / "hooks/post-receive").read_text()


def test_a_hook_of_somebody_else_stays(bare: Path) -> None:
    (bare / "hooks/post-receive").write_text("#!/bin/sh\necho hola\n")
    with pytest.raises(PublishError, match="Ya hay otro programa"):
        install_hook(bare, branch="main", target=None)


def test_only_a_bare_repository_takes_a_hook(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="git init --bare"):
        install_hook(tmp_path, branch="main", target=None)


@pytest.mark.parametrize(
    "pushed", ["", f"{'1' * 40} {'2' * 40} refs/heads/otra\n", f"{'1' * 40} {'0' * 40} refs/heads/main\n"]
)
def test_a_push_of_something_else_publishes_nothing(bare: Path, pushed: str) -> None:
    assert run_hook(bare, pushed.splitlines(), branch="main", target=None, waiting=lambda: None) is None


@pytest.mark.parametrize("deleted", [False, True])
def test_a_branch_without_a_site_is_left_alone(bare: Path, tmp_path: Path, deleted: bool) -> None:
    """As is the one that is served, which a publication pushes into the same repository."""
    who = {f"GIT_{role}_{what}": "ana@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    commands = ("init -q -b gh-pages", "commit -q --allow-empty -m x", f"push -q {bare} gh-pages", "rev-parse HEAD")
    for command in commands:
        said = subprocess.run(
            ["git", *command.split()], cwd=tmp_path, env={**os.environ, **who}, capture_output=True, check=True
        )
    commit = said.stdout.decode().strip()
    pushed = f"{commit} {'0' * 40 if deleted else commit} refs/heads/gh-pages\n"
    assert run_hook(bare, [pushed], branch="main", target=None, waiting=lambda: None) is None


def test_a_push_that_cannot_be_read_is_told(bare: Path) -> None:
    with pytest.raises(PublishError, match="No se pudo leer el envío"):
        run_hook(bare, [f"{'0' * 40} {'2' * 40} refs/heads/main"], branch="main", target=None, waiting=lambda: None)


def test_secrets_are_read_as_shells_write_them(tmp_path: Path) -> None:
    path = tmp_path / SECRETS
    path.write_text("# nota\n\nexport A='uno dos'\nB=\"tres\"\nC=a=b\nsin valor\n")
    assert read_secrets(path) == {"A": "uno dos", "B": "tres", "C": "a=b", "sin valor": ""}
