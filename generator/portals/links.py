"""Each contact's link, ready to be sent.

A link carries its key after `#`: browsers do not send that part to the host.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import segno

from ..locale import words
from ..outputs.csv import harmless
from ..problems import N_
from ..projects.model import Access
from .keyring import EVERYWHERE, PANEL, Keyring, contacts
from .keys import token

if TYPE_CHECKING:
    from datetime import date

    from ..projects.model import Person, Project

_BY_LINK = N_(
    "Hola, {name}. Este es su enlace personal para ver el avance de {project}: {address} "
    "Ábralo en su teléfono y guárdelo. Se abre con su nombre: por favor, no lo reenvíe."
)
_BY_PHRASE = N_(
    "Hola, {name}. El avance de {project} está en {address} La frase para abrirlo se la daré por otra vía; "
    "es personal: por favor, no la comparta."
)
_PANEL = N_("Su enlace al panel de todos los proyectos: {address} Es solo para usted: da acceso a todo.")
_COLUMNS = (
    N_("proyecto"),
    N_("contacto"),
    N_("nombre"),
    N_("función"),
    N_("enlace"),
    N_("frase"),
    N_("vence"),
    "whatsapp",
)


@dataclass(frozen=True, kw_only=True)
class PersonalLink:
    """What one person needs to open one project, or, when `project` is empty, the panel and all of them.

    `passphrase` is empty where the link alone opens. `message` is a text for the person and `whatsapp` the address
    that puts it into a chat with them.
    """

    project: str
    contact: str
    name: str
    role: str
    address: str
    passphrase: str = ""
    expires: date | None = None
    message: str
    whatsapp: str


def personal_links(projects: Iterable[Project], keyring: Keyring, site: str, language: str) -> Iterator[PersonalLink]:
    """Yield the links of the private ones of *projects*, then those of the executives.

    *site* is the address of its home, *language* that of what belongs to no project.
    """
    home = site.rstrip("/")
    for project in projects:
        if project.is_private:
            for person in contacts(project):
                yield _to_project(project, person, keyring, home)
    for person in keyring.executives:
        address = f"{home}/{PANEL}/#k1{token(PANEL, keyring.key(EVERYWHERE, person))}"
        yield _link(EVERYWHERE, person, address, words(language).text(_PANEL).format(address=address))


def links_csv(links: Iterable[PersonalLink], language: str) -> bytes:
    """Return *links* as a table that a spreadsheet opens; a cell that looks like a formula is not one."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([words(language).text(column) for column in _COLUMNS])
    for link in links:
        cells = (link.project, link.contact, link.name, link.role, link.address, link.passphrase)
        writer.writerow([*map(harmless, cells), link.expires or "", link.whatsapp])
    return file.getvalue().encode("utf-8-sig")


def link_png(link: PersonalLink) -> bytes:
    """Return the QR of a link as an image to be printed: error correction M, 8 pixels a module."""
    file = io.BytesIO()
    segno.make_qr(link.address, error="m").save(file, kind="png", scale=8, border=4)
    return file.getvalue()


def _to_project(project: Project, person: Person, keyring: Keyring, home: str) -> PersonalLink:
    spoken = words(project.language)
    address = f"{home}/p/{keyring.folder(project)}/"
    if project.access is Access.PASSPHRASE:
        message = spoken.text(_BY_PHRASE).format(name=person.name, project=project.name, address=address)
        return _link(project.id, person, address, message, passphrase=keyring.passphrase(project.id, person))
    address += f"#k1{token(keyring.folder(project), keyring.key(project.id, person))}"
    message = spoken.text(_BY_LINK).format(name=person.name, project=project.name, address=address)
    return _link(project.id, person, address, message)


def _link(project: str, person: Person, address: str, message: str, passphrase: str = "") -> PersonalLink:
    digits = "".join(char for char in person.phone if char.isdigit())
    return PersonalLink(
        project=project,
        contact=person.contact,
        name=person.name,
        role=person.role,
        address=address,
        passphrase=passphrase,
        expires=person.link_expires,
        message=message,
        whatsapp=f"https://wa.me/{digits}?text={quote(message, safe='')}",
    )
