"""Real exports of real trackers, against what another tool and the eye made of them (real_exports.toml)."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from generator.settings import Settings
from generator.tickets.importing import Import, import_file
from generator.tickets.trackers import load_trackers

TABLE = tomllib.loads((Path(__file__).parent / "real_exports.toml").read_text(encoding="utf-8"))
FILES = [(f"{folder}/{name}", expected) for folder, files in TABLE.items() for name, expected in files.items()]
TRACKERS = load_trackers()
ZONE = Settings(data_dir=Path(), templates_dir=Path()).time_zone


def read(path: Path) -> Import:
    return import_file(
        path, name=path.name, settings=Settings(data_dir=path.parent, templates_dir=path.parent), trackers=TRACKERS
    )


def test_every_real_export_is_in_the_table(exports: Path) -> None:
    found = {path.relative_to(exports).as_posix() for path in exports.rglob("*.csv")}
    assert found == {name for name, _ in FILES}


@pytest.mark.parametrize(("name", "expected"), FILES, ids=[name for name, _ in FILES])
def test_real_export_is_read_as_expected(exports: Path, name: str, expected: dict) -> None:
    imported = read(exports / name)
    assert (imported.tracker or "") == expected["tracker"]
    assert imported.encoding == expected["encoding"]
    assert imported.rows == expected["rows"]
    if not imported.tracker:
        assert any("lista de tickets" in problem.text(str) for problem in imported.problems)
        return
    assert imported.rows == len(imported.tickets) + imported.merged + len(imported.set_aside)
    assert imported.delimiter == expected["delimiter"]
    assert len(imported.tickets) == expected["tickets"]
    assert len(imported.set_aside) == expected["set_aside"]
    if "states" in expected:
        assert imported.tickets["status"].value_counts().to_dict() == expected["states"]
    if "created" in expected:
        created = imported.tickets["created"]
        assert [
            told(when, text) for when, text in zip((created.min(), created.max()), expected["created"], strict=True)
        ] == [datetime.fromisoformat(text) for text in expected["created"]]


def told(when: datetime, text: str) -> datetime:
    """Return *when* as *text* is written: in UTC, as wall time of the settings' zone, or as its day alone."""
    if text.endswith("Z"):
        return when.astimezone(UTC).replace(microsecond=0)
    wall = when.astimezone(ZONE).replace(tzinfo=None, microsecond=0)
    return wall if "T" in text else datetime.combine(wall.date(), time())
