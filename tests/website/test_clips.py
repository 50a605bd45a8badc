"""Videos and animated pictures: what Markdown says of them, which pictures move, and that none does unasked."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from markdown import markdown

from generator.build import build_site
from generator.locale import words
from generator.website.clips import Clip, captions_text, clips_of, is_animated, with_clips
from generator.website.documentation import load_site

from ..conftest import SMALL_SITE

ES = words("es")
FRAME = b"\x21\xf9\x04\x00\x05\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00"
STILL, MOVING = GIF + FRAME + b"\x3b", GIF + FRAME + FRAME + b"\x3b"
VTT = (
    "WEBVTT\n\n1\n00:00.000 --> 00:04.000 line:0\n<v Ana>Abra\nel menú &amp; elija.\n\n"
    "NOTE nada\n\n00:04.000 --> 00:05.000\nFin.\n"
)


def shown(text: str, files: dict[str, bytes] | None = None) -> str:
    """Return the HTML of the page manual/a.md whose Markdown is *text*."""
    html = markdown(text, extensions=["attr_list"])
    return with_clips(html, "manual/a.md", "manual/a/", ES, read=(files or {}).get)


def chunk(name: bytes, data: bytes = b"") -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def test_what_a_page_shows_is_told_by_paths_below_content() -> None:
    text = (
        '![Filtrar](x/paso.webm){ poster=../p.png captions="s.vtt" }\n![](https://a.example/b.gif)\n'
        "![B](b.mp4){: transcript=#pasos }"
    )
    assert list(clips_of(text, "manual/ventas/a.md")) == [
        Clip(text="Filtrar", file="manual/ventas/x/paso.webm", poster="manual/p.png", captions="manual/ventas/s.vtt"),
        Clip(text="B", file="manual/ventas/b.mp4", transcript="#pasos"),
    ]


@pytest.mark.parametrize(
    ("content", "moves"),
    [
        (STILL, False),
        (MOVING, True),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR") + chunk(b"acTL") + chunk(b"IDAT"), True),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR") + chunk(b"IDAT", b"acTL"), False),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + bytes(10) + b"ANIM", True),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(40), False),
        (b"", False),
    ],
)
def test_the_bytes_of_a_picture_tell_whether_it_moves(content: bytes, moves: bool) -> None:
    assert is_animated(content) is moves


def test_a_video_is_its_poster_with_a_link_until_it_is_asked_for(elements) -> None:
    files = {"manual/s.vtt": VTT.encode()}
    html = shown('![Un "paso" <b>](paso.webm){ poster=p.png captions=s.vtt }', files)
    assert "<video" not in html
    link = dict(elements(html))["a"]
    assert link["href"] == "paso.webm"
    assert (link["data-clip"], link["data-alt"]) == ("video", 'Un "paso" <b>')
    assert link["data-captions"] == "../s.vtt"
    assert dict(elements(html))["img"] == {"src": "../p.png", "alt": 'Un "paso" <b>', "loading": "lazy"}
    assert "<li>Abra el menú &amp; elija.</li><li>Fin.</li>" in html
    assert "<p>" not in html


def test_a_poster_keeps_its_place_before_it_comes(elements) -> None:
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", (390).to_bytes(4, "big") + (720).to_bytes(4, "big"))
    picture = dict(elements(shown("![A](a.webm){ poster=p.png }", {"manual/p.png": png})))["img"]
    assert (picture["width"], picture["height"]) == ("390", "720")


def test_only_a_picture_that_moves_waits() -> None:
    files = {"manual/a/b.gif": MOVING, "manual/a/c.gif": STILL}
    assert 'data-clip="picture"' in shown("![B](b.gif)", files)
    assert shown("![C](c.gif)", files) == markdown("![C](c.gif)")
    assert shown("![D](https://a.example/d.webm)") == markdown("![D](https://a.example/d.webm)")
    assert shown("Uno `![x](y.webm)`") == markdown("Uno `![x](y.webm)`")


def test_beside_other_text_the_paragraph_stays_one() -> None:
    html = shown("Vea ![cómo](paso.webm) se hace")
    assert html.startswith("<p>Vea <span")
    assert "<figure" not in html


def test_a_video_may_say_where_the_page_tells_it() -> None:
    assert '<a href="#pasos">Leer lo que muestra</a>' in shown("![A](a.webm){ poster=p.png transcript=#pasos }")


def test_cues_are_read_without_times_notes_and_marks() -> None:
    assert list(captions_text(VTT.replace("\n", "\r\n"))) == ["Abra el menú & elija.", "Fin."]


MOVES = {
    "mkdocs.yml": f"{SMALL_SITE}markdown_extensions: [attr_list]\n",
    "content/index.md": "![Contar](v.webm){ poster=p.png captions=s.vtt }\n\n![Gira](g.gif){ poster=p.png }\n",
    "data/tickets/.gitkeep": "",
    "content/g.gif": MOVING,
    "content/p.png": (Path(__file__).parents[2] / "content/recorrido.png").read_bytes(),
    "content/v.webm": (Path(__file__).parents[2] / "content/recorrido.webm").read_bytes(),
    "content/s.vtt": VTT,
}


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_before_it_is_asked_for(motion: str, make_site, tmp_path, serve, open_page) -> None:
    build_site(load_site(make_site(tmp_path, MOVES)), tmp_path / "site")
    page = open_page(serve(tmp_path / "site"), width=390, reduced_motion=motion)
    assert page.locator("video, img[src$='gif']").count() == 0
    page.get_by_role("link", name="Ver el video").click()
    video = page.locator("video")
    video.evaluate("it => new Promise(done => it.readyState ? done() : (it.onloadedmetadata = done))")
    assert video.evaluate("it => [it.controls, it.textTracks[0].mode, it.duration > 30]") == [True, "showing", True]
    assert video.evaluate("it => it.paused") is (motion == "reduce")
    page.get_by_role("link", name="Ver la animación").click()
    assert page.locator("img[src$='gif']").get_attribute("alt") == "Gira"
    page.get_by_role("link", name="Detener").click()
    assert page.locator("img[src$='gif']").count() == 0
