"""Soporte: the cards, the lists, and the clock in words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.support import SupportPage, SupportTask, Timing, support_page
from generator.projects.model import Phase, ServiceTimes
from generator.tickets.kinds import Kind
from generator.tickets.table import State

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
TIMES = ServiceTimes(first_answer={"alta": 2, "": 4}, resolution={"": 15})


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return a time of November 2026 in Caracas."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CARACAS)


@pytest.fixture(scope="session")
def page(make_project):
    """A function: what is said of tickets, and of their project in production → the view, in Spanish."""
    usual = {"phase": Phase.ESERVICE, "service_times": TIMES}
    return lambda *tickets, **project: support_page(make_project(*tickets, **usual | project), "AdaptaPro", ES)


@pytest.fixture(scope="session")
def task(page):
    """A function: what is said of one ticket, and of its project → its row."""

    def make(said: dict[str, object], **project: object) -> SupportTask:
        shown = page(said, **project)
        return (*shown.open, *shown.ended)[0]

    return make


def lines(shown: SupportPage) -> dict[str, tuple[str, ...]]:
    return {card.title: (card.value, *card.lines) for card in shown.cards}


def test_open_tasks_stand_oldest_first_and_ended_ones_newest_first(page) -> None:
    shown = page(
        {"created": at(9)},
        {"created": at(3), "status": "doing"},
        {},
        {"status": "done", "closed": at(4)},
        {"status": "cancelled", "closed": at(6)},
    )
    assert [task.ticket for task in shown.open] == ["2", "1", "3"]
    assert [task.ticket for task in shown.ended] == ["5", "4"]


def test_only_support_is_shown(page) -> None:
    kinds = {"Incidencia": Kind.SUPPORT, "Mejora": Kind.IMPROVEMENT}
    said = [{"kind": "Incidencia"}, {"kind": "Mejora"}, {"kind": "Tarea"}]
    assert [task.ticket for task in page(*said, kinds=kinds, phase=Phase.IMPLEMENTATION).open] == ["1"]


def test_ended_tasks_of_the_archive_are_not_repeated(page) -> None:
    shown = page(*({"status": "done", "closed": at(5, minute=place % 60)} for place in range(210)))
    assert len(shown.ended) == 200
    assert shown.archive == "../historial/"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, Timing(text="sin dato")),
        (
            {"created": at(20), "closed": at(20, 10, 15), "status": "done"},
            Timing(text="1\u00a0h\u00a015\u00a0min", note="contratadas 15\u00a0h"),
        ),
        (
            {"created": at(16), "closed": at(18, 9, 30), "status": "done"},
            Timing(text="16\u00a0h", note="contratadas 15\u00a0h, excedida por 30\u00a0min", over=True),
        ),
        (
            {"created": at(20, 0), "closed": at(20, 0), "status": "done"},
            Timing(text="el mismo día", note="contratadas 15\u00a0h"),
        ),
        (
            {"created": at(19, 0), "closed": at(20, 0), "status": "done"},
            Timing(text="1 día hábil", note="contratadas 15\u00a0h"),
        ),
        (
            {"created": at(20, 0), "status": "doing"},
            Timing(text="en plazo", note="lleva 1 día hábil, contratadas 15\u00a0h"),
        ),
        (
            {"created": at(9, 0), "status": "doing"},
            Timing(text="excedida", note="lleva 10 días hábiles, contratadas 15\u00a0h", over=True),
        ),
        ({"created": at(20), "status": "cancelled"}, Timing(text="no aplica")),
    ],
)
def test_the_resolution_is_told_against_the_contracted_time(task, said: dict[str, object], expected: Timing) -> None:
    assert task(said).resolution == expected


def test_while_it_is_awaited_what_is_left_or_beyond_is_told(make_project) -> None:
    project = make_project({"created": at(20)}, {"created": at(16)}, phase=Phase.ESERVICE, service_times=TIMES)
    cut = project.cut.__class__(number=1, day=at(20).date(), instant=at(20, 10), tickets=project.tickets)
    late, new = support_page(make_project(phase=Phase.ESERVICE, service_times=TIMES, cuts=(cut,)), "AdaptaPro", ES).open
    assert new.resolution == Timing(text="quedan 14\u00a0h", note="lleva 1\u00a0h, contratadas 15\u00a0h")
    assert late.resolution == Timing(
        text="excedida por 16\u00a0h", note="lleva 31\u00a0h, contratadas 15\u00a0h", over=True
    )


def test_where_nothing_is_contracted_nothing_is_judged(page, task) -> None:
    said = {"created": at(20), "closed": at(20, 10), "status": "done"}
    assert task(said, service_times=ServiceTimes()).resolution == Timing(text="1\u00a0h")
    assert "Dentro de lo contratado" not in lines(page(said, service_times=ServiceTimes()))


def test_the_priority_is_shown_where_the_contracted_time_depends_on_it(task) -> None:
    assert task({"priority": "Alta"}).priority == "Alta"
    assert task({"priority": "Alta"}, service_times=ServiceTimes(first_answer={"": 4})).priority == ""


def test_the_cards_say_how_many_and_what_they_mean(page) -> None:
    done = [
        {"status": "done", "created": at(20, 9), "answered": at(20, 9, minutes), "closed": at(20, hour)}
        for minutes, hour in ((10, 10), (20, 11), (30, 12))
    ]
    late = {"status": "waiting", "waiting_on": "client", "created": at(2), "answered": at(3)}
    assert lines(page(*done, late, {"status": "doing"})) == {
        "Tareas abiertas": ("2", "1 con AdaptaPro · 1 con usted"),
        "Dentro de lo contratado": (
            "3 de 3",
            "tareas resueltas en el tiempo contratado",
            "Primera respuesta: 3 de 4",
            "1 abierta lo excede",
        ),
        "Primera respuesta": (
            "20\u00a0min",
            "Mediana: la mitad de 4 tareas con dato tardó eso o menos.",
            "85 de cada 100 tardaron 7\u00a0h\u00a030\u00a0min o menos.",
        ),
        "Solución": (
            "2\u00a0h",
            "Mediana: la mitad de 3 tareas con dato tardó eso o menos.",
            "85 de cada 100 tardaron 3\u00a0h o menos.",
        ),
    }


def test_without_tasks_there_is_nothing_to_count(page) -> None:
    shown = page()
    assert (shown.cards, shown.open, shown.ended, shown.clock) == ((), (), (), None)


def test_what_no_export_tells_is_no_zero(page) -> None:
    assert lines(page({"status": "doing"}))["Primera respuesta"] == ("sin dato", "Las exportaciones no la traen.")


def test_the_clock_is_told_in_words_and_says_what_it_is_made_of(page) -> None:
    said = {"status": "waiting", "waiting_on": "client", "created": at(12, 8), "updated": at(12, 8)}
    shown = page(said, before=[said])
    assert shown.open[0].clock.label == "Con usted: 52\u00a0h\u00a030\u00a0min"
    assert shown.clock.label == "Con usted: 37\u00a0h\u00a030\u00a0min"
    assert shown.source == "Calculado con los cortes publicados: 2, desde el lun 16 nov 2026."


def test_a_clock_of_which_nothing_is_known_is_none(page) -> None:
    assert page({"status": "doing", "created": at(12, 8)}).open[0].clock is None
    assert page({"status": "doing", "created": at(12, 8)}).clock is None


@settings(max_examples=40)
@given(st.lists(st.sampled_from([str(state) for state in State]), max_size=20))
def test_every_ticket_is_in_one_list(page, states: list[str]) -> None:
    shown = page(*({"status": word} for word in states))
    found = [task.ticket for task in (*shown.open, *shown.ended)]
    assert sorted(found, key=int) == [str(number) for number in range(1, len(states) + 1)]
