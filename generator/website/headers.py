"""What a host should say with each file: one policy, written as each kind of host reads it."""

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
_HASHED = r"\.[0-9a-f]{8}(\.min)?\.(css|js|woff2?|map)$"
"""Names that say their content: another content has another name."""
_GZIP = "text/css application/javascript text/javascript application/json image/svg+xml text/calendar text/csv text/xml"


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
    return _IMMUTABLE if re.search(_HASHED, path) else _FRESH


def headers_file() -> bytes:
    """Return the file `_headers` that Cloudflare Pages and Netlify read, and other hosts leave alone.

    Only Material's own folders hold nothing but hashed names; `_headers` has no pattern for a hash.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in SECURITY.items()), f"  Cache-Control: {_FRESH}"]
    for folder in ("/assets/avance/*", "/assets/stylesheets/*", "/assets/javascripts/bundle.*"):
        lines += [folder, "  ! Cache-Control", f"  Cache-Control: {_IMMUTABLE}"]
    return ("\n".join(lines) + "\n").encode()


def nginx_server(*, root: str, name: str, listen: str = "80") -> str:
    """Return the server of nginx for a folder target: *root* is its link `current`."""
    headers = "".join(f'    add_header {header} "{value}" always;\n' for header, value in SECURITY.items())
    return (
        'map $uri $avance_cache {\n    default "' + _FRESH + '";\n'
        f'    "~{_HASHED}" "{_IMMUTABLE}";\n' + "}\n"
        "server {\n"
        f"    listen {listen};\n    server_name {name};\n    root {root};\n    charset utf-8;\n"
        "    types {\n        text/html html;\n        text/css css;\n        text/javascript js;\n"
        "        application/json json map;\n        application/xml xml;\n        text/calendar ics;\n"
        "        text/csv csv;\n        text/plain txt md;\n        application/pdf pdf;\n"
        "        image/svg+xml svg;\n        image/png png;\n        image/jpeg jpg jpeg;\n        image/webp webp;\n"
        "        image/gif gif;\n        image/x-icon ico;\n        font/woff2 woff2;\n        font/woff woff;\n"
        "        application/wasm wasm;\n        application/manifest+json webmanifest;\n        application/gzip gz;\n"
        "        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx;\n"
        "        application/octet-stream bin;\n    }\n"
        f"    charset_types text/html {_GZIP} text/plain application/xml;\n"
        "    absolute_redirect off;\n    gzip_static on;\n    gzip_vary on;\n    error_page 404 /404.html;\n"
        "    add_header Cache-Control $avance_cache always;\n" + headers + "    location / {\n"
        "        try_files $uri $uri/ =404;\n    }\n"
        "    location ~ /\\.(?!well-known/) {\n        return 404;\n    }\n}\n"
    )


def caddy_site(*, root: str, name: str) -> str:
    """Return the site of Caddy for a folder target: *root* is its link `current`."""
    headers = "".join(f'\t\t{header} "{value}"\n' for header, value in SECURITY.items())
    return (
        f"{name} {{\n\troot * {root}\n\tfile_server {{\n\t\tprecompressed gzip\n\t\thide .*\n\t}}\n"
        f"\t@hashed path_regexp {_HASHED}\n"
        f'\theader Cache-Control "{_FRESH}"\n\theader @hashed Cache-Control "{_IMMUTABLE}"\n'
        f"\theader {{\n{headers}\t}}\n"
        "\thandle_errors 404 {\n\t\trewrite * /404.html\n\t\tfile_server\n\t}\n}\n"
    )
