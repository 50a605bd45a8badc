"""What the tests of the hosts share: small sites, publications of them, and servers that are started for a test."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from generator.publishing.hosts import Host, host_files
from generator.publishing.manifest import build_id, read_files
from generator.publishing.release import Plan, is_settled, plan_release
from generator.publishing.target import Target

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
FIRST = {
    "index.html": "inicio 1",
    "404.html": "no está",
    "assets/avance/portal.11111111.css": "a { }" * 200,
    "p/andina/index.html": "andina 1",
    "p/andina/agenda/index.html": "agenda 1",
    "p/andina/avance.pdf": "pdf",
    "p/beta/index.html": "beta",
    "p/beta/d.bin": "sellado",
}
SECOND = {
    "index.html": "inicio 2",
    "404.html": "no está",
    "assets/avance/portal.22222222.css": "b { }" * 200,
    "p/andina/index.html": "andina 2",
    "p/andina/agenda/index.html": "agenda 1",
    "p/andina/tareas.csv": "a,b",
}


def write_site(folder: Path, files: Mapping[str, str]) -> Path:
    """Write *files* below *folder*, and return it."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def make_plan(host: Host, target: Target, site: Path, *, days: float = 0) -> Plan:
    """Return the plan that puts *site* on a host, some *days* after noon."""
    live = host.live()
    return plan_release(
        read_files(site, host.digest),
        site,
        live,
        build=build_id(read_files(site)),
        number=1 + max((release.number for release in host.releases()), default=0),
        now=NOON + timedelta(days=days),
        grace=target.grace,
        extra=host_files(target),
        digest=host.digest,
    )


def put(host: Host, target: Target, site: Path, *, days: float = 0) -> Plan:
    """Publish *site*, some *days* after noon, as the command does."""
    with host.locked():
        plan = make_plan(host, target, site, days=days)
        if not is_settled(plan):
            host.put(plan, lambda *_: None)
    return plan


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def running(*command: str | Path, port: int, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it is ready when its port answers."""
    environment = {**os.environ, **options.pop("env", {})}
    # A server whose output nobody reads would stop when the pipe is full.
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen([str(part) for part in command], stdout=said, stderr=said, env=environment) as process,
    ):
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert process.poll() is None, said.seek(0) or said.read().decode()
                    time.sleep(0.05)
            yield process
        finally:
            process.terminate()
            process.wait(10)
