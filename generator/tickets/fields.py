"""The text of each field: repeated columns gathered, mark-up and addresses tidied."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from .markup import wiki_to_markdown
from .values import replace_texts

if TYPE_CHECKING:
    from .reading import RawTable
    from .trackers import Match, Tracker

GATHERED = ("labels", "component")
"""Fields whose repeated columns, or continued rows, are several values and not alternatives."""
_TEXTS = ("ticket", "title", "question", "answer")
_PEOPLE = ("assignee", "requester")
_ADDRESS = re.compile(r"\s*<[^<>]*@[^<>]*>")
_ENTITY = r"&(?:#\d+|[a-zA-Z]+);"


def text_fields(raw: RawTable, match: Match) -> dict[str, pa.ChunkedArray]:
    """Return the text of each field: repeated columns gathered, alternative columns in their order of trust."""
    return {
        name: _gather([_cleaned(raw.column(place), name, match.tracker) for place in places], name)
        for name, places in match.columns.items()
    }


def _cleaned(cells: pa.ChunkedArray, name: str, tracker: Tracker) -> pa.ChunkedArray:
    if name != "description":  # most of an export's bytes, and nobody compares them
        cells = pc.utf8_trim_whitespace(cells)
    if tracker.empty and name not in _TEXTS:
        nothing = pc.is_in(cells, value_set=pa.array(sorted(tracker.empty), pa.string()))
        cells = pc.if_else(nothing, "", cells)
    if name in ("title", "question") and pc.any(pc.match_substring_regex(cells, _ENTITY)).as_py():
        cells = replace_texts(cells, html.unescape)
    if name == "answer" and tracker.markup == "jira":
        cells = replace_texts(cells, wiki_to_markdown)
    if name in _PEOPLE and pc.any(pc.match_substring(cells, "@")).as_py():
        cells = replace_texts(cells, lambda cell: _ADDRESS.sub("", cell))
    return cells


def _gather(columns: list[pa.ChunkedArray], name: str) -> pa.ChunkedArray:
    gathered = columns[0]
    for column in columns[1:]:
        joined = pc.binary_join_element_wise(gathered, column, ", ") if name in GATHERED else gathered
        both = pc.if_else(pc.equal(column, ""), gathered, joined)
        gathered = pc.if_else(pc.equal(gathered, ""), column, both)
    return gathered
