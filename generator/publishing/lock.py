"""Two publications never at once: a lock of this machine, which goes with its process, and one that lies on a host."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ..problems import N_
from .failures import PublishError, disk_failure

PATIENCE = 600.0
"""Seconds that a publication waits for the one before it."""
_BUSY = N_("Otra publicación sigue en curso: {holder}.")
_HINT = N_("Publique de nuevo cuando termine.")


@contextmanager
def local_lock(path: Path, *, patience: float = PATIENCE, tell: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock *path* of this machine; *tell* is called once when another process has it.

    The system frees it when its holder ends, however it ends: it is never stale.

    Raises:
        PublishError: when it is not free after *patience* seconds, or cannot be written.
    """
    lock = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            tell()
            lock.acquire(timeout=patience)
    except Timeout as error:
        raise PublishError(_BUSY, _HINT, holder=path) from error
    except OSError as error:
        raise disk_failure(error, path.parent) from error
    try:
        yield
    finally:
        lock.release()


class HostLock:
    """A lock that lies on a host as a small file, which its holder rewrites as a sign of life.

    Whoever waits looks whether the sign changes: no clock is compared with another one. Hosts that only take files
    cannot create one and fail when it exists, so that the holder reads its own back before it goes on.
    """

    def __init__(
        self,
        read: Callable[[], bytes | None],
        write: Callable[[bytes | None], None],
        *,
        beat: float = 20.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take how to *read* the file (None: there is none) and *write* it (None: remove it)."""
        self._read, self._write = read, write
        self._beat, self._clock, self._sleep = beat, clock, sleep
        self._token = os.urandom(8).hex()
        self._count = 0
        self._beaten = 0.0

    @contextmanager
    def held(self, *, patience: float = PATIENCE, tell: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the lock; one that shows no sign of life for three beats is taken over."""
        self._acquire(patience, tell)
        try:
            yield
        except BaseException:
            # What went wrong is to be told, not that the lock could not be given back either.
            with suppress(PublishError):
                self._release()
            raise
        self._release()

    def renew(self) -> None:
        """Give a sign of life, when the last one is old enough."""
        if self._clock() - self._beaten >= self._beat:
            self._sign()

    def _release(self) -> None:
        if self._is_mine(self._read()):
            self._write(None)

    def _acquire(self, patience: float, tell: Callable[[], None]) -> None:
        start = seen_at = self._clock()
        seen = self._read()
        told = False
        while True:
            if seen is None or self._clock() - seen_at > 3 * self._beat:
                self._sign()
                if self._is_mine(self._read()):
                    return
            if not told:
                tell()
                told = True
            if self._clock() - start > patience:
                raise PublishError(_BUSY, _HINT, holder="…")
            self._sleep(self._beat / 4)
            now = self._read()
            if now != seen:
                seen, seen_at = now, self._clock()

    def _sign(self) -> None:
        self._count += 1
        self._write(f"{self._token} {self._count}\n".encode())
        self._beaten = self._clock()

    def _is_mine(self, content: bytes | None) -> bool:
        return content is not None and content.decode(errors="replace").startswith(self._token)
