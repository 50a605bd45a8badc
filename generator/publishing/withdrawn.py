"""The page that stands where a withdrawn project was: it says so, and names nobody."""

from __future__ import annotations

import html
from collections.abc import Iterable

from ..locale import words


def withdrawn_page(path: str, styles: Iterable[str], *, language: str) -> bytes:
    """Return the page for the address *path*, dressed with the stylesheets of the site."""
    say = words(language).text
    root = "../" * path.count("/")
    title = html.escape(say("Esta página ya no está disponible"))
    links = "".join(f'<link rel="stylesheet" href="{root}{html.escape(style)}">' for style in styles)
    told = html.escape(say("Se retiró del sitio. Si la necesita, consulte a su ejecutivo de cuenta."))
    home = html.escape(say("Ir a la página de inicio"))
    return (
        f'<!doctype html><html lang="{language}" class="no-js"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow,noarchive"><meta name="referrer" content="no-referrer">'
        f'<meta name="color-scheme" content="light dark"><title>{title}</title>{links}</head>'
        f'<body><main class="portal withdrawn"><h1>{title}</h1><p>{told}</p><p><a href="{root}">{home}</a></p></main>'
        "</body></html>\n"
    ).encode()
