"""Which questions are alike, which article a ticket is about, and which articles are near another.

Texts are compared as people ask, not as they spell: without case, accents, stop-words and endings (the first letters
of each word are kept, which joins *anular*, *anulo* and *anulación*), by the edit distance of what is left (RapidFuzz).
The thresholds were chosen on labelled examples: tests/metrics/alike_questions.yml and articles.yml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from rapidfuzz import fuzz, process

from ..text import fold

ALIKE = 77
"""Of 100: questions from here on are one. It is a list for a person to read, so some that are not may be in it."""
STRONG = 95
"""Of 100: a title found in a text, but for a letter or two. A reader follows the link, so none may be wrong."""
_FEWEST_WORDS = 2
"""A text of one word, such as "factura", is like too many."""
_FEWEST_IN_HEADING = 3
"""A heading of two, such as "Vista previa", is said of other things as well; a title of two is that of an article."""
_LETTERS = 5
_NEAR = 0.16
"""Of 1: articles from here on are read one after the other; below it they only share a verb."""
_ROWS = 1_000
"""Questions compared at once with all others: what bounds the memory, at a byte a pair."""
_WORD = re.compile(r"[^\W_]+")
_STOP_WORDS = frozenset(
    """
    a al algo ante antes aqui asi aun cada como con contra cual cuales cuando cuanta cuantas cuanto cuantos de del
    desde donde durante e el ella ellas ellos en entre era es esa ese eso esos esta estan estas este esto estos fue
    ha hace hacemos hacen hacer hago han hasta hay la las le les lo los mas me mi mis mucho muy nada ni no nos o para
    pero podemos poder por porque puede pueden puedo que quien se sea segun ser si sin sino sobre solo somos son su
    sus tambien tanto te tener tenemos tengo tiene tienen toda todas todo todos tras tu un una unas uno unos va y ya yo
    """.split()  # noqa: SIM905 - a list of words is read as a text
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question and the ticket it came with."""

    project: str
    ticket: str
    question: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """A page of the documentation: its title, its address, the headings in it, and the questions it is shown under."""

    title: str
    address: str
    headings: tuple[str, ...] = ()
    faq: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()
    """The tickets that asked for it, as its writer names them."""
    day: date | None = None
    """When it was published."""


def alike_questions(questions_by_project: Mapping[str, Iterable[tuple[str, str]]]) -> list[tuple[Asked, ...]]:
    """Return the groups of questions that several projects ask: for the documentation writer, never for a client.

    A project has pairs of ticket number and question; a ticket may have several texts, such as its title and its
    question, and counts once. Each group begins with the question that most resemble, and all others in it resemble
    that one; a question is in one group at most. What most projects ask comes first.
    """
    asked, keys = [], []
    for project, questions in questions_by_project.items():
        for ticket, question in questions:
            stems = sorted(set(_stems(question)))
            if len(stems) >= _FEWEST_WORDS:
                asked.append(Asked(project=project, ticket=ticket, question=question))
                keys.append(" ".join(stems))
    groups = [_one_a_ticket(asked[member] for member in members) for members in _stars(keys)]
    shared = [group for group in groups if _projects(group) > 1]
    return sorted(shared, key=lambda group: (-_projects(group), -len(group)))


def articles_for(texts: Sequence[str], articles: Sequence[Article]) -> list[Article | None]:
    """Return for each text, a ticket's title or a question, the article it names; None without a strong match.

    A text names an article when the words of the title, or of a heading that no other article has, stand in it side
    by side. Where it names several, the longest name counts, then the first of *articles*.
    """
    names = sorted(_names(articles), key=lambda name: -len(name[0]))
    phrases = [_phrase(text) for text in texts]
    if not names or not phrases:
        return [None] * len(phrases)
    scores = process.cdist(
        phrases,
        [name for name, _ in names],
        scorer=fuzz.partial_ratio,
        score_cutoff=STRONG,
        dtype=np.uint8,
        workers=1,
    )
    # The shorter one is looked for in the longer one, whichever it is: a text within a name is no match.
    long_enough = _lengths(phrases)[:, None] >= _lengths([name for name, _ in names])[None, :]
    scores = np.where(long_enough, scores, 0)
    best = scores.argmax(axis=1)
    return [names[place][1] if scores[row, place] else None for row, place in enumerate(best)]


def nearest_texts(texts: Sequence[str], *, most: int) -> list[list[int]]:
    """Return for each of *texts* the places of those nearest to it, the nearest first: *most* at most, often fewer.

    Nearness is the cosine of the texts' stems, each weighed by its count and its rarity (tf-idf: log(1 + count) times
    log(texts / texts with it)); of equally near ones the first counts.
    """
    counts = [{stem: np.log1p(count) for stem, count in Counter(_stems(text)).items()} for text in texts]
    found: dict[str, list[int]] = {}
    for place, stems in enumerate(counts):
        for stem in stems:
            found.setdefault(stem, []).append(place)
    rarity = {stem: float(np.log(len(texts) / len(places))) for stem, places in found.items()}
    lengths = np.array(
        [sum((count * rarity[stem]) ** 2 for stem, count in stems.items()) ** 0.5 or 1.0 for stems in counts]
    )
    weights = {
        stem: (np.array(places), np.array([counts[place][stem] * rarity[stem] for place in places]) / lengths[places])
        for stem, places in found.items()
        if len(places) > 1
    }
    nearest = []
    for place, stems in enumerate(counts):
        scores = np.zeros(len(texts))
        for stem, count in stems.items():
            if stem not in weights:
                continue
            places, shares = weights[stem]
            scores[places] += shares * (count * rarity[stem] / lengths[place])
        scores[place] = 0
        best = np.argsort(-scores, kind="stable")[:most]
        nearest.append([int(other) for other in best if scores[other] >= _NEAR])
    return nearest


def _stems(text: str) -> list[str]:
    """Return the beginnings of the words that carry the meaning, in their order."""
    return [word[:_LETTERS] for word in _WORD.findall(fold(text)) if word not in _STOP_WORDS]


def _phrase(text: str) -> str:
    """Return the stems with blanks around each, so that a part of a word is not found."""
    return f" {' '.join(_stems(text))} "


def _lengths(texts: Iterable[str]) -> np.ndarray:
    return np.array([len(text) for text in texts])


def _stars(keys: Sequence[str]) -> Iterator[list[int]]:
    """Yield groups of places in *keys*, each around the one with most that are alike.

    Not the chains of likeness: at their ends stand texts that have nothing in common.
    """
    alike = list(_neighbours(keys))
    free = np.ones(len(keys), dtype=bool)
    for centre in sorted(range(len(keys)), key=lambda place: -len(alike[place])):
        if free[centre]:
            members = alike[centre][free[alike[centre]]]
            free[members] = False
            yield [centre, *(int(member) for member in members if member != centre)]


def _neighbours(keys: Sequence[str]) -> Iterator[np.ndarray]:
    """Yield for each key the places of those like it, its own among them."""
    for start in range(0, len(keys), _ROWS):
        scores = process.cdist(
            keys[start : start + _ROWS], keys, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=1
        )
        yield from (np.flatnonzero(row) for row in scores)


def _one_a_ticket(group: Iterable[Asked]) -> tuple[Asked, ...]:
    first: dict[tuple[str, str], Asked] = {}
    for asked in group:
        first.setdefault((asked.project, asked.ticket), asked)
    return tuple(first.values())


def _projects(group: Iterable[Asked]) -> int:
    return len({asked.project for asked in group})


def _names(articles: Iterable[Article]) -> Iterator[tuple[str, Article]]:
    """Yield every phrase that names an article: its title, and each longer heading that is nowhere else."""
    named = [(article, _phrase(article.title), {_phrase(text) for text in article.headings}) for article in articles]
    found = Counter(phrase for _, title, headings in named for phrase in {title, *headings})
    for article, title, headings in named:
        if len(title.split()) >= _FEWEST_WORDS:
            yield title, article
        for phrase in sorted(headings - {title}):
            if found[phrase] == 1 and len(phrase.split()) >= _FEWEST_IN_HEADING:
                yield phrase, article
