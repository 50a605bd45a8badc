"""The shape of the code: no import against the flow, no option without a home."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.config.base import BaseConfigOption

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


def _at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what a module is made of, but for what only a type checker reads."""
    typing_only = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    return (node for node in ast.walk(tree) if node not in typing_only)


def _imports(path: Path) -> set[str]:
    """Return the stages that a module imports at run time, at any depth of its code."""
    package = path.relative_to(PACKAGE).parent.parts
    stages: set[str] = set()
    for node in _at_run_time(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
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
    options = {name for name, value in vars(PluginConfig).items() if isinstance(value, BaseConfigOption)}
    assert options == {field.name for field in dataclasses.fields(Settings)}


def test_tests_mirror_the_code() -> None:
    tests = Path(__file__).parent
    modules = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"}
    missing = {str(path) for path in modules if not (tests / path.parent / f"test_{path.name}").exists()}
    assert not missing


MKDOCS = {
    "plugin.py": {"config", "config.base", "exceptions", "plugins", "structure.files"},
    "website/documentation.py": {"commands.build", "config", "exceptions"},
    "website/preview.py": {"livereload"},
}
"""The modules that run MkDocs, and what of it: its documented interface, and the two calls of its own command."""


def test_nothing_but_the_plugin_and_two_more_modules_runs_mkdocs() -> None:
    used: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            *(node.module for node in _at_run_time(tree) if isinstance(node, ast.ImportFrom) and node.module),
            *(alias.name for node in _at_run_time(tree) if isinstance(node, ast.Import) for alias in node.names),
        }
        found = {name.removeprefix("mkdocs").lstrip(".") for name in names if name.split(".")[0] == "mkdocs"}
        used |= {path.relative_to(PACKAGE).as_posix(): found} if found else {}
    assert used == MKDOCS


def test_no_private_name_of_mkdocs_is_used() -> None:
    for name in MKDOCS:
        tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
        private = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and ast.unparse(node.value) != "self"
        }
        assert not {attribute for attribute in private if not attribute.startswith("__")}
