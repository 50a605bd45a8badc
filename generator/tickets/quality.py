"""What contradicts itself in the tickets of one export: published all the same, and said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..problems import N_, Problem, Severity
from .table import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_DAY = pa.scalar(timedelta(days=1))
_CORRECT = N_("Corrija las fechas en su sistema de tickets y vuelva a exportar.")


def contradictions(tickets: pd.DataFrame, columns: Mapping[str, str], *, file: str) -> list[Problem]:
    """Return one problem for each kind of contradiction, at its first row; *columns* are the titles by field.

    A done ticket without a closing date is one only where the export has a column for it.
    """
    created, closed, due, status = (pa.array(tickets[name]) for name in ("created", "closed", "due", "status"))
    undated = pc.and_(pc.equal(status, State.DONE), pc.and_(pc.is_null(closed), "closed" in columns))
    kinds = (
        (
            "closed",
            pc.less(closed, created),
            N_("Tickets con cierre anterior a su creación: {count}; el primero es el {ticket}."),
            Severity.WARNING,
        ),
        (
            "due",
            pc.less_equal(pc.add(due, _DAY), created),
            N_("Tickets con fecha límite anterior a su creación: {count}; el primero es el {ticket}."),
            Severity.WARNING,
        ),
        (
            "closed",
            undated,
            N_("Tickets culminados sin fecha de cierre: {count}; el primero es el {ticket}."),
            Severity.NOTICE,
        ),
    )
    problems = []
    for name, mask, message, severity in kinds:
        found = np.flatnonzero(np.asarray(pc.fill_null(mask, False)))
        if len(found):
            problems.append(
                Problem(
                    file=file,
                    row=int(tickets["source_row"].iloc[found[0]]),
                    column=columns.get(name, ""),
                    message=message,
                    hint=_CORRECT,
                    severity=severity,
                    values={"count": len(found), "ticket": tickets["ticket"].iloc[found[0]]},
                )
            )
    return problems
