from pathlib import Path

from generator.settings import site_root


def test_the_shipped_site_has_its_parts() -> None:
    root = site_root()
    assert (root / "mkdocs.yml").is_file()
    assert {"content", "site_templates"} <= {path.name for path in Path(root).iterdir()}
