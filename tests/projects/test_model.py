"""A project and its parts."""

from __future__ import annotations

import dataclasses

import pytest

from generator.projects.model import Access, Phase, Project
from generator.tickets.kinds import Kind


def test_phases_stand_in_the_order_of_the_relationship_each_with_its_label() -> None:
    assert [phase.label for phase in Phase] == ["Caso de negocio", "Implementación", "Producción", "Póliza eService"]


def test_pages_show_the_last_cut(make_project) -> None:
    project = make_project({"ticket": "B"}, before=[{"ticket": "A"}])
    assert (project.cut.number, list(project.tickets["ticket"])) == (2, ["B"])


def test_a_project_is_private_unless_somebody_says_otherwise() -> None:
    assert {field.name: field.default for field in dataclasses.fields(Project)}["access"] is Access.LINK


def test_a_project_cannot_be_changed(make_project) -> None:
    project: Project = make_project()
    with pytest.raises(dataclasses.FrozenInstanceError):
        project.access = Access.PUBLIC


KINDS = {"Incidencia": Kind.SUPPORT, "Mejora": Kind.IMPROVEMENT, "Mejora continua": Kind.IMPROVEMENT}


@pytest.mark.parametrize(
    ("kind", "category", "expected"),
    [
        ("Mejora", "", Kind.IMPROVEMENT),
        ("Incidencia", "", Kind.SUPPORT),
        ("Incidencia", "Mejora continua > Inventario", Kind.IMPROVEMENT),
        ("Incidencia", "Mejora continua", Kind.IMPROVEMENT),
        ("Incidencia", "Inventario > Mejora continua", Kind.SUPPORT),
        ("Mejora", "Incidencia > Inventario", Kind.IMPROVEMENT),
        ("Tarea", "Incidencia > Inventario", Kind.SUPPORT),
        ("Tarea", "Inventario", Kind.OTHER),
    ],
)
def test_a_type_or_the_widest_category_says_what_a_ticket_is(
    make_project, kind: str, category: str, expected: Kind
) -> None:
    project = make_project({"kind": kind, "component": category}, kinds=KINDS)
    assert project.kind_of(project.each[0]) is expected


def test_in_production_what_is_no_improvement_is_support(make_project) -> None:
    project = make_project({"kind": "Tarea"}, kinds=KINDS, phase=Phase.PRODUCTION)
    assert project.kind_of(project.each[0]) is Kind.SUPPORT
