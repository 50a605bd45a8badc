"""This avance as a wheel; what an installed one packs, tests/journeys/test_install.py compares with what was built."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from generator import __version__
from generator.problems import UnreadableFile
from generator.settings import site_root
from generator.website.packing import make_wheel


def test_a_checkout_gives_the_same_wheel_each_time() -> None:
    name, content = make_wheel(site_root())
    assert name == f"avance-{__version__}-py3-none-any.whl"
    assert "generator/starter/mkdocs.yml" in zipfile.ZipFile(BytesIO(content)).namelist()
    assert make_wheel(site_root()) == (name, content)


def test_what_cannot_be_packed_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[build-system\n")
    with pytest.raises(UnreadableFile) as told:
        make_wheel(tmp_path)
    assert "TOMLDecodeError" in told.value.problem.text(str)
