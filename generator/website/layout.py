"""The layout of portal pages: one page compiled by MkDocs for each depth, split at its markers into bytes.

A portal page is those bytes joined with its own. The compiled page is never read as a template again: what is put
between its parts is other people's text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..portals.rendering import Page

TITLE = "@@avance-title@@"
BODY = "@@avance-body@@"
HEAD = "@@avance-head@@"
SOURCE = "avance-layout"
"""The folder, in MkDocs' eyes, of the pages that become layouts; nothing is ever written there."""
DEPTHS = (1, 2, 3, 4)
"""How many folders below the site's home portal pages stand: /panel/, /p/<project>/, its sections, and their pages."""
_MARKERS = re.compile(f"({TITLE}|{HEAD}|{BODY})")


@dataclass(frozen=True)
class Layout:
    """A compiled page taken apart: literal bytes, and the markers between them."""

    parts: tuple[bytes, ...]

    def page(self, page: Page) -> bytes:
        """Return the whole HTML of *page*."""
        values = {
            TITLE.encode(): html.escape(page.full_title).encode(),
            HEAD.encode(): page.head.encode(),
            BODY.encode(): page.body.encode(),
        }
        return b"".join(values.get(part, part) for part in self.parts)


def source_path(depth: int) -> str:
    """Return the source path of the page that MkDocs compiles for pages *depth* folders below the home."""
    return "/".join([SOURCE, *["x"] * (depth - 1), "index.md"])


def split_layout(compiled: str) -> Layout:
    """Take a compiled page apart at its markers.

    Raises:
        ValueError: when it does not hold all the markers, so that a broken template is not found by a reader.
    """
    parts = tuple(part.encode() for part in _MARKERS.split(compiled))
    if not {TITLE.encode(), HEAD.encode(), BODY.encode()} <= set(parts):
        raise ValueError(f"portal.html must hold {TITLE}, {HEAD} and {BODY}")
    return Layout(parts)
