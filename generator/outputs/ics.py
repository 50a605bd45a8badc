"""Agreed dates → calendars (RFC 5545): one to subscribe to for a project, and one for each of its appointments.

The same appointments give the same bytes: every instant in them is that of a cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, Timezone, vDuration

from ..metrics.appointments import Appointment, AppointmentState
from ..pages.agenda import description, end_of, heading

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ..locale import Words
    from ..projects.model import Cut, Project

_REFRESH = timedelta(hours=12)
"""How often a calendar that follows the address is asked to look again."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Characters that RFC 5545 does not allow in a text, and those that programs take for the end of a line."""


def calendar_ics(appointments: Sequence[Appointment], project: Project, words: Words) -> bytes:
    """Return the agenda of *project* with all its *appointments*, the cancelled ones too, in the project's zone."""
    return _calendar(appointments, project, words, followed=True)


def event_ics(appointment: Appointment, project: Project, words: Words) -> bytes:
    """Return a calendar of one appointment; opened again after a change it replaces what it wrote before."""
    return _calendar([appointment], project, words)


def _calendar(appointments: Sequence[Appointment], project: Project, words: Words, *, followed: bool = False) -> bytes:
    """Return a calendar; one that is *followed* has a name, and says how often to look at it again."""
    calendar = Calendar()
    calendar.add("prodid", "-//AdaptaPro//avance//ES")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if followed:
        name = clean_text(f"{words.text('Agenda')} · {project.name}")
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", project.time_zone.key)
        calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(_REFRESH))
    years = [appointment.moment.year for appointment in appointments] or [_stamp(project.cut, project.time_zone).year]
    calendar.add_component(time_zone_rules(project.time_zone.key, min(years), max(years)))
    for appointment in appointments:
        calendar.add_component(_event(appointment, project, words))
    content: bytes = calendar.to_ical()
    return content


def _event(appointment: Appointment, project: Project, words: Words) -> Event:
    event = Event()
    start, end = appointment.moment, end_of(appointment)
    event.add("uid", clean_text(f"{appointment.ticket.ticket}@{project.id}.avance"))
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", _stamp(project.cut, project.time_zone))
    event.add("last-modified", _stamp(appointment.last_changed, project.time_zone))
    event.add("dtstart", start.date() if appointment.is_day else start)
    event.add("dtend", end.date() if appointment.is_day else end)
    event.add("summary", clean_text(heading(appointment, words)))
    event.add("description", clean_text(description(appointment, project, words)))
    event.add("status", _status(appointment))
    event.add("transp", "TRANSPARENT" if appointment.is_day else "OPAQUE")
    return event


def _status(appointment: Appointment) -> str:
    if appointment.state is AppointmentState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if appointment.tentative else "CONFIRMED"


def _stamp(cut: Cut, zone: ZoneInfo) -> datetime:
    """Return the instant of a cut in UTC: the midnight of its day where its time is not known."""
    local = cut.instant or datetime.combine(cut.day or date(1970, 1, 1), time(0), zone)
    return local.astimezone(UTC)


@cache
def time_zone_rules(key: str, first: int, last: int) -> Timezone:
    """Return the rules of a time zone from the year *first* to the year *last*: those of 1970 to 2038 are 3 KB more."""
    zone = Timezone.from_tzid(key, first_date=date(first, 1, 1), last_date=date(last + 1, 1, 1))
    del zone["COMMENT"]
    return zone


def clean_text(text: str) -> str:
    """Return *text* without the characters that a calendar may not hold."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n"))
