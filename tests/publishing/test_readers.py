"""Readers in a loop, through publications and rollbacks: never an error, half a page, or a page without its parts."""

from __future__ import annotations

import re
import threading
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from generator.publishing.hosts import open_host
from generator.publishing.release import plan_release
from generator.publishing.target import FolderTarget

from .serving import NOON, put, write_site
from .test_killed import site_files
from .web_servers import SERVERS

PAGES = ("", "p/1/", "p/2/agenda/", "p/3/soporte/")


class Reader(threading.Thread):
    """Opens pages and what they need until told to stop; keeps what went wrong."""

    def __init__(self, address: str, stop: threading.Event) -> None:
        super().__init__()
        self.address, self.stop = address, stop
        self.wrong: list[str] = []
        self.seen: Counter[int] = Counter()

    def run(self) -> None:
        while not self.stop.is_set():
            for page in PAGES:
                try:
                    self.read(page)
                except Exception as error:
                    self.wrong.append(f"{page}: {error!r}")

    def read(self, page: str) -> None:
        text = self.get(page)
        found = re.search(r"construcción (\d+)", text)
        assert found is not None, text[:200]
        number = int(found[1])
        assert text == site_files(number)["index.html"]
        style = re.search(r"href=(\S+?)>", text)
        assert style is not None
        assert self.get(style[1]) == site_files(number)[style[1]]
        self.seen[number] += 1

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=10) as answer:
            return answer.read().decode()


def go_back(target: FolderTarget, number: int, folder: Path) -> None:
    host = open_host(target, folder)
    with host.locked():
        live = host.live()
        wanted = next(release for release in host.releases() if release.number == number)
        host.bring(wanted, tuple(path for path in wanted.own if live.files.get(path) != wanted.files[path]), folder)
        plan = plan_release(
            wanted.own, folder, live, build=wanted.build, number=host.releases()[-1].number + 1, now=NOON,
            grace=target.grace, source=number,
        )  # fmt: skip
        host.put(plan, lambda *_: None)


@pytest.mark.slow
@pytest.mark.parametrize("server", SERVERS)
def test_readers_never_meet_an_error_through_twenty_publications_and_rollbacks(server: str, tmp_path: Path) -> None:
    target = FolderTarget(name="servidor", path=tmp_path / "www", keep=3)
    put(open_host(target, tmp_path), target, write_site(tmp_path / "0", site_files(0)))
    stop = threading.Event()
    with SERVERS[server](target.path / "current", tmp_path / "server") as address:
        readers = [Reader(address, stop) for _ in range(6)]
        for reader in readers:
            reader.start()
        for number in range(1, 21):
            put(open_host(target, tmp_path), target, write_site(tmp_path / str(number), site_files(number)))
            go_back(target, open_host(target, tmp_path).releases()[-2].number, tmp_path / f"back{number}")
        stop.set()
        for reader in readers:
            reader.join()
    assert not [wrong for reader in readers for wrong in reader.wrong]
    seen = sum((reader.seen for reader in readers), Counter())
    assert len(seen) > 10
    assert seen.total() > 200
