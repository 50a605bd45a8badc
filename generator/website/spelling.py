"""Spelling, by hunspell and its dictionary of Spanish, both of the system's packages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path

OWN_WORDS = ".words"
"""The file of content/ with words that are right though no dictionary has them: one a line, # begins a remark."""
_DICTIONARIES = ("es_VE", "es_CO", "es_PE", "es_MX", "es_ES", "es")
"""The first that is installed is used."""
_ENDINGS = re.compile(r"(?P<first>se|me|te|nos)?(?:l[aeo]s?|se|me|te|nos)")
_PLAIN = str.maketrans("áéíóú", "aeiou")


def read_own_words(docs_dir: Path) -> frozenset[str]:
    """Return the words that the writers added; none where there is no such file."""
    path = docs_dir / OWN_WORDS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return frozenset(word for line in lines if (word := line.partition("#")[0].strip()))


def misspelt(words: Collection[str], own_words: Collection[str]) -> frozenset[str] | None:
    """Return those of *words* that no dictionary has, in any case of their letters; None where there is no hunspell.

    Of *own_words* those in small letters are right in any case, the others only as they are written. A word in capitals
    is an abbreviation, and one with pronouns at its end is right when the verb alone is: no dictionary has them all.
    """
    checker = shutil.which("hunspell")
    dictionary = _dictionary(checker) if checker else None
    if not checker or not dictionary:
        return None
    own = set(own_words)
    asked = {word for word in words if not word.isupper() and word not in own and word.lower() not in own}
    unknown = _unknown(asked, checker, dictionary)
    verbs = {word: verbs_of(word) for word in unknown}
    wrong = _unknown({verb for found in verbs.values() for verb in found} - own, checker, dictionary)
    return frozenset(word for word, found in verbs.items() if wrong.issuperset(found))


def verbs_of(word: str) -> frozenset[str]:
    """Return the verbs that *word* may be, once the pronouns at its end are taken off.

    An order carries an accent once pronouns are at its end, an infinitive only with two of them.

    >>> sorted(verbs_of("Regístrelo")), sorted(verbs_of("cruzarlo")), sorted(verbs_of("registrelo"))
    (['registre'], ['cruzar'], [])
    >>> sorted(verbs_of("compénselo"))  # its "se" is no pronoun
    ['compen', 'compense']
    """
    word = word.lower()
    verbs = set()
    for length in range(2, 7):
        stem, ending = word[:-length], word[-length:]
        found = _ENDINGS.fullmatch(ending)
        verb = stem.translate(_PLAIN)
        if found and len(verb) > 1 and (verb != stem) != (verb[-1] == "r" and not found["first"]):
            verbs.add(verb)
    return frozenset(verbs)


def _unknown(words: Collection[str], checker: str, dictionary: str) -> set[str]:
    """Return those of *words* that *dictionary* does not have."""
    told = subprocess.run(  # noqa: S603 - the system's own program, and words on its standard input
        [checker, "-l", "-i", "utf-8", "-d", dictionary],
        input="\n".join(sorted(words)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(told.stdout.split())


def _dictionary(checker: str) -> str | None:
    """Return the name of a dictionary of Spanish that *checker* finds."""
    told = subprocess.run(  # noqa: S603
        [checker, "-D"], input="", capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    found = {Path(line.strip()).name for line in (told.stdout + told.stderr).splitlines()}
    return next((name for name in _DICTIONARIES if name in found), None)
