"""The script by which a reader without a line finds the search, and what was read of the documentation."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

OFFLINE = "offline.js"
"""Its address, from the site's home: a browser lets it answer for the pages beside and below it."""


def offline_script(code: bytes, kept: Iterable[str]) -> bytes:
    """Return the script whose last part is *code*; it keeps the addresses *kept*, from the home, from the beginning on.

    Another list makes another script, which takes the place of the former one and of what that one kept.
    """
    listed = json.dumps(sorted(kept))
    edition = hashlib.sha256(listed.encode()).hexdigest()[:12]
    return f'const EDITION = "{edition}";\nconst KEPT = {listed};\n'.encode() + code
