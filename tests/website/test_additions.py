"""What avance adds to the documentation, before anybody builds it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.settings import Settings
from generator.website.additions import (
    ContentAdditions,
    content_additions,
    generated_pages,
    page_text,
    theme_additions,
    with_clips_of,
    written_index,
)
from generator.website.contents import read_page
from generator.website.layout import DEPTHS
from generator.website.search import index_in
from generator.website.sections import PageText, Section

WORKSHOP = "---\ndate: 2026-11-02\nstart: 2026-12-03 09:00\nend: 2026-12-03 10:00\n---\n# Conteo\n"
PAGES = {
    "manual/cierre.md": "---\nreviewed: 2026-08-19\n---\n# Cerrar el mes contable\n",
    "manual/ejercicio.md": "# Cerrar el ejercicio contable\n",
    "manual/nomina.md": "# Procesar la nómina\n",
    "manual/pedido.md": "# Registrar un pedido\n",
    "novedades/uno.md": "---\ndate: 2026-11-02\nkind: mejora\n---\n# Primera\n",
    "talleres/index.md": "# Talleres\n",
    "talleres/conteo.md": WORKSHOP,
}


def added(settings: Settings, site_url: str = "https://example.org/") -> ContentAdditions:
    pages = [read_page(text, path) for path, text in PAGES.items()]
    return content_additions(pages, settings, title="Prueba", site_url=site_url)


def test_every_stylesheet_and_script_that_templates_name_is_among_the_files(settings: Settings) -> None:
    theme = theme_additions(settings)
    files = {file.path for file in theme.files}
    texts = theme.texts
    assert {theme.stylesheet, theme.script, texts["portal_css"], texts["portal_js"]} <= files
    assert f"{texts['search_folder']}/open.js" in files


def test_a_reader_can_ask_for_content_only_where_there_is_somebody_to_ask(settings: Settings) -> None:
    assert theme_additions(settings).texts["request"] is None
    request = theme_additions(replace(settings, contact_email="a@example.org")).texts["request"]
    assert isinstance(request, dict)
    assert request["ways"][0]["address"].startswith("mailto:")


def test_feeds_and_calendars_are_files_and_a_feed_needs_an_address(settings: Settings) -> None:
    files = {file.path for file in added(settings).files}
    assert files == {"novedades/rss.xml", "talleres/talleres.ics", "talleres/conteo.ics"}
    assert {file.path for file in added(settings, site_url="").files} == files - {"novedades/rss.xml"}


def test_an_article_has_a_foot_and_other_pages_have_none(settings: Settings) -> None:
    content = added(settings)
    foot = content.foot("manual/cierre.md")
    assert foot
    assert foot.reviewed_iso == "2026-08-19"
    assert foot.related == (("Cerrar el ejercicio contable", "manual/ejercicio/"),)
    assert content.foot("talleres/index.md") is None
    assert content.foot("manual/nadie.md") is None


@pytest.mark.parametrize(("start", "up"), [("talleres/", "../"), ("talleres/conteo/", "../../"), ("./", "")])
def test_the_script_of_a_page_is_found_from_where_its_addresses_start(settings: Settings, start: str, up: str) -> None:
    markdown = added(settings).markdown("# Talleres\n", "talleres/index.md", start=start)
    assert f'<script src="{up}assets/avance/workshops.' in markdown
    assert "Conteo" in markdown


def test_there_is_a_page_for_the_search_and_one_for_each_layout() -> None:
    pages = generated_pages("es")
    assert len(pages) == 1 + len(DEPTHS)
    assert "template: buscar.html" in pages["buscar.md"]
    assert all("search" in read_page(source, path).front for path, source in pages.items())


def test_the_search_knows_a_page_by_its_sections_and_questions() -> None:
    html = '<h1 id="iva">IVA</h1><p>Tasa</p>'
    front = {"questions": ["¿Cuánto es?"], "faq": "¿Y quién lo paga?"}
    assert page_text(html, "manual/iva/", "IVA", front) == PageText(
        address="manual/iva/",
        title="IVA",
        questions=("¿Cuánto es?", "¿Y quién lo paga?"),
        sections=(Section(anchor="", heading="IVA", text="Tasa"),),
    )


def test_the_home_has_an_empty_address_in_the_search() -> None:
    home = page_text("<p>Hola</p>", "./", "Inicio", {})
    assert home
    assert home.address == ""


@pytest.mark.parametrize("search", [{"exclude": True}, {"exclude": False}, {}, None, "no"])
def test_a_page_is_kept_out_of_the_search_by_its_front_matter_alone(search: object) -> None:
    excluded = isinstance(search, dict) and search.get("exclude") is True
    assert (page_text("<p>a</p>", "a/", "A", {"search": search}) is None) is excluded


def test_clips_are_looked_up_below_content(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "dos.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nAbra el mes\n", encoding="utf-8")
    html = '<p><img alt="Cierre" src="../dos.webm" captions="dos.vtt"></p>'
    shown = with_clips_of(html, "cierre.md", "cierre/", tmp_path, settings)
    assert "<img" not in shown
    assert "Abra el mes" in shown


def test_the_index_is_written_and_a_wrong_synonym_is_told(settings: Settings, tmp_path: Path) -> None:
    docs_dir, folder = tmp_path / "content", tmp_path / "site"
    docs_dir.mkdir()
    (docs_dir / "synonyms.yml").write_text("- 3\n", encoding="utf-8")
    text = page_text("<p>factura</p>", "a/", "A", {})
    problems = written_index([text] if text else [], docs_dir, folder, settings)
    assert [problem.file for problem in problems] == ["content/synonyms.yml"]
    assert "factura" in (index_in(folder) / "words.json").read_text(encoding="utf-8")


def test_a_site_whose_search_has_no_engine_says_so(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    templates = tmp_path / "site_templates"
    (templates / "search").mkdir(parents=True)
    (templates / "search" / "synonyms.yml").touch()
    own = replace(settings, templates_dir=templates)
    (problem,) = written_index([], tmp_path / "content", tmp_path / "site", own)
    assert "make web" in problem.text(str)
