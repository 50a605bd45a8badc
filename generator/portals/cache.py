"""Published portals kept between builds: what has not changed is not rendered again.

What is kept is exactly what is published, so a private project's is sealed: a cache that leaves the machine, as those
of CI do, tells no more than the site. It is looked up by a digest of everything that a portal is made of.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from .. import __version__
from .rendering import File, Page, Portal

if TYPE_CHECKING:
    from ..projects.model import Project
    from .keyring import Keyring
    from .rendering import PortalContext

CACHE_VARIABLE = "AVANCE_CACHE"
"""Names the folder of the cache, for a checkout that does not last."""
_ABOUT = "portal.json"


@dataclass(frozen=True)
class PortalCache:
    """A folder of portals, each in a file named by its digest."""

    folder: Path

    def get(self, digest: str) -> Portal | None:
        """Return the portal that was kept under *digest*; None when there is none, or its file is damaged."""
        try:
            with zipfile.ZipFile(self.folder / digest) as kept:
                about = json.loads(kept.read(_ABOUT))
                pages = tuple(
                    Page(path, title, kept.read(f"pages/{place}").decode(), subject, head)
                    for place, (path, title, subject, head) in enumerate(about["pages"])
                )
                files = tuple(File(path, kept.read(f"files/{place}")) for place, path in enumerate(about["files"]))
                return Portal(language=about["language"], pages=pages, files=files)
        except (OSError, zipfile.BadZipFile, KeyError, ValueError):
            return None

    def put(self, digest: str, portal: Portal) -> None:
        """Keep *portal* under *digest*."""
        about = {
            "language": portal.language,
            "pages": [(page.path, page.title, page.subject, page.head) for page in portal.pages],
            "files": [file.path for file in portal.files],
        }
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kept:
            kept.writestr(_ABOUT, json.dumps(about))
            for place, page in enumerate(portal.pages):
                kept.writestr(f"pages/{place}", page.body)
            for place, file in enumerate(portal.files):
                kept.writestr(f"files/{place}", file.content)
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{digest}.part"
        part.write_bytes(packed.getvalue())
        part.replace(self.folder / digest)

    def keep_only(self, digests: Collection[str]) -> None:
        """Remove every portal but those of *digests*."""
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if path.is_file() and path.name not in digests:
                    path.unlink(missing_ok=True)


def cache_folder(tree: Path) -> Path:
    """Return where the portals of the site whose folder is *tree* are kept: AVANCE_CACHE in the environment wins."""
    return Path(os.environ.get(CACHE_VARIABLE) or tree / ".cache" / "avance")


def context_digest(context: PortalContext) -> bytes:
    """Return a digest of what every portal is made of: this version, its code, the templates and *context*."""
    digest = hashlib.sha256(__version__.encode())
    sources = Path(__file__).parent.parent
    for folder, pattern in ((sources, "*.py"), (sources, "*.mo"), (sources, "*.po"), (context.templates_dir, "*")):
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and "starter" not in path.relative_to(folder).parts:
                digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    for said in _said(replace(context, templates_dir=Path())):
        digest.update(said)
    return digest.digest()


def portal_digest(project: Project, common: bytes, keyring: Keyring | None) -> str:
    """Return the digest of everything the portal of *project* is made of; *common* is `context_digest`."""
    digest = hashlib.sha256(common)
    for said in _said(project):
        digest.update(said)
    if project.is_private and keyring is not None:
        for said in _said(keyring.identity(project)):
            digest.update(said)
    return digest.hexdigest()


def _said(value: Any) -> Iterator[bytes]:
    """Yield *value* as bytes that differ when it does: dataclasses field by field, tables as Arrow writes them."""
    if isinstance(value, pd.DataFrame):
        sink = pa.BufferOutputStream()
        table = pa.Table.from_pandas(value, preserve_index=False)
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table.combine_chunks())
        yield sink.getvalue().to_pybytes()
    elif is_dataclass(value) and not isinstance(value, type):
        yield type(value).__name__.encode()
        for field in fields(value):
            yield field.name.encode()
            yield from _said(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _said(key)
            yield from _said(part)
    elif isinstance(value, tuple | list):
        yield b"(%d" % len(value)
        for part in value:
            yield from _said(part)
    elif isinstance(value, frozenset | set):
        yield from _said(sorted(map(str, value)))
    elif isinstance(value, bytes):
        yield b"%d:" % len(value) + value
    else:
        yield f"{type(value).__name__}:{value!r}\0".encode()
