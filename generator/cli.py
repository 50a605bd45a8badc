"""The command `avance`: one function a verb; options, one call, message, exit status.

Exit status: 0 done, 1 the data or the site has errors, 2 the command was called wrongly. Results go to stdout, progress
and problems to stderr.
"""

from __future__ import annotations

import copy
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from . import __version__
from .locale import LANGUAGES, Words, words
from .problems import N_, AvanceError, DataErrors, Problem, Severity, errors, one_line
from .publishing.failures import PublishError
from .settings import Settings, site_root

if TYPE_CHECKING:
    from .build import Report
    from .publish import Published
    from .tickets.importing import Import

JSON_SCHEMA = 1
_NOTHING_WRITTEN = N_("Hay errores: no se escribió nada y el sitio anterior queda como estaba.")
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_MARKS = {Severity.ERROR: N_("ERROR"), Severity.WARNING: N_("AVISO"), Severity.NOTICE: N_("NOTA")}
_STAGES = {
    "data": N_("Leyendo exportaciones"),
    "documentation": N_("Generando documentación"),
    "projects": N_("Generando proyectos"),
    "writing": N_("Escribiendo el sitio"),
    "upload": N_("Publicando"),
    "verify": N_("Comprobando el sitio publicado"),
}

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


_Command = TypeVar("_Command", bound=click.Command)


class _Verb(click.Command):
    """Explains itself in the language of the messages."""

    def get_help(self, ctx: click.Context) -> str:
        return click.Command.get_help(_translated(self, _language(ctx)), ctx)


class _Verbs(click.Group):
    """Shows what the user can mend as a message; a traceback is for bugs."""

    command_class = _Verb

    def get_help(self, ctx: click.Context) -> str:
        language = _language(ctx)
        shown = _translated(self, language)
        shown.commands = {name: _translated(verb, language) for name, verb in self.commands.items()}
        return click.Group.get_help(shown, ctx)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DataErrors as found:
            language = ctx.obj
            _show(found.problems, language)
            raise click.ClickException(language.text(_NOTHING_WRITTEN)) from found
        except PublishError as error:
            raise click.ClickException(one_line(error.problem, ctx.obj.text)) from error
        except AvanceError as error:
            raise click.ClickException(str(error)) from error


def _language(ctx: click.Context | None, chosen: str | None = None) -> Words:
    """Return the language that was chosen, or that of the computer."""
    if ctx is not None and ctx.find_root().obj is not None:
        return cast("Words", ctx.find_root().obj)
    return words(chosen or os.environ.get("LANG", "es")[:2])


def _translated(command: _Command, language: Words) -> _Command:
    """Return a copy of a command whose texts, Spanish in the source, are in *language*."""
    shown = copy.copy(command)
    if command.help:
        shown.help = language.text(command.help)
    shown.params = [copy.copy(parameter) for parameter in command.params]
    for parameter in shown.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = language.text(parameter.help)
    return shown


_config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("El mkdocs.yml del sitio; si aquí no hay ninguno, el sitio que viene con avance."),
)
_data_dir = click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help=N_("La carpeta de datos del ejecutivo.")
)
_cut = click.option(
    "--cut", type=click.DateTime(["%Y-%m-%d"]), help=N_("Fecha de corte, en lugar de la que dicen las exportaciones.")
)
_public = click.option(
    "--public", is_flag=True, default=None, help=N_("Publica todos los proyectos abiertamente, para probar.")
)


@click.group(
    cls=_Verbs,
    help=N_("Exportaciones de tickets a páginas de avance y documentación con buscador."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="avance")
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help=N_("Idioma de los mensajes."))
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    """Ticket exports in, progress pages and searchable documentation out."""
    ctx.obj = _language(None, lang)


@main.command(help=N_("Dice qué es cada exportación: sistema, columnas, estados, filas apartadas y por qué."))
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@_config_file
@click.option("--json", "as_json", is_flag=True, help=N_("Resultado en JSON, para otros programas."))
@click.pass_context
def inspect(ctx: click.Context, /, files: tuple[Path, ...], config_file: Path | None, as_json: bool) -> None:
    """Say what each export is: tracker, columns, states, rows set aside and why."""
    from .tickets.importing import import_file
    from .tickets.trackers import load_trackers

    settings = _settings(config_file)
    trackers = load_trackers(settings.data_dir / "trackers")
    imports = [import_file(path, name=str(path), settings=settings, trackers=trackers) for path in files]
    if as_json:
        click.echo(_dump({"files": [_inspected(imported, ctx.obj) for imported in imports]}))
    else:
        for imported in imports:
            _show_import(imported, ctx.obj)
    if any(errors(imported.problems) for imported in imports):
        ctx.exit(1)


@main.command(help=N_("Muestra todos los problemas de los datos, del contenido y de los ajustes."))
@_config_file
@_data_dir
@_cut
@_public
@click.option("--json", "as_json", is_flag=True, help=N_("Resultado en JSON, para otros programas."))
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
    from .build import build_site
    from .website.documentation import plugin_of

    config = _site(config_file, options)
    with tempfile.TemporaryDirectory() as folder:
        try:
            problems = build_site(config, Path(folder) / "site").problems
        except DataErrors as found:
            problems = found.problems
    if as_json:
        click.echo(_dump({"problems": [_problem(problem, ctx.obj) for problem in problems]}))
    elif form == "github":
        folder = os.path.relpath(plugin_of(config).settings(config).data_dir)
        for problem in problems:
            click.echo(_annotation(problem, folder, ctx.obj))
    else:
        _show(problems, ctx.obj, console=out)
        counts = Counter(problem.severity for problem in problems)
        out.print(
            ctx.obj.text("Errores: {errors} · avisos: {warnings} · notas: {notices}").format(
                errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], notices=counts[Severity.NOTICE]
            )
        )
    if errors(problems):
        ctx.exit(1)


@main.command(help=N_("Construye el sitio completo."))
@_config_file
@_data_dir
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help=N_("La carpeta en que se escribe el sitio.")
)
@click.option("--workers", type=click.IntRange(min=1), help=N_("Cuántos procesos trabajan a la vez."))
@_cut
@_public
@click.option("--strict", is_flag=True, help=N_("Los avisos también detienen la construcción."))
@click.option("--json", "as_json", is_flag=True, help=N_("Resultado en JSON, para otros programas."))
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
    from .build import build_site

    config = _site(config_file, options)
    target = site_dir or _default_site_dir(config_file, Path(config.site_dir))
    with _progress(ctx.obj) as advance:
        report = build_site(
            config, target, workers=workers, strict=strict, panel=bool(options.get("public")), advance=advance
        )
    _show(report.problems, ctx.obj)
    if as_json:
        click.echo(_dump(_reported(report, ctx.obj)))
    else:
        _show_report(report, target, ctx.obj)


@main.command(help=N_("Muestra el sitio en esta computadora y lo actualiza con cada cambio."))
@_config_file
@_data_dir
@_cut
@_public
@click.option(
    "-a", "--dev-addr", default="127.0.0.1:8000", show_default=True, help=N_("La dirección en que se muestra.")
)
@click.pass_context
def serve(ctx: click.Context, /, config_file: Path | None, dev_addr: str, **options: Any) -> None:
    """Preview the whole site, rebuilt whenever data/, content/ or site_templates/ change."""
    from .build import build_site
    from .website.documentation import plugin_of
    from .website.preview import serve_site

    def rebuild(folder: Path) -> None:
        try:
            report = build_site(_site(config_file, dict(options)), folder, panel=True)
        except DataErrors as found:
            _show(found.problems, ctx.obj)
            err.print(ctx.obj.text(_NOTHING_WRITTEN))
        except AvanceError as error:
            err.print(escape(str(error)))
        else:
            _show(report.problems, ctx.obj)

    config = _site(config_file, dict(options))
    settings = plugin_of(config).settings(config)
    watched = (settings.data_dir, settings.templates_dir, Path(config.docs_dir), Path(config.config_file_path))
    out.print(ctx.obj.text("Vista previa en {address} (Ctrl+C para terminar)").format(address=f"http://{dev_addr}/"))
    serve_site(rebuild, watched, dev_addr)


def _config_path(config_file: Path | None) -> Path:
    if config_file is not None:
        return config_file
    here = Path("mkdocs.yml")
    return here if here.is_file() else site_root() / "mkdocs.yml"


def _site(config_file: Path | None, options: dict[str, Any]) -> Any:
    """Return the configuration of the site, folders of the command line being relative to where it is run."""
    from .website.documentation import load_site

    if options.get("data_dir"):
        options |= {"data_dir": str(options["data_dir"].resolve())}
    if options.get("cut"):
        options |= {"cut": options["cut"].date()}
    return load_site(_config_path(config_file), options)


def _settings(config_file: Path | None) -> Settings:
    from .website.documentation import plugin_of

    config = _site(config_file, {})
    return plugin_of(config).settings(config)


def _default_site_dir(config_file: Path | None, configured: Path) -> Path:
    """Return where the site goes: not beside the shipped mkdocs.yml, which may lie in a read-only folder."""
    return configured if config_file or Path("mkdocs.yml").is_file() else Path("site")


def _progress(language: Words) -> Any:
    """Return a context whose value is called with (stage, done, total) and draws a bar a stage on stderr."""
    return _Bars(language)


class _Bars:
    def __init__(self, language: Words) -> None:
        self._language = language
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        self._bars.start()
        return self._advance

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def _advance(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(self._language.text(_STAGES[stage]), total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)


def _show(problems: Iterable[Problem], language: Words, *, console: Console = err) -> None:
    for problem in problems:
        colour, mark = _COLOURS[problem.severity], language.text(_MARKS[problem.severity])
        console.print(f"[{colour}]{mark}[/] {escape(one_line(problem, language.text))}")


def _annotation(problem: Problem, data_dir: str, language: Words) -> str:
    """Return a problem as GitHub's workflow command, which shows it beside the line of the file in *data_dir*."""
    kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}[problem.severity]
    places = {
        "file": problem.file if problem.file.startswith("content/") else f"{data_dir}/{problem.file}",
        "line": "" if problem.row is None else str(problem.row),
        "title": problem.column,
    }
    message = one_line(replace(problem, file="", row=None, column=""), language.text)
    properties = ",".join(f"{name}={_percent(value, also=':,')}" for name, value in places.items() if value)
    return f"::{kind} {properties}::{_percent(message)}"


def _percent(text: str, *, also: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{also}" else char for char in text)


def _show_import(imported: Import, language: Words) -> None:
    if imported.tracker is None:
        _show(imported.problems, language, console=out)
        return
    out.print(f"[bold]{escape(imported.file)}[/]")
    separator = {"\t": language.text("tabulador")}.get(imported.delimiter, imported.delimiter)
    states = ", ".join(f"{word} → {state}" for word, state in imported.statuses.items())
    for name, value in (
        (N_("Sistema"), imported.tracker),
        (N_("Codificación"), imported.encoding),
        (N_("Separador"), separator),
        (N_("Idioma del encabezado"), imported.header_language),
        (N_("Filas"), _account(imported, language)),
        (N_("Columnas"), ", ".join(f"{title} → {name}" for name, title in imported.columns.items())),
        (N_("Columnas sin usar"), ", ".join(imported.unmapped) or "—"),
        (N_("Estados"), states or "—"),
    ):
        out.print(f"  {language.text(name):<24}{escape(value)}")
    _show(imported.problems, language, console=out)


def _account(imported: Import, language: Words) -> str:
    return language.text("{rows} leídas = {tickets} tickets + {merged} unidas a otra + {aside} apartadas").format(
        rows=imported.rows,
        tickets=len(imported.tickets),
        merged=imported.merged,
        aside=len(imported.set_aside),
    )


def _show_report(report: Report, site_dir: Path, language: Words) -> None:
    out.print(
        language.text(
            "Proyectos: {projects} · tickets: {tickets} · páginas: {pages} · archivos: {files} ({megabytes} MB)"
        ).format(
            projects=report.projects,
            tickets=report.tickets,
            pages=report.pages,
            files=report.files,
            megabytes=f"{report.bytes / 1e6:.1f}",
        )
    )
    out.print(
        language.text(
            "Filas: {rows} leídas = {tickets} publicadas + {merged} unidas a otra "
            "+ {withheld} retenidas + {aside} apartadas."
        ).format(
            rows=report.rows,
            tickets=report.tickets,
            merged=report.merged,
            withheld=report.withheld,
            aside=report.set_aside,
        )
    )
    stages = (f"{language.text(_STAGES[stage])} {seconds:.1f} s" for stage, seconds in report.seconds.items())
    out.print(" · ".join(stages))
    out.print(language.text("Sitio escrito en {folder}").format(folder=escape(str(site_dir))))


def _inspected(imported: Import, language: Words) -> dict[str, Any]:
    tickets = imported.tickets
    created = [tickets["created"].min(), tickets["created"].max()] if tickets["created"].notna().any() else [None, None]
    return {
        "file": imported.file,
        "tracker": imported.tracker,
        "encoding": imported.encoding,
        "delimiter": imported.delimiter,
        "header_language": imported.header_language,
        "rows": imported.rows,
        "tickets": len(tickets),
        "merged": imported.merged,
        "set_aside": [
            {"row": problem.row, "column": problem.column, "message": problem.text(language.text)}
            for problem in sorted(imported.set_aside, key=lambda problem: problem.row or 0)
        ],
        "columns": dict(imported.columns),
        "unmapped": list(imported.unmapped),
        "statuses": dict(imported.statuses),
        "states": _counted(tickets["status"]),
        "created": [instant and instant.isoformat().replace("+00:00", "Z") for instant in created],
        "projects": _counted(tickets["project"]),
        "problems": [_problem(problem, language) for problem in imported.problems],
        **({"message": imported.problems[0].text(language.text)} if imported.tracker is None else {}),
    }


def _counted(column: Any) -> dict[str, int]:
    return {str(value): int(count) for value, count in sorted(Counter(column).items())}


def _reported(report: Report, language: Words) -> dict[str, Any]:
    return {
        "projects": report.projects,
        "tickets": report.tickets,
        "set_aside": report.set_aside,
        "rows": report.rows,
        "merged": report.merged,
        "withheld": report.withheld,
        "pages": report.pages,
        "files": report.files,
        "bytes": report.bytes,
        "rendered": report.projects,
        "reused": 0,
        "seconds": dict(report.seconds),
        "problems": [_problem(problem, language) for problem in report.problems],
    }


def _problem(problem: Problem, language: Words) -> dict[str, Any]:
    return {
        "severity": str(problem.severity),
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "message": problem.text(language.text),
        "hint": problem.cure(language.text),
    }


def _dump(result: dict[str, Any]) -> str:
    return json.dumps({"schema": JSON_SCHEMA, **result}, ensure_ascii=False, indent=2)


_target = click.argument("target", required=False)
_as_json = click.option("--json", "as_json", is_flag=True, help=N_("Resultado en JSON, para otros programas."))


@main.command(help=N_("Construye el sitio, lo publica en su destino y comprueba allí que se ve como se construyó."))
@_target
@_config_file
@_data_dir
@_cut
@click.option("--dry-run", is_flag=True, help=N_("Solo muestra lo que cambiaría."))
@_as_json
@click.pass_context
def publish(
    ctx: click.Context,
    /,
    target: str | None,
    config_file: Path | None,
    dry_run: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Build the site, put it on its host, and check it there."""
    from .publish import publish_site
    from .summary import run_summary

    config = _site(config_file, options)
    try:
        with _progress(ctx.obj) as advance:
            done = publish_site(config, target, now=_now(), dry_run=dry_run, advance=advance, waiting=_waiting(ctx.obj))
    except DataErrors as found:
        _add_summary(run_summary(None, found.problems, ctx.obj))
        _tell(found.problems, config, ctx.obj)
        raise click.ClickException(ctx.obj.text(_NOTHING_WRITTEN)) from found
    except PublishError as error:
        _add_summary(run_summary(None, (), ctx.obj, error=one_line(error.problem, ctx.obj.text)))
        _show_verification(error, ctx.obj)
        raise
    problems = done.report.problems if done.report else ()
    _tell(problems, config, ctx.obj)
    _add_summary(run_summary(done, problems, ctx.obj))
    _show_published(done, ctx.obj, as_json=as_json)


@main.command(help=N_("Muestra las publicaciones a las que se puede volver."))
@_target
@_config_file
@_as_json
@click.pass_context
def releases(ctx: click.Context, /, target: str | None, config_file: Path | None, as_json: bool) -> None:
    """List the releases that can be brought back."""
    from .publish import list_releases

    config = _site(config_file, {})
    zone = _settings(config_file).time_zone
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
        click.echo(_dump({"target": host.name, "releases": listed}))
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
@_config_file
@_as_json
@click.pass_context
def rollback(
    ctx: click.Context, /, target: str | None, release: int | None, config_file: Path | None, as_json: bool
) -> None:
    """Bring an earlier release back."""
    from .publish import rollback_site

    if target and target.isdigit() and release is None:
        release, target = int(target), None
    config = _site(config_file, {})
    try:
        with _progress(ctx.obj) as advance:
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
@_config_file
@_data_dir
@_cut
@_as_json
@click.pass_context
def verify(
    ctx: click.Context, /, url: str, site_dir: Path | None, config_file: Path | None, as_json: bool, **options: Any
) -> None:
    """Compare what an address serves with a build."""
    from .build import build_site
    from .publishing.verify import compare

    with tempfile.TemporaryDirectory() as folder, _progress(ctx.obj) as advance:
        built = site_dir or Path(folder) / "site"
        if site_dir is None:
            build_site(_site(config_file, options), built, advance=advance)
        found = compare(built, url, advance=lambda done, total: advance("verify", done, total))
    problems = (*found.wrong, *found.remarks)
    if as_json:
        listed = [_problem(problem, ctx.obj) for problem in problems]
        click.echo(_dump({"url": url, "build": found.build, "served": found.served, "checked": found.checked,
                          "problems": listed}))  # fmt: skip
    else:
        _show(problems, ctx.obj)
        if not found.wrong:
            out.print(ctx.obj.text("Son iguales: {count} archivos ({build}).").format(
                count=found.checked, build=found.build))  # fmt: skip
    if found.wrong:
        ctx.exit(1)


@main.group(help=N_("Publica con cada envío a un repositorio de su propio servidor."))
def hook() -> None:
    """Publish on each push to a bare repository."""


hook.command_class = _Verb
_branch = click.option("--branch", default="main", show_default=True, help=N_("La rama cuyos envíos se publican."))
_hook_target = click.option("--target", help=N_("El destino; sin esta opción, el primero de mkdocs.yml."))


@hook.command("install", help=N_("Instala en un repositorio (bare) lo que publica cada envío."))
@click.argument("repository", default=".", type=click.Path(file_okay=False, exists=True, path_type=Path))
@_branch
@_hook_target
@click.pass_context
def hook_install(ctx: click.Context, /, repository: Path, branch: str, target: str | None) -> None:
    """Write the hook of a bare repository."""
    from .publishing.hook import SECRETS, install_hook

    written = install_hook(repository, branch=branch, target=target)
    out.print(ctx.obj.text("Cada envío a la rama {branch} se publica con {hook}.").format(branch=branch, hook=written))
    out.print(ctx.obj.text("Escriba los secretos del sitio en {file}.").format(file=repository / SECRETS))


@hook.command("run", hidden=True, help=N_("Lo que el repositorio llama con cada envío."))
@_branch
@_hook_target
@click.pass_context
def hook_run(ctx: click.Context, /, branch: str, target: str | None) -> None:
    """Publish what was pushed; git tells it on stdin and gives no terminal."""
    from .publishing.hook import run_hook

    lines = sys.stdin.readlines()
    done = run_hook(Path.cwd(), lines, branch=branch, target=target, waiting=_waiting(ctx.obj))
    if done is False:
        err.print(ctx.obj.text("El envío se guardó, pero el sitio publicado no cambió: corrija y envíe de nuevo."))
        ctx.exit(1)


@main.command(help=N_("Crea un sitio nuevo, con datos de muestra y lo necesario para publicarlo con cada envío."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def new(ctx: click.Context, /, folder: Path) -> None:
    """Write a new site."""
    from .website.starting import start_site

    files = start_site(folder, site_root())
    out.print(ctx.obj.text("Sitio nuevo en {folder}: {count} archivos.").format(folder=folder, count=len(files)))
    out.print(ctx.obj.text("Siga con: cd {folder}, git init, avance serve").format(folder=folder))


def _now() -> datetime:
    return datetime.now(UTC)


def _waiting(language: Words) -> Callable[[], None]:
    return lambda: err.print(language.text("Otra publicación está en curso: se espera a que termine."))


def _show_published(done: Published, language: Words, *, as_json: bool) -> None:
    from .summary import published_json, told

    if as_json:
        problems = done.report.problems if done.report else ()
        report = _reported(done.report, language) if done.report else {}
        found = [_problem(problem, language) for problem in problems]
        click.echo(_dump({**report, **published_json(done), "problems": found}))
        return
    for line in told(done, language):
        out.print(escape(line))
    _show(done.verification.remarks if done.verification else (), language)


def _show_verification(error: PublishError, language: Words) -> None:
    from .publish import NotVerified

    if isinstance(error, NotVerified):
        _show(error.found.wrong[:10], language)


def _tell(problems: Iterable[Problem], config: Any, language: Words) -> None:
    """Show problems; where GitHub or Forgejo run this, beside the lines of their files."""
    from .website.documentation import plugin_of

    if os.environ.get("GITHUB_ACTIONS") != "true":
        _show(problems, language)
        return
    folder = os.path.relpath(plugin_of(config).settings(config).data_dir)
    for problem in problems:
        err.print(_annotation(problem, folder, language), markup=False)


def _add_summary(text: str) -> None:
    """Add to the summary of the run, where there is one."""
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)
