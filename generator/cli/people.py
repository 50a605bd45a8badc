"""The verbs about readers: links, rotate, secret, digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.markup import escape

from ..locale import Words
from ..problems import N_, AvanceError
from ..settings import is_hosted
from ..text import slugify
from .options import as_json_option, config_file_option, cut_option, data_dir_option, site_of, site_url_option
from .telling import dump, err, out
from .verbs import Verbs, main

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from ..pages.digest import Digest, Topic
    from ..portals.keyring import Keyring
    from ..portals.links import PersonalLink
    from ..portals.notices import Channel, Notice
    from ..projects.model import Project


@main.command(help=N_("Muestra el enlace personal de cada contacto, listo para enviar."))
@click.argument("project", required=False)
@config_file_option
@data_dir_option
@cut_option
@site_url_option
@click.option("--whatsapp", is_flag=True, help=N_("Muestra también el mensaje y la dirección que lo abre en WhatsApp."))
@as_json_option
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
    from ..portals.keyring import PANEL
    from ..portals.links import link_png, links_csv, personal_links

    if is_hosted():
        raise AvanceError(ctx.obj.text("Lo que se imprime aquí queda guardado: pida los enlaces en su computadora."))
    config = site_of(config_file, options)
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
        click.echo(dump({"links": [_linked(link) for link in found]}))
    elif not to:
        _show_links(found, ctx.obj, whatsapp=whatsapp)


@main.command(help=N_("Da enlaces nuevos a un proyecto o a un contacto, o a todos: los anteriores dejan de abrir."))
@click.argument("name", metavar="[PROJECT|CONTACT]", required=False)
@config_file_option
@data_dir_option
@cut_option
@site_url_option
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
    from ..portals.links import personal_links
    from ..portals.renewals import renew, renewals_csv
    from ..projects.sheets import LINKS_FILE
    from ..website.documentation import plugin_of

    config = site_of(config_file, options)
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


@main.group(cls=Verbs, help=N_("El secreto con que se cierran los proyectos privados."))
def secret() -> None:
    """Deal with the secret of the site."""


@secret.command(name="new", help=N_("Crea un secreto y lo muestra, o lo guarda fuera de la carpeta del sitio."))
@config_file_option
@click.option("--save", is_flag=True, help=N_("Lo guarda en el archivo que dice secret_file y no lo muestra."))
@click.pass_context
def new_secret(ctx: click.Context, /, config_file: Path | None, save: bool) -> None:
    """Make a secret: to stdout, or into its file."""
    from ..portals.keys import new_secret
    from ..portals.vault import keep_new_secret
    from ..website.documentation import plugin_of

    if not save:
        click.echo(new_secret())
        return
    config = site_of(config_file, {})
    file = plugin_of(config).settings(config).secret_file
    keep_new_secret(file, Path(config.config_file_path).parent, ctx.obj)
    out.print(
        ctx.obj.text("Secreto guardado en {file}. Guarde una copia: sin él cambian todos los enlaces.").format(
            file=file
        )
    )


def _keys(config: MkDocsConfig, language: Words) -> tuple[Sequence[Project], Keyring]:
    """Return the projects of a site, and the keys of those that are private."""
    from ..build import make_keyring, read_source, site_secret
    from ..website.documentation import plugin_of

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


@main.command(
    help=N_("Muestra el mensaje que cuenta a los contactos de cada proyecto lo que cambió, listo para enviar.")
)
@click.argument("project", required=False)
@config_file_option
@data_dir_option
@cut_option
@site_url_option
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help=N_("Cuenta los cambios desde el corte de este día."))
@click.option("--channel", default="whatsapp,email", show_default=True, help=N_("Por dónde se escribe."))
@click.option("--mark", is_flag=True, help=N_("Anota en data/sent.csv lo que se contó, para seguir desde ahí."))
@as_json_option
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
    from ..build import make_keyring, read_source, site_secret, tell
    from ..portals.notices import sent_csv
    from ..projects.sheets import SENT_FILE
    from ..website.documentation import plugin_of

    if is_hosted():
        raise AvanceError(ctx.obj.text("Lo que se imprime aquí queda guardado: pida los mensajes en su computadora."))
    channels = _channels(channel, ctx.obj)
    site_url, since, mark = (options.pop(name) for name in ("site_url", "since", "mark"))
    config = site_of(config_file, options)
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
        click.echo(dump({"digests": [_digested(*each) for each in told]}))
    else:
        for digest, messages in told:
            _show_digest(digest, messages, ctx.obj)
    if mark:
        (settings.data_dir / SENT_FILE).write_bytes(sent_csv(source.sent, (digest for digest, _ in told)))
        err.print(ctx.obj.text("Anotado en {file}: los próximos mensajes siguen desde aquí.").format(file=SENT_FILE))


def _channels(text: str, language: Words) -> list[Channel]:
    """Return the channels in a list such as "whatsapp,email"."""
    from ..portals.notices import Channel

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
    from ..pages.digest import Topic

    return tuple(Topic)
