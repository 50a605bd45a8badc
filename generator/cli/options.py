"""Options that several verbs have, and the site that they name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..problems import N_
from ..settings import Settings, site_root

config_file_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("El mkdocs.yml del sitio; si aquí no hay ninguno, el sitio que viene con avance."),
)
data_dir_option = click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help=N_("La carpeta de datos del ejecutivo.")
)
cut_option = click.option(
    "--cut", type=click.DateTime(["%Y-%m-%d"]), help=N_("Fecha de corte, en lugar de la que dicen las exportaciones.")
)
public_option = click.option(
    "--public", is_flag=True, default=None, help=N_("Publica todos los proyectos abiertamente, para probar.")
)
site_url_option = click.option("--site-url", help=N_("La dirección en que se lee el sitio, en lugar de site_url."))
as_json_option = click.option("--json", "as_json", is_flag=True, help=N_("Resultado en JSON, para otros programas."))


def _config_path(config_file: Path | None) -> Path:
    if config_file is not None:
        return config_file
    here = Path("mkdocs.yml")
    return here if here.is_file() else site_root() / "mkdocs.yml"


def site_of(config_file: Path | None, options: dict[str, Any]) -> Any:
    """Return the configuration of the site, folders of the command line being relative to where it is run."""
    from ..website.documentation import load_site

    if options.get("data_dir"):
        options |= {"data_dir": str(options["data_dir"].resolve())}
    if options.get("cut"):
        options |= {"cut": options["cut"].date()}
    return load_site(_config_path(config_file), options)


def settings_of(config_file: Path | None) -> Settings:
    """Return the settings of the site."""
    from ..website.documentation import plugin_of

    config = site_of(config_file, {})
    return plugin_of(config).settings(config)


def default_site_dir(config_file: Path | None, configured: Path) -> Path:
    """Return where the site goes: not beside the shipped mkdocs.yml, which may lie in a read-only folder."""
    return configured if config_file or Path("mkdocs.yml").is_file() else Path("site")
