"""What pages may load, and what hosts say with each file."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from fnmatch import fnmatch
from itertools import pairwise

import pytest

from generator.website.headers import POLICY, cache_control, headers_file, is_immutable, with_policy


def test_the_policy_allows_this_site_alone() -> None:
    assert "http" not in POLICY
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'")


def test_the_file_of_headers_keeps_forever_what_is_named_by_its_content_and_nothing_else(site) -> None:
    patterns = [line for line, after in pairwise(headers_file().decode().split("\n")) if "immutable" in after]
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    kept = [path for path in paths if any(fnmatch(f"/{path}", pattern) for pattern in patterns)]
    assert [path for path in kept if not is_immutable(path.removesuffix(".map"))] == []
    ours = [path for path in paths if path.startswith("assets/avance/") and is_immutable(path)]
    assert ours
    assert set(ours) <= set(kept)


def test_a_page_names_the_inline_scripts_that_stand_in_it_and_no_other() -> None:
    page = (
        '<html><head></head><script>a()</script><script src="x.js"></script><script type="application/json">{}</script>'
    )
    wanted = b64encode(hashlib.sha256(b"a()").digest()).decode()
    head = with_policy(page).split("</head>")[0]
    assert head.count("sha256-") == 1
    assert f"script-src 'self' 'sha256-{wanted}';" in head
    assert "unsafe" not in head


def test_a_page_without_inline_scripts_runs_only_those_of_the_site() -> None:
    assert "script-src 'self';" in with_policy("<head></head>")


def test_every_page_of_a_site_has_a_policy_before_anything_it_loads(site) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 50
    for path in pages:
        head = path.read_text(encoding="utf-8").split("<head>", 1)[1].lstrip()
        assert head.startswith('<meta http-equiv="Content-Security-Policy"'), path
        assert ' style="' not in head


@pytest.mark.parametrize(
    ("path", "forever"),
    [
        ("assets/avance/portal.0a1b2c3d.css", True),
        ("assets/avance/index-0a1b2c3d4e5f/core.json", True),
        ("assets/avance/search-0a1b2c3d/engine/text.js", True),
        ("assets/avance/search.json", False),
        ("offline.js", False),
        ("index.html", False),
        ("p/0123456789abcdef/d.bin", False),
    ],
)
def test_only_what_is_named_by_its_content_is_kept_forever(path: str, forever: bool) -> None:
    assert ("immutable" in cache_control(path)) is forever
