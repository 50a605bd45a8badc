"""Videos and animated pictures in Markdown, as pictures that say more of themselves.

    ![Cómo se filtra el tablero](filtrar.webm){ poster=filtrar.png captions=filtrar.vtt }
    ![El botón que parpadea](boton.gif){ poster=boton.png }

A reader sees the poster, which is a link to the file; a script (assets/clips.js) puts the file in its place. So nothing
is loaded, and nothing moves, before somebody asks for it. The captions (WebVTT) are read below it as well; a video
without sound whose steps the page tells may say where instead: `transcript=#pasos`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from .addresses import relative_address

if TYPE_CHECKING:
    from pathlib import Path

    from ..locale import Words

VIDEOS = (".webm", ".mp4")
ANIMATED = (".gif", ".apng", ".webp", ".png")
"""Kinds of picture that may move; only the bytes tell."""
_PICTURE = re.compile(r"!\[(?P<text>[^\]]*)\]\(\s*<?(?P<file>[^)\s>]+)>?[^)]*\)(?:\{:?(?P<more>[^}\n]*)\})?")
_NAMED = re.compile(r"""(?P<name>poster|captions|transcript)\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"}]+))""")
_TAG = re.compile(r"(?P<alone><p>)?<img\b(?P<attributes>[^>]*?)\s*/?>(?(alone)(?P<end></p>)?)")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_CUE_TIME = re.compile(r"^\s*(?:\d+:)?\d\d:\d\d\.\d{3}\s+-->")
_CUE_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, kw_only=True)
class Clip:
    """A video or a picture in a page's Markdown; its files are paths below content/, empty where it names none."""

    text: str
    file: str
    poster: str = ""
    captions: str = ""
    transcript: str = ""
    """Where the page tells what it shows: an anchor."""

    @property
    def is_video(self) -> bool:
        """Whether it is a video, by its name."""
        return self.file.lower().endswith(VIDEOS)


@dataclass(frozen=True, kw_only=True)
class ClipFile:
    """A file that a page shows: its bytes' number, and whether it moves."""

    size: int
    moves: bool


def clips_of(body: str, path: str) -> Iterator[Clip]:
    """Yield what the Markdown *body* of the page at *path* below content/ shows; no file of another site."""
    for found in _PICTURE.finditer(body):
        if "://" not in found["file"]:
            named = {each["name"]: each["quoted"] or each["bare"] for each in _NAMED.finditer(found["more"] or "")}
            transcript = named.pop("transcript", "")
            files = {name: _below_content(path, file) for name, file in named.items() if file}
            file = _below_content(path, found["file"])
            yield Clip(text=found["text"].strip(), file=file, transcript=transcript, **files)


def _below_content(page: str, file: str) -> str:
    return normpath(join(dirname(page), file))


def read_clip_file(path: Path) -> ClipFile:
    """Return what there is to know of the file at *path*."""
    content = path.read_bytes()
    return ClipFile(size=len(content), moves=path.suffix.lower() in VIDEOS or is_animated(content))


def is_animated(content: bytes) -> bool:
    """Return whether the bytes of a picture are of one that moves: a GIF, PNG or WebP of several frames.

    A GIF has a graphic control extension before each frame; an animated PNG has the chunk acTL before its data, an
    animated WebP the chunk ANIM.
    """
    if content.startswith(b"GIF8"):
        return content.count(b"\x21\xf9\x04") > 1
    if content.startswith(b"\x89PNG"):
        return b"acTL" in content.partition(b"IDAT")[0]
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP" and b"ANIM" in content[12:64]


def with_clips(
    html: str, path: str, url: str, words: Words, *, read: Callable[[str], bytes | None] = lambda _: None
) -> str:
    """Return the HTML of a page with its clips to be asked for.

    *path* is the page's file below content/ and *url* its address from the home. *read* gives the bytes of a file below
    content/, or None where there is none: it tells which pictures move, and what captions say.
    """

    def put(tag: re.Match[str]) -> str:
        said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag["attributes"])}
        file = _file_of(said.get("src", ""), url)
        kind = file.lower()
        if not (kind.endswith(VIDEOS) or (kind.endswith(ANIMATED) and is_animated(read(file) or b""))):
            return tag[0]
        link = _link(said, path, url, words, read)
        if not (tag["alone"] and tag["end"]):
            return f'{tag["alone"] or ""}<span class="clip">{link}</span>'
        return f'<figure class="clip">{link}{_transcript(said, path, words, read)}</figure>'

    return _TAG.sub(put, html)


def _file_of(src: str, url: str) -> str:
    """Return the path below content/ of what *src* means on the page at *url*; empty for what is not there."""
    file = normpath(join(url, src))
    return "" if "://" in src or src.startswith(("data:", "/")) or file.startswith("..") else file


def _link(said: Mapping[str, str], path: str, url: str, words: Words, read: Callable[[str], bytes | None]) -> str:
    """Return the poster as a link to the file, with what the script needs."""
    about, source = escape(said.get("alt", "")), said["src"]
    video = source.lower().endswith(VIDEOS)
    show = words.text("Ver el video") if video else words.text("Ver la animación")
    data = {"clip": "video" if video else "picture", "alt": said.get("alt", ""), "stop": words.text("Detener")}
    if said.get("captions"):
        data["captions"] = relative_address(_below_content(path, said["captions"]), url)
        data |= {"captions-label": words.text("Subtítulos"), "captions-language": words.language}
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    picture = about
    if said.get("poster"):
        poster = _below_content(path, said["poster"])
        address = escape(relative_address(poster, url))
        picture = f'<img src="{address}" alt="{about}"{_sizes(read(poster) or b"")} loading="lazy">'
    return f'<a href="{escape(source)}" {attributes}>{picture}<span class="clip-show">{escape(show)}</span></a>'


def _sizes(content: bytes) -> str:
    """Return the width and height of a PNG as attributes, so that the page does not move when it comes."""
    if not content.startswith(b"\x89PNG") or content[12:16] != b"IHDR":
        return ""
    width, height = (int.from_bytes(content[place : place + 4], "big") for place in (16, 20))
    return f' width="{width}" height="{height}"'


def _transcript(said: Mapping[str, str], path: str, words: Words, read: Callable[[str], bytes | None]) -> str:
    """Return what the captions say, to be read; or else the way to where the page tells it."""
    title = escape(words.text("Leer lo que muestra"))
    if said.get("captions"):
        captions = read(_below_content(path, said["captions"])) or b""
        lines = "".join(f"<li>{escape(line)}</li>" for line in captions_text(captions.decode("utf-8", "replace")))
        return f"<details><summary>{title}</summary><ol>{lines}</ol></details>" if lines else ""
    if said.get("transcript"):
        return f'<p><a href="{escape(said["transcript"])}">{title}</a></p>'
    return ""


def captions_text(text: str) -> Iterator[str]:
    """Yield what each cue of a WebVTT file says, in a line and without marks (W3C WebVTT, 4.1)."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().splitlines()
        start = next((number for number, line in enumerate(lines) if _CUE_TIME.match(line)), None)
        if start is not None:
            said = unescape(_CUE_TAG.sub("", " ".join(lines[start + 1 :])))
            if said.strip():
                yield " ".join(said.split())
