"""The text of a documentation page, section by section, as a reader sees it: what the search is over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNREAD = frozenset(("script", "style", "template", "svg", "math", "noscript"))
"""Elements whose text nobody reads."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var".split()  # noqa: SIM905
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class Section:
    """What stands under one heading; the first of a page may stand under none."""

    anchor: str
    """The id that an address ends in after `#`; empty: the top of the page."""
    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PageText:
    """A page of the documentation as the search knows it."""

    address: str
    """From the site's home: `manual/ventas/anular-factura/`."""
    title: str
    questions: tuple[str, ...] = ()
    """The questions that the page answers, as people ask them."""
    sections: tuple[Section, ...]


def read_sections(html: str) -> tuple[Section, ...]:
    """Return the sections of a page's content, in order.

    An element marked `data-search-exclude` is left out, and so is the sign that links to a heading. The alternative
    texts of pictures are text.

    >>> read_sections('<h1 id="iva">IVA</h1><p>Qué <b>es</b></p><h2 id="tasas">Tasas</h2>')
    ... # doctest: +NORMALIZE_WHITESPACE
    (Section(anchor='', heading='IVA', text='Qué es'), Section(anchor='tasas', heading='Tasas', text=''))
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.sections())


@dataclass
class _Found:
    """A section while it is read."""

    anchor: str
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gathers text under the heading before it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found = [_Found("")]
        self._open: list[tuple[str, bool]] = []
        self._unread = 0
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "img" and not self._unread:
            self._add(f" {attributes.get('alt') or ''} ")
        if tag in _VOID:
            self._add(" ")
            return
        unread = tag in _UNREAD or _is_excluded(attributes)
        self._open.append((tag, unread))
        self._unread += unread
        if self._unread:
            return
        if tag in _HEADINGS and attributes.get("id"):
            # The first heading is the page's own: its section begins at the top.
            anchor = "" if tag == "h1" and len(self._found) == 1 else str(attributes["id"])
            self._found.append(_Found(anchor))
            self._in_heading = True
        elif tag not in _INLINE:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _ in self._open):
            return
        while self._open:
            name, unread = self._open.pop()
            self._unread -= unread
            if name == tag:
                break
        if tag in _HEADINGS:
            self._in_heading = False
        elif tag not in _INLINE:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        if not self._unread:
            found = self._found[-1]
            (found.heading if self._in_heading else found.text).append(text)

    def sections(self) -> list[Section]:
        sections = [
            Section(anchor=found.anchor, heading=_joined(found.heading), text=_joined(found.text))
            for found in self._found
        ]
        return [section for section in sections if section.heading or section.text]


def _is_excluded(attributes: dict[str, str | None]) -> bool:
    return "data-search-exclude" in attributes or "headerlink" in (attributes.get("class") or "").split()


def _joined(parts: list[str]) -> str:
    return _SPACES.sub(" ", "".join(parts)).strip()
