"""The executive's page over all projects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from generator.locale import words
from generator.pages.panel import PanelRow, panel_page
from generator.projects.model import Person, Phase, Policy, Project

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
ANA = Person(id="ana", name="Ana Rojas")


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 9, tzinfo=CARACAS)


def ids(*projects: Project) -> list[str]:
    return [row.id for row in panel_page(projects, ES).rows]


def only(project: Project) -> PanelRow:
    (row,) = panel_page([project], ES).rows
    return row


def test_the_most_urgent_project_stands_first_and_none_is_missing(make_project) -> None:
    on_client = {"status": "waiting", "waiting_on": "client"}
    said = {
        "calm": [{"title": "a"}],
        "soon": [{"agreed": day(25)}],
        "waited": [on_client | {"updated": day(2)}],
        "theirs": [on_client | {"due": day(20)}],
        "ours": [{"due": day(20)}],
        "worse": [{"due": day(20)}, {"due": day(19)}],
    }
    projects = [replace(make_project(*tickets, executive=ANA), id=name, client=name) for name, tickets in said.items()]
    assert ids(*projects) == ["worse", "ours", "theirs", "waited", "soon", "calm"]


def test_a_row_tells_what_to_do_today(make_project) -> None:
    row = only(
        make_project(
            {"due": day(20)},
            {"status": "waiting", "waiting_on": "client", "updated": day(16)},
            {"agreed": day(25)},
            {"status": "done"},
            planned_end=date(2026, 12, 18),
        )
    )
    assert row.alarms == ("1 vencida nuestra", "sin ejecutivo")
    assert row.facts == (
        "1 depende del cliente (la más antigua espera 5 días hábiles)",
        "sin pronóstico (plan: vie 18 dic 2026)",
    )
    assert [(ahead.moment.text, ahead.ticket.address) for ahead in row.dates] == [
        ("mié 25 nov, 9:00", "../p/acme/#t-3")
    ]
    (finding,) = row.to_correct
    assert (finding.text, [ticket.number for ticket in finding.tickets], finding.count) == (
        "Culminada sin fecha de cierre",
        ["#4"],
        1,
    )
    assert finding.remedy


def test_hours_past_a_threshold_are_told(make_project) -> None:
    spent = {"status": "done", "spent_hours": 8.0, "closed": day(2)}
    policy = Policy(hours=10, since=date(2026, 2, 1), until=date(2027, 1, 31))
    row = only(make_project(spent, phase=Phase.ESERVICE, policy=policy, executive=ANA))
    assert row.facts == ("quedan 2 h de la póliza (75\u00a0%)",)


def test_who_has_left_is_to_be_removed_from_the_group(make_project) -> None:
    adviser = Person(id="x", name="Luis Peña", group="AdaptaPro", role="Asesor funcional")
    assert only(make_project({}, people=(adviser,), phase=Phase.ESERVICE)).to_remove == ("Luis Peña",)


def test_questions_of_several_clients_are_a_list_for_the_documentation(make_project) -> None:
    question = {"question": "¿Cómo anulo una factura fiscal emitida?"}
    projects = [replace(make_project(question), id=name, client=name.upper()) for name in ("a", "b")]
    (alike,) = panel_page(projects, ES).alike
    assert alike.asked == ("A: #1", "B: #1")
    assert panel_page(projects[:1], ES).alike == ()
