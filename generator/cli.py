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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from . import __version__
from .locale import LANGUAGES, Words, words
from .problems import N_, AvanceError, DataErrors, Problem, Severity, UnreadableFile, errors, one_line, without_values
from .publishing.failures import PublishError
from .settings import Settings, is_hosted, site_root
from .text import slugify

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from .build import Report
    from .pages.digest import Digest, Topic
    from .portals.keyring import Keyring
    from .portals.links import PersonalLink
    from .portals.notices import Channel, Notice
    from .projects.model import Project
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
_Value = TypeVar("_Value")


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
        except (PublishError, UnreadableFile) as error:
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

_site_url = click.option("--site-url", help=N_("La dirección en que se lee el sitio, en lugar de site_url."))


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
    from .build import build_site, content_problems
    from .website.documentation import plugin_of

    config = _site(config_file, options)
    with tempfile.TemporaryDirectory() as folder:
        try:
            report = build_site(config, Path(folder) / "site")
        except DataErrors as found:
            problems = (*found.problems, *content_problems(config, ()))
        else:
            problems = (*report.problems, *content_problems(config, report.source.projects))
    if as_json:
        click.echo(_dump({"problems": [_problem(problem, ctx.obj) for problem in _tellable(problems)]}))
    elif form == "github":
        folder = os.path.relpath(plugin_of(config).settings(config).data_dir)
        for problem in _tellable(problems):
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
@click.option(
    "--zensical",
    metavar="PROGRAM",
    type=click.Path(exists=True, dir_okay=False, resolve_path=True),
    help=N_("Construye la documentación con este programa de Zensical y no con MkDocs."),
)
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
    from .portals.cache import cache_folder

    config = _site(config_file, options)
    target = site_dir or _default_site_dir(config_file, Path(config.site_dir))
    with _progress(ctx.obj) as advance:
        report = build_site(
            config,
            target,
            workers=workers,
            strict=strict,
            panel=bool(options.get("public")),
            cache_dir=cache_folder(Path(config.config_file_path).parent),
            advance=advance,
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
            site = _site(config_file, options | {"public": True})
            site.dev_addr, site.site_url = dev_addr, f"http://{dev_addr}/"
            report = build_site(site, folder, panel=True, cache_dir=Path(kept))
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
    with TemporaryDirectory() as kept:
        serve_site(rebuild, watched, dev_addr)


@main.command(help=N_("Muestra el enlace personal de cada contacto, listo para enviar."))
@click.argument("project", required=False)
@_config_file
@_data_dir
@_cut
@_site_url
@click.option("--whatsapp", is_flag=True, help=N_("Muestra también el mensaje y la dirección que lo abre en WhatsApp."))
@click.option("--json", "as_json", is_flag=True, help=N_("Resultado en JSON, para otros programas."))
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help=N_("Pone en esta carpeta la tabla (CSV) y el código QR de cada enlace, para imprimir."),
)
@click.pass_context
def links(
    ctx: click.Context,
    /,
    project: str | None,
    config_file: Path | None,
    site_url: str | None,
    whatsapp: bool,
    as_json: bool,
    to: Path | None,
    **options: Any,
) -> None:
    """List each contact's personal link, ready to be sent."""
    from .portals.keyring import PANEL
    from .portals.links import link_png, links_csv, personal_links

    if is_hosted():
        raise AvanceError(ctx.obj.text("Lo que se imprime aquí queda guardado: pida los enlaces en su computadora."))
    config = _site(config_file, options)
    home = site_url or config.site_url
    if not home:
        raise AvanceError(ctx.obj.text("Falta site_url en mkdocs.yml: la dirección en que se lee el sitio."))
    found = list(personal_links(*_keys(config, ctx.obj), home, ctx.obj.language))
    if project is not None:
        found = [link for link in found if link.project == project]
        if not found:
            raise AvanceError(ctx.obj.text("No hay enlaces para el proyecto «{id}».").format(id=project))
    if to:
        _write_private(to / "enlaces.csv", links_csv(found, ctx.obj.language))
        for link in found:
            _write_private(to / f"{slugify(f'{link.project or PANEL} {link.contact}')}.png", link_png(link))
    if as_json:
        click.echo(_dump({"links": [_linked(link) for link in found]}))
    elif not to:
        _show_links(found, ctx.obj, whatsapp=whatsapp)


@main.command(help=N_("Da enlaces nuevos a un proyecto o a un contacto, o a todos: los anteriores dejan de abrir."))
@click.argument("name", metavar="[PROJECT|CONTACT]", required=False)
@_config_file
@_data_dir
@_cut
@_site_url
@click.option("--yes", is_flag=True, help=N_("No pregunta antes de cambiar todos los enlaces."))
@click.pass_context
def rotate(
    ctx: click.Context,
    /,
    name: str | None,
    config_file: Path | None,
    site_url: str | None,
    yes: bool,
    **options: Any,
) -> None:
    """Make links anew, so that the former ones open nothing that is published from then on."""
    from .portals.links import personal_links
    from .portals.renewals import renew, renewals_csv
    from .projects.sheets import LINKS_FILE
    from .website.documentation import plugin_of

    config = _site(config_file, options)
    if not name and not yes:
        click.confirm(ctx.obj.text("¿Cambiar todos los enlaces de todos los proyectos?"), abort=True, err=True)
    projects, keyring = _keys(config, ctx.obj)
    renewed = replace(keyring, renewals=renew(projects, keyring, name or "", ctx.obj))
    home = site_url or config.site_url or ""
    former = set(personal_links(projects, keyring, home, ctx.obj.language))
    (plugin_of(config).settings(config).data_dir / LINKS_FILE).write_bytes(renewals_csv(renewed.renewals))
    err.print(ctx.obj.text("Los enlaces anteriores dejan de abrir con la próxima publicación."))
    if not is_hosted():
        now = personal_links(projects, renewed, home, ctx.obj.language)
        _show_links([link for link in now if link not in former], ctx.obj)


@main.group(cls=_Verbs, help=N_("El secreto con que se cierran los proyectos privados."))
def secret() -> None:
    """Deal with the secret of the site."""


@secret.command(name="new", help=N_("Crea un secreto y lo muestra, o lo guarda fuera de la carpeta del sitio."))
@_config_file
@click.option("--save", is_flag=True, help=N_("Lo guarda en el archivo que dice secret_file y no lo muestra."))
@click.pass_context
def new_secret(ctx: click.Context, /, config_file: Path | None, save: bool) -> None:
    """Make a secret: to stdout, or into its file."""
    from .portals.keys import new_secret
    from .portals.vault import keep_new_secret
    from .website.documentation import plugin_of

    if not save:
        click.echo(new_secret())
        return
    config = _site(config_file, {})
    file = plugin_of(config).settings(config).secret_file
    keep_new_secret(file, Path(config.config_file_path).parent, ctx.obj)
    out.print(
        ctx.obj.text("Secreto guardado en {file}. Guarde una copia: sin él cambian todos los enlaces.").format(
            file=file
        )
    )


def _keys(config: MkDocsConfig, language: Words) -> tuple[Sequence[Project], Keyring]:
    """Return the projects of a site, and the keys of those that are private."""
    from .build import make_keyring, read_source, site_secret
    from .website.documentation import plugin_of

    settings = plugin_of(config).settings(config)
    secret = site_secret(settings, Path(config.config_file_path).parent)
    if secret is None:
        raise AvanceError(language.text("No hay secreto, ni por tanto enlaces: créelo con «avance secret new --save»."))
    source = read_source(settings, docs_dir=Path(config.docs_dir), has_secret=True)
    return source.projects, make_keyring(source, secret)


def _write_private(path: Path, content: bytes) -> None:
    """Write what opens portals, for this user alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)


def _show_links(links: Iterable[PersonalLink], language: Words, *, whatsapp: bool = False) -> None:
    for link in links:
        place = link.project or language.text("panel y todos los proyectos")
        expires = language.text("vence el {day}").format(day=link.expires) if link.expires else ""
        out.print(
            f"[bold]{escape(link.name)}[/] · "
            + escape(" · ".join(part for part in (place, link.role, expires) if part))
        )
        out.print(f"  {escape(link.address)}")
        if link.passphrase:
            out.print(f"  {language.text('frase')}: {escape(link.passphrase)}")
        if whatsapp:
            out.print(f"  {escape(link.message)}\n  {escape(link.whatsapp)}")


def _linked(link: PersonalLink) -> dict[str, Any]:
    return asdict(link) | {"expires": link.expires and link.expires.isoformat()}


@main.command("new-article", help=N_("Crea el borrador de un artículo, con sus secciones, y dice dónde quedó."))
@click.argument("title")
@click.option("--ticket", "tickets", multiple=True, help=N_("El número del ticket que pidió el artículo."))
@click.option("--area", default="", help=N_("La carpeta del área dentro del manual, por ejemplo ventas."))
@_config_file
@_data_dir
@click.pass_context
def new_article(
    ctx: click.Context, /, title: str, tickets: tuple[str, ...], area: str, config_file: Path | None, **options: Any
) -> None:
    """Write the draft of an article called TITLE."""
    from .website.documentation import plugin_of
    from .website.drafting import draft_article, read_template

    config = _site(config_file, options)
    settings = plugin_of(config).settings(config)
    numbers = [ticket.removeprefix("#") for ticket in tickets]
    asked = _questions(settings, Path(config.docs_dir), numbers, ctx.obj) if numbers else []
    try:
        draft = draft_article(
            title, template=read_template(settings.templates_dir), area=area, questions=asked, tickets=numbers
        )
    except ValueError as error:
        raise click.BadParameter(ctx.obj.text("El título no tiene letras ni números.")) from error
    target = Path(config.docs_dir) / draft.path
    if target.exists():
        raise AvanceError(ctx.obj.text("Ya existe {file}: elija otro título.").format(file=target))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(draft.text, encoding="utf-8")
    out.print(ctx.obj.text("Borrador escrito en {file}").format(file=escape(str(target))))


def _questions(settings: Settings, docs_dir: Path, numbers: list[str], language: Words) -> list[str]:
    """Return what the tickets ask, in the client's words; of one that the data does not have nothing, and say so."""
    from .build import read_source
    from .tickets.table import rows

    imports = read_source(settings, docs_dir=docs_dir, has_secret=True).imports
    asked = {
        ticket.ticket: ticket.question or ticket.title for imported in imports for ticket in rows(imported.tickets)
    }
    for number in numbers:
        if number not in asked:
            told = language.text("El ticket #{ticket} no está en los datos: escriba usted la pregunta.")
            err.print(escape(told.format(ticket=number)))
    return [asked[number] for number in numbers if number in asked]


@main.command(
    help=N_("Muestra el mensaje que cuenta a los contactos de cada proyecto lo que cambió, listo para enviar.")
)
@click.argument("project", required=False)
@_config_file
@_data_dir
@_cut
@_site_url
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help=N_("Cuenta los cambios desde el corte de este día."))
@click.option("--channel", default="whatsapp,email", show_default=True, help=N_("Por dónde se escribe."))
@click.option("--mark", is_flag=True, help=N_("Anota en data/sent.csv lo que se contó, para seguir desde ahí."))
@click.option("--json", "as_json", is_flag=True, help=N_("Resultado en JSON, para otros programas."))
@click.pass_context
def digest(
    ctx: click.Context,
    /,
    project: str | None,
    config_file: Path | None,
    channel: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Write what changed for each project's contacts, as messages ready to be sent."""
    from .build import make_keyring, read_source, site_secret, tell
    from .portals.notices import sent_csv
    from .projects.sheets import SENT_FILE
    from .website.documentation import plugin_of

    if is_hosted():
        raise AvanceError(ctx.obj.text("Lo que se imprime aquí queda guardado: pida los mensajes en su computadora."))
    channels = _channels(channel, ctx.obj)
    site_url, since, mark = (options.pop(name) for name in ("site_url", "since", "mark"))
    config = _site(config_file, options)
    home = site_url or config.site_url
    if not home:
        raise AvanceError(ctx.obj.text("Falta site_url en mkdocs.yml: la dirección en que se lee el sitio."))
    settings = plugin_of(config).settings(config)
    found = site_secret(settings, Path(config.config_file_path).parent)
    source = read_source(settings, docs_dir=Path(config.docs_dir), has_secret=found is not None)
    keyring = make_keyring(source, found) if found else None
    chosen = [each for each in source.projects if project in (None, each.id)]
    if not chosen:
        raise AvanceError(ctx.obj.text("No hay ningún proyecto «{id}» que se publique.").format(id=project))
    told = [tell(each, source, keyring, home, channels, since=since and since.date()) for each in chosen]
    if as_json:
        click.echo(_dump({"digests": [_digested(*each) for each in told]}))
    else:
        for digest, messages in told:
            _show_digest(digest, messages, ctx.obj)
    if mark:
        (settings.data_dir / SENT_FILE).write_bytes(sent_csv(source.sent, (digest for digest, _ in told)))
        err.print(ctx.obj.text("Anotado en {file}: los próximos mensajes siguen desde aquí.").format(file=SENT_FILE))


def _channels(text: str, language: Words) -> list[Channel]:
    """Return the channels in a list such as "whatsapp,email"."""
    from .portals.notices import Channel

    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Channel)]
    if unknown or not names:
        told = language.text("«{name}» no es un canal; use {channels}.")
        raise click.BadParameter(told.format(name=", ".join(unknown), channels=", ".join(Channel)))
    return [Channel(name) for name in names]


def _show_digest(digest: Digest, messages: Sequence[Notice], language: Words) -> None:
    out.print(f"[bold]{escape(digest.name)}[/] · {escape(digest.cut)}")
    if not digest.is_news:
        out.print("  " + language.text("Nada nuevo desde el último mensaje."))
    elif not messages:
        out.print("  " + language.text("No hay a quién escribir: ningún contacto del cliente está en people.csv."))
    for message in messages:
        to = " · ".join(part for part in (message.name, str(message.channel), message.to, message.subject) if part)
        out.print(f"\n[bold]{escape(to)}[/]\n{escape(message.text)}\n\n{escape(message.link)}")
    out.print()


def _digested(digest: Digest, messages: Sequence[Notice]) -> dict[str, Any]:
    return {
        "project": digest.project,
        "cut": digest.cut,
        "since": digest.since,
        "is_news": digest.is_news,
        **{str(topic): [asdict(told) for told in digest.topics.get(topic, ())] for topic in _topics()},
        "messages": [asdict(message) for message in messages],
    }


def _topics() -> Sequence[Topic]:
    from .pages.digest import Topic

    return tuple(Topic)


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
    for problem in _tellable(problems):
        colour, mark = _COLOURS[problem.severity], language.text(_MARKS[problem.severity])
        console.print(f"[{colour}]{mark}[/] {escape(one_line(problem, language.text))}")


def _tellable(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Return *problems* as they may be shown here: in a hosted runner without what cells hold."""
    return map(without_values, problems) if is_hosted() else problems


def _words_of_cells(told: Mapping[str, _Value]) -> dict[str, _Value]:
    """Return what is told of the words that cells hold: nothing in a hosted runner."""
    return {} if is_hosted() else dict(told)


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
    states = ", ".join(f"{word} → {state}" for word, state in _words_of_cells(imported.statuses).items())
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
            for problem in sorted(_tellable(imported.set_aside), key=lambda problem: problem.row or 0)
        ],
        "columns": dict(imported.columns),
        "unmapped": list(imported.unmapped),
        "statuses": _words_of_cells(imported.statuses),
        "states": _counted(tickets["status"]),
        "created": [instant and instant.isoformat().replace("+00:00", "Z") for instant in created],
        "projects": _words_of_cells(_counted(tickets["project"])),
        "problems": [_problem(problem, language) for problem in _tellable(imported.problems)],
        **(
            {"message": next(iter(_tellable(imported.problems))).text(language.text)}
            if imported.tracker is None
            else {}
        ),
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
        "rendered": report.projects - report.reused,
        "reused": report.reused,
        "seconds": dict(report.seconds),
        "problems": [_problem(problem, language) for problem in _tellable(report.problems)],
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
@click.option("--preview", metavar="BRANCH", help=N_("Publica una vista previa de esta rama, aparte del sitio."))
@click.option("--remove", is_flag=True, help=N_("Retira esa vista previa."))
@_as_json
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
    from .publish import publish_site
    from .summary import run_summary

    config = _site(config_file, options)
    if remove:
        _remove_preview(config, target, preview, ctx.obj)
        return
    try:
        with _progress(ctx.obj) as advance:
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
        _add_summary(run_summary(None, _tellable(found.problems), ctx.obj))
        _tell(found.problems, config, ctx.obj)
        raise click.ClickException(ctx.obj.text(_NOTHING_WRITTEN)) from found
    except PublishError as error:
        _add_summary(run_summary(None, (), ctx.obj, error=one_line(error.problem, ctx.obj.text)))
        _show_verification(error, ctx.obj)
        raise
    problems = done.report.problems if done.report else ()
    _tell(problems, config, ctx.obj)
    _add_summary(run_summary(done, _tellable(problems), ctx.obj))
    _show_published(done, ctx.obj, as_json=as_json)


def _remove_preview(config: MkDocsConfig, target: str | None, preview: str | None, language: Words) -> None:
    from .publish import remove_preview

    removed_from, was_there = remove_preview(config, target, preview=preview or "", waiting=_waiting(language))
    message = N_("Vista previa retirada: {address}") if was_there else N_("No hay ninguna vista previa en {address}")
    said = language.text(message).format(address=removed_from.url or removed_from.home)
    out.print(escape(said))
    _add_summary(f"{said}\n")


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
    for problem in _tellable(problems):
        err.print(_annotation(problem, folder, language), markup=False)


def _add_summary(text: str) -> None:
    """Add to the summary of the run, where there is one."""
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)
