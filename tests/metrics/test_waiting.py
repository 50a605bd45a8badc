"""Since when a ticket waits for the client."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from generator.metrics.waiting import waiting_since

CARACAS = ZoneInfo("America/Caracas")
ON_CLIENT = {"status": "waiting", "waiting_on": "client"}


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 9, tzinfo=CARACAS)


def test_a_comment_does_not_make_a_wait_younger(make_project) -> None:
    project = make_project(ON_CLIENT | {"updated": day(20)}, before=[ON_CLIENT | {"updated": day(5)}])
    assert waiting_since(project) == {"1": day(5)}


def test_a_wait_that_was_broken_begins_again(make_project) -> None:
    project = make_project(ON_CLIENT | {"updated": day(20)}, before=[{"status": "doing", "updated": day(5)}])
    assert waiting_since(project) == {"1": day(20)}


def test_a_ticket_never_changed_has_waited_since_its_creation_or_unknown(make_project) -> None:
    project = make_project(ON_CLIENT | {"created": day(3)}, ON_CLIENT, {"status": "done", "waiting_on": "client"})
    assert waiting_since(project) == {"1": day(3)}
