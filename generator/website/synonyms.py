"""Words that stand for others in the search: the list that ships, and the writer's own in content/synonyms.yml."""

from __future__ import annotations

from pathlib import Path

import yaml

from ..problems import N_, Problem

OWN = "synonyms.yml"
"""The writer's list, in content/."""
Entry = list[str] | dict[str, list[str]]
"""Phrases that stand for each other; or, by a phrase, those that it stands for and that do not stand for it."""


def read_synonyms(shipped: Path, own: Path) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return the entries of both lists, and what is wrong in the writer's; a wrong entry is left out."""
    entries, _ = _read(shipped)
    added, problems = _read(own) if own.is_file() else ((), ())
    return (*entries, *added), problems


def _read(path: Path) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    try:
        listed = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return (), (_problem(N_("No se puede leer: {error}"), error=str(error).splitlines()[0]),)
    entries: list[Entry] = []
    problems = []
    for number, item in enumerate(listed if isinstance(listed, list) else [listed], start=1):
        entry = _entry(item) if isinstance(listed, list) else None
        if entry is None:
            problems.append(_problem(N_("La entrada {number} no es una lista de palabras."), number=number))
        else:
            entries.append(entry)
    return tuple(entries), tuple(problems)


def _entry(item: object) -> Entry | None:
    """Return an item of the list as an entry, numbers as words; None when it is something else.

    >>> _entry(["producto", "artículo"]), _entry({"llegó": "recepción"}), _entry("producto")
    (['producto', 'artículo'], {'llegó': ['recepción']}, None)
    """
    if isinstance(item, list):
        return [str(word) for word in item] if all(isinstance(word, str | int) for word in item) else None
    if isinstance(item, dict):
        return {
            str(word): [str(one) for one in (others if isinstance(others, list) else [others])]
            for word, others in item.items()
        }
    return None


def _problem(message: str, **values: object) -> Problem:
    return Problem(
        file=f"content/{OWN}",
        message=message,
        hint=N_("Escriba cada entrada así: «- [producto, artículo]» o «- llegó: [recepción]»."),
        values=values,
    )
