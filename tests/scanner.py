"""Looks for words in published bytes, in every form in which they could hide: encoded, packed, in a PDF."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

from pypdf import PdfReader

MOST = 50_000_000
DEEPEST = 3
_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_ANY = 47
"""zlib's `wbits` for what begins as gzip or zlib does; -15 is for deflate without a head."""


class Scanner:
    """Finds *words* (lower case, of at least nine ASCII letters or digits) whatever their case."""

    def __init__(self, words: Iterable[str]) -> None:
        self._folded: dict[bytes, str] = {}
        self._exact: dict[bytes, str] = {}
        for word in words:
            for form in _folded_forms(word.encode()):
                self._folded[form] = word
            for cased in (word, word.upper(), word.capitalize()):
                for form in _base64_forms(cased.encode()):
                    self._exact[form] = word

    def words_in(self, content: bytes) -> set[str]:
        """Return which of the words are in *content*, or in what can be unpacked out of it."""
        found = set()
        for layer in _layers(content):
            lower = layer.lower()
            found |= {word for form, word in self._folded.items() if form in lower}
            found |= {word for form, word in self._exact.items() if form in layer}
        return found

    def words_below(self, *folders: Path) -> dict[str, set[str]]:
        """Return the paths below *folders* in whose name or bytes there are words, and which."""
        found = {}
        for folder in folders:
            for path in folder.rglob("*"):
                name = path.relative_to(folder).as_posix()
                words = self.words_in(name.encode()) | (self.words_in(path.read_bytes()) if path.is_file() else set())
                if words:
                    found[name] = words
        return found


def _folded_forms(word: bytes) -> Iterator[bytes]:
    yield word
    yield word.hex().encode()
    yield "".join(f"%{byte:02x}" for byte in word).encode()
    yield word.decode().encode("utf-16-le")
    yield word.decode().encode("utf-16-be")


def _base64_forms(word: bytes) -> Iterator[bytes]:
    """Yield the characters that *word* alone decides, at each place that it can have in a group of three bytes."""
    for before in range(3):
        whole = (before + len(word)) * 8 // 6
        for encode in (b64encode, urlsafe_b64encode):
            yield encode(b"\0" * before + word)[-(-before * 8 // 6) : whole]


def _layers(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """Yield *content* and everything that is packed in it."""
    yield content
    if depth == DEEPEST:
        return
    for unpacked in (*_streams(content), *_members(content), *_pdf_texts(content)):
        yield from _layers(unpacked, depth + 1)


def _streams(content: bytes) -> Iterator[bytes]:
    starts = [(match.start(), _ANY) for match in _STREAM.finditer(content)]
    for start, window in (*starts, *((start, -15) for start in range(min(len(content), 16)))):
        unpacked = _unpacked(content[start:], window)
        if len(unpacked) > 8:
            yield unpacked


def _unpacked(content: bytes, window: int) -> bytes:
    """Return what can be read of a stream: all of it, or what comes before it breaks."""
    stream, parts = zlib.decompressobj(window), []
    for start in range(0, len(content), 4096):
        try:
            parts.append(stream.decompress(content[start : start + 4096], MOST))
        except zlib.error:
            break
        if stream.eof:
            break
    return b"".join(parts)


def _members(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield archive.read(member)


def _pdf_texts(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"%PDF-") and b"%%EOF" in content:
        reader = PdfReader(io.BytesIO(content))
        yield str(reader.metadata).encode()
        yield "\n".join(page.extract_text() for page in reader.pages).replace("\n", "").encode()
