"""The files of data/files/ that documents.csv and requests.csv speak of: which may be published, and what they hold.

Only what lies inside that folder is ever read, whatever a cell says and wherever a link leads.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..problems import N_, Ours, Problem, Severity
from ..text import slugify
from .templates import check_returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .model import Document, Request

FILES = "files"
"""The folder of data/ that holds the documents."""
RETURNED = "recibido"
"""The folder of a project's files in which the templates lie that the client has sent back."""
EXTENSIONS = frozenset({"pdf", "csv", "xlsx", "ods", "docx", "odt", "pptx", "md", "txt", "png", "jpg", "jpeg"})
"""What is published: nothing that runs in a browser."""
MAX_SIZE = 25_000_000
"""Bytes; a phone on a slow line does not open more."""
_LONGEST_NAME, _LONGEST_VERSION = 100, 20
"""Characters; a file system takes 255 bytes with what else stands in a name."""
_TEXTS = ("md", "txt", "csv")


def with_file(document: Document, data_dir: Path) -> tuple[Document, list[Problem]]:
    """Return *document* with its file's size, hash and content, and what keeps it from being published."""
    if not document.file:
        return document, []
    path = _inside(data_dir / FILES, document.file)
    if path is None:
        return replace(document, file=""), [_problem(document, *_OUTSIDE, severity=Severity.ERROR)]
    if path.suffix.lower().lstrip(".") not in EXTENSIONS:
        extensions = Ours(", ".join(sorted(EXTENSIONS)))
        return replace(document, file=""), [_problem(document, *_KIND, extensions=extensions)]
    if not _is_file(path):
        return replace(document, file=""), [_problem(document, *_MISSING)]
    if path.stat().st_size > MAX_SIZE:
        return replace(document, file=""), [_problem(document, *_LARGE, megabytes=MAX_SIZE // 1_000_000)]
    return _filled(document, path.read_bytes()), []


def with_returned(request: Request, templates: Mapping[str, Document], data_dir: Path) -> tuple[Request, list[Problem]]:
    """Return *request* with the observations on the template that came back, when it did.

    It lies at `files/<project>/recibido/` under the name of the template, as CSV or as a workbook. The observations are
    notices: the page shows them to the client, who corrects the file.
    """
    template = templates.get(request.template)
    if template is None:
        unknown = [_unknown_template(request)] if request.template else []
        return request, unknown
    if not template.content:
        return request, []
    for name in _returned_names(request, template):
        path = _inside(data_dir / FILES, name)
        if path and _is_file(path):
            found = check_returned(template.content, path.read_bytes(), name=f"{FILES}/{name}")
            undated = [] if request.received else [_undated(request, name)]
            return replace(request, returned=name, observations=tuple(found)), [*found, *undated]
    return request, []


def file_names(documents: Iterable[Document]) -> list[str]:
    """Return the name under which each of *documents* is published, empty for one without a file; no two are the same.

    A text in Markdown is published as .txt: the same bytes, under a name that a phone opens.
    """
    names: list[str] = []
    for document in documents:
        name = ""
        if document.content:
            extension = PurePosixPath(document.file).suffix.lower().replace(".md", ".txt")
            version = slugify(document.version)[:_LONGEST_VERSION] or "1"
            stem = (slugify(document.title) or slugify(document.id))[:_LONGEST_NAME] or "documento"
            marks = ("", *(f"-{number}" for number in range(2, len(names) + 2)))
            name = next(name for mark in marks if (name := f"{stem}{mark}-v{version}{extension}") not in names)
        names.append(name)
    return names


def _inside(folder: Path, name: str) -> Path | None:
    """Return the path of *name*, or None where it leads out of *folder*, by dots or by a link."""
    path = folder / name.replace("\\", "/")
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return None
    return path if inside else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # A name that is longer than names can be.
        return False


def _filled(document: Document, content: bytes) -> Document:
    extension = PurePosixPath(document.file).suffix.lower().lstrip(".")
    return replace(
        document,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        text=content.decode("utf-8-sig", "replace") if extension in _TEXTS else "",
    )


def _returned_names(request: Request, template: Document) -> Iterable[str]:
    name = PurePosixPath(template.file).name
    others = (PurePosixPath(name).with_suffix(extension).name for extension in (".csv", ".xlsx", ".xls", ".ods"))
    return (f"{request.project}/{RETURNED}/{each}" for each in dict.fromkeys((name, *others)))


_OUTSIDE = (
    N_("«{value}» está fuera de la carpeta files/: no se publica."),
    N_("Copie el archivo en data/files/ y escriba su nombre a partir de esa carpeta, por ejemplo andina/minuta.pdf."),
)
_KIND = (
    N_("«{value}» no es de un tipo que se publique: el documento queda sin archivo."),
    N_("Guárdelo como PDF; se publican {extensions}."),
)
_MISSING = (
    N_("No existe el archivo «{value}» en data/files/: el documento queda sin archivo."),
    N_("Copie el archivo en esa carpeta o corrija su nombre, con las mismas mayúsculas y acentos."),
)
_LARGE = (
    N_("«{value}» pesa más de {megabytes} MB: el documento queda sin archivo."),
    N_("Guárdelo con menos calidad de imagen, o divídalo."),
)


def _problem(
    document: Document, message: str, hint: str, *, severity: Severity = Severity.WARNING, **values: object
) -> Problem:
    return Problem(
        file="documents.csv",
        row=document.row or None,
        column="archivo",
        severity=severity,
        message=message,
        hint=hint,
        values={"value": document.file, **values},
    )


def _unknown_template(request: Request) -> Problem:
    return Problem(
        file="requests.csv",
        row=request.row or None,
        column="plantilla",
        message=N_("«{value}» no es el id de ningún documento: el pedido queda sin plantilla."),
        hint=N_("Escriba el id de una fila de documents.csv del mismo proyecto, o deje la celda vacía."),
        values={"value": request.template},
    )


def _undated(request: Request, name: str) -> Problem:
    return Problem(
        file="requests.csv",
        row=request.row or None,
        column="recibido",
        severity=Severity.NOTICE,
        message=N_("La plantilla «{name}» ya fue devuelta y el pedido no dice cuándo se recibió."),
        hint=N_("Escriba la fecha en la columna recibido."),
        values={"name": name},
    )
