"""A new site: a copy of the example, ready for a repository, with what publishes it on each push."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from ..problems import N_, Problem, UnreadableFile
from .packing import make_wheel

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
_PROGRAM = "programa"
"""The folder with the wheel of avance: no registry has it, and what runs on a push is what made the site."""
_REQUIREMENTS = """\
# avance y todo lo que usa, con la versión y la huella de cada paquete: en todas partes se instala lo mismo.
# Para pasar a otra versión de avance, cree con ella un sitio nuevo y copie de él la carpeta programa y este archivo.
./{wheel} --hash=sha256:{digest}
# Solo para publicar por SFTP, FTP, S3, WebDAV, Azure o GCS, quite el # de la línea siguiente:
# --requirement requirements-rclone.txt
"""
_LAST_OPTION = "      time_zone: America/Caracas\n"
_ADDRESS = re.compile(r"^# Invented.*\nsite_url: .*$", re.MULTILINE)
_NO_ADDRESS = """\
# Escriba aquí dónde se lee su sitio: los códigos del papel llevan allí, y avance publish lo comprueba.
# site_url: https://avance.example.com/"""


def start_site(folder: Path, shipped: Path) -> list[str]:
    """Write a new site into *folder* from the example *shipped* with avance, and return its files.

    Raises:
        UnreadableFile: when *folder* is not empty, or avance cannot be packed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnreadableFile(
            Problem(message=N_("La carpeta {folder} no está vacía: indique otra."), values={"folder": folder})
        )
    wheel = make_wheel(shipped)
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("content", "data"):
        shutil.copytree(shipped / part, folder / part)
    config = (shipped / "mkdocs.yml").read_text(encoding="utf-8")
    config = _ADDRESS.sub(_NO_ADDRESS, config)
    (folder / "mkdocs.yml").write_text(config.replace(_LAST_OPTION, _LAST_OPTION + _PUBLISH), encoding="utf-8")
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    _write_requirements(folder, shipped, *wheel)
    for template, place in _WORKFLOWS.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped / "site_templates" / "workflows" / template, folder / place)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _write_requirements(folder: Path, shipped: Path, name: str, wheel: bytes) -> None:
    """Write what pip installs on a machine that has nothing but Python: avance itself, and the rest as locked."""
    (folder / _PROGRAM).mkdir()
    (folder / _PROGRAM / name).write_bytes(wheel)
    own = _REQUIREMENTS.format(wheel=f"{_PROGRAM}/{name}", digest=hashlib.sha256(wheel).hexdigest())
    locked = (shipped / "requirements.txt").read_text(encoding="utf-8")
    (folder / "requirements.txt").write_text(own + locked, encoding="utf-8")
    shutil.copyfile(shipped / "requirements-rclone.txt", folder / "requirements-rclone.txt")
