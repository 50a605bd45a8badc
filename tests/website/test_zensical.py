"""What Zensical is given, and what is done to what it leaves; the slow tests run it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.build import build_site
from generator.cli import main
from generator.problems import AvanceError
from generator.settings import Settings
from generator.website.additions import content_additions, theme_additions
from generator.website.booklets import Printed, Section
from generator.website.contents import read_contents
from generator.website.documentation import load_site, plugin_of
from generator.website.layout import BODY, DEPTHS, HEAD, TITLE, source_path
from generator.website.search import index_in
from generator.website.zensical import (
    MARK,
    build_with_zensical,
    cut_pages,
    derived_config,
    finish_pages,
    menu_of,
    settle_listed,
    source_pages,
    write_pages,
    write_sources,
)

HOME = "https://example.org/"
SITE = """\
site_name: Prueba
site_url: https://example.org/
docs_dir: content
exclude_docs: apuntes/
theme: {name: material, language: es, font: false, custom_dir: propias}
extra: {generator: false}
plugins: [search, avance: {contact_email: a@example.org}]
markdown_extensions: [abbr, toc: {permalink: true}, pymdownx.snippets: {base_path: [!relative $docs_dir]}]
"""
FILES: Mapping[str, str | bytes] = {
    "mkdocs.yml": SITE,
    "propias/main.html": "suya",
    "propias/partials/pie.html": "pie",
    "content/.abbreviations": "*[IVA]: impuesto\n",
    "content/index.md": "# Inicio\n\n[roto](nada.md)\n",
    "content/apuntes/uno.md": "# Apunte\n",
    "content/borrador.md": "---\ndraft: true\n---\n# Secreto\n",
    "content/manual/iva.md": "---\nfaq: [¿Cuánto?]\nreviewed: 2026-08-19\n---\n# Impuesto\n\nTasa\n",
    "content/manual/cuadro.png": b"\x89PNG",
    "content/novedades/index.md": "# Novedades\n",
    "content/novedades/uno.md": "---\ndate: 2026-11-02\nkind: mejora\n---\n# Primera\n",
    "content/queries.yml": "¿IVA?: manual/iva.md\n",
    "data/tickets/jira.csv": "Issue key,Summary,Status,Project name\nZ-1,Zurcir,Done,Zutano\n",
}


def given(make_site, root: Path) -> tuple[dict[str, object], dict[str, str]]:
    """Return the configuration that Zensical would get of the site above, and the texts of its files by their paths."""
    config = load_site(make_site(root, FILES))
    settings = plugin_of(config).settings(config)
    pages = [page for page in source_pages(config) if not page.is_draft]
    theme = theme_additions(settings)
    content = content_additions(pages, settings, title=config.site_name, site_url=HOME)
    write_sources(root / "work", config, settings, theme, content)
    texts = {
        path.relative_to(root / "work").as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in (root / "work").rglob("*")
        if path.is_file()
    }
    return derived_config(config, theme, {"borrador.md"}), texts


def test_it_gets_every_file_that_a_reader_gets_and_no_other(make_site, tmp_path: Path) -> None:
    _, files = given(make_site, tmp_path)
    written = {path.removeprefix("content/") for path in files if path.startswith("content/")}
    layouts = {source_path(depth) for depth in DEPTHS}
    articles = {"index.md", "manual/iva.md", "novedades/index.md", "novedades/uno.md"}
    assert {path for path in written if path.endswith(".md")} == articles | layouts | {"buscar.md"}
    assert {"manual/cuadro.png", "novedades/rss.xml"} < written
    assert not written & {"queries.yml", ".abbreviations", "borrador.md"}


def test_what_the_plugin_does_to_sources_is_done(make_site, tmp_path: Path) -> None:
    _, files = given(make_site, tmp_path)
    _, front, body = files["content/manual/iva.md"].split("---\n", 2)
    said = yaml.safe_load(front)
    assert said["faq"] == ["¿Cuánto?"]
    assert said["article_foot"]["reviewed_iso"] == "2026-08-19"
    assert said["article_foot"]["verdicts"][0]["yes"].startswith("mailto:")
    assert body == "# Impuesto\n\nTasa\n"
    assert "Primera" in files["content/novedades/index.md"]


def test_our_templates_stand_over_those_of_the_site(make_site, tmp_path: Path) -> None:
    _, files = given(make_site, tmp_path)
    assert files["overrides/partials/pie.html"] == "pie"
    assert MARK not in files["overrides/main.html"]
    assert "config.extra.avance.mark" in files["overrides/main.html"]


def test_its_configuration_is_plain_yaml_with_no_folder_of_mkdocs(make_site, tmp_path: Path) -> None:
    config, _ = given(make_site, tmp_path)
    assert yaml.safe_load(yaml.safe_dump(config)) == config
    assert config["site_url"] == HOME
    extensions = config["markdown_extensions"]
    assert isinstance(extensions, list)
    assert {"pymdownx.snippets": {"base_path": [f"{tmp_path / 'content'}/"]}} in extensions
    assert {"toc": {"permalink": True}} in extensions
    assert "abbr" in extensions
    assert config["plugins"] == ["search"]


def test_a_navigation_has_no_draft_and_no_section_of_drafts(make_site, tmp_path: Path) -> None:
    nav = "nav: [Inicio: index.md, borrador.md, Manual: [Todo: [Otro: otro.md], manual/iva.md], Nada: [otro.md]]\n"
    config = load_site(make_site(tmp_path, {**FILES, "mkdocs.yml": SITE + nav}))
    settings = plugin_of(config).settings(config)
    derived = derived_config(config, theme_additions(settings), {"borrador.md", "otro.md"})
    assert derived["nav"] == [{"Inicio": "index.md"}, {"Manual": ["manual/iva.md"]}]


def layout(depth: int) -> tuple[str, str]:
    """Return the path and the text of a rendered layout."""
    path = source_path(depth).removesuffix(".md") + ".html"
    return path, f"<head><title>{TITLE}</title>{HEAD}</head>{depth}{BODY}"


@pytest.fixture
def rendered(settings: Settings, tmp_path: Path) -> tuple[Path, Settings]:
    """A folder as Zensical leaves it."""
    article = "<h1 id='a'>IVA</h1><img src='../v.webm' alt='v'>"
    page = f"<head></head>antes{MARK}IVA &amp; más{MARK}{article}{MARK}pie{MARK}después"
    files = {
        "manual/iva/index.html": page.replace("'", '"'),
        "404.html": "<head></head>perdido",
        "search.json": "{}",
        **dict(layout(depth) for depth in DEPTHS),
    }
    for path, text in files.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text, encoding="utf-8")
    return tmp_path / "site", settings


def test_what_the_plugin_does_to_pages_is_done(rendered: tuple[Path, Settings], tmp_path: Path) -> None:
    folder, settings = rendered
    pages = read_contents_of(tmp_path / "content", {"manual/iva.md": "---\nfaq: ¿Cuánto?\n---\n# IVA\n"})
    content = content_additions(pages, settings, title="Prueba", site_url=HOME)
    (cut,) = cut_pages(folder, content, tmp_path / "content")
    section = Section(titles=("Manual", "Ventas"), paths=("manual/iva.md",), path="pdf/manual-ventas.pdf")
    write_pages(folder, [cut], [Printed(section=section, pdf=b"%PDF")], settings)
    layouts = finish_pages(folder)
    text = cut.text
    assert (text.address, text.title, text.questions) == ("manual/iva/", "IVA & más", ("¿Cuánto?",))
    assert [section.heading for section in text.sections] == ["IVA"]
    html = (folder / "manual/iva/index.html").read_text(encoding="utf-8")
    assert MARK not in html
    assert html.index("antes") < html.index('data-clip="video"') < html.index("pie") < html.index("después")
    assert 'href="../../pdf/manual-ventas.pdf"' in html.partition("pie")[2].partition("después")[0]
    assert "IVA &amp; más" not in html
    for page in (html, (folder / "404.html").read_text(encoding="utf-8")):
        assert page.startswith('<head><meta http-equiv="Content-Security-Policy"')
    assert {depth: layout.parts[-2:] for depth, layout in layouts.items()}[2] == (BODY.encode(), b"")
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        "manual/iva/index.html",
        "404.html",
        "pdf/manual-ventas.pdf",
    }


def test_the_menu_has_pages_and_groups_and_no_other_address() -> None:
    nav = [
        "index.md",
        {"Manual": ["manual/index.md", {"Ventas": [{"IVA": "manual/iva.md"}]}]},
        {"Web": "https://e.example/"},
    ]
    assert list(menu_of(nav)) == ["index.md", ("Manual", ("manual/index.md", ("Ventas", ("manual/iva.md",))))]
    assert list(menu_of(None)) == []


def test_what_no_engine_is_to_list_says_so(rendered: tuple[Path, Settings]) -> None:
    folder, _ = rendered
    finish_pages(folder, listed=False)
    assert 'name="robots" content="noindex' in (folder / "404.html").read_text(encoding="utf-8")


def test_pages_of_a_preview_have_no_policy(rendered: tuple[Path, Settings]) -> None:
    folder, _ = rendered
    finish_pages(folder, policy=False)
    assert (folder / "404.html").read_text(encoding="utf-8") == "<head></head>perdido"


def read_contents_of(docs_dir: Path, files: Mapping[str, str]):
    """Return the pages of a folder that has *files*."""
    for path, text in files.items():
        (docs_dir / path).parent.mkdir(parents=True, exist_ok=True)
        (docs_dir / path).write_text(text, encoding="utf-8")
    return read_contents(docs_dir)


def test_the_sitemap_lists_what_readers_look_for(tmp_path: Path) -> None:
    places = ("", "manual/iva/", "avance-layout/x/", "buscar/")
    listed = "\n".join(f"<url>\n<loc>{HOME}{place}</loc>\n</url>" for place in places)
    (tmp_path / "sitemap.xml").write_text(f"<urlset>\n{listed}\n</urlset>", encoding="utf-8")
    settle_listed(tmp_path, HOME)
    kept = (tmp_path / "sitemap.xml").read_bytes()
    assert gzip.decompress((tmp_path / "sitemap.xml.gz").read_bytes()) == kept
    assert kept.count(b"<url>") == 2
    assert b"avance-layout" not in kept
    assert b"buscar" not in kept


@pytest.mark.parametrize(("program", "told"), [("nada", "nada: "), ("roto", "no puedo")])
def test_a_program_that_cannot_build_is_told(make_site, tmp_path: Path, program: str, told: str) -> None:
    (tmp_path / "roto").write_text("#!/bin/sh\necho no puedo >&2\nexit 3\n")
    (tmp_path / "roto").chmod(0o755)
    config = load_site(make_site(tmp_path, FILES), {"zensical": str(tmp_path / program)})
    with pytest.raises(AvanceError, match=told):
        build_site(config, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_both_builders_make_the_same_pages_files_and_index(make_site, tmp_path: Path, zensical: Path) -> None:
    folders = {}
    for name, program in (("mkdocs", None), ("zensical", str(zensical))):
        config = load_site(make_site(tmp_path, FILES), {"public": True, "booklets": False, "zensical": program})
        folders[name] = tmp_path / name
        report = build_site(config, folders[name])
        assert [each for each in report.problems if "nada.md" in each.text(str)]
    one, other = (
        {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and not path.relative_to(folder).as_posix().startswith(THEMES)
        }
        for folder in folders.values()
    )
    assert one == other
    assert {"manual/iva/index.html", "p/zutano/index.html", "buscar/index.html", "404.html"} < one
    assert not [path for path in one if "borrador" in path or "apuntes" in path]
    assert index_in(folders["mkdocs"]).name == index_in(folders["zensical"]).name


THEMES = ("assets/javascripts/", "assets/stylesheets/", "assets/images/", "search/")
"""What each builder's theme brings along."""


@pytest.mark.slow
def test_the_command_builds_with_it(make_site, tmp_path: Path, zensical: Path) -> None:
    config_file = make_site(tmp_path, FILES)
    options = ["--config-file", str(config_file), "--site-dir", str(tmp_path / "out"), "--zensical", str(zensical)]
    done = CliRunner().invoke(main, ["build", "--public", *options])
    assert done.exit_code == 0, done.output
    assert "nada.md" in done.output
    assert "zensical-" in (tmp_path / "out/index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_draft_is_built_into_a_site_to_look_at_and_stays_out_of_its_menu(
    make_site, tmp_path: Path, zensical: Path
) -> None:
    config = load_site(make_site(tmp_path, FILES))
    settings = plugin_of(config).settings(config)
    documentation = build_with_zensical(config, settings, tmp_path / "out", zensical, drafts=True)
    assert "Secreto" in (tmp_path / "out/borrador/index.html").read_text(encoding="utf-8")
    home = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert "manual/iva/" in home
    for hidden in ("borrador/", "novedades/uno/", "avance-layout"):
        assert hidden not in home
    assert set(documentation.layouts) == set(DEPTHS)
