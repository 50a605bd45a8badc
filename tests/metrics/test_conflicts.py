"""Which agreed dates the executive is warned of."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from generator.metrics.conflicts import agenda_problems
from generator.problems import Severity
from generator.projects.calendar import ServiceCalendar

CARACAS = ZoneInfo("America/Caracas")
CLOSED = ServiceCalendar({date(2026, 12, 8): "Inmaculada Concepción", date(2026, 11, 28): "Un sábado"})


def at(month: int, day: int, hour: int = 0, minute: int = 0, *, zone: str = "America/Caracas") -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone))


@pytest.fixture(scope="session")
def told(make_project):
    """A function: what is said of tickets → the warnings about their dates, in Spanish."""

    def tell(*tickets: dict[str, object]) -> list[str]:
        return [problem.text(str) for problem in agenda_problems([make_project(*tickets, calendar=CLOSED)])]

    return tell


@pytest.mark.parametrize(
    ("when", "message"),
    [
        (at(12, 8, 9), "La fecha acordada de #1 (2026-12-08 09:00) es feriado: Inmaculada Concepción."),
        (at(12, 8), "La fecha acordada de #1 (2026-12-08) es feriado: Inmaculada Concepción."),
        (at(11, 28, 9), "La fecha acordada de #1 (2026-11-28 09:00) es feriado: Un sábado."),
        (at(11, 29), "La fecha acordada de #1 (2026-11-29) cae en fin de semana."),
        (at(11, 25, 7, 59), "La hora acordada de #1 (2026-11-25 07:59) está fuera del horario de servicio."),
        (at(11, 25, 12, 30), "La hora acordada de #1 (2026-11-25 12:30) está fuera del horario de servicio."),
        (at(11, 25, 16, 30), "La hora acordada de #1 (2026-11-25 16:30) está fuera del horario de servicio."),
    ],
)
def test_a_date_out_of_service_is_told_once(told, when: datetime, message: str) -> None:
    assert told({"agreed": when}) == [message]


@pytest.mark.parametrize("when", [at(11, 25, 8), at(11, 25, 11, 59), at(11, 25, 13), at(11, 25, 16, 29), at(11, 25)])
def test_a_date_in_service_is_no_problem(told, when: datetime) -> None:
    assert told({"agreed": when}) == []


@pytest.mark.parametrize(
    "ticket",
    [
        {"agreed": at(11, 22, 20)},
        {"agreed": at(11, 29), "status": "done"},
        {"agreed": at(11, 29), "status": "cancelled"},
        {"due": at(11, 29)},
    ],
)
def test_what_has_passed_or_is_over_is_no_problem_any_more(told, ticket: dict[str, object]) -> None:
    assert told(ticket) == []


def test_the_day_of_the_cut_is_still_ahead(make_project) -> None:
    assert len(agenda_problems([make_project({"agreed": at(11, 23, 20)})])) == 1


def test_a_warning_says_where_and_what_to_do(make_project) -> None:
    (problem,) = agenda_problems(
        [make_project({"agreed": at(11, 29), "source_file": "tickets/a.csv", "source_row": 7})]
    )
    assert (problem.file, problem.row, problem.column) == ("tickets/a.csv", 7, "Fecha acordada")
    assert problem.severity is Severity.WARNING
    assert problem.cure(str) == "Acuerde un día hábil."


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ({"agreed": at(11, 25, 9)}, {"agreed": at(11, 25, 9)}, True),
        ({"agreed": at(11, 25, 9)}, {"agreed": at(11, 25, 9, 59)}, True),
        ({"agreed": at(11, 25, 9)}, {"agreed": at(11, 25, 10)}, False),
        ({"agreed": at(11, 25, 9), "estimate_hours": 2.0}, {"agreed": at(11, 25, 10)}, True),
        ({"agreed": at(11, 25, 9)}, {"agreed": at(11, 25)}, False),
        ({"agreed": at(11, 25, 9)}, {"agreed": at(11, 25, 9), "status": "done"}, False),
    ],
)
def test_a_client_cannot_be_at_two_appointments_at_once(told, first, second, clash: bool) -> None:
    messages = told(first, second)
    assert (len(messages) == 1 and "coincide con la de #1" in messages[0]) if clash else messages == []


def test_a_long_appointment_clashes_with_each_one_within_it(told) -> None:
    long = {"agreed": at(11, 25, 8), "estimate_hours": 4.0}
    messages = told(long, {"agreed": at(11, 25, 9)}, {"agreed": at(11, 25, 11)})
    assert [message.split(" (")[0] for message in messages] == ["La cita de #2", "La cita de #3"]
    assert all("con la de #1" in message for message in messages)


def test_nobody_attends_two_clients_at_once_whatever_their_zones(make_project) -> None:
    ana = {"assignee": "Ana Díaz", "agreed": at(11, 25, 9)}
    there = {"assignee": "ANA DIAZ", "agreed": at(11, 25, 10, zone="America/Santiago"), "ticket": "9"}
    away = make_project(there, id="lejos", time_zone=ZoneInfo("America/Santiago"))
    (problem,) = agenda_problems([make_project(ana), away])
    assert problem.text(str) == (
        "La cita de #9 (2026-11-25 09:00) coincide con la de #1 (2026-11-25 09:00), "
        "del proyecto «acme»: las atiende ANA DIAZ."
    )


def test_two_clients_at_once_are_no_problem_for_two_people(make_project) -> None:
    ana, luis = ({"assignee": name, "agreed": at(11, 25, 9)} for name in ("Ana", "Luis"))
    nobody = {"agreed": at(11, 25, 9)}
    projects = [make_project(ticket, id=str(number)) for number, ticket in enumerate([ana, luis, nobody, nobody])]
    assert agenda_problems(projects) == []
