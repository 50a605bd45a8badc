"""What an address serves, compared with a build over HTTP: which build it is, bytes, and headers."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from ..problems import N_, Problem, Severity
from .manifest import BUILD_FILE, Digest, Files, build_id, read_files, sha256

SAMPLE = 60
"""Unchanged files that are read anyway after a publication."""
_SEALED = ".bin"
_TRIES = 3
_TIMEOUT = 20.0
_THREADS = 8
_LATE = timedelta(minutes=5)
_LONG = 3600
"""Seconds after which a page in a cache is old news."""
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".ics": "text/calendar",
    ".bin": "application/octet-stream",
}
Advance = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server said: the status (0: nothing, and `content` is why), the headers, the bytes."""

    status: int
    content: bytes
    headers: Message = field(default_factory=Message, repr=False)


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a comparison found: `wrong` is where the site is not the build, `remarks` what its host could do better."""

    url: str
    build: str
    served: str
    """the build that the site says it is; empty when it does not say"""
    checked: int
    wrong: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


def compare(site: Path, url: str, *, advance: Advance = lambda *_: None) -> Verification:
    """Compare every file that *url* serves with the built *site*."""
    files = read_files(site)
    return verify(files, build_id(files), url, advance=advance)


def verify(  # noqa: PLR0913 - what is compared, and how much of it
    files: Files,
    build: str,
    url: str,
    *,
    digest: Digest = sha256,
    first: Iterable[str] = (),
    sample: int | None = None,
    patience: timedelta = timedelta(0),
    advance: Advance = lambda *_: None,
) -> Verification:
    """Compare what *url* serves with *files*: every one, or those in *first*, the sealed ones and a *sample*.

    Waits up to *patience* for the *build* to appear there.
    """
    said = await_build(url, build, patience)
    if said != build:
        return Verification(url=url, build=build, served=said, checked=1, wrong=(_other_build(url, said),))
    paths = list(files) if sample is None else choose(files, first, sample)
    wrong: list[Problem] = []
    answers: dict[str, Answer] = {}
    with ThreadPoolExecutor(_THREADS) as threads:
        for done, (path, answer) in enumerate(zip(paths, threads.map(lambda p: fetch(url, p), paths), strict=True), 1):
            if answer.status != HTTPStatus.OK or digest(answer.content) != files[path].digest:
                wrong.append(_wrong(path, answer))
            answers.setdefault(PurePosixPath(path).suffix, answer)
            advance(done, len(paths))
    remarks = _remarks(answers)
    return Verification(
        url=url, build=build, served=said, checked=len(paths) + 1, wrong=tuple(wrong), remarks=tuple(remarks)
    )


def choose(files: Files, first: Iterable[str], sample: int) -> list[str]:
    """Return the paths to read: those in *first*, every sealed one, and *sample* others, spread by their digests."""
    chosen = {path for path in first if path in files} | {path for path in files if path.endswith(_SEALED)}
    others = sorted(files.keys() - chosen, key=lambda path: files[path].digest)
    return sorted(chosen.union(others[:sample]))


def await_build(url: str, build: str, patience: timedelta) -> str:
    """Return the build that *url* says it serves, as soon as it is *build* or when *patience* has run out."""
    end = time.monotonic() + patience.total_seconds()
    pause = 0.5
    while True:
        said = served_build(url)
        if said == build or time.monotonic() + pause > end:
            return said
        time.sleep(pause)
        pause = min(10.0, pause * 1.5)


def served_build(url: str) -> str:
    """Return the build that *url* says it serves; empty when it does not say."""
    answer = fetch(url, BUILD_FILE, tries=1)
    try:
        return str(json.loads(answer.content)["build"]) if answer.status == HTTPStatus.OK else ""
    except (ValueError, KeyError, TypeError):
        return ""


def fetch(url: str, path: str, *, tries: int = _TRIES) -> Answer:
    """Return what *url* serves at *path*, as a reader asks for it, past caches; asks again where a server failed."""
    address = f"{url.rstrip('/')}/{quote(path.removesuffix('index.html') if _is_index(path) else path)}"
    asked = urllib.request.Request(  # noqa: S310 - the settings take http and https alone
        address, headers={"Accept-Encoding": "identity", "Cache-Control": "no-cache", "User-Agent": "avance"}
    )
    answer = Answer(status=0, content=b"")
    for attempt in range(tries):
        time.sleep(attempt)
        answer = _ask(asked)
        if 0 < answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            break
    return answer


def _ask(asked: urllib.request.Request) -> Answer:
    try:
        with urllib.request.urlopen(asked, timeout=_TIMEOUT) as response:  # noqa: S310
            return Answer(status=response.status, content=response.read(), headers=response.headers)
    except urllib.error.HTTPError as error:
        with error:
            return Answer(status=error.code, content=b"", headers=error.headers)
    except (OSError, ValueError, HTTPException) as error:
        return Answer(status=0, content=str(getattr(error, "reason", error)).encode())


def _is_index(path: str) -> bool:
    return PurePosixPath(path).name == "index.html"


def _other_build(url: str, said: str) -> Problem:
    if said:
        return Problem(
            message=N_("{url} muestra otra versión del sitio ({build})."),
            hint=N_("Espere unos minutos y compruebe de nuevo con avance verify --site {url}."),
            severity=Severity.ERROR,
            values={"url": url, "build": said},
        )
    why = fetch(url, BUILD_FILE, tries=1)
    reason = why.content.decode(errors="replace")[:200] if why.status == 0 else f"HTTP {why.status}"
    return Problem(
        message=N_("{url} no muestra el sitio: {reason}."),
        hint=N_("Compruebe que el servidor está en marcha, que sirve esta carpeta o rama y que url es su dirección."),
        severity=Severity.ERROR,
        values={"url": url, "reason": reason},
    )


def _wrong(path: str, answer: Answer) -> Problem:
    if answer.status == HTTPStatus.OK:
        message, values = N_("El sitio sirve otro contenido que el construido."), {}
    else:
        message = N_("El sitio no sirve este archivo: {reason}.")
        values = {"reason": f"HTTP {answer.status}" if answer.status else answer.content.decode(errors="replace")}
    return Problem(file=path, message=message, severity=Severity.ERROR, values=values)


def _remarks(answers: dict[str, Answer]) -> Iterable[Problem]:
    """Yield what the headers of one file of each kind leave to be wished for."""
    for suffix, kind in _TYPES.items():
        said = answers[suffix].headers.get("Content-Type", "") if suffix in answers else kind
        if kind not in said:
            yield _remark(N_("Los archivos {suffix} se sirven como «{said}» y no como {kind}."), suffix, said, kind)
    page = answers.get(".html")
    if page is None:
        return
    if "utf-8" not in page.headers.get("Content-Type", "").lower():
        yield _remark(N_("Las páginas se sirven sin decir que están en UTF-8."))
    for header in ("Content-Security-Policy", "X-Content-Type-Options"):
        if header not in page.headers:
            yield _remark(N_("El servidor no envía el encabezado {suffix}; las páginas llevan el suyo."), header)
    if _max_age(page.headers.get("Cache-Control", "")) > _LONG:
        yield _remark(N_("Las páginas se guardan demasiado tiempo en la memoria del navegador."))
    if "Date" in page.headers and abs(parsedate_to_datetime(page.headers["Date"]) - datetime.now(UTC)) > _LATE:
        yield _remark(N_("El reloj de esta computadora y el del servidor no coinciden: ponga en hora el que esté mal."))


def _remark(message: str, suffix: str = "", said: str = "", kind: str = "") -> Problem:
    return Problem(
        message=message, severity=Severity.NOTICE, values={"suffix": suffix, "said": said or "—", "kind": kind}
    )


def _max_age(said: str) -> int:
    """Return for how many seconds a cache may keep an answer.

    >>> _max_age("public, max-age=31536000, immutable"), _max_age("no-cache")
    (31536000, 0)
    """
    ages = [part.split("=")[1] for part in said.replace(" ", "").split(",") if part.startswith("max-age=")]
    return int(ages[0]) if ages and ages[0].isdigit() else 0
