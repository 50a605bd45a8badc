"""Talleres: online workshops → what their pages say, the page that lists them, and calendars (RFC 5545).

A workshop is a page of `talleres/`. Its front matter:

    start, end   2026-12-03 14:00, in `time_zone`, or where there is none in that of the site
    date         the day on which it was announced or last changed; calendars take the newer
    audience     whom it is for: [Contabilidad]
    enrol        whom to write to: a list of {country, name, whatsapp, mail}; the index page has the one for all
    cancelled    true takes it out of the calendars of those who follow them

Nothing asks the clock: a workshop that is over is told by the reader's browser (`assets/workshops.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from ..outputs.ics import clean_text, time_zone_rules
from ..pages.parts import hours
from ..problems import N_, Problem
from .addresses import page_address

if TYPE_CHECKING:
    from ..locale import Words
    from .contents import ContentPage

FOLDER = "talleres/"
INDEX = "talleres/index.md"
CALENDAR = "talleres/talleres.ics"
MARKER = "<!-- talleres -->"
"""Where in the index page the list goes; without it, at the end."""


@dataclass(frozen=True, kw_only=True)
class EnrolContact:
    """Somebody who takes enrolments, by professional telephone (WhatsApp) or mail."""

    country: str = ""
    name: str = ""
    whatsapp: str = ""
    mail: str = ""


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """An online workshop; `start` and `end` are in its own zone, `changed` is when it was announced or last changed."""

    path: str
    title: str
    start: datetime
    end: datetime
    changed: date
    audience: tuple[str, ...] = ()
    summary: str = ""
    enrol: tuple[EnrolContact, ...] = ()
    cancelled: bool = False

    @property
    def calendar(self) -> str:
        """The address, from the home, of the calendar with this workshop alone."""
        return str(PurePosixPath(self.path).with_suffix(".ics"))

    @property
    def zone(self) -> ZoneInfo:
        """The zone that its times are in."""
        return self.start.tzinfo  # type: ignore[return-value]


def is_workshop(path: str) -> bool:
    """Return whether the page at *path* below content/ is a workshop, which needs no place in the navigation."""
    return path.startswith(FOLDER) and path != INDEX


def read_workshops(pages: Sequence[ContentPage], zone: ZoneInfo) -> tuple[tuple[Workshop, ...], tuple[Problem, ...]]:
    """Return the workshops in *pages*, the first to begin first, and what is wrong with those left out."""
    index = next((page for page in pages if page.path == INDEX), None)
    contacts = _contacts(index.front.get("enrol")) if index else ()
    workshops, problems = [], []
    for page in pages:
        if page.is_draft or not is_workshop(page.path):
            continue
        found = _read_workshop(page, zone, contacts)
        if isinstance(found, Workshop):
            workshops.append(found)
        else:
            problems.append(found)
    return tuple(sorted(workshops, key=lambda workshop: (workshop.start, workshop.path))), tuple(problems)


def _read_workshop(page: ContentPage, zone: ZoneInfo, contacts: tuple[EnrolContact, ...]) -> Workshop | Problem:
    file = f"content/{page.path}"
    name = page.front.get("time_zone")
    try:
        own = ZoneInfo(str(name)) if name else zone
    except (KeyError, ValueError, OSError):
        return Problem(
            message=N_("«{zone}» no es una zona horaria y el taller no se publica."),
            hint=N_("Escriba una como America/Caracas, America/Bogota o America/Lima."),
            file=file,
            values={"zone": name},
        )
    start, end, changed = _moment(page, "start", own), _moment(page, "end", own), page.day("date")
    if start is None or end is None or end <= start or changed is None:
        return Problem(
            message=N_("Al taller le falta cuándo empieza, cuándo termina o cuándo se anunció, y no se publica."),
            hint=N_("Escriba «start: 2026-12-03 14:00», «end: 2026-12-03 15:30» y «date: 2026-11-23»."),
            file=file,
        )
    return Workshop(
        path=page.path,
        title=page.title,
        start=start,
        end=end,
        changed=changed,
        audience=page.texts("audience"),
        summary=str(page.front.get("description", "")),
        enrol=_contacts(page.front.get("enrol")) or contacts,
        cancelled=page.front.get("cancelled") is True,
    )


def _moment(page: ContentPage, name: str, zone: ZoneInfo) -> datetime | None:
    """Return the time under *name*; YAML reads one without seconds as text."""
    try:
        return datetime.fromisoformat(str(page.front.get(name))).replace(tzinfo=zone)
    except ValueError:
        return None


def _contacts(found: Any) -> tuple[EnrolContact, ...]:
    """Return the contacts of a list of mappings; what is none is left out."""
    each = [contact for contact in found if isinstance(contact, dict)] if isinstance(found, list) else []
    return tuple(
        EnrolContact(**{name: str(contact.get(name, "")) for name in ("country", "name", "whatsapp", "mail")})
        for contact in each
    )


def workshop_about(workshop: Workshop, words: Words) -> str:
    """Return when a workshop is: "jue 3 dic 2026, 14:00 (hora de Caracas) · 1 h 30 min · Para: Contabilidad".

    The time is a `<time>` element, which the reader's browser compares with its clock.
    """
    zone = words.text("hora de {city}").format(city=words.city(workshop.zone))
    day = f"{words.day(workshop.start, year=True)}, {words.clock(workshop.start)} ({zone})"
    told = f'<time datetime="{workshop.start.isoformat()}" data-end="{workshop.end.isoformat()}">{escape(day)}</time>'
    length = (workshop.end.astimezone(UTC) - workshop.start.astimezone(UTC)).total_seconds() / 3600
    parts = [words.text("Cancelado")] if workshop.cancelled else []
    parts += [told, hours(length, words)]
    if workshop.audience:
        parts.append(words.text("Para: {audiences}").format(audiences=", ".join(workshop.audience)))
    return " · ".join(parts)


def workshop_details(workshop: Workshop, words: Words) -> str:
    """Return the Markdown at the top of a workshop's page: when, its calendar, and how to enrol."""
    blocks = [workshop_about(workshop, words)]
    if workshop.cancelled:
        return blocks[0]
    name = PurePosixPath(workshop.calendar).name
    blocks.append(f"[{words.text('Agregar al calendario (.ics)')}]({name})")
    blocks.append(f"<p data-past hidden>{escape(words.text('Este taller ya se realizó.'))}</p>")
    if workshop.enrol:
        told = words.text("Inscríbase con su ejecutivo de cuenta; el mensaje se abre ya escrito:")
        each = "".join(_enrol_line(contact, workshop, words) for contact in workshop.enrol)
        blocks.append(f"<div data-enrol><p>{escape(told)}</p><ul>{each}</ul></div>")
    return "\n\n".join(blocks)


def _enrol_line(contact: EnrolContact, workshop: Workshop, words: Words) -> str:
    who = " · ".join(part for part in (contact.country, contact.name) if part)
    links = " · ".join(
        f'<a href="{escape(address)}">{escape(label)}</a>' for label, address in enrol_links(contact, workshop, words)
    )
    return f"<li>{escape(who)}: {links}</li>" if who else f"<li>{links}</li>"


def enrol_links(contact: EnrolContact, workshop: Workshop, words: Words) -> tuple[tuple[str, str], ...]:
    """Return the ways to enrol with *contact*: a label, and a wa.me or mailto address with the message in it."""
    day = f"{words.full_day(workshop.start)}, {words.clock(workshop.start)}"
    text = words.text("Deseo inscribirme en el taller «{title}» ({day}). Mi nombre y mi empresa:").format(
        title=workshop.title, day=day
    )
    links = []
    digits = "".join(char for char in contact.whatsapp if char.isdigit())
    if digits:
        links.append(("WhatsApp", f"https://wa.me/{digits}?text={quote(text, safe='')}"))
    if contact.mail:
        subject = words.text("Inscripción: {title}").format(title=workshop.title)
        target = quote(contact.mail, safe="@")
        address = f"mailto:{target}?subject={quote(subject, safe='')}&body={quote(text, safe='')}"
        links.append((words.text("correo"), address))
    return tuple(links)


def workshops_list(workshops: Sequence[Workshop], words: Words) -> str:
    """Return the Markdown of all workshops in the order of their days, and the place for those that are over.

    What the reader's clock decides is HTML, so that the script finds it whatever extensions the site has.
    """
    if not workshops:
        return words.text("Todavía no hay talleres programados.")
    entries = [
        f"- **[{workshop.title}]({PurePosixPath(workshop.path).name})**<br>\n"
        f"  {workshop_about(workshop, words)}<br>\n  {workshop.summary}"
        for workshop in workshops
    ]
    over = (
        f'<section data-past hidden><h2 id="realizados">{escape(words.text("Ya realizados"))}</h2><ul></ul></section>'
    )
    return "\n".join(entries) + "\n\n" + over


def workshop_ics(workshop: Workshop, words: Words, *, site_url: str = "") -> bytes:
    """Return a calendar with one workshop; *site_url* is where the site is read, with its last slash, or empty."""
    return _calendar([workshop], words, site_url, name="")


def workshops_ics(workshops: Sequence[Workshop], words: Words, *, title: str, site_url: str = "") -> bytes:
    """Return the calendar of all workshops, to follow; the cancelled ones are in it, so that they are taken out."""
    return _calendar(workshops, words, site_url, name=f"{words.text('Talleres')} · {title}")


def _calendar(workshops: Sequence[Workshop], words: Words, site_url: str, *, name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//AdaptaPro//avance//ES")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", clean_text(name))
        calendar.add("x-wr-calname", clean_text(name))
    for key, years in sorted(_years(workshops).items()):
        calendar.add_component(time_zone_rules(key, min(years), max(years)))
    for workshop in workshops:
        calendar.add_component(_event(workshop, words, site_url))
    content: bytes = calendar.to_ical()
    return content


def _years(workshops: Iterable[Workshop]) -> Mapping[str, set[int]]:
    years: dict[str, set[int]] = {}
    for workshop in workshops:
        years.setdefault(workshop.zone.key, set()).update({workshop.start.year, workshop.end.year})
    return years


def _event(workshop: Workshop, words: Words, site_url: str) -> Event:
    event = Event()
    address = page_address(workshop.path)
    event.add("uid", clean_text(f"{address.strip('/').replace('/', '.')}@avance"))
    event.add("dtstamp", datetime.combine(workshop.changed, time(0), UTC))
    event.add("last-modified", datetime.combine(workshop.changed, time(0), UTC))
    event.add("dtstart", workshop.start)
    event.add("dtend", workshop.end)
    event.add("summary", clean_text(words.text("Taller: {title}").format(title=workshop.title)))
    event.add("description", clean_text("\n".join(filter(None, (workshop.summary, site_url and site_url + address)))))
    event.add("status", "CANCELLED" if workshop.cancelled else "CONFIRMED")
    if site_url:
        event.add("url", site_url + address)
    return event
