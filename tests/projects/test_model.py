"""A project and its parts."""

from __future__ import annotations

import dataclasses

import pytest

from generator.projects.model import Access, Phase, Project


def test_phases_stand_in_the_order_of_the_relationship_each_with_its_label() -> None:
    assert [phase.label for phase in Phase] == ["Caso de negocio", "Implementación", "Producción", "Póliza eService"]


def test_pages_show_the_last_cut(make_project) -> None:
    project = make_project({"ticket": "B"}, before=[{"ticket": "A"}])
    assert (project.cut.number, list(project.tickets["ticket"])) == (2, ["B"])


def test_a_project_is_private_unless_somebody_says_otherwise(make_project) -> None:
    assert make_project().access is Access.LINK


def test_a_project_cannot_be_changed(make_project) -> None:
    project: Project = make_project()
    with pytest.raises(dataclasses.FrozenInstanceError):
        project.access = Access.PUBLIC
