"""Digests as messages, one for each of the client's contacts and each way to write to them, and which were sent."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..locale import words
from ..outputs.csv import harmless
from ..outputs.messages import mail_address, mail_text, whatsapp_address, whatsapp_text
from ..projects.people import Circle, circle_of
from .keyring import Keyring, contacts
from .links import personal_links

if TYPE_CHECKING:
    from ..locale import Words
    from ..pages.digest import Digest
    from ..projects.model import Person, Project, Sent


class Channel(StrEnum):
    """A way to write to somebody."""

    WHATSAPP = "whatsapp"
    EMAIL = "email"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A message that is ready: `to` is a professional phone or a mail, `link` opens the message written to them."""

    project: str
    contact: str
    name: str
    channel: Channel
    to: str
    subject: str
    text: str
    link: str


def notices(
    project: Project,
    digest: Digest,
    keyring: Keyring | None,
    site: str,
    channels: Collection[Channel] = tuple(Channel),
) -> Iterator[Notice]:
    """Yield the messages that tell *digest* to the client's contacts, each with the link to their own page.

    *site* is the address of the site's home. A private project needs the *keyring*. The company's own people are told
    nothing. Where the client has no contact, a public project has one message for whom the executive chooses.
    """
    spoken = words(project.language)
    home = f"{site.rstrip('/')}/"
    people = [person for person in contacts(project) if circle_of(person, project) is not Circle.COMPANY]
    if project.is_private:
        own = {link.contact: link.address for link in personal_links([project], keyring, home, "")} if keyring else {}
        told = [(person, own[person.contact]) for person in people if person.contact in own]
    else:
        told = [(person, f"{home}{project.home}") for person in people]
    for person, address in told:
        yield from _notices(digest, spoken, person, address, home, channels)
    if not told and not project.is_private and Channel.WHATSAPP in channels:
        text = whatsapp_text(digest, spoken, name="", address=f"{home}{project.home}", site=home)
        yield _notice(digest, None, Channel.WHATSAPP, "", text, whatsapp_address("", text), "")


def _notices(
    digest: Digest, words: Words, person: Person, address: str, site: str, channels: Collection[Channel]
) -> Iterator[Notice]:
    if Channel.WHATSAPP in channels and (person.phone or not person.email):
        text = whatsapp_text(digest, words, name=person.name, address=address, site=site)
        yield _notice(digest, person, Channel.WHATSAPP, person.phone, text, whatsapp_address(person.phone, text), "")
    if Channel.EMAIL in channels and person.email:
        text = mail_text(digest, words, name=person.name, address=address, site=site)
        subject = f"{digest.name} · {digest.cut}"
        yield _notice(
            digest, person, Channel.EMAIL, person.email, text, mail_address(person.email, subject, text), subject
        )


def _notice(
    digest: Digest, person: Person | None, channel: Channel, to: str, text: str, link: str, subject: str
) -> Notice:
    return Notice(
        project=digest.project,
        contact=person.contact if person else "",
        name=person.name if person else "",
        channel=channel,
        to=to,
        subject=subject,
        text=text,
        link=link,
    )


def sent_csv(former: Mapping[str, Sent], digests: Iterable[Digest]) -> bytes:
    """Return sent.csv once *digests* are sent: *former* by project, with theirs in place."""
    sent = {project: (each.day, each.tickets) for project, each in former.items()}
    sent |= {digest.project: (digest.day, frozenset(digest.articles)) for digest in digests if digest.day}
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("proyecto", "corte", "articulos"))
    for project, (day, tickets) in sorted(sent.items()):
        writer.writerow((project, day, harmless(" ".join(sorted(tickets)))))
    return file.getvalue().encode()
