"""What the content of a page says, as blocks."""

from __future__ import annotations

import pytest

from generator.outputs.booklet import (
    Anchor,
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
)
from generator.website.blocks import Page, Surroundings, read_blocks


def said(text: str, *styles: str, **where: str) -> Paragraph:
    return Paragraph((Text(text, styles, **where),))


def blocks(html: str, **around: object) -> list[object]:
    return list(read_blocks(html, Surroundings(**around)).blocks)


def test_the_first_heading_is_the_title_and_no_block() -> None:
    assert read_blocks("<h1>IVA</h1><p>Qué es</p>") == Page("IVA", (said("Qué es"),))
    assert read_blocks("<p>Antes</p><h1>IVA</h1>") == Page("", (said("Antes"), Heading(2, "IVA")))


def test_no_level_of_headings_is_missing_between_two() -> None:
    levels = [block.level for block in blocks("<h1>a</h1><h4>b</h4><h6>c</h6><h2>d</h2><h1>e</h1><h3>f</h3>")]
    assert levels == [2, 3, 2, 2, 3]


def test_the_sign_that_links_to_a_heading_is_left_out() -> None:
    html = '<h2 id="pasos">Pasos <b>ya</b><a class="headerlink" href="#pasos">¶</a></h2>'
    assert blocks(html, place="x/") == [Heading(2, "Pasos ya", "x/#pasos")]


def test_styles_add_up_and_end() -> None:
    (paragraph,) = blocks("<p>a <strong>b <em>c</em></strong> <code>d</code> <kbd>e</kbd><sup>f</sup> g</p>")
    assert [(each.text, each.styles) for each in paragraph.inlines] == [
        *[("a ", ()), ("b ", ("strong",)), ("c", ("strong", "em")), (" ", ()), ("d", ("code",))],
        *[(" ", ()), ("e", ("key",)), ("f", ("sup",)), (" g", ())],
    ]


def test_spaces_are_as_a_browser_shows_them() -> None:
    (paragraph,) = blocks("<p>\n  a  <b> b\n</b> c <br>\n d\t</p>\n")
    assert paragraph.inlines == (Text("a "), Text("b ", ("strong",)), Text("c "), Break(), Text("d"))


def test_lists_hold_blocks_and_begin_where_they_say() -> None:
    assert blocks('<ol start="3"><li>a<ul><li>b</li></ul></li><li><p>c</p><pre>d\n  e</pre></li></ol>') == [
        Listing(((said("a"), Listing(((said("b"),),))), (said("c"), Code(("d", "  e")))), start=3)
    ]


@pytest.mark.parametrize("start", ["", "x", "-1", "²", "9" * 40])
def test_a_list_that_begins_nowhere_is_still_a_list(start: str) -> None:
    (listing,) = blocks(f'<ol start="{start}"><li>a</li></ol>')
    assert listing.start in (1, 1_000_000)


def test_definitions_keep_what_is_said_of_each_term() -> None:
    assert blocks("<dl><dt>a</dt><dt><b>b</b></dt><dd>c</dd><dd><p>d</p></dd></dl>") == [
        Definitions(
            (Definition((Text("a"),), ()), Definition((Text("b", ("strong",)),), (said("c"), said("d")))),
        )
    ]


def test_every_row_of_a_table_has_as_many_cells() -> None:
    html = (
        '<table><thead><tr><th>a</th><th align="right">b</th></tr></thead>'
        "<tbody><tr><td>1</td></tr><tr><td>2</td><td align='right'>3</td></tr></tbody></table>"
    )
    assert blocks(html) == [
        Grid(
            ((Cell((said("a"),)), Cell((said("b"),), "right")),),
            ((Cell((said("1"),)), Cell(())), (Cell((said("2"),)), Cell((said("3"),), "right"))),
        )
    ]


def test_notices_have_a_title_and_a_tone() -> None:
    html = '<div class="admonition danger"><p class="admonition-title">T</p><p>a</p></div>'
    assert blocks(html) == [Note((Text("T"),), (said("a"),), "danger")]
    folded = "<details class='tip'><summary>T</summary><ul><li>a</li></ul></details>"
    assert blocks(folded) == [Note((Text("T"),), (Listing(((said("a"),),)),), "tip")]


def test_what_is_behind_a_tab_stands_under_its_name() -> None:
    inner = (
        '<div class="tabbed-set"><div class="tabbed-labels"><label>Tres</label></div>'
        '<div class="tabbed-content"><div class="tabbed-block"><p>c</p></div></div></div>'
    )
    html = (
        '<div class="tabbed-set"><input type="radio"><input type="radio">'
        '<div class="tabbed-labels"><label>Uno</label><label>Dos</label></div><div class="tabbed-content">'
        f'<div class="tabbed-block"><p>a</p>{inner}</div><div class="tabbed-block"><p>b</p></div></div></div>'
    )
    assert blocks(html) == [
        *[Paragraph((Text("Uno"),), "title"), said("a"), Paragraph((Text("Tres"),), "title"), said("c")],
        *[Paragraph((Text("Dos"),), "title"), said("b")],
    ]


def test_code_keeps_its_lines_and_indents() -> None:
    assert blocks('<div class="highlight"><pre><span></span><code>a:\n\n\t<b>b</b> &lt;\n</code></pre></div>') == [
        Code(("a:", "", "    b <"))
    ]


def test_quotes_rules_and_captions() -> None:
    html = "<blockquote><p>a</p></blockquote><hr><figure><p>b</p><figcaption>c</figcaption></figure>"
    assert blocks(html) == [Quote((said("a"),)), Rule(), said("b"), Paragraph((Text("c"),), "caption")]


def test_links_lead_where_the_site_says() -> None:
    def link(address: str) -> tuple[str, str]:
        return ("", "b/#x") if address == "../b/#x" else (f"https://e.example/{address}", "")

    (paragraph,) = blocks('<p><a href="../b/#x">a</a><a href="c">b</a></p>', link=link)
    assert paragraph.inlines == (Text("a", place="b/#x"), Text("b", address="https://e.example/c"))


def test_an_address_that_runs_is_none() -> None:
    assert blocks('<p><a href="javascript:alert(1)">a</a></p>') == [said("a")]


def test_places_are_found_by_their_id_the_first_of_a_name_alone() -> None:
    html = '<p id="a">x<sup id="b">1</sup></p><ul><li id="a">y</li></ul>'
    assert blocks(html, place="p/") == [
        Paragraph((Anchor("p/#a"), Text("x"), Anchor("p/#b"), Text("1", ("sup",)))),
        Listing(((said("y"),),)),
    ]


def test_pictures_are_those_that_can_be_printed_or_their_alternative_text() -> None:
    html = (
        '<p>a <img src="x.png" alt="Una  foto" width="340"> <img src="y.avif" alt="Otra"><img src="x.png" alt=""></p>'
    )
    (paragraph,) = blocks(html, picture=lambda source: "1.png" if source == "x.png" else "")
    assert paragraph.inlines == (
        *[Text("a "), Image("1.png", "Una foto", 255), Text(" "), Text("Otra", address="y.avif")],
        Image("1.png", ""),
    )


def test_what_moves_is_its_poster_and_the_address_where_it_does() -> None:
    html = (
        '<figure class="clip"><a href="t.webm" data-clip="video"><img src="t.png" alt="Recorrido">'
        '<span class="clip-show">Ver el video</span></a></figure>'
    )
    around = {"picture": lambda _: "1.png", "link": lambda address: (f"https://e.example/{address}", "")}
    where = Text("https://e.example/t.webm", address="https://e.example/t.webm")
    assert blocks(html, **around) == [
        Paragraph((Image("1.png", "Recorrido"),)),
        Paragraph((Text("Ver el video: "), where), "caption"),
    ]
    assert blocks(html, picture=lambda _: "1.png", link=lambda _: ("", "")) == [
        Paragraph((Image("1.png", "Recorrido"),))
    ]


def test_scripts_styles_and_drawings_are_no_text() -> None:
    html = "<p>a</p><script>b</script><style>c</style><svg><text>d</text></svg><form><input value='e'></form><p>f</p>"
    assert blocks(html) == [said("a"), said("f")]


def test_text_further_in_than_anybody_writes_is_kept() -> None:
    html = "<blockquote><ul><li>" * 400 + "fin" + "</li></ul></blockquote>" * 400

    def depth(block: object) -> int:
        if isinstance(block, Quote):
            return 1 + max(map(depth, block.blocks))
        if isinstance(block, Listing):
            return 1 + max(depth(each) for item in block.items for each in item)
        assert block == said("fin")
        return 0

    (block,) = blocks(html)
    assert depth(block) < 10
