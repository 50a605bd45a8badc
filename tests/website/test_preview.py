"""A live preview, served for real and asked over HTTP."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVE = """
import signal, sys
from pathlib import Path
from generator.website.preview import serve_site

# A process that a script starts in the background is born deaf to an interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

source = Path(sys.argv[1])

def rebuild(folder):
    text = (source / "texto.md").read_text()
    if text != "roto":
        (folder / "index.html").write_text(f"<html><body>{text}</body></html>")
    else:
        source.with_name("failed").touch()

serve_site(rebuild, [source, source / "nada"], sys.argv[2])
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a text to preview."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "texto.md").write_text("uno")
    return folder


@pytest.fixture
def preview(source: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a preview of *source*, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with subprocess.Popen([sys.executable, "-c", SERVE, source, address], stderr=subprocess.DEVNULL) as process:
        yield f"http://{address}/", process
        process.kill()


def shows(address: str, text: str) -> bool:
    """Ask until the page holds *text*; false when it never does."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address) as page:
                if text in page.read().decode():
                    return True
        except urllib.error.URLError:
            pass  # it is still starting
        time.sleep(0.1)
    return False


def test_the_preview_follows_its_files_and_ends_when_interrupted(
    preview: tuple[str, subprocess.Popen[bytes]], source: Path
) -> None:
    address, process = preview
    assert shows(address, "uno")
    (source / "texto.md").write_text("dos")
    assert shows(address, "dos")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0


def test_a_rebuild_that_fails_leaves_the_last_good_page(
    preview: tuple[str, subprocess.Popen[bytes]], source: Path
) -> None:
    address, _ = preview
    assert shows(address, "uno")
    (source / "texto.md").write_text("roto")
    failed = source.with_name("failed")
    for _ in range(100):
        if failed.exists():
            break
        time.sleep(0.1)
    assert failed.exists()
    assert shows(address, "uno")
