"""From an empty result to a client who is told: a request becomes a ticket, an article, and news."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from generator.build import Source, build_site, content_problems, read_source, tell
from generator.portals.notices import Channel
from generator.website.documentation import load_site, plugin_of

ASKED = "nota de débito"
HEADER = "Issue key,Issue Type,Summary,Status,Created\n"
SITE = """\
site_name: Prueba
site_url: https://example.org/
docs_dir: content
theme: {name: material, language: es, font: false}
plugins:
  - search
  - avance: {contact_phone: +58 212 555 0100, product_version: "12.4"}
"""
FILES = {
    "mkdocs.yml": SITE,
    "content/novedades/index.md": "# Novedades\n\n<!-- novedades -->\n",
    "data/projects.csv": "id,cliente,nombre,acceso\nacme,ACME,Ventas,public\n",
    "data/people.csv": "id,proyecto,nombre,grupo,telefono,telefono_tipo\n"
    "ana,acme,Ana Ruiz,cliente interno,5550101,profesional\n",
    "data/tickets/acme/2026-11-09 jira.csv": f"{HEADER}V-1,Tarea,Vender,Done,2026-11-02 09:00\n",
}
REQUESTED = f"{HEADER}V-2,Contenido,Emitir una {ASKED},To Do,2026-11-10 09:00\n"
ARTICLE = """\
---
title: Emitir una nota de débito
description: Cómo se cobra lo que faltó en una factura.
reviewed: 2026-11-20
date: 2026-11-20
tickets: [V-2]
---
# Emitir una nota de débito
"""


@pytest.fixture
def publish(make_site, tmp_path: Path):
    """A function: files that changed → the folder of the site that was published with them, and what it was made of."""

    def build(files: dict[str, str]) -> tuple[Path, Source]:
        make_site(tmp_path, FILES | files)
        config = load_site(tmp_path / "mkdocs.yml")
        return tmp_path / "site", build_site(config, tmp_path / "site").source

    return build


def complaints(folder: Path) -> list[str]:
    """Return what `avance check` says of tickets and articles."""
    config = load_site(folder / "mkdocs.yml")
    source = read_source(plugin_of(config).settings(config), docs_dir=folder / "content")
    return [text for each in content_problems(config, source.projects) if "V-2" in (text := each.text(str))]


def test_a_request_walks_from_an_empty_result_to_the_client_being_told(
    publish, make_site, serve, open_page, tmp_path: Path
) -> None:
    site, _ = publish({})
    place = "buscar/" if (site / "buscar" / "index.html").is_file() else "404.html"
    page = open_page(f"{serve(site)}/{place}?q={quote(ASKED)}", width=390)
    chat = urlsplit(page.locator("[data-request] a").first.get_attribute("href") or "")
    (message,) = parse_qs(chat.query)["text"]
    assert chat.path == "/582125550100"
    assert f"«{ASKED}»" in message
    assert page.url.partition("?")[0] in message
    assert "12.4" in message

    make_site(tmp_path, FILES | {"data/tickets/acme/2026-11-16 jira.csv": REQUESTED})
    assert complaints(tmp_path) == []
    done = REQUESTED.replace("To Do", "Done")
    site, _ = publish({"data/tickets/acme/2026-11-23 jira.csv": done})
    assert len(complaints(tmp_path)) == 1

    site, source = publish({"content/manual/ventas/nota-de-debito.md": ARTICLE})
    assert complaints(tmp_path) == []
    page = open_page(f"{serve(site)}/p/acme/", width=390)
    row = page.locator("[data-ticket='V-2']").first
    assert "Su artículo ya está disponible: Emitir una nota de débito" in (row.text_content() or "")
    link = page.locator("[data-ticket='V-2'] a", has_text="Emitir una nota de débito").first.get_attribute("href")
    page.goto(f"{page.url}{link}")
    assert page.locator("h1").text_content() == "Emitir una nota de débito"
    news = (site / "novedades" / "index.html").read_text(encoding="utf-8")
    assert "Emitir una nota de débito</a>" in news
    assert "vie 20 nov 2026 · Nuevo en el manual" in news
    _, (notice,) = tell(source.projects[0], source, None, "https://example.org/", [Channel.WHATSAPP])
    assert "V-2 Emitir una nota de débito" in notice.text
    assert "https://example.org/manual/ventas/nota-de-debito/" in notice.text
