"""What can be seen of how exposed data/ is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.portals.exposure import exposure_problems, is_public
from generator.problems import Severity


@pytest.fixture
def event(tmp_path: Path):
    """A function: what a forge says of the repository → the environment of a run."""

    def of(said: object) -> dict[str, str]:
        (tmp_path / "event.json").write_text(json.dumps(said))
        return {"GITHUB_EVENT_PATH": str(tmp_path / "event.json")}

    return of


def test_each_forge_says_it_in_its_own_way(event) -> None:
    assert is_public(event({"repository": {"private": False}})) is True
    assert is_public(event({"repository": {"private": True}})) is False
    assert is_public({"CI_PROJECT_VISIBILITY": "public"}) is True
    assert is_public({"CI_PROJECT_VISIBILITY": "internal"}) is True
    assert is_public({"CI_PROJECT_VISIBILITY": "private"}) is False


@pytest.mark.parametrize("said", [[], {}, {"repository": None}, {"repository": {}}])
def test_what_is_not_said_is_not_guessed(event, said: object) -> None:
    assert is_public(event(said)) is None
    assert is_public({}) is None


def test_private_projects_in_a_public_repository_are_an_error(event, tmp_path: Path) -> None:
    public = event({"repository": {"private": False}})
    places = tmp_path / "data", tmp_path / "content"
    (problem,) = exposure_problems(*places, public, private=True)
    assert problem.severity is Severity.ERROR
    assert exposure_problems(*places, public, private=False) == []
    assert exposure_problems(*places, event({"repository": {"private": True}}), private=True) == []


def test_what_cannot_be_seen_is_said(tmp_path: Path) -> None:
    (problem,) = exposure_problems(tmp_path / "data", tmp_path / "content", {}, private=True)
    assert problem.severity is Severity.NOTICE


def test_data_inside_the_documentation_would_be_published(tmp_path: Path) -> None:
    (problem,) = exposure_problems(tmp_path / "content" / "data", tmp_path / "content", {}, private=False)
    assert problem.severity is Severity.ERROR
