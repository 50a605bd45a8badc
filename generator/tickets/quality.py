"""What contradicts itself in the tickets of one export: published all the same, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..problems import N_, Problem, Severity
from .table import State

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = pd.Timedelta(days=1)
_CORRECT = N_("Corrija las fechas en su sistema de tickets y vuelva a exportar.")


def contradictions(tickets: pd.DataFrame, columns: Mapping[str, str], *, file: str) -> list[Problem]:
    """Return one problem for each kind of contradiction, at its first row; *columns* are the titles by field.

    A done ticket without a closing date is one only where the export has a column for it.
    """
    created, closed, due = (tickets[name] for name in ("created", "closed", "due"))
    undated = (tickets["status"] == State.DONE) & closed.isna() & ("closed" in columns)
    kinds = (
        (
            "closed",
            closed < created,
            N_("Tickets con cierre anterior a su creación: {count}; el primero es el {ticket}."),
            Severity.WARNING,
        ),
        (
            "due",
            due + _DAY <= created,
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
        found = tickets[mask.fillna(False).astype(bool)]
        if len(found):
            first = found.iloc[0]
            problems.append(
                Problem(
                    file=file,
                    row=int(first["source_row"]),
                    column=columns.get(name, ""),
                    message=message,
                    hint=_CORRECT,
                    severity=severity,
                    values={"count": len(found), "ticket": first["ticket"]},
                )
            )
    return problems
