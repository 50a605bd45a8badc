"""The forecast in words, and the burn-up chart."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from generator.locale import words
from generator.metrics.forecast import Refusal
from generator.pages.evolution import burn_up, completion, completion_figure
from generator.projects.model import Phase

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
MONDAY = datetime(2026, 9, 7, 9, tzinfo=CARACAS)


@pytest.mark.parametrize("refusal", [refusal for refusal in Refusal if refusal is not Refusal.NOTHING_LEFT])
def test_every_refusal_is_told_in_words(make_project, refusal: Refusal) -> None:
    figure = completion_figure(make_project(), refusal, ES)
    assert figure is not None
    assert figure.value == "sin dato"
    assert figure.lines[0].startswith("Sin pronóstico: ")
    assert "{" not in figure.lines[0]


def test_when_nothing_is_left_only_the_plan_is_told(make_project) -> None:
    assert completion_figure(make_project(), Refusal.NOTHING_LEFT, ES) is None
    figure = completion_figure(make_project(planned_end=date(2026, 12, 18)), Refusal.NOTHING_LEFT, ES)
    assert figure is not None
    assert len(figure.lines) == 1


def test_a_service_that_goes_on_has_no_completion(make_project) -> None:
    assert completion(make_project({}, phase=Phase.ESERVICE)) is None


def test_the_chart_ends_at_the_cut_without_a_forecast(make_project) -> None:
    project = make_project({"created": MONDAY}, {"created": MONDAY, "status": "done", "closed": MONDAY})
    chart = burn_up(project, Refusal.TOO_SHORT, ES)
    assert chart is not None
    assert [line.points[-1][0] for line in chart.lines] == [1.0, 1.0]
    assert chart.table.rows[0] == ("lun 23 nov 2026", "2", "1")
    assert not chart.areas


def test_one_point_is_no_chart(make_project) -> None:
    today = datetime(2026, 11, 23, 9, tzinfo=CARACAS)
    assert burn_up(make_project({"created": today}), None, ES) is None
    assert burn_up(make_project(), None, ES) is None


def test_the_cone_begins_at_what_is_done_and_ends_within_the_scope(make_project) -> None:
    done = [
        {"status": "done", "created": MONDAY, "closed": MONDAY + timedelta(days=7 * (n // 3), hours=n)}
        for n in range(33)
    ]
    project = make_project(*done, *({"created": MONDAY} for _ in range(9)))
    chart = burn_up(project, completion(project), ES)
    assert chart is not None
    (cone,) = chart.areas
    assert cone.points[0] == chart.lines[1].points[-1]
    assert max(y for _, y in cone.points) <= chart.lines[0].points[-1][1]
