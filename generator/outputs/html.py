"""Views → HTML bodies, by the templates of `site_templates/portal/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .charts import chart_svg
from .richtext import rich_text

if TYPE_CHECKING:
    from ..locale import Words


@cache
def environment(templates_dir: Path, words: Words) -> Environment:
    """Return the Jinja2 environment of the portal's templates in one language.

    Everything is escaped, a missing name is an error. Kept, because compiling a template takes longer than filling it.
    """
    env = Environment(
        loader=FileSystemLoader(templates_dir / "portal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.filters |= {"rich_text": rich_text, "chart_svg": chart_svg, "at_ticket": at_ticket}
    env.install_gettext_callables(words.text, words.plural, newstyle=True)  # type: ignore[attr-defined]
    return env


def at_ticket(address: str, ticket: str = "") -> str:
    """Return the address of a ticket in the oficina virtual, or without one that of the oficina itself.

    >>> at_ticket("https://oficina.example/?t={ticket}", "AND 12")
    'https://oficina.example/?t=AND%2012'
    """
    return address.replace("{ticket}", quote(ticket, safe=""))


def render(templates_dir: Path, template: str, view: Any, words: Words, **context: Any) -> str:
    """Return *view* as the HTML of *template*, with the texts of *words*."""
    env = environment(templates_dir, words)
    return env.get_template(f"{template}.html").render(page=view, language=words.language, **context)
