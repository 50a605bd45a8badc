"""The shape of the code: no import against the flow, no option without a home."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import pytest

import generator
from generator.plugin import PluginConfig
from generator.settings import Settings

PACKAGE = Path(generator.__file__).parent
FLOW = [
    *("problems", "text", "locale", "settings", "tickets", "projects", "metrics"),
    *("pages", "outputs", "portals", "website", "publishing", "build", "plugin", "publish", "summary", "cli"),
]


def _stage(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Return the stages that a module imports at run time, at any depth of its code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    package = path.relative_to(PACKAGE).parent.parts
    stages: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level and node not in typing_only:
            base = package[: len(package) - node.level + 1]
            names = [node.module] if node.module else [alias.name for alias in node.names]
            stages |= {(*base, *name.split("."))[0] for name in names}
    return stages - {"__version__"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_up_the_flow(path: Path) -> None:
    stage = _stage(path)
    if stage == "__init__":
        return
    backwards = {other for other in _imports(path) if FLOW.index(other) > FLOW.index(stage)}
    assert not backwards


def test_every_stage_is_in_the_docstring_of_the_package() -> None:
    for stage in FLOW:
        assert stage in (generator.__doc__ or "")


def test_every_option_of_the_plugin_is_a_setting() -> None:
    options = {name for name, _ in PluginConfig._schema}
    assert options == {field.name for field in dataclasses.fields(Settings)}


def test_tests_mirror_the_code() -> None:
    tests = Path(__file__).parent
    modules = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"}
    missing = {str(path) for path in modules if not (tests / path.parent / f"test_{path.name}").exists()}
    assert not missing
