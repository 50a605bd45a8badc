"""The hours of a policy as a client reads them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.hours import Hours, hours_view, policy_figure, renewal
from generator.projects.model import Phase, Policy
from generator.tickets.kinds import Kind

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
YEAR = Policy(hours=100, since=date(2026, 2, 1), until=date(2027, 1, 31))
SPENT = st.lists(st.integers(1, 600), min_size=1, max_size=12)


@pytest.fixture(scope="session")
def view(make_project):
    """A function: what is said of tickets, and of their project → the hours, in Spanish."""

    def make(*tickets: dict[str, object], **project: object) -> Hours:
        usual = {"policy": YEAR, "phase": Phase.ESERVICE}
        found = hours_view(make_project(*tickets, **usual | project), ES)
        assert found is not None
        return found

    return make


def done(hours: float, month: int = 3, **said: object) -> dict[str, object]:
    return {"status": "done", "spent_hours": hours, "closed": datetime(2026, month, 2, 10, tzinfo=CARACAS), **said}


def weekly(hours: list[float]) -> list[dict[str, object]]:
    """Return a ticket a week up to the cut, the last of *hours* in the newest week."""
    newest = datetime(2026, 11, 23, 10, tzinfo=CARACAS)
    return [
        {"status": "done", "spent_hours": amount, "closed": newest - timedelta(weeks=len(hours) - 1 - week)}
        for week, amount in enumerate(hours)
    ]


def cards(hours: Hours) -> dict[str, tuple[str, ...]]:
    return {card.id: (card.value, *card.lines) for card in hours.cards}


def minutes(text: str) -> int:
    """Return hours in words as minutes: "1 h 30 min" → 90."""
    amounts = {unit: int(number) for number, unit in re.findall(r"(\d+) (h|min)", text)}
    return 60 * amounts.get("h", 0) + amounts.get("min", 0)


def test_without_contracted_hours_there_is_nothing_to_show(make_project) -> None:
    assert hours_view(make_project(done(1)), ES) is None


def test_the_cards_say_what_is_left_contracted_used_and_reserved(view) -> None:
    shown = view(done(25.5), {"estimate_hours": 4}, {})
    assert cards(shown) == {
        "quedan": ("70 h 30 min", "Contratadas menos usadas menos reservadas."),
        "se-agotan": ("sin dato", "Para estimarlo hacen falta 8 semanas de póliza y 8 tickets con horas."),
        "contratadas": ("100 h", "Del dom 1 feb 2026 al dom 31 ene 2027."),
        "usadas": ("25 h 30 min", "25\u00a0% de las contratadas, en 1 ticket."),
        "reservadas": ("4 h", "Lo que aún necesitan, según su estimación, 1 de 2 tickets abiertos."),
    }
    assert [(part.kind, part.width) for part in shown.bar] == [("doing", 25.5), ("waiting", 4), ("todo", 70.5)]
    assert shown.bar_label == "usadas 25 h 30 min, reservadas 4 h, quedan 70 h 30 min"


def test_hours_that_nobody_wrote_down_are_no_hours_at_all(view) -> None:
    shown = view({"status": "done"}, {"spent_hours": 0})
    assert cards(shown)["usadas"][0] == "no hay datos de horas"
    assert not any(re.search(r"\b0 h", text) for card in cards(shown).values() for text in card)
    assert (shown.bar, shown.chart, shown.uses) == ((), None, ())


def test_too_many_hours_are_said_in_words(view) -> None:
    assert cards(view(done(101.5)))["quedan"] == ("ninguna", "Las usadas superan las contratadas en 1 h 30 min.")
    both = view(done(99), {"estimate_hours": 3})
    assert cards(both)["quedan"][1] == "Las usadas y las reservadas superan las contratadas en 2 h."
    assert [part.kind for part in both.bar] == ["doing", "waiting"]


def test_a_threshold_is_noticed(view) -> None:
    assert view(done(49)).notice == ""
    assert view(done(76)).notice == "Se alcanzó el 75\u00a0% de las horas contratadas."


@pytest.mark.parametrize(
    ("hours", "policy", "value"),
    [
        ([2.0] * 40, Policy(hours=90, until=date(2027, 6, 1)), "hacia el lun 28 dic 2026"),
        ([0.5] * 40, YEAR, "no antes de la renovación"),
        ([0.5] * 40, Policy(hours=1000), "no antes del lun 20 nov 2028"),
        ([2.0] * 40, Policy(hours=80), "ya se agotaron"),
        ([2.0] * 40, Policy(hours=90, until=date(2026, 11, 22)), "la póliza venció"),
    ],
)
def test_when_the_hours_run_out_is_said_in_words(view, hours: list[float], policy: Policy, value: str) -> None:
    assert cards(view(*weekly(hours), policy=policy))["se-agotan"][0] == value


@pytest.mark.parametrize(
    ("until", "value"),
    [
        (date(2027, 6, 1), r"entre el lun \d+ \w+ 20\d\d y el lun \d+ \w+ 20\d\d"),
        (date(2027, 1, 31), r"entre el lun \d+ \w+ 20\d\d y la renovación, o después"),
    ],
)
def test_a_range_has_two_ends(view, until: date, value: str) -> None:
    policy = Policy(hours=100, since=date(2026, 2, 17), until=until)
    assert re.fullmatch(value, cards(view(*weekly([0.5, 3.5] * 20), policy=policy))["se-agotan"][0])


def test_a_range_is_an_estimate_and_says_of_what(view) -> None:
    assert cards(view(*weekly([2.0] * 40), policy=Policy(hours=90)))["se-agotan"][1] == (
        "Estimación, no compromiso: supone que las próximas semanas se parecen a las 39 de la póliza, de 2 h en "
        "promedio. El rango abarca 7 de cada 10 simulaciones."
    )


def test_hours_are_told_by_kind_of_ticket(view) -> None:
    tickets = [done(1, kind="Mejora"), done(2), done(4, kind="Incidencia")]
    assert view(*tickets, kinds={"Mejora": Kind.IMPROVEMENT}).shares == "Mejoras: 1 h · Soporte: 6 h"


def test_every_hour_leads_to_its_ticket(view) -> None:
    older, newer = view(done(1, 3, title="Primera"), done(0.5, 4, ticket="AND-9")).uses[::-1]
    assert (older.number, older.title, older.state, older.hours) == ("#1", "Primera", "culminada", "1 h")
    assert (newer.number, newer.address, newer.moment.iso) == ("AND-9", "../#t-and-9", "2026-04-02")


def test_an_old_ticket_is_where_old_tickets_are_kept(view) -> None:
    shown = view(done(1, 3), *(done(1, 4) for _ in range(200)))
    assert [use.address for use in shown.uses if use.number == "#1"] == ["../historial/#t-1"]


def test_hours_outside_the_policy_are_told_apart(view) -> None:
    assert view(done(1)).outside == ""
    assert view(done(1), done(2, 1)).outside == "2 h"


def test_the_renewal_is_told_with_the_days_left_at_the_cut(make_project) -> None:
    assert renewal(make_project(), ES) is None
    card = renewal(make_project(policy=YEAR), ES)
    assert (card.value, card.lines) == ("dom 31 ene 2027", ("Faltan 69 días desde el corte.",))


@pytest.mark.parametrize(
    ("until", "line"),
    [
        (date(2026, 11, 24), "Falta 1 día desde el corte."),
        (date(2026, 11, 23), "Vence el día del corte."),
        (date(2026, 11, 20), "Venció 3 días antes del corte."),
    ],
)
def test_a_renewal_may_be_near_or_past(make_project, until: date, line: str) -> None:
    assert renewal(make_project(policy=Policy(until=until)), ES).lines == (line,)


@settings(max_examples=40)
@given(SPENT)
def test_rows_add_up_to_the_figure_on_the_card(view, spent: list[int]) -> None:
    shown = view(*(done(amount / 60, 2 + place % 9) for place, amount in enumerate(spent)))
    assert sum(minutes(use.hours) for use in shown.uses) == minutes(shown.total) == sum(spent)
    assert sum(minutes(total) for *_, total in shown.chart.table.rows[:-1]) == sum(spent)
    assert cards(shown)["usadas"][0] == shown.total


def test_the_card_of_a_service_is_what_is_left_or_its_renewal(make_project) -> None:
    until = date(2027, 1, 31)
    policy = Policy(hours=10, since=date(2026, 2, 1), until=until)
    closed = datetime(2026, 11, 2, 9, tzinfo=CARACAS)
    spent = {"status": "done", "spent_hours": 1.5, "closed": closed}
    shown = policy_figure(make_project(spent, policy=policy, phase=Phase.ESERVICE), ES)
    assert shown is not None
    assert (shown.title, shown.value) == ("Horas de la póliza", "8 h 30 min")
    assert shown.lines == ("de 10 h contratadas", "Renovación: dom 31 ene 2027")
    bare = policy_figure(make_project(policy=Policy(until=until), phase=Phase.ESERVICE), ES)
    assert bare is not None
    assert (bare.title, bare.value) == ("Renovación", "dom 31 ene 2027")
    assert policy_figure(make_project(spent, policy=policy), ES) is None
