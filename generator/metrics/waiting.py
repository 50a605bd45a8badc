"""Since when each ticket has waited for the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..tickets.table import OVER, WaitingOn

if TYPE_CHECKING:
    from datetime import datetime

    from ..projects.model import Project


def waiting_since(project: Project) -> dict[str, datetime]:
    """Return, by number, since when each open ticket has waited for the client; without those that nothing tells.

    It is the last change, or else the creation, of the ticket in the first of the unbroken run of cuts in which it
    waits: a comment made later does not make the wait younger.
    """
    since: dict[str, datetime] = {}
    for cut in project.cuts:
        waiting = cut.tickets[(cut.tickets["waiting_on"] == WaitingOn.CLIENT) & ~cut.tickets["status"].isin(OVER)]
        begun = waiting["updated"].fillna(waiting["created"])
        told = {
            number: moment.to_pydatetime()
            for number, moment in zip(waiting["ticket"], begun, strict=True)
            if not pd.isna(moment)
        }
        since = {number: since.get(number, moment) for number, moment in told.items()}
    return since
