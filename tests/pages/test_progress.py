"""Avance: the cards and the lists."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.progress import ProgressPage, progress_page

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
ON_CLIENT = {"status": "waiting", "waiting_on": "client"}
TICKETS = st.lists(
    st.sampled_from(
        [
            ON_CLIENT,
            {"status": "waiting", "waiting_on": "third-party"},
            *({"status": word} for word in ("todo", "doing", "done", "cancelled")),
        ]
    ),
    max_size=25,
)


@pytest.fixture(scope="session")
def page(make_project):
    """A function: what is said of tickets, and of their project → the view, in Spanish."""
    return lambda *tickets, **project: progress_page(make_project(*tickets, **project), {}, ES)


def day(number: int) -> datetime:
    """Return nine o'clock of a day of November 2026 in Caracas."""
    return datetime(2026, 11, number, 9, tzinfo=CARACAS)


def tickets_of(tasks: tuple) -> list[str]:
    return [task.ticket for task in tasks]


def lists(page: ProgressPage) -> list[str]:
    """Return the tickets of every list of the page."""
    parts = (page.on_client, page.on_client_more, page.pending, page.done, page.cancelled)
    return [ticket for part in parts for ticket in tickets_of(part)]


def test_what_waits_longest_for_the_client_comes_first_and_the_rest_is_folded(page) -> None:
    shown = page(*(ON_CLIENT | {"updated": day(number)} for number in (9, 3, 20, 5)))
    assert tickets_of(shown.on_client + shown.on_client_more) == ["2", "4", "1", "3"]
    assert shown.on_client_more
    assert shown.oldest == "la más antigua espera 14 días hábiles"


def test_a_ticket_never_changed_has_waited_since_it_was_created(page) -> None:
    shown = page(ON_CLIENT | {"updated": day(9)}, ON_CLIENT | {"created": day(3)})
    assert tickets_of(shown.on_client) == ["2", "1"]


def test_pending_tickets_stand_by_date_and_those_without_one_last(page) -> None:
    shown = page({}, {"due": day(27)}, {"agreed": day(24)}, {"due": day(25), "agreed": day(30)}, {})
    assert tickets_of(shown.pending) == ["3", "2", "4", "1", "5"]


def test_finished_tickets_stand_newest_first(page) -> None:
    done = [{"status": "done", "closed": when} for when in (day(3), None, day(9))]
    assert tickets_of(page(*done).done) == ["3", "1", "2"]


@pytest.mark.parametrize(
    ("tickets", "percent", "counts"),
    [
        ([], "sin dato", "Aún no hay tareas registradas."),
        ([{"status": "cancelled"}], "sin dato", "Todas las tareas están anuladas."),
        ([{"status": "done"}], "100\u00a0%", "1 de 1 tarea culminada"),
        (
            [{"status": "done"}, {"status": "doing"}, ON_CLIENT, {"status": "waiting"}, {}, {}],
            "17\u00a0%",
            "1 de 6 tareas culminadas · 1 en curso · 1 espera por usted · 1 en espera · 2 por hacer",
        ),
    ],
)
def test_the_card_says_how_far_it_is(page, tickets: list[dict[str, str]], percent: str, counts: str) -> None:
    shown = page(*tickets)
    assert (shown.percent, shown.counts) == (percent, counts)


def test_the_next_agreed_date_is_the_first_that_the_cut_has_not_passed(page) -> None:
    shown = page({"agreed": day(20)}, {"agreed": day(27)}, {"agreed": day(23)}, {"agreed": day(24), "status": "done"})
    assert shown.next_agreed.ticket == "3"
    assert page({"agreed": day(20)}, {"due": day(27)}).next_agreed is None
    assert page({"agreed": day(24), "labels": "fecha-propuesta"}).next_agreed is None


def test_what_changed_since_the_cut_before_is_told_by_number_and_title(page) -> None:
    before = [{}, {"status": "done"}, {"due": day(24)}, {}]
    after = [{"status": "done"}, {"status": "todo"}, {"due": day(27)}, {"ticket": "5"}, {"ticket": "6"}]
    (since,) = page(*after, before=before).since
    assert (since.key, since.title) == ("2026-11-16", "lun 16 nov")
    assert [(chip.text, [ticket.number for ticket in chip.tickets]) for chip in since.chips] == [
        ("1 culminada", ["#1"]),
        ("2 nuevas", ["#5", "#6"]),
        ("1 reprogramada", ["#3"]),
        ("1 reabierta", ["#2"]),
        ("1 retirada de la lista", ["#4"]),
    ]
    assert {chip.kind: chip.tickets[0].note for chip in since.chips}[
        "moved"
    ] == "vie 27 nov, 9:00, antes mar 24 nov, 9:00"
    assert [ticket.address for chip in since.chips for ticket in chip.tickets] == [
        "#t-1",
        "#t-5",
        "#t-6",
        "#t-3",
        "#t-2",
        "",
    ]


def test_a_first_cut_has_no_changes(page) -> None:
    assert page({}).since == ()


def test_without_a_forecast_the_third_card_is_the_planned_end_and_says_why(page) -> None:
    third = page({}, planned_end=date(2026, 12, 18)).third
    assert (third.title, third.value) == ("Culminación prevista", "vie 18 dic 2026")
    assert third.lines[1] == "Sin pronóstico: hacen falta al menos 8 semanas de historia."
    assert page().third is None


def test_a_steady_history_is_forecast_as_a_range_that_says_it_is_no_commitment(page) -> None:
    monday = datetime(2026, 9, 7, 9, tzinfo=CARACAS)
    done = [
        {"status": "done", "created": monday, "closed": monday + timedelta(days=7 * (number // 3), hours=number)}
        for number in range(33)
    ]
    shown = page(*done, *({"created": monday} for _ in range(9)), planned_end=date(2026, 12, 18))
    assert shown.third.title == "Culminación probable"
    assert "85 % de confianza" in shown.third.lines[0]
    assert "9 tareas abiertas hoy" in shown.third.lines[0]
    assert shown.third.lines[1] == "Plan: vie 18 dic 2026. Estimación, no compromiso."
    assert [line.text for line in shown.burn_up.lines] == ["alcance: 42", "culminadas: 33"]
    assert shown.burn_up.areas[0].text == f"pronóstico: {shown.third.value}"


@settings(max_examples=40)
@given(TICKETS)
def test_every_ticket_is_in_one_list(page, tickets: list[dict[str, str]]) -> None:
    assert sorted(lists(page(*tickets)), key=int) == [str(number) for number in range(1, len(tickets) + 1)]


@settings(max_examples=40)
@given(TICKETS)
def test_the_bar_is_filled_from_end_to_end_without_a_gap(page, tickets: list[dict[str, str]]) -> None:
    shown = page(*tickets)
    end = 0.0
    for segment in shown.segments:
        assert segment.start == pytest.approx(end, abs=0.02)
        assert segment.width > 0
        end = segment.start + segment.width
    assert end == pytest.approx(100 if shown.progress.total else 0, abs=0.05)
