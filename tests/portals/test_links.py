"""Links ready to be sent."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.portals.keyring import EVERYWHERE, Keyring
from generator.portals.keys import Secret, token
from generator.portals.links import link_png, links_csv, personal_links
from generator.projects.model import Access

from .test_keyring import ANA, BEA, EVA, changed

SITE = "https://avance.adaptapro.com"
KEYRING = Keyring(secret=Secret(bytes(range(32))), executives=(EVA,))


@pytest.fixture
def links(make_project):
    """A function: people and fields of a project → its links."""

    def of(*people, **fields):
        project = make_project({}, **{"people": people, "access": Access.LINK} | fields)
        return list(personal_links([project], KEYRING, f"{SITE}/", "es"))

    return of


def test_a_link_is_short_and_carries_its_key_after_the_sign_that_is_not_sent(links) -> None:
    link, panel = links(ANA)
    assert re.fullmatch(rf"{SITE}/p/[0-9a-z]{{16}}/#k1[0-9a-z]{{30}}", link.address)
    assert len(link.address) == 81
    assert panel.address == f"{SITE}/panel/#k1{token('panel', KEYRING.key(EVERYWHERE, EVA))}"
    assert (panel.project, panel.name) == ("", "Eva Paz")


def test_t20_the_message_reaches_whatsapp_whole(links) -> None:
    link = links(changed(ANA, phone="+58 212 555 0101"))[0]
    assert "%23k1" in link.whatsapp
    assert "#" not in link.whatsapp
    parts = urlsplit(link.whatsapp)
    assert (parts.netloc, parts.path) == ("wa.me", "/582125550101")
    assert parse_qs(parts.query)["text"] == [link.message]
    assert link.address in link.message


def test_a_message_without_a_phone_lets_one_choose_the_chat(links) -> None:
    assert links(ANA)[0].whatsapp.startswith("https://wa.me/?text=")


def test_a_passphrase_is_not_in_the_message_with_the_address(links) -> None:
    link = links(ANA, access=Access.PASSPHRASE)[0]
    assert link.passphrase
    assert "#" not in link.address
    assert link.passphrase not in link.message + link.whatsapp


def test_a_public_project_has_no_links(links) -> None:
    assert [link.project for link in links(ANA, access=Access.PUBLIC)] == [""]


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(links) -> None:
    text = links_csv(links(changed(ANA, name="=HYPERLINK(1)\n=2"), BEA), "es").decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text))
    assert heading[:3] == ["proyecto", "contacto", "nombre"]
    assert [row[2] for row in rows] == ["'=HYPERLINK(1) =2", "Bea Gil", "Eva Paz"]


def test_a_code_to_print_is_an_image(links) -> None:
    assert link_png(links(ANA)[0]).startswith(b"\x89PNG")
