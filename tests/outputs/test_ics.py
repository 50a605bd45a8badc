"""Calendars: read back by the library's reader, as a calendar program would."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unicodedata import category
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from generator.locale import words
from generator.metrics.appointments import appointments
from generator.outputs.ics import calendar_ics, event_ics
from generator.projects.model import Cut, Person, Project

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
AT_16 = datetime(2026, 11, 25, 16, tzinfo=CARACAS)
DAY = datetime(2026, 11, 27, tzinfo=CARACAS)
ANA = Person(id="ana", name="Ana Díaz", email="ana@a.example", phone="+58 212 555 0100")


def written(project: Project) -> bytes:
    return calendar_ics(appointments(project), project, ES)


def events(project: Project) -> list[Event]:
    """Return the events of the project's calendar, read back."""
    return list(Calendar.from_ical(written(project)).walk("VEVENT"))


def event(project: Project) -> Event:
    (found,) = events(project)
    return found


def test_sixteen_hours_in_caracas_are_twenty_in_utc(make_project) -> None:
    start = event(make_project({"agreed": AT_16}))["dtstart"]
    assert start.dt.astimezone(UTC) == datetime(2026, 11, 25, 20, tzinfo=UTC)
    assert start.params["TZID"] == "America/Caracas"


def test_a_moved_event_keeps_its_uid_and_its_sequence_grows_by_one(make_project) -> None:
    before = make_project({"ticket": "1050", "agreed": AT_16})
    after = make_project({"ticket": "1050", "agreed": DAY}, before=[{"ticket": "1050", "agreed": AT_16}])
    assert event(before)["uid"] == event(after)["uid"] == "1050@acme.avance"
    assert (event(before)["sequence"], event(after)["sequence"]) == (0, 1)
    assert event(after)["last-modified"].dt == datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.mark.parametrize("now", [{}, {"agreed": AT_16, "status": "cancelled"}, {"ticket": "2"}])
def test_what_is_withdrawn_is_cancelled_with_a_new_sequence(make_project, now: dict[str, object]) -> None:
    found = event(make_project(now, before=[{"agreed": AT_16}]))
    assert (found["uid"], found["status"], found["sequence"]) == ("1@acme.avance", "CANCELLED", 1)


@pytest.mark.parametrize(
    ("ticket", "status"),
    [
        ({"agreed": AT_16}, "CONFIRMED"),
        ({"agreed": AT_16, "labels": "fecha propuesta"}, "TENTATIVE"),
        ({"agreed": AT_16 - timedelta(weeks=1), "status": "done"}, "CONFIRMED"),
    ],
)
def test_the_status_of_an_event(make_project, ticket: dict[str, object], status: str) -> None:
    assert event(make_project(ticket))["status"] == status


@pytest.mark.parametrize(("estimate", "hours"), [(None, 1), (2.5, 2.5), (8.0, 1)])
def test_an_event_ends_after_what_is_estimated(make_project, estimate: float | None, hours: float) -> None:
    found = event(make_project({"agreed": AT_16, "estimate_hours": estimate}))
    assert found["dtend"].dt - found["dtstart"].dt == timedelta(hours=hours)


def test_a_day_without_a_time_is_a_whole_day_and_ends_before_the_next(make_project) -> None:
    found = event(make_project({"agreed": DAY}))
    assert (found["dtstart"].dt, found["dtend"].dt) == (date(2026, 11, 27), date(2026, 11, 28))
    assert found["transp"] == "TRANSPARENT"
    assert b"DTSTART;VALUE=DATE:20261127\r\n" in written(make_project({"agreed": DAY}))


@pytest.mark.parametrize("zone", ["America/Caracas", "America/Santiago", "America/Mexico_City", "America/New_York"])
def test_a_program_that_knows_no_zone_reads_the_same_instants(make_project, zone: str) -> None:
    """A day of every week over a year, from the rules in the file alone: Santiago and New York change their clocks."""
    own = ZoneInfo(zone)
    days = [datetime(2026, 11, 25, 9, tzinfo=own) + timedelta(weeks=week) for week in range(60)]
    project = make_project(*({"agreed": day.replace(tzinfo=own)} for day in days), time_zone=own)
    calendar = Calendar.from_ical(written(project))
    (rules,) = calendar.walk("VTIMEZONE")
    own_rules = rules.to_tz(lookup_tzid=False)
    walls = [found["dtstart"].dt.replace(tzinfo=None) for found in calendar.walk("VEVENT")]
    assert [wall.replace(tzinfo=own_rules).astimezone(UTC) for wall in walls] == [
        wall.replace(tzinfo=own).astimezone(UTC) for wall in walls
    ]
    assert len(rules.to_ical()) < 1000


def test_the_calendar_names_itself_and_asks_to_be_looked_at_again(make_project) -> None:
    calendar = Calendar.from_ical(written(make_project()))
    assert calendar["x-wr-calname"] == "Agenda · Ventas"
    assert (calendar["method"], calendar["version"], calendar["x-wr-timezone"]) == ("PUBLISH", "2.0", "America/Caracas")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in written(make_project())
    assert b"\r\nPRODID:-//AdaptaPro//avance//ES\r\n" in written(make_project())


@pytest.mark.parametrize("name", ["Ventas\nATTACH:https://a.example", "a\r\nb", "\x0b", "a;b:c,d\\n"])
def test_the_name_of_a_calendar_is_one_line_whatever_a_project_is_called(make_project, name: str) -> None:
    calendar = Calendar.from_ical(written(make_project(name=name)))
    assert "attach" not in calendar
    assert len(str(calendar["x-wr-calname"]).splitlines()) == 1


def test_a_calendar_without_a_date_is_still_a_calendar(make_project) -> None:
    assert events(make_project()) == []
    assert len(Calendar.from_ical(written(make_project())).walk("VTIMEZONE")) == 1


def test_the_stamp_is_that_of_the_cut(make_project, make_tickets) -> None:
    assert event(make_project({"agreed": AT_16}))["dtstamp"].dt == datetime(2026, 11, 23, 4, tzinfo=UTC)
    table = make_tickets({"agreed": AT_16}, zone=CARACAS.key)
    known = Cut(number=1, day=date(2026, 11, 23), instant=datetime(2026, 11, 23, 15, 40, tzinfo=CARACAS), tickets=table)
    assert event(make_project(cuts=(known,)))["dtstamp"].dt == datetime(2026, 11, 23, 19, 40, tzinfo=UTC)


def test_an_event_tells_ticket_project_and_contact_and_has_no_link(make_project) -> None:
    found = event(make_project({"ticket": "1050", "title": "Cargar saldos", "agreed": AT_16}, executive=ANA))
    assert found["summary"] == "#1050 Cargar saldos"
    assert found["description"].split("\n") == [
        "ACME, C.A. · Ventas",
        "Acordada",
        "Zona horaria: hora de Caracas.",
        "Su contacto: Ana Díaz.",
        "Según el corte N.º 1, lun 23 nov 2026.",
    ]
    assert not any(name in found for name in ("url", "organizer", "attendee"))
    assert "@a.example" not in written(make_project({"agreed": AT_16}, executive=ANA)).decode()


def test_one_appointment_has_a_calendar_of_its_own(make_project) -> None:
    project = make_project({"agreed": AT_16}, {"agreed": DAY})
    second = appointments(project)[1]
    alone = Calendar.from_ical(event_ics(second, project, ES))
    assert [found["uid"] for found in alone.walk("VEVENT")] == ["2@acme.avance"]
    assert event_ics(second, project, ES).partition(b"BEGIN:VEVENT")[2] in written(project)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=400) | st.sampled_from(
    [
        "a,b;c\\d\\n",
        "línea\r\nBEGIN:VEVENT\r\nSUMMARY:otra",
        "🚚" * 200,
        "x" * 400,
        "á" * 400,
        "END:VCALENDAR\n",
        "tab\ty\x0bz\x85w\u2028v",
    ]
)


@settings(max_examples=150)
@given(title=TEXTS, client=TEXTS, ticket=TEXTS)
@example(title="a\rb", client="\x00", ticket="1\n2")
def test_whatever_a_tracker_says_is_text_in_folded_lines(make_project, title: str, client: str, ticket: str) -> None:
    project = make_project({"title": title, "ticket": ticket, "agreed": AT_16}, client=client)
    lines = written(project).split(b"\r\n")
    assert all(len(line) <= 75 and not set(line) & set(b"\r\n\x00\x0b") for line in lines)
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VCALENDAR") == 1
    found = event(project)
    number = f"#{ticket}" if ticket.isdigit() else ticket
    assert found["summary"] == without_controls(f"{number} {title or 'Sin título'}")
    assert found["uid"] == without_controls(f"{ticket}@acme.avance")
    assert found["description"].startswith(without_controls(f"{client} · Ventas\nAcordada\n"))


def without_controls(text: str) -> str:
    """Return *text* with a space for each character that is no text in a calendar; line ends are "\\n"."""
    plain = text.replace("\r\n", "\n")
    return "".join(" " if category(char) in ("Cc", "Zl", "Zp") and char not in "\n\t" else char for char in plain)


@settings(max_examples=20)
@given(title=TEXTS)
def test_the_same_agenda_gives_the_same_bytes(make_project, title: str) -> None:
    first, second = (
        written(make_project({"title": title, "agreed": AT_16}, {"agreed": DAY}, before=[{"agreed": DAY}]))
        for _ in range(2)
    )
    assert first == second
