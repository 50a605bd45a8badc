"""Sealed files: the tests of the format by their numbers (T1 to T8, T19), without a browser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.portals.keys import ProjectKeys, Secret
from generator.portals.sealing import CONTAINER, Mode, Reader, padded, seal_container, seal_file
from generator.problems import AvanceError

from .opening import Closed, open_container, open_file, open_payload

SECRET = Secret(bytes(range(32)))
PAYLOAD = {"pages": [{"name": "", "html": "<p>Año 2026</p>"}], "files": {}}
ANA, BEA = (SECRET.link_key("andina", who, 0) for who in ("ana", "bea"))
PID = SECRET.page_id("andina")


def keys(*readers: bytes, code: str = "andina", rekey: int = 0) -> ProjectKeys:
    return SECRET.keys_of(code, SECRET.page_id(code), readers, rekey)


def sealed(*readers: bytes, payload: Any = PAYLOAD, label: str = "Ana", rekey: int = 0) -> bytes:
    slots = [Reader(key=key, label=label) for key in readers]
    return seal_container(payload, keys(*readers, rekey=rekey), slots).content


def closed(container: bytes, key: bytes = ANA, pid: str = PID) -> bool:
    try:
        open_container(container, pid, key)
    except Closed:
        return True
    return False


def test_a_container_opens_with_the_key_of_each_reader_and_says_whose_it_is() -> None:
    readers = [Reader(key=ANA, label="Ana Pérez"), Reader(key=BEA, label="ñ" * 60, expires=date(2027, 1, 1))]
    container = seal_container(PAYLOAD, keys(ANA, BEA), readers)
    assert container.name == CONTAINER
    assert open_container(container.content, PID, ANA)[0] == PAYLOAD
    assert open_container(container.content, PID, ANA)[2] == "Ana Pérez"
    assert open_container(container.content, PID, BEA)[2] == "ñ" * 30


def test_t1_no_flipped_bit_of_a_sealed_file_is_accepted() -> None:
    container = sealed(ANA)
    file = seal_file("agenda.ics", b"BEGIN:VCALENDAR", keys(ANA))
    content = open_container(container, PID, ANA)[1]
    for at in range(len(container)):
        broken = bytearray(container)
        broken[at] ^= 1 << at % 8
        assert closed(bytes(broken)), at
    for at in range(len(file.content)):
        broken = bytearray(file.content)
        broken[at] ^= 1 << at % 8
        with pytest.raises(Closed):
            open_file(bytes(broken), PID, "agenda.ics", content)


def test_t2_no_truncation_is_accepted() -> None:
    container = sealed(ANA)
    assert all(closed(container[:end]) for end in range(0, len(container), 7))
    assert closed(container + b"\0")


def test_t3_nothing_opens_in_the_place_of_another() -> None:
    other = SECRET.page_id("sierra")
    one, two = keys(ANA), keys(ANA, code="sierra")
    reader = Reader(key=ANA, label="Ana")
    here = seal_container(PAYLOAD, one, [reader]).content
    there = seal_container(PAYLOAD, two, [reader]).content
    assert not closed(there, pid=other)
    assert closed(there, pid=PID)
    assert closed(here, pid=other)
    content = open_container(here, PID, ANA)[1]
    file = seal_file("a.pdf", b"A", one).content
    assert open_file(file, PID, "a.pdf", content) == b"A"
    for pid, path in ((PID, "b.pdf"), (other, "a.pdf")):
        with pytest.raises(Closed):
            open_file(file, pid, path, content)


def test_t3_parts_of_two_builds_do_not_fit_together() -> None:
    old, new = sealed(ANA), sealed(ANA, payload={"pages": [], "files": {}})
    assert old[:1100] == new[:1100]
    relabelled = sealed(ANA, label="Bea")
    assert closed(relabelled[:1100] + old[1100:])
    assert closed(sealed(ANA, BEA)[:1100] + old[1100:])


def test_t5_who_left_cannot_open_what_is_published_from_then_on() -> None:
    before, after = sealed(ANA, BEA), sealed(BEA)
    content = open_container(before, PID, ANA)[1]
    assert closed(after, ANA)
    assert not closed(after, BEA)
    with pytest.raises(Closed):
        open_payload(after, PID, content)
    file = seal_file("a.pdf", b"A", keys(BEA)).content
    with pytest.raises(Closed):
        open_file(file, PID, "a.pdf", content)


def test_t5_a_link_made_anew_leaves_the_others_as_they_are_and_a_new_key_of_the_project_too() -> None:
    again = SECRET.link_key("andina", "ana", 1)
    container = sealed(again, BEA)
    assert closed(container, ANA)
    assert not closed(container, again)
    assert not closed(container, BEA)
    assert not closed(sealed(ANA, BEA, rekey=1), ANA)
    assert sealed(ANA, rekey=1)[8:] != sealed(ANA)[8:]


def test_t6_the_same_content_gives_the_same_bytes() -> None:
    assert sealed(ANA, BEA) == sealed(BEA, ANA)
    assert seal_file("a", b"A", keys(ANA)) == seal_file("a", b"A", keys(ANA))


def test_t7_a_label_changes_the_container_and_not_the_names_of_files() -> None:
    one, two = sealed(ANA), sealed(ANA, label="Ana María")
    assert one[1100:1112] != two[1100:1112]
    assert seal_file("a", b"A", keys(ANA)).name == seal_file("a", b"A", keys(ANA)).name


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=40)), min_size=2, unique=True))
def test_t8_no_nonce_is_used_for_two_contents(inputs: list[tuple[str, bytes]]) -> None:
    nonces = [seal_file(path, content, keys(key)).content[:12] for key in (ANA, BEA) for path, content in inputs]
    assert len(set(nonces)) == len(nonces)


def test_t19_small_portals_are_all_of_one_size() -> None:
    few = {len(sealed(ANA, payload={"pages": ["x" * size], "files": {}})) for size in (0, 10, 5000)}
    assert few == {len(sealed(*(bytes([who]) * 16 for who in range(8))))} == {44 + 8 * 132 + 28 + 16384}


@given(st.integers(min_value=64, max_value=5_000_000))
def test_a_padded_size_is_little_more_and_one_of_few(size: int) -> None:
    assert size <= padded(size) <= size * 1.12
    assert padded(padded(size)) == padded(size)


def test_more_readers_than_slots_are_refused() -> None:
    with pytest.raises(AvanceError):
        sealed(*(number.to_bytes(16) for number in range(249)))


def test_a_container_for_passphrases_says_how_they_are_stretched() -> None:
    container = seal_container(PAYLOAD, keys(ANA), [], mode=Mode.PASSPHRASE, salt=b"s" * 16).content
    assert container[6] == 2
    assert int.from_bytes(container[24:28]) >= 600_000
    assert container[28:44] == b"s" * 16
