"""Status words → five states, by the order in which vocabularies are asked."""

from __future__ import annotations

import pytest

from generator.tickets.states import Reading, StateReader
from generator.tickets.table import State
from generator.tickets.trackers import load_trackers

TRACKERS = load_trackers()
JIRA = next(tracker for tracker in TRACKERS.each if tracker.id == "jira")


def read(status: str, category: str = "", resolution: str = "", *, closed: bool = False, **overrides: str) -> Reading:
    reader = StateReader(JIRA, TRACKERS.common, overrides)
    return reader.read(status, category, resolution, closed=closed)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (("To Do", "In Progress"), State.DOING),
        (("Waiting for Team", "In Progress"), State.WAITING),
        (("Esperando repuesto",), State.WAITING),
        (("Control de calidad", "Listo"), State.DONE),
        (("LISTO PARA PO", "En curso"), State.DOING),
        (("Bloqueado", "En curso"), State.WAITING),
        (("EN CURSO",), State.DOING),
        (("Cancelada", "Listo"), State.CANCELLED),
        (("Finalizada", "Listo", "Duplicado"), State.CANCELLED),
        (("En curso", "En curso", "Duplicado"), State.DOING),
        (("À faire", "A faire"), State.TODO),
    ],
)
def test_words_give_the_state(words: tuple[str, ...], state: State) -> None:
    assert read(*words) == Reading(state)


def test_waiting_for_the_reporter_is_on_the_client_whatever_the_category() -> None:
    assert read("WAITING FOR REPORTER", "In Progress") == Reading(State.WAITING, on_client=True)


def test_settings_win() -> None:
    assert read("done", flurb="doing").state is State.DONE
    assert read("done", done="waiting_on_client") == Reading(State.WAITING, on_client=True)


def test_unknown_word_is_todo_or_done_by_its_closing_date() -> None:
    assert read("Flurb") == Reading(State.TODO, known=False)
    assert read("Flurb", closed=True) == Reading(State.DONE, known=False)


def test_no_word_with_a_closing_date_is_done_and_known() -> None:
    assert read("", closed=True) == Reading(State.DONE, known=True)
