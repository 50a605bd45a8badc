"""Jira's wiki mark-up → Markdown, as far as people use it in answers. HTML needs nothing: Markdown has it.

The notation is Atlassian's "Text Formatting Notation"; what is not known here stays as it was written.
"""

from __future__ import annotations

import re
from itertools import pairwise

_FENCE = re.compile(r"\{(code|noformat)(?:[:|][^}]*)?\}(.*?)\{\1\}", re.DOTALL)
_BLOCK_MARKS = re.compile(r"\{(?:quote|panel|color)(?::[^}]*)?\}")
_HEADING = re.compile(r"^h([1-6])\.\s+", re.MULTILINE)
_BULLET = re.compile(r"^([*#-]+)\s+", re.MULTILINE)
_PICTURE = re.compile(r"!(?=\S)[^!\n|]+(?:\|[^!\n]*)?!")
_LINK = re.compile(r"\[([^\]|\n]+)\|([^\]|\n]+)(?:\|[^\]\n]*)?\]")
_BARE_LINK = re.compile(r"\[((?:https?|mailto):[^\]\s|]+)\]")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_ITALIC = re.compile(r"(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")
_MONOSPACE = re.compile(r"\{\{(.+?)\}\}")


def wiki_to_markdown(text: str) -> str:
    r"""Return wiki mark-up as Markdown.

    >>> wiki_to_markdown("h2. Pasos\n# Abra *Ventas*\n# Vea [el manual|https://example.org/]")
    '## Pasos\n1. Abra **Ventas**\n1. Vea [el manual](https://example.org/)'
    """
    fences = list(_FENCE.finditer(text))
    edges = [0, *(edge for fence in fences for edge in fence.span()), len(text)]
    prose = [_prose(text[start:end]) for start, end in list(pairwise(edges))[::2]]
    code = [f"\n```\n{fence[2].strip()}\n```\n" for fence in fences]
    return "".join(part for pair in zip(prose, [*code, ""], strict=True) for part in pair)


def _prose(text: str) -> str:
    text = _BULLET.sub(_bullet, text)
    text = _HEADING.sub(lambda heading: f"{'#' * int(heading[1])} ", text)
    text = _BLOCK_MARKS.sub("", text)
    text = _PICTURE.sub("", text)
    text = _LINK.sub(r"[\1](\2)", text)
    text = _BARE_LINK.sub(r"<\1>", text)
    text = _BOLD.sub(r"**\1**", text)
    text = _ITALIC.sub(r"*\1*", text)
    return _MONOSPACE.sub(r"`\1`", text)


def _bullet(mark: re.Match[str]) -> str:
    depth, ordered = len(mark[1]), mark[1].endswith("#")
    return f"{'    ' * (depth - 1)}{'1.' if ordered else '-'} "
