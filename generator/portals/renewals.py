"""Links made anew: how often, by project and contact, which is what `avance rotate` writes to links.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..problems import N_, AvanceError
from .keyring import EVERYWHERE, Keyring, contacts

if TYPE_CHECKING:
    from ..locale import Words
    from ..projects.model import Project

_UNKNOWN = N_("No hay proyecto privado ni contacto con enlace que se llame «{name}».")


def renew(projects: Iterable[Project], keyring: Keyring, name: str, words: Words) -> dict[tuple[str, str], int]:
    """Return how often links were made anew, once more for those of *name*.

    That is the id of a private project (every link to it changes), that of a contact (their links to every project), or
    empty: every link of the site.

    Raises:
        AvanceError: when nobody and nothing is called so.
    """
    private = [project for project in projects if project.is_private]
    everywhere = [(EVERYWHERE, person.contact) for person in keyring.executives]
    if not name:
        rows = [(project.id, "") for project in private] + everywhere
    elif name in {project.id for project in private}:
        rows = [(name, "")]
    else:
        theirs = [(project.id, person.contact) for project in private for person in contacts(project)]
        rows = [row for row in (*theirs, *everywhere) if row[1] == name]
    if not rows:
        raise AvanceError(words.text(_UNKNOWN).format(name=name))
    return {**keyring.renewals} | {row: keyring.renewals.get(row, 0) + 1 for row in rows}


def renewals_csv(renewals: Mapping[tuple[str, str], int]) -> bytes:
    """Return *renewals* as links.csv."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("proyecto", "contacto", "renovaciones"))
    writer.writerows((*row, count) for row, count in sorted(renewals.items()))
    return file.getvalue().encode()
