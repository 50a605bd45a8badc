"""The other side of sealing, written from the format and not from the code: what a reader's browser does."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Closed(Exception):
    """The bytes, the key or the place are not the right ones."""


def _parts(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _key(key: bytes, label: str, *parts: bytes, salt: bytes = b"", size: int = 32) -> bytes:
    info = b"avance/1/" + label.encode() + b"\0" + _parts(*parts)
    return HKDF(SHA256(), size, salt or None, info).derive(key)


def _unseal(sealed: bytes, key: bytes, associated: bytes) -> bytes:
    if len(sealed) < 28:
        raise Closed("short")
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], associated)
    except InvalidTag as error:
        raise Closed("damaged") from error


def _unframe(frame: bytes) -> bytes:
    length = int.from_bytes(frame[1:5], "big")
    body, rest = frame[5 : 5 + length], frame[5 + length :]
    if len(body) < length or any(rest):
        raise Closed("frame")
    return zlib.decompress(body) if frame[0] == 1 else body


def open_container(container: bytes, pid: str, key: bytes) -> tuple[dict[str, Any], bytes, str]:
    """Return the payload, the content key and the label of the slot."""
    if container[:6] != b"AVNCE1":
        raise Closed("version")
    if len(container) < 44:
        raise Closed("short")
    count = container[7]
    epoch, head = container[8:24], container[: 44 + 132 * count]
    if len(head) < 44 + 132 * count:
        raise Closed("short")
    name = _key(key, "slot", pid.encode(), salt=epoch, size=8)
    slots = {head[at : at + 8]: head[at + 8 : at + 132] for at in range(44, len(head), 132)}
    if name not in slots:
        raise Closed("no slot")
    wrapping = _key(key, "kek", pid.encode(), salt=epoch)
    slot = _unseal(slots[name], wrapping, _parts(b"slot", pid.encode(), name))
    frame = open_payload(container, pid, slot[:32])
    return json.loads(_unframe(frame)), slot[:32], slot[36:].rstrip(b"\0").decode()


def open_payload(container: bytes, pid: str, content: bytes) -> bytes:
    """Return the frame of the payload by the content key alone."""
    end = 44 + 132 * container[7]
    associated = _parts(b"payload", pid.encode(), hashlib.sha256(container[:end]).digest())
    return _unseal(container[end:], _key(content, "payload", pid.encode()), associated)


def open_file(sealed: bytes, pid: str, path: str, content: bytes) -> bytes:
    """Return what a sealed file holds."""
    associated = _parts(b"file", pid.encode(), path.encode())
    return _unframe(_unseal(sealed, _key(content, "file", pid.encode(), path.encode()), associated))
