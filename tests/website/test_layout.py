"""A compiled page split at its markers; a portal page is those bytes joined with its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.portals.rendering import Page
from generator.website.layout import BODY, DEPTHS, HEAD, TITLE, source_path, split_layout

COMPILED = f"<title>{TITLE}</title>{HEAD}<main>{BODY}</main><footer>€</footer>"


def test_a_page_stands_where_the_markers_were() -> None:
    page = split_layout(COMPILED).page(Page("p/x/", "Avance", "<p>año</p>", head="<link>"))
    assert page.decode() == "<title>Avance</title><link><main><p>año</p></main><footer>€</footer>"


def test_a_marker_that_stands_twice_is_filled_twice() -> None:
    page = split_layout(f"{TITLE}|{TITLE}|{HEAD}{BODY}").page(Page("p/x/", "A", "b"))
    assert page == b"A|A|b"


def test_the_title_is_text() -> None:
    page = split_layout(COMPILED).page(Page("p/x/", "</title><script>alert(1)</script>", ""))
    assert b"<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>" in page


def test_other_peoples_text_is_no_template() -> None:
    text = "{{ 7*7 }} {% raw %} " + TITLE + BODY
    page = split_layout(COMPILED).page(Page("p/x/", text, text)).decode()
    assert page == f"<title>{text}</title><main>{text}</main><footer>€</footer>"


@pytest.mark.parametrize("compiled", ["", TITLE + HEAD, TITLE + BODY, HEAD + BODY, TITLE.upper() + HEAD + BODY])
def test_a_template_that_lost_a_marker_is_refused(compiled: str) -> None:
    with pytest.raises(ValueError, match=r"portal\.html"):
        split_layout(compiled)


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_layout_is_compiled_as_deep_as_the_pages_it_is_for(depth: int) -> None:
    assert source_path(depth).removesuffix("index.md").count("/") == depth


@given(st.text(), st.text(), st.text(), st.text())
def test_what_surrounds_the_markers_is_kept(before: str, between: str, after: str, body: str) -> None:
    compiled = "".join([before, TITLE, HEAD, between, BODY, after])
    if compiled.count("@@avance") == 3:
        whole = split_layout(compiled).page(Page("p/x/", "", body)).decode()
        assert whole == before + between + body + after
