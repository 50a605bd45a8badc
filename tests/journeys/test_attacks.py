"""Attacks on private portals: wrong keys and changed bytes, and hostile text in every cell.

Real builds in a real Chromium; the numbers are those of the design's list of tests. What an attacker can do is said
where a test shows it: a host can replay a whole older build, which opens as the older cut.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, Route
from pypdf import PdfReader

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


def opened(built: Built, project: str = "uno") -> dict[str, Any]:
    """Return what the container of a portal by link holds."""
    pid, letters = built.home(project).name, built.link(project).address.partition("#k1")[2]
    number = sum("0123456789abcdefghjkmnpqrstvwxyz".index(char) << 5 * at for at, char in enumerate(letters[::-1]))
    return open_container(container(built, project), pid, (number >> 22).to_bytes(16))[0]


def names(built: Built, project: str = "uno") -> dict[str, str]:
    """Return the published name of each file of a portal, by the name that its readers see."""
    return {path: file["name"] for path, file in opened(built, project)["files"].items()}


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
  const attempt = async (act) => {
    try { await act(); told("opened"); } catch (error) { told(error.state ?? `${error}`); }
  };
  const open = (sealed) => attempt(() => unseal.open(unseal.read(sealed), pid, reader));
  const flipped = (from, at) => { const broken = from.slice(); broken[at] ^= 1 << at % 8; return broken; };
  for (const at of places) await open(flipped(bytes, at));
  for (let end = 0; end < bytes.length; end += 701) await open(bytes.slice(0, end));
  const file = new Uint8Array(await (await fetch(name)).arrayBuffer());
  await unseal.openFile(file, pid, path, content);
  const openFile = (sealed) => attempt(() => unseal.openFile(sealed, pid, path, content));
  for (let at = 0; at < file.length; at += 41) await openFile(flipped(file, at));
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
    "less work": Swap("tres", lambda old, _: changed(container(old, "tres"), 24, (599_999).to_bytes(4)), "damaged"),
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


# Text: T11 and T12. Each payload stands in every column of text.

SCRIPTS = tuple(scripts())
HOSTILE = (*SCRIPTS, *beacons(len(SCRIPTS)))
SOME = (*SCRIPTS[:-16:5], *SCRIPTS[-16:], *HOSTILE[len(SCRIPTS) :])
"""Elements, places and schemes, not each with each other, and all else: for the run that every commit makes."""
EXPORT = (
    "Título",
    "Descripción",
    "Área",
    "Etiquetas",
    "Prioridad",
    "Asignado a",
    "Grupo asignado",
    "Solicitante",
    "URL",
)
STATES = ("Listo", "En curso", "Esperando al cliente", "Por hacer", "En espera")
PHASES = {"obra": "implementacion", "poliza": "poliza-eservice"}


def hostile_rows(code: str, payloads: Sequence[Payload]) -> Iterator[dict[str, str]]:
    """Yield a ticket for each payload; the number is hostile in one project, the kind in the other."""
    for payload in payloads:
        number, text = payload.number, payload.text
        done = number % 5 == 0
        yield {
            **dict.fromkeys(EXPORT, text),
            "N° ticket": f"{text}{number}" if code == "obra" else f"{number}",
            "Cliente": code,
            "Estado": STATES[number % 5],
            "Tipo": text if code == "poliza" else ("Incidencia", "Mejora")[number % 2],
            "Pregunta": text,
            "Respuesta": text,
            "Publicar": "sí",
            "Fecha de apertura": f"2026-10-{1 + number % 28:02} 09:00",
            "Fecha de cierre": f"2026-11-{2 + number % 20:02} 09:00" if done else "",
            "Fecha límite": "" if done else f"2026-11-{10 + number % 20}",
            "Fecha acordada": f"2026-11-{24 + number % 5} 10:00" if number % 3 == 0 and not done else "",
        }


def hostile_sheets(access: str, codes: Sequence[str], payloads: Sequence[Payload]) -> dict[str, list[dict[str, str]]]:
    """Return the executive's files; a project has one row, which holds many payloads."""
    sheets: dict[str, list[dict[str, str]]] = {
        name: [] for name in ("projects", "people", "documents", "requests", "titles", "holidays")
    }
    for place, code in enumerate(codes):
        many = " ".join(payload.text for payload in payloads[place::19])
        sheets["projects"].append(
            {
                "id": code,
                "cliente": many,
                "nombre": many,
                "fase": PHASES[code],
                "ejecutivo": code,
                "clave_tracker": code,
            }
            | {"inicio": "2026-09-01", "acceso": access, "pais": "VE", "horas_contratadas": "100"}
            | {"poliza_desde": "2026-09-01", "poliza_hasta": "2027-08-31"}
        )
        sheets["people"].append(
            {"id": code, "proyecto": code, "nombre": many, "empresa": many, "grupo": "AdaptaPro", "rol": "Ejecutiva"}
            | {"telefono": f"+58 212 {many}", "telefono_tipo": "profesional", "correo": f"a@b.example{many}"}
        )
        sheets["people"].append({"id": f"{code}ana", "proyecto": code, "nombre": many, "grupo": "Cliente interno"})
        for payload in payloads:
            text, row = payload.text, {"proyecto": code}
            sheets["people"].append(
                row | {"id": f"{text}{code}", "nombre": text, "empresa": text, "rol": text, "acceso": "no"}
                | {"grupo": f"Cliente interno {text}", "telefono": text, "telefono_tipo": "profesional", "correo": text}
            )  # fmt: skip
            sheets["documents"].append(
                row | {"id": f"{text}{code}", "tipo": text, "titulo": text, "version": text, "estado": text}
                | {"fecha": "2026-11-02", "ticket": str(payload.number), "archivo": f"{payload.number}.md"}
            )  # fmt: skip
            sheets["requests"].append(
                row | {"id": text, "plantilla": f"{text}{code}", "que": text, "para": text, "pedido": "2026-11-03"}
            )
    sheets["titles"] = [
        {"ticket": str(payload.number), "titulo": payload.text, "significado": payload.text}
        for payload in payloads[::2]
    ]
    sheets["holidays"] = [{"pais": "VE", "fecha": "2026-11-24", "nombre": payloads[2].text, "laborable": "no"}]
    return sheets


def hostile_site(access: str, codes: Sequence[str], payloads: Sequence[Payload]) -> dict[str, str | bytes]:
    return {
        **{f"data/{name}.csv": table(rows) for name, rows in hostile_sheets(access, codes, payloads).items()},
        **{f"data/tickets/2026-11-23 {code}.csv": table(hostile_rows(code, payloads)) for code in codes},
        **{f"data/files/{payload.number}.md": payload.text for payload in payloads},
    }


@pytest.fixture(scope="module")
def hostile(build, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Built]:
    """A function: how projects are opened, which, and which payloads → the site, built once."""

    @cache
    def make(access: str, codes: tuple[str, ...], payloads: tuple[Payload, ...]) -> Built:
        return build(tmp_path_factory.mktemp(access), hostile_site(access, codes, payloads))

    return make


FEW = (("obra",), SOME)
ALL = (tuple(PHASES), HOSTILE)


WATCH = """
window.ran = [];
window.pwn = (number) => { ran.push(number); };
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { ran.push(name); };
"""
POKE = """
() => {
  for (const element of document.querySelectorAll("main *")) {
    for (const type of ["focus", "mouseover", "toggle", "animationstart"]) element.dispatchEvent(new Event(type));
  }
}
"""
INSPECT = """
() => {
  const never = "script,style,link,meta,base,iframe,frame,object,embed,form,template,noscript,math,video,audio," +
    "source,track,img,image,animate,set,use,marquee,textarea,xmp,plaintext,[style],[srcset],[ping],[srcdoc],[background]";
  const safe = /^(https?|mailto|tel|webcal|whatsapp|blob):$/;
  const found = [];
  const view = document.querySelector("[data-view]") ?? document.querySelector("main");
  for (const element of view.querySelectorAll("*")) {
    if (element.matches(never)) found.push(element.outerHTML.slice(0, 200));
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(`${name}=${value}`);
      if (/^(href|src|action|formaction|xlink:href|data|poster)$/i.test(name)) {
        let url;
        try { url = new URL(value, location); } catch { found.push(`${name}=${value}`); continue; }
        if (!safe.test(url.protocol)) found.push(`${name}=${value}`);
      }
    }
  }
  const loose = [];
  const walker = document.createTreeWalker(view, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(data)) {
      let around = parentElement;
      while (around && !/isolate|plaintext/.test(getComputedStyle(around).unicodeBidi)) around = around.parentElement;
      if (!around || around.contains(view)) loose.push(parentElement.outerHTML.slice(0, 200));
    }
  }
  return { found, loose, text: view.textContent, ran: window.ran, frames: frames.length, where: location.pathname };
}
"""
GO = """
(name) => new Promise((done) => {
  document.addEventListener("avance:view", () => setTimeout(done, 100), { once: true });
  location.hash = `#/${name}`;
})
"""


class Visit:
    """A reader's visit that notes everything that a page must not do."""

    def __init__(self, browser: Browser, home: str, *, csp: bool) -> None:
        self.home = home
        self.wrong: list[str] = []
        self.text = ""
        self.context = browser.new_context(bypass_csp=not csp)
        self.context.add_init_script(WATCH)
        self.context.on("request", lambda request: self._foreign(request.url))
        self.context.on(
            "page", lambda page: self.wrong.append(f"window: {page.url}") if len(self.context.pages) > 1 else None
        )
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _foreign(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self.wrong.append(f"request: {url}")

    def look(self) -> None:
        """Poke at everything on the page, and note what it is made of and what ran."""
        before = self.page.url.partition("#")[0].removeprefix(self.home)
        self.page.evaluate(POKE)
        seen = self.page.evaluate(INSPECT)
        self.wrong += [*seen["found"], *(f"ran: {number}" for number in seen["ran"])]
        self.wrong += [f"bidi: {element}" for element in seen["loose"]]
        assert (seen["frames"], seen["where"]) == (0, before)
        self.text += seen["text"]


@pytest.fixture
def visits(browser: Browser, serve) -> Iterator[Callable[..., Visit]]:
    made: list[Visit] = []

    def start(folder: Path, *, csp: bool = True) -> Visit:
        made.append(Visit(browser, serve(folder), csp=csp))
        return made[-1]

    yield start
    for visit in made:
        visit.context.close()


def read_all(visit: Visit, payloads: Sequence[Payload]) -> None:
    """Check that every payload was seen as text, and that none was more."""
    assert not sorted({each[:300] for each in visit.wrong})
    numbers = {payload.number for payload in payloads if payload in SCRIPTS}
    assert {int(number) for number in re.findall(r"pwn\((\d+)\)", visit.text)} == numbers
    assert PRODUCT not in visit.text
    assert "@@avance-" in visit.text


def read_sealed(visit: Visit, site: Built, project: str) -> None:
    visit.page.goto(f"{visit.home}/{site.address(project)}")
    visit.page.wait_for_selector(OPENED)
    visit.look()
    names = [page["name"] for page in opened(site, project)["pages"]]
    for name in names[1:]:
        visit.page.evaluate(GO, name)
        visit.look()


def test_t11_t12_no_text_of_a_cell_runs_or_asks_for_anything_in_an_unsealed_portal(hostile, visits) -> None:
    site = hostile("link", *FEW)
    visit = visits(site.folder)
    read_sealed(visit, site, "obra")
    visit.page.get_by_role("button", name="Buscar", exact=True).click()
    visit.page.get_by_role("searchbox").fill("pwn")
    visit.page.locator("dialog .search-results a").first.wait_for()
    visit.look()
    read_all(visit, SOME)


@pytest.mark.slow
@pytest.mark.parametrize("csp", [True, False])
def test_t11_t12_no_cell_of_any_column_and_view_runs_or_asks_for_anything(hostile, visits, csp: bool) -> None:
    """Without the policy as well: cells are escaped and cleaned whether or not a browser knows it."""
    site = hostile("link", *ALL)
    for project in PHASES:
        visit = visits(site.folder, csp=csp)
        read_sealed(visit, site, project)
        read_all(visit, HOSTILE)
    visit = visits(site.folder, csp=csp)
    visit.page.goto(f"{visit.home}/{site.address()}")
    visit.page.wait_for_selector(OPENED)
    visit.look()
    assert not visit.wrong


@pytest.mark.parametrize(
    ("csp", "codes", "payloads"), [(False, *FEW), pytest.param(True, *ALL, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_t11_t12_no_cell_of_a_public_project_runs_or_asks_for_anything(
    hostile, visits, csp: bool, codes: Sequence[str], payloads: Sequence[Payload]
) -> None:
    site = hostile("public", codes, payloads)
    for code in codes:
        visit = visits(site.folder, csp=csp)
        for path in sorted((site.folder / "p" / code).rglob("index.html")):
            visit.page.goto(f"{visit.home}/{path.parent.relative_to(site.folder).as_posix()}/")
            visit.look()
        read_all(visit, payloads)
    written = [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"[\w./-]+", path) for path in written)
    pages = [page for path in site.folder.rglob("*.pdf") for page in PdfReader(path).pages]
    assert len(pages) > 5
    assert PRODUCT not in "".join(page.extract_text() for page in pages)
    actions = [
        note.get_object()["/A"] for page in pages for note in page.annotations or [] if "/A" in note.get_object()
    ]
    assert {(action["/S"], str(action.get("/URI"))[:8]) for action in actions} <= {
        ("/URI", "https://"),
        ("/GoTo", "None"),
    }
    assert not [action for action in actions if EVIL in str(action.get("/URI"))]


CARELESS = """
async (pages) => {
  for (const html of pages) {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    frame.contentWindow.eval("alert = () => {}");
    frame.contentDocument.open();
    frame.contentDocument.write(`<!doctype html><title></title><style>@keyframes x{}</style>${html}`);
    frame.contentDocument.close();
  }
  await new Promise((done) => setTimeout(done, 1500));
  for (const frame of document.querySelectorAll("iframe")) {
    for (const element of frame.contentDocument?.querySelectorAll("body *") ?? []) {
      for (const type of ["focus", "mouseover"]) element.dispatchEvent(new Event(type));
      if (element.localName === "a") element.dispatchEvent(new MouseEvent("click", { cancelable: true }));
    }
  }
  await new Promise((done) => setTimeout(done, 1500));
  return [...new Set(window.ran)];
}
"""


@pytest.mark.slow
def test_t11_t12_a_site_that_trusts_cells_runs_the_same_payloads_and_asks_for_their_addresses(
    browser: Browser, serve, tmp_path: Path
) -> None:
    """The control: the payloads are alive. Each is written into a frame of its own, without any policy."""
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title><body>")
    context = browser.new_context()
    context.add_init_script(WATCH)
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url) if request.url.startswith(EVIL) else None)
    context.route(f"{EVIL}/**", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{serve(tmp_path)}/index.html")
    ran = page.evaluate(CARELESS, [payload.careless for payload in HOSTILE])
    context.close()
    assert len([number for number in ran if isinstance(number, int)]) >= 100
    assert len({url.rpartition("/b")[2] for url in asked}) >= 15


# Spreadsheets: cells that begin as formulas do, and what follows a separator.

RUN = tuple("=+-@＝＋－＠")
CELLS = tuple(Payload(number, text, "") for number, text in enumerate(FORMULAS))


def split(content: bytes) -> Iterator[str]:
    """Yield the cells of a CSV file as spreadsheets see them, whichever separator they split at."""
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter):
            yield from (cell.strip() for cell in row)


def test_no_cell_of_a_spreadsheet_is_a_formula(hostile) -> None:
    site = hostile("public", ("obra",), CELLS)
    home = site.folder / "p" / "obra"
    sheets = load_workbook(home / "tareas.xlsx").worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert len([cell for cell in cells if isinstance(cell.value, str) and "calc" in cell.value]) > 30
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    found = list(split((home / "tareas.csv").read_bytes()))
    assert len([cell for cell in found if "calc" in cell]) > 30
    assert not [cell for cell in found if cell.startswith(RUN)]


def test_no_cell_of_the_list_of_links_is_a_formula(hostile) -> None:
    links = hostile("link", ("obra",), CELLS).links
    cells = list(split(links_csv(links, "es")))
    assert [cell for cell in cells if "calc" in cell]
    assert not [cell for cell in cells if cell.startswith(RUN)]


# Paths: what documents.csv names is read from data/files/ alone.

OUTSIDE = "qzoutsidex"
LEAVING = (
    "../secreto.txt",
    "../../secreto.txt",
    "a/../../secreto.txt",
    "..\\secreto.txt",
    "./.././secreto.txt",
    "{root}/secreto.txt",
    "/etc/passwd",
    "enlace.txt",
    "carpeta/secreto.txt",
    "vuelta/vuelta/../../secreto.txt",
    "~/secreto.txt",
    "file:///etc/passwd",
    "C:\\Windows\\win.ini",
    "\\\\server\\share\\a.pdf",
    "%2e%2e/secreto.txt",
    "..%2fsecreto.txt",
    "secreto.txt\x00.pdf",
    "a" * 5000 + ".txt",
    ".",
    "..",
    "/",
    "//",
)


@pytest.mark.parametrize("path", LEAVING)
def test_no_path_and_no_link_leads_out_of_the_documents(make_site, tmp_path: Path, path: str) -> None:
    root = tmp_path / "a" / "b"
    rows = [{"N° ticket": "1", "Cliente": "x", "Título": "Uno", "Estado": "Por hacer"}]
    document = {"id": "d", "proyecto": "x", "tipo": "acta", "titulo": "../../Acta", "archivo": path.format(root=root)}
    config_file = make_site(
        root,
        {
            "data/projects.csv": table([{"id": "x", "cliente": "x", "clave_tracker": "x", "acceso": "public"}]),
            "data/documents.csv": table([document]),
            "data/requests.csv": table([{"id": "r", "proyecto": "x", "plantilla": "d", "que": "../../x"}]),
            "data/tickets/2026-11-23 x.csv": table(rows),
            "data/files/propio.txt": "propio",
            "data/secreto.txt": OUTSIDE,
            "secreto.txt": OUTSIDE,
        },
    )
    (root / "data/files/enlace.txt").symlink_to(root / "secreto.txt")
    (root / "data/files/carpeta").symlink_to(root)
    (root / "data/files/vuelta").symlink_to(root / "data/files")
    config = load_site(config_file)
    try:
        problems = build_site(config, root / "site").problems
    except DataErrors as found:
        problems = found.problems
    assert "documents.csv" in {problem.file for problem in problems}
    assert {problem.file for problem in problems if problem.severity == "error"} <= {"documents.csv"}
    assert not Scanner([OUTSIDE, "root:x:0:0"]).words_below(root / "site")
    assert {entry.name for entry in (tmp_path, root.parent) for entry in entry.iterdir()} == {"a", "b"}


def test_a_path_inside_the_documents_is_published(make_site, tmp_path: Path) -> None:
    """The control of the test before."""
    config_file = make_site(
        tmp_path,
        {
            "data/projects.csv": table([{"id": "x", "cliente": "x", "clave_tracker": "x", "acceso": "public"}]),
            "data/documents.csv": table([{"id": "d", "proyecto": "x", "titulo": "Acta", "archivo": "a/../propio.txt"}]),
            "data/tickets/2026-11-23 x.csv": "N° ticket,Cliente,Título,Estado\n../../../1,x,Uno,Por hacer\n",
            "data/files/a/otro.txt": "otro",
            "data/files/propio.txt": OUTSIDE,
        },
    )
    build_site(load_site(config_file), tmp_path / "site")
    assert set(Scanner([OUTSIDE]).words_below(tmp_path / "site")) == {"p/x/documentos/acta-v1.txt"}
