"""A site on disk: built beside the live one and swapped in, so that a failure leaves the former whole."""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..problems import AvanceError


@contextmanager
def swapped_in(site_dir: Path) -> Iterator[Path]:
    """Yield a folder to build in; it takes the place of *site_dir* when the block ends well, and goes when it does not.

    A run that was killed between the two renames leaves the former site as `.NAME.old`; the next one puts it back.
    """
    site_dir = site_dir.resolve()
    try:
        site_dir.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(site_dir)
        staging = Path(tempfile.mkdtemp(prefix=f".{site_dir.name}.new-{os.getpid()}-", dir=site_dir.parent))
    except OSError as error:
        raise AvanceError(f"{site_dir}: {error.strerror}") from error
    former = site_dir.with_name(f".{site_dir.name}.old")
    if former.exists() and not site_dir.exists():
        former.rename(site_dir)
    shutil.rmtree(former, ignore_errors=True)
    try:
        yield staging
        staging.chmod(0o755)
        if site_dir.exists():
            site_dir.rename(former)
        staging.rename(site_dir)
        shutil.rmtree(former, ignore_errors=True)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _remove_leftovers(site_dir: Path) -> None:
    """Remove the folders of runs that were killed while they built; those of a living process stay."""
    prefix = f".{site_dir.name}.new-"
    for leftover in site_dir.parent.glob(f"{prefix}*"):
        process = leftover.name.removeprefix(prefix).split("-")[0]
        if not (process.isdigit() and _is_alive(int(process))):
            shutil.rmtree(leftover, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def settle_sitemap(folder: Path) -> None:
    """Compress the sitemap again without a time in it: the same content gives the same bytes on any day."""
    sitemap = folder / "sitemap.xml"
    if sitemap.is_file():
        (folder / "sitemap.xml.gz").write_bytes(gzip.compress(sitemap.read_bytes(), mtime=0))


def write_file(folder: Path, path: str, content: bytes) -> bool:
    """Write *content* at *path* below *folder*, unless those bytes are there; return whether anything was written."""
    target = folder / path
    if target.is_file() and target.stat().st_size == len(content) and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    temporary.write_bytes(content)
    temporary.replace(target)
    return True
