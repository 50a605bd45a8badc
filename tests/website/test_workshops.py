"""Workshops from Markdown: when they are, how to enrol, and what a calendar reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from generator.locale import words
from generator.website.contents import ContentPage
from generator.website.workshops import (
    EnrolContact,
    Workshop,
    enrol_links,
    read_workshops,
    workshop_about,
    workshop_details,
    workshop_ics,
    workshops_ics,
    workshops_list,
)

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")
MARIA = EnrolContact(country="Venezuela", name="María", whatsapp="+58 212 555 0123", mail="maria@adaptapro.example")
SITE = "https://avance.example/"


def page(name: str = "conteo", **front: object) -> ContentPage:
    usual = {"start": "2026-12-03 14:00", "end": "2026-12-03 15:30", "date": date(2026, 11, 23), "title": name}
    return ContentPage(path=f"talleres/{name}.md", front={**usual, **front})


def workshop(name: str = "conteo", **front: object) -> Workshop:
    (found,), problems = read_workshops([page(name, **front)], CARACAS)
    assert problems == ()
    return found


def events(content: bytes) -> list:
    return Calendar.from_ical(content).walk("VEVENT")


def test_the_first_to_begin_stands_first() -> None:
    other = page("cierre", start="2026-12-01 09:00", end="2026-12-01 10:00")
    found, _ = read_workshops([page(), other, page("borrador", draft=True), page("index")], CARACAS)
    assert [each.title for each in found] == ["cierre", "conteo"]


def test_times_are_in_the_zone_of_the_workshop_or_of_the_site() -> None:
    assert workshop().start == datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
    assert workshop(time_zone="America/Lima").start == datetime(2026, 12, 3, 19, 0, tzinfo=UTC)
    assert workshop(start=datetime(2026, 12, 3, 14, 0)).start == workshop().start


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ({"start": "pronto"}, "empieza"),
        ({"end": "2026-12-03 14:00"}, "termina"),
        ({"date": None}, "anunció"),
        ({"time_zone": "America/Atlantis"}, "America/Atlantis"),
        ({"time_zone": "../../etc/passwd"}, "zona horaria"),
    ],
)
def test_what_is_wrong_is_told_and_left_out(front: dict[str, object], told: str) -> None:
    found, (problem,) = read_workshops([page(**front)], CARACAS)
    assert found == ()
    assert told in problem.text(str)
    assert problem.file == "content/talleres/conteo.md"


def test_the_index_says_whom_to_write_to_and_a_workshop_may_say_another() -> None:
    index = ContentPage(path="talleres/index.md", front={"enrol": [{"name": "María", "mail": "m@x.example"}, "nadie"]})
    own = page("cierre", enrol=[{"name": "Lucía", "whatsapp": "+51 1 555 0167"}])
    found, _ = read_workshops([index, page(), own], CARACAS)
    assert {each.title: [contact.name for contact in each.enrol] for each in found} == {
        "conteo": ["María"],
        "cierre": ["Lucía"],
    }


def test_a_line_says_day_hour_city_length_and_audience() -> None:
    told = workshop_about(workshop(audience=["Inventario"]), ES)
    assert "jue 3 dic 2026, 14:00 (hora de Caracas)</time> · 1 h 30 min · Para: Inventario" in told
    assert 'data-end="2026-12-03T15:30:00-04:00"' in told


def test_enrolling_opens_a_written_message() -> None:
    (_, chat), (_, mail) = enrol_links(MARIA, workshop("Conteo & ajuste"), ES)
    assert urlsplit(chat).netloc == "wa.me"
    assert urlsplit(chat).path == "/582125550123"
    assert "«Conteo & ajuste»" in parse_qs(urlsplit(chat).query)["text"][0]
    assert urlsplit(mail).path == "maria@adaptapro.example"
    assert parse_qs(urlsplit(mail).query)["subject"] == ["Inscripción: Conteo & ajuste"]


def test_a_contact_without_telephone_is_written_to_by_mail() -> None:
    assert [label for label, _ in enrol_links(EnrolContact(mail="m@x.example"), workshop(), ES)] == ["correo"]


def test_names_in_enrolments_are_text() -> None:
    told = workshop_details(workshop(enrol=[{"name": "<b>x</b>", "mail": "m@x.example"}]), ES)
    assert "&lt;b&gt;x&lt;/b&gt;" in told


def test_a_cancelled_workshop_says_so_and_takes_no_enrolment() -> None:
    told = workshop_details(workshop(cancelled=True, enrol=[{"mail": "m@x.example"}]), ES)
    assert told.startswith("Cancelado")
    assert "mailto" not in told


def test_the_list_keeps_a_place_for_those_that_are_over() -> None:
    listed = workshops_list([workshop()], ES)
    assert "[conteo](conteo.md)" in listed
    assert "<section data-past hidden>" in listed
    assert workshops_list([], ES) == "Todavía no hay talleres programados."


def test_a_calendar_has_the_times_and_the_way_to_the_page() -> None:
    (event,) = events(workshop_ics(workshop(description="Contar a ciegas."), ES, site_url=SITE))
    assert event.decoded("dtstart") == datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)
    assert str(event["summary"]) == "Taller: conteo"
    assert str(event["description"]) == f"Contar a ciegas.\n{SITE}talleres/conteo/"
    assert event.decoded("dtstamp") == datetime(2026, 11, 23, tzinfo=UTC)


def test_the_calendar_of_all_has_each_once_and_every_zone() -> None:
    each = [workshop(), workshop("cierre", time_zone="America/Lima", cancelled=True)]
    content = workshops_ics(each, ES, title="AdaptaPro", site_url=SITE)
    assert len({str(event["uid"]) for event in events(content)}) == 2
    assert [str(event["status"]) for event in events(content)] == ["CONFIRMED", "CANCELLED"]
    assert {str(zone["tzid"]) for zone in Calendar.from_ical(content).walk("VTIMEZONE")} == {
        "America/Caracas",
        "America/Lima",
    }


def test_the_calendar_alone_and_that_of_all_speak_of_the_same_event() -> None:
    (alone,) = events(workshop_ics(workshop(), ES))
    (among,) = events(workshops_ics([workshop()], ES, title="X"))
    assert alone["uid"] == among["uid"]
