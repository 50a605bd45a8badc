"""Links made anew."""

from __future__ import annotations

import pytest

from generator.locale import words
from generator.portals.keyring import Keyring
from generator.portals.keys import Secret
from generator.portals.renewals import renew, renewals_csv
from generator.problems import AvanceError
from generator.projects.model import Access
from generator.projects.sheets import LINKS_FILE, read_sheets

from .test_keyring import ANA, BEA, EVA

KEYRING = Keyring(secret=Secret(bytes(range(32))), executives=(EVA,), renewals={("b", "ana"): 2})
ES = words("es")


@pytest.fixture
def projects(make_project):
    return [
        make_project({}, id="a", access=Access.LINK, people=(ANA, BEA)),
        make_project({}, id="b", access=Access.LINK, people=(ANA,)),
        make_project({}, id="open", people=(BEA,)),
    ]


def test_a_project_a_contact_an_executive_or_everything(projects) -> None:
    kept = {("b", "ana"): 2}
    assert renew(projects, KEYRING, "a", ES) == kept | {("a", ""): 1}
    assert renew(projects, KEYRING, "ana", ES) == {("a", "ana"): 1, ("b", "ana"): 3}
    assert renew(projects, KEYRING, "eva", ES) == kept | {("", "eva"): 1}
    assert renew(projects, KEYRING, "", ES) == kept | {("a", ""): 1, ("b", ""): 1, ("", "eva"): 1}


@pytest.mark.parametrize("name", ["open", "nadie"])
def test_what_has_no_links_is_told(projects, name: str) -> None:
    with pytest.raises(AvanceError, match=name):
        renew(projects, KEYRING, name, ES)


def test_what_is_written_is_read_back(projects, settings) -> None:
    renewals = renew(projects, KEYRING, "", ES)
    (settings.data_dir / LINKS_FILE).write_bytes(renewals_csv(renewals))
    assert read_sheets(settings).renewals == renewals


def test_a_hand_in_the_file_is_told(settings) -> None:
    (settings.data_dir / LINKS_FILE).write_text("proyecto,contacto,renovaciones\na,ana,muchas\n")
    (problem,) = read_sheets(settings).problems
    assert (problem.file, problem.row, problem.column) == (LINKS_FILE, 2, "renovaciones")
