"""A live preview of the whole site: built into a folder of its own, and again whenever a file changes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer


def serve_site(rebuild: Callable[[Path], None], folders: Iterable[Path], address: str) -> None:
    """Serve at *address* (host:port) what *rebuild* puts into the folder it is given; again when *folders* change.

    *rebuild* reports its own failures and leaves the folder as it was: the preview then shows the last good site.
    Returns when interrupted.
    """
    parts = urlsplit(f"//{address}")
    with tempfile.TemporaryDirectory(prefix="avance-") as temporary:
        site_dir = Path(temporary) / "site"
        site_dir.mkdir()
        rebuild(site_dir)
        server = LiveReloadServer(
            lambda *_: rebuild(site_dir),
            host=parts.hostname or "127.0.0.1",
            port=parts.port or 8000,
            root=str(site_dir),
        )
        for folder in folders:
            if folder.exists():
                server.watch(str(folder))
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            server.shutdown(wait=True)
        finally:
            server.server_close()
