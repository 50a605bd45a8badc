"""The keys of private portals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.portals.keys import Secret, WrongSecret, b32, lp, new_secret, stretch, token

ROOT = bytes(range(32))
SECRET = Secret(ROOT)


def test_a_new_secret_is_read_back_and_is_not_shown() -> None:
    written = new_secret()
    assert re.fullmatch(r"avs1_[A-Za-z0-9_-]{43}", written)
    assert written not in repr(Secret.read(f" {written}\n"))
    assert new_secret() != written


@pytest.mark.parametrize("text", ["", "avs1_", "avs1_" + "A" * 42, "avs1_" + "A" * 43, "avs2_" + "x" * 43, "hunter2"])
def test_what_is_no_secret_is_refused_without_being_told(text: str) -> None:
    with pytest.raises(WrongSecret) as refused:
        Secret.read(text)
    assert not text.strip("avs1_") or text not in str(refused.value)


def test_a_portal_and_a_link_are_made_of_letters_that_no_messenger_cuts() -> None:
    pid = SECRET.page_id("andina")
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{16}", pid)
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{30}", token(pid, SECRET.link_key("andina", "ana", 0)))


def test_each_contact_project_and_generation_has_a_key_of_its_own() -> None:
    keys = {
        SECRET.link_key(*who)
        for who in (("a", "ana", 0), ("a", "ana", 1), ("a", "bea", 0), ("b", "ana", 0), ("aa", "na", 0))
    }
    assert len(keys) == 5


def test_keys_change_with_the_set_of_readers_and_not_with_its_order() -> None:
    def content(*readers: bytes, rekey: int = 0) -> bytes:
        return SECRET.keys_of("a", "pid", readers, rekey).content

    assert content(b"1" * 16, b"2" * 16) == content(b"2" * 16, b"1" * 16)
    assert len({content(b"1" * 16), content(b"1" * 16, b"2" * 16), content(b"1" * 16, rekey=1), content()}) == 4


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_no_two_lists_of_parts_are_written_alike(one: list[bytes], other: list[bytes]) -> None:
    assert (lp(*one) == lp(*other)) == (one == other)


@given(st.binary(min_size=5, max_size=5), st.binary(min_size=5, max_size=5))
def test_base_32_keeps_the_order_of_numbers(one: bytes, other: bytes) -> None:
    assert (b32(one) < b32(other)) == (one < other)


def test_a_passphrase_is_four_words_and_reads_the_same_however_it_is_typed() -> None:
    phrase = SECRET.passphrase("a", "ana", 0)
    assert re.fullmatch(r"([bdflmnrst][aeiou]){3}(-([bdflmnrst][aeiou]){3}){3}", phrase)
    typed = f" {phrase.upper().replace('-', '  ')} "
    assert stretch(typed, b"s" * 16, 1) == stretch(phrase, b"s" * 16, 1)
    assert stretch(SECRET.passphrase("a", "ana", 1), b"s" * 16, 1) != stretch(phrase, b"s" * 16, 1)
