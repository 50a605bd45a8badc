"""What changed since earlier cuts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from generator.locale import words
from generator.pages.since import since_cuts
from generator.projects.model import Cut

ES = words("es")


def test_a_ticket_that_went_through_several_states_is_told_once(make_project, make_tickets) -> None:
    states = ["doing", "waiting", "done"]
    cuts = tuple(
        Cut(number=number, day=date(2026, 11, 2 + 7 * number), instant=None, tickets=make_tickets({"status": state}))
        for number, state in enumerate(states)
    )
    nearest, farthest = since_cuts(replace(make_project(), cuts=cuts), ES)
    assert [chip.text for chip in farthest.chips] == ["1 culminada"]
    assert (nearest.key, farthest.key) == ("2026-11-09", "2026-11-02")


def test_only_the_newest_cuts_are_remembered(make_project, make_tickets) -> None:
    cuts = tuple(
        Cut(number=number, day=date(2026, 9, 1 + number), instant=None, tickets=make_tickets({})) for number in range(9)
    )
    found = since_cuts(replace(make_project(), cuts=cuts), ES)
    assert [since.key for since in found] == [f"2026-09-0{day}" for day in (8, 7, 6, 5, 4)]


def test_a_ticket_that_left_the_list_keeps_its_title(make_project) -> None:
    (since,) = since_cuts(make_project(before=[{"title": "Migrar"}]), ES)
    assert [(chip.text, chip.tickets[0].title) for chip in since.chips] == [("1 retirada de la lista", "Migrar")]
