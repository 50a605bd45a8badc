"""A real nginx over a folder, with the configuration that avance hands out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.website.headers import nginx_server

from .serving import free_port, running


@contextmanager
def nginx(root: Path, folder: Path) -> Iterator[str]:
    """Serve *root* with nginx, its own files in *folder*; yields the address."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not on this machine: apt-get install nginx")
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    server = nginx_server(root=str(root), name="localhost", listen=f"127.0.0.1:{port}")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"worker_processes 2;\ndaemon off;\nuser root;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 256; }}\nhttp {{\naccess_log off;\n{temporary}{server}}}\n"
    )
    with running(program, "-p", folder, "-c", folder / "nginx.conf", port=port):
        yield f"http://127.0.0.1:{port}/"
