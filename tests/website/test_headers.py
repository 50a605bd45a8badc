"""What pages may load, and what hosts say with each file; nginx is asked itself."""

from __future__ import annotations

import gzip
import hashlib
import urllib.error
import urllib.request
from base64 import b64encode
from pathlib import Path

import pytest

from generator.website.headers import (
    POLICY,
    SECURITY,
    cache_control,
    caddy_site,
    headers_file,
    nginx_server,
    with_policy,
)

from ..publishing.nginx import nginx


@pytest.fixture
def served(tmp_path: Path) -> Path:
    files = {
        "index.html": "inicio",
        "404.html": "no está",
        "p/a/index.html": "á",
        "p/a/agenda.ics": "BEGIN",
        "p/a/d.bin": "x",
        "assets/avance/portal.0a1b2c3d.css": "a{}",
        ".avance/x/live": "1",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "index.html.gz").write_bytes(gzip.compress(b"inicio"))
    return tmp_path


def ask(address: str, **headers: str):
    try:
        return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10)
    except urllib.error.HTTPError as error:
        return error


def test_nginx_sends_every_header_with_every_answer(served: Path, tmp_path_factory) -> None:
    with nginx(served, tmp_path_factory.mktemp("nginx")) as address:
        for path, status in (("", 200), ("p/a/", 200), ("nada", 404), ("assets/avance/portal.0a1b2c3d.css", 200)):
            with ask(f"{address}{path}") as answer:
                assert answer.status == status
                assert {name: answer.headers[name] for name in SECURITY} == SECURITY


def test_nginx_knows_kinds_caches_and_redirects(served: Path, tmp_path_factory) -> None:
    with nginx(served, tmp_path_factory.mktemp("nginx")) as address:
        kinds = {"p/a/": "text/html; charset=utf-8", "p/a/agenda.ics": "text/calendar; charset=utf-8",
                 "p/a/d.bin": "application/octet-stream"}  # fmt: skip
        for path, kind in kinds.items():
            with ask(f"{address}{path}") as answer:
                assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (kind, "no-cache")
        with ask(f"{address}assets/avance/portal.0a1b2c3d.css") as answer:
            assert "immutable" in answer.headers["Cache-Control"]
        with ask(f"{address}p/a") as answer:
            assert answer.url == f"{address}p/a/"
        with ask(f"{address}nada") as answer:
            assert answer.read().decode() == "no está"
        with ask(f"{address}.avance/x/live") as answer:
            assert answer.status == 404


def test_nginx_gives_the_compressed_form_to_who_takes_it(served: Path, tmp_path_factory) -> None:
    with (
        nginx(served, tmp_path_factory.mktemp("nginx")) as address,
        ask(address, **{"Accept-Encoding": "gzip"}) as answer,
    ):
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.read()) == b"inicio"


def test_the_policy_allows_this_site_alone() -> None:
    assert "http" not in POLICY
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'")


GUIDE = (Path(__file__).parents[2] / "content/guia/publicar.md").read_text(encoding="utf-8")
NGINX = GUIDE.partition("```nginx")[2].partition("```")[0]
CADDY = GUIDE.partition("#### Caddy")[2].partition("```text")[2].partition("```")[0]


@pytest.mark.parametrize("text", [headers_file().decode(), caddy_site(root="/srv", name="a.example"), NGINX, CADDY])
def test_other_hosts_are_told_the_same(text: str) -> None:
    for name, value in SECURITY.items():
        assert name in text
        assert value in text
    assert "immutable" in text
    assert "no-cache" in text


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
    [("assets/avance/portal.0a1b2c3d.css", True), ("index.html", False), ("p/0123456789abcdef/d.bin", False)],
)
def test_only_what_is_named_by_its_content_is_kept_forever(path: str, forever: bool) -> None:
    assert ("immutable" in cache_control(path)) is forever


def test_every_kind_of_host_is_told_what_a_page_cannot_say() -> None:
    for said in (headers_file().decode(), nginx_server(root="/s", name="a"), caddy_site(root="/s", name="a")):
        assert "frame-ancestors 'none'" in said
        assert "nosniff" in said
