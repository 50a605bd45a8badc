"""The verbs of the executive's computer: inspect, check, build, serve."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from ..problems import N_, AvanceError, DataErrors, Severity, errors
from .options import (
    as_json_option,
    config_file_option,
    cut_option,
    data_dir_option,
    default_site_dir,
    public_option,
    settings_of,
    site_of,
)
from .results import import_json, report_json, show_import, show_report
from .telling import NOTHING_WRITTEN, annotation, dump, err, out, problem_json, progress, show, tellable
from .verbs import main


@main.command(help=N_("Dice qué es cada exportación: sistema, columnas, estados, filas apartadas y por qué."))
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@config_file_option
@as_json_option
@click.pass_context
def inspect(ctx: click.Context, /, files: tuple[Path, ...], config_file: Path | None, as_json: bool) -> None:
    """Say what each export is: tracker, columns, states, rows set aside and why."""
    from ..tickets.importing import import_file
    from ..tickets.trackers import load_trackers

    settings = settings_of(config_file)
    trackers = load_trackers(settings.data_dir / "trackers")
    imports = [import_file(path, name=str(path), settings=settings, trackers=trackers) for path in files]
    if as_json:
        click.echo(dump({"files": [import_json(imported, ctx.obj) for imported in imports]}))
    else:
        for imported in imports:
            show_import(imported, ctx.obj)
    if any(errors(imported.problems) for imported in imports):
        ctx.exit(1)


@main.command(help=N_("Muestra todos los problemas de los datos, del contenido y de los ajustes."))
@config_file_option
@data_dir_option
@cut_option
@public_option
@as_json_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "github")),
    default="text",
    help=N_("Líneas de texto, o anotaciones de GitHub."),
)
@click.pass_context
def check(ctx: click.Context, /, config_file: Path | None, as_json: bool, form: str, **options: Any) -> None:
    """List every problem of data/, content/ and settings."""
    from ..build import build_site, content_problems
    from ..website.documentation import plugin_of

    config = site_of(config_file, options)
    with tempfile.TemporaryDirectory() as folder:
        try:
            report = build_site(config, Path(folder) / "site")
        except DataErrors as found:
            problems = (*found.problems, *content_problems(config, ()))
        else:
            problems = (*report.problems, *content_problems(config, report.source.projects))
    if as_json:
        click.echo(dump({"problems": [problem_json(problem, ctx.obj) for problem in tellable(problems)]}))
    elif form == "github":
        folder = os.path.relpath(plugin_of(config).settings(config).data_dir)
        for problem in tellable(problems):
            click.echo(annotation(problem, folder, ctx.obj))
    else:
        show(problems, ctx.obj, console=out)
        counts = Counter(problem.severity for problem in problems)
        out.print(
            ctx.obj.text("Errores: {errors} · avisos: {warnings} · notas: {notices}").format(
                errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], notices=counts[Severity.NOTICE]
            )
        )
    if errors(problems):
        ctx.exit(1)


@main.command(help=N_("Construye el sitio completo."))
@config_file_option
@data_dir_option
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help=N_("La carpeta en que se escribe el sitio.")
)
@click.option("--workers", type=click.IntRange(min=1), help=N_("Cuántos procesos trabajan a la vez."))
@cut_option
@public_option
@click.option("--strict", is_flag=True, help=N_("Los avisos también detienen la construcción."))
@click.option(
    "--zensical",
    metavar="PROGRAM",
    type=click.Path(exists=True, dir_okay=False, resolve_path=True),
    help=N_("Construye la documentación con este programa de Zensical y no con MkDocs."),
)
@as_json_option
@click.pass_context
def build(
    ctx: click.Context,
    /,
    config_file: Path | None,
    site_dir: Path | None,
    workers: int | None,
    strict: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Build the whole site."""
    from ..build import build_site
    from ..portals.cache import cache_folder

    config = site_of(config_file, options)
    target = site_dir or default_site_dir(config_file, Path(config.site_dir))
    with progress(ctx.obj) as advance:
        report = build_site(
            config,
            target,
            workers=workers,
            strict=strict,
            panel=bool(options.get("public")),
            cache_dir=cache_folder(Path(config.config_file_path).parent),
            advance=advance,
        )
    show(report.problems, ctx.obj)
    if as_json:
        click.echo(dump(report_json(report, ctx.obj)))
    else:
        show_report(report, target, ctx.obj)


@main.command(help=N_("Muestra el sitio en esta computadora y lo actualiza con cada cambio."))
@config_file_option
@data_dir_option
@cut_option
@click.option(
    "-a", "--dev-addr", default="127.0.0.1:8000", show_default=True, help=N_("La dirección en que se muestra.")
)
@click.pass_context
def serve(ctx: click.Context, /, config_file: Path | None, dev_addr: str, **options: Any) -> None:
    """Preview the whole site, rebuilt whenever data/, content/ or site_templates/ change."""
    from ..build import build_site
    from ..website.documentation import plugin_of
    from ..website.preview import serve_site

    def rebuild(folder: Path) -> None:
        try:
            site = site_of(config_file, options | {"public": True})
            site.dev_addr, site.site_url = dev_addr, f"http://{dev_addr}/"
            report = build_site(site, folder, panel=True, cache_dir=Path(kept))
        except DataErrors as found:
            show(found.problems, ctx.obj)
            err.print(ctx.obj.text(NOTHING_WRITTEN))
        except AvanceError as error:
            err.print(escape(str(error)))
        else:
            show(report.problems, ctx.obj)

    config = site_of(config_file, dict(options))
    settings = plugin_of(config).settings(config)
    watched = (settings.data_dir, settings.templates_dir, Path(config.docs_dir), Path(config.config_file_path))
    out.print(ctx.obj.text("Vista previa en {address} (Ctrl+C para terminar)").format(address=f"http://{dev_addr}/"))
    with tempfile.TemporaryDirectory() as kept:
        serve_site(rebuild, watched, dev_addr)
