"""What is private is in nothing that leaves the machine: published bytes and names, logs, pages without a key.

Every private cell, name and file holds a word of its own that begins with PRIVATE; those of a public project begin with
PUBLIC and have to be found, or the scanner is blind.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.build import build_site
from generator.portals.keys import new_secret
from generator.website.documentation import load_site
from tests.scanner import Scanner

PRIVATE, PUBLIC = "qzprivado", "qzabierto"
SECRET = "avs1_" + urlsafe_b64encode(bytes(range(7, 39))).decode().rstrip("=")
TITLES = {
    "ticket": "Nº ticket",
    "project": "Cliente",
    "title": "Título",
    "description": "Descripción",
    "kind": "Tipo",
    "status": "Estado",
    "priority": "Prioridad",
    "component": "Área",
    "labels": "Etiquetas",
    "created": "Fecha de apertura",
    "closed": "Fecha de cierre",
    "due": "Fecha límite",
    "agreed": "Fecha acordada",
    "assignee": "Asignado a",
    "assignee_group": "Grupo asignado",
    "requester": "Solicitante",
    "waiting_on": "Depende de",
    "question": "Pregunta",
    "answer": "Respuesta",
    "public": "Publicar",
    "url": "URL",
    "unknown": "Columna que nadie conoce",
}
SHOWN = (
    "ticket",
    "title",
    "component",
    "question",
    "answer",
    "client",
    "project",
    "contact",
    "document",
    "state",
    "request",
)
"""What a public page must show of a project that is marked all over."""
AVANCE, MKDOCS = (Path(sys.executable).parent / name for name in ("avance", "mkdocs"))


@dataclass(frozen=True)
class Marks:
    """The words of one project: `marks("title", 3)` is that of one cell."""

    start: str
    code: str
    access: str

    def __call__(self, name: str, number: int = 0) -> str:
        stem, dot, extension = name.partition(".")
        return f"{self.start}{self.code}{stem.replace('_', '')}{number}x{dot}{extension}"

    @property
    def id(self) -> str:
        """The project's id, which is its folder where it is public."""
        return self("id")


PROJECTS = (
    Marks(PRIVATE, "uno", "link"),
    Marks(PRIVATE, "dos", "link"),
    Marks(PRIVATE, "tres", "passphrase"),
    Marks(PUBLIC, "mil", "public"),
)


def tickets(marks: Marks) -> list[dict[str, str]]:
    """Return an export in which every cell of text is marked, and some are wrong: what is wrong is told."""
    usual = ("ticket", "title", "description", "kind", "priority", "component", "labels", "assignee", "assignee_group")
    texts = (*usual, "requester", "question", "answer", "url", "unknown")
    rows = [
        {name: marks(name, number) for name in texts}
        | {
            "project": marks("key"),
            "status": ("Listo", "En curso", "Esperando al cliente", "Por hacer", marks("status"))[number % 5],
            "created": f"2026-11-{2 + number:02} 09:00",
            "closed": "2026-11-20 10:00" if number % 5 == 0 else "",
            "due": marks("due") if number == 6 else "2026-11-28",
            "agreed": "2026-11-29 10:00" if number in (1, 6) else "",
            "waiting_on": "Cliente" if number % 5 == 2 else "",
            "public": "sí" if number % 5 == 0 else "",
        }
        for number in range(12)
    ]
    aside = {"title": "", "ticket": "", "description": marks("aside")}
    orphan = rows[1] | {"ticket": marks("orphan"), "project": marks("nobody")}
    return [*rows, aside, orphan]


def sheets(marks: Marks) -> dict[str, list[dict[str, str]]]:
    """Return a project's rows in the executive's files."""
    executive, contact, adviser = (marks(name) for name in ("executive", "contact", "adviser"))

    def person(name: str, group: str, role: str, **more: str) -> dict[str, str]:
        mail = f"{name}@{marks('host')}.example"
        row = {"id": name, "proyecto": marks.id, "nombre": f"{name} Pérez", "empresa": marks("company"), "grupo": group}
        return row | {"rol": role, "telefono": f"+58 {name}", "telefono_tipo": "profesional", "correo": mail} | more

    document = {"proyecto": marks.id, "tipo": "acta", "fecha": "2026-11-02", "version": "1", "estado": marks("state")}
    files = ("notes.md", "template.csv", "photo.png", "missing.pdf", "wrong.exe")
    return {
        "projects": [
            {
                **{"id": marks.id, "cliente": marks("client"), "nombre": marks("project"), "fase": "implementacion"},
                **{"ejecutivo": executive, "clave_tracker": marks("key"), "inicio": "2026-10-01"},
                **{"puesta_en_marcha": "2026-11-10", "acceso": marks.access},
                **{"pais": "PE" if marks.start == PRIVATE else "VE"},
            }
        ],
        "people": [
            person(executive, "AdaptaPro", "Ejecutiva de cuenta"),
            person(contact, "Cliente interno", "Contralora"),
            person(adviser, "AdaptaPro", "Asesora funcional"),
            person(marks("left"), "Cliente interno", "Analista", hasta="2026-11-01"),
            person(marks("nowhere"), "Cliente interno", "Analista", proyecto=marks("otherid")),
        ],
        "documents": [
            document | {"id": marks("doc", at), "titulo": marks("document", at), "archivo": f"{marks.id}/{marks(name)}"}
            for at, name in enumerate(files)
        ],
        "requests": [
            {"id": marks("req"), "proyecto": marks.id, "plantilla": marks("doc", 1), "que": marks("request")}
            | {"para": marks("purpose"), "pedido": "2026-11-05", "recibido": ""},
            {"id": marks("req", 1), "proyecto": marks.id, "plantilla": marks("notemplate"), "que": marks("request", 1)},
        ],
        "titles": [
            {"ticket": marks("ticket", 3), "titulo": marks("plaintitle"), "significado": marks("meaning")},
            {"ticket": marks("noticket"), "titulo": marks("notitle"), "significado": ""},
        ],
        "holidays": [{"pais": "PE", "fecha": "2026-11-24", "nombre": marks("holiday"), "laborable": "no"}]
        if marks.start == PRIVATE
        else [],
        "links": [{"proyecto": marks.id, "contacto": contact, "renovaciones": "1"}],
    }


def table(rows: list[dict[str, str]], titles: dict[str, str] | None = None) -> str:
    """Return *rows* as CSV."""
    names = titles or {name: name for row in rows for name in row}
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(names.values())
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return file.getvalue()


def documents(marks: Marks) -> dict[str, str | bytes]:
    """Return a project's files, by their path in data/files/."""
    photo = b"\x89PNG\r\n\x1a\n" + zlib.compress(marks("pixels").encode() * 3)
    returned = f"Código,Fecha\n{marks('returned')},{marks('day')}\n"
    return {
        f"{marks.id}/{marks('notes.md')}": f"# {marks('heading')}\n\n{marks('text')} {marks('adviser')} Pérez\n",
        f"{marks.id}/{marks('template.csv')}": f"Código,Fecha\n{marks('example')},2026-01-02\n",
        f"{marks.id}/{marks('photo.png')}": photo,
        f"{marks.id}/{marks('wrong.exe')}": "MZ",
        f"{marks.id}/recibido/{marks('template.csv')}": returned,
    }


def site_files() -> dict[str, str | bytes]:
    """Return a whole site, by path."""
    every = [sheets(marks) for marks in PROJECTS]
    return {
        **{f"data/{name}.csv": table([row for part in every for row in part[name]]) for name in every[0]},
        **{f"data/tickets/2026-11-23 {marks.code}.csv": table(tickets(marks), TITLES) for marks in PROJECTS},
        **{f"data/files/{path}": content for marks in PROJECTS for path, content in documents(marks).items()},
    }


def run(folder: Path, command: Path, *arguments: str, secret: str = SECRET, **variables: str) -> str:
    """Run a command in a runner that others read; return all that it prints, and its exit status at the end."""
    environment = {name: value for name, value in os.environ.items() if name != "AVANCE_SECRET"}
    environment |= {"HOME": str(folder / "home"), "GITHUB_ACTIONS": "true", "LANG": "es_VE.UTF-8"} | variables
    if secret:
        environment["AVANCE_SECRET"] = secret
    done = subprocess.run(
        [command, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return f"{done.stdout}{done.stderr}exit {done.returncode}"


@dataclass(frozen=True)
class Site:
    """A site that was built in a hosted runner by both commands, and what they said."""

    folder: Path
    links: list[dict[str, str]]
    told: str

    @property
    def folders(self) -> tuple[Path, Path]:
        return self.folder / "site", self.folder / "other"


@pytest.fixture(scope="module")
def site(make_site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("leaks")
    make_site(folder, site_files())
    (folder / "home").mkdir()
    told = [run(folder, AVANCE, "build"), run(folder, MKDOCS, "build", "--site-dir", "other")]
    assert [said[-6:] for said in told] == ["exit 0"] * len(told), told
    listed = run(folder, AVANCE, "links", "--json", GITHUB_ACTIONS="").rpartition("exit")[0]
    return Site(folder=folder, links=json.loads(listed)["links"], told="\n".join(told))


@pytest.fixture(scope="module")
def private(site: Site) -> Scanner:
    """What looks for anything private: marked cells, the keys of links, passphrases and the secret."""
    tokens = [link["address"].partition("#k1")[2] for link in site.links]
    phrases = [link["passphrase"] for link in site.links]
    assert (sum(map(bool, tokens)), sum(map(bool, phrases))) == (6, 1)
    return Scanner([PRIVATE, SECRET.lower(), *filter(None, tokens), *filter(None, phrases)])


def portal(folder: Path, marks: Marks, links: list[dict[str, str]]) -> Path:
    """Return the folder in which a project is published."""
    address = next((link["address"] for link in links if link["project"] == marks.id), f"/{marks.id}/")
    return folder / "p" / address.partition("#")[0].rstrip("/").rpartition("/")[2]


def zipped(word: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", word * 5)
    return file.getvalue()


GIT_OBJECTS = ("git", "cat-file", "--batch", "--unordered")
PACKED = {
    "plain": lambda word: b"a" + word,
    "capitals": bytes.upper,
    "base64": lambda word: b64encode(b"" + word),
    "base64, one further": lambda word: b64encode(b"?" + word),
    "base64, two further": lambda word: b64encode(b"\xff\xfe" + word),
    "base64 for addresses": lambda word: urlsafe_b64encode(b"\xff\xfe" + word),
    "hex": lambda word: word.hex().encode(),
    "HEX": lambda word: word.hex().upper().encode(),
    "quoted": lambda word: "".join(f"%{byte:02X}" for byte in word).encode(),
    "utf-16, little end": lambda word: word.decode().encode("utf-16-le"),
    "utf-16, big end": lambda word: b"\0" + word.decode().encode("utf-16-be"),
    "gzip": gzip.compress,
    "zlib": lambda word: b"some bytes " + zlib.compress(word),
    "zlib, twice": lambda word: zlib.compress(zlib.compress(b64encode(word), 1), 9),
    "deflate": lambda word: zlib.compress(word)[2:-4],
    "zip": zipped,
}


@pytest.mark.parametrize("form", PACKED)
def test_t9_the_scanner_finds_a_word_in_every_form(form: str) -> None:
    word = f"{PRIVATE}abc"
    assert Scanner([PRIVATE, "other words"]).words_in(PACKED[form](word.encode())) == {PRIVATE}
    assert not Scanner([PRIVATE]).words_in(PACKED[form](b"qzpublicabc"))


def test_t9_the_scanner_finds_what_a_public_project_shows(site: Site) -> None:
    marks = PROJECTS[-1]
    shown = {marks(name) for name in SHOWN} | {marks("plaintitle"), marks("meaning"), marks("text")}
    for folder in site.folders:
        home = folder / "p" / marks.id
        wanted = Scanner(shown)
        assert set().union(*(wanted.words_in(page.read_bytes()) for page in home.rglob("*.html"))) == shown
        for name in ("avance.pdf", "tareas.xlsx", "tareas.csv", "proyecto.json"):
            assert wanted.words_in((home / name).read_bytes()) >= {marks("ticket"), marks("title")}, name
        assert Scanner([marks("pixels")]).words_below(home).keys() == {f"documentos/{marks('document', 2)}-v1.png"}


def test_t9_nothing_private_is_published_or_kept_in_a_cache(site: Site, private: Scanner) -> None:
    others = [path for path in site.folder.iterdir() if path.is_dir() and path.name not in ("data", "content")]
    assert {path.name for path in others} >= {"site", "other", "home"}
    assert private.words_below(site.folder / "data")
    assert not private.words_below(*others)


def test_t9_no_commit_of_the_publishing_branch_tells_anything_private(
    make_site, tmp_path: Path, private: Scanner
) -> None:
    published, source = tmp_path / "published.git", tmp_path / "source"
    subprocess.run(["git", "init", "-q", "--bare", published], check=True)
    summary = tmp_path / "summary.md"
    (source / "home").mkdir(parents=True)
    target = f"{{type: git, remote: {published}, verify: false}}"
    settings = "site_name: Prueba\nsite_url: https://example.org/\ndocs_dir: content\n"
    settings += (
        f"theme: {{name: material, language: es, font: false}}\nplugins: [search, avance: {{publish: {target}}}]\n"
    )
    make_site(source, site_files() | {"mkdocs.yml": settings})
    told = [run(source, AVANCE, "publish", GITHUB_STEP_SUMMARY=str(summary))]
    export = source / "data" / "tickets" / f"2026-11-23 {PROJECTS[0].code}.csv"
    export.write_text(export.read_text().replace(PROJECTS[0]("title"), f"{PROJECTS[0]('title')}otro"))
    told.append(run(source, AVANCE, "publish", GITHUB_STEP_SUMMARY=str(summary)))
    assert [said[-6:] for said in told] == ["exit 0"] * 2, told
    log = ["git", "-C", str(published), "log", "--all", "--patch", "--text", "--format=fuller", "--no-renames"]
    history = subprocess.run(log, check=True, capture_output=True).stdout
    assert history.count(b"\ncommit ") + history.startswith(b"commit ") == 2
    assert Scanner([PUBLIC]).words_in(history)
    kept = subprocess.run([*GIT_OBJECTS, "--batch-all-objects"], cwd=published, check=True, capture_output=True).stdout
    for content in (history, kept, "".join(told).encode(), summary.read_bytes()):
        assert not private.words_in(content)


def test_t9_nothing_private_is_printed_in_a_hosted_runner(site: Site, private: Scanner) -> None:
    assert site.told.count("people.csv") > 5
    assert not private.words_in(site.told.encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--json"],
        *(["check", *form] for form in ([], ["--json"], ["--format", "github"])),
        *(["inspect", "data/tickets/2026-11-23 uno.csv", *form] for form in ([], ["--json"])),
        ["links"],
        ["rotate", PROJECTS[0]("contact")],
    ],
)
def test_t9_no_command_prints_anything_private_in_a_hosted_runner(
    site: Site, private: Scanner, arguments: list[str]
) -> None:
    assert not private.words_in(run(site.folder, AVANCE, *arguments).encode())


def test_t9_outside_a_hosted_runner_the_same_run_names_what_is_wrong(site: Site, private: Scanner) -> None:
    assert private.words_in(run(site.folder, AVANCE, "check", GITHUB_ACTIONS="").encode()) == {PRIVATE}


def test_t9_an_outsider_sees_one_page_for_all_and_padded_sizes(site: Site) -> None:
    pages, sizes = set(), set()
    for marks in PROJECTS[:-1]:
        files = [path for path in portal(site.folders[0], marks, site.links).rglob("*") if path.is_file()]
        pages |= {path.read_bytes() for path in files if path.name == "index.html"}
        sizes |= {path.stat().st_size for path in files if path.name == "d.bin"}
        named = [path.name for path in files if path.name not in ("index.html", "d.bin")]
        assert named
        assert all(re.fullmatch(r"[0-9a-hjkmnp-tv-z]{16}\.bin", name) for name in named)
    assert (len(pages), len(sizes)) == (1, 1)


def test_t9_pages_without_a_key_say_nothing_private_to_eyes_or_screen_readers(
    site: Site, private: Scanner, serve, browser
) -> None:
    home = serve(site.folders[0])
    context = browser.new_context()
    page = context.new_page()
    spoken = {}
    for path in sorted(site.folders[0].rglob("*.html")):
        address = f"{home}/{path.relative_to(site.folders[0]).as_posix().removesuffix('index.html')}"
        page.goto(address)
        if (path.parent / "d.bin").exists():
            page.locator("[data-state='nokey']:visible, [data-state='passphrase']:visible").wait_for()
        tree = context.new_cdp_session(page).send("Accessibility.getFullAXTree")
        said = (page.title(), page.locator("body").inner_text(), page.locator("body").aria_snapshot(), page.content())
        spoken[address] = "\n".join((*said, json.dumps(tree, ensure_ascii=False)))
    context.close()
    assert sum("/p/" in address for address in spoken) >= 10
    assert Scanner([PUBLIC]).words_in("".join(spoken.values()).encode())
    assert not {address: found for address, said in spoken.items() if (found := private.words_in(said.encode()))}


def built(make_site, folder: Path, files: dict[str, str | bytes], monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Build a site in this process; return what it published."""
    monkeypatch.setenv("AVANCE_SECRET", SECRET)
    build_site(load_site(make_site(folder, files)), folder / "site")
    return published(folder / "site")


def published(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Return the folders, two deep, in which a file came, went or changed."""
    paths = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    return {"/".join(path.split("/")[:2]) for path in paths}


@pytest.mark.parametrize(
    ("zone", "epoch"),
    [
        ("Pacific/Kiritimati", "1893456000"),
        pytest.param("Pacific/Pago_Pago", "946684800", marks=pytest.mark.slow),
    ],
)
def test_t6_a_build_on_another_day_in_another_zone_has_the_same_bytes(
    site: Site, make_site, tmp_path: Path, zone: str, epoch: str
) -> None:
    """In these two zones it is never the same day."""
    make_site(tmp_path, site_files())
    run(tmp_path, AVANCE, "build", TZ=zone, SOURCE_DATE_EPOCH=epoch)
    assert published(tmp_path / "site") == published(site.folders[0]) == published(site.folders[1])


def test_t6_a_change_of_one_row_changes_one_project_and_the_panel(
    site: Site, make_site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, before = PROJECTS[0], published(site.folders[0])
    files = site_files()
    name = f"data/tickets/2026-11-23 {one.code}.csv"
    files[name] = str(files[name]).replace(f"{one('ticket', 1)},{one('key')},{one('title', 1)}", "NUEVO-1,clave,Otro")
    after = built(make_site, tmp_path, files, monkeypatch)
    assert changed(before, after) == {f"p/{portal(tmp_path, one, site.links).name}", "panel/d.bin"}


def test_t6_a_change_of_a_contact_changes_one_project(
    site: Site, make_site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, before = PROJECTS[0], published(site.folders[0])
    files = site_files() | {"data/people.csv": str(site_files()["data/people.csv"])}
    files["data/people.csv"] = files["data/people.csv"].replace(f"{one('contact')} Pérez", "Otra Persona", 1)
    own = f"p/{portal(tmp_path, one, site.links).name}"
    assert changed(before, built(make_site, tmp_path, files, monkeypatch)) == {own}
    files["data/people.csv"] = files["data/people.csv"].replace(f"{one('executive')} Pérez", "Otra Ejecutiva", 1)
    everyone = {f"p/{portal(tmp_path, marks, site.links).name}" for marks in PROJECTS[:-1]} | {"panel/d.bin"}
    assert changed(before, built(make_site, tmp_path, files, monkeypatch)) == everyone


@pytest.mark.parametrize("command", [AVANCE, MKDOCS], ids=["avance", "mkdocs"])
def test_t10_without_a_good_secret_nothing_is_written_and_the_former_site_stays(
    make_site, tmp_path: Path, command: Path
) -> None:
    make_site(tmp_path, site_files() | {"site/index.html": "antes", "site/404.html": ""})
    for secret in ("", SECRET[:-1]):
        told = run(tmp_path, command, "build", secret=secret)
        assert told.endswith("exit 1"), told
        assert "secret" in told
        assert not Scanner([PRIVATE, SECRET[:-1].lower()]).words_in(told.encode())
        assert published(tmp_path / "site") == {"index.html": b"antes", "404.html": b""}
        assert {path.name for path in tmp_path.iterdir()} == {"mkdocs.yml", "content", "data", "site"}


def test_t10_a_new_secret_is_unlike_the_last(tmp_path: Path) -> None:
    assert len({new_secret() for _ in range(100)}) == 100
