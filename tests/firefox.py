"""The system's Firefox, driven by its own remote protocol (Marionette): as much of it as tests need."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BROWSERS = ("firefox-esr", "firefox")
SECONDS = 60


class Firefox:
    """One window."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line.makefile("rwb")
        self._number = 0
        self._read()
        self.send("WebDriver:NewSession")

    def send(self, command: str, **parameters: object) -> Any:
        """Return what *command* answers.

        Raises:
            RuntimeError: when Firefox says that it went wrong.
        """
        self._number += 1
        said = json.dumps([0, self._number, command, parameters]).encode()
        self._line.write(b"%d:%b" % (len(said), said))
        self._line.flush()
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result.get("value", result)

    def open(self, address: str) -> None:
        """Go to *address*, in a page of its own."""
        self.send("WebDriver:Navigate", url="about:blank")
        self.send("WebDriver:Navigate", url=address)

    def run(self, script: str, *arguments: object) -> Any:
        """Return what *script* (the body of a function) returns in the page."""
        return self.send("WebDriver:ExecuteScript", script=script, args=arguments)

    def until(self, script: str) -> Any:
        """Return what *script* returns once that is something.

        Raises:
            TimeoutError: when it stays nothing.
        """
        return _until(lambda: self.run(script), script)

    def _read(self) -> Any:
        length = b""
        while (digit := self._line.read(1)) != b":":
            length += digit
        return json.loads(self._line.read(int(length)))


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Start a Firefox whose profile and downloads are in *folder*; it ends with the block."""
    profile, downloads = folder / "profile", folder / "downloads"
    profile.mkdir()
    downloads.mkdir()
    preferences = {
        "marionette.port": 0,
        "browser.download.folderList": 2,
        "browser.download.dir": str(downloads),
        "browser.download.useDownloadDir": True,
        "browser.download.always_ask_before_handling_new_types": False,
        "pdfjs.disabled": True,
        "browser.helperApps.neverAsk.saveToDisk": "application/pdf",
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()]
    (profile / "user.js").write_text("\n".join(lines))
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    command = [path, "--headless", "--marionette", "--profile", profile, "--no-remote"]
    environment = os.environ | {"HOME": str(folder)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as process:
        try:
            port = _until(lambda: _port(profile), "its port")
            with socket.create_connection(("127.0.0.1", port), SECONDS) as line:
                yield Firefox(line)
        finally:
            process.terminate()


def _port(profile: Path) -> int:
    path = profile / "MarionetteActivePort"
    text = path.read_text() if path.exists() else ""
    return int(text) if text.strip() else 0


def _until(look: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.1)
    raise TimeoutError(f"Firefox: {what}")
