"""From an empty directory to clients: a new site, a push, nginx; a broken push; back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

from generator.publishing.target import preview_name

from ..publishing.web_servers import nginx

ROOT = Path(__file__).parents[2]
AVANCE = "from generator.cli import main; main(prog_name='avance')"


def avance(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run this copy of the command, as the installed one would be."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "es_VE.UTF-8"}
    return subprocess.run(
        [sys.executable, "-P", "-c", AVANCE, *map(str, arguments)],
        cwd=cwd, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def git(*arguments: str | Path, cwd: Path) -> str:
    who = {f"GIT_{role}_{what}": "ana@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "PYTHONPATH": str(ROOT), "LANG": "es_VE.UTF-8"}
    done = subprocess.run(
        ["git", *map(str, arguments)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A new site of one public project, in a repository whose origin publishes each push to a folder."""
    assert avance("new", "demo", cwd=tmp_path).returncode == 0
    demo = tmp_path / "demo"
    for path in (*(demo / "data").glob("*.csv"), *(demo / "data/tickets").rglob("*.csv")):
        path.unlink()
    (demo / "data/projects.csv").write_text("id,cliente,clave_tracker,acceso\nacme,Acme,A,public\n")
    write_export(demo, done=1)
    git("init", "-q", "-b", "main", cwd=demo)
    git("init", "-q", "--bare", "-b", "main", tmp_path / "sitio.git", cwd=tmp_path)
    git("remote", "add", "origin", tmp_path / "sitio.git", cwd=demo)
    assert avance("hook", "install", tmp_path / "sitio.git", cwd=tmp_path).returncode == 0
    return demo


def write_export(demo: Path, *, done: int, extra: str = "") -> None:
    rows = [f"A-{n},Tarea {n},{'Done' if n <= done else 'To Do'},A" for n in range(1, 5)]
    export = "Issue key,Summary,Status,Project key\n" + "\n".join(rows) + "\n" + extra
    (demo / "data/tickets/jira.csv").write_text(export)


def push(demo: Path, message: str, branch: str = "main") -> str:
    git("add", "-A", cwd=demo)
    git("commit", "-q", "-m", message, cwd=demo)
    return git("push", "-q", "origin", f"HEAD:refs/heads/{branch}", cwd=demo)


def percentage(address: str) -> str | None:
    found = re.search(r'data-progress="(\d+)"', read(f"{address}p/acme/"))
    return found and found[1]


def publish_to(demo: Path, target: str) -> None:
    config = (demo / "mkdocs.yml").read_text()
    (demo / "mkdocs.yml").write_text(config.replace("type: git\n        branch: gh-pages\n", target))


def test_push_shows_the_new_number_a_broken_push_changes_nothing_and_rollback_goes_back(
    demo: Path, tmp_path: Path
) -> None:
    www = tmp_path / "www"
    with nginx(www / "current", tmp_path / "nginx") as address:
        publish_to(demo, f"type: folder\n        path: {www}\n        url: {address}\n")

        said = push(demo, "Primer corte")
        assert percentage(address) == "25", said
        assert "Publicación 1" in said
        assert f"Comprobado en {address}" in said

        write_export(demo, done=3)
        assert "Publicación 2" in push(demo, "Segundo corte")
        assert percentage(address) == "75"

        write_export(demo, done=3, extra='A-5,"a medias,Done,A\n')
        said = push(demo, "Corte roto")
        assert percentage(address) == "75"
        assert "tickets/jira.csv" in said
        assert "fila 6" in said
        assert "el sitio publicado no cambió" in said

        back = avance("rollback", cwd=demo)
        assert back.returncode == 0, back.stderr
        assert percentage(address) == "25"
        listed = avance("releases", cwd=demo).stdout
        assert re.search(r"^ +3 .*es la que se ve, vuelta a la 1$", listed, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("branch", ["precios", "prueba/$(touch${IFS}x);Precios"])
def test_a_push_to_another_branch_is_a_preview_beside_the_site_until_the_branch_goes(
    demo: Path, tmp_path: Path, branch: str
) -> None:
    www = tmp_path / "www"
    with nginx(www / "current", tmp_path / "nginx") as address:
        publish_to(demo, f"type: folder\n        path: {www}\n        url: {address}\n")
        early = push(demo, "Rama sin sitio", branch)
        assert "Publique primero la rama principal" in early
        assert git("push", "-q", "origin", "HEAD:main", cwd=demo).count("Publicación 1")

        write_export(demo, done=3)
        said = push(demo, "Otros números", branch)
        preview = f"{address}preview/{preview_name(branch)}/"
        assert f"Vista previa, aparte del sitio: {preview}" in said
        assert f"Comprobado en {preview}" in said
        assert (percentage(preview), percentage(address)) == ("75", "25")
        assert '<meta name="robots" content="noindex' in read(preview)
        assert '<meta name="robots"' not in read(address)

        write_export(demo, done=2)
        assert "Publicación 2" in push(demo, "El sitio sigue", "main")
        assert (percentage(preview), percentage(address)) == ("75", "50")
        assert avance("rollback", cwd=demo).returncode == 0
        assert (percentage(preview), percentage(address)) == ("75", "25")

        gone = git("push", "-q", "origin", f":refs/heads/{branch}", cwd=demo)
        assert f"Vista previa retirada: {preview}" in gone
        with pytest.raises(HTTPError, match="404"):
            read(preview)
        assert percentage(address) == "25"


@pytest.mark.slow
def test_a_branch_that_is_served_is_no_preview_of_itself(demo: Path, tmp_path: Path) -> None:
    """The hook publishes into its own repository: that is a push as well, and of no site to be built."""
    said = push(demo, "Primer corte")
    assert "Publicación 1" in said
    write_export(demo, done=3)
    said = push(demo, "Otros números", "precios")
    assert "Vista previa, aparte del sitio: preview/precios/" in said
    listed = ["git", "-C", tmp_path / "sitio.git", "ls-tree", "-r", "--name-only", "gh-pages"]
    served = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.splitlines()
    assert {"p/acme/index.html", "preview/precios/p/acme/index.html"} <= set(served)
    assert {path.split("/")[1] for path in served if path.startswith("preview/")} == {"precios"}
