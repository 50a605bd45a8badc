"""Attacks on private portals: wrong keys and changed bytes, and hostile text in every cell.

Real builds in a real Chromium; the numbers are those of the design's list of tests. What an attacker can do is said
where a test shows it: a host can replay a whole older build, which opens as the older cut.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, Route

from generator.build import build_site, make_keyring, read_source, site_secret
from generator.portals.keys import token
from generator.portals.links import PersonalLink, links_csv, personal_links
from generator.problems import DataErrors
from generator.website.documentation import load_site, plugin_of
from tests.payloads import EVIL, FORMULAS, PRODUCT, Payload, beacons, scripts
from tests.portals.opening import open_container
from tests.scanner import Scanner

SECRET = "avs1_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
HERE = "https://avance.example"
OPENED = "[data-view] h1"


@dataclass(frozen=True)
class Built:
    """A site, and the links that open its private portals."""

    folder: Path
    links: tuple[PersonalLink, ...]

    def link(self, project: str = "", contact: str = "") -> PersonalLink:
        return next(link for link in self.links if link.project == project and contact in ("", link.contact))

    def address(self, project: str = "", contact: str = "") -> str:
        """Return what a link has after the site's home."""
        return self.link(project, contact).address.removeprefix(f"{HERE}/")

    def home(self, project: str = "") -> Path:
        return self.folder / self.address(project).partition("#")[0]

    def key(self, project: str = "", contact: str = "") -> str:
        return self.address(project, contact).partition("#")[2]


@pytest.fixture(scope="module")
def build(make_site) -> Iterator[Callable[..., Built]]:
    """A function: a folder and the files of a site → the site, built."""

    def build_(folder: Path, files: dict[str, str | bytes]) -> Built:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AVANCE_SECRET", SECRET)
            config = load_site(make_site(folder, files))
            build_site(config, folder / "site")
            settings = plugin_of(config).settings(config)
            secret = site_secret(settings, folder)
            assert secret
            source = read_source(settings, docs_dir=Path(config.docs_dir), has_secret=True)
            links = personal_links(source.projects, make_keyring(source, secret), HERE, "es")
            return Built(folder=folder / "site", links=tuple(links))

    return build_


def table(rows: Iterable[dict[str, str]]) -> str:
    """Return *rows*, all of the same columns, as CSV."""
    every = list(rows)
    file = io.StringIO()
    writer = csv.DictWriter(file, list(dict.fromkeys(name for row in every for name in row)), restval="")
    writer.writeheader()
    writer.writerows(every)
    return file.getvalue()


# Bytes: T3, and part 7 of the design.


def plain_site(title: str = "Cargar los saldos") -> dict[str, str | bytes]:
    """Return a site of two projects by link and one by passphrase; Bea has left the first when *title* is another."""
    projects, people, documents, rows = [], [], [], []
    for code, access in (("uno", "link"), ("dos", "link"), ("tres", "passphrase")):
        projects.append(
            {"id": code, "cliente": code, "nombre": code, "ejecutivo": "eva", "clave_tracker": code, "acceso": access}
        )
        documents += [
            {"id": f"{code}{kind}", "proyecto": code, "tipo": kind, "titulo": kind, "archivo": f"{code}-{kind}.txt"}
            for kind in ("acta", "minuta")
        ]
        rows.append({"N° ticket": f"{code}-1", "Cliente": code, "Título": title, "Estado": "Por hacer"})
    for name, code, left in (("ana", "uno", ""), ("bea", "uno", title), ("ciro", "dos", ""), ("dora", "tres", "")):
        until = "2026-11-01" if left not in ("", "Cargar los saldos") else ""
        people.append({"id": name, "proyecto": code, "nombre": name, "grupo": "Cliente interno", "hasta": until})
    people.append({"id": "eva", "proyecto": "uno;dos;tres", "nombre": "Eva", "grupo": "AdaptaPro", "rol": "Ejecutiva"})
    files = {f"data/files/{document['archivo']}": f"{document['archivo']} {title}" for document in documents}
    sheets = {"projects": projects, "people": people, "documents": documents, "tickets/2026-11-23 x": rows}
    return files | {f"data/{name}.csv": table(cells) for name, cells in sheets.items()}


@pytest.fixture(scope="module")
def older(build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("older"), plain_site())


@pytest.fixture(scope="module")
def newer(build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("newer"), plain_site("Revisar los saldos"))


@pytest.fixture(scope="module")
def home(older: Built, serve) -> str:
    return serve(older.folder)


@pytest.fixture
def visit(home: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A function: an address below the home, and what the host sends for a name → the page, when it has settled."""
    context = browser.new_context()

    def visit_(address: str, **sent: bytes) -> Page:
        page = context.new_page()
        for name, content in sent.items():
            page.route(f"**/{name}.bin", _sending(content))
        page.goto(f"{home}/{address}")
        page.wait_for_selector(f"[data-state]:not([data-state='opening']):visible, {OPENED}:visible")
        return page

    yield visit_
    context.close()


def _sending(content: bytes) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=content)


def state_of(page: Page) -> str:
    shown = page.locator("[data-state]:visible")
    return (shown.get_attribute("data-state") or "") if shown.count() else "opened"


def container(built: Built, project: str = "uno") -> bytes:
    return (built.home(project) / "d.bin").read_bytes()


def names(built: Built, project: str = "uno") -> dict[str, str]:
    """Return the published name of each file of a portal, by the name that its readers see."""
    link = built.link(project)
    pid = built.home(project).name
    key = int.from_bytes(b"")
    for char in link.address.partition("#k1")[2]:
        key = key << 5 | "0123456789abcdefghjkmnpqrstvwxyz".index(char)
    payload, _, _ = open_container(container(built, project), pid, (key >> 22).to_bytes(16))
    return {path: file["name"] for path, file in payload["files"].items()}


def test_the_right_link_opens_each_portal(older: Built, visit) -> None:
    for project in ("uno", "dos", ""):
        assert state_of(visit(older.address(project))) == "opened"
    assert state_of(visit(older.address("tres"))) == "passphrase"


def test_keys_of_others_and_keys_that_were_made_up_open_nothing(older: Built, visit) -> None:
    pid = older.home("uno").name
    made_up = [token(pid, bytes([byte]) * 16) for byte in (0, 1, 255)]
    wrong = {
        older.key("dos"): "cut",
        older.key(): "cut",
        older.key("uno")[:-1]: "cut",
        older.key("uno") + "0": "cut",
        "k1": "cut",
        **{f"k1{key}": "revoked" for key in made_up},
    }
    for key, state in wrong.items():
        assert state_of(visit(f"p/{pid}/#{key}")) == state, key
    page = visit(older.address("tres"))
    for phrase in ("x", "bababa-bababa-bababa-bababa", older.key("uno")):
        page.locator("[data-passphrase]").fill(phrase)
        page.locator("[data-go]").click()
        page.locator("[data-bad]").wait_for()
        assert state_of(page) == "passphrase"
        page.locator("[data-bad]").evaluate("bad => { bad.hidden = true; }")


FLIP = """
async ([pid, key, places, path, name]) => {
  const bytes = new Uint8Array(await (await fetch("d.bin")).arrayBuffer());
  const reader = await unseal.keyOfToken(pid, key);
  const { content } = await unseal.open(unseal.read(bytes), pid, reader);
  const states = {};
  const told = (state) => { states[state] = (states[state] ?? 0) + 1; };
  const attempt = async (act) => { try { await act(); told("opened"); } catch (error) { told(error.state ?? `${error}`); } };
  const flipped = (from, at) => { const broken = from.slice(); broken[at] ^= 1 << at % 8; return broken; };
  for (const at of places) await attempt(() => unseal.open(unseal.read(flipped(bytes, at % bytes.length)), pid, reader));
  for (let end = 0; end < bytes.length; end += 701) await attempt(() => unseal.open(unseal.read(bytes.slice(0, end)), pid, reader));
  const file = new Uint8Array(await (await fetch(name)).arrayBuffer());
  await unseal.openFile(file, pid, path, content);
  for (let at = 0; at < file.length; at += 41) await attempt(() => unseal.openFile(flipped(file, at), pid, path, content));
  return states;
}
"""


@pytest.mark.parametrize(
    "step", [pytest.param(53, id="some"), pytest.param(1, id="every byte", marks=pytest.mark.slow)]
)
def test_t1_no_flipped_or_cut_byte_opens_in_a_browser(older: Built, visit, step: int) -> None:
    size = len(container(older))
    places = sorted({*range(60), *range(0, size, step)})
    path, name = next(iter(names(older).items()))
    page = visit(older.home("uno").relative_to(older.folder).as_posix() + "/")
    states = page.evaluate(FLIP, [older.home("uno").name, older.key("uno")[2:], places, path, name])
    assert sum(states.values()) > 300
    assert states.keys() == {"damaged", "revoked", "version"}


@dataclass(frozen=True)
class Swap:
    """What a host sends in the place of a container."""

    project: str
    content: Callable[[Built, Built], bytes]
    state: str


def changed(content: bytes, at: int, value: bytes) -> bytes:
    return content[:at] + value + content[at + len(value) :]


SWAPS = {
    "another project's": Swap("uno", lambda old, _: container(old, "dos"), "revoked"),
    "the panel's": Swap("uno", lambda old, _: container(old, ""), "revoked"),
    "one for passphrases": Swap("uno", lambda old, _: container(old, "tres"), "passphrase"),
    "one by link where a passphrase is asked": Swap("tres", lambda old, _: container(old, "uno"), "nokey"),
    "slots of a newer build": Swap("uno", lambda old, new: container(new)[:1100] + container(old)[1100:], "damaged"),
    "pages of a newer build": Swap("uno", lambda old, new: container(old)[:1100] + container(new)[1100:], "damaged"),
    "nothing": Swap("uno", lambda *_: b"", "damaged"),
    "a page of the host": Swap("uno", lambda *_: b"<!doctype html><h1>Wi-Fi</h1>", "captive"),
    "other letters": Swap("uno", lambda old, _: changed(container(old), 0, b"X"), "damaged"),
    "version 0": Swap("uno", lambda old, _: changed(container(old), 5, b"0"), "version"),
    "version 2": Swap("uno", lambda old, _: changed(container(old), 5, b"2"), "version"),
    "mode 0": Swap("uno", lambda old, _: changed(container(old), 6, b"\0"), "version"),
    "mode 2": Swap("uno", lambda old, _: changed(container(old), 6, b"\2"), "damaged"),
    "no slots": Swap("uno", lambda old, _: changed(container(old), 7, b"\0"), "revoked"),
    "twice the slots": Swap("uno", lambda old, _: changed(container(old), 7, b"\x10"), "damaged"),
    "slots beyond its end": Swap("uno", lambda old, _: changed(container(old), 7, b"\xff"), "damaged"),
    "another epoch": Swap("uno", lambda old, _: changed(container(old), 8, bytes(16)), "revoked"),
    "iterations where none are": Swap("uno", lambda old, _: changed(container(old), 24, b"\0\0\0\1"), "damaged"),
    "a passphrase's mode taken away": Swap("tres", lambda old, _: changed(container(old, "tres"), 6, b"\1"), "nokey"),
    "little work": Swap("tres", lambda old, _: changed(container(old, "tres"), 24, (1).to_bytes(4)), "damaged"),
    "too little work": Swap("tres", lambda old, _: changed(container(old, "tres"), 24, (599_999).to_bytes(4)), "damaged"),
    "endless work": Swap("tres", lambda old, _: changed(container(old, "tres"), 24, b"\xff\xff\xff\xff"), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", SWAPS)
def test_t3_what_stands_in_the_place_of_another_opens_nothing(older: Built, newer: Built, visit, name: str) -> None:
    swap = SWAPS[name]
    assert state_of(visit(older.address(swap.project), d=swap.content(older, newer))) == swap.state


def test_a_passphrase_opens_nothing_when_its_work_or_salt_was_changed(older: Built, visit) -> None:
    for at, value in ((24, (700_000).to_bytes(4)), (28, bytes(16))):
        page = visit(older.address("tres"), d=changed(container(older, "tres"), at, value))
        page.locator("[data-passphrase]").fill(older.link("tres").passphrase)
        page.locator("[data-go]").click()
        page.locator("[data-bad]").wait_for()
    page = visit(older.address("tres"))
    page.locator("[data-passphrase]").fill(older.link("tres").passphrase)
    page.locator("[data-go]").click()
    page.wait_for_selector(OPENED)


def test_t3_a_file_in_the_place_of_another_is_not_handed_over(older: Built, newer: Built, visit) -> None:
    own, path, other = names(older), "documentos/acta-v1.txt", "documentos/minuta-v1.txt"
    home, dos = older.home("uno"), older.home("dos")
    for content in (
        (home / own[other]).read_bytes(),
        (dos / names(older, "dos")[path]).read_bytes(),
        (newer.home("uno") / names(newer)[path]).read_bytes(),
        (home / own[path]).read_bytes()[:-1],
    ):
        page = visit(f"{older.address('uno')}/documentos/", **{own[path].removesuffix(".bin"): content})
        page.locator(f"[data-file='{path}']").first.click()
        page.locator("[data-toast] p", has_text="llegó dañado").wait_for()
    page = visit(f"{older.address('uno')}/documentos/")
    with page.expect_download() as download:
        page.locator(f"[data-file='{path}']").first.click()
    assert download.value.path().read_text() == "uno-acta.txt Cargar los saldos"


def test_a_whole_older_build_opens_as_the_older_cut_also_for_who_has_left_since(
    older: Built, newer: Built, visit
) -> None:
    """Nothing in a link says which build is the newest: a host that replays one is not noticed, and what was once
    published stays readable for those who could read it. Parts of two builds do not fit together.
    """
    assert older.key("uno", "ana") == newer.key("uno", "ana")
    for contact in ("ana", "bea"):
        page = visit(older.address("uno", contact), d=container(older))
        assert "Cargar los saldos" in page.locator("[data-view]").inner_text()
    page = visit(older.address("uno", "ana"), d=container(newer))
    assert "Revisar los saldos" in page.locator("[data-view]").inner_text()
    assert state_of(visit(older.address("uno", "bea"), d=container(newer))) == "revoked"


def test_an_older_container_beside_newer_files_says_that_a_file_is_gone(
    older: Built, newer: Built, serve, browser, tmp_path: Path
) -> None:
    shutil.copytree(newer.folder, tmp_path / "site")
    (tmp_path / "site" / newer.home("uno").relative_to(newer.folder) / "d.bin").write_bytes(container(older))
    page = browser.new_page()
    page.goto(f"{serve(tmp_path / 'site')}/{older.address('uno')}/documentos/")
    page.locator("[data-file='documentos/acta-v1.txt']").first.click()
    page.locator("[data-toast] p", has_text="ya no está publicado").wait_for()
    page.close()
