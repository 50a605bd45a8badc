"""What a host should say with each file: one policy. The manual has it as nginx and Caddy read it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode

POLICY = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; "
    "frame-src 'none'; form-action 'self'; base-uri 'none'"
)
"""What a page may load: what this site serves, and the inline scripts that stand in it, by their hashes."""
SECURITY = {
    "Content-Security-Policy": "frame-ancestors 'none'",  # all that a page cannot say itself, in its `meta`
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""Headers of every answer."""
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*\stype=[\"']?application/)[^>]*>(.*?)</script>", re.DOTALL)
_UNLISTED = '<meta name="robots" content="noindex,nofollow,noarchive">'
_IMMUTABLE = "public, max-age=31536000, immutable"
_FRESH = "no-cache"
_HASHED = r"\.[0-9a-f]{8}(\.min)?\.(css|js|woff2?|map)$|/assets/avance/(index|search)-[0-9a-f]+/"
"""Addresses that say their content: another content has another one."""
_OURS = ("article.*", "open.*", "portal.*", "theme.*", "workshops.*", "index-*", "search-*")
_MATERIAL = ("/assets/stylesheets/*", "/assets/javascripts/bundle.*")


def with_policy(page: str) -> str:
    """Return the HTML of a page with its Content-Security-Policy, the first thing in its head.

    >>> with_policy("<head><title>a</title>")[:60]
    '<head><meta http-equiv="Content-Security-Policy" content="de'
    """
    scripts = sorted({_hash(script) for script in _INLINE.findall(page)})
    policy = POLICY.format(scripts="".join(f" '{script}'" for script in scripts))
    return page.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


def unlisted(page: str) -> str:
    """Return the HTML of a page that no search engine is to list.

    >>> unlisted("<head><title>a</title>")
    '<head><meta name="robots" content="noindex,nofollow,noarchive"><title>a</title>'
    """
    return page.replace("<head>", f"<head>{_UNLISTED}", 1) if 'name="robots"' not in page else page


def _hash(script: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def cache_control(path: str) -> str:
    """Return how long a reader's browser may keep a file without asking.

    >>> cache_control("assets/avance/portal.0a1b2c3d.css")
    'public, max-age=31536000, immutable'
    >>> cache_control("index.html")
    'no-cache'
    """
    return _IMMUTABLE if is_immutable(path) else _FRESH


def is_immutable(path: str) -> bool:
    """Tell whether the name of a file says its content: a reader's browser never asks for it again."""
    return re.search(_HASHED, f"/{path}") is not None


def headers_file() -> bytes:
    """Return the file `_headers` that Cloudflare Pages and Netlify read, and other hosts leave alone.

    It has no pattern for a hash, so that what bears one is named. By default both hosts have a browser ask again for
    everything else; two rules for one header are not alike on them.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in SECURITY.items())]
    for pattern in (*(f"/assets/avance/{name}" for name in _OURS), *_MATERIAL):
        lines += [pattern, f"  Cache-Control: {_IMMUTABLE}"]
    return ("\n".join(lines) + "\n").encode()
