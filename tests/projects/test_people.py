"""Who takes part, who has left, and whose name no page may show."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Severity
from generator.projects.model import Document, Person, Phase, Project, Request
from generator.projects.people import (
    Circle,
    Reason,
    circle_of,
    departed,
    has_left,
    participants,
    people_problems,
    with_roles_for_names,
    without,
)

CUT = date(2026, 11, 23)
BEFORE, AFTER = date(2026, 11, 22), date(2026, 11, 24)


def one(role: str = "Asesora funcional", name: str = "Beatriz Anzola", group: str = "AdaptaPro", **said) -> Person:
    return Person(**{"id": name, "name": name, "group": group, "role": role, "company": "AdaptaPro"} | said)


@pytest.fixture(scope="session")
def project(make_project):
    """A function: people, and what is said of the project → a project whose cut is of 23 November 2026."""
    return lambda *people, **said: make_project(people=people, **said)


def names(made: Project) -> list[str]:
    return [participant.name for participant in participants(made)]


def gone(made: Project) -> list[tuple[str, Reason]]:
    return [(departure.person.name, departure.reason) for departure in departed(made)]


@pytest.mark.parametrize(
    "role", ["Asesor funcional", "ASESORA FUNCIONAL", "Consultora de procesos", "Functional adviser"]
)
@pytest.mark.parametrize("until", [None, AFTER])
def test_advisers_leave_when_the_system_goes_into_production(project, role: str, until: date | None) -> None:
    person = one(role, until=until)
    for phase in (Phase.BUSINESS_CASE, Phase.IMPLEMENTATION):
        assert names(project(person, phase=phase)) == ["Beatriz Anzola"]
    for phase in (Phase.PRODUCTION, Phase.ESERVICE):
        assert names(project(person, phase=phase)) == []
        assert gone(project(person, phase=phase)) == [("Beatriz Anzola", Reason.GO_LIVE)]


@pytest.mark.parametrize(("go_live", "present"), [(AFTER, True), (CUT, False), (BEFORE, False)])
def test_advisers_leave_on_the_day_of_go_live_whatever_the_phase_says(project, go_live: date, present: bool) -> None:
    assert bool(names(project(one(), go_live=go_live))) is present


@pytest.mark.parametrize(
    ("phase", "technical_end", "present"),
    [
        (Phase.IMPLEMENTATION, AFTER, True),
        (Phase.IMPLEMENTATION, CUT, False),
        (Phase.PRODUCTION, AFTER, True),
        (Phase.IMPLEMENTATION, None, True),
        (Phase.ESERVICE, None, False),
    ],
)
def test_programmers_leave_when_the_technical_implementation_ends(
    project, phase: Phase, technical_end: date | None, present: bool
) -> None:
    assert bool(names(project(one("Programador"), phase=phase, technical_end=technical_end))) is present


def test_support_is_a_role_without_a_name_and_shown_once(project) -> None:
    support = [
        one("Soporte técnico", name, phone="+58 1", email="a@b.example") for name in ("Rubén Matheus", "Iván Soto")
    ]
    (shown,) = participants(project(*support))
    assert (shown.name, shown.role, shown.company, shown.circle) == ("", "Soporte técnico", "", Circle.COMPANY)


def test_support_takes_no_part_in_the_business_case(project) -> None:
    made = project(one("Soporte", "Iván Soto"), phase=Phase.BUSINESS_CASE)
    assert (participants(made), departed(made)) == ((), ())


def test_a_role_that_the_policy_does_not_know_is_shown_without_a_name(project) -> None:
    assert names(project(one("Gerente regional"))) == [""]


@pytest.mark.parametrize("phase", Phase)
def test_the_client_and_the_executive_take_part_in_every_phase(project, phase: Phase) -> None:
    client = one("Consultor", "Carmen Iriarte", "cliente externo")
    executive = one("Asesora de cuentas", "María Pérez")
    made = project(client, executive, phase=phase, executive=executive)
    assert names(made) == ["Carmen Iriarte", "María Pérez"]


@pytest.mark.parametrize(
    ("said", "day", "left"),
    [(BEFORE, CUT, True), (CUT, CUT, True), (AFTER, CUT, False), (None, CUT, False), (CUT, None, False)],
)
def test_somebody_leaves_on_the_day_that_people_csv_says(said: date | None, day: date | None, left: bool) -> None:
    assert has_left(one(until=said), day) is left


def test_a_client_who_left_is_not_shown_and_is_on_the_checklist(project) -> None:
    made = project(one("Gerente", "Julio Salas", "cliente interno", until=BEFORE))
    assert (names(made), gone(made)) == ([], [("Julio Salas", Reason.DATE)])


def test_somebody_who_has_not_begun_is_neither_present_nor_gone(project) -> None:
    made = project(one(since=AFTER))
    assert (participants(made), departed(made)) == ((), ())


def test_an_adviser_who_becomes_the_executive_stays(project) -> None:
    executive = one("Ejecutiva de cuenta", "Beatriz Anzola", id="otra")
    made = project(one(), executive, executive=executive, phase=Phase.ESERVICE)
    assert (names(made), gone(made)) == (["Beatriz Anzola"], [])


@pytest.mark.parametrize(
    ("group", "company", "circle"),
    [
        ("Cliente interno", "", Circle.INTERNAL),
        ("cliente EXTERNO", "", Circle.EXTERNAL),
        ("AdaptaPro", "ACME, C.A.", Circle.COMPANY),
        ("", "acme, c.a.", Circle.INTERNAL),
        ("", "Otra", Circle.COMPANY),
    ],
)
def test_the_group_says_whose_they_are(project, group: str, company: str, circle: Circle) -> None:
    assert circle_of(one(group=group, company=company), project()) is circle


def test_the_executive_is_told_whom_to_remove_from_the_chat(project) -> None:
    (told,) = people_problems(project(one(row=7), phase=Phase.ESERVICE))
    assert (told.file, told.row, told.severity) == ("people.csv", 7, Severity.NOTICE)
    assert "retire del grupo de WhatsApp a Beatriz Anzola" in told.text(str)


def test_a_go_live_that_the_phase_does_not_know_of_is_told(project) -> None:
    assert [problem.column for problem in people_problems(project(go_live=CUT))] == ["puesta_en_marcha"]
    assert people_problems(project(go_live=CUT, phase=Phase.PRODUCTION)) == []


@pytest.mark.parametrize(
    "text", ["Llame a Beatriz Anzola", "BEATRIZ   ANZOLA", "beatriz.anzola@a.example", "Beatríz Anzolá"]
)
def test_no_text_names_who_left(make_project, text: str) -> None:
    made = make_project(
        {"title": text, "answer": text, "ticket": "7"},
        people=(one(email="beatriz.anzola@a.example"),),
        phase=Phase.ESERVICE,
        meanings={"7": text},
        documents=(Document(id="d", project="acme", kind="minuta", title=text, file="a.md", text=text, content=b"x"),),
        requests=(Request(id="s", project="acme", what=text),),
    )
    shown, told = with_roles_for_names(made)
    (ticket,) = shown.each
    said = [ticket.title, ticket.answer, shown.meanings["7"], shown.documents[0].text, shown.documents[0].title]
    for place in (*said, shown.requests[0].what):
        assert "anzola" not in place.lower().replace("á", "a")
        assert "asesora funcional" in place
    assert (shown.documents[0].content, shown.documents[0].redacted) == (b"", True)
    assert [problem.file for problem in told] == ["people.csv", "documents.csv"]


def test_texts_that_name_nobody_hidden_stay_as_they_are(make_project) -> None:
    made = make_project({"title": "Llamar a Beatriz Anzola"}, people=(one(),))
    assert with_roles_for_names(made) == (made, [])


WORD = st.text("abñÁéÇ'.-", min_size=1, max_size=6)


@given(WORD, WORD)
def test_a_name_is_found_however_its_accents_are_written(first: str, last: str) -> None:
    name = f"{first} {last}"
    assert without(f"Con {name} y {unicodedata.normalize('NFD', name)}.", {name: "0"}) == "Con 0 y 0."
