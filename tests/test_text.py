from hypothesis import given
from hypothesis import strategies as st

from generator.text import fold, slugify


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_slug_is_a_safe_part_of_an_address(text: str) -> None:
    assert set(slugify(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
