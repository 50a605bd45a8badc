"""The verbs of hosts: publish, releases, rollback, verify, hook."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.markup import escape

from ..locale import Words
from ..problems import N_, DataErrors, Problem, one_line
from ..publishing.failures import PublishError
from .options import as_json_option, config_file_option, cut_option, data_dir_option, settings_of, site_of
from .results import report_json
from .telling import NOTHING_WRITTEN, annotation, dump, err, out, problem_json, progress, show, tellable
from .verbs import Verb, main

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from ..publish import Published

_target = click.argument("target", required=False)


@main.command(help=N_("Construye el sitio, lo publica en su destino y comprueba allí que se ve como se construyó."))
@_target
@config_file_option
@data_dir_option
@cut_option
@click.option("--dry-run", is_flag=True, help=N_("Solo muestra lo que cambiaría."))
@click.option("--preview", metavar="BRANCH", help=N_("Publica una vista previa de esta rama, aparte del sitio."))
@click.option("--remove", is_flag=True, help=N_("Retira esa vista previa."))
@as_json_option
@click.pass_context
def publish(
    ctx: click.Context,
    /,
    target: str | None,
    config_file: Path | None,
    dry_run: bool,
    preview: str | None,
    remove: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Build the site, put it on its host, and check it there."""
    from ..publish import publish_site
    from ..summary import run_summary

    config = site_of(config_file, options)
    if remove:
        _remove_preview(config, target, preview, ctx.obj)
        return
    try:
        with progress(ctx.obj) as advance:
            done = publish_site(
                config,
                target,
                now=_now(),
                preview=preview,
                dry_run=dry_run,
                advance=advance,
                waiting=_waiting(ctx.obj),
            )
    except DataErrors as found:
        _add_summary(run_summary(None, tellable(found.problems), ctx.obj))
        _tell(found.problems, config, ctx.obj)
        raise click.ClickException(ctx.obj.text(NOTHING_WRITTEN)) from found
    except PublishError as error:
        _add_summary(run_summary(None, (), ctx.obj, error=one_line(error.problem, ctx.obj.text)))
        _show_verification(error, ctx.obj)
        raise
    problems = done.report.problems if done.report else ()
    _tell(problems, config, ctx.obj)
    _add_summary(run_summary(done, tellable(problems), ctx.obj))
    _show_published(done, ctx.obj, as_json=as_json)


def _remove_preview(config: MkDocsConfig, target: str | None, preview: str | None, language: Words) -> None:
    from ..publish import remove_preview

    removed_from, was_there = remove_preview(config, target, preview=preview or "", waiting=_waiting(language))
    message = N_("Vista previa retirada: {address}") if was_there else N_("No hay ninguna vista previa en {address}")
    said = language.text(message).format(address=removed_from.url or removed_from.home)
    out.print(escape(said))
    _add_summary(f"{said}\n")


@main.command(help=N_("Muestra las publicaciones a las que se puede volver."))
@_target
@config_file_option
@as_json_option
@click.pass_context
def releases(ctx: click.Context, /, target: str | None, config_file: Path | None, as_json: bool) -> None:
    """List the releases that can be brought back."""
    from ..publish import list_releases

    config = site_of(config_file, {})
    zone = settings_of(config_file).time_zone
    host, found, live = list_releases(config, target)
    if as_json:
        listed = [
            {
                "number": release.number,
                "build": release.build,
                "published": release.published.isoformat().replace("+00:00", "Z"),
                "source": release.source,
                "live": release.number == live,
                "files": len(release.files),
            }
            for release in found
        ]
        click.echo(dump({"target": host.name, "releases": listed}))
        return
    if not found:
        out.print(ctx.obj.text("En «{name}» todavía no se ha publicado nada.").format(name=host.name))
    for release in found:
        when = release.published.astimezone(zone)
        notes = [ctx.obj.text("es la que se ve")] if release.number == live else []
        notes += [ctx.obj.text("vuelta a la {number}").format(number=release.source)] if release.source else []
        said = f"{release.number:>4}  {when:%Y-%m-%d %H:%M}  {release.build}  {', '.join(notes)}"
        out.print(escape(said.rstrip()))


@main.command(help=N_("Vuelve a la publicación anterior, o a la que se indique."))
@_target
@click.argument("release", required=False, type=click.IntRange(min=1))
@config_file_option
@as_json_option
@click.pass_context
def rollback(
    ctx: click.Context, /, target: str | None, release: int | None, config_file: Path | None, as_json: bool
) -> None:
    """Bring an earlier release back."""
    from ..publish import rollback_site

    if target and target.isdigit() and release is None:
        release, target = int(target), None
    config = site_of(config_file, {})
    try:
        with progress(ctx.obj) as advance:
            done = rollback_site(config, target, release, now=_now(), advance=advance, waiting=_waiting(ctx.obj))
    except PublishError as error:
        _show_verification(error, ctx.obj)
        raise
    _show_published(done, ctx.obj, as_json=as_json)


@main.command(help=N_("Compara lo que sirve una dirección con el sitio construido aquí, archivo por archivo."))
@click.option("--site", "url", required=True, help=N_("La dirección del sitio publicado."))
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help=N_("Un sitio ya construido; sin esta opción se construye ahora."),
)
@config_file_option
@data_dir_option
@cut_option
@as_json_option
@click.pass_context
def verify(
    ctx: click.Context, /, url: str, site_dir: Path | None, config_file: Path | None, as_json: bool, **options: Any
) -> None:
    """Compare what an address serves with a build."""
    from ..build import build_site
    from ..publishing.verify import compare

    with tempfile.TemporaryDirectory() as folder, progress(ctx.obj) as advance:
        built = site_dir or Path(folder) / "site"
        if site_dir is None:
            build_site(site_of(config_file, options), built, advance=advance)
        found = compare(built, url, advance=lambda done, total: advance("verify", done, total))
    problems = (*found.wrong, *found.remarks)
    if as_json:
        listed = [problem_json(problem, ctx.obj) for problem in problems]
        click.echo(dump({"url": url, "build": found.build, "served": found.served, "checked": found.checked,
                          "problems": listed}))  # fmt: skip
    else:
        show(problems, ctx.obj)
        if not found.wrong:
            out.print(ctx.obj.text("Son iguales: {count} archivos ({build}).").format(
                count=found.checked, build=found.build))  # fmt: skip
    if found.wrong:
        ctx.exit(1)


@main.group(help=N_("Publica con cada envío a un repositorio de su propio servidor."))
def hook() -> None:
    """Publish on each push to a bare repository."""


hook.command_class = Verb
_branch = click.option("--branch", default="main", show_default=True, help=N_("La rama cuyos envíos se publican."))
_hook_target = click.option("--target", help=N_("El destino; sin esta opción, el primero de mkdocs.yml."))


@hook.command("install", help=N_("Instala en un repositorio (bare) lo que publica cada envío."))
@click.argument("repository", default=".", type=click.Path(file_okay=False, exists=True, path_type=Path))
@_branch
@_hook_target
@click.pass_context
def hook_install(ctx: click.Context, /, repository: Path, branch: str, target: str | None) -> None:
    """Write the hook of a bare repository."""
    from ..publishing.hook import SECRETS, install_hook

    written = install_hook(repository, branch=branch, target=target)
    out.print(ctx.obj.text("Cada envío a la rama {branch} se publica con {hook}.").format(branch=branch, hook=written))
    out.print(ctx.obj.text("Escriba los secretos del sitio en {file}.").format(file=repository / SECRETS))


@hook.command("run", hidden=True, help=N_("Lo que el repositorio llama con cada envío."))
@_branch
@_hook_target
@click.pass_context
def hook_run(ctx: click.Context, /, branch: str, target: str | None) -> None:
    """Publish what was pushed; git tells it on stdin and gives no terminal."""
    from ..publishing.hook import run_hook

    lines = sys.stdin.readlines()
    done = run_hook(Path.cwd(), lines, branch=branch, target=target, waiting=_waiting(ctx.obj))
    if done is False:
        err.print(ctx.obj.text("El envío se guardó, pero el sitio publicado no cambió: corrija y envíe de nuevo."))
        ctx.exit(1)


def _now() -> datetime:
    return datetime.now(UTC)


def _waiting(language: Words) -> Callable[[], None]:
    return lambda: err.print(language.text("Otra publicación está en curso: se espera a que termine."))


def _show_published(done: Published, language: Words, *, as_json: bool) -> None:
    from ..summary import published_json, told

    if as_json:
        problems = done.report.problems if done.report else ()
        report = report_json(done.report, language) if done.report else {}
        found = [problem_json(problem, language) for problem in problems]
        click.echo(dump({**report, **published_json(done), "problems": found}))
        return
    for line in told(done, language):
        out.print(escape(line))
    show(done.verification.remarks if done.verification else (), language)


def _show_verification(error: PublishError, language: Words) -> None:
    from ..publish import NotVerified

    if isinstance(error, NotVerified):
        show(error.found.wrong[:10], language)


def _tell(problems: Iterable[Problem], config: Any, language: Words) -> None:
    """Show problems; where GitHub or Forgejo run this, beside the lines of their files."""
    from ..website.documentation import plugin_of

    if os.environ.get("GITHUB_ACTIONS") != "true":
        show(problems, language)
        return
    folder = os.path.relpath(plugin_of(config).settings(config).data_dir)
    for problem in tellable(problems):
        err.print(annotation(problem, folder, language), markup=False)


def _add_summary(text: str) -> None:
    """Add to the summary of the run, where there is one."""
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)
