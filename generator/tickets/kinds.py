"""A tracker's word for the kind of a ticket, or for its widest category → support, improvement, or other work.

The words are in `kinds.toml`; the setting `kinds` wins over them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from ..text import fold


class Kind(StrEnum):
    """What a ticket is in the policy's terms."""

    SUPPORT = "support"
    IMPROVEMENT = "improvement"
    OTHER = "other"


def read_kinds(words: Iterable[str], overrides: Mapping[str, str]) -> dict[str, Kind]:
    """Return what each of *words* means, without those that no vocabulary has.

    >>> read_kinds(["Incidencia", "Mejora", "Tarea"], {})
    {'Incidencia': <Kind.SUPPORT: 'support'>, 'Mejora': <Kind.IMPROVEMENT: 'improvement'>}
    """
    known = {**_vocabulary(), **{fold(word): Kind(kind) for word, kind in overrides.items()}}
    return {word: known[fold(word)] for word in words if fold(word) in known}


@cache
def _vocabulary() -> Mapping[str, Kind]:
    lists = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
    return {fold(word): Kind(kind) for kind, words in lists.items() for word in words}
