"""The settings of each host where a site is published, as mkdocs.yml writes them under `publish:`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from ..problems import N_
from ..text import unique_slug
from .failures import PublishError

_SECRET = re.compile(r"pass|secret|token|credential|sas_url|connection_string|key_pem|access_key|^key$|bearer")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LONGEST = 60
"""Letters of a name in an address."""
PREVIEWS = "preview/"
"""The folder of a site with the previews of its branches, each a whole site."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """What every host has."""

    name: str
    """how the command calls it: lower-case letters, digits and hyphens"""
    url: str = ""
    """where the site is read once it is published; that of the site where nothing is said"""
    keep: int = 5
    """how many releases stay, the live one among them"""
    grace: timedelta = timedelta(days=30)
    """how long the parts of an earlier build's pages stay, and the page of a withdrawn project"""
    wait: timedelta = timedelta(seconds=30)
    """how long the host may take to show what it was given"""
    verify: bool = True
    """whether the site is read there after it was published"""
    preview: str = ""
    """the name of a preview beneath the site, which is published apart from it; no option, see `preview_of`"""

    @property
    def home(self) -> str:
        """Where its pages are, from the home of the site."""
        return f"{PREVIEWS}{self.preview}/" if self.preview else ""


@dataclass(frozen=True, kw_only=True)
class FolderTarget(Target):
    """A folder that a web server reads, on this machine or mounted on it."""

    path: Path
    """holds `releases/` and the link `current`, which is the folder that the web server serves"""
    compress: bool = True
    """whether each text has its gzip and brotli forms beside it"""


@dataclass(frozen=True, kw_only=True)
class GitTarget(Target):
    """A branch that GitHub, GitLab, Forgejo or Codeberg serve, or that Cloudflare or Netlify read."""

    remote: str = "origin"
    """a remote of the site's repository, or an address"""
    branch: str = "gh-pages"
    keep: int = 5
    """how many releases the branch remembers; 0: all of them"""
    wait: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class RcloneTarget(Target):
    """A host that takes files, by any protocol that rclone speaks."""

    backend: str
    """rclone's name of the protocol: sftp, ftp, webdav, s3, azureblob, gcs …"""
    path: str = ""
    """the folder or bucket there"""
    options: Mapping[str, str] = field(default_factory=dict)
    """rclone's options of that protocol, without the secrets"""


_KINDS: dict[str, type[Target]] = {"folder": FolderTarget, "git": GitTarget, "rclone": RcloneTarget}
_LEAST = {FolderTarget: 2, GitTarget: 0, RcloneTarget: 1}
"""How few releases each may keep: a folder needs the last one to put it back."""


def read_targets(publish: object, *, root: Path, url: str = "") -> dict[str, Target]:
    """Return the hosts of a site by name; folders are relative to *root*, *url* is where the site says it is read.

    Raises:
        PublishError: when something there is unknown, missing, of the wrong kind, or a secret.
    """
    if not publish:
        return {}
    targets = [_read_target(name, options, root, url) for name, options in _named(publish)]
    names = [target.name for target in targets]
    for name in names:
        if names.count(name) > 1:
            raise PublishError(N_("publish: hay dos destinos con el nombre «{name}»."), name=name)
    return dict(zip(names, targets, strict=True))


def choose_target(targets: Mapping[str, Target], name: str | None) -> Target:
    """Return the target called *name*, or the only or first one.

    Raises:
        PublishError: when there is none.
    """
    if not targets:
        raise PublishError(
            N_("mkdocs.yml no dice dónde publicar."),
            N_("Agregue publish: bajo el plugin avance; la guía «Publicar el sitio» trae un ejemplo de cada destino."),
        )
    if name is None:
        return next(iter(targets.values()))
    if name not in targets:
        raise PublishError(
            N_("No hay ningún destino «{name}»."), N_("Los que hay: {names}."), name=name, names=", ".join(targets)
        )
    return targets[name]


def preview_of(target: Target, branch: str) -> Target:
    """Return the target of the preview of *branch*, beneath the site of *target*.

    Raises:
        PublishError: when the name is empty.
    """
    if not branch:
        raise PublishError(N_("Falta el nombre de la rama de la vista previa."))
    name = preview_name(branch)
    return replace(target, preview=name, url=preview_address(target.url, name))


def preview_name(branch: str) -> str:
    """Return *branch* as a part of an address; branches that look alike there get different ones.

    >>> preview_name("precios"), preview_name("prueba/Precios")
    ('precios', 'prueba-precios-d6683b31')
    """
    return unique_slug(branch, _LONGEST)


def preview_address(url: str, name: str) -> str:
    """Return where the preview *name* of the site at *url* is read; empty where that is not known.

    >>> preview_address("https://avance.example/sitio", "precios")
    'https://avance.example/sitio/preview/precios/'
    """
    return f"{url.rstrip('/')}/{PREVIEWS}{name}/" if url else ""


def _named(publish: object) -> Iterable[tuple[str, object]]:
    """Yield name and options of each target, however they are written: one, a list, or by name."""
    if isinstance(publish, Mapping):
        return [(str(publish["type"]), publish)] if isinstance(publish.get("type"), str) else publish.items()
    if isinstance(publish, list):
        return [(str(one.get("name", one.get("type", ""))) if isinstance(one, Mapping) else "", one) for one in publish]
    raise PublishError(N_("publish: debe ser un destino, una lista de destinos o un destino por nombre."))


def _read_target(name: str, options: object, root: Path, url: str) -> Target:
    place = f"publish: {name}"
    if not isinstance(options, Mapping):
        raise PublishError(N_("{place}: faltan sus opciones, por ejemplo type: git."), place=place)
    kind = _KINDS.get(str(options.get("type")))
    if kind is None:
        raise PublishError(N_("{place}: type debe ser uno de: {kinds}."), place=place, kinds=", ".join(_KINDS))
    if not _NAME.fullmatch(name):
        raise PublishError(N_("{place}: un nombre lleva minúsculas, números y guiones."), place=place)
    known = {field.name: field for field in dataclasses.fields(kind) if field.name != "preview"}
    given = {str(key): value for key, value in options.items() if key not in ("type", "name")}
    for key in given:
        if key not in known:
            names = ", ".join(sorted(known.keys() - {"name"}))
            raise PublishError(
                N_("{place}: no existe la opción «{key}»."),
                N_("Las que hay: {names}."),
                place=place,
                key=key,
                names=names,
            )
    for key, described in known.items():
        if key not in given and key != "name" and described.default is described.default_factory is dataclasses.MISSING:
            raise PublishError(N_("{place}: falta «{key}»."), place=place, key=key)
    values = {key: _read(place, key, value, root, kind) for key, value in given.items()}
    return kind(**{"url": url} | values | {"name": name})


def _read(place: str, key: str, value: object, root: Path, kind: type[Target]) -> Any:
    readers: dict[str, tuple[Callable[[Any], Any], str]] = {
        "keep": (lambda said: _number(said, _LEAST[kind], whole=True), N_("un número entero, por ejemplo 5")),
        "grace": (lambda said: timedelta(days=_number(said, 0)), N_("un número de días, por ejemplo 30")),
        "wait": (lambda said: timedelta(seconds=_number(said, 0)), N_("un número de segundos, por ejemplo 60")),
        "verify": (_truth, N_("true o false")),
        "compress": (_truth, N_("true o false")),
        "options": (lambda said: _options(place, said), N_("opciones de rclone, una por línea")),
        "path": (lambda said: root / _text(said) if kind is FolderTarget else _text(said), N_("un texto")),
        "url": (_address, N_("una dirección que empieza con http:// o https://")),
    }
    reader, wanted = readers.get(key, (_text, N_("un texto")))
    try:
        return reader(value)
    except (TypeError, ValueError) as error:
        raise PublishError(N_("{place}: {key} debe ser {wanted}."), place=place, key=key, wanted=wanted) from error


def _number(said: object, least: float, *, whole: bool = False) -> Any:
    if isinstance(said, bool) or not isinstance(said, int if whole else (int, float)) or said < least:
        raise TypeError
    return said


def _truth(said: object) -> bool:
    if not isinstance(said, bool):
        raise TypeError
    return said


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise TypeError
    return said


def _address(said: object) -> str:
    if not re.match(r"https?://[^/@\s]+(/|$)", _text(said)):
        raise ValueError
    return _text(said)


def _options(place: str, said: object) -> dict[str, str]:
    if not isinstance(said, Mapping):
        raise TypeError
    for key in said:
        if _SECRET.search(str(key)) and not str(key).startswith("key_file"):
            raise PublishError(
                N_("{place}: «{key}» es un secreto y no se escribe en mkdocs.yml."),
                N_("Póngalo en la variable de entorno {variable}."),
                place=place,
                key=key,
                variable=variable(place.removeprefix("publish: "), str(key)),
            )
    return {str(key): str(value).lower() if isinstance(value, bool) else str(value) for key, value in said.items()}


def variable(target: str, option: str) -> str:
    """Return the environment variable that holds a secret of a target.

    >>> variable("mi-servidor", "pass")
    'AVANCE_MI_SERVIDOR_PASS'
    """
    return f"AVANCE_{target}_{option}".upper().replace("-", "_")
