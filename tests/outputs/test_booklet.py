"""Booklets in PDF: read back by another library."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from generator.outputs.booklet import (
    Anchor,
    Article,
    Block,
    Booklet,
    Break,
    Cell,
    Code,
    Definition,
    Definitions,
    Grid,
    Heading,
    Image,
    Listing,
    Note,
    Paragraph,
    Quote,
    Rule,
    Text,
    booklet_pdf,
    page_count,
)
from generator.problems import AvanceError

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "site_templates"
TYPST = """#import "x": y; #panic("x") $x^2$ *b* _i_ `r` = h \\ \\u{41} /* c */ // d @r <l> ~ -- #sys.inputs"""
PNG = (ROOT / "content" / "recorrido.png").read_bytes()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'
STYLES = ("strong", "em", "code", "key", "sup", "sub", "del", "ins", "mark")


def said(text: str, *styles: str, **where: str) -> Paragraph:
    return Paragraph((Text(text, styles, **where),))


def booklet(*blocks: Block, **changes: object) -> Booklet:
    plain = Booklet(
        title="Ventas",
        above="AdaptaPro · Manual",
        facts=("Versión 8.2", "Contenido hasta el mar 15 sept 2026"),
        company="AdaptaPro",
        contents="Contenido",
        paging="Página {page} de {pages}",
        language="es",
        articles=(Article("Emitir una factura", "a/#", ("Revisado",), blocks, "https://e.example/a/"),),
        day=date(2026, 9, 15),
    )
    return replace(plain, **changes)


def printed(*blocks: Block, **changes: object) -> PdfReader:
    return PdfReader(io.BytesIO(booklet_pdf(booklet(*blocks, **changes), TEMPLATES)))


def read(pdf: PdfReader) -> str:
    text = " ".join(page.extract_text() for page in pdf.pages)
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u200b", ""))


def tags(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """Yield every element of the structure that a screen reader meets."""

    def walk(node: Any) -> Iterator[DictionaryObject]:
        node = node.get_object()
        if isinstance(node, list):
            for part in node:
                yield from walk(part)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(pdf.trailer["/Root"]["/StructTreeRoot"])


def links(pdf: PdfReader, page: int) -> list[DictionaryObject]:
    """Return the links of a page, in order."""
    return [
        note.get_object() for note in pdf.pages[page].get("/Annots", []) if note.get_object()["/Subtype"] == "/Link"
    ]


def target(pdf: PdfReader, note: DictionaryObject) -> int:
    """Return the page that a link inside the document leads to."""
    where = note["/Dest"] if "/Dest" in note else note["/A"]["/D"]
    if isinstance(where, str):
        return pdf.get_destination_page_number(pdf.named_destinations[where])
    return [page.indirect_reference.idnum for page in pdf.pages].index(where[0].idnum)


def every_block(text: str) -> tuple[Block, ...]:
    """Return each kind of block, saying *text* wherever it can."""
    inlines = (
        *(Text(text, (style,)) for style in STYLES),
        *[Break(), Anchor("a/#x"), Image("1.svg", text), Image("1.svg", ""), Image("2.png", text, 40)],
        *[Text(text, place="a/#x"), Text(text, place="a/#none"), Text(text, address="https://e.example/")],
    )
    paragraphs = (*(Paragraph(inlines, tone) for tone in ("", "caption", "title")), Paragraph((Anchor("a/#y"),)))
    paragraphs = (paragraphs[0], said(text), *(replace(each, inlines=(Text(text),)) for each in paragraphs[1:3]))
    cells = (Cell(paragraphs), Cell((), "right"), Cell((said(text),), "center"))
    tones = ("note", "tip", "warning", "danger")
    return (
        Heading(2, text, "a/#h"),
        Heading(3, text),
        *[*paragraphs[:1], Code((text, "", f"  {text}")), Rule(), Quote((said(text),))],
        Listing(((said(text), Listing(((said(text),), ()), 3)), ())),
        Definitions((Definition((Text(text),), (said(text),)), Definition((), (said(text),)), Definition((), ()))),
        *(Note((Text(text),), (said(text), Code((text,))), tone) for tone in tones),
        *[Note((), ()), Grid((replace_anchors(cells),), (replace_anchors(cells),)), Grid((), (cells[1:],))],
    )


def replace_anchors(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return *cells* without the places that another block of `every_block` has."""
    return tuple(
        replace(
            cell,
            blocks=tuple(
                replace(block, inlines=tuple(each for each in block.inlines if not isinstance(each, Anchor)))
                for block in cell.blocks
                if isinstance(block, Paragraph)
            ),
        )
        for cell in cells
    )


FILES = {"1.svg": SVG, "2.png": PNG}


def is_accessible(pdf: PdfReader) -> bool:
    return pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] and b"<pdfuaid:part>1<" in (
        pdf.trailer["/Root"]["/Metadata"].get_object().get_data()
    )


def test_a_booklet_says_what_it_is() -> None:
    pdf = printed(said("Hola"), language="pt")
    assert is_accessible(pdf)
    assert pdf.trailer["/Root"]["/Lang"] == "pt"
    assert pdf.metadata.title == "Ventas · AdaptaPro · Manual"
    assert pdf.metadata["/CreationDate"] == "D:20260915000000Z"
    first = re.sub(r"\s+", " ", pdf.pages[0].extract_text())
    assert first.startswith("AdaptaPro · Manual Ventas Versión 8.2 · Contenido hasta el mar 15 sept 2026 Contenido")
    assert "Página 1 de 2" in first


def test_every_article_begins_a_page_and_stands_in_the_table_of_contents() -> None:
    articles = tuple(Article(f"Artículo {name}", f"{name}/#", (), (said("Hola"),)) for name in "abc")
    pdf = printed(articles=articles)
    assert [page.extract_text().count("Hola") for page in pdf.pages] == [0, 1, 1, 1]
    assert re.findall(r"Artículo (\w)[ .]*(\d)", pdf.pages[0].extract_text()) == [("a", "2"), ("b", "3"), ("c", "4")]
    assert {target(pdf, note) for note in links(pdf, 0)} == {1, 2, 3}
    assert page_count(booklet_pdf(booklet(articles=articles), TEMPLATES)) == 4


def test_headings_are_bookmarks() -> None:
    article, parts = printed(Heading(2, "Pasos"), Heading(3, "Antes")).outline
    assert (article.title, parts[0].title, parts[1][0].title) == ("Emitir una factura", "Pasos", "Antes")


def test_every_block_is_known_to_a_screen_reader() -> None:
    found = [tag["/S"] for tag in tags(printed(*every_block("Hola"), files=FILES))]
    assert {"/Title", "/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/THead", "/TH", "/TD", "/Figure", "/Link"} <= {
        *found
    }
    assert {"/Code", "/BlockQuote", "/TOC"} <= set(found)


def test_links_of_the_booklet_lead_to_their_place_and_others_to_their_address() -> None:
    other = Article(
        "Otro", "b/#", (), (Heading(2, "Parte", "b/#parte"), said("x " * 9000), Paragraph((Anchor("b/#fin"),)))
    )
    mine = (
        *[said("1", place="b/#parte"), said("2", place="b/#fin"), said("3", place="b/#none"), said("4", place="c/#x")],
        said("5", address="https://f.example/a?b=c#d"),
    )
    plain = booklet(*mine)
    pdf = printed(articles=(replace(plain.articles[0], address=""), other))
    inside = [target(pdf, note) for note in links(pdf, 1) if "/URI" not in note.get("/A", {})]
    assert len(pdf.pages) > 4
    assert inside == [2, len(pdf.pages) - 1, 2]
    assert [note["/A"]["/URI"] for note in links(pdf, 1) if "/URI" in note.get("/A", {})] == [
        "https://f.example/a?b=c#d"
    ]


def test_pictures_have_their_words_and_those_without_are_decoration() -> None:
    pdf = printed(Paragraph((Image("1.svg", "Un esquema"), Image("2.png", ""))), files=FILES)
    assert [tag["/Alt"] for tag in tags(pdf) if tag["/S"] == "/Figure"] == ["Un esquema"]
    assert [drawn["/Subtype"] for drawn in pdf.pages[1]["/Resources"]["/XObject"].values()].count("/Image") == 1


def test_no_picture_is_wider_than_the_text_or_takes_a_page() -> None:
    tall = SVG.replace(b"40 20", b"40 4000")
    pdf = printed(
        Paragraph((Image("1.svg", "a", 9000),)), Paragraph((Image("2.svg", "b"),)), files={"1.svg": SVG, "2.svg": tall}
    )
    assert len(pdf.pages) == 2


@pytest.mark.parametrize("content", [b"nada", PNG[:2000], b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_picture_that_is_none_is_told_by_its_words(content: bytes) -> None:
    name = "3.png" if content.startswith((b"nada", b"\x89")) else "3.svg"
    inlines = (Text("antes "), Image(name, "La pantalla"), Image("1.svg", "Un esquema"), Text(" después"))
    pdf = printed(Paragraph(inlines), files={"1.svg": SVG, name: content})
    assert "antes" in read(pdf)
    told = read(pdf) + str([tag.get("/Alt") for tag in tags(pdf)])
    assert "La pantalla" in told
    assert "Un esquema" in told


def test_code_is_copied_as_it_is_written() -> None:
    line = "url: https://example.org/una/direccion/larga?con=parametros"
    assert line in printed(Code(("plugins:", f"  {line}"))).pages[1].extract_text()


def test_a_line_of_code_longer_than_the_page_is_broken() -> None:
    lines = printed(Code(("x" * 400,))).pages[1].extract_text().splitlines()
    assert max(map(len, lines)) < 100


def test_what_people_wrote_is_printed_and_never_run() -> None:
    pdf = printed(*every_block(TYPST), files=FILES, title=TYPST, above=TYPST, facts=(TYPST,))
    assert read(pdf).count('#import "x": y; #panic("x") $x^2$ *b* _i_ `r` = h') >= 15


@settings(max_examples=40)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_becomes_an_accessible_document(text: str) -> None:
    assert is_accessible(printed(*every_block(text), files=FILES, title=text, above=text, facts=(text,)))


def test_what_is_deep_inside_is_printed() -> None:
    block: Block = said("fin")
    for _ in range(4):
        block = Note((), (Listing(((Quote((block,)),),)),))
    assert "fin" in read(printed(Grid((), ((Cell((block,)),),))))


def test_a_booklet_has_the_same_bytes_each_time_and_another_digest_when_anything_differs(tmp_path: Path) -> None:
    one = booklet(*every_block("Hola"), files=FILES)
    assert len({hashlib.sha256(booklet_pdf(one, TEMPLATES)).digest() for _ in range(2)}) == 1
    shutil.copytree(TEMPLATES / "report", tmp_path / "report")
    assert one.digest(TEMPLATES) == booklet(*every_block("Hola"), files=FILES).digest(tmp_path)
    others = [
        *[booklet(*every_block("Holá"), files=FILES), booklet(*every_block("Hola"), files=FILES | {"2.png": SVG})],
        *[replace(one, day=None), replace(one, facts=())],
    ]
    assert len({each.digest(TEMPLATES) for each in (one, *others)}) == 5
    template = tmp_path / "report" / "booklet.typ"
    template.write_text(template.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert one.digest(tmp_path) != one.digest(TEMPLATES)


def test_a_booklet_without_a_day_has_no_date() -> None:
    assert printed(day=None).metadata.creation_date is None


def test_a_mistake_in_the_template_is_told(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES / "report", tmp_path / "report")
    (tmp_path / "report" / "booklet.typ").write_text("#nada", encoding="utf-8")
    with pytest.raises(AvanceError, match="unknown variable: nada"):
        booklet_pdf(booklet(files=FILES), tmp_path)


def test_a_page_says_which_article_it_goes_on_with() -> None:
    articles = (Article("Uno", "a/#", (), (said("x " * 9000),)), Article("Dos", "b/#", (), (said("y"),)))
    heads = [page.extract_text().splitlines()[0] for page in printed(articles=articles, facts=("Versión 8.2",)).pages]
    assert heads[1] == heads[-1] == "Ventas · Versión 8.2"
    assert set(heads[2:-1]) == {"Ventas · Uno · Versión 8.2"}
