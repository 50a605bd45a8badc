"""What an address serves, compared with a build."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from generator.publishing.manifest import BUILD_FILE, build_file, build_id, read_files
from generator.publishing.verify import await_build, choose, compare, verify

from .serving import FIRST, free_port, write_site
from .web_servers import SERVERS

PAGES = {path: text for path, text in FIRST.items() if path != "404.html"}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return write_site(tmp_path / "construido", PAGES)


@pytest.fixture
def shown(built: Path, tmp_path: Path) -> Path:
    """The folder that is served: the build, and the file that says which one."""
    folder = write_site(tmp_path / "servido", PAGES)
    (folder / BUILD_FILE).write_bytes(build_file(build_id(read_files(built))))
    return folder


def test_a_site_that_is_the_build_has_nothing_wrong(built: Path, shown: Path, serve) -> None:
    found = compare(built, serve(shown))
    assert (found.wrong, found.checked, found.served) == ((), len(PAGES) + 1, found.build)


def test_another_byte_in_a_sealed_file_is_found(built: Path, shown: Path, serve) -> None:
    (shown / "p/beta/d.bin").write_text("sellada")
    found = compare(built, serve(shown))
    assert [(problem.file, problem.text(str)) for problem in found.wrong] == [
        ("p/beta/d.bin", "El sitio sirve otro contenido que el construido.")
    ]


def test_a_page_that_is_not_served_is_found(built: Path, shown: Path, serve) -> None:
    (shown / "p/andina/index.html").unlink()
    (shown / "p/andina").joinpath("avance.pdf").unlink()
    found = compare(built, serve(shown))
    assert {problem.file for problem in found.wrong} == {"p/andina/index.html", "p/andina/avance.pdf"}


def test_another_build_is_named(built: Path, shown: Path, serve) -> None:
    (shown / BUILD_FILE).write_bytes(build_file("f" * 16))
    (problem,) = compare(built, serve(shown)).wrong
    assert "muestra otra versión del sitio (ffffffffffffffff)" in problem.text(str)


def test_an_address_where_nothing_answers_is_told(built: Path) -> None:
    (problem,) = compare(built, f"http://127.0.0.1:{free_port()}/").wrong
    assert "no muestra el sitio" in problem.text(str)


def test_what_was_published_is_awaited(built: Path, shown: Path, serve) -> None:
    build = build_id(read_files(built))
    (shown / BUILD_FILE).rename(shown / "luego")
    address = serve(shown)
    threading.Timer(1, lambda: (shown / "luego").rename(shown / BUILD_FILE)).start()
    start = time.monotonic()
    assert await_build(address, build, timedelta(seconds=30)) == build
    assert time.monotonic() - start < 25


def test_a_sample_has_what_is_new_and_all_that_is_sealed(built: Path) -> None:
    files = read_files(built)
    chosen = choose(files, ["p/andina/index.html", "ya-no-está.html"], 2)
    assert {"p/andina/index.html", "p/beta/d.bin"} <= set(chosen)
    assert len(chosen) == 4
    assert chosen == choose(files, ["p/andina/index.html"], 2)


def test_a_sample_is_read_and_no_more(built: Path, shown: Path, serve) -> None:
    files = read_files(built)
    found = verify(files, build_id(files), serve(shown), sample=1)
    assert found.checked == 3


def test_a_server_without_our_headers_is_remarked_on(built: Path, shown: Path, serve) -> None:
    told = " ".join(problem.text(str) for problem in compare(built, serve(shown)).remarks)
    assert "no envía el encabezado Content-Security-Policy" in told


@pytest.mark.parametrize(("hours", "told"), [(-1, True), (1, True), (0, False)])
def test_a_clock_an_hour_off_is_remarked_on_and_changes_nothing_else(
    built: Path, shown: Path, hours: int, told: bool
) -> None:
    class Late(http.server.SimpleHTTPRequestHandler):
        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string((time.time() if timestamp is None else timestamp) + hours * 3600)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Late, directory=str(shown))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = compare(built, f"http://127.0.0.1:{server.server_address[1]}/")
        server.shutdown()
    assert found.wrong == ()
    remarks = [problem.text(str) for problem in found.remarks]
    assert (
        "El reloj de esta computadora y el del servidor no coinciden: ponga en hora el que esté mal." in remarks
    ) is (told)


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_of_the_manual_leaves_nothing_to_be_wished_for(
    built: Path, shown: Path, tmp_path: Path, server: str
) -> None:
    with SERVERS[server](shown, tmp_path / "server") as address:
        found = compare(built, address)
    assert (found.wrong, found.remarks) == ((), ())
