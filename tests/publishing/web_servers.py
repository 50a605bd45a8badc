"""Real nginx and Caddy over a folder, with the configurations that the manual prints."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .serving import free_port, running

GUIDE = (Path(__file__).parents[2] / "content" / "guia" / "publicar.md").read_text(encoding="utf-8")
NGINX = GUIDE.partition("```nginx\n")[2].partition("```")[0]
CADDY = GUIDE.partition("#### Caddy")[2].partition("```text\n")[2].partition("```")[0]
BROTLI = next(Path("/usr/lib/nginx/modules").glob("*brotli_static*"), None)
"""The module of nginx that the manual names, where it is installed."""


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    """Return *text* with each of the *pairs*, both of which stand in it, replaced."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def program(name: str) -> str:
    """Return where the program is, or skip the test."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found is None:
        pytest.skip(f"{name} is not on this machine: apt-get install {name}")
    return found


def nginx_config(server: str, folder: Path, *, brotli: bool = False) -> str:
    """Return a whole configuration around a *server*; all that nginx writes goes to *folder*."""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        (f"load_module {BROTLI};\n" if brotli else "")
        + f"worker_processes 2;\ndaemon off;\nuser root;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 256; }}\nhttp {{\naccess_log off;\n{temporary}{server}}}\n"
    )


@contextmanager
def nginx(root: Path, folder: Path, *, brotli: bool = False) -> Iterator[str]:
    """Serve *root* with nginx, its own files in *folder*, perhaps with its module of *brotli*; yields the address."""
    command = program("nginx")
    if brotli and BROTLI is None:
        pytest.skip("nginx has no brotli on this machine: apt-get install libnginx-mod-http-brotli-static")
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    server = replaced(
        "".join(line for line in NGINX.splitlines(keepends=True) if "ssl_certificate" not in line),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("server_name avance.su-empresa.com;", "server_name localhost;"),
        ("root /srv/avance/current;", f"root {root};"),
        *([("# brotli_static on;", "brotli_static on;")] if brotli else []),
    )
    (folder / "nginx.conf").write_text(nginx_config(server, folder, brotli=brotli))
    with running(command, "-p", folder, "-c", folder / "nginx.conf", port=port):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def nginx_with_brotli(root: Path, folder: Path) -> Iterator[str]:
    """Serve *root* as `nginx` does, with its module of brotli."""
    with nginx(root, folder, brotli=True) as address:
        yield address


@contextmanager
def caddy(root: Path, folder: Path) -> Iterator[str]:
    """Serve *root* with Caddy, its own files in *folder*; yields the address."""
    command = program("caddy")
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    site = replaced(
        CADDY,
        ("avance.su-empresa.com {", f"http://127.0.0.1:{port} {{"),
        ("root * /srv/avance/current", f"root * {root}"),
    )
    alone = "{\n\tadmin off\n\tdefault_bind 127.0.0.1\n}\n"
    (folder / "Caddyfile").write_text(alone + site)
    homes = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    started = (command, "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile")
    with running(*started, port=port, env=homes):
        yield f"http://127.0.0.1:{port}/"


SERVERS = {"nginx": nginx, "nginx with brotli": nginx_with_brotli, "caddy": caddy}
