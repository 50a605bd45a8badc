"""Reports → PDF."""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from generator.locale import words
from generator.outputs.html import render
from generator.outputs.pdf import report_pdf
from generator.pages import charts
from generator.pages.charts import Chart, Line
from generator.pages.parts import Step
from generator.pages.progress import Figure, progress_page
from generator.pages.report import (
    Bar,
    BarPart,
    Block,
    Cell,
    Column,
    Figures,
    Heading,
    Paragraph,
    Picture,
    Report,
    Ruled,
    Signatures,
    Signer,
    Table,
    pending_report,
    progress_report,
)
from generator.problems import AvanceError

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "site_templates"
ES = words("es")
ADDRESS = "https://example.org/p/acme/"
TYPST = """#import "x": y; #panic("x") $x^2$ *b* _i_ `r` = h \\ \\u{41} /* c */ // d @r <l> ~ -- #sys.inputs"""
PLAIN = Report(
    title="Informe",
    client="ACME, C.A.",
    project="Ventas",
    cut="Corte N.º 4",
    cut_day="lun 23 nov 2026",
    cut_iso="2026-11-23T15:40-04:00",
    company="AdaptaPro",
    executive="Ejecutiva: Ana",
    language="es",
    steps=(Step("Implementación", "current"), Step("Producción", "ahead")),
    done="terminada",
    address=ADDRESS,
    online="Página del proyecto",
    paging="Página {page} de {pages}",
    draft="",
    blocks=(),
)
OURS = {"Lato-Regular", "Lato-Bold", "LibertinusSerif-Regular", "LibertinusSerif-Bold", "AvanceBox-Regular"}


def document(*blocks: Block, **said: object) -> PdfReader:
    return PdfReader(io.BytesIO(report_pdf(replace(PLAIN, blocks=blocks, **said), TEMPLATES)))


def rows(count: int, *, title: str = "Tarea") -> Table:
    cells = [(Cell(f"#{number}"), Cell(f"{title} {number}")) for number in range(1, count + 1)]
    return Table((Column("N.º"), Column("Tarea", share=1)), tuple(cells))


def chart(text: str) -> Chart:
    """Return a chart of one bar and one line that says *text*."""
    return Chart(
        title=text,
        description=text,
        rule=text,
        table=charts.Table(heads=(), rows=()),
        columns=(charts.Column(kind="done", start=0.1, width=0.4, height=0.5, text=text),),
        lines=(Line(kind="scope", text=text, points=((0, 0), (1, 1))),),
        x_labels=((0.5, text),),
    )


def every_block(text: str) -> tuple[Block, ...]:
    """Return one block of each kind, saying *text* wherever it can."""
    return (
        Heading(text),
        Heading(text, 2),
        *(Paragraph(text, tone) for tone in ("", "soft", "notice")),
        Figures((Figure(title=text, value=text, lines=(text,)),)),
        Bar((BarPart("done", 60, text, text), BarPart("new-kind", 40, "1", text))),
        Table(
            (Column(text), Column(text, 1), Column(text, numeric=True)), ((Cell(text), Cell(text, text), Cell(text)),)
        ),
        Picture(chart("nov"), f"Gráfico {text}", text),
        Ruled(),
        Signatures((Signer(text, text, text), Signer(text)), text),
    )


def read(pdf: PdfReader) -> str:
    """Return the text of all pages on one line."""
    text = " ".join(page.extract_text() for page in pdf.pages)
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


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


def fonts(pdf: PdfReader) -> set[str]:
    return {
        font.get_object()["/BaseFont"].split("+")[-1].removesuffix("-Identity-H")
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
    }


def is_accessible(pdf: PdfReader) -> bool:
    return pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] and b"<pdfuaid:part>1<" in (
        pdf.trailer["/Root"]["/Metadata"].get_object().get_data()
    )


def test_a_document_says_what_it_is() -> None:
    pdf = document(language="pt")
    assert is_accessible(pdf)
    assert pdf.trailer["/Root"]["/Lang"] == "pt"
    assert pdf.metadata.title == "Informe · Ventas · Corte N.º 4"
    assert pdf.metadata.author == "AdaptaPro"
    assert pdf.metadata["/CreationDate"] == "D:20261123194000Z"
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]


def test_headings_are_bookmarks() -> None:
    first, parts, second = document(Heading("Uno"), Heading("Parte", 2), rows(90), Heading("Dos")).outline
    assert (first.title, [part.title for part in parts], second.title) == ("Uno", ["Parte"], "Dos")


def test_every_block_is_known_to_a_screen_reader() -> None:
    found = [tag["/S"] for tag in tags(document(*every_block("Hola")))]
    assert {"/Title", "/H1", "/H2", "/P", "/Table", "/THead", "/TH", "/TD", "/Figure", "/Link"} <= set(found)
    assert found.count("/TR") == 2


def test_every_page_repeats_the_headings_of_the_table_and_says_whose_it_is() -> None:
    pdf = document(rows(100))
    assert len(pdf.pages) > 2
    for number, page in enumerate(pdf.pages, start=1):
        text = page.extract_text()
        assert "N.º" in text.split("#", 1)[0]
        assert "Tarea" in text
        assert f"Página {number} de {len(pdf.pages)}" in text
        assert "ACME, C.A." in text
        assert "Corte N.º 4 · lun 23 nov 2026" in text


def test_a_row_is_not_broken_over_pages() -> None:
    pdf = document(Table((Column("A", 1),), tuple((Cell(f"inicio {'palabra ' * 60} fin"),) for _ in range(40))))
    for page in pdf.pages:
        text = page.extract_text()
        assert text.count("inicio") == text.count("fin")


def test_a_row_longer_than_a_page_is_printed_whole() -> None:
    assert read(document(Table((Column("A", 1),), ((Cell("palabra " * 2000),),)))).count("palabra") == 2000


def test_the_qr_leads_to_the_page_and_is_said_in_words() -> None:
    pdf = document()
    links = {note.get_object()["/A"]["/URI"] for note in pdf.pages[0]["/Annots"]}
    assert links == {ADDRESS}
    assert [tag["/Alt"] for tag in tags(pdf) if tag["/S"] == "/Figure"] == [f"Página del proyecto: {ADDRESS}"]


def test_without_an_address_there_is_no_qr() -> None:
    pdf = document(address="")
    assert "/Annots" not in pdf.pages[0]
    assert "/Figure" not in {tag["/S"] for tag in tags(pdf)}


def test_a_chart_stays_a_drawing_and_its_words_are_said() -> None:
    pdf = document(Picture(chart("nov"), "Doce culminadas en noviembre", "Por mes"))
    assert "Doce culminadas en noviembre" in {tag.get("/Alt") for tag in tags(pdf)}
    assert not any(list(page.images) for page in pdf.pages)


def test_a_draft_is_marked_on_every_page() -> None:
    pdf = document(rows(100), draft="Borrador")
    assert all("Borrador" in page.extract_text() for page in pdf.pages)
    assert "Borrador" not in read(document())


@pytest.fixture(scope="module")
def project(make_project):
    """A project with tickets in every state."""
    states = [{"status": word} for word in ("todo", "doing", "done", "done", "done", "cancelled")]
    return make_project(*states, {"status": "waiting", "waiting_on": "client"}, {"title": TYPST})


def test_paper_and_page_have_the_same_numbers(project) -> None:
    view = progress_page(project, {}, ES)
    html = render(TEMPLATES, "progress", view, ES, root="../../", company="AdaptaPro", ticket_portal="")
    paper = read(PdfReader(io.BytesIO(report_pdf(progress_report(view, ES, company="AdaptaPro"), TEMPLATES))))
    percent = re.search(r'class="value big">([^<]+)<', html)[1].replace("\u00a0", " ")
    assert percent in paper
    on_page = re.findall(r'class="number"[^>]*>([^<]+)<', html)
    assert re.findall(r"#\d+", paper.split("Dependen de usted", 1)[1]) == on_page


def test_the_pending_report_has_every_pending_ticket(project) -> None:
    view = progress_page(project, {}, ES)
    paper = read(PdfReader(io.BytesIO(report_pdf(pending_report(view, ES, company="AdaptaPro"), TEMPLATES))))
    for task in (*view.on_client, *view.on_client_more, *view.pending):
        assert f"{task.number} {task.title.split()[0]}" in paper


def test_what_people_wrote_is_printed_and_never_run() -> None:
    pdf = document(*every_block(TYPST), client=TYPST, project=TYPST, executive=TYPST)
    assert read(pdf).count('#import "x": y; #panic("x") $x^2$ *b* _i_ `r` = h') >= 15
    assert pdf.outline[0].title == TYPST


@settings(max_examples=40)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("\x00\x01\x1b\x7f\x85\ufeff\ufffe\uffff")
@example("\u202eاسم\u2066 שלום")
@example("你好 😀👨‍👩‍👧 🇻🇪 क्षि \ue000\U0010ffff")
@example("\ud83d")
@example("")
@example("=" * 400)
def test_any_text_becomes_an_accessible_document(text: str) -> None:
    assert is_accessible(document(*every_block(text), client=text, project=text, title=text, executive=text))


@pytest.mark.parametrize("text", ["你", "😀", "ש", "م", "Ж"])
def test_a_letter_that_the_fonts_lack_is_still_found(text: str) -> None:
    assert f"antes {text} después" in read(document(Paragraph(f"antes {text} después")))


def test_control_characters_are_left_out() -> None:
    assert "antesmedio después" in read(document(Paragraph("antes\x00\x1b\u202emedio\t\n después")))


@pytest.mark.parametrize("word", ["x" * 400, "e\u0301" * 200])
def test_a_word_longer_than_its_column_is_broken(word: str) -> None:
    pdf = document(Table((Column("A", 1), Column("B", 3)), ((Cell(word), Cell("fin")),)))
    lines = pdf.pages[0].extract_text().splitlines()
    assert max(len(line) for line in lines if word[0] * 2 in line or word[:2] in line) < 60


def test_only_fonts_that_come_with_the_product_are_used() -> None:
    assert fonts(document(*every_block("Añil 你 Ж"))) <= OURS
    assert fonts(document(*every_block("Añil"))) == {"Lato-Regular", "Lato-Bold"}


def test_a_template_gets_no_font_of_the_machine(tmp_path: Path) -> None:
    of_machine = set(typst.Fonts(include_embedded_fonts=False).families())
    own = {*typst.Fonts(include_system_fonts=False, font_paths=[TEMPLATES / "report" / "fonts"]).families()}
    family = min(of_machine - own, default=None)
    if family is None:
        pytest.skip("this machine has no fonts of its own")
    shutil.copytree(TEMPLATES / "report", tmp_path / "report")
    template = tmp_path / "report" / "report.typ"
    template.write_text(template.read_text(encoding="utf-8").replace('font: ("Lato"', f'font: ("{family}", "Lato"'))
    assert report_pdf(PLAIN, tmp_path) == report_pdf(PLAIN, TEMPLATES)


def test_the_same_report_has_the_same_bytes_on_any_machine(tmp_path: Path) -> None:
    report = replace(PLAIN, blocks=(*every_block("Añil 你"), rows(60)))
    (tmp_path / "report").write_bytes(pickle.dumps(report))
    program = (
        "import pathlib, pickle, sys; from generator.outputs.pdf import report_pdf; "
        "report = pickle.loads(pathlib.Path('report').read_bytes()); "
        f"sys.stdout.buffer.write(report_pdf(report, pathlib.Path({str(TEMPLATES)!r})))"
    )
    path = {"PYTHONPATH": str(ROOT)}
    elsewhere = [path, path | {"HOME": str(tmp_path), "FONTCONFIG_FILE": "/dev/null", "TZ": "Asia/Tokyo", "LANG": "C"}]
    made = {
        hashlib.sha256(
            subprocess.run(
                [sys.executable, "-c", program], cwd=tmp_path, env=env, check=True, capture_output=True
            ).stdout
        ).hexdigest()
        for env in elsewhere
    }
    assert made == {hashlib.sha256(report_pdf(report, TEMPLATES)).hexdigest()}


def test_a_report_of_200_tickets_is_small() -> None:
    words_ = "Revisar y aprobar los saldos iniciales de contabilidad de la sucursal"
    assert len(report_pdf(replace(PLAIN, blocks=(rows(200, title=words_),)), TEMPLATES)) < 500_000


def test_a_document_without_a_cut_has_no_date() -> None:
    pdf = document(cut_iso="", cut_day="")
    assert pdf.metadata.creation_date is None
    assert "Corte N.º 4 · Ejecutiva: Ana" in read(pdf)


def test_a_template_that_a_designer_changes_is_read_again_and_a_mistake_in_it_is_told(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES / "report", tmp_path / "report")
    template = tmp_path / "report" / "report.typ"
    before = report_pdf(PLAIN, tmp_path)
    assert before == report_pdf(PLAIN, TEMPLATES)
    template.write_text(template.read_text(encoding="utf-8").replace('paper: "a4"', 'paper: "a5"'), encoding="utf-8")
    assert report_pdf(PLAIN, tmp_path) != before
    template.write_text("#nada", encoding="utf-8")
    with pytest.raises(AvanceError, match="unknown variable: nada"):
        report_pdf(PLAIN, tmp_path)
