"""Which tracker wrote this header, and what its columns and words mean.

A tracker is one TOML file here, or in a site's `data/trackers/`; no tracker needs code. Its keys:

    name            what people call it
    fallback        true for the plain spreadsheet: taken only when no other tracker fits
    recognise       groups of titles; a header of this tracker has at least one title of every group
    refuse          titles (all present) of another report of the same tracker that holds no tickets, and what it is
    custom          how the tracker writes the title of a field that the company added, "{}" standing for its name
    units           seconds, minutes or hours for `estimate_hours` and `spent_hours`; hours where nothing is said
    continued       true when values of one ticket go on in rows below it whose other cells are empty
    repeated_header true when the tracker writes its header above each group of rows
    state_in_labels true when an open ticket's state may stand among its labels
    markup          "jira" when answers are in Jira's wiki notation; Markdown and HTML need no word
    empty           cells that mean nothing, such as "?"; a title or a text is never taken for nothing
    [columns.LANG]  field = titles in that language, the most trusted first
    [states]        state = words of the status column; `waiting_on_client` is waiting, and on the client
    [categories]    state = words of the `status_category` column, where the tracker has one
    [resolutions]   state = words of the `resolution` column that say more than the status

A field is a column of the ticket table (`tickets.table.COLUMNS`) or one of `HELPERS`. `common.toml` holds the fields
and words that any tracker may carry; it is asked after the tracker's own.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...problems import AvanceError
from ...text import fold
from ..table import COLUMNS, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HELPERS = ("status_category", "status_changed", "resolution", "tracker_id", "parent_id", "created_time", "private")
"""Fields that help to read the others: when the status last changed, the key that `parent_id` points at, the time of
day of `created` where it has a column of its own, and the mark that withholds a ticket."""
WAITING_ON_CLIENT = "waiting_on_client"
_FIELDS = frozenset(COLUMNS) - {"source_file", "source_row", "tracker_status"} | set(HELPERS)
_KEYS = {
    *("name", "fallback", "recognise", "refuse", "custom", "units", "markup", "empty"),
    *("continued", "repeated_header", "state_in_labels", "columns", "states", "categories", "resolutions"),
}
_BUILT_IN = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Tracker:
    """One tracker's vocabulary; every key of a mapping is folded text, `empty` is as written."""

    id: str
    name: str
    fallback: bool = False
    continued: bool = False
    repeated_header: bool = False
    state_in_labels: bool = False
    recognise: tuple[frozenset[str], ...] = ()
    refuse: tuple[tuple[frozenset[str], str], ...] = ()
    custom: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    markup: str = ""
    empty: frozenset[str] = frozenset()
    titles: Mapping[str, Mapping[str, tuple[str, int]]] = field(default_factory=dict)
    """language → title → (field, rank), rank 0 being the most trusted"""
    states: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    resolutions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Match:
    """A header read as one tracker's: which positions give each field, the most trusted first."""

    tracker: Tracker
    language: str
    columns: Mapping[str, tuple[int, ...]]
    unmapped: tuple[int, ...]


@dataclass(frozen=True)
class Trackers:
    """Every tracker that a site knows; `common` is asked after each of them, `titles` are all their titles, folded."""

    each: tuple[Tracker, ...]
    common: Tracker
    titles: frozenset[str]


def load_trackers(folder: Path | None = None) -> Trackers:
    """Return the built-in trackers and those in *folder*, which replace built-in ones of the same name.

    Raises:
        AvanceError: when a file is not valid TOML or has a key, field or state that does not exist.
    """
    trackers = {tracker.id: tracker for tracker in _built_in()}
    if folder is not None and folder.is_dir():
        trackers |= {path.stem: _load(path) for path in sorted(folder.glob("*.toml"))}
    titles = frozenset(title for tracker in trackers.values() for words in tracker.titles.values() for title in words)
    common = trackers.pop("common")
    return Trackers(each=tuple(trackers.values()), common=common, titles=titles)


def recognise(header: Sequence[str], trackers: Trackers, overrides: Mapping[str, str] | None = None) -> Match | None:
    """Return how *header* reads as the tracker that explains most of it, or None when no tracker does.

    *overrides* (title → field) come from the settings and win over every tracker.
    """
    folded = [fold(title) for title in header]
    settings = {fold(title): (name, 0) for title, name in (overrides or {}).items()}
    present = set(folded)
    candidates = [
        _match(folded, tracker, trackers.common, settings)
        for tracker in trackers.each
        if all(group & present for group in tracker.recognise)
    ]
    fitting = [match for match in candidates if _holds_tickets(match)]
    return max(fitting, key=lambda match: (not match.tracker.fallback, len(header) - len(match.unmapped)), default=None)


def refusal(header: Sequence[str], trackers: Trackers) -> str | None:
    """Return what *header* is when it is known to be another report than a list of tickets, else None."""
    titles = {fold(title) for title in header}
    return next((what for tracker in trackers.each for refused, what in tracker.refuse if refused <= titles), None)


def _match(folded: Sequence[str], tracker: Tracker, common: Tracker, settings: Mapping[str, tuple[str, int]]) -> Match:
    present = set(folded)
    hits = Counter({language: sum(title in titles for title in present) for language, titles in tracker.titles.items()})
    languages = sorted(tracker.titles, key=lambda language: -hits[language])
    vocabulary = [settings, *(tracker.titles[language] for language in languages), *common.titles.values()]
    found: dict[str, list[tuple[int, int]]] = {}
    unmapped = []
    for position, title in enumerate(folded):
        names = (title, _custom_name(title, tracker.custom))
        meaning = next((titles[name] for titles in vocabulary for name in names if name in titles), None)
        if meaning is None:
            unmapped.append(position)
        else:
            found.setdefault(meaning[0], []).append((meaning[1], position))
    columns = {name: tuple(position for _, position in sorted(places)) for name, places in found.items()}
    return Match(tracker=tracker, language=languages[0] if languages else "", columns=columns, unmapped=tuple(unmapped))


def _holds_tickets(match: Match) -> bool:
    if match.tracker.fallback:
        return "title" in match.columns and ("ticket" in match.columns or "status" in match.columns)
    return "title" in match.columns or {"ticket", "status"} <= match.columns.keys()


def _custom_name(title: str, wrappers: Iterable[str]) -> str:
    for wrapper in wrappers:
        before, after = wrapper.split("{}")
        if title.startswith(before) and title.endswith(after) and len(title) > len(before) + len(after):
            return title[len(before) : len(title) - len(after)]
    return title


@cache
def _built_in() -> tuple[Tracker, ...]:
    return tuple(_load(path) for path in sorted(_BUILT_IN.glob("*.toml")))


def _load(path: Path) -> Tracker:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AvanceError(f"{path.name}: {error}") from error
    _check_keys(path.name, "", data, _KEYS)
    for language, fields in data.get("columns", {}).items():
        _check_keys(path.name, f"columns.{language}", fields, _FIELDS)
    states = {*State, WAITING_ON_CLIENT}
    for section in ("states", "categories", "resolutions"):
        _check_keys(path.name, section, data.get(section, {}), states)
    return Tracker(
        id=path.stem,
        name=data["name"],
        fallback=data.get("fallback", False),
        continued=data.get("continued", False),
        repeated_header=data.get("repeated_header", False),
        state_in_labels=data.get("state_in_labels", False),
        recognise=tuple(frozenset(map(fold, group)) for group in data.get("recognise", ())),
        refuse=tuple((frozenset(map(fold, rule["titles"])), rule["what"]) for rule in data.get("refuse", ())),
        custom=tuple(_fold_wrapper(wrapper) for wrapper in data.get("custom", ())),
        units=data.get("units", {}),
        markup=data.get("markup", ""),
        empty=frozenset(data.get("empty", ())),
        titles={language: _titles(fields) for language, fields in data.get("columns", {}).items()},
        states=_by_word(data.get("states", {})),
        categories=_by_word(data.get("categories", {})),
        resolutions=_by_word(data.get("resolutions", {})),
    )


def _fold_wrapper(wrapper: str) -> str:
    """Return the wrapper of a custom field's title as `fold` leaves it: `Campo personalizado ({})`."""
    return fold(wrapper.replace("{}", "\x00")).replace("\x00", "{}")


def _titles(fields: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, int]]:
    return {fold(title): (name, rank) for name, titles in fields.items() for rank, title in enumerate(titles)}


def _by_word(states: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold(word): state for state, words in states.items() for word in words}


def _check_keys(file: str, section: str, keys: Mapping[str, Any], allowed: Iterable[str]) -> None:
    unknown = sorted(set(keys) - set(allowed))
    if unknown:
        place = f"{file} [{section}]" if section else file
        raise AvanceError(f"{place}: {', '.join(unknown)}? ({', '.join(sorted(allowed))})")
