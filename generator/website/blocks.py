"""The HTML of a page of the documentation → blocks, as a booklet prints them.

The HTML is cleaned first (nh3): what is left is well formed, and nothing of it can run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder

import nh3

from ..outputs.booklet import (
    Anchor,
    Break,
    Cell,
    Code,
    Definition,
    Definitions,
    Grid,
    Heading,
    Image,
    Listing,
    Note,
    Paragraph,
    Quote,
    Rule,
    Text,
)

if TYPE_CHECKING:
    from ..outputs.booklet import Block, Inline

_STYLES = {
    **{"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em"},
    **{"code": "code", "samp": "code", "kbd": "key", "sup": "sup", "sub": "sub", "del": "del", "s": "del"},
    **{"ins": "ins", "u": "ins", "mark": "mark"},
}
_INLINE = frozenset((*_STYLES, *("a", "abbr", "bdi", "bdo", "br", "data", "img", "q", "small", "span", "time")))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (
    *("article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt", "figcaption"),
    *("figure", "footer", "header", "hr", "label", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *_HEADINGS),
)
_VOID = ("br", "hr", "img")
_UNREAD = {"script", "style", "template", "svg", "math", "noscript", "video", "audio", "iframe", "object", "canvas"}
_ATTRIBUTES = {
    "*": {"id", "class", "align"},
    "a": {"href", "data-clip"},
    "img": {"src", "alt", "width"},
    "ol": {"start"},
}
_LEFT_OUT = frozenset(("headerlink", "footnote-backref"))
"""Classes of what means nothing on paper."""
_TONES = {
    **dict.fromkeys(("tip", "hint", "success", "check", "done"), "tip"),
    **dict.fromkeys(("warning", "caution", "attention"), "warning"),
    **dict.fromkeys(("danger", "error", "failure", "fail", "missing", "bug"), "danger"),
}
_DEEPEST = 40
"""Elements further in than this are only their text."""
_DEEPEST_BLOCK = 7
"""Blocks further inside others than this are only what they hold."""
_NESTING = frozenset(("ul", "ol", "dl", "table", "blockquote", "note", "tabs"))
_PIXEL = 0.75
"""Points of a pixel of the web."""
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_HIGHEST_START = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an article's addresses mean where it is printed."""

    place: str = ""
    """What stands before `#` and the `id` of an element in the name of its place."""
    link: Callable[[str], tuple[str, str]] = lambda address: (address, "")
    """An address as it stands in the page → address and place as in `outputs.booklet.Text`; both empty for none."""
    picture: Callable[[str], str] = lambda _: ""
    """The address of a picture → its name among the booklet's files; empty where it is none that can be printed."""


@dataclass(frozen=True)
class Page:
    """The blocks of a page below its title; `title` is its first heading, "" where it has none before other text."""

    title: str
    blocks: tuple[Block, ...]


def read_blocks(html: str, around: Surroundings = Surroundings()) -> Page:
    """Return what the content of a page says.

    >>> read_blocks("<h1>IVA</h1><p>Qué <b>es</b></p>")
    ... # doctest: +NORMALIZE_WHITESPACE
    Page(title='IVA', blocks=(Paragraph(inlines=(Text(text='Qué ', styles=(), address='', place=''),
    Text(text='es', styles=('strong',), address='', place='')), tone=''),))
    """
    blocks = _Reader(around).flow(_tree(html))
    if blocks and isinstance(first := blocks[0], Heading) and first.level == 1:
        return Page(first.text, tuple(_levelled(blocks[1:])))
    return Page("", tuple(_levelled(blocks)))


def _levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield *blocks*, their headings from level 2 and never more than one level below the heading before."""
    level = 1
    for block in blocks:
        if isinstance(block, Heading):
            level = max(2, min(block.level, level + 1))
            yield replace(block, level=level)
        else:
            yield block


def _tree(html: str) -> Element:
    clean = nh3.clean(
        html,
        tags={*_INLINE, *_BLOCKS},
        clean_content_tags=_UNREAD,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    builder = _Builder()
    builder.feed(clean)
    builder.close()
    return builder.root()


class _Builder(HTMLParser):
    """Well-formed HTML → a tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tree = TreeBuilder()
        self._tree.start("div", {})
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag not in _VOID
        if self._depth <= _DEEPEST:
            self._tree.start(tag, {name: value or "" for name, value in attrs})
            if tag in _VOID:
                self._tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            if self._depth <= _DEEPEST:
                self._tree.end(tag)
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        self._tree.data(data)

    def root(self) -> Element:
        self._tree.end("div")
        return self._tree.close()


def _classes(element: Element) -> frozenset[str]:
    return frozenset(element.get("class", "").split())


def _parts(element: Element) -> Iterator[Element | str]:
    if element.text:
        yield element.text
    for child in element:
        if not _classes(child) & _LEFT_OUT:
            yield child
        if child.tail:
            yield child.tail


def _kind(element: Element) -> str:
    """Return what *element* is to a reader: its tag, or what its classes make of it."""
    classes = _classes(element)
    if "data-clip" in element.attrib:
        return "clip"
    if element.tag == "details" or "admonition" in classes:
        return "note"
    return "tabs" if "tabbed-set" in classes else element.tag


def _is_inline(element: Element) -> bool:
    return all(each.tag in _INLINE and "data-clip" not in each.attrib for each in element.iter())


@dataclass
class _Reader:
    around: Surroundings
    _ids: set[str] = field(default_factory=set)
    _depth: int = 0

    def flow(self, element: Element, skip: Sequence[Element] = ()) -> list[Block]:
        """Return what *element* holds; what is between blocks is a paragraph."""
        blocks: list[Block] = []
        inlines: list[Inline] = list(self._anchor(element))

        def end() -> None:
            blocks.extend(_paragraph(inlines))
            inlines.clear()

        for part in _parts(element):
            if isinstance(part, str):
                inlines.append(Text(part))
            elif part in skip:
                continue
            elif _is_inline(part):
                inlines.extend(self._inlines(part, Text("")))
            else:
                end()
                blocks.extend(self._block(part))
        end()
        return blocks

    def _anchor(self, element: Element) -> Iterator[Anchor]:
        name = element.get("id", "")
        if name and name not in self._ids:
            self._ids.add(name)
            yield Anchor(f"{self.around.place}#{name}")

    def _inlines(self, element: Element, like: Text) -> Iterator[Inline]:
        """Yield what an element of running text says, in the styles and with the link of *like*."""
        if element.tag == "br":
            yield Break()
            return
        yield from self._anchor(element)
        apart = [] if element.tag in _INLINE else [Text(" ")]
        yield from apart
        if element.tag == "img":
            yield self._image(element, like)
            return
        if style := _STYLES.get(element.tag):
            like = replace(like, styles=tuple(dict.fromkeys((*like.styles, style))))
        if element.tag == "a" and element.get("href"):
            address, place = self.around.link(element.get("href", ""))
            like = replace(like, address=address, place=place)
        if element.tag == "q":
            yield replace(like, text="«")
        for part in _parts(element):
            if isinstance(part, str):
                yield replace(like, text=part)
            else:
                yield from self._inlines(part, like)
        if element.tag == "q":
            yield replace(like, text="»")
        yield from apart

    def _image(self, element: Element, like: Text) -> Inline:
        alt, source = _SPACES.sub(" ", element.get("alt", "")).strip(), element.get("src", "")
        file = self.around.picture(source) if source else ""
        if file:
            return Image(file, alt, _pixels(element.get("width", "")) * _PIXEL)
        if source and not like.address and not like.place:
            address, _ = self.around.link(source)
            like = replace(like, address=address)
        return replace(like, text=alt)

    def _block(self, element: Element) -> list[Block]:
        """Return the blocks of an element that is no running text."""
        read = self._readers().get(_kind(element), self.flow)
        if self._depth >= _DEEPEST_BLOCK and _kind(element) in _NESTING:
            return self.flow(element)
        self._depth += _kind(element) in _NESTING
        blocks = read(element)
        self._depth -= _kind(element) in _NESTING
        return blocks

    def _readers(self) -> dict[str, Callable[[Element], list[Block]]]:
        return {
            **dict.fromkeys(_HEADINGS, self._heading),
            **{"hr": lambda _: [Rule()], "pre": self._code, "clip": self._clip, "tabs": self._tabs},
            **{"ul": self._listing, "ol": self._listing, "dl": self._definitions, "table": self._grid},
            **{"blockquote": self._quote, "note": self._note},
            **{"figcaption": self._caption, "caption": self._caption, "summary": self._caption},
        }

    def _quote(self, element: Element) -> list[Block]:
        return [Quote(tuple(self.flow(element)))]

    def _caption(self, element: Element) -> list[Block]:
        blocks = self.flow(element)
        return [replace(each, tone="caption") if isinstance(each, Paragraph) else each for each in blocks]

    def _heading(self, element: Element) -> list[Block]:
        inlines = [*self._anchor(element)]
        text = _plain(element)
        if self._depth:
            return list(_paragraph([*inlines, Text(text)], tone="title"))
        if not text:
            return list(_paragraph(inlines))
        return [Heading(_HEADINGS.index(element.tag) + 1, text, inlines[0].place if inlines else "")]

    def _code(self, element: Element) -> list[Block]:
        lines = [line.expandtabs(4).rstrip() for line in "".join(element.itertext()).strip("\n").splitlines()]
        return [*_paragraph([*self._anchor(element)]), *([Code(tuple(lines))] if any(lines) else [])]

    def _clip(self, element: Element) -> list[Block]:
        """Return the poster of what moves, and below it the address where it does."""
        address, _ = self.around.link(element.get("href", ""))
        shown = [each for each in element.iter() if "clip-show" in _classes(each)]
        poster = replace(Text(""), address=address)
        told = [Text(f"{_plain(shown[0])}: "), replace(poster, text=address)] if shown and address else []
        rest = [part for part in _parts(element) if part not in shown]
        inlines: list[Inline] = []
        for part in rest:
            inlines.extend([replace(poster, text=part)] if isinstance(part, str) else self._inlines(part, poster))
        return [*_paragraph(inlines), *_paragraph(told, tone="caption")]

    def _listing(self, element: Element) -> list[Block]:
        items = []
        for part in _parts(element):
            item = self.flow(part) if isinstance(part, Element) else list(_paragraph([Text(part)]))
            if item or isinstance(part, Element):
                items.append(tuple(item))
        if not items:
            return []
        start = element.get("start", "1")
        first = min(int(start), _HIGHEST_START) if start.isascii() and start.isdecimal() else 1
        listing = Listing(tuple(items), None if element.tag == "ul" else first)
        return [*_paragraph([*self._anchor(element)]), listing]

    def _definitions(self, element: Element) -> list[Block]:
        """Return the terms of *element*; what stands before the first one is of none."""
        items: list[Definition] = []
        for part in _parts(element):
            if isinstance(part, Element) and part.tag == "dt":
                term = [*self._anchor(part), *(each for child in _parts(part) for each in self._said(child))]
                items.append(Definition(tuple(_tidy(term)), ()))
            else:
                blocks = self.flow(part) if isinstance(part, Element) else list(_paragraph([Text(part)]))
                if blocks:
                    last = items.pop() if items else Definition((), ())
                    items.append(replace(last, blocks=(*last.blocks, *blocks)))
        return [*_paragraph([*self._anchor(element)]), *([Definitions(tuple(items))] if items else [])]

    def _said(self, part: Element | str) -> Iterator[Inline]:
        """Yield *part* as running text, whatever it is."""
        if isinstance(part, str):
            yield Text(part)
        else:
            yield from self._inlines(part, Text(""))

    def _grid(self, element: Element) -> list[Block]:
        above: list[Block] = list(_paragraph([*self._anchor(element)]))
        heads: list[tuple[Cell, ...]] = []
        rows: list[tuple[Cell, ...]] = []
        for row, is_head in _rows(element):
            cells = tuple(self._cell(cell) for cell in row if cell.tag in ("th", "td"))
            if cells:
                (heads if is_head and not rows else rows).append(cells)
        for child in element:
            if child.tag == "caption":
                above += self._block(child)
        width = max((len(row) for row in (*heads, *rows)), default=0)
        if not width:
            return above
        padded = [[(*row, *[Cell(())] * (width - len(row))) for row in part] for part in (heads, rows)]
        return [*above, Grid(tuple(padded[0]), tuple(padded[1]))]

    def _cell(self, element: Element) -> Cell:
        align = element.get("align", "")
        return Cell(tuple(self.flow(element)), align if align in ("center", "right") else "left")

    def _note(self, element: Element) -> list[Block]:
        head = next((each for each in element if each.tag == "summary" or "admonition-title" in _classes(each)), None)
        title = [] if head is None else [each for part in _parts(head) for each in self._said(part)]
        tone = next((_TONES[name] for name in element.get("class", "").split() if name in _TONES), "note")
        return [Note(tuple(_tidy(title)), tuple(self.flow(element, [head] if head is not None else [])), tone)]

    def _tabs(self, element: Element) -> list[Block]:
        """Return what is behind each tab, under the tab's name."""
        labels, tabs = (
            [each for part in element if name in _classes(part) for each in part]
            for name in ("tabbed-labels", "tabbed-content")
        )
        blocks: list[Block] = []
        for place, tab in enumerate(tabs):
            blocks.extend(_paragraph([Text(_plain(label)) for label in labels[place : place + 1]], tone="title"))
            blocks.extend(self.flow(tab))
        return blocks


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """Yield the rows of *table*, and whether each is a heading."""
    for part in table:
        if part.tag == "tr":
            yield part, False
        elif part.tag in ("thead", "tbody", "tfoot"):
            for row in part.findall("tr"):
                yield row, part.tag == "thead"


def _plain(element: Element) -> str:
    """Return what *element* says on one line, without signs that link to it."""

    def texts(part: Element) -> Iterator[str]:
        if part.tag == "img":
            yield part.get("alt", "")
        for child in _parts(part):
            if isinstance(child, str):
                yield child
            else:
                yield from texts(child)

    return _SPACES.sub(" ", "".join(texts(element))).strip()


def _pixels(value: str) -> int:
    return min(int(value), 10_000) if value.isascii() and value.isdecimal() else 0


def _paragraph(inlines: Sequence[Inline], tone: str = "") -> Iterator[Paragraph]:
    """Yield *inlines* as a paragraph, if there is anything in it."""
    tidy = tuple(_tidy(inlines))
    if any(not isinstance(each, Break) for each in tidy):
        yield Paragraph(tidy, tone)


def _tidy(inlines: Iterable[Inline]) -> list[Inline]:
    """Return *inlines* with spaces as a browser shows them: one between words, none at the ends of a line."""
    tidy: list[Inline] = []
    spaced = True
    for each in inlines:
        if isinstance(each, Text):
            text = _SPACES.sub(" ", each.text)
            text = text.removeprefix(" ") if spaced else text
            if not text:
                continue
            spaced = text.endswith(" ")
            tidy.append(replace(each, text=text))
        else:
            tidy.append(each)
            spaced = spaced if isinstance(each, Anchor) else isinstance(each, Break)
    while tidy and isinstance(tidy[-1], Break):
        tidy.pop()
    if tidy and isinstance(last := tidy[-1], Text):
        tidy[-1] = replace(last, text=last.text.removesuffix(" "))
    return tidy
