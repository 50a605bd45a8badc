"""Real exports, damaged: whatever comes in, no traceback goes out, and every row is accounted for."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.settings import Settings
from generator.tickets.importing import import_file
from generator.tickets.trackers import load_trackers

TRACKERS = load_trackers()
LARGEST = 300_000


def flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def drop(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 2000) :]


def double(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    return b"".join(lines[: start + 1] + lines[: chance.randrange(1, len(lines) + 1)] + lines[start + 1 :])


def shuffle_cells(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    for _ in range(chance.randrange(1, 10)):
        position = chance.randrange(len(lines))
        cells = lines[position].split(chance.choice([b",", b";"]))
        chance.shuffle(cells)
        lines[position] = b",".join(cells)
    return b"".join(lines)


def quote(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice([b'"', b'""', b"\r", b"\x00", b"\n", b";", b"\xff\xfe"]) + data[at:]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, cut, drop, double, shuffle_cells, quote)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_exports_are_accounted_for(exports: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = sorted(path for path in exports.rglob("*.csv") if path.stat().st_size < LARGEST)
    settings = Settings(data_dir=tmp_path, templates_dir=tmp_path)
    for number in range(25):
        path = chance.choice(files)
        data = path.read_bytes()
        for mutate in chance.choices(MUTATIONS, k=chance.randrange(1, 4)):
            data = mutate(data or b" ", chance)
        damaged = tmp_path / f"{seed}-{number}.csv"
        damaged.write_bytes(data)
        imported = import_file(damaged, name=path.name, settings=settings, trackers=TRACKERS)
        if imported.tracker:
            accounted = len(imported.tickets) + imported.merged + len(imported.set_aside)
            assert imported.rows == accounted, (seed, number, path)
        else:
            assert imported.problems, (seed, number, path)
        for problem in imported.problems:
            assert problem.text(str)
