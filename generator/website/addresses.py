"""Addresses of pages and files from the site's home, and from one to another."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import relpath

_INDEXES = ("index", "README")


def page_address(path: str) -> str:
    """Return the address from the home of the page whose file below content/ is *path*.

    >>> page_address("novedades/cierre.md"), page_address("novedades/index.md"), page_address("index.md")
    ('novedades/cierre/', 'novedades/', './')
    """
    place = PurePosixPath(path).with_suffix("")
    return f"{place.parent if place.name in _INDEXES else place}/"


def relative_address(address: str, page: str) -> str:
    """Return *address* as a link on *page* says it; both are told from the home, and a page ends in a slash.

    >>> relative_address("assets/a.js", "manual/ventas/"), relative_address("manual/", "manual/ventas/")
    ('../../assets/a.js', '../')
    >>> relative_address("rss.xml", "./")
    'rss.xml'
    """
    way = relpath(f"/{address}", f"/{page}")
    return f"{way}/" if address.endswith("/") else way
