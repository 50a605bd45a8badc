"""Azure and Google Cloud Storage, by their emulators: a site is published, changed, read over HTTP, brought back."""

from __future__ import annotations

import base64
import os
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.publishing.failures import PublishError
from generator.publishing.hosts import Host
from generator.publishing.rclone import RcloneHost
from generator.publishing.release import plan_release
from generator.publishing.target import RcloneTarget

from .serving import FIRST, NOON, SECOND, free_port, put, running, write_site

pytestmark = pytest.mark.slow
ACCOUNT = "devstoreaccount1"
KEY = base64.b64encode(b"una clave de usar y tirar, de 64 bytes".ljust(64)).decode()
AZURITE = Path(__file__).parent / "azurite" / "node_modules" / ".bin" / "azurite-blob"


@dataclass(frozen=True)
class Cloud:
    """An emulator that runs: the settings of a target there, its secret, and where a browser reads its files."""

    target: RcloneTarget
    address: str
    secret: str = ""

    def host(self, secret: str | None = None) -> RcloneHost:
        told = self.secret if secret is None else secret
        return RcloneHost(self.target, {**os.environ, **({"AVANCE_NUBE_KEY": told} if told else {})})

    def read(self, path: str) -> tuple[str, str]:
        """Return the text at a path, and for how long a browser may keep it."""
        with urllib.request.urlopen(f"{self.address}/{path}", timeout=10) as answer:
            return answer.read().decode(), answer.headers.get("Cache-Control", "")


@pytest.fixture
def azure(tmp_path: Path) -> Iterator[Cloud]:
    program = str(AZURITE) if AZURITE.exists() else shutil.which("azurite-blob")
    if program is None or not shutil.which("node"):
        pytest.skip("the emulator of Azure is not on this machine: make emulators, with node")
    port = free_port()
    quiet = ("--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", tmp_path / "azurite")
    with running(
        program, "--blobPort", str(port), *quiet, port=port, env={"AZURITE_ACCOUNTS": f"{ACCOUNT}:{KEY}"}
    ):  # fmt: skip
        address = f"http://127.0.0.1:{port}/{ACCOUNT}"
        options = {"account": ACCOUNT, "endpoint": address, "public_access": "blob"}
        target = RcloneTarget(name="nube", backend="azureblob", path="$web", options=options)
        yield Cloud(target, f"{address}/$web", KEY)


@pytest.fixture
def gcs() -> Iterator[Cloud]:
    port = free_port()
    emulator = (sys.executable, "-m", "gcp_storage_emulator", "start", "--host=127.0.0.1", f"--port={port}")
    with running(*emulator, "--in-memory", "--default-bucket=sitio", port=port):
        address = f"http://127.0.0.1:{port}"
        options = {"endpoint": f"{address}/storage/v1/", "anonymous": "true", "bucket_policy_only": "true"}
        yield Cloud(RcloneTarget(name="nube", backend="gcs", path="sitio", options=options), f"{address}/sitio")


@pytest.fixture(params=["azure", "gcs"])
def cloud(request: pytest.FixtureRequest) -> Cloud:
    return request.getfixturevalue(request.param)


def go_back(open_host: Callable[[], Host], cloud: Cloud, folder: Path) -> None:
    host = open_host()
    with host.locked():
        live, wanted = host.live(), host.releases()[0]
        needed = tuple(path for path, what in wanted.own.items() if live.files.get(path) != what)
        host.bring(wanted, needed, folder)
        plan = plan_release(
            wanted.own, folder, live, build=wanted.build, number=3, now=NOON, grace=cloud.target.grace, source=1
        )
        host.put(plan, lambda *_: None)


def test_a_site_is_published_changed_and_brought_back(cloud: Cloud, tmp_path: Path) -> None:
    put(cloud.host(), cloud.target, write_site(tmp_path / "uno", FIRST))
    assert {path: cloud.read(path)[0] for path in FIRST} == FIRST
    put(cloud.host(), cloud.target, write_site(tmp_path / "dos", SECOND))
    assert {path: cloud.read(path)[0] for path in SECOND} == SECOND
    with pytest.raises(urllib.error.HTTPError) as gone:
        cloud.read("p/beta/d.bin")
    gone.value.close()
    go_back(cloud.host, cloud, tmp_path / "vuelta")
    assert {path: cloud.read(path)[0] for path in FIRST} == FIRST
    releases = cloud.host().releases()
    assert [(release.number, release.source) for release in releases] == [(1, None), (2, None), (3, 1)]


def test_browsers_are_told_what_they_may_keep(azure: Cloud, tmp_path: Path) -> None:
    put(azure.host(), azure.target, write_site(tmp_path / "uno", FIRST))
    assert azure.read("index.html")[1] == "no-cache"
    assert "immutable" in azure.read("assets/avance/portal.11111111.css")[1]


def test_a_wrong_key_is_told_without_the_key_and_changes_nothing(azure: Cloud, tmp_path: Path) -> None:
    put(azure.host(), azure.target, write_site(tmp_path / "uno", FIRST))
    wrong = base64.b64encode(b"otra".ljust(64)).decode()
    with pytest.raises(PublishError) as told:
        put(azure.host(wrong), azure.target, write_site(tmp_path / "dos", SECOND))
    assert "rechazó el usuario o la contraseña («" in str(told.value)
    assert "failed to authenticate" in str(told.value)
    assert wrong not in str(told.value)
    assert azure.read("index.html")[0] == "inicio 1"


def test_a_bucket_that_is_not_there_is_told(gcs: Cloud, tmp_path: Path) -> None:
    other = RcloneTarget(name="nube", backend="gcs", path="otro", options=gcs.target.options)
    with pytest.raises(PublishError, match="El servidor no tiene lo que dice el destino"):
        put(RcloneHost(other), other, write_site(tmp_path / "uno", FIRST))
