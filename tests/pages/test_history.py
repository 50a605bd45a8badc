"""The history: figures, charts, and what ended long ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from generator.locale import words
from generator.pages.history import history_page

ES = words("es")
FIRST = datetime(2025, 1, 1, 9, tzinfo=ZoneInfo("America/Caracas"))


def test_old_tickets_are_on_pages_of_their_own_newest_first(make_project) -> None:
    project = make_project(
        *({"status": "done", "created": FIRST, "closed": FIRST + timedelta(days=day)} for day in range(440))
    )
    first, second = (history_page(project, page, ES) for page in (1, 2))
    assert [len(page.older) for page in (first, second)] == [200, 40]
    assert (first.older[0].ticket, second.older[-1].ticket) == ("240", "1")
    assert [link.address for link in second.pages] == ["../../historial/", "../../historial/2/"]
    assert first.figures
    assert not second.figures


def test_a_project_without_tickets_says_that_it_has_no_data(make_project) -> None:
    page = history_page(make_project(), 1, ES)
    assert {figure.value for figure in page.figures} == {"sin dato"}
    assert (page.charts, page.older, page.pages) == ((), (), ())


def test_figures_are_in_working_days_and_hours(make_project) -> None:
    monday = datetime(2026, 11, 9, 9, tzinfo=ZoneInfo("America/Caracas"))
    page = history_page(
        make_project(
            {"status": "done", "created": monday, "closed": monday + timedelta(days=7), "estimate_hours": 3.0},
            {"created": monday, "estimate_hours": 1.5},
            {"created": monday},
        ),
        1,
        ES,
    )
    lead, pace, effort = page.figures
    assert lead.value == "5 días hábiles"
    assert pace.value == "0,3 por semana"
    assert effort.lines == (
        "3 de 4,5 horas estimadas",
        "Horas estimadas de las tareas culminadas entre las de todas; tienen estimación 2 de 3.",
    )
    assert [chart.title for chart in page.charts] == [
        "Flujo acumulado",
        "Culminadas por semana",
        "Edad de las tareas abiertas",
    ]
