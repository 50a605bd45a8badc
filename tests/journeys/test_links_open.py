"""Every link that is handed out, opened: the sample site built with a secret, in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator import build
from generator.portals.keys import Secret, new_secret
from generator.portals.links import PersonalLink, personal_links
from generator.website.documentation import load_site, plugin_of

ROOT = Path(__file__).parent.parent.parent
OPENED = "[data-view] h1"


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory, serve) -> tuple[PersonalLink, ...]:
    """The links to the sample, which is published."""
    folder, secret = tmp_path_factory.mktemp("published") / "site", new_secret()
    config = load_site(ROOT / "mkdocs.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVANCE_SECRET", secret)
        build.build_site(config, folder)
    source = build.read_source(plugin_of(config).settings(config), docs_dir=Path(config.docs_dir), has_secret=True)
    keyring = build.make_keyring(source, Secret.read(secret))
    return tuple(personal_links(source.projects, keyring, serve(folder), "es"))


def enter(page: Page, link: PersonalLink) -> None:
    """Open *link* as its owner does."""
    page.goto(link.address)
    if link.passphrase:
        page.get_by_label("Frase de acceso").fill(link.passphrase)
        page.keyboard.press("Enter")
    page.wait_for_selector(OPENED)


def test_every_link_opens_for_its_owner(links: tuple[PersonalLink, ...], browser: Browser) -> None:
    assert {bool(link.passphrase) for link in links} == {True, False}
    for link in links:
        context = browser.new_context()
        page = context.new_page()
        enter(page, link)
        assert page.locator("[data-owner] bdi").inner_text() == link.name
        context.close()


def test_an_executive_goes_from_the_panel_into_every_project(links: tuple[PersonalLink, ...], browser: Browser) -> None:
    panel = next(link for link in links if not link.project)
    page = browser.new_page()
    enter(page, panel)
    rows = page.locator("[data-panel-project] h2 a").evaluate_all("all => all.map(link => link.href)")
    private = [row for row in rows if "#k1" in row]
    assert len(private) == len({link.project for link in links if link.project})
    assert len(rows) > len(private)
    for row in private:
        page.goto(row)
        page.wait_for_selector("[data-view] .project-header")
        expect(page.locator("[data-owner] bdi")).to_have_text(panel.name)
    page.close()
