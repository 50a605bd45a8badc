"""How soon support tickets are answered and resolved."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import read_source
from generator.metrics.response import Measure, Response, nearest_rank, responses, summary
from generator.projects.calendar import ServiceCalendar
from generator.projects.model import Project, ServiceTimes
from generator.website.documentation import load_site, plugin_of

ROOT = Path(__file__).parent.parent.parent
CARACAS = ZoneInfo("America/Caracas")
TIMES = ServiceTimes(first_answer={"alta": 2, "": 4}, resolution={"": 15})
SAMPLE = "textiles-del-sur"


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a time of November 2026 in Caracas; without an hour it is a day."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CARACAS)


@pytest.fixture(scope="session")
def respond(make_project):
    """A function: what is said of tickets, and of their project → the measures of the first ticket."""

    def respond(*tickets: dict[str, object], **fields: object) -> Response:
        return responses(make_project(*tickets, **{"service_times": TIMES} | fields))["1"]

    return respond


def test_hours_are_those_of_service(respond) -> None:
    friday = {"created": at(20, 16), "answered": at(23, 9), "closed": at(23, 10), "status": "done"}
    found = respond(friday)
    assert (found.answer.hours, found.resolution.hours) == (1.5, 2.5)
    holiday = ServiceCalendar({date(2026, 11, 23): "Fiesta"})
    assert respond(friday | {"closed": at(24, 10)}, calendar=holiday).resolution.hours == 2.5


def test_the_contracted_time_is_that_of_the_priority(respond) -> None:
    said = {"created": at(20, 8), "answered": at(20, 11), "status": "doing"}
    assert respond(said).answer.within
    assert respond(said | {"priority": "ALTA"}).answer.within is False
    assert respond(said | {"priority": "Alta"}).answer.left == -1
    assert respond(said, service_times=ServiceTimes()).answer.within is None


def test_what_has_not_happened_runs_up_to_the_cut(make_project) -> None:
    project = make_project({"created": at(20, 15), "status": "doing"}, service_times=TIMES)
    assert responses(project)["1"].resolution == Measure(
        happened=False, least=1.5, most=9.0, days=1, contracted=15
    )  # the cut tells its day, and not the time


def test_without_a_time_of_day_there_are_days_and_a_judgement_only_where_no_hour_matters(respond) -> None:
    done = {"created": at(20), "status": "done"}
    same, next_, week = (respond(done | {"closed": at(day)}).resolution for day in (20, 23, 27))
    assert [(found.hours, found.days) for found in (same, next_, week)] == [(None, 0), (None, 1), (None, 5)]
    assert [found.within for found in (same, next_, week)] == [True, True, False]
    assert respond(done | {"closed": at(24)}).resolution.within is None


@pytest.mark.parametrize(
    "said",
    [
        {"status": "done"},
        {"status": "done", "created": at(20, 9)},
        {"status": "done", "created": at(23, 9), "closed": at(20, 9)},
        {"status": "cancelled", "created": at(20, 9), "closed": at(23, 9)},
        {"status": "doing", "answered": at(20, 9)},
    ],
)
def test_what_is_not_told_is_unknown(respond, said: dict[str, object]) -> None:
    assert respond(said) == Response(answer=None, resolution=None)


@pytest.mark.parametrize(("others", "status", "known"), [([], "todo", 0), ([1], "todo", 1), ([1], "doing", 0)])
def test_a_ticket_to_do_waits_for_its_answer_where_answers_are_told(
    respond, others: list[int], status: str, known: int
) -> None:
    told = [{"created": at(20, 9), "answered": at(20, 10), "status": "doing"} for _ in others]
    found = respond({"created": at(20, 9), "status": status}, *told).answer
    assert (found is not None and not found.happened) == bool(known)


def test_the_summary_leaves_out_what_is_unknown() -> None:
    def measure(hours: float, *, happened: bool = True, contracted: float | None = 2) -> Measure:
        return Measure(happened=happened, least=hours, most=hours, days=0, contracted=contracted)

    found = summary(
        [
            measure(1),
            None,
            measure(3),
            measure(5, contracted=None),
            measure(9, happened=False),
            measure(0, happened=False),
        ]
    )
    assert (found.known, found.median, found.p85) == (3, 3, 5)
    assert (found.judged, found.within, found.late) == (2, 1, 1)
    assert summary([None]).median is None


def test_without_any_hour_the_summary_is_in_days() -> None:
    days = [Measure(happened=True, least=0, most=7.5, days=count) for count in (3, 1, 2)]
    assert (summary(days).median, summary(days).in_days) == (2, True)


@given(st.lists(st.integers(0, 99), min_size=1).map(sorted), st.integers(1, 100))
def test_the_percentile_is_the_smallest_value_that_so_many_do_not_exceed(values: list[int], percent: int) -> None:
    found = nearest_rank(values, percent)
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)


@settings(max_examples=40)
@given(st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 22)), st.integers(0, 10_000))
def test_a_time_in_doubt_holds_the_time_that_it_was(make_project, start: datetime, minutes: int) -> None:
    created = start.replace(tzinfo=CARACAS)
    closed = created + timedelta(minutes=minutes)
    days = [moment.replace(hour=0, minute=0, second=0, microsecond=0) for moment in (created, closed)]
    said = [{"created": first, "closed": last, "status": "done"} for first, last in ((created, closed), days)]
    exact, doubted = (found.resolution for found in responses(make_project(*said)).values())
    assert doubted.least <= exact.least
    assert exact.most <= doubted.most


@pytest.fixture(scope="module")
def sample() -> Project:
    config = load_site(ROOT / "mkdocs.yml", {"public": True})
    source = read_source(plugin_of(config).settings(config), docs_dir=Path(config.docs_dir))
    return next(project for project in source.projects if project.id == SAMPLE)


def sample_rows() -> list[dict[str, str]]:
    """Return the newest export of the sample project, read with the csv module and nothing of ours."""
    newest = max((ROOT / "data" / "tickets" / SAMPLE).glob("*.csv"))
    text = newest.read_bytes().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    return [row for row in rows if row["Publicar"] != "No"]


def in_bogota(cell: str) -> datetime | None:
    """Return the time of a cell, which is on the clock of Caracas."""
    return datetime.strptime(cell, "%Y-%m-%d %H:%M") - timedelta(hours=1) if cell else None


def served_minutes(start: datetime, end: datetime, holidays: set[str]) -> int:
    """Count the minutes of service one by one."""
    count = 0
    while start < end:
        minute = 60 * start.hour + start.minute
        served = 480 <= minute < 720 or 780 <= minute < 990
        count += served and start.weekday() < 5 and start.date().isoformat() not in holidays
        start += timedelta(minutes=1)
    return count


def test_the_sample_is_what_a_plain_count_of_minutes_gives(sample: Project) -> None:
    days = {day.isoformat() for day in country_holidays("CO", years=2026)}
    with (ROOT / "data" / "holidays.csv").open(encoding="utf-8") as file:
        days |= {row["fecha"] for row in csv.DictReader(file) if row["pais"] == "CO"}
    found = responses(sample)
    rows = sample_rows()
    assert len(found) == len(rows)
    for row in rows:
        response = found[row["ID"].replace(" ", "")]
        created, answered, solved = (
            in_bogota(row[name]) for name in ("Fecha de apertura", "Primera respuesta", "Fecha de solución")
        )
        for measure, event in ((response.answer, answered), (response.resolution, solved)):
            if event:
                assert measure.happened
                assert round(60 * measure.hours) == served_minutes(created, event, days), row["ID"]
            else:
                assert measure is None or not measure.happened
        limit = {"Alta": 2, "Mediana": 4, "Baja": 8}[row["Prioridad"]]
        if answered:
            assert response.answer.within == (served_minutes(created, answered, days) <= 60 * limit)
