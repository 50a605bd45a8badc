"""Two publications never at once, and a lock whose holder is dead holds nobody up for long."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.publishing.failures import PublishError
from generator.publishing.lock import HostLock, local_lock

HOLD = (
    "import sys, filelock; lock = filelock.FileLock(sys.argv[1]); lock.acquire(); print(flush=True); sys.stdin.read()"
)


class World:
    """A file on a host, and a clock that only moves while somebody sleeps."""

    def __init__(self) -> None:
        self.content: bytes | None = None
        self.now = 0.0
        self.others = lambda: None

    def write(self, content: bytes | None) -> None:
        self.content = content

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.others()

    def lock(self) -> HostLock:
        return HostLock(lambda: self.content, self.write, clock=lambda: self.now, sleep=self.sleep)


@pytest.fixture
def world() -> World:
    return World()


def test_it_is_held_in_the_block_and_free_after_it(world: World) -> None:
    with world.lock().held():
        assert world.content is not None
    assert world.content is None


def test_it_is_given_back_when_the_block_fails(world: World) -> None:
    with pytest.raises(KeyError), world.lock().held():
        raise KeyError
    assert world.content is None


def test_who_waits_is_told_once_and_gets_it_when_it_is_free(world: World) -> None:
    told = []
    world.content = b"otro 1"
    world.others = lambda: world.now > 30 and world.write(None)
    with world.lock().held(tell=lambda: told.append(1)):
        assert world.now < 60
    assert told == [1]


def test_a_sign_of_life_is_respected_for_as_long_as_it_comes(world: World) -> None:
    world.content = b"otro 1"
    world.others = lambda: world.write(f"otro {world.now // 20}".encode())
    with pytest.raises(PublishError, match="Otra publicación sigue en curso"), world.lock().held(patience=300):
        pass
    assert world.now >= 300


def test_one_without_a_sign_of_life_is_taken_over_whatever_the_clocks_say(world: World) -> None:
    world.content = b"otro 1"
    with world.lock().held():
        assert 60 < world.now < 90


def test_of_two_that_take_it_at_once_one_goes_on(world: World) -> None:
    lock = world.lock()
    real = world.write

    def overtaken(content: bytes | None) -> None:
        real(content)
        if content is not None:
            real(b"otro 1")
            lock._write = real

    lock._write = overtaken
    with lock.held():
        assert world.now > 60


def test_the_holder_signs_when_the_last_sign_is_old(world: World) -> None:
    lock = world.lock()
    with lock.held():
        first = world.content
        lock.renew()
        assert world.content == first
        world.now += 21
        lock.renew()
        assert world.content != first


def test_a_lock_of_this_machine_waits_and_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    told = []
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        with (
            pytest.raises(PublishError, match="Otra publicación sigue en curso"),
            local_lock(path, patience=0.2, tell=lambda: told.append(1)),
        ):
            pass
        holder.kill()
        holder.wait()
        with local_lock(path, patience=5):
            assert told == [1]
