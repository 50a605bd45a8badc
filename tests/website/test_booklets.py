"""The sections of the navigation, their articles as booklets, and what pages offer of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from generator.build import build_site
from generator.locale import words
from generator.outputs.booklet import Heading, Image, Paragraph, Text, booklet_pdf
from generator.settings import Settings
from generator.website.booklets import (
    Download,
    Printed,
    RenderedPage,
    Section,
    downloads_of,
    make_booklet,
    print_booklets,
)
from generator.website.contents import ContentPage
from generator.website.documentation import load_site

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "site_templates"
ES = words("es")
SECTION = Section(titles=("Manual", "Ventas"), paths=("a.md", "b.md"), indexes=("index.md",), path="pdf/ventas.pdf")


def page(name: str, html: str, **front: object) -> RenderedPage:
    content = ContentPage(path=f"{name}.md", front={"title": name.upper(), **front})
    return RenderedPage(content=content, title=name.upper(), html=html, url=f"{name}/")


@pytest.fixture
def make(settings: Settings):
    """A function: pages, and what of the site differs → the booklet of `SECTION`."""

    def booklet(*pages: RenderedPage, read: Callable[[str], bytes | None] = lambda _: None, **changes: object):
        site = {"site_name": "Prueba", "site_url": "https://e.example/docs/", "read": read} | changes
        named = {each.content.path: each for each in pages}
        return make_booklet(SECTION, named, replace(settings, product_version="8.2"), ES, **site)

    return booklet


def links(booklet) -> list[tuple[str, str]]:
    """Return where the texts of the first article lead, as address and place."""
    paragraphs = [block for block in booklet.articles[0].blocks if isinstance(block, Paragraph)]
    texts = [each for block in paragraphs for each in block.inlines if isinstance(each, Text)]
    return [(each.address, each.place) for each in texts]


LINKED = "".join(
    f'<p><a href="{address}">x</a></p>'
    for address in (
        *("../b/", "../b/#q", "#own", "../c/#%C3%A1", "/otro/", "https://f.example/?q=a&amp;b=1", "mailto:a@e.example"),
        *("../../../fuera/", "//[", "../á b/"),
    )
)


def test_links_to_the_booklets_own_articles_stay_in_it(make) -> None:
    assert links(make(page("a", LINKED), page("b", "<p>z</p>"))) == [
        *[("", "b/#"), ("", "b/#q"), ("", "a/#own"), ("https://e.example/docs/c/#%C3%A1", "")],
        *[("https://e.example/otro/", ""), ("https://f.example/?q=a&b=1", ""), ("mailto:a@e.example", "")],
        *[("https://e.example/fuera/", ""), ("", ""), ("https://e.example/docs/%C3%A1%20b/", "")],
    ]


def test_without_an_address_of_the_site_a_link_to_another_page_is_plain_text(make) -> None:
    found = make(page("a", LINKED), page("b", "<p>z</p>"), site_url="")
    assert links(found) == [
        *[("", "b/#"), ("", "b/#q"), ("", "a/#own"), ("", ""), ("", "")],
        *[("https://f.example/?q=a&b=1", ""), ("mailto:a@e.example", ""), ("", ""), ("", ""), ("", "")],
    ]
    assert found.articles[0].address == ""


def test_pictures_are_files_of_content_each_once(make) -> None:
    html = "".join(
        f'<p><img src="{source}" alt="x"></p>'
        for source in ("dibujo.svg", "../a/dibujo.svg", "falta.png", "https://f.example/x.png", "nota.txt")
    )
    there = {"a/dibujo.svg": b"<svg/>", "a/nota.txt": b"x"}
    booklet = make(page("a", html), read=there.get)
    ((name, content),) = booklet.files.items()
    assert (name.endswith(".svg"), content) == (True, b"<svg/>")
    shown = [block.inlines[0] for block in booklet.articles[0].blocks]
    assert [each.file if isinstance(each, Image) else each.address for each in shown] == [
        *[name, name, "https://e.example/docs/a/falta.png", "https://f.example/x.png"],
        "https://e.example/docs/a/nota.txt",
    ]


def test_a_booklet_says_what_it_is_and_until_when(make) -> None:
    booklet = make(page("a", "<h1>Uno</h1>", reviewed=date(2026, 9, 11)), page("b", "<p>z</p>", date=date(2026, 10, 1)))
    assert (booklet.above, booklet.title, booklet.day) == ("Prueba · Manual", "Ventas", date(2026, 10, 1))
    assert booklet.facts == ("Versión 8.2", "Contenido hasta el jue 1 oct 2026")
    assert [(each.title, each.facts, each.address) for each in booklet.articles] == [
        ("Uno", ("Revisado el vie 11 sept 2026",), "https://e.example/docs/a/"),
        ("B", (), "https://e.example/docs/b/"),
    ]
    assert make(page("a", "<p>x</p>")).facts == ("Versión 8.2",)


def test_a_page_offers_its_section_and_an_index_those_below_it() -> None:
    pdf = b"<xmpTPg:NPages>3</xmpTPg:NPages>" + b" " * 210_000
    printed = [Printed(section=SECTION, pdf=pdf)]
    size = "3 páginas, 210\N{NO-BREAK SPACE}KB"
    article, index = (downloads_of(path, printed, ES) for path in ("b.md", "index.md"))
    assert (article.title, index.title) == ("", "Secciones en PDF")
    assert article.items == (
        Download(text="Descargar la sección «Ventas» en PDF", size=size, address="pdf/ventas.pdf"),
    )
    assert [each.text for each in index.items] == ["Ventas"]
    assert downloads_of("c.md", printed, ES).items == ()


def test_a_booklet_is_printed_once_and_kept_while_it_is_the_same(make, tmp_path: Path) -> None:
    one, two = make(page("a", "<p>uno</p>")), make(page("a", "<p>dos</p>"))
    printed = print_booklets([one, two], TEMPLATES, tmp_path)
    assert (
        printed == [booklet_pdf(one, TEMPLATES), booklet_pdf(two, TEMPLATES)] == print_booklets([one, two], TEMPLATES)
    )
    (tmp_path / one.digest(TEMPLATES)).write_bytes(b"kept")
    assert print_booklets([one], TEMPLATES, tmp_path) == [b"kept"]
    assert [path.name for path in tmp_path.iterdir()] == [one.digest(TEMPLATES)]


MKDOCS = """\
site_name: Prueba
site_url: https://example.org/
docs_dir: content
theme: {name: material, language: es, font: false, features: [navigation.indexes]}
plugins: [search, avance: {public: true}]
nav:
  - Inicio: index.md
  - Manual:
      - manual/index.md
      - Ventas: [manual/a.md, manual/borrador.md]
      - Compras: [manual/c.md]
      - Vacía: [manual/borrador.md]
  - Manual Ventas: [guia.md, {Fuera: "https://f.example/"}]
"""
FILES = {
    "mkdocs.yml": MKDOCS,
    "content/index.md": "# Inicio\n",
    "content/manual/index.md": "# Manual\n\n[a](a.md)\n",
    "content/manual/a.md": "# Primero\n\nVea [el otro](c.md#pasos) y [el índice](index.md).\n",
    "content/manual/borrador.md": "---\ndraft: true\n---\n# Secreto\n",
    "content/manual/c.md": "# Segundo\n\n## Pasos\n\n1. Uno\n",
    "content/guia.md": "# Guía\n",
    "data/tickets/jira.csv": "Issue key,Summary,Status,Project name\nZ-1,Zurcir,Done,Zutano\n",
}


def build(make_site, folder: Path, files: Mapping[str, str], **options: object) -> Path:
    build_site(load_site(make_site(folder, files)), folder / "site", cache_dir=folder / "cache", **options)
    return folder / "site"


def text_of(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.fixture(scope="module")
def built(make_site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of `FILES`."""
    return build(make_site, tmp_path_factory.mktemp("booklets"), FILES)


def test_every_section_with_articles_is_printed_without_drafts(built: Path) -> None:
    printed = {path.name: text_of(path) for path in (built / "pdf").iterdir()}
    assert sorted(printed) == ["manual-compras.pdf", "manual-ventas-2.pdf", "manual-ventas.pdf"]
    assert "Primero" in printed["manual-ventas.pdf"]
    assert "Guía" in printed["manual-ventas-2.pdf"]
    assert "Secreto" not in "".join(printed.values())


def test_drafts_that_are_shown_to_look_at_are_not_printed(make_site, tmp_path: Path) -> None:
    site = build(make_site, tmp_path, FILES, panel=True)
    assert (site / "manual" / "borrador" / "index.html").exists()
    assert "Secreto" not in "".join(text_of(path) for path in (site / "pdf").iterdir())


def test_every_page_of_a_section_leads_to_its_pdf(built: Path, elements) -> None:
    def offered(path: str) -> list[str]:
        found = elements((built / path / "index.html").read_text(encoding="utf-8"))
        folder = Path("/", path)
        addresses = [attributes["href"] or "" for tag, attributes in found if tag == "a" and "download" in attributes]
        return [(folder / address).resolve().relative_to("/").as_posix() for address in addresses]

    assert offered("manual/a") == ["pdf/manual-ventas.pdf"]
    assert offered("manual") == ["pdf/manual-ventas.pdf", "pdf/manual-compras.pdf"]
    assert offered("guia") == ["pdf/manual-ventas-2.pdf"]
    assert offered("") == []


def test_the_same_content_has_the_same_bytes_with_and_without_the_cache(built: Path, make_site, tmp_path: Path) -> None:
    first = build(make_site, tmp_path, FILES)
    once = {path.name: path.read_bytes() for path in (first / "pdf").iterdir()}
    again = build(make_site, tmp_path, FILES)
    assert once == {path.name: path.read_bytes() for path in (again / "pdf").iterdir()}
    assert once == {path.name: path.read_bytes() for path in (built / "pdf").iterdir()}
    assert len(list((tmp_path / "cache" / "booklets").iterdir())) == 3


def test_a_site_can_do_without(make_site, tmp_path: Path) -> None:
    files = FILES | {"mkdocs.yml": MKDOCS.replace("public: true", "public: true, booklets: false")}
    site = build(make_site, tmp_path, files)
    assert not (site / "pdf").exists()
    assert "Secciones en PDF" not in (site / "manual" / "index.html").read_text(encoding="utf-8")


class _Words(HTMLParser):
    """The text of a page, without what is not for reading."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and dict(attrs).get("class") in ("headerlink", "footnote-backref"):
            self._hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


def letters(text: str) -> str:
    """Return the letters of *text*: what neither paper nor its reader turns into others, and no number of a step."""
    return "".join(re.findall(r"[a-zñáéíóú]", text.lower()))


WORD = st.text("abcdeñ", min_size=1, max_size=8)
LINE = st.lists(
    st.one_of(
        WORD,
        WORD.map(lambda word: f"**{word}**"),
        WORD.map(lambda word: f"*{word}*"),
        WORD.map(lambda word: f"`{word}`"),
        WORD.map(lambda word: f"[{word}](../b/#{word})"),
        WORD.map(lambda word: f"<u>{word}"),
        WORD.map(lambda word: f"</b>{word}"),
        st.sampled_from(["IVA", "++ctrl+a++", "<br>", "&amp;", "<", "`", "[^1]", "\\", "~~a", "==b=="]),
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
CHUNK = st.one_of(
    LINE,
    LINE.map(lambda line: f"## {line}"),
    LINE.map(lambda line: f"##### {line}"),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"1. {line}\n" for line in lines)),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}\n\n    - {line}" for line in lines)),
    LINE.map(lambda line: f'!!! warning "{line.replace(chr(34), "")}"\n    {line}\n\n    - {line}'),
    LINE.map(lambda line: f"??? note\n    > {line}"),
    LINE.map(lambda line: f"{line}\n:   {line}\n\n    {line}"),
    LINE.map(lambda line: f"```python\n{line}\n\n  {line}\n```"),
    WORD.map(lambda word: f"| {word} | b |\n| --- | ---: |\n| **{word}** | `{word}` |\n| {word} |"),
    LINE.map(lambda line: f'<div markdown="1" id="x">\n{line}\n</div>'),
    LINE.map(lambda line: f"<table><tr><td>{line}<td><ul><li>{line}"),
    LINE.map(lambda line: f"[^1]: {line}"),
    st.just("---"),
)


@pytest.fixture(scope="module")
def to_html() -> Callable[[str], str]:
    """A function: Markdown → HTML as the sample site makes it."""
    config = load_site(ROOT / "mkdocs.yml")
    made = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)

    def convert(text: str) -> str:
        made.reset()
        return made.convert(text)

    return convert


@settings(max_examples=60)
@given(st.lists(CHUNK, min_size=1, max_size=8).map("\n\n".join))
def test_whatever_is_written_is_printed_word_by_word(to_html: Callable[[str], str], text: str) -> None:
    html = to_html(text)
    pages = {"a.md": page("a", f"<h1>Inicio</h1>{html}"), "b.md": page("b", "<p>z</p>")}
    options = Settings(data_dir=ROOT, templates_dir=TEMPLATES)
    booklet = make_booklet(SECTION, pages, options, ES, site_name="P", site_url="", read=lambda _: None)
    pdf = PdfReader(io.BytesIO(booklet_pdf(booklet, TEMPLATES)))
    bodies = [page.extract_text().split("\n", 1)[1].rsplit("\n", 1)[0] for page in pdf.pages[1:-1]]
    reader = _Words()
    reader.feed(html)
    reader.close()
    assert letters("".join(bodies)).removeprefix("inicio") == letters("".join(reader.text))


def test_every_article_of_the_sample_site_is_printed_whole(site: Path) -> None:
    """What a reader finds in an article is in the booklet, in the same order."""
    text = letters(text_of(site / "pdf" / "manual-ventas.pdf"))
    source = (ROOT / "content" / "manual" / "ventas" / "pedido.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\d\. (.*)$", source, re.MULTILINE)
    places = [text.index(letters(re.sub(r"[*`]|\]\([^)]*\)", "", step))) for step in steps]
    assert len(places) == 7
    assert places == sorted(places)


def test_headings_of_an_article_keep_their_places(make) -> None:
    booklet = make(page("a", '<h1 id="t">T</h1><h2 id="q">Q</h2>'))
    assert booklet.articles[0].blocks == (Heading(2, "Q", "a/#q"),)
