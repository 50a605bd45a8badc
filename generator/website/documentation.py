"""The documentation: MkDocs + Material, run once into a folder, with the layouts of the portal kept aside."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from ..problems import N_, AvanceError, Ours, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from ..plugin import AvancePlugin
    from .layout import Layout


@dataclass(frozen=True)
class Documentation:
    """What a run of MkDocs leaves: the layouts by depth, and its warnings."""

    layouts: Mapping[int, Layout]
    problems: tuple[Problem, ...]


def load_site(config_file: Path, options: Mapping[str, Any] | None = None) -> MkDocsConfig:
    """Return the configuration in *config_file* with *options* set over those of the plugin `avance`.

    Raises:
        AvanceError: when the file is not valid, or has no plugin `avance`.
    """
    try:
        with config_file.open("rb") as file:
            config = load_config(file)
    except (ConfigurationError, Abort) as error:
        raise AvanceError(f"{config_file.name}: {error}") from error
    except OSError as error:
        raise AvanceError(f"{config_file}: {error.strerror}") from error
    if "avance" not in config.plugins:
        raise AvanceError(f"{config_file.name}: plugins: - avance")
    plugin_of(config).config.update({name: value for name, value in (options or {}).items() if value is not None})
    return config


def plugin_of(config: MkDocsConfig) -> AvancePlugin:
    """Return the plugin `avance` of a configuration."""
    plugin: AvancePlugin = config.plugins["avance"]  # type: ignore[assignment]
    return plugin


def build_documentation(config: MkDocsConfig, folder: Path) -> Documentation:
    """Build the documentation into *folder*, and nothing of the portal.

    Raises:
        AvanceError: when MkDocs gives up.
    """
    plugin = plugin_of(config)
    plugin.documentation_only = True
    config.site_dir = str(folder)
    told = _Told()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(told)
    try:
        build(config)
    except Abort as error:
        last = told.messages[-1] if told.messages else str(error)
        raise AvanceError(last) from error
    finally:
        logger.removeHandler(told)
    problems = tuple(
        Problem(file="content/", message=N_("{text}"), values={"text": Ours(message)}) for message in told.messages
    )
    return Documentation(plugin.layouts, problems)


class _Told(logging.Handler):
    """Keeps the warnings of MkDocs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
