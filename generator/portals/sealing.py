"""A portal → sealed files: noise to everyone without a key, and every byte of them authenticated.

A container (`d.bin`) holds all pages of one project:

    AVNCE1 | mode u8 | slots u8 | epoch 16 | iterations u32 | salt 16       44 bytes
    slots of 132 bytes, sorted: id 8 | nonce 12 | sealed(content key 32, expiry u32, label 60) 112
    nonce 12 | sealed(frame)

Every other file is sealed by itself and named by the digest of what came out. A frame is `codec u8 | length u32 | body`
and zeros up to the next size of Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PETS 2019), so
that a size tells little. The cipher is AES-256-GCM; its nonce is a MAC of key, associated data and the very bytes that
are encrypted: the same input gives the same output, and no nonce is used for two of them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..problems import N_, AvanceError
from .keys import ITERATIONS, ProjectKeys, b32, derive, lp, u32

MAGIC = b"AVNCE1"
CONTAINER = "d.bin"
CONTAINER_FLOOR, FILE_FLOOR = 16 * 1024, 4 * 1024
"""The smallest frame, bytes: every small portal has the same size."""
_SLOTS = 8
"""Slots come in multiples: how many people can open a portal is not to be counted."""
_LABEL = 60
_STORED, _DEFLATE = 0, 1
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_TOO_MANY = N_("Un proyecto admite {most} enlaces vigentes y hay {count}: ponga «acceso: no» a quien no lo necesita.")


class Mode(IntEnum):
    """What a reader needs: the key of a link, or a passphrase."""

    LINK = 1
    PASSPHRASE = 2


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who can open a container: `key` is the link's (16 bytes) or the stretched passphrase (32 bytes)."""

    key: bytes
    label: str
    """whose link it is, shown to whoever opens it: it deters from forwarding"""
    expires: date | None = None
    """the first day on which the reader's page says that the link has expired"""


@dataclass(frozen=True, kw_only=True)
class SealedFile:
    """A file as it is published: its name inside the project's folder, and its bytes."""

    name: str
    content: bytes


def seal_container(
    payload: Mapping[str, object],
    keys: ProjectKeys,
    readers: Sequence[Reader],
    *,
    mode: Mode = Mode.LINK,
    salt: bytes = bytes(16),
) -> SealedFile:
    """Return the container of *payload* (what JSON can say), which each of *readers* can open.

    Raises:
        AvanceError: when there are more readers than a container has room for.
    """
    slots = sorted([_slot(reader, keys) for reader in readers])
    count = max(-(-len(slots) // _SLOTS), 1) * _SLOTS
    if count > 255:
        raise AvanceError(_TOO_MANY.format(most=255 // _SLOTS * _SLOTS, count=len(slots)))
    slots = sorted([*slots, *_dummies(keys, count - len(slots))])
    iterations = ITERATIONS if mode is Mode.PASSPHRASE else 0
    head = b"".join((MAGIC, bytes((mode, count)), keys.epoch, u32(iterations), salt, *slots))
    body = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    associated = lp(b"payload", keys.pid.encode(), hashlib.sha256(head).digest())
    return SealedFile(
        name=CONTAINER,
        content=head + _seal(_frame(body, CONTAINER_FLOOR, compress=True), keys.payload, associated, keys.siv),
    )


def seal_file(path: str, content: bytes, keys: ProjectKeys) -> SealedFile:
    """Return the file that the portal calls *path*, sealed and named by what came out."""
    associated = lp(b"file", keys.pid.encode(), path.encode())
    compress = not path.endswith((".pdf", ".xlsx", ".png", ".jpg", ".jpeg", ".zip", ".docx"))
    sealed = _seal(_frame(content, FILE_FLOOR, compress=compress), keys.for_file(path), associated, keys.siv)
    return SealedFile(name=f"{b32(hashlib.sha256(sealed).digest()[:10])}.bin", content=sealed)


def padded(size: int) -> int:
    """Return the size of Padmé that holds *size* bytes, at most 12 % more.

    >>> padded(9), padded(1000), padded(65_537)
    (10, 1024, 67584)
    """
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    mask = (1 << exponent - exponent.bit_length()) - 1
    return size + mask & ~mask


def _slot(reader: Reader, keys: ProjectKeys) -> bytes:
    pid = keys.pid.encode()
    name = derive(reader.key, "slot", pid, salt=keys.epoch, size=8)
    wrapping = derive(reader.key, "kek", pid, salt=keys.epoch)
    day = reader.expires.toordinal() - _EPOCH_DAY if reader.expires else 0
    content = keys.content + u32(day) + _fitted(reader.label)
    return name + _seal(content, wrapping, lp(b"slot", pid, name), keys.siv)


def _fitted(label: str) -> bytes:
    """Return *label* in the bytes that a slot has for it, cut between characters."""
    return label.encode()[:_LABEL].decode(errors="ignore").encode().ljust(_LABEL, b"\0")


def _dummies(keys: ProjectKeys, count: int) -> Iterable[bytes]:
    return (derive(keys.siv, "dummy", u32(place), salt=keys.epoch, size=132) for place in range(count))


def _frame(content: bytes, floor: int, *, compress: bool) -> bytes:
    codec, body = (_DEFLATE, zlib.compress(content, 9)) if compress else (_STORED, content)
    framed = bytes((codec,)) + u32(len(body)) + body
    return framed.ljust(max(floor, padded(len(framed))), b"\0")


def _seal(plain: bytes, key: bytes, associated: bytes, siv: bytes) -> bytes:
    said = b"avance/1/nonce\0" + lp(hashlib.sha256(key).digest(), associated, plain)
    nonce = hmac.digest(siv, said, "sha256")[:12]
    return nonce + AESGCM(key).encrypt(nonce, plain, associated)
