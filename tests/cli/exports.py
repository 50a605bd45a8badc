"""Exports, and what their results have."""

from __future__ import annotations

import gzip
import json
import subprocess
from typing import Any

from click.testing import Result

HEADER = "Issue key,Summary,Status,Created\n"

EXPORT = HEADER + "A-1,Contar,Done,2026-11-02 09:00\nA-2,Pintar,To Do,2026-11-20 16:30\n"

UNREADABLE = {
    "vacio.csv": (b"", "El archivo está vacío."),
    "blanco.csv": (b"\n \n\n", "El archivo está vacío."),
    "imagen.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "No es un archivo CSV, sino un archivo PNG."),
    "binario.csv": (bytes(range(256)) * 20, "No es un archivo de texto."),
    "cortado.csv": (EXPORT.encode() + b'A-3,"a medias', "El archivo termina en medio de una celda entre comillas"),
    "enorme.csv": (f"{HEADER}A-3,{'x' * 5_000_000},Done,\n".encode(), "Una celda tiene más de 1 MB de texto."),
    "dos.csv": ((EXPORT + EXPORT).encode(), "La fila es otro encabezado: el archivo tiene más de uno."),
    "frutas.csv": (b"fruta,peso\npera,3\nuva,2\n", "No es una lista de tickets"),
    "roto.csv.gz": (gzip.compress(EXPORT.encode())[:-20], "El archivo comprimido está dañado o incompleto."),
}
PROBLEM_FIELDS = {"severity", "file", "row", "column", "message", "hint"}


def read(result: Result | subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return the JSON on stdout."""
    return json.loads(result.stdout)
