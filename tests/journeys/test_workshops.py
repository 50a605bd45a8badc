"""A workshop that is over, by the reader's clock."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def open_at(browser: Browser, address: str):
    """A function: a page of the sample site, and the reader's time → the open page."""
    contexts = []

    def open_(path: str, now: str) -> Page:
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.clock.set_fixed_time(now)
        page.goto(f"{address}/{path}")
        return page

    yield open_
    for context in contexts:
        context.close()


def test_before_them_all_are_to_come(open_at) -> None:
    page = open_at("talleres/", "2026-12-01T12:00:00Z")
    assert page.locator("[data-past]").is_hidden()
    assert page.locator("article li time").count() == 6


def test_those_that_are_over_go_below_the_last_one_first(open_at) -> None:
    page = open_at("talleres/", "2026-12-10T12:00:00Z")
    over = page.locator("[data-past] li a").all_inner_texts()
    assert [title[:14] for title in over] == ["Nómina de dici", "El conteo físi"]


def test_nobody_enrols_in_one_that_is_over(open_at) -> None:
    page = open_at("talleres/conteo-fisico-anual/", "2026-12-10T12:00:00Z")
    assert page.get_by_text("Este taller ya se realizó.").is_visible()
    assert page.locator("[data-enrol]").is_hidden()
    assert open_at("talleres/conteo-fisico-anual/", "2026-12-01T12:00:00Z").locator("[data-enrol]").is_visible()
