"""Markdown that other people wrote → safe HTML."""

from __future__ import annotations

import re
from html import unescape

import markdown
import nh3
from markupsafe import Markup

_TAGS = {
    "a", "p", "br", "strong", "em", "b", "i", "u", "s", "del", "code", "pre", "blockquote", "ul", "ol", "li",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "hr", "kbd", "sub", "sup",
}  # fmt: skip
_SCHEMES = {"https", "http", "mailto", "tel"}
_TAG = re.compile("<[^>]*>")
_PAGE = re.compile(r"(?P<path>[\w.][\w./-]*)\.md(?P<anchor>#[\w-]*)?")


def rich_text(text: str, *, root: str = "", level: int = 1) -> Markup:
    """Return Markdown as HTML in which no script, style, picture or foreign attribute is left.

    Links to documentation pages (`manual/x.md`) lead to where the site has them, *root* being the way to its home;
    other relative links are dropped. The highest heading becomes one of *level*; those above 3 are mere text.
    """
    html = markdown.markdown(
        text,
        extensions=["sane_lists", "nl2br", "tables", "toc"],
        extension_configs={"toc": {"baselevel": level, "marker": ""}},
        output_format="html",
    )

    def attribute(tag: str, name: str, value: str) -> str | None:
        if (tag, name) != ("a", "href"):
            return value if (tag, name) == ("a", "rel") else None
        page = _PAGE.fullmatch(value)
        if page:
            folder, _, last = page["path"].rpartition("/")
            path = f"{folder}/{last}/" if last != "index" else f"{folder}/"
            return f"{root}{path.lstrip('/')}{page['anchor'] or ''}"
        scheme, colon, _ = value.partition(":")
        return value if colon and scheme.lower() in _SCHEMES else None

    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 - cleaned just above


def plain_text(text: str) -> str:
    """Return what a reader of Markdown reads, on one line.

    >>> plain_text("Pulse **Guardar**: <br> [vea](x.md) 2 < 3")
    'Pulse Guardar : vea 2 < 3'
    """
    return " ".join(unescape(_TAG.sub(" ", rich_text(text))).split())
