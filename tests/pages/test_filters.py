"""What the board can be filtered by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.filters import Filter, find_values, keys_of, make_filters
from generator.projects.model import Person

ES = words("es")
ON_CLIENT = {"status": "waiting", "waiting_on": "client"}
PEOPLE = (
    Person(id="mp", name="María Pérez", group="AdaptaPro", role="Ejecutiva"),
    Person(id="st", name="Rubén Matheus", group="AdaptaPro", role="Soporte técnico"),
    Person(id="cb", name="Carolina Benítez", group="cliente interno", role="Gerente"),
    Person(id="ex", name="Dora Gil", group="cliente interno", role="Jefa", until=date(2026, 11, 20)),
    Person(id="ci", name="Carmen Iriarte", group="client, external"),
)


@pytest.fixture(scope="session")
def filtered(make_project):
    """A function: what is said of tickets → the filters, and the keys of each ticket."""

    def make(*tickets: dict[str, str]) -> tuple[tuple[Filter, ...], list[dict[str, str]]]:
        project = make_project(*tickets)
        values = [find_values(ticket, project, "AdaptaPro", ES) for ticket in project.each]
        filters = make_filters(values, ES)
        return filters, [dict(keys_of(said, filters)) for said in values]

    return make


def choices(filters: tuple[Filter, ...]) -> dict[str, dict[str, str]]:
    return {one.name: {choice.key: choice.text for choice in one.choices} for one in filters}


@pytest.mark.parametrize(
    ("ticket", "who"),
    [
        ({"assignee": "carolina benitez"}, "Carolina Benítez · Gerente"),
        ({"assignee": "Carmen Iriarte"}, "Carmen Iriarte"),
        ({"assignee": "Carolina Benítez", **ON_CLIENT}, "Carolina Benítez · Gerente"),
        ({"assignee": "Dora Gil"}, "Su empresa"),
        ({"assignee": "María Pérez"}, "María Pérez · Ejecutiva"),
        ({"assignee": "Rubén Matheus"}, "Soporte técnico"),
        ({"assignee": "Rubén Matheus", **ON_CLIENT}, "Su empresa"),
        ({"assignee": "Rubén Matheus", "status": "waiting", "waiting_on": "third-party"}, "Un tercero"),
        ({"assignee": "Rubén Matheus", "status": "done", "waiting_on": "client"}, "Soporte técnico"),
        ({"assignee": "Pedro Interno"}, "AdaptaPro"),
        ({}, "AdaptaPro"),
    ],
)
def test_who_has_a_task(make_project, ticket: dict[str, str], who: str) -> None:
    project = make_project(ticket, people=PEOPLE, executive=PEOPLE[0])
    assert find_values(project.each[0], project, "AdaptaPro", ES)["persona"] == (who,)


def test_filters_offer_the_values_that_occur(filtered) -> None:
    filters, keys = filtered({"component": "ERP > Compras, Pagos"}, {"component": "Nómina"}, {})
    assert choices(filters) == {"area": {"compras": "Compras", "nomina": "Nómina", "pagos": "Pagos"}}
    assert keys == [{"area": "compras pagos"}, {"area": "nomina"}, {}]


def test_where_tasks_have_a_group_the_component_is_a_filter_of_its_own(filtered) -> None:
    filters, _ = filtered(
        {"assignee_group": "Soporte", "component": "Ventas"}, {"assignee_group": "Obras", "component": "Caja"}
    )
    assert choices(filters) == {
        "area": {"obras": "Obras", "soporte": "Soporte"},
        "componente": {"caja": "Caja", "ventas": "Ventas"},
    }


def test_what_all_tasks_share_is_no_filter(filtered) -> None:
    assert filtered({"component": "Ventas"}, {"component": "Ventas"}) == ((), [{}, {}])


TEXTS = st.sampled_from(["a", "A.", "a-1", "á", "المالية", "🎉", "日本", ""]) | st.text(max_size=5)


@settings(max_examples=40)
@given(st.lists(TEXTS, max_size=8))
def test_each_choice_has_a_key_of_its_own_and_finds_its_tasks(filtered, areas: list[str]) -> None:
    filters, keys = filtered(*({"assignee_group": area} for area in areas))
    for name, found in choices(filters).items():
        used = [said.get(name) for said in keys]
        assert all(key and " " not in key and key in used for key in found)
        assert len(set(found.values())) == len(found)
