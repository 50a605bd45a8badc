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
    catalogues = {path.relative_to(ROOT).as_posix() for path in (ROOT / "generator/locale").rglob("*.po")}
    others = {"mkdocs.yml", "data/projects.csv", "requirements.txt", "requirements-rclone.txt"}
    search = "site_templates/search/vendor/minisearch/SearchableMap.js"
    assert trackers | templates | catalogues | {f"generator/starter/{path}" for path in (*others, search)} <= names


def run_installed(wheel: Path, tmp_path: Path, *arguments: str | Path, cwd: Path) -> None:
    """Install the wheel by itself, and run its command."""
    installed = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*install, "--no-index", "--target", installed, wheel], check=True)
    environment = {**os.environ, "PYTHONPATH": str(installed), "LANG": "es_VE.UTF-8"}
    done = subprocess.run(
        [sys.executable, installed / "bin" / "avance", *arguments],
        cwd=cwd, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_new_site_takes_the_installed_wheel_along(wheel: Path, tmp_path: Path) -> None:
    run_installed(wheel, tmp_path, "new", "nuevo", cwd=tmp_path)
    packed = zipfile.ZipFile(tmp_path / "nuevo" / "programa" / wheel.name)
    with zipfile.ZipFile(wheel) as built:
        assert {name: packed.read(name) for name in packed.namelist() if not name.endswith("RECORD")} == {
            name: built.read(name) for name in built.namelist() if not name.endswith("RECORD")
        }
    again = ["--no-index", "--target", tmp_path / "otra", tmp_path / "nuevo" / "programa" / wheel.name]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", *again], check=True)
    assert (tmp_path / "otra" / "bin" / "avance").is_file()


def test_installed_wheel_builds_a_site_from_one_export(wheel: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    (empty / "data" / "tickets").mkdir(parents=True)
    export = empty / "data" / "tickets" / "anything.csv"
    export.write_text("Issue key,Summary,Status\nSHOP-1,Count the stock,Done\nSHOP-2,Print the labels,To Do\n")
    run_installed(wheel, tmp_path, "build", "--data-dir", "data", "--site-dir", "out", "--public", cwd=empty)
    page = (empty / "out" / "p" / "shop" / "index.html").read_text(encoding="utf-8")
    assert 'data-progress="50"' in page
    assert "Count the stock" in page
