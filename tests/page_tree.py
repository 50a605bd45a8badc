"""A page as a tree that a test can ask, by Python's own HTML parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line", "polygon", "polyline"}
"""Elements without an end; those of a drawing have one or close themselves, and hold no text either way."""
_SILENT = {"script", "style"}
_STEP = re.compile(r"([a-z0-9]+)?((?:[.#][\w-]+|\[[\w-]+(?:=[^\]]*)?\])*)")
_PART = re.compile(r"([.#])([\w-]+)|\[([\w-]+)(?:=([^\]]*))?\]")


@dataclass(eq=False)
class Element:
    """An element, its attributes, and what it holds in order."""

    tag: str
    attributes: dict[str, str | None]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that it says, with single blanks."""
        return " ".join("".join(self.texts()).split())

    def texts(self) -> Iterator[str]:
        """Yield each run of text, in order."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in _SILENT:
                yield from child.texts()

    def each(self) -> Iterator[Element]:
        """Yield every element inside, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.each()

    def all(self, selector: str) -> list[Element]:
        """Return the elements inside that fit a CSS *selector* of tags, classes, ids and attributes."""
        found: list[Element] = [self]
        for step in selector.split():
            found = list(dict.fromkeys(inner for outer in found for inner in outer.each() if inner.fits(step)))
        return found

    def one(self, selector: str) -> Element:
        """Return the only element inside that fits."""
        (found,) = self.all(selector)
        return found

    def fits(self, step: str) -> bool:
        """Tell whether a simple selector, without blanks, is true of it."""
        match = _STEP.fullmatch(step)
        assert match, f"no selector: {step}"
        classes = (self.attributes.get("class") or "").split()
        return match[1] in (None, self.tag) and all(
            name in classes
            if sign == "."
            else self.attributes.get("id") == name
            if sign == "#"
            else attribute in self.attributes and value in ("", self.attributes[attribute])
            for sign, name, attribute, value in _PART.findall(match[2])
        )


def read_page(html: str) -> Element:
    """Return what holds the whole of *html*."""
    parser = _Tree()
    parser.feed(html)
    parser.close()
    return parser.root


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in (element.tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
