"""The command itself: its verbs explain themselves in the language of the messages."""

from __future__ import annotations

import copy
import os
from typing import Any, TypeVar, cast

import click

from .. import __version__
from ..locale import LANGUAGES, Words, words
from ..problems import N_, AvanceError, DataErrors, UnreadableFile, one_line
from ..publishing.failures import PublishError
from .telling import NOTHING_WRITTEN, show

_Command = TypeVar("_Command", bound=click.Command)


class Verb(click.Command):
    """Explains itself in the language of the messages."""

    def get_help(self, ctx: click.Context) -> str:
        """Return what `--help` shows."""
        return click.Command.get_help(_translated(self, _language(ctx)), ctx)


class Verbs(click.Group):
    """Shows what the user can mend as a message; a traceback is for bugs."""

    command_class = Verb

    def get_help(self, ctx: click.Context) -> str:
        """Return what `--help` shows."""
        language = _language(ctx)
        shown = _translated(self, language)
        shown.commands = {name: _translated(verb, language) for name, verb in self.commands.items()}
        return click.Group.get_help(shown, ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; what went wrong ends as a line."""
        try:
            return super().invoke(ctx)
        except DataErrors as found:
            language = ctx.obj
            show(found.problems, language)
            raise click.ClickException(language.text(NOTHING_WRITTEN)) from found
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


@click.group(
    cls=Verbs,
    help=N_("Exportaciones de tickets a páginas de avance y documentación con buscador."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="avance")
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help=N_("Idioma de los mensajes."))
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    """Ticket exports in, progress pages and searchable documentation out."""
    ctx.obj = _language(None, lang)
