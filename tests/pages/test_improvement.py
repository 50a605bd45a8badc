"""Mejora continua: what is coming, what is done, and the way to the renewal."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import words
from generator.pages.improvement import ImprovementPage, improvement_page
from generator.portals.rendering import PortalContext, render_project
from generator.projects.model import Person, Phase, Policy
from generator.tickets.kinds import Kind
from generator.tickets.table import State

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
LUCIA = Person(id="lrojas", name="Lucía Rojas", phone="+58 212 5550123", email="lucia@a.example")
YEAR = Policy(hours=100, since=date(2026, 2, 1), until=date(2027, 1, 31))
CONTEXT = PortalContext(
    templates_dir=Path(__file__).parent.parent.parent / "site_templates",
    company="AdaptaPro",
    ticket_portal="",
    policy=(),
)


@pytest.fixture(scope="session")
def service(make_project):
    """A function: what is said of improvements, and of their project → the project, in production."""

    def make(*tickets: dict[str, object], **project: object):
        said = ({"component": "Mejora continua > Ventas", **ticket} for ticket in tickets)
        usual = {"phase": Phase.PRODUCTION, "kinds": {"Mejora continua": Kind.IMPROVEMENT}}
        return make_project(*said, **usual | project)

    return make


@pytest.fixture(scope="session")
def page(service):
    """A function: what is said of improvements, and of their project → the view, in Spanish."""
    return lambda *tickets, **project: improvement_page(service(*tickets, **project), ES)


@pytest.fixture(scope="session")
def body(service):
    """A function: what is said of improvements, and of their project → the HTML of the page."""

    def make(*tickets: dict[str, object], **project: object) -> str:
        pages = {page.path: page.body for page in render_project(service(*tickets, **project), CONTEXT).pages}
        return pages["p/acme/mejora-continua/"]

    return make


def day(number: int) -> datetime:
    """Return nine o'clock of a day of November 2026 in Caracas."""
    return datetime(2026, 11, number, 9, tzinfo=CARACAS)


def numbers(shown: ImprovementPage) -> dict[str, list[str]]:
    return {group.name: [task.ticket for task in group.tasks] for group in shown.coming}


def test_what_is_agreed_comes_before_what_is_under_way_and_what_was_asked(page) -> None:
    shown = page(
        {"created": day(9)},
        {"status": "doing", "due": day(27)},
        {"status": "waiting", "agreed": day(26)},
        {"agreed": day(25)},
        {"status": "waiting", "due": day(25)},
        {"created": day(3)},
    )
    assert numbers(shown) == {"Con fecha acordada": ["4", "3"], "En marcha": ["5", "2"], "Solicitadas": ["6", "1"]}
    assert shown.coming_count == 6


def test_finished_improvements_stand_newest_first_and_the_older_are_folded(page) -> None:
    shown = page(*({"status": "done", "closed": day(number)} for number in (3, 9, 1, 20, 5, 7)))
    assert [task.ticket for task in shown.done] == ["4", "2", "6", "5", "1"]
    assert [task.ticket for task in shown.done_more] == ["3"]


def test_support_is_no_improvement(page) -> None:
    shown = page({"component": "Soporte > Ventas"}, {"component": "", "kind": "Mejora continua"})
    assert numbers(shown) == {"Solicitadas": ["2"]}


def test_a_meaning_stands_under_its_title(page) -> None:
    (group,) = page({}, meanings={"1": "Menos esperas."}).coming
    assert group.tasks[0].meaning == "Menos esperas."


def test_without_a_policy_there_are_only_improvements(page, body) -> None:
    shown = page({"spent_hours": 3, "updated": day(3)})
    assert (shown.hours, shown.renewal, shown.renewal_links) == (None, None, ())
    assert "póliza eService" not in body({}).partition("<nav")[2]


def test_the_renewal_can_be_talked_about_with_the_text_already_there(page) -> None:
    whatsapp, mail = page(policy=YEAR, executive=LUCIA).renewal_links
    assert parse_qs(urlsplit(whatsapp.address).query)["text"] == [
        "Hola, Lucía Rojas. Quiero conversar sobre la renovación de la póliza eService, que vence el "
        "dom 31 ene 2027. Proyecto Ventas (corte N.º 1, lun 23 nov 2026)."
    ]
    assert mail.address.startswith("mailto:lucia@a.example?subject=")


def test_braces_of_a_name_are_text(page) -> None:
    (link, _) = page(policy=YEAR, executive=LUCIA, name="{day} {nobody}").renewal_links
    assert "{day} {nobody}" in parse_qs(urlsplit(link.address).query)["text"][0]


def test_nobody_to_write_to_is_no_link(page) -> None:
    assert page(policy=YEAR).renewal_links == ()


@pytest.mark.parametrize("phase", Phase)
def test_only_clients_in_service_have_the_page(service, phase: Phase) -> None:
    paths = [page.path for page in render_project(service(phase=phase), CONTEXT).pages]
    assert ("p/acme/mejora-continua/" in paths) == (phase in (Phase.PRODUCTION, Phase.ESERVICE))


def test_the_page_says_that_hours_are_missing_and_shows_no_chart(body) -> None:
    html = body({}, policy=YEAR)
    assert "no hay datos de horas" in html
    assert "En qué se usaron" not in html
    assert not re.search(r"\b0 h\b", html)


def test_the_chart_and_the_table_are_in_the_page(body, elements) -> None:
    html = body({"status": "doing", "spent_hours": 1.5, "updated": day(3)}, policy=YEAR)
    tags = [tag for tag, _ in elements(html)]
    assert tags.count("table") == 2
    assert not [attributes for _, attributes in elements(html) if "style" in attributes]
    assert "Ver el ticket que suma 1 h 30 min" in html


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '" onclick="alert(1)', "{{ 7*7 }}"])
def test_hostile_titles_are_text(body, elements, text: str) -> None:
    said = {"title": text, "spent_hours": 1, "updated": day(3)}
    found = elements(body(said, policy=YEAR, executive=LUCIA, meanings={"1": text}, name=text))
    assert not [tag for tag, attributes in found if tag == "script" or "onclick" in attributes]


def test_ids_are_told_apart(body, elements) -> None:
    said = {"spent_hours": 1, "updated": day(3), "closed": day(3)}
    html = body(*({"status": state, **said} for state in State), policy=YEAR, executive=LUCIA)
    ids = [attributes["id"] for _, attributes in elements(html) if "id" in attributes]
    assert len(ids) == len(set(ids))


@settings(max_examples=30)
@given(st.lists(st.sampled_from([str(state) for state in State]), max_size=20))
def test_every_improvement_is_in_one_list(page, states: list[str]) -> None:
    shown = page(*({"status": state} for state in states))
    lists = [*(group.tasks for group in shown.coming), shown.done, shown.done_more, shown.cancelled]
    assert sorted(int(task.ticket) for tasks in lists for task in tasks) == list(range(1, len(states) + 1))
