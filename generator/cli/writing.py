"""The verbs that write sources: new, new-article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from ..locale import Words
from ..problems import N_, AvanceError
from ..settings import Settings, site_root
from .options import config_file_option, data_dir_option, site_of
from .telling import err, out
from .verbs import main


@main.command(help=N_("Crea un sitio nuevo, con datos de muestra y lo necesario para publicarlo con cada envío."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def new(ctx: click.Context, /, folder: Path) -> None:
    """Write a new site."""
    from ..website.starting import start_site

    files = start_site(folder, site_root())
    out.print(ctx.obj.text("Sitio nuevo en {folder}: {count} archivos.").format(folder=folder, count=len(files)))
    out.print(ctx.obj.text("Siga con: cd {folder}, git init, avance serve").format(folder=folder))


@main.command("new-article", help=N_("Crea el borrador de un artículo, con sus secciones, y dice dónde quedó."))
@click.argument("title")
@click.option("--ticket", "tickets", multiple=True, help=N_("El número del ticket que pidió el artículo."))
@click.option("--area", default="", help=N_("La carpeta del área dentro del manual, por ejemplo ventas."))
@config_file_option
@data_dir_option
@click.pass_context
def new_article(
    ctx: click.Context, /, title: str, tickets: tuple[str, ...], area: str, config_file: Path | None, **options: Any
) -> None:
    """Write the draft of an article called TITLE."""
    from ..website.documentation import plugin_of
    from ..website.drafting import draft_article, read_template

    config = site_of(config_file, options)
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
    from ..build import read_source
    from ..tickets.table import rows

    imports = read_source(settings, docs_dir=docs_dir, has_secret=True).imports
    asked = {
        ticket.ticket: ticket.question or ticket.title for imported in imports for ticket in rows(imported.tickets)
    }
    for number in numbers:
        if number not in asked:
            told = language.text("El ticket #{ticket} no está en los datos: escriba usted la pregunta.")
            err.print(escape(told.format(ticket=number)))
    return [asked[number] for number in numbers if number in asked]
