"""The manual names every verb, option, setting and tracker there is."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from generator import __version__
from generator.cli import main
from generator.settings import Settings
from generator.tickets.trackers import load_trackers

ROOT = Path(__file__).parent.parent
MANUAL = "".join(
    (ROOT / "content" / "guia" / name).read_text(encoding="utf-8") for name in ("ejecutivo.md", "publicar.md")
)
OPTIONS = {option for verb in main.commands.values() for parameter in verb.params for option in parameter.opts}


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_every_verb_is_in_the_manual(verb: str) -> None:
    assert f"`avance {verb}`" in MANUAL


@pytest.mark.parametrize("option", sorted(option for option in OPTIONS if option.startswith("--")))
def test_every_option_is_in_the_manual(option: str) -> None:
    assert f"`{option}" in MANUAL


@pytest.mark.parametrize("setting", [field.name for field in dataclasses.fields(Settings)])
def test_every_setting_is_in_the_manual(setting: str) -> None:
    assert f"`{setting}`" in MANUAL


@pytest.mark.parametrize("name", [tracker.name for tracker in load_trackers().each])
def test_every_tracker_is_in_the_manual(name: str) -> None:
    assert name in MANUAL


def test_the_newest_version_of_the_changelog_is_the_packages() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__
