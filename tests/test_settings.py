from pathlib import Path

import pytest

from generator.settings import HOSTED, is_hosted, site_root


def test_the_shipped_site_has_its_parts() -> None:
    root = site_root()
    assert (root / "mkdocs.yml").is_file()
    assert {"content", "site_templates"} <= {path.name for path in Path(root).iterdir()}


@pytest.mark.parametrize("variable", HOSTED)
def test_a_hosted_runner_says_that_it_is_one(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    assert not is_hosted()
    monkeypatch.setenv(variable, "true")
    assert is_hosted()
