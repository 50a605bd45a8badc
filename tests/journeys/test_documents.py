"""A client reads the documents and sees who takes part; nobody who left or does support is named anywhere."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.build import build_site
from generator.website.documentation import load_site

ROOT = Path(__file__).parent.parent.parent
PROJECTS = ("andina", "sierra-clara", "textiles-del-sur")
PEOPLE = list(csv.DictReader((ROOT / "data" / "people.csv").read_text(encoding="utf-8").splitlines()))
TEXTS = {".html", ".txt", ".csv", ".json", ".xml"}


def readable(folder: Path) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in TEXTS and path.is_file()
    )


def assert_no_trace(text: str, people: list[dict[str, str]]) -> None:
    for person in people:
        for private in (person["nombre"], person["telefono"], person["correo"]):
            assert not private or private not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("tab", ["documentos", "involucrados"])
@pytest.mark.parametrize("project", PROJECTS)
def test_page_fits_and_passes_axe(project: str, tab: str, width: int, scheme: str, address: str, open_page) -> None:
    page = open_page(f"{address}/p/{project}/{tab}/", width=width, color_scheme=scheme, reduced_motion="reduce")
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("project", PROJECTS)
def test_a_document_is_downloaded_as_it_was_delivered(project: str, site: Path) -> None:
    text = (site / "p" / project / "documentos" / "index.html").read_text(encoding="utf-8")
    hashes = set(re.findall(r"<code>([0-9a-f]{64})</code>", text))
    files = [site / "p" / project / "documentos" / name for name in re.findall(r'href="\./([^"]+)" download', text)]
    delivered = {path.read_bytes() for path in (ROOT / "data" / "files" / project).glob("*.*")}
    assert files
    assert {path.read_bytes() for path in files} <= delivered
    assert hashes <= {hashlib.sha256(content).hexdigest() for content in delivered}


def test_what_came_back_is_not_published(site: Path) -> None:
    (returned,) = (ROOT / "data" / "files").glob("*/recibido/*")
    assert returned.read_bytes() not in {path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_what_waits_for_the_client_leads_to_its_row(address: str, open_page) -> None:
    page = open_page(f"{address}/p/andina/documentos/", width=390)
    page.get_by_role("link", name="Firmar: Acta de carga de los saldos iniciales").click()
    row = page.locator(".document:target")
    assert "pendiente de firma" in row.inner_text()
    row.get_by_text("Leer el documento").click()
    assert row.locator(".letter").is_visible()


def test_the_client_sees_what_to_correct(address: str, open_page) -> None:
    page = open_page(f"{address}/p/sierra-clara/documentos/", width=390)
    assert page.locator(".observations li").count() == 2
    assert "Fila 3, columna «memoria_gb»" in page.locator(".observations").inner_text()


def test_nobody_who_left_or_does_support_is_named(site: Path) -> None:
    support = [person for person in PEOPLE if "soporte" in person["rol"].casefold()]
    left = [person for person in PEOPLE if person["hasta"] and person["hasta"] <= "2026-11-20"]
    assert support
    assert left
    assert_no_trace(readable(site), support + left)


@pytest.mark.parametrize("project", PROJECTS)
def test_a_page_has_one_contact(project: str, site: Path) -> None:
    executives = {
        person["correo"] for person in PEOPLE if "Ejecutiv" in person["rol"] and person["proyecto"] == project
    }
    for path in (site / "p" / project).rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        assert text.count('id="contacto"') == 1
        assert set(re.findall(r"[\w.]+@[\w-]+\.example", text)) <= executives


def test_at_go_live_advisers_and_programmers_vanish_everywhere(make_site, tmp_path: Path) -> None:
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "data").rglob("*") if path.is_file()
    }
    files["data/projects.csv"] = (
        (ROOT / "data" / "projects.csv").read_bytes().replace(b",implementacion,", b",produccion,")
    )
    files["data/people.csv"] = re.sub(rb"20\d\d-\d\d-\d\d,no\r?\n", b",no\n", files["data/people.csv"])
    build_site(load_site(make_site(tmp_path / "src", files), {"public": True}), tmp_path / "site")
    gone = re.compile("asesor|consultor", re.IGNORECASE)
    left = [
        person
        for person in PEOPLE
        if person["proyecto"] == "andina" and person["empresa"] == "AdaptaPro" and gone.match(person["rol"])
    ]
    assert left
    assert_no_trace(readable(tmp_path / "site" / "p" / "andina"), left)
