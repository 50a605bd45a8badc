"""The documentation's search index: small files that the reader's browser asks for as it needs them.

    core.json        titles, addresses, questions and headings: enough for the first results
    words.json       every word of the texts, in order
    postings-N.json  for a range of those words, the sections that say them
    text-N.json      the texts of a few pages, for the lines under a result
    synonyms.json    words that stand for others

A section is known by its number, counted through all pages. What the browser does with the files is in
`site_templates/search/engine/`; the two share the rule of what a word is (`words_of` here, `text.js` there).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from .assets import Asset
from .dialog import POINTER
from .sections import PageText, Section
from .writing import write_file

FOLDER = "assets/avance/index"
SHARD_BYTES = 16_000
"""About how large a file of postings is before compression; a third of that after."""
BLOCK_BYTES = 20_000
"""The same of a file of texts: a result asks for the one that has its page."""
_FIRST = ("/core.json", "/words.json", "/synonyms.json")
IMPACTS = 8
"""How finely the weight of a word in a section is told: 1 to this."""
_SATURATION, _LENGTH = 1.2, 0.6
"""k1 and b of BM25 (Robertson and Zaragoza, 2009): a word said ten times does not count for ten."""
_FEW = 50
_COMMON = 0.5
"""On a site of more than `_FEW` sections, a word in this share of them tells none apart: it has no postings."""
_WORD = re.compile(r"[^\W_]+")
_NOT_SLUG = re.compile("[^a-z0-9]+")
_ENYE = re.compile("n\u0303")


@dataclass(frozen=True)
class Index:
    """The files of an index, and the folder, named by their content, that they stand in."""

    folder: str
    files: tuple[Asset, ...]

    @property
    def first(self) -> tuple[Asset, ...]:
        """Those that every search asks for."""
        return tuple(file for file in self.files if file.path.endswith(_FIRST))


def words_of(text: str) -> list[str]:
    """Return the words of *text* as they are compared: lower case, without accents, with ñ.

    >>> words_of("¿Qué AÑO fiscal, 2026/27?")
    ['que', 'año', 'fiscal', '2026', '27']
    """
    plain = text.lower()
    if not plain.isascii():
        plain = _ENYE.sub("ñ", unicodedata.normalize("NFD", plain))
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _WORD.findall(plain)


def build_index(pages: Iterable[PageText], synonyms: object = (), *, language: str = "es") -> Index:
    """Return the files of the index of *pages*; their folder is named by what they hold.

    *synonyms* is what `read_synonyms` returns. The same pages, in any order, give the same bytes.
    """
    pages = sorted(pages, key=lambda page: page.address)
    sections = [section for page in pages for section in page.sections]
    postings = _postings(sections)
    shards = list(_shards([_dump(posting) for posting in postings.values()], SHARD_BYTES))
    blocks = list(_shards([_dump([section.text for section in page.sections]) for page in pages], BLOCK_BYTES))
    contents = {
        "core.json": _dump(_core(pages, language, starts=[_starts(shards), _starts(blocks)])),
        "words.json": _dump(list(postings)),
        "synonyms.json": _dump(synonyms),
        **{f"postings-{number}.json": f"[{','.join(shard)}]" for number, shard in enumerate(shards)},
        **{f"text-{number}.json": f"[{','.join(block)}]" for number, block in enumerate(blocks)},
    }
    digest = hashlib.sha256("\n".join(contents.values()).encode()).hexdigest()[:12]
    folder = f"{FOLDER}-{digest}"
    return Index(folder, tuple(Asset(f"{folder}/{name}", content.encode()) for name, content in contents.items()))


def write_index(index: Index, folder: Path) -> None:
    """Write the files of *index* into the site in *folder*, and the pointer that names where they are."""
    for file in index.files:
        write_file(folder, file.path, file.content)
    write_file(folder, POINTER, _dump({"index": index.folder.rpartition("/")[2]}).encode())


def index_in(folder: Path) -> Path:
    """Return the folder of the index of the site in *folder*."""
    pointer = folder / POINTER
    return pointer.parent / str(json.loads(pointer.read_bytes())["index"])


def _core(pages: Sequence[PageText], language: str, *, starts: Sequence[Sequence[int]]) -> Mapping[str, object]:
    shards, blocks = starts
    return {
        "language": language,
        "titles": [page.title for page in pages],
        "addresses": [page.address for page in pages],
        "questions": {number: page.questions for number, page in enumerate(pages) if page.questions},
        "headings": [[_shown(section, page) for section in page.sections] for page in pages],
        "anchors": [[_anchor(section, page) for section in page.sections] for page in pages],
        "shards": shards,
        "blocks": blocks,
    }


def _shown(section: Section, page: PageText) -> str:
    return "" if section.heading == page.title else section.heading


def _anchor(section: Section, page: PageText) -> str | int:
    """Return the anchor, or 1 where it is made from the heading as the theme makes it: most are."""
    shown = _shown(section, page)
    return 1 if section.anchor and section.anchor == slug_of(shown) else section.anchor


def slug_of(heading: str) -> str:
    """Return the anchor that the documentation's theme makes of *heading*.

    >>> slug_of("Período: año 2026")
    'periodo-ano-2026'
    """
    plain = unicodedata.normalize("NFKD", heading.lower())
    return _NOT_SLUG.sub("-", "".join(char for char in plain if not unicodedata.combining(char))).strip("-")


def _postings(sections: Sequence[Section]) -> dict[str, list[int]]:
    """Return, for each word in order, the sections that say it.

    A number is `IMPACTS` times the distance from the section before, plus the weight in this one less 1.
    """
    counted = [Counter(words_of(section.text)) for section in sections]
    lengths = [counts.total() for counts in counted]
    mean = sum(lengths) / max(len(lengths), 1) or 1
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for number, counts in enumerate(counted):
        longer = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[number] / mean)
        for word, times in counts.items():
            impact = max(1, round(IMPACTS * times / (times + longer)))
            found.setdefault(word, []).append((number - last.get(word, 0)) * IMPACTS + impact - 1)
            last[word] = number
    most = _COMMON * len(sections) if len(sections) > _FEW else len(sections)
    return {word: found[word] if len(found[word]) <= most else [] for word in sorted(found)}


def _shards(items: Iterable[str], most: int) -> Iterator[list[str]]:
    """Yield runs of *items* of *most* bytes each, unless one item alone has more."""
    shard: list[str] = []
    size = 0
    for item in items:
        if shard and size + len(item) > most:
            yield shard
            shard, size = [], 0
        shard.append(item)
        size += len(item)
    if shard:
        yield shard


def _starts(shards: Sequence[Sequence[str]]) -> list[int]:
    return [0, *accumulate(len(shard) for shard in shards[:-1])] if shards else []


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
