"""The reader's end of the search: scripts, their words, the folder named by both, and the page /buscar/."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ..locale import LANGUAGES, words
from ..problems import N_
from .assets import Asset

PAGE = "buscar.md"
"""The source, in MkDocs' eyes, of the page /buscar/."""
POINTER = "assets/avance/search.json"
"""The file that names the folder of the index: the one address of the search that never changes."""
_FOLDER = "assets/avance/search"
_VENDOR = "vendor/minisearch/SearchableMap.js"
_OF_BUILD = "node"
"""The folder of what only a build runs."""
MISSING = N_("Falta el buscador en {folder}: ejecute «make web».")
"""What to say where it has not."""
TEXTS = {
    "label": N_("Buscar en la documentación"),
    "label_own": N_("Buscar en este proyecto y en la documentación"),
    "placeholder": N_("¿Qué desea hacer?"),
    "close": N_("Cerrar"),
    "all": N_("Ver todos los resultados"),
    "own": N_("En su proyecto"),
    "documentation": N_("En la documentación"),
    "rest": N_("Ver {count} más de su proyecto"),
    "request": N_("Pedir este contenido"),
    "hint": N_("Escriba con sus palabras: no importan los acentos ni las mayúsculas."),
    "hint_own": N_("Escriba con sus palabras, o el número de un ticket. Lo que busca aquí no se guarda."),
    "recent": N_("Sus búsquedas recientes, guardadas solo en este dispositivo:"),
    "forget": N_("Borrar búsquedas recientes"),
    "searching": N_("Buscando…"),
    "found": N_("{count} resultados"),
    "found_one": N_("1 resultado"),
    "best": N_("Los {count} mejores resultados"),
    "nothing": N_("No se encontró nada para «{question}»."),
    "offline": N_("No se pudo cargar el buscador: revise su conexión e intente de nuevo."),
}
"""What the scripts say, by the names that they use."""
PAGE_TITLE = N_("Buscar")
NEEDS_SCRIPTS = N_("El buscador necesita JavaScript. Sin él, use el menú de la página de inicio.")


def load_dialog(templates_dir: Path) -> tuple[Asset, ...]:
    """Return the scripts and the stylesheet of the search; `folder_of` tells where they stand."""
    folder = templates_dir / "search"
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".js", ".css", ".txt") and path.parent.name != _OF_BUILD
    ]
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    contents["texts.js"] = _texts()
    digest = hashlib.sha256(b"\n".join(contents.values())).hexdigest()[:8]
    return tuple(Asset(f"{_FOLDER}-{digest}/{name}", content) for name, content in contents.items())


def can_search(templates_dir: Path) -> bool:
    """Tell whether MiniSearch has been put there: without it the site is whole, but its search finds nothing."""
    return (templates_dir / "search" / _VENDOR).is_file()


def folder_of(dialog: tuple[Asset, ...]) -> str:
    """Return the folder, from the site's home, that the assets of the dialog stand in.

    >>> folder_of((Asset("assets/avance/search-1a2b3c4d/engine/text.js", b""),))
    'assets/avance/search-1a2b3c4d'
    """
    return "/".join(dialog[0].path.split("/")[:3])


def page_source(language: str) -> str:
    """Return the Markdown of the page /buscar/; its template says the rest."""
    title = words(language).text(PAGE_TITLE)
    return f"---\ntitle: {title}\ntemplate: buscar.html\nsearch: {{exclude: true}}\n---\n"


def _texts() -> bytes:
    texts = {code: {name: words(code).text(text) for name, text in TEXTS.items()} for code in LANGUAGES}
    return f"export default {json.dumps(texts, ensure_ascii=False, indent=1)};\n".encode()
