"""This very avance as a wheel, for machines that no registry gives it to."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from ..problems import N_, Problem, Severity, UnreadableFile

_NOT_PACKED = frozenset({"INSTALLER", "RECORD", "REQUESTED", "direct_url.json", "uv_cache.json"})
"""What an installer writes beside the metadata of a wheel."""


def make_wheel(shipped: Path) -> tuple[str, bytes]:
    """Return the name and the bytes of the wheel; *shipped* is the folder of the site that came with this avance.

    In a checkout the build backend makes it; where avance was installed, it is what was installed, packed again.

    Raises:
        UnreadableFile: when it cannot be made.
    """
    if (shipped / "pyproject.toml").is_file():
        return _build(shipped)
    try:
        return _pack(distribution("avance"))
    except (PackageNotFoundError, OSError) as error:
        raise _failure(str(error)) from error


def _build(checkout: Path) -> tuple[str, bytes]:
    # Where the backend is not installed, pip fetches it.
    here = ("--no-build-isolation",) if find_spec("hatchling") else ()
    with tempfile.TemporaryDirectory(prefix="avance-") as folder:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", *here]
        done = subprocess.run(  # noqa: S603
            [*command, "--wheel-dir", folder, str(checkout)], capture_output=True, text=True, check=False
        )
        wheel = next(Path(folder).glob("*.whl"), None)
        if done.returncode or wheel is None:
            raise _failure((done.stderr.strip().splitlines() or ["pip"])[-1])
        return wheel.name, wheel.read_bytes()


def _pack(installed: Distribution) -> tuple[str, bytes]:
    about = f"avance-{installed.version}.dist-info"
    contents = {
        path.as_posix(): path.read_binary()
        for path in installed.files or ()
        if (path.parts[0] == "generator" and "__pycache__" not in path.parts)
        or (path.parts[0] == about and path.name not in _NOT_PACKED)
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in {**contents, f"{about}/RECORD": _record(contents, about)}.items():
            # Without the day of packing: the same avance gives the same bytes.
            entry = zipfile.ZipInfo(path)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, content)
    return f"avance-{installed.version}-py3-none-any.whl", packed.getvalue()


def _record(contents: Mapping[str, bytes], about: str) -> bytes:
    """Return the list of files that every wheel carries."""
    listed = io.StringIO()
    rows = csv.writer(listed, lineterminator="\n")
    for path, content in contents.items():
        digest = urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow((path, f"sha256={digest}", len(content)))
    rows.writerow((f"{about}/RECORD", "", ""))
    return listed.getvalue().encode()


def _failure(reason: str) -> UnreadableFile:
    message = N_("No se pudo empaquetar avance para el sitio nuevo: {reason}.")
    return UnreadableFile(Problem(message=message, severity=Severity.ERROR, values={"reason": reason.rstrip(".")}))
