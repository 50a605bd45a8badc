"""The servers of the manual, as it prints them, over a folder that is published."""

from __future__ import annotations

import gzip
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from generator.website.headers import SECURITY, cache_control, headers_file

from .conftest import folder_place
from .serving import put, write_site
from .web_servers import CADDY, NGINX, SERVERS, nginx_config, program, replaced

HASHED = "assets/avance/portal.0a1b2c3d.css"
INDEXED = "assets/avance/index-0a1b2c3d4e5f/core.json"
FILES = {
    "index.html": "<p>inicio á</p>" * 50,
    "404.html": "<p>no está</p>",
    "p/a/index.html": "á",
    "p/a/agenda.ics": "BEGIN",
    "p/a/tareas.csv": "a,b",
    "p/a/notas.txt": "á",
    "p/a/d.bin": "x",
    "p/a/avance.pdf": "%PDF",
    "datos.json": "{}",
    "a.svg": "<svg/>",
    "programa.js": "a()",
    "recorrido.vtt": "WEBVTT",
    "recorrido.webm": "w",
    "letra.woff2": "w",
    "p/a/tareas.xlsx": "x",
    HASHED: "a { }" * 200,
    INDEXED: "[]",
}
KINDS = {
    "": "text/html; charset=utf-8",
    "p/a/agenda.ics": "text/calendar; charset=utf-8",
    "p/a/tareas.csv": "text/csv; charset=utf-8",
    "p/a/notas.txt": "text/plain; charset=utf-8",
    "p/a/d.bin": "application/octet-stream",
    "p/a/avance.pdf": "application/pdf",
    "datos.json": "application/json",
    "a.svg": "image/svg+xml",
    "programa.js": "javascript",
    "recorrido.vtt": "text/vtt",
    "recorrido.webm": "video/webm",
    "letra.woff2": "font/woff2",
    "p/a/tareas.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    HASHED: "text/css; charset=utf-8",
}


def ask(address: str, **headers: str):
    try:
        return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10)
    except urllib.error.HTTPError as error:
        return error


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Each server of the manual over a folder where `FILES` are published: its address, and the folder's target."""
    place = folder_place(tmp_path, compress=True)
    put(place.host, place.target, write_site(tmp_path / "uno", FILES))
    with SERVERS[request.param](tmp_path / "www" / "current", tmp_path / "server") as address:
        yield address, tmp_path


def test_a_server_sends_every_header_with_every_answer(server: tuple[str, Path]) -> None:
    for path, status in (("", 200), ("p/a/", 200), ("nada", 404), (HASHED, 200), (INDEXED, 200), ("p/a/d.bin", 200)):
        with ask(f"{server[0]}{path}") as answer:
            assert answer.status == status
            assert {name: answer.headers.get_all(name) for name in SECURITY} == {n: [v] for n, v in SECURITY.items()}
            assert answer.headers.get_all("Cache-Control") == [cache_control(path if status == 200 else "404.html")]


def test_a_server_knows_every_kind_of_file(server: tuple[str, Path]) -> None:
    for path, kind in KINDS.items():
        with ask(f"{server[0]}{path}") as answer:
            assert kind in answer.headers.get("Content-Type", ""), path


def test_a_server_redirects_to_folders_and_shows_the_page_for_what_is_not_there(server: tuple[str, Path]) -> None:
    with ask(f"{server[0]}p/a") as answer:
        assert answer.url == f"{server[0]}p/a/"
    for path in ("nada", "p/nadie/", "nada.csv", "assets/avance/portal.99999999.css"):
        with ask(f"{server[0]}{path}") as answer:
            assert (answer.status, answer.read().decode()) == (404, FILES["404.html"])
            assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
                "text/html; charset=utf-8",
                "no-cache",
            )


def test_a_server_hides_what_begins_with_a_dot(server: tuple[str, Path]) -> None:
    write_site(server[1] / "www" / "current", {".avance/x/live": "1"})
    with ask(f"{server[0]}.avance/x/live") as answer:
        assert answer.status == 404


def test_a_server_gives_the_compressed_form_to_who_takes_it(
    server: tuple[str, Path], request: pytest.FixtureRequest
) -> None:
    for path, text in (("", FILES["index.html"]), (HASHED, FILES[HASHED])):
        with ask(f"{server[0]}{path}", **{"Accept-Encoding": "gzip"}) as answer:
            assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
            assert gzip.decompress(answer.read()).decode() == text
        with ask(f"{server[0]}{path}", **{"Accept-Encoding": "gzip, deflate, br"}) as answer:
            content = answer.read()
            if answer.headers["Content-Encoding"] == "br":
                assert brotli.decompress(content).decode() == text
            else:
                assert request.node.callspec.params["server"] == "nginx"
                assert gzip.decompress(content).decode() == text
        with ask(f"{server[0]}{path}", **{"Accept-Encoding": "identity"}) as answer:
            assert answer.headers["Content-Encoding"] is None
            assert answer.read().decode() == text


def test_a_server_shows_the_next_release_at_once_compressed_or_not(server: tuple[str, Path]) -> None:
    place = folder_place(server[1], compress=True)
    text = "<p>otro</p>" * 50
    put(place.host, place.target, write_site(server[1] / "dos", {**FILES, "index.html": text}))
    with ask(server[0]) as answer:
        assert answer.read().decode() == text
    with ask(server[0], **{"Accept-Encoding": "br"}) as answer:
        content = answer.read()
        assert (brotli.decompress(content) if answer.headers["Content-Encoding"] else content).decode() == text


def test_nginx_takes_the_server_of_the_manual_as_it_is_printed(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1)).sign(
        key, hashes.SHA256()
    )
    (tmp_path / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    kind = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "privkey.pem").write_bytes(key.private_bytes(*kind))
    printed = replaced(NGINX, ("/etc/letsencrypt/live/avance.su-empresa.com", str(tmp_path)))
    (tmp_path / "nginx.conf").write_text(nginx_config(printed, tmp_path))
    check = [program("nginx"), "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_the_servers_of_the_manual_and_the_branch_are_told_the_same_and_no_more() -> None:
    told = (
        dict(re.findall(r'add_header (\S+) "(.*)" always;', NGINX)),
        dict(re.findall(r'^\t\t([A-Z][\w-]+) "(.*)"$', CADDY.partition("handle_errors")[0], re.MULTILINE)),
        dict(re.findall(r"^  (?!Cache)([A-Z][\w-]+): (.*)$", headers_file().decode(), re.MULTILINE)),
    )
    assert told == (SECURITY, SECURITY, SECURITY)
