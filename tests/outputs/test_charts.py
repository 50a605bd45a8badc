"""Charts as SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from generator.outputs.charts import chart_svg
from generator.pages.charts import Area, Chart, Column, Line, Table

HOSTILE = '"><script>alert(1)</script>'
CHART = Chart(
    title="Evolución",
    description=HOSTILE,
    rule="",
    table=Table(heads=("a",), rows=()),
    areas=(Area(kind="cone", text="cono", points=((0.5, 0.5), (1, 1), (1, 0.8))),),
    columns=(Column(kind="done", start=0.1, width=0.2, height=0.5, text=HOSTILE),),
    lines=(Line(kind="scope", text="alcance", points=((0, 0), (1, 1))),),
    x_labels=((0.0, HOSTILE), (0.5, "nov"), (1.0, "dic")),
    y_labels=((0.0, "0"), (1.0, "60")),
    marks=((0.5, "corte"),),
)


def test_it_is_well_formed_and_holds_only_shapes_and_words() -> None:
    root = ElementTree.fromstring(str(chart_svg(CHART)))
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert kinds == {"svg", "g", "polygon", "rect", "polyline", "line", "text"}
    assert root.get("aria-label") == HOSTILE


def test_text_is_never_smaller_than_12_px_nor_stretched() -> None:
    svg = str(chart_svg(CHART))
    assert [int(size) for size in re.findall(r'font-size="(\d+)"', svg)] == [13]
    assert "<text" not in svg[svg.index("preserveAspectRatio") : svg.index("</svg>")]


def test_words_near_an_edge_stay_inside() -> None:
    svg = str(chart_svg(CHART))
    assert re.search(r'text-anchor="start" x="1\.0%"', svg)
    assert re.search(r'text-anchor="end" x="99\.0%"', svg)


def test_a_drawing_for_print_has_a_width_and_its_own_colours() -> None:
    svg = str(chart_svg(CHART, 500))
    assert 'width="500"' in svg
    assert "#bfe0ce" in svg
    assert "style=" not in svg
