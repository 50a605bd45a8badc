"""Where the secret is kept."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from generator.locale import words
from generator.portals.keys import new_secret
from generator.portals.vault import VARIABLE, find_secret, keep_new_secret
from generator.problems import AvanceError

ES = words("es")


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A file for the secret, and the folder of a site."""
    (tmp_path / "site").mkdir()
    return tmp_path / "keys" / "secret", tmp_path / "site"


def test_the_environment_wins_over_the_file(places) -> None:
    file, tree = places
    assert find_secret(file, tree, {}, ES) is None
    keep_new_secret(file, tree, ES)
    kept = find_secret(file, tree, {}, ES)
    other = find_secret(file, tree, {VARIABLE: new_secret()}, ES)
    assert kept.page_id("a") != other.page_id("a")


def test_only_its_owner_reads_the_file(places) -> None:
    file, tree = places
    keep_new_secret(file, tree, ES)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_is_not_replaced_by_mistake(places) -> None:
    file, tree = places
    keep_new_secret(file, tree, ES)
    before = file.read_bytes()
    with pytest.raises(AvanceError, match="Ya hay un secreto"):
        keep_new_secret(file, tree, ES)
    assert file.read_bytes() == before


def test_a_secret_inside_the_site_is_refused(places) -> None:
    _, tree = places
    inside = tree / "secret"
    with pytest.raises(AvanceError, match="carpeta del sitio"):
        keep_new_secret(inside, tree, ES)
    inside.write_text(new_secret())
    with pytest.raises(AvanceError, match="carpeta del sitio"):
        find_secret(inside, tree, {}, ES)


@pytest.mark.parametrize("written", ["hola", "avs1_" + "aZ9_" * 10, "avs1_" + "A" * 43, "\udcff"])
def test_a_malformed_secret_stops_and_is_not_told(places, written: str) -> None:
    file, tree = places
    file.parent.mkdir()
    file.write_text(written, errors="surrogateescape")
    for environ in ({}, {VARIABLE: written}):
        with pytest.raises(AvanceError) as refused:
            find_secret(file, tree, environ, ES)
        assert written not in str(refused.value)
        assert refused.value.__cause__ is None
