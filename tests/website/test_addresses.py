"""A link leads where it says, from any page."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.website.addresses import page_address, relative_address

HOME = "https://example.org/"
parts = st.lists(st.text("abc-", min_size=1), max_size=4).map("/".join)


@given(address=parts.filter(bool), is_page=st.booleans(), page=parts)
def test_a_browser_follows_a_link_to_what_it_names(address: str, is_page: bool, page: str) -> None:
    whole, here = f"{address}/" if is_page else f"{address}.js", f"{page}/" if page else "./"
    assert urljoin(urljoin(HOME, here), relative_address(whole, here)) == HOME + whole


@pytest.mark.parametrize("page", ["index.md", "manual/README.md", "manual/ventas/cobro.md"])
def test_the_home_is_reached_from_every_page(page: str) -> None:
    here = page_address(page)
    assert urljoin(urljoin(HOME, here), relative_address("./", here)) == HOME
