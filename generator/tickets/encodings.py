"""Bytes of a file → UTF-8, and the encoding they were in, told by evidence.

A byte-order mark, or bytes that are valid UTF-8, decide. Otherwise the file was written in an old 8-bit code page (or
in Japanese Shift-JIS): each candidate is scored by what its letters would look like in running text, and the best one
is taken, Windows-1252 unless another is clearly better.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator

import pyarrow as pa

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES = {
    "windows-1252": "cp1252",
    "cp850": "cp850",
    "mac-roman": "mac_roman",
    "windows-1251": "cp1251",
    "koi8-r": "koi8_r",
    "windows-1250": "cp1250",
    "shift_jis": "cp932",
}
"""The candidates by their usual names, the most likely first."""
_CLEARLY = 0.15
_USUAL = frozenset("áéíóúüñçãõâêôàèëïîöäß¿¡ºª°")
_MARKS_OF_TEXT = frozenset("«»“”‘’–—…€·•´ \u00a0")
_SAMPLE = 64 * 1024


def is_utf8(data: bytes) -> bool:
    """Return whether *data* is UTF-8, without making text of it: a whole export as text takes four times its size."""
    offsets = pa.array([0, len(data)], pa.int64()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def decode(data: bytes) -> tuple[bytes, str, tuple[int, ...]] | None:
    """Return *data* as UTF-8 without a mark, its encoding, and the lines (from 1) that were in another one.

    None when the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return (rest, encoding, ()) if is_utf8(rest) and encoding == "utf-8" else _recoded(rest, encoding)
    if b"\x00" in data[:_SAMPLE]:
        wide = _wide(data[:_SAMPLE])
        return _recoded(data, wide) if wide else None
    if is_utf8(data):
        return data, "utf-8", ()
    return _mixed(data) or _recoded(data, code_page(data))


def code_page(data: bytes) -> str:
    """Return the old encoding whose letters make the most sense of *data*."""
    foreign = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    scores = {name: _score(foreign, encoding) for name, encoding in _CODE_PAGES.items()}
    best = max(scores, key=lambda name: scores[name])
    usual = next(iter(_CODE_PAGES))
    return best if scores[best] > scores[usual] + _CLEARLY else usual


def _recoded(data: bytes, encoding: str) -> tuple[bytes, str, tuple[int, ...]]:
    return data.decode(_CODE_PAGES.get(encoding, encoding), "replace").encode(), encoding, ()


def _wide(sample: bytes) -> str:
    """Return UTF-16 when every other byte is mostly zero, as in Western text without a byte-order mark."""
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / max(1, len(sample[1::2]))
    if min(even, odd) > 0.1 or max(even, odd) < 0.4:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _mixed(data: bytes) -> tuple[bytes, str, tuple[int, ...]] | None:
    """Return a file most of whose foreign lines are UTF-8, the other ones recoded; None when most are not."""
    lines = data.split(b"\n")
    foreign = [number for number, line in enumerate(lines) if not line.isascii()]
    other = [number for number in foreign if not is_utf8(lines[number])]
    if 2 * len(other) >= len(foreign):
        return None
    page = _CODE_PAGES[code_page(b"\n".join(lines[number] for number in other))]
    for number in other:
        lines[number] = lines[number].decode(page, "replace").encode()
    return b"\n".join(lines), "utf-8", tuple(number + 1 for number in other)


def _score(data: bytes, encoding: str) -> float:
    """Return how much like running text *data* reads in *encoding*: the mean over its foreign characters, at most 1."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    points = list(_points(text))
    return sum(points) / len(points) if points else 0.0


def _points(text: str) -> Iterator[float]:
    for position, char in enumerate(text):
        if char.isascii():
            continue
        before, after = text[position - 1 : position], text[position + 1 : position + 2]
        if char.lower() in _USUAL:
            # A capital in the middle of a lower-case word is the sign of a wrong code page.
            yield -1.0 if char.isupper() and before.islower() else 1.0
        elif char in _MARKS_OF_TEXT:
            yield 1.0
        elif not char.isalpha():
            yield -1.0
        elif unicodedata.name(char, "").startswith("LATIN"):
            yield 0.2
        elif (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
            yield -1.0
        else:
            yield 0.6 if char.isupper() else 0.9
