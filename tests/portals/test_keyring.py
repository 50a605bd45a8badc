"""Who has a link: the policy, people.csv and the day of the cut decide, never the clock."""

from __future__ import annotations

from datetime import date

import pytest

from generator.portals.keyring import EVERYWHERE, PANEL, Keyring, contacts, executives
from generator.portals.keys import Secret, stretch
from generator.portals.sealing import Mode
from generator.projects.model import Access, Person, Phase

SECRET = Secret(bytes(range(32)))
ANA = Person(id="ana", name="Ana Ruiz", group="cliente interno", role="Gerente")
BEA = Person(id="bea", name="Bea Gil", group="cliente externo", role="Contadora")
EVA = Person(id="eva", name="Eva Paz", company="AdaptaPro", group="AdaptaPro", role="Ejecutiva de cuenta")
ADVISER = Person(id="teo", name="Teo Sanz", company="AdaptaPro", group="AdaptaPro", role="Asesor funcional")
CODER = Person(id="iris", name="Iris Mora", company="AdaptaPro", group="AdaptaPro", role="Programadora")


@pytest.fixture
def links(make_project):
    """A function: people and fields of a project → the ids of those who have a link to it."""

    def of(*people: Person, **fields: object) -> list[str]:
        return [person.id for person in contacts(make_project({}, people=people, **fields))]

    return of


def changed(person: Person, **fields: object) -> Person:
    return Person(**{**vars(person), **fields})


def test_clients_have_a_link_and_the_executive_a_wider_one(links, make_project) -> None:
    assert links(ANA, BEA, EVA) == ["ana", "bea"]
    assert executives([make_project({}, people=(ANA, EVA))]) == (EVA,)


def test_who_has_no_access_has_no_link(links) -> None:
    assert links(changed(ANA, access=False), BEA) == ["bea"]


@pytest.mark.parametrize("field", ["until", "link_expires"])
def test_a_link_ends_on_its_day_by_the_cut(links, field: str) -> None:
    assert links(changed(ANA, **{field: date(2026, 11, 24)})) == ["ana"]
    assert links(changed(ANA, **{field: date(2026, 11, 23)})) == []


def test_who_has_not_come_yet_has_no_link(links) -> None:
    assert links(changed(ANA, since=date(2026, 11, 24))) == []


def test_advisers_leave_at_go_live(links) -> None:
    assert links(ADVISER, go_live=date(2026, 11, 24)) == ["teo"]
    assert links(ADVISER, go_live=date(2026, 11, 23)) == []
    assert links(ADVISER, phase=Phase.ESERVICE) == []


def test_programmers_leave_when_the_technical_implementation_ends(links) -> None:
    assert links(CODER, technical_end=date(2026, 12, 1)) == ["iris"]
    assert links(CODER, technical_end=date(2026, 11, 20)) == []


def test_a_person_of_two_rows_has_one_link(links) -> None:
    assert links(ANA, changed(ANA, role="Socia")) == ["ana"]


def test_a_person_without_an_id_is_called_by_name(make_project) -> None:
    (person,) = contacts(make_project({}, people=(changed(ANA, id=""),)))
    assert person.contact == "ana-ruiz"


def test_executives_open_every_private_project_and_the_panel(make_project) -> None:
    keyring = Keyring(secret=SECRET, executives=(EVA,))
    key = keyring.key(EVERYWHERE, EVA)
    projects = [
        make_project({}, id=code, access=access, people=(ANA,)) for code, access in (("a", "link"), ("b", "passphrase"))
    ]
    for lock in [*map(keyring.lock, projects), keyring.panel_lock()]:
        assert key in {reader.key for reader in lock.readers}
    assert keyring.panel_lock().keys.pid == PANEL


def test_one_link_made_anew_changes_no_other(make_project) -> None:
    project = make_project({}, people=(ANA, BEA))
    before = Keyring(secret=SECRET)
    after = Keyring(secret=SECRET, renewals={("acme", "ana"): 1})
    old, new = ({r.label: r.key for r in ring.lock(project).readers} for ring in (before, after))
    assert old["Ana Ruiz"] != new["Ana Ruiz"]
    assert old["Bea Gil"] == new["Bea Gil"]
    assert before.lock(project).keys.content != after.lock(project).keys.content
    everyone = {r.key for r in Keyring(secret=SECRET, renewals={("acme", ""): 1}).lock(project).readers}
    assert not everyone & set(old.values())


def test_a_passphrase_is_stretched_with_the_salt_that_is_published(make_project) -> None:
    keyring = Keyring(secret=SECRET)
    project = make_project({}, access=Access.PASSPHRASE, people=(ANA,))
    lock = keyring.lock(project)
    assert lock.mode is Mode.PASSPHRASE
    assert lock.readers[0].key == stretch(keyring.passphrase("acme", ANA), lock.salt)


def test_a_keyring_does_not_show_its_secret() -> None:
    assert "00010203" not in repr(Keyring(secret=SECRET)).lower()
    assert "secret" not in repr(Keyring(secret=SECRET))
