"""Spelling, by hunspell and its dictionary of Spanish, both of the system's packages."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path

OWN_WORDS = ".words"
"""The file of content/ with words that are right though no dictionary has them: one a line, # begins a remark."""
_DICTIONARIES = ("es_VE", "es_CO", "es_PE", "es_MX", "es_ES", "es")
"""The first that is installed is used."""


def read_own_words(docs_dir: Path) -> frozenset[str]:
    """Return the words that the writers added; none where there is no such file."""
    path = docs_dir / OWN_WORDS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return frozenset(word for line in lines if (word := line.partition("#")[0].strip()))


def misspelt(words: Collection[str], own_words: Collection[str]) -> frozenset[str] | None:
    """Return those of *words* that no dictionary has, in any case of their letters; None where there is no hunspell.

    Of *own_words* those in small letters are right in any case, the others only as they are written.
    """
    checker = shutil.which("hunspell")
    dictionary = _dictionary(checker) if checker else None
    if not checker or not dictionary:
        return None
    own = set(own_words)
    asked = sorted(word for word in words if word not in own and word.lower() not in own)
    told = subprocess.run(  # noqa: S603 - the system's own program, and words on its standard input
        [checker, "-l", "-i", "utf-8", "-d", dictionary],
        input="\n".join(asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return frozenset(told.stdout.split())


def _dictionary(checker: str) -> str | None:
    """Return the name of a dictionary of Spanish that *checker* finds."""
    told = subprocess.run(  # noqa: S603
        [checker, "-D"], input="", capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    found = {Path(line.strip()).name for line in (told.stdout + told.stderr).splitlines()}
    return next((name for name in _DICTIONARIES if name in found), None)
