"""What is to be corrected in the tracker."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from generator.metrics.findings import Finding, findings

CARACAS = ZoneInfo("America/Caracas")
FINE = {"status": "done", "assignee": "Ana"}


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 9, tzinfo=CARACAS)


@pytest.mark.parametrize(
    ("ticket", "kind"),
    [
        ({"status": "done", "created": day(20), "closed": day(18)}, Finding.CLOSED_BEFORE_CREATED),
        ({"created": day(20), "due": day(18)}, Finding.DUE_BEFORE_CREATED),
        ({"status": "done", "started": day(20), "closed": day(18)}, Finding.STARTED_AFTER_CLOSED),
        ({"status": "done", "closed": day(25)}, Finding.CLOSED_AHEAD),
        ({"status": "done"}, Finding.DONE_WITHOUT_DATE),
        ({"tracker_status": "Flurb"}, Finding.UNKNOWN_STATE),
        ({"title": ""}, Finding.WITHOUT_TITLE),
        ({"status": "doing"}, Finding.WITHOUT_PERSON),
        ({"status": "waiting"}, Finding.WAITING_FOR_NOBODY),
        ({"estimate_hours": 0.8, "spent_hours": 80.0}, Finding.UNLIKELY_HOURS),
        ({"spent_hours": -1.0}, Finding.UNLIKELY_HOURS),
    ],
)
def test_each_kind_is_found(make_project, ticket: dict[str, object], kind: Finding) -> None:
    found = findings(make_project({}, ticket, unclassified=frozenset({"Flurb"})))
    assert [(each.kind, [ticket.ticket for ticket in each.tickets]) for each in found] == [(kind, ["2"])]


def test_sound_tickets_have_nothing_to_correct(make_project) -> None:
    sound = [
        {},
        {"status": "doing", "assignee": "Ana", "created": day(2), "due": day(2)},
        {"status": "waiting", "waiting_on": "client"},
        {"status": "done", "created": day(2), "started": day(3), "closed": day(3), "spent_hours": 30.0},
    ]
    assert findings(make_project(*sound)) == ()
