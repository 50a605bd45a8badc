"""A new user: the built wheel, installed by itself, makes a site in an empty directory."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the backend that pyproject.toml names."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*build, "--no-build-isolation", "--wheel-dir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


def test_wheel_carries_templates_trackers_and_the_example(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    trackers = {path.relative_to(ROOT).as_posix() for path in (ROOT / "generator").rglob("*.toml")}
    templates = {
        f"generator/starter/{path.relative_to(ROOT).as_posix()}"
        for folder in ("site_templates", "content")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert trackers | templates | {"generator/starter/mkdocs.yml", "generator/starter/data/projects.csv"} <= names


def test_installed_wheel_builds_a_site_from_one_export(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*install, "--no-index", "--target", installed, wheel], check=True)
    empty = tmp_path / "empty"
    (empty / "data" / "tickets").mkdir(parents=True)
    export = empty / "data" / "tickets" / "anything.csv"
    export.write_text("Issue key,Summary,Status\nSHOP-1,Count the stock,Done\nSHOP-2,Print the labels,To Do\n")
    script = installed / "bin" / "avance"
    environment = {**os.environ, "PYTHONPATH": str(installed), "LANG": "es_VE.UTF-8"}
    done = subprocess.run(
        [sys.executable, script, "build", "--data-dir", "data", "--site-dir", "out", "--public"],
        cwd=empty, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (empty / "out" / "p" / "shop" / "index.html").read_text(encoding="utf-8")
    assert 'data-progress="50"' in page
    assert "Count the stock" in page
