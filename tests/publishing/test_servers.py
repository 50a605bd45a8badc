"""Real servers on this machine: each protocol that rclone speaks, sshd, and what goes wrong with them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from generator.publishing.failures import PublishError
from generator.publishing.rclone import RcloneHost, _program
from generator.publishing.target import RcloneTarget, preview_of

from .serving import FIRST, SECOND, free_port, put, running, write_site
from .test_hosts import own

USER, PASSWORD = "avance", "c0ntr4s3ñ4"


@dataclass(frozen=True)
class Server:
    """A running server: how to reach it, its secrets, and the folder behind it."""

    target: RcloneTarget
    secrets: Mapping[str, str]
    folder: Path

    def host(self, **secrets: str) -> RcloneHost:
        return RcloneHost(self.target, {**os.environ, "HOME": str(self.folder), **self.secrets, **secrets})


@dataclass(frozen=True)
class Protocol:
    """How a server of rclone is started, and how it is reached."""

    serve: tuple[str, ...]
    backend: str
    options: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    path: str = "sitio"


LOGIN = ("--user", USER, "--pass", PASSWORD)
PROTOCOLS = {
    "sftp": Protocol(
        ("sftp", *LOGIN), "sftp", {"host": "127.0.0.1", "user": USER, "port": "{port}"}, {"PASS": PASSWORD}
    ),
    "ftp": Protocol(
        ("ftp", *LOGIN), "ftp", {"host": "127.0.0.1", "user": USER, "port": "{port}"}, {"PASS": PASSWORD}
    ),
    "webdav": Protocol(
        ("webdav", *LOGIN), "webdav", {"url": "http://127.0.0.1:{port}", "user": USER, "vendor": "other"},
        {"PASS": PASSWORD},
    ),
    "s3": Protocol(
        ("s3", "--auth-key", f"{USER},{PASSWORD}"), "s3",
        {"provider": "Rclone", "endpoint": "http://127.0.0.1:{port}", "region": "us-east-1"},
        {"ACCESS_KEY_ID": USER, "SECRET_ACCESS_KEY": PASSWORD},
    ),
}  # fmt: skip


@contextmanager
def served(protocol: Protocol, tmp_path: Path, *, port: int | None = None) -> Iterator[Server]:
    root = tmp_path / "servidor"
    (root / protocol.path).mkdir(parents=True, exist_ok=True)
    listen = free_port()
    cache = ("--vfs-cache-mode", "writes", "--vfs-write-back", "0s", "--cache-dir", tmp_path / "cache")
    command = (_program(), "serve", *protocol.serve, root, "--addr", f"127.0.0.1:{listen}", *cache)
    with running(*command, port=listen):
        options = {name: value.format(port=port or listen) for name, value in protocol.options.items()}
        target = RcloneTarget(name="servidor", backend=protocol.backend, path=protocol.path, options=options)
        secrets = {f"AVANCE_SERVIDOR_{name}": value for name, value in protocol.secrets.items()}
        yield Server(target, secrets, root / protocol.path)


def shown(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".avance" not in path.parts
    }


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_a_site_is_published_and_changed_over(name: str, tmp_path: Path) -> None:
    with served(PROTOCOLS[name], tmp_path) as server:
        put(server.host(), server.target, write_site(tmp_path / "uno", FIRST))
        assert own(shown(server.folder)) == FIRST
        put(server.host(), server.target, write_site(tmp_path / "dos", SECOND))
        after = own(shown(server.folder))
        assert {path: after[path] for path in SECOND} == SECOND
        assert [release.number for release in server.host().releases()] == [1, 2]
        wanted = server.host().releases()[0]
        server.host().bring(wanted, ("index.html", "p/beta/d.bin"), tmp_path / "vuelta")
        assert shown(tmp_path / "vuelta") == {"index.html": b"inicio 1", "p/beta/d.bin": b"sellado"}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_a_preview_comes_and_goes_beneath_the_site(name: str, tmp_path: Path) -> None:
    with served(PROTOCOLS[name], tmp_path) as server:
        put(server.host(), server.target, write_site(tmp_path / "uno", FIRST))
        preview = replace(server, target=preview_of(server.target, "precios"))
        put(preview.host(), preview.target, write_site(tmp_path / "rama", {"index.html": "rama"}))
        put(server.host(), server.target, write_site(tmp_path / "dos", {**FIRST, "index.html": "inicio 2"}))
        found = shown(server.folder)
        assert (found["index.html"], found["preview/precios/index.html"]) == (b"inicio 2", b"rama")
        host = preview.host()
        with host.locked():
            host.remove()
        assert own(shown(server.folder)) == {**FIRST, "index.html": "inicio 2"}
        assert preview.host().live() is None


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_a_wrong_password_is_told_in_spanish_without_the_password(name: str, tmp_path: Path) -> None:
    wrong = "equivocada-9"
    secret = "AVANCE_SERVIDOR_" + ("SECRET_ACCESS_KEY" if name == "s3" else "PASS")
    with served(PROTOCOLS[name], tmp_path) as server:
        put(server.host(), server.target, write_site(tmp_path / "uno", FIRST))
        before = shown(server.folder)
        with pytest.raises(PublishError) as told:
            put(server.host(**{secret: wrong}), server.target, write_site(tmp_path / "dos", SECOND))
        assert "rechazó el usuario o la contraseña" in str(told.value)
        assert wrong not in str(told.value)
        assert shown(server.folder) == before


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    options = {"host": "127.0.0.1", "port": str(free_port()), "user": USER}
    target = RcloneTarget(name="servidor", backend="sftp", path="sitio", options=options)
    with pytest.raises(PublishError, match="Se cortó la conexión con el servidor, o no contesta"):
        put(
            RcloneHost(target, {**os.environ, "HOME": str(tmp_path), "AVANCE_SERVIDOR_PASS": PASSWORD}),
            target,
            tmp_path,
        )


class Wire(threading.Thread):
    """A line to a server that is cut after so many bytes; mended when told to."""

    def __init__(self, port: int, limit: int) -> None:

        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.to, self.left = port, limit

    def run(self) -> None:

        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to))
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    def carry(self, one, other) -> None:
        try:
            while self.left > 0 and (content := one.recv(4096)):
                self.left -= len(content)
                other.sendall(content)
        except OSError:
            pass
        finally:
            one.close()
            other.close()


@pytest.mark.slow
def test_a_connection_that_drops_loses_nothing_and_the_next_run_goes_on(tmp_path: Path) -> None:
    big = {f"p/{number}/documentos/foto.png": "x" * 200_000 for number in range(10)}
    with served(PROTOCOLS["sftp"], tmp_path) as server:
        put(server.host(), server.target, write_site(tmp_path / "uno", FIRST))
        wire = Wire(int(server.target.options["port"]), 600_000)
        wire.start()
        options = {**server.target.options, "port": str(wire.port)}
        cut = RcloneTarget(name="servidor", backend="sftp", path="sitio", options=options)
        with pytest.raises(PublishError, match="Se cortó la conexión"):
            put(
                RcloneHost(cut, {**os.environ, "HOME": str(tmp_path), **server.secrets}),
                cut,
                write_site(tmp_path / "dos", {**SECOND, **big}),
            )
        wire.listening.close()
        for path, content in own(shown(server.folder)).items():
            if path.endswith(".html"):
                assert content in (FIRST.get(path), SECOND.get(path))
    # Whoever was cut off left its lock behind: the next one would wait for a minute first.
    (server.folder / ".avance" / "lock").unlink(missing_ok=True)
    with served(PROTOCOLS["sftp"], tmp_path) as server:
        put(server.host(), server.target, write_site(tmp_path / "dos", {**SECOND, **big}))
        after = own(shown(server.folder))
        assert {path: after[path] for path in {**SECOND, **big}} == {**SECOND, **big}


@pytest.fixture
def sshd(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A real OpenSSH server for this user with a key, for SFTP alone: its port, and the private key."""
    program = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")
    if program is None:
        pytest.skip("sshd is not on this machine: apt-get install openssh-server")
    Path("/run/sshd").mkdir(exist_ok=True)
    for name in ("host", "client"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / name], check=True)
    shutil.copy(tmp_path / "client.pub", tmp_path / "authorized")
    port = free_port()
    (tmp_path / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {tmp_path}/host\nAuthorizedKeysFile {tmp_path}/authorized\n"
        f"PidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n"
        "ForceCommand internal-sftp\n"
    )
    with running(program, "-D", "-e", "-f", tmp_path / "sshd_config", port=port):
        yield port, tmp_path / "client"


@pytest.mark.slow
def test_openssh_takes_a_site_with_a_key_and_is_known_by_its_own(sshd: tuple[int, Path], tmp_path: Path) -> None:
    port, key = sshd
    known = tmp_path / "home" / ".ssh" / "known_hosts"
    known.parent.mkdir(parents=True)
    home = {**os.environ, "HOME": str(tmp_path / "home")}
    known.write_text(f"[127.0.0.1]:{port} {(tmp_path / 'client.pub').read_text()}")
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    options = {"host": "127.0.0.1", "port": str(port), "user": user, "key_file": str(key)}
    target = RcloneTarget(name="servidor", backend="sftp", path=str(tmp_path / "www"), options=options)
    with pytest.raises(PublishError, match="El servidor no es el que se conocía"):
        put(RcloneHost(target, home), target, write_site(tmp_path / "uno", FIRST))
    known.write_text(f"[127.0.0.1]:{port} {(tmp_path / 'host.pub').read_text()}")
    put(RcloneHost(target, home), target, write_site(tmp_path / "uno", FIRST))
    put(RcloneHost(target, home), target, write_site(tmp_path / "dos", SECOND))
    after = own(shown(tmp_path / "www"))
    assert {path: after[path] for path in SECOND} == SECOND
