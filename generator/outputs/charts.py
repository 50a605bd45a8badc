"""Charts → SVG, drawn at build.

On a page a chart is as wide as its column and its text keeps its size: the shapes are in an inner drawing that is
stretched, the words outside it are placed in hundredths. With a width it is a drawing of that many points, for print.
Colours come from the page's stylesheet by class; the light ones are written too, for where there is no stylesheet.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..pages.charts import Chart, Point

HEIGHT = 260
_TOP, _BOTTOM = 24, 28
_LEFT, _RIGHT = 1, 99
"""The plot, in hundredths of the width; labels of the y axis stand on its lines."""
_COLOURS = {
    "done": "#1a7f4b",
    "doing": "#1f4e79",
    "client": "#b35900",
    "waiting": "#6d5a8c",
    "todo": "#dde3ea",
    "scope": "#56657a",
    "cone": "#bfe0ce",
    "open": "#9db8d2",
}
_PRINTED = "Lato"
_INK, _LINE = "#56657a", "#dde3ea"


def chart_svg(chart: Chart, width: int | None = None) -> Markup:
    """Return *chart* as SVG: as wide as what holds it, or *width* points wide."""
    plot = HEIGHT - _TOP - _BOTTOM
    # A drawing for print has the plot's own points: not every reader of SVG keeps a stroke from being stretched.
    across, down = (round(width * (_RIGHT - _LEFT) / 100), plot) if width else (1000, 1000)
    parts = [
        f'<svg class="chart" width="{width or "100%"}" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(chart.description)}" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="{_PRINTED if width else "inherit"}" font-size="13">',
        *_grid(chart),
        f'<svg x="{_LEFT}%" y="{_TOP}" width="{_RIGHT - _LEFT}%" height="{plot}" viewBox="0 0 {across} {down}" '
        'preserveAspectRatio="none" overflow="visible">',
        *_shapes(chart, across, down),
        "</svg>",
        # Over the shapes, and edged with the paper's colour: a word is read on a column as well.
        '<g stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke">',
        *_words(chart),
        "</g></svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - numbers, and words escaped where they are put in


def _grid(chart: Chart) -> Iterable[str]:
    for y, _ in chart.y_labels:
        yield f'<line class="grid" stroke="{_LINE}" x1="{_LEFT}%" x2="{_RIGHT}%" y1="{_down(y)}" y2="{_down(y)}"/>'


def _shapes(chart: Chart, across: int, down: int) -> Iterable[str]:
    """Yield what is drawn in a plot of *across* by *down* units."""

    def points(places: Iterable[Point]) -> str:
        return " ".join(f"{round(across * x, 1):g},{round(down * (1 - y), 1):g}" for x, y in places)

    for area in chart.areas:
        yield f'<polygon class="{area.kind}" fill="{_COLOURS[area.kind]}" points="{points(area.points)}"/>'
    for column in chart.columns:
        top = round(down * (1 - column.base - column.height), 1)
        yield (
            f'<rect class="{column.kind}" fill="{_COLOURS[column.kind]}" x="{round(across * column.start, 1):g}" '
            f'y="{top:g}" width="{round(across * column.width, 1):g}" height="{round(down * column.height, 1):g}"/>'
        )
    for line in chart.lines:
        dashes = ' stroke-dasharray="4 4"' if line.kind == "scope" else ""
        yield (
            f'<polyline class="line {line.kind}" fill="none" stroke="{_COLOURS[line.kind]}" stroke-width="3"{dashes} '
            f'stroke-linejoin="round" vector-effect="non-scaling-stroke" points="{points(line.points)}"/>'
        )
    for x, _ in chart.marks:
        yield (
            f'<line class="mark" stroke="{_INK}" stroke-dasharray="4 4" vector-effect="non-scaling-stroke" '
            f'x1="{round(across * x, 1):g}" x2="{round(across * x, 1):g}" y1="0" y2="{down}"/>'
        )


def _words(chart: Chart) -> Iterable[str]:
    for y, text in chart.y_labels:
        yield f'<text class="ink" fill="{_INK}" x="{_LEFT}%" y="{_down(y) - 4}">{escape(text)}</text>'
    for column in chart.columns:
        middle = column.start + column.width / 2
        yield _text(middle, _down(column.base + column.height) - 4, column.text, "middle")
    for x, text in chart.x_labels:
        yield _text(x, HEIGHT - 8, text)
    for x, text in chart.marks:
        yield _text(x, _TOP - 9, text)


def _text(x: float, y: float, text: str, anchor: str = "") -> str:
    """Return a word centred at *x*, or, near an edge, beginning or ending there."""
    anchor = anchor or ("start" if x < 0.03 else "end" if x > 0.97 else "middle")
    place = round(_LEFT + (_RIGHT - _LEFT) * x, 2)
    return f'<text class="ink" fill="{_INK}" text-anchor="{anchor}" x="{place}%" y="{y}">{escape(text)}</text>'


def _down(y: float) -> float:
    """Return the distance from the top of the drawing of a height in the plot."""
    return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - y), 1)
