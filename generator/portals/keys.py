"""The keys of private portals: all derived from one secret, so that unchanged content gives unchanged bytes.

Format 1. K(key, label, parts; salt, n) is HKDF-SHA256 (RFC 5869) with `info` = "avance/1/" + label + 0x00 + parts, each
part after its length in four bytes, so that no two lists of parts give one `info`. Numbers are big-endian.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from os import urandom

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PREFIX = "avs1_"
ITERATIONS = 600_000
"""Of PBKDF2-HMAC-SHA256 for a passphrase: OWASP's floor for it (Password Storage Cheat Sheet, 2023)."""
LINK_KEY = 16
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is taken for a digit, nothing that a messenger cuts a link at."""
_CHECK_BITS = 22
_FEWEST_VALUES = 12
"""Different bytes in a secret: 32 random ones have fewer about once in 10^13."""
_CONSONANTS, _VOWELS = "bdflmnrst", "aeiou"
"""Sounds that Spanish writes in one way only, whoever dictates them."""
_WORDS, _SYLLABLES = 4, 3


class WrongSecret(ValueError):
    """A text that `avance secret new` did not make; the exception does not hold it."""


@dataclass(frozen=True, kw_only=True)
class ProjectKeys:
    """What seals one container; see `Secret.keys_of`."""

    pid: str
    epoch: bytes
    """public; changes with the set of those who can open it"""
    content: bytes
    payload: bytes
    siv: bytes

    def for_file(self, path: str) -> bytes:
        """Return the key of the file that the portal calls *path*."""
        return derive(self.content, "file", self.pid.encode(), path.encode())


class Secret:
    """The one secret of a site: 32 bytes that are in no repr, log or error text."""

    def __init__(self, root: bytes) -> None:
        self._root = root

    def __repr__(self) -> str:
        return "Secret(…)"

    @classmethod
    def read(cls, text: str) -> Secret:
        """Return the secret that *text* holds.

        Raises:
            WrongSecret: when it is malformed, or not random.
        """
        match = re.fullmatch(rf"{PREFIX}([A-Za-z0-9_-]{{43}})", text.strip())
        root = urlsafe_b64decode(f"{match[1]}=") if match else b""
        if len(set(root)) < _FEWEST_VALUES:
            raise WrongSecret
        return cls(root)

    def page_id(self, code: str) -> str:
        """Return the opaque folder of the project *code*: 16 characters."""
        return b32(self._derive("pid", code.encode(), size=10))

    def link_key(self, code: str, contact: str, generation: int) -> bytes:
        """Return the key (16 bytes) in the link of *contact* to the project *code*."""
        return self._derive("link", code.encode(), contact.encode(), u32(generation), size=LINK_KEY)

    def passphrase(self, code: str, contact: str, generation: int) -> str:
        """Return the passphrase of *contact*: four words of three syllables, 65.9 bits.

        >>> Secret(bytes(range(32))).passphrase("andina", "ana", 0).count("-")
        3
        """
        number = int.from_bytes(self._derive("passphrase", code.encode(), contact.encode(), u32(generation), size=32))
        syllables = []
        for _ in range(_WORDS * _SYLLABLES):
            number, consonant = divmod(number, len(_CONSONANTS))
            number, vowel = divmod(number, len(_VOWELS))
            syllables.append(_CONSONANTS[consonant] + _VOWELS[vowel])
        return "-".join("".join(syllables[at : at + _SYLLABLES]) for at in range(0, len(syllables), _SYLLABLES))

    def salt(self, code: str) -> bytes:
        """Return the salt (16 bytes, public) of the passphrases of the project *code*."""
        return self._derive("salt", code.encode(), size=16)

    def keys_of(self, code: str, pid: str, readers: Iterable[bytes], rekey: int) -> ProjectKeys:
        """Return the keys of the project *code* for the set of *readers*' keys.

        The content key is derived from the set: whoever leaves it knows no later one, and whoever stays needs no new
        link.
        """
        live = lp(*sorted(readers))
        content = self._derive("content", code.encode(), live, u32(rekey))
        return ProjectKeys(
            pid=pid,
            epoch=self._derive("epoch", code.encode(), live, u32(rekey), size=16),
            content=content,
            payload=derive(content, "payload", pid.encode()),
            siv=self._derive("siv", code.encode()),
        )

    def _derive(self, label: str, *parts: bytes, size: int = 32) -> bytes:
        return derive(self._root, label, *parts, size=size)


def new_secret() -> str:
    """Return a new secret as it is written: `avs1_` and 43 characters."""
    return PREFIX + urlsafe_b64encode(urandom(32)).decode().rstrip("=")


def derive(key: bytes, label: str, *parts: bytes, salt: bytes = b"", size: int = 32) -> bytes:
    """Return K(key, label, parts; salt, size)."""
    info = f"avance/1/{label}\0".encode() + lp(*parts)
    return HKDF(algorithm=SHA256(), length=size, salt=salt or None, info=info).derive(key)


def stretch(passphrase: str, salt: bytes, iterations: int = ITERATIONS) -> bytes:
    """Return the key (32 bytes) of a passphrase; case, accents and what stands between its words do not matter."""
    letters = unicodedata.normalize("NFKD", passphrase).casefold()
    plain = "".join(letter for letter in letters if letter.isascii() and letter.isalnum())
    return hashlib.pbkdf2_hmac("sha256", plain.encode(), salt, iterations)


def token(pid: str, key: bytes) -> str:
    """Return what a link carries: *key* and a check bound to *pid*, 30 characters of [0-9a-z].

    The check tells a link that was cut or mistyped from one that was withdrawn.
    """
    check = int.from_bytes(hashlib.sha256(b"avance/1/check\0" + lp(pid.encode(), key)).digest()[:4]) >> 32 - _CHECK_BITS
    return b32((int.from_bytes(key) << _CHECK_BITS | check).to_bytes(19), 30)


def b32(data: bytes, length: int | None = None) -> str:
    """Return *data* in base 32, as the number that it is, most significant digit first.

    >>> b32(bytes([0, 0, 0, 0, 255]))
    '0000007z'
    """
    digits = length or len(data) * 8 // 5
    number = int.from_bytes(data)
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(digits)))


def lp(*parts: bytes) -> bytes:
    """Return *parts* joined, each after its length in four bytes."""
    return b"".join(u32(len(part)) + part for part in parts)


def u32(number: int) -> bytes:
    """Return *number* in four bytes."""
    return number.to_bytes(4)
