"""Messages for the client's contacts: each with their own link, the company's people none."""

from __future__ import annotations

import pytest

from generator.locale import words
from generator.metrics.likeness import Article
from generator.pages.digest import make_digest
from generator.portals.keyring import Keyring
from generator.portals.keys import Secret
from generator.portals.links import personal_links
from generator.portals.notices import Channel, notices, sent_csv
from generator.projects.model import Access, Sent
from generator.projects.sheets import read_sheets

from .test_keyring import ANA, BEA, EVA, changed

SITE = "https://avance.example/"
KEYRING = Keyring(secret=Secret(bytes(range(32))), executives=(EVA,))
BOTH = changed(ANA, phone="+58 212 555 0101", email="ana@acme.example", group="Cliente interno")
MAIL = changed(BEA, email="bea@acme.example", group="Cliente interno")


@pytest.fixture
def told(make_project):
    """A function: people and fields of a project → the messages about it."""

    def of(*people, channels=tuple(Channel), **fields):
        project = make_project({"status": "done"}, before=[{}], people=people, **fields)
        return list(notices(project, make_digest(project, {}, words("es")), KEYRING, SITE, channels))

    return of


def test_each_contact_is_written_to_by_each_way_there_is(told) -> None:
    found = told(BOTH, MAIL)
    assert [(notice.contact, notice.channel, notice.to) for notice in found] == [
        (BOTH.contact, "whatsapp", BOTH.phone),
        (BOTH.contact, "email", BOTH.email),
        (MAIL.contact, "email", MAIL.email),
    ]
    assert [notice.channel for notice in told(BOTH, channels=[Channel.EMAIL])] == ["email"]


def test_a_private_project_is_told_with_the_link_of_each(told, make_project) -> None:
    found = told(BOTH, MAIL, access=Access.LINK)
    project = make_project({}, people=(BOTH, MAIL), access=Access.LINK)
    own = {link.contact: link.address for link in personal_links([project], KEYRING, SITE, "es")}
    assert all(notice.text.endswith(own[notice.contact]) for notice in found)
    assert own[BOTH.contact] != own[MAIL.contact]


def test_a_passphrase_is_in_no_message(told) -> None:
    (notice,) = told(MAIL, access=Access.PASSPHRASE)
    assert "#k1" not in notice.text


def test_the_companys_people_are_told_nothing(told) -> None:
    assert told(changed(BOTH, group="AdaptaPro"), MAIL, channels=[Channel.WHATSAPP]) == []


def test_without_a_contact_a_public_project_has_one_message_for_a_chat_to_choose(told) -> None:
    (notice,) = told()
    assert notice.link.startswith("https://wa.me/?text=Hola.")
    assert f"{SITE}p/acme/" in notice.text
    assert told(access=Access.LINK) == []


def test_what_was_sent_is_read_back_with_that_of_other_projects(make_project, settings) -> None:
    former = {"sur": Sent(project="sur", day=None), "acme": Sent(project="acme", day=None)}
    answered = dict.fromkeys(("SCL-1", "7"), Article(title="Uno", address="uno/"))
    digest = make_digest(make_project({"ticket": "SCL-1"}, {"ticket": "7"}), answered, words("es"))
    (settings.data_dir / "sent.csv").write_bytes(sent_csv(former, [digest]))
    sheets = read_sheets(settings)
    assert sheets.problems == ()
    assert sheets.sent == {
        "sur": former["sur"],
        "acme": Sent(project="acme", day=digest.day, tickets=frozenset(answered)),
    }
