"""Where the secret of a site is kept: in the environment, or in a file outside the site's folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..problems import N_, AvanceError
from .keys import PREFIX, Secret, WrongSecret, new_secret

if TYPE_CHECKING:
    from ..locale import Words

VARIABLE = "AVANCE_SECRET"
_MALFORMED = N_("El secreto no tiene la forma esperada ({prefix} y 43 caracteres): créelo con «avance secret new».")
_INSIDE = N_(
    "El secreto no puede estar en la carpeta del sitio ({file}): quien la vea abriría todo. Muévalo fuera de ella."
)
_UNREADABLE = N_("No se pudo leer el secreto en {file}: {reason}.")
_THERE = N_(
    "Ya hay un secreto en {file}: reemplazarlo cambia todas las direcciones y enlaces. Muévalo antes de crear otro."
)


def find_secret(file: Path, tree: Path, environ: Mapping[str, str], words: Words) -> Secret | None:
    """Return the secret of the environment, or else that of *file*; None where there is neither.

    Raises:
        AvanceError: when it is malformed, cannot be read, or *file* is inside *tree*, the folder of the site.
    """
    written = environ.get(VARIABLE)
    if not written:
        if not file.is_file():
            return None
        _refuse_inside(file, tree, words)
        try:
            written = file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise AvanceError(words.text(_UNREADABLE).format(file=file, reason=error.strerror)) from None
    try:
        return Secret.read(written)
    except WrongSecret:
        raise AvanceError(words.text(_MALFORMED).format(prefix=PREFIX)) from None


def keep_new_secret(file: Path, tree: Path, words: Words) -> None:
    """Write a new secret to *file*, which only its owner can read.

    Raises:
        AvanceError: when there is one, *file* is inside *tree*, or it cannot be written.
    """
    _refuse_inside(file, tree, words)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise AvanceError(words.text(_THERE).format(file=file)) from None
    except OSError as error:
        raise AvanceError(words.text(_UNREADABLE).format(file=file, reason=error.strerror)) from None
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(f"{new_secret()}\n")


def _refuse_inside(file: Path, tree: Path, words: Words) -> None:
    if file.resolve().is_relative_to(tree.resolve()):
        raise AvanceError(words.text(_INSIDE).format(file=file))
