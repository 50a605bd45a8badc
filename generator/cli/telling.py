"""What the command shows: messages and problems on stderr, results on stdout, as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ..locale import Words
from ..problems import N_, Problem, Severity, one_line, without_values
from ..settings import is_hosted

JSON_SCHEMA = 1
NOTHING_WRITTEN = N_("Hay errores: no se escribió nada y el sitio anterior queda como estaba.")
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_MARKS = {Severity.ERROR: N_("ERROR"), Severity.WARNING: N_("AVISO"), Severity.NOTICE: N_("NOTA")}
STAGES = {
    "data": N_("Leyendo exportaciones"),
    "documentation": N_("Generando documentación"),
    "projects": N_("Generando proyectos"),
    "writing": N_("Escribiendo el sitio"),
    "upload": N_("Publicando"),
    "verify": N_("Comprobando el sitio publicado"),
}
_Value = TypeVar("_Value")
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def progress(language: Words) -> Any:
    """Return a context whose value is called with (stage, done, total) and draws a bar a stage on stderr."""
    return _Bars(language)


class _Bars:
    def __init__(self, language: Words) -> None:
        self._language = language
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        self._bars.start()
        return self._advance

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def _advance(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(self._language.text(STAGES[stage]), total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)


def show(problems: Iterable[Problem], language: Words, *, console: Console = err) -> None:
    """Print *problems*, a line each."""
    for problem in tellable(problems):
        colour, mark = _COLOURS[problem.severity], language.text(_MARKS[problem.severity])
        console.print(f"[{colour}]{mark}[/] {escape(one_line(problem, language.text))}")


def tellable(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Return *problems* as they may be shown here: in a hosted runner without what cells hold."""
    return map(without_values, problems) if is_hosted() else problems


def words_of_cells(told: Mapping[str, _Value]) -> dict[str, _Value]:
    """Return what is told of the words that cells hold: nothing in a hosted runner."""
    return {} if is_hosted() else dict(told)


def annotation(problem: Problem, data_dir: str, language: Words) -> str:
    """Return a problem as GitHub's workflow command, which shows it beside the line of the file in *data_dir*."""
    kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}[problem.severity]
    places = {
        "file": problem.file if problem.file.startswith("content/") else f"{data_dir}/{problem.file}",
        "line": "" if problem.row is None else str(problem.row),
        "title": problem.column,
    }
    message = one_line(replace(problem, file="", row=None, column=""), language.text)
    properties = ",".join(f"{name}={_percent(value, also=':,')}" for name, value in places.items() if value)
    return f"::{kind} {properties}::{_percent(message)}"


def _percent(text: str, *, also: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{also}" else char for char in text)


def problem_json(problem: Problem, language: Words) -> dict[str, Any]:
    """Return a problem for programs."""
    return {
        "severity": str(problem.severity),
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "message": problem.text(language.text),
        "hint": problem.cure(language.text),
    }


def dump(result: dict[str, Any]) -> str:
    """Return a result as the JSON that programs get, with the number of its schema."""
    return json.dumps({"schema": JSON_SCHEMA, **result}, ensure_ascii=False, indent=2)
