"""MkDocs by its own command makes the same site, and publishes no list of clients."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from mkdocs.exceptions import PluginError

from generator.build import build_site
from generator.plugin import AvancePlugin
from generator.problems import AvanceError
from generator.settings import Settings, site_root
from generator.website.documentation import load_site, plugin_of

MKDOCS = Path(sys.executable).parent / "mkdocs"
SITE = """\
site_name: Prueba
site_url: https://example.org/
docs_dir: content
theme: {name: material, language: es, font: false}
plugins: [search, avance: {public: true}]
"""
FILES = {
    "mkdocs.yml": SITE,
    "content/manual/ventas.md": "# Ventas\n\nEmitir una factura.\n",
    "content/preguntas.md": "# Preguntas\n\n## ¿Quién atiende?\n\nSu ejecutivo.\n",
    "data/tickets/jira.csv": "Issue key,Summary,Status,Project name\nZ-1,Zurcir,Done,Zutano\nZ-2,Zarpar,To Do,Zutano\n",
}


def mkdocs(root: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Build the site of *root* by the command of MkDocs."""
    environment = {**os.environ, **variables}
    return subprocess.run([MKDOCS, "build"], cwd=root, env=environment, capture_output=True, text=True, check=False)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(make_site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a small site that the command `mkdocs build` made."""
    root = tmp_path_factory.mktemp("plugin")
    make_site(root, FILES)
    done = mkdocs(root)
    assert done.returncode == 0, done.stderr
    return files(root / "site")


@pytest.fixture
def plugin(make_site, tmp_path: Path):
    """A function: the options of the plugin in YAML → its settings."""

    def settings(options: str) -> Settings:
        text = f"site_name: x\ndocs_dir: content\nplugins: [avance: {{{options}}}]\n"
        config = load_site(make_site(tmp_path, {"mkdocs.yml": text}))
        loaded: AvancePlugin = plugin_of(config)
        return loaded.settings(config)

    return settings


def test_mkdocs_writes_the_same_site_as_avance(built: dict[str, bytes], make_site, tmp_path: Path) -> None:
    build_site(load_site(make_site(tmp_path, FILES)), tmp_path / "out")
    assert files(tmp_path / "out") == built
    assert {"p/zutano/index.html", "p/zutano/preguntas/index.html"} <= built.keys()


def test_portal_pages_are_in_no_sitemap(built: dict[str, bytes]) -> None:
    for sitemap in (built["sitemap.xml"], gzip.decompress(built["sitemap.xml.gz"])):
        assert b"https://example.org/manual/ventas/" in sitemap
        assert b"/p/" not in sitemap
        assert b"avance-layout" not in sitemap


def test_portal_pages_are_in_no_search_index(built: dict[str, bytes]) -> None:
    index = built["search/search_index.json"].decode()
    assert "Emitir una factura" in index
    for word in ("Zutano", "zutano", "Zurcir", "avance-layout", "@@avance"):
        assert word not in index


def test_portal_pages_are_in_no_navigation(built: dict[str, bytes], elements) -> None:
    pages = [path for path in built if path.endswith(".html") and not path.startswith("p/")]
    assert "manual/ventas/index.html" in pages
    for path in pages:
        addresses = [attributes.get("href") or "" for _, attributes in elements(built[path].decode())]
        assert not [address for address in addresses if "p/" in address.split("#")[0].replace("http://", "")]


def test_a_portal_page_has_the_colours_of_the_documentation_and_neither_its_navigation_nor_its_weight(
    built: dict[str, bytes], elements
) -> None:
    portal, page = (elements(built[path].decode()) for path in ("p/zutano/index.html", "manual/ventas/index.html"))
    sheets = [[a["href"] or "" for tag, a in found if a.get("rel") == "stylesheet"] for found in (portal, page)]
    assert [sheet.split("/")[-1].split(".")[0] for sheet in sheets[0]] == ["theme", "portal"]
    assert "theme" in {sheet.split("/")[-1].split(".")[0] for sheet in sheets[1]}
    assert not [tag for tag, attributes in portal if "md-sidebar--primary" in (attributes.get("class") or "")]
    assert [tag for tag, attributes in page if "md-sidebar--primary" in (attributes.get("class") or "")]


def test_every_local_address_of_a_portal_page_is_there(built: dict[str, bytes], elements) -> None:
    for path in ("p/zutano/index.html", "p/zutano/preguntas/index.html"):
        folder = Path("/", path).parent
        found = elements(built[path].decode())
        for address in [attributes.get("src") or "" for tag, attributes in found if tag == "script"] + [
            attributes.get("href") or "" for tag, attributes in found if tag == "link"
        ]:
            if address:
                assert (folder / address).resolve().relative_to("/").as_posix() in built, address


def test_an_error_of_the_data_is_told_and_the_former_site_is_whole(make_site, tmp_path: Path) -> None:
    export = FILES["data/tickets/jira.csv"]
    make_site(tmp_path, FILES | {"site/index.html": "antes", "data/tickets/jira.csv": export + export})
    done = mkdocs(tmp_path)
    assert done.returncode == 1
    assert "tickets/jira.csv, fila 4" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(tmp_path / "site") == {"index.html": b"antes"}


def test_in_a_hosted_runner_mkdocs_prints_no_cell(make_site, tmp_path: Path) -> None:
    export = "Issue key,Summary,Status,Created\nZ-1,Zurcir,Zurdo,Zafra\n"
    make_site(tmp_path, FILES | {"data/tickets/jira.csv": export})
    told = mkdocs(tmp_path).stderr
    assert "«Zafra»" in told
    hidden = mkdocs(tmp_path, GITHUB_ACTIONS="true").stderr
    assert "tickets/jira.csv, fila 2, columna «Created»: «…» no es una fecha" in hidden
    assert not [word for word in ("Zurcir", "Zurdo", "Zafra") if word in hidden]


def test_folders_are_found_from_mkdocs_yml(plugin, tmp_path: Path) -> None:
    (tmp_path / "plantillas").mkdir()
    settings = plugin("data_dir: datos, templates_dir: plantillas, time_zone: America/Bogota")
    assert (settings.data_dir, settings.templates_dir) == (tmp_path / "datos", tmp_path / "plantillas")
    assert settings.time_zone == ZoneInfo("America/Bogota")


def test_another_builder_is_found_from_mkdocs_yml(plugin, tmp_path: Path) -> None:
    assert plugin("zensical: bin/zensical").zensical == tmp_path / "bin" / "zensical"


def test_without_templates_of_its_own_a_site_takes_those_of_avance(plugin) -> None:
    assert plugin("").templates_dir == site_root() / "site_templates"


def test_what_is_not_set_takes_its_default(plugin, tmp_path: Path) -> None:
    assert plugin("") == Settings(data_dir=tmp_path / "data", templates_dir=site_root() / "site_templates")


def test_an_unknown_time_zone_is_named(plugin) -> None:
    with pytest.raises(PluginError, match="time_zone: Caracas"):
        plugin("time_zone: Caracas")


@pytest.mark.parametrize(("options", "told"), [("colour: red", "colour"), ("cut: ayer", "ayer")])
def test_a_wrong_setting_is_named(plugin, options: str, told: str) -> None:
    with pytest.raises(AvanceError, match=told):
        plugin(options)


@pytest.mark.parametrize("written", ["2026-11-23", "'2026-11-23'"])
def test_the_report_date_may_stand_in_mkdocs_yml(plugin, written: str) -> None:
    assert plugin(f"cut: {written}").cut == date(2026, 11, 23)


@pytest.fixture(scope="module")
def announced(make_site, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], str]:
    """The files, and the messages, of a site with news, a workshop and a draft that is in the menu."""
    root = tmp_path_factory.mktemp("announced")
    pages = {
        "mkdocs.yml": f"{SITE}nav: [index.md, borrador.md, novedades/index.md, talleres/index.md, preguntas.md]\n",
        "content/manual/ventas.md": "---\ndraft: true\nfaq: [¿Y esto?]\n---\n# Ventas\n",
        "content/borrador.md": "---\ndraft: true\n---\n# Secreto\n",
        "content/novedades/index.md": "# Novedades\n",
        "content/novedades/uno.md": "---\ndate: 2026-11-02\nkind: mejora\n---\n# Primera novedad\n",
        "content/talleres/index.md": "# Talleres\n",
        "content/talleres/conteo.md": WORKSHOP,
    }
    make_site(root, FILES | pages)
    done = mkdocs(root)
    assert done.returncode == 0, done.stderr
    return files(root / "site"), done.stderr


WORKSHOP = "---\ndate: 2026-11-02\nstart: 2026-12-03 09:00\nend: 2026-12-03 10:00\n---\n# Conteo\n"


def test_news_and_workshops_are_on_their_pages_and_in_files(announced: tuple[dict[str, bytes], str]) -> None:
    site, told = announced
    assert b"Primera novedad" in site["novedades/index.html"]
    assert b"Primera novedad" in site["novedades/rss.xml"]
    assert b'<time datetime="2026-12-03T09:00:00' in site["talleres/index.html"]
    assert b"Taller: Conteo" in site["talleres/conteo.ics"]
    assert "WARNING -" not in told


def test_a_draft_is_nowhere_in_the_site(announced: tuple[dict[str, bytes], str]) -> None:
    site, _ = announced
    assert not [path for path in site if "borrador" in path or "manual" in path]
    assert not [path for path, content in site.items() if b"Secreto" in content or "¿Y esto?".encode() in content]


def test_a_draft_is_in_a_site_to_look_at(make_site, tmp_path: Path) -> None:
    draft = {"content/borrador.md": "---\ndraft: true\n---\n# Secreto\n"}
    build_site(load_site(make_site(tmp_path, FILES | draft)), tmp_path / "out", panel=True)
    assert b"Secreto" in (tmp_path / "out/borrador/index.html").read_bytes()


def test_pages_of_a_preview_renew_themselves(make_site, tmp_path: Path) -> None:
    config = load_site(make_site(tmp_path, FILES), {"public": True})
    config.site_url = f"http://{config.dev_addr}/"
    build_site(config, tmp_path / "out")
    pages = list((tmp_path / "out").rglob("*.html"))
    assert pages
    assert not [path for path in pages if "Content-Security-Policy" in path.read_text(encoding="utf-8")]
