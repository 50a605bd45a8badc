"""What every host does alike: publish, keep, withdraw, bring back, refuse nothing that is its own."""

from __future__ import annotations

import json
import re

import pytest

from generator.publishing.manifest import BUILD_FILE, build_id, read_files
from generator.publishing.release import plan_release

from .conftest import Place
from .serving import FIRST, NOON, SECOND, put

OF_THE_HOST = {BUILD_FILE, ".nojekyll", "_headers"}


def own(served: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in served.items() if path not in OF_THE_HOST}


def test_a_host_that_never_had_a_site_has_none(place: Place) -> None:
    assert place.host.live() is None
    assert place.host.releases() == []


def test_it_serves_what_was_built_and_says_which_build(place: Place, sites) -> None:
    site = sites("uno", FIRST)
    put(place.host, place.target, site)
    assert own(place.served()) == FIRST
    assert json.loads(place.served()[BUILD_FILE]) == {"schema": 1, "build": build_id(read_files(site))}


def test_the_next_run_knows_what_the_last_one_left(place: Place, sites) -> None:
    plan = put(place.host, place.target, sites("uno", FIRST))
    again = place.again()
    live = again.live()
    assert live is not None
    assert (live.number, live.build, dict(live.files)) == (1, plan.release.build, dict(plan.release.files))
    assert [release.number for release in again.releases()] == [1]


def test_the_same_site_twice_is_one_release(place: Place, sites) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(place.again(), place.target, sites("uno", FIRST))
    assert [release.number for release in place.again().releases()] == [1]


def test_pages_of_the_last_build_still_find_their_parts_until_the_grace_is_over(place: Place, sites) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(place.again(), place.target, sites("dos", SECOND), days=1)
    old = "assets/avance/portal.11111111.css"
    assert place.served()[old].decode() == FIRST[old]
    put(place.again(), place.target, sites("dos", SECOND), days=30)
    assert old in place.served()
    put(place.again(), place.target, sites("dos", SECOND), days=31)
    assert old not in place.served()


def test_a_withdrawn_project_leaves_a_page_without_names_and_nothing_else(place: Place, sites) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(place.again(), place.target, sites("dos", SECOND), days=1)
    left = {path: content.decode() for path, content in place.served().items() if path.startswith("p/beta/")}
    assert list(left) == ["p/beta/index.html"]
    (page,) = left.values()
    assert "ya no está disponible" in page
    assert "beta" not in page.lower()
    put(place.again(), place.target, sites("dos", SECOND), days=32)
    assert not [path for path in place.served() if path.startswith("p/beta/")]


def test_what_a_project_no_longer_offers_is_gone_at_once(place: Place, sites) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(place.again(), place.target, sites("dos", SECOND), days=1)
    assert "p/andina/avance.pdf" not in place.served()


def test_an_earlier_release_comes_back_whole(place: Place, sites, tmp_path) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(place.again(), place.target, sites("dos", SECOND), days=1)
    host = place.again()
    with host.locked():
        live = host.live()
        assert live is not None
        wanted = next(release for release in host.releases() if release.number == 1)
        needed = tuple(path for path, what in wanted.own.items() if live.files.get(path) != what)
        host.bring(wanted, needed, tmp_path / "back")
        plan = plan_release(
            wanted.own, tmp_path / "back", live, build=wanted.build, number=3, now=NOON, grace=place.target.grace,
            source=1, digest=host.digest,
        )  # fmt: skip
        host.put(plan, lambda *_: None)
    served = own(place.served())
    assert {path: served[path] for path in FIRST} == FIRST
    assert "assets/avance/portal.22222222.css" in served
    assert [(release.number, release.source) for release in place.again().releases()] == [(1, None), (2, None), (3, 1)]


def test_the_oldest_releases_go(place: Place, sites) -> None:
    for number in range(8):
        put(place.again(), place.target, sites(str(number), {**FIRST, "index.html": f"inicio {number}"}), days=number)
    assert [release.number for release in place.again().releases()] == [4, 5, 6, 7, 8]


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_an_hour_off_loses_nothing_and_the_next_one_that_is_right_either(
    place: Place, sites, hours: int
) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    put(place.again(), place.target, sites("dos", SECOND), days=hours / 24)
    put(place.again(), place.target, sites("tres", {**SECOND, "index.html": "inicio 3"}))
    releases = place.again().releases()
    assert [release.number for release in releases] == [1, 2, 3]
    assert [release.published for release in releases] == sorted(release.published for release in releases)
    served = place.served()
    assert served["index.html"] == b"inicio 3"
    assert "assets/avance/portal.11111111.css" in served


def test_a_site_of_nothing_but_its_home_can_be_published(place: Place, sites) -> None:
    put(place.host, place.target, sites("solo", {"index.html": "hola"}))
    assert own(place.served()) == {"index.html": "hola"}


def test_names_of_every_alphabet_and_spaces_survive(place: Place, sites) -> None:
    names = {"index.html": "x", "p/a/documentos/Ñandú & «más» (1).pdf": "y", "p/a/documentos/日本.txt": "z"}
    put(place.host, place.target, sites("nombres", names))
    assert own(place.served()) == names
    live = place.again().live()
    assert live is not None
    assert set(names) <= set(live.files)


def test_no_path_of_the_site_is_in_what_the_site_says_of_itself(place: Place, sites) -> None:
    put(place.host, place.target, sites("uno", FIRST))
    assert re.fullmatch(rb'\{"schema": 1, "build": "[0-9a-f]{16}"\}\n', place.served()[BUILD_FILE])
