"""A push to a bare repository on one's own server → `avance publish`, and its messages to whoever pushed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..portals.cache import CACHE_VARIABLE
from ..problems import N_
from .failures import PublishError, disk_failure
from .git import HOOK_VARIABLES
from .lock import local_lock

SECRETS = "avance.env"
"""The file of the bare repository that holds the secrets, one NAME=value a line; nobody pushes it."""
_CACHE = "avance-cache"
"""The folder of the bare repository that keeps what has not changed from one push to the next."""
_MARK = "# avance: publica cada envío"
_TEMPLATE = """\
# Los secretos de este sitio, uno por línea: NOMBRE=valor. Este archivo está solo en el servidor.
# AVANCE_SECRET=
"""


def install_hook(repository: Path, *, branch: str, target: str | None) -> Path:
    """Write the hook of the bare *repository* that publishes each push to *branch*, and return where it is.

    Raises:
        PublishError: when it is no bare repository, or has a hook of somebody else.
    """
    hook = repository / "hooks" / "post-receive"
    if not (repository / "HEAD").is_file() or not (repository / "objects").is_dir():
        raise PublishError(
            N_("{folder} no es un repositorio sin copia de trabajo (bare)."),
            N_("Créelo con: git init --bare {folder}."),
            folder=repository,
        )
    if hook.exists() and _MARK not in hook.read_text(encoding="utf-8", errors="replace"):
        raise PublishError(N_("Ya hay otro programa en {hook}."), N_("Muévalo o agréguele usted la orden."), hook=hook)
    command = [*_command(), "hook", "run", "--branch", branch, *(("--target", target) if target else ())]
    try:
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{_MARK}\nexec {shlex.join(command)}\n", encoding="utf-8")
        hook.chmod(0o755)
        secrets = repository / SECRETS
        if not secrets.exists():
            secrets.touch(mode=0o600)
            secrets.write_text(_TEMPLATE, encoding="utf-8")
    except OSError as error:
        raise disk_failure(error, hook.parent) from error
    return hook


def run_hook(
    repository: Path, pushed: Iterable[str], *, branch: str, target: str | None, waiting: Callable[[], None]
) -> bool | None:
    """Publish what was *pushed* (lines of old, new, name): *branch* as the site, other branches as previews of theirs.

    The preview of a branch that was deleted is removed. Returns whether all of it was done; None when the push was of
    something else. What the command says goes where this process's output goes.
    """
    # The site before its previews, which need one.
    orders = sorted(_orders(repository, pushed, branch), key=lambda order: bool(order[1]))
    if not orders:
        return None
    with local_lock(repository / "avance.lock", tell=waiting):
        done = [_publish(repository, checkout, options, target) for checkout, options in orders]
        return all(done)


def _orders(repository: Path, pushed: Iterable[str], main: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the branches to be read, and the options of `avance publish` there; one without a site is left alone."""
    for line in pushed:
        _, new, name = line.split(maxsplit=2)
        branch = name.strip().removeprefix("refs/heads/")
        if branch == name.strip():
            continue
        is_there = new.strip("0") != ""
        if branch == main:
            if is_there:
                yield branch, ()
        elif not is_there:
            if _has_site(repository, f"refs/heads/{main}"):
                yield main, (f"--preview={branch}", "--remove")
        elif _has_site(repository, new):
            yield branch, (f"--preview={branch}",)


def _has_site(repository: Path, commit: str) -> bool:
    look = ["git", "-C", str(repository), "cat-file", "-e", f"{commit}:mkdocs.yml"]
    return subprocess.run(look, env=_environment(), capture_output=True, check=False).returncode == 0  # noqa: S603


def _publish(repository: Path, branch: str, options: tuple[str, ...], target: str | None) -> bool:
    with tempfile.TemporaryDirectory(prefix="avance-push-") as folder:
        work = Path(folder) / "site"
        # A clone, not a plain checkout: earlier cuts of an export that was overwritten are in its history.
        clone = ["git", "clone", "--quiet", "--shared", f"--branch={branch}", str(repository.resolve()), str(work)]
        done = subprocess.run(clone, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise PublishError(N_("No se pudo leer el envío: {reason}."), reason=done.stderr.strip())
        publish = [*_command(), "publish", *((target,) if target else ()), *options]
        kept = {CACHE_VARIABLE: str((repository / _CACHE).resolve()), **read_secrets(repository / SECRETS)}
        return subprocess.run(publish, cwd=work, env=_environment() | kept, check=False).returncode == 0  # noqa: S603


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in HOOK_VARIABLES}


def read_secrets(path: Path) -> dict[str, str]:
    """Return the variables of a file of secrets; none where there is no file."""
    if not path.is_file():
        return {}
    lines = (line.strip().removeprefix("export ") for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs if name.strip()}


def _command() -> list[str]:
    """Return how to run this very avance."""
    installed = Path(sys.executable).with_name("avance")
    started = [sys.executable, "-P", "-c", "from generator.cli import main; main(prog_name='avance')"]
    return [str(installed)] if installed.is_file() else started
