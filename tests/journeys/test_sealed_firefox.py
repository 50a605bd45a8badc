"""T21: a private portal in Firefox, the system's."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.portals.sealing import Mode, Reader
from tests.firefox import BROWSERS, Firefox, firefox
from tests.sealed import Host, folder_of, fragment, link_key, make_host, passphrase, small

ROOT = Path(__file__).parent.parent.parent
PDF = b"%PDF-1.7 " + bytes(range(256))
OPENED = "return document.querySelector('[data-view] h1')?.textContent.trim()"
STATE = """
    const shown = [...document.querySelectorAll("[data-state]")].find(state => state.checkVisibility());
    return shown && shown.dataset.state !== "opening" ? shown.dataset.state : null;
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Firefox: apt-get install firefox-esr"),
]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Host:
    """A real portal, a small one with a file, and one that a passphrase opens."""
    made = make_host(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("sealed") / "site")
    made.put("andina", made.projects["andina"])
    page = ("", "Avance", '<h1>Uno</h1><a href="avance.pdf">PDF</a>')
    made.put("chico", small(page, files=(("avance.pdf", PDF),)), readers=[Reader(key=link_key("chico"), label="Ana")])
    readers = [Reader(key=passphrase("clave")[1], label="Ana")]
    made.put("clave", small(page), mode=Mode.PASSPHRASE, readers=readers)
    return made


@pytest.fixture(scope="module")
def home(host: Host, serve) -> str:
    """The address that serves them."""
    return serve(host.folder)


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Firefox puts what it downloads."""
    return tmp_path_factory.mktemp("firefox") / "downloads"


@pytest.fixture(scope="module")
def window(downloads: Path) -> Iterator[Firefox]:
    """A window of Firefox."""
    with firefox(downloads.parent) as opened:
        yield opened


def address(home: str, code: str) -> str:
    return f"{home}/{folder_of(code)}"


def test_a_link_opens_and_tabs_and_the_way_back_work(window: Firefox, home: str) -> None:
    window.open(address(home, "andina") + fragment("andina"))
    assert window.until(OPENED) == "Implementación AdaptaPro ERP"
    window.run("document.querySelector('.tabs a[href=\"#/tablero/\"]').click()")
    assert window.until("return document.querySelector('#tareas') && document.title") == "Tablero · AdaptaPro"
    assert window.run("return location.href") == f"{address(home, 'andina')}#/tablero/"
    assert window.run("return document.querySelector('.board').classList.contains('ready')")
    window.run("history.back()")
    assert window.until("return document.querySelector('#dependen') && location.hash") == "#/"
    window.send("WebDriver:Refresh")
    assert window.until(OPENED)


@pytest.mark.parametrize(
    ("rest", "state"), [("", "nokey"), (fragment("andina")[:-3], "cut"), (fragment("chico", "luis"), "revoked")]
)
def test_what_does_not_open_says_why(rest: str, state: str, window: Firefox, home: str) -> None:
    window.run("sessionStorage.clear()")
    window.open(address(home, "chico") + rest)
    assert window.until(STATE) == state


def test_a_passphrase_opens(window: Firefox, home: str) -> None:
    window.open(address(home, "clave"))
    assert window.until(STATE) == "passphrase"
    window.run("document.querySelector('[data-passphrase]').value = arguments[0]", passphrase("clave")[0])
    window.run("document.querySelector('[data-go]').click()")
    assert window.until(OPENED) == "Uno"


def test_a_file_is_downloaded_whole(window: Firefox, home: str, downloads: Path) -> None:
    window.open(address(home, "chico") + fragment("chico"))
    window.until(OPENED)
    window.run("document.querySelector('[data-file]').click()")
    file = downloads / "avance.pdf"
    for _ in range(100):
        if file.exists() and file.stat().st_size == len(PDF):
            break
        time.sleep(0.1)
    assert file.read_bytes() == PDF


def test_the_device_remembers_and_forgets(window: Firefox, home: str) -> None:
    window.open(address(home, "chico") + fragment("chico"))
    window.until(OPENED)
    window.run("document.querySelector('[data-remember]').click()")
    window.until("return document.querySelector('[data-remember]').hidden")
    window.run("sessionStorage.clear()")
    window.open(address(home, "chico"))
    assert window.until(OPENED) == "Uno"
    window.run("document.querySelector('[data-forget]').click()")
    assert window.until(STATE) == "nokey"
    window.open(address(home, "chico"))
    assert window.until(STATE) == "nokey"
