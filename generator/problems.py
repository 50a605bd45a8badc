"""Problems found in data, and the exceptions that stop a run.

AvanceError            anything that the user can mend; shown without a traceback
├── UnreadableFile     one file cannot be read at all; carries its problem
└── DataErrors         the data has errors; carries every problem found so far
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error stops the site, a warning does not, a notice is only said."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


def N_(message: str) -> str:  # noqa: N802 - the customary name that marks a text for the catalogue
    """Mark *message* for the catalogue without translating it here."""
    return message


class Ours(str):
    """A text among the values of a problem that did not come out of the data: any log may show it."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong in the data, with its place and its cure.

    `message` and `hint` are catalogue texts with `{name}` placeholders that `values` fills, so that the same
    problem can be shown in any language. `row` is the row as a spreadsheet numbers it, from 1.
    """

    message: str
    hint: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""
    severity: Severity = Severity.WARNING
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str]) -> str:
        """Return the message in the language of *translate*."""
        return translate(self.message).format_map(self.values)

    def cure(self, translate: Callable[[str], str]) -> str:
        """Return what to do about it, or an empty string."""
        return translate(self.hint).format_map(self.values) if self.hint else ""


class AvanceError(Exception):
    """Something the user can mend."""


class UnreadableFile(AvanceError):
    """A file that cannot be read at all."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class DataErrors(AvanceError):
    """The data has errors, so nothing is written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return those of *problems* that stop a site."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def without_values(problem: Problem) -> Problem:
    """Return *problem* as a log that others read may show it: no text of a cell, and no document's name.

    File, row, column, numbers and what to do stay: enough to find the cell in one's own copy of the data.
    """
    values = {name: value if isinstance(value, (int, float, Ours)) else "…" for name, value in problem.values.items()}
    folder, slash, _ = problem.file.partition("/")
    return replace(problem, values=values, file=f"{folder}/…" if slash and folder == "files" else problem.file)


def one_line(problem: Problem, translate: Callable[[str], str]) -> str:
    """Return a problem as one line: place, what is wrong, what to do."""
    place = [problem.file] if problem.file else []
    if problem.row is not None:
        place.append(translate(N_("fila {row}")).format(row=problem.row))
    if problem.column:
        place.append(translate(N_("columna «{column}»")).format(column=problem.column))
    told = " ".join(part for part in (problem.text(translate), problem.cure(translate)) if part)
    return f"{', '.join(place)}: {told}" if place else told
