"""MkDocs, run once into a folder, with the layouts kept aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.problems import AvanceError
from generator.website.documentation import Documentation, build_documentation, load_site, plugin_of
from generator.website.layout import BODY, DEPTHS, HEAD, TITLE

SITE = "site_name: Prueba\ndocs_dir: content\n"


@pytest.fixture(scope="module")
def built(make_site, tmp_path_factory: pytest.TempPathFactory) -> tuple[Documentation, Path]:
    """A small documentation with a broken link, and the folder it was built into."""
    root = tmp_path_factory.mktemp("documentation")
    pages = {"content/index.md": "# Inicio\n\n[roto](nada.md)\n", "content/manual/ventas.md": "# Ventas\n"}
    return build_documentation(load_site(make_site(root, pages)), root / "out"), root / "out"


def test_the_pages_are_written(built: tuple[Documentation, Path]) -> None:
    _, folder = built
    assert "Ventas" in (folder / "manual" / "ventas" / "index.html").read_text(encoding="utf-8")
    assert (folder / "search" / "search_index.json").is_file()


def test_a_layout_is_kept_for_each_depth_and_none_is_written(built: tuple[Documentation, Path]) -> None:
    documentation, folder = built
    assert set(documentation.layouts) == set(DEPTHS)
    assert not (folder / "avance-layout").exists()
    for page in folder.rglob("*.html"):
        assert not {TITLE, HEAD, BODY} & set(page.read_text(encoding="utf-8").split())


def test_a_layout_finds_its_assets_from_its_depth(built: tuple[Documentation, Path], elements) -> None:
    documentation, folder = built
    for depth, layout in documentation.layouts.items():
        html = b"".join(layout.parts).decode()
        links = [attributes.get("href") or "" for tag, attributes in elements(html) if tag == "link"]
        styles = [link for link in links if link.endswith(".css")]
        assert styles
        for link in styles:
            assert link.startswith("../" * depth)
            assert (folder / link.removeprefix("../" * depth)).is_file()


def test_no_layout_is_shown_to_robots(built: tuple[Documentation, Path], elements) -> None:
    for layout in built[0].layouts.values():
        robots = [
            attributes
            for _, attributes in elements(b"".join(layout.parts).decode())
            if attributes.get("name") == "robots"
        ]
        assert [attributes["content"] for attributes in robots] == ["noindex,nofollow,noarchive"]


def test_warnings_of_mkdocs_become_problems(built: tuple[Documentation, Path]) -> None:
    (problem,) = built[0].problems
    assert problem.file == "content/"
    assert "nada.md" in problem.text(str)


def test_options_of_the_command_line_win_over_those_of_the_file(make_site, tmp_path: Path) -> None:
    own = f"{SITE}plugins:\n  - avance: {{data_dir: datos, company: ACME, cut: '2026-11-23'}}\n"
    config = load_site(make_site(tmp_path, {"mkdocs.yml": own}), {"data_dir": "otros", "cut": None, "public": True})
    settings = plugin_of(config).settings(config)
    assert (settings.data_dir, settings.company) == (tmp_path / "otros", "ACME")
    assert (settings.cut, settings.public) == (date(2026, 11, 23), True)


def test_a_site_without_the_plugin_is_told_which_line_it_lacks(make_site, tmp_path: Path) -> None:
    with pytest.raises(AvanceError, match="plugins: - avance"):
        load_site(make_site(tmp_path, {"mkdocs.yml": SITE}))


@pytest.mark.parametrize(
    "text",
    [
        f"{SITE}plugins: [avance: {{statuses: {{flurb: later}}}}]\n",
        f"{SITE}plugins: [avance: {{columns: {{Cita: nada}}}}]\n",
        f"{SITE}plugins: [avance: {{language: fr}}]\n",
        f"{SITE}plugins: [avance: {{public: quizás}}]\n",
        f"{SITE}plugins: [avance\n",
        "docs_dir: content\nplugins: [avance]\n",
    ],
)
def test_a_wrong_configuration_is_told(make_site, tmp_path: Path, text: str) -> None:
    with pytest.raises(AvanceError, match=r"mkdocs\.yml"):
        load_site(make_site(tmp_path, {"mkdocs.yml": text}))


def test_a_missing_configuration_is_told(tmp_path: Path) -> None:
    with pytest.raises(AvanceError, match=r"nada\.yml"):
        load_site(tmp_path / "nada.yml")


def test_when_mkdocs_gives_up_its_reason_is_told(make_site, tmp_path: Path) -> None:
    own = f"{SITE}strict: true\nplugins: [avance]\ntheme: material\n"
    broken = {"mkdocs.yml": own, "content/index.md": "[roto](nada.md)\n"}
    with pytest.raises(AvanceError, match=r"nada\.md"):
        build_documentation(load_site(make_site(tmp_path, broken)), tmp_path / "out")
