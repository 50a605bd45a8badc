"""Involucrados: groups, roles, one contact, and who left by rule."""

from __future__ import annotations

from datetime import date

import pytest

from generator.locale import words
from generator.pages.participants import participants_page
from generator.projects.model import Person, Phase

ES = words("es")
LUCIA = Person(
    id="l", name="Lucía Rojas", group="AdaptaPro", role="Ejecutiva de cuenta", phone="555", email="l@a.example"
)
ADVISER = Person(
    id="a", name="Beatriz Anzola", group="AdaptaPro", role="Asesora funcional", phone="777", email="b@a.example"
)
PROGRAMMER = Person(id="p", name="Simón Aldana", group="AdaptaPro", role="Programador")
CLIENT = Person(
    id="c", name="Julio Salas", group="cliente interno", role="Jefe", company="ACME", phone="888", email="j@c.example"
)


@pytest.fixture(scope="session")
def page(make_project):
    """A function: people, and what is said of their project → its page."""
    return lambda *people, **said: participants_page(make_project(people=people, **said), "AdaptaPro", ES)


def test_people_stand_in_their_groups_with_role_and_company(page) -> None:
    internal, external, company = page(CLIENT, ADVISER).groups
    assert [(one.name, one.role, one.company) for one in internal.people] == [("Julio Salas", "Jefe", "ACME")]
    assert external.people == ()
    assert [(one.name, one.role, one.company) for one in company.people] == [
        ("Beatriz Anzola", "Asesora funcional", "")
    ]
    assert company.title == "De AdaptaPro"


def test_only_the_executive_can_be_contacted(page) -> None:
    shown = page(LUCIA, ADVISER, CLIENT, executive=LUCIA)
    assert [one.name for group in shown.groups for one in group.people if one.executive] == ["Lucía Rojas"]
    assert shown.contact.phone == "555"
    for private in ("777", "888", "b@a.example", "j@c.example"):
        assert private not in repr(shown)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({}, []),
        (
            {"phase": Phase.ESERVICE},
            ["Los asesores y consultores terminaron su participación con la puesta en producción."],
        ),
        (
            {"phase": Phase.ESERVICE, "go_live": date(2026, 1, 5)},
            ["Los asesores y consultores terminaron su participación con la puesta en producción, el lun 5 ene 2026."],
        ),
        (
            {"technical_end": date(2026, 11, 20)},
            ["Los programadores terminaron su participación con la implementación técnica, el vie 20 nov 2026."],
        ),
    ],
)
def test_who_left_is_told_by_rule_and_without_names(page, said: dict[str, object], left: list[str]) -> None:
    people = (PROGRAMMER,) if "technical_end" in said else (ADVISER,)
    shown = page(*people, **said)
    assert list(shown.left) == left
    assert not left or people[0].name not in repr(shown)
