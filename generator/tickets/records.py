"""Which records are tickets: what is no ticket is set aside, and several rows of one ticket become one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..problems import N_, Problem, Severity
from ..text import fold
from .fields import GATHERED
from .values import map_words

if TYPE_CHECKING:
    from .reading import RawTable
    from .trackers import Match

_CONTINUED = (*GATHERED, "assignee")


def unusable_rows(
    raw: RawTable, match: Match, text: Mapping[str, pa.ChunkedArray], titles: frozenset[str]
) -> Iterator[Problem]:
    """Yield a problem for each record that is no ticket: a second header, a line of totals, a row without a name."""
    seconds = _repeated_headers(raw, match, titles)
    filled = np.sum([np.asarray(pc.not_equal(column, "")) for column in text.values()], axis=0)
    named = np.zeros(len(raw.rows), dtype=bool)
    for name in ("ticket", "title"):
        if name in text:
            named |= np.asarray(pc.not_equal(text[name], ""))
    lone = (filled <= 1) & (len(text) > 2)
    unusable = seconds | lone | ~named
    if match.tracker.continued:
        unusable = seconds
    for position in np.flatnonzero(unusable):
        row = int(raw.rows[position])
        cells = [column[int(position)].as_py() for column in raw.cells.columns]
        if seconds[position]:
            yield Problem(
                file=raw.file,
                row=row,
                column=raw.header[0],
                severity=Severity.NOTICE if match.tracker.repeated_header else Severity.ERROR,
                message=N_("La fila es otro encabezado: el archivo tiene más de uno."),
                hint=N_("Deje un solo encabezado, o guarde cada exportación en su propio archivo."),
            )
        else:
            yield Problem(
                file=raw.file,
                row=row,
                column=raw.header[match.columns.get("title", match.columns.get("ticket", (0,)))[0]],
                message=N_("La fila tiene una sola celda con texto, y no parece un ticket: «{text}».")
                if lone[position]
                else N_("La fila no tiene número ni título de ticket: «{text}»."),
                hint=N_(
                    "Complete el ticket en su sistema y vuelva a exportar; si es una línea de totales, no haga nada."
                ),
                values={"text": "; ".join(cell.strip() for cell in cells if cell.strip())[:80]},
            )


def _repeated_headers(raw: RawTable, match: Match, titles: frozenset[str]) -> np.ndarray:
    """Return which records are made of column titles, in any language."""
    repeated = np.zeros(len(raw.rows), dtype=bool)
    mapped = sorted(place for places in match.columns.values() for place in places)
    if len(mapped) < 2:
        return repeated
    key = raw.column(match.columns.get("ticket", (mapped[0],))[0])
    suspects = np.flatnonzero(np.asarray(pc.invert(pc.match_substring_regex(key, r"\d"))))
    named = map_words(key.take(pa.array(suspects)), lambda cell: "x" if fold(cell) in titles else None)
    for position in suspects[np.asarray(pc.is_valid(named))]:
        cells = [raw.column(place)[int(position)].as_py() for place in mapped]
        known = sum(fold(cell) in titles for cell in cells if cell.strip())
        repeated[position] = known >= 2 and known * 2 > sum(bool(cell.strip()) for cell in cells)
    return repeated


def merge_rows(table: pd.DataFrame, *, continued: bool) -> tuple[pd.DataFrame, int]:
    """Return one row a ticket, the one with the newest update, in the order of the file; and how many rows went.

    Of two with the same update the one that is over is the newer, then the one further down.
    """
    kept = _gather_continued(table) if continued else table
    if kept["ticket"].nunique() < len(kept):
        over = kept["closed"].notna()
        newest = kept.assign(over=over).sort_values(["updated", "over"], kind="stable", na_position="first")
        newest = newest.drop(columns="over")
        kept = newest.drop_duplicates(["project", "ticket"], keep="last").sort_index()
    return kept.reset_index(drop=True), len(table) - len(kept)


def _gather_continued(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that begin a ticket, with the further values that the rows below each of them carry."""
    begins = (table["title"] != "") | (table["tracker_status"] != "")
    if begins.all():
        return table
    owner = begins.astype(int).cumsum()
    gathered = {
        name: table[name].groupby(owner).agg(lambda cells: ", ".join(cell for cell in cells if cell))
        for name in _CONTINUED
    }
    kept = table[begins]
    owners = owner[begins]
    columns = {
        name: pd.Series(owners.map(values).to_numpy(), index=kept.index, dtype=table[name].dtype)
        for name, values in gathered.items()
    }
    return kept.assign(**columns)
