"""A project's portal, sealed: what everyone may have, and what a reader finds in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.portals.keyring import EVERYWHERE, Keyring
from generator.portals.keys import Secret
from generator.portals.rendering import PortalContext, render_project
from generator.portals.sealed import published_panel, published_portal
from generator.projects.model import Access

from .opening import open_container, open_file
from .test_keyring import ANA, EVA

CONTEXT = PortalContext(
    templates_dir=Path(__file__).parents[2] / "site_templates",
    company="AdaptaPro",
    ticket_portal="",
    policy=(),
    site_url="https://a.example/",
)
KEYRING = Keyring(secret=Secret(bytes(range(32))), executives=(EVA,))
MARK = "Zarandaja"


@pytest.fixture
def project(make_project):
    return make_project({"title": MARK, "agreed": "2026-12-01"}, client=MARK, access=Access.LINK, people=(ANA,))


def test_a_public_project_is_as_it_was_rendered(make_project) -> None:
    project = make_project({"title": "Facturas"})
    assert published_portal(project, CONTEXT, KEYRING) == render_project(project, CONTEXT)


def test_no_published_byte_or_name_tells_of_a_private_project(project) -> None:
    portal = published_portal(project, CONTEXT, KEYRING)
    for told in (
        *(page.full_title + page.path + page.body for page in portal.pages),
        *(file.path for file in portal.files),
    ):
        assert MARK not in told
        assert "acme" not in told
    assert not any(MARK.encode() in file.content for file in portal.files)


def test_one_page_opens_every_project(project, make_project) -> None:
    other = make_project({}, id="beta", access=Access.LINK, people=(ANA,))
    (one,), (two,) = (published_portal(each, CONTEXT, KEYRING).pages for each in (project, other))
    assert (one.title, one.body) == (two.title, two.body)
    assert one.path != two.path
    assert re.fullmatch(r"p/[0-9a-z]{16}/", one.path)


def test_a_reader_finds_the_same_pages_and_files(project) -> None:
    portal = published_portal(project, CONTEXT, KEYRING)
    files = {file.path: file.content for file in portal.files}
    pid = KEYRING.folder(project)
    home = f"p/{pid}/"
    payload, content, label = open_container(files[f"{home}d.bin"], pid, KEYRING.key("acme", ANA))
    assert label == "Ana Ruiz"
    assert payload["home"] == home
    assert {page["name"] for page in payload["pages"]} >= {"", "tablero/", "agenda/"}
    assert any(MARK in page["html"] for page in payload["pages"])
    assert not any(MARK in page["title"] for page in payload["pages"])
    assert len(files) == len(payload["files"]) + 1
    pdf = payload["files"]["avance.pdf"]
    assert pdf["type"] == "application/pdf"
    assert open_file(files[home + pdf["name"]], pid, "avance.pdf", content).startswith(b"%PDF")
    assert payload["files"]["agenda.ics"]["type"] == "text/calendar"


def test_the_panel_opens_with_the_executives_key_and_names_what_else_it_opens(project, make_project) -> None:
    portal = published_panel([project, make_project({}, id="beta")], CONTEXT, KEYRING)
    container = next(file.content for file in portal.files if file.path == "panel/d.bin")
    payload, _, label = open_container(container, "panel", KEYRING.key(EVERYWHERE, EVA))
    assert label == "Eva Paz"
    assert payload["portals"] == [KEYRING.folder(project)]
    assert f'href="../p/{KEYRING.folder(project)}/"' in payload["pages"][0]["html"]
    assert 'href="../p/beta/"' in payload["pages"][0]["html"]


def test_a_private_project_without_keys_is_a_mistake_of_the_caller(project) -> None:
    with pytest.raises(ValueError, match="no keys"):
        published_portal(project, CONTEXT, None)
