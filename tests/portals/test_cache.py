"""Portals kept between builds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.portals.cache import PortalCache, context_digest, portal_digest
from generator.portals.keyring import Keyring
from generator.portals.keys import Secret
from generator.portals.sealed import published_portal
from generator.projects.model import Access

from .test_keyring import ANA, BEA, EVA, changed
from .test_sealed import CONTEXT

KEYRING = Keyring(secret=Secret(bytes(range(32))), executives=(EVA,))


@pytest.fixture
def cache(tmp_path: Path) -> PortalCache:
    return PortalCache(tmp_path / "cache")


def test_what_is_kept_is_given_back(cache: PortalCache, make_project) -> None:
    portal = published_portal(make_project({"title": "Año"}), CONTEXT, None)
    assert cache.get("a") is None
    cache.put("a", portal)
    assert cache.get("a") == portal


def test_a_private_portal_is_kept_sealed(cache: PortalCache, make_project) -> None:
    project = make_project({"title": "Zarandaja"}, access=Access.LINK, people=(ANA,))
    portal = published_portal(project, CONTEXT, KEYRING)
    cache.put("a", portal)
    assert cache.get("a") == portal
    assert b"Zarandaja" not in (cache.folder / "a").read_bytes()


def test_a_damaged_file_is_no_portal(cache: PortalCache, make_project) -> None:
    cache.put("a", published_portal(make_project(), CONTEXT, None))
    kept = (cache.folder / "a").read_bytes()
    for damaged in (b"", kept[: len(kept) // 2], kept.replace(b"portal.json", b"portal.jsoN")):
        (cache.folder / "a").write_bytes(damaged)
        assert cache.get("a") is None


def test_only_what_is_published_stays(cache: PortalCache, make_project) -> None:
    portal = published_portal(make_project(), CONTEXT, None)
    for name in "ab":
        cache.put(name, portal)
    (cache.folder / "booklets").mkdir()
    cache.keep_only({"b"})
    assert sorted(path.name for path in cache.folder.iterdir()) == ["b", "booklets"]


def test_the_same_project_has_the_same_digest_wherever_the_site_is(make_project, tmp_path: Path) -> None:
    common = context_digest(CONTEXT)
    assert common == context_digest(replace(CONTEXT, templates_dir=CONTEXT.templates_dir.resolve()))
    one, two = (portal_digest(make_project({"title": "Año"}, people=(ANA,)), common, None) for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    "change",
    [
        {"client": "Otro"},
        {"people": (BEA,)},
        {"people": (changed(ANA, role="Socia"),)},
        {"go_live": date(2026, 12, 1)},
        {"meanings": {"1": "Esto"}},
        {"language": "pt"},
        {"access": Access.PASSPHRASE},
    ],
)
def test_another_project_has_another_digest(make_project, change: dict[str, object]) -> None:
    usual = {"access": Access.LINK, "people": (ANA,)}
    digests = {portal_digest(make_project({}, **usual | fields), b"", KEYRING) for fields in ({}, change)}
    assert len(digests) == 2


def test_tickets_keys_and_context_count(make_project) -> None:
    def digest(title: str = "A", keyring: Keyring = KEYRING, common: bytes = b"") -> str:
        return portal_digest(make_project({"title": title}, access=Access.LINK, people=(ANA,)), common, keyring)

    renewed = replace(KEYRING, renewals={("acme", "ana"): 1})
    without = replace(KEYRING, executives=())
    others = [digest("B"), digest(keyring=renewed), digest(keyring=without), digest(common=b"x")]
    assert len({digest(), *others}) == 5
    assert context_digest(CONTEXT) != context_digest(replace(CONTEXT, company="Otra"))
