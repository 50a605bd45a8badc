"""Comparing, naming and taking apart texts that people typed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Any

import yaml

try:  # the one in C takes what the other one refuses: `[¿Cómo?]`
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # pragma: no cover - PyYAML without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

_SPACES = re.compile(r"\s+")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    r"""Return *text* as titles and status words are compared: no case, accents, quotes, BOM or double spaces.

    >>> fold('\ufeff"Última  Actualización:"')
    'ultima actualizacion'
    """
    plain = text.replace("\ufeff", "").casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _SPACES.sub(" ", plain).strip(" \"':.")


def slugify(text: str) -> str:
    """Return *text* as a part of an address: lower-case ASCII letters, digits and hyphens; may be empty.

    >>> slugify("Implementación: Comercial Andina, C.A.")
    'implementacion-comercial-andina-c-a'
    """
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def unique_slug(text: str, longest: int) -> str:
    """Return *text* as a part of an address of at most *longest* characters; different texts get different ones.

    >>> unique_slug("and-7", 60), unique_slug("AND/7", 60)
    ('and-7', 'and-7-ca723374')
    """
    slug = slugify(text)
    if slug == text and len(slug) <= longest:
        return slug
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8]
    return f"{slug[: longest - 9].strip('-')}-{digest}".strip("-")


def first_part(path: str) -> str:
    """Return the first, widest part of a path of entities or categories as GLPI writes it.

    >>> first_part("Mejora continua > Inventario")
    'Mejora continua'
    """
    return path.partition(" > ")[0].strip()


def last_part(path: str) -> str:
    """Return the last, nearest part of a path of entities or categories as GLPI writes it.

    >>> last_part("AdaptaPro > Clientes > Textiles")
    'Textiles'
    """
    return next((part.strip() for part in reversed(path.split(" > ")) if part.strip()), "")


def split_front_matter(text: str) -> tuple[str, dict[str, Any]]:
    r"""Return the Markdown of a page, and the values of the YAML before it; none where there is none that can be read.

    >>> split_front_matter("---\ntitle: Cierre\n---\n\n# Cerrar el mes\n")
    ('# Cerrar el mes\n', {'title': 'Cierre'})
    """
    found = _FRONT_MATTER.match(text)
    try:
        front = yaml.load(found[1], SafeLoader) if found else None
    except yaml.YAMLError:
        front = None
    if found is None or not isinstance(front, dict):
        return text, {}
    return text[found.end() :].lstrip("\n"), front
