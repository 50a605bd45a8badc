"""Status words → the five states.

Asked in this order: the settings; a word that says *waiting* or *cancelled* (a category such as "In progress" would
hide it); the tracker's status category; its words; the words that all trackers share; and, where nothing is known,
*todo*, or *done* when the row has a closing date. A word that begins like "waiting for" is waiting without being
listed. A resolution such as "Duplicate" turns a done ticket into cancelled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..text import fold
from .table import State
from .trackers import WAITING_ON_CLIENT, Tracker

_BEFORE_CATEGORY = {State.WAITING, State.CANCELLED, WAITING_ON_CLIENT}
_WAITING = re.compile(
    r"(waiting|awaiting|pending|on hold|esperando|en espera|a la espera|aguardando|em espera|en attente|wartet)\b.+"
)
_CLIENT = re.compile(r"\b(client|customer|user|caller|reporter|requester|cliente|usuario|solicitante|kunden?)\b")


@dataclass(frozen=True)
class Reading:
    """What one combination of words means; `known` is false when no vocabulary has the status word."""

    state: State
    on_client: bool = False
    known: bool = True


class StateReader:
    """The vocabularies of one export, in the order they are asked."""

    def __init__(self, tracker: Tracker, common: Tracker, overrides: Mapping[str, str]) -> None:
        self._overrides = {fold(word): state for word, state in overrides.items()}
        self._words = {**common.states, **tracker.states}
        self._categories = tracker.categories
        self._resolutions = {**common.resolutions, **tracker.resolutions}

    def read(self, status: str, category: str, resolution: str, *, labels: str = "", closed: bool) -> Reading:
        """Return the state of a row with these cells; *closed* says whether it has a closing date.

        *labels* count where the tracker has no other word for how far an open ticket is.
        """
        word = fold(status)
        state = self._state(word, fold(category))
        if state == State.TODO and labels:
            state = next((named for label in labels.split(",") if (named := self._words.get(fold(label)))), state)
        if state is None:
            known = not word and closed
            return Reading(State.DONE if closed else State.TODO, known=known)
        if state == State.DONE and self._resolutions.get(fold(resolution)) == State.CANCELLED:
            return Reading(State.CANCELLED)
        return Reading(State.WAITING if state == WAITING_ON_CLIENT else State(state), state == WAITING_ON_CLIENT)

    def _state(self, word: str, category: str) -> str | None:
        if word in self._overrides:
            return self._overrides[word]
        named = self._words.get(word)
        if named in _BEFORE_CATEGORY:
            return named
        by_category = self._categories.get(category)
        if named is None and by_category != State.DONE:
            named = _said_to_wait(word)
            return named or by_category
        return by_category or named


def _said_to_wait(word: str) -> str | None:
    """Return the state of a word that no vocabulary has but that says to wait, such as "waiting for team"."""
    if not _WAITING.fullmatch(word):
        return None
    return WAITING_ON_CLIENT if _CLIENT.search(word) else State.WAITING
