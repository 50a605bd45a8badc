"""How often the true completion fell inside the bands of the forecast, beside what they promise and plain resampling.

Run by `make bench`. A rolling origin: at each cut the forecast sees only what was finished until then and is asked
about k more tickets; the truth is the day on which the k-th was finished, whenever it had been opened. k is what the
pace of the last 12 weeks makes of 2, 4 or 8 weeks: known at the cut. (Taking k from what the next 8 weeks did bring
would choose the cases by their answer.) A cut is asked only if three times the horizon was recorded after it, and k
tickets not finished by the end of the record are a miss: leaving those out would favour the fast ones. Both methods
answer the same cuts, those that ours does not refuse.

`DRIFT` was chosen on simulated histories of other seeds than the one here. The cuts of a real history overlap: its
percentages rest on far fewer independent cases than cuts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from generator.metrics.forecast import DRAWS, Band, Forecast, forecast, reach  # noqa: E402
from generator.settings import Settings  # noqa: E402
from generator.tickets.importing import import_file  # noqa: E402
from generator.tickets.table import State  # noqa: E402
from generator.tickets.trackers import load_trackers  # noqa: E402

EXPORTS = ROOT.parent / "shared" / "data" / "exports"
PEOPLE_OF = "es_cnsr.csv"
HORIZONS = (2, 4, 8)
BANDS = (50, 85, 95)
EPOCH = date(2024, 1, 1)
WEEKS = 84
"""of each simulated history; the cut falls on one of the first 52"""


@dataclass(frozen=True)
class History:
    """The day of each finished ticket, in order, as days after the record's beginning."""

    name: str
    days: np.ndarray

    @property
    def weeks(self) -> int:
        return int(self.days[-1] + 1) // 7 if len(self.days) else 0

    def until(self, day: int) -> np.ndarray:
        """Finished tickets in each of the whole weeks that end before *day*, the oldest first."""
        ages = (day - 1 - self.days[self.days < day]) // 7
        return np.bincount(ages[ages < day // 7], minlength=day // 7)[::-1]

    def truth(self, day: int, remaining: int) -> float:
        """Days after *day* until *remaining* more are finished; inf: not in this record."""
        last = np.searchsorted(self.days, day) + remaining - 1
        return float(self.days[last] - day + 1) if last < len(self.days) else np.inf


@dataclass
class Tally:
    """For each (method, horizon, band): hits and widths. For each horizon: what was refused."""

    hits: dict[tuple[str, int, int], list[bool]] = field(default_factory=lambda: defaultdict(list))
    widths: dict[tuple[str, int, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[tuple[int, str]] = field(default_factory=Counter)

    def ask(self, history: History, day: int, horizon: int) -> None:
        weeks = history.until(day)
        remaining = max(1, round(horizon * float(weeks[-12:].mean())))
        cut = EPOCH + timedelta(days=day)
        ours = forecast(weeks, remaining, cut)
        if not isinstance(ours, Forecast):
            self.refused[horizon, str(ours)] += 1
            return
        truth = history.truth(day, remaining)
        bands = {50: ours.half, 85: Band(low=ours.low, high=ours.high), 95: ours.wide}
        self.note("ours", horizon, {share: _days(band, cut) for share, band in bands.items()}, truth)
        self.note("plain", horizon, plain(weeks, remaining), truth)

    def note(self, method: str, horizon: int, bands: dict[int, tuple[float, float]], truth: float) -> None:
        for share, (low, high) in bands.items():
            self.hits[method, horizon, share].append(low <= truth <= high and truth < np.inf)
            self.widths[method, horizon, share].append((high - low) / 7)

    def add(self, other: Tally) -> None:
        for key, values in other.hits.items():
            self.hits[key] += values
            self.widths[key] += other.widths[key]
        self.refused += other.refused

    def covered(self, method: str, horizon: int, share: int = 85) -> str:
        hits = self.hits[method, horizon, share]
        return f"{100 * np.mean(hits):.0f}" if hits else "–"

    def width(self, method: str, horizon: int, share: int = 85) -> str:
        widths = self.widths[method, horizon, share]
        return f"{np.median(widths):.1f}" if widths else "–"

    def asked(self, horizon: int) -> tuple[int, int]:
        refused = sum(count for (weeks, _), count in self.refused.items() if weeks == horizon)
        return len(self.hits["ours", horizon, 85]) + refused, refused


def plain(weeks: np.ndarray, remaining: int) -> dict[int, tuple[float, float]]:
    """Resample the last 12 weeks and nothing else; the days after the cut between which each share of draws ends."""
    chance = np.random.Generator(np.random.PCG64(12))
    window = weeks[-12:].astype(float)
    ends = reach(np.cumsum(window[chance.integers(len(window), size=(52, DRAWS))], axis=0), remaining) * 7
    tails = {share: (100 - share) / 2 for share in BANDS}
    return {
        share: (
            float(np.floor(np.percentile(ends, tail, method="lower"))),
            float(np.ceil(np.percentile(ends, 100 - tail, method="higher"))),
        )
        for share, tail in tails.items()
    }


def _days(band: Band, cut: date) -> tuple[float, float]:
    return (band.low - cut).days, (band.high - cut).days


def steady(rate: float, chance: np.random.Generator) -> np.ndarray:
    """A constant pace: Poisson."""
    return np.full(WEEKS, rate)


def overdispersed(rate: float, chance: np.random.Generator) -> np.ndarray:
    """Good and bad weeks: negative binomial, shape 1.5 to 5."""
    return rate * _uneven(chance, chance.uniform(1.5, 5))


def drifting(step: float) -> Callable[[float, np.random.Generator], np.ndarray]:
    """A log-normal random walk of the pace."""
    return lambda rate, chance: rate * np.exp(np.cumsum(chance.normal(0, step, WEEKS)))


def ramp_up(rate: float, chance: np.random.Generator) -> np.ndarray:
    """From a tenth of the pace to all of it in 8 to 24 weeks."""
    growth = np.minimum(1, 0.1 + 0.9 * np.arange(WEEKS) / chance.integers(8, 25))
    return rate * growth * _uneven(chance, 6)


def holidays(rate: float, chance: np.random.Generator) -> np.ndarray:
    """Every half year two or three weeks at a tenth of the pace."""
    weeks = np.full(WEEKS, rate)
    gap = chance.integers(2, 4)
    for start in range(chance.integers(26), WEEKS, 26):
        weeks[start : start + gap] *= 0.1
    return weeks * _uneven(chance, 6)


def team_changes(rate: float, chance: np.random.Generator) -> np.ndarray:
    """Twice in the record the pace is halved, doubled, or changed by half as much."""
    weeks = np.full(WEEKS, rate)
    for _ in range(2):
        weeks[chance.integers(WEEKS) :] *= chance.choice([0.5, 0.67, 1.5, 2])
    return weeks * _uneven(chance, 6)


def _uneven(chance: np.random.Generator, shape: float) -> np.ndarray:
    return chance.gamma(shape, 1 / shape, WEEKS)


KINDS: dict[str, Callable[[float, np.random.Generator], np.ndarray]] = {
    "steady, Poisson": steady,
    "overdispersed": overdispersed,
    "drift 0.10 a week": drifting(0.10),
    "drift 0.15 a week": drifting(0.15),
    "drift 0.20 a week": drifting(0.20),
    "ramp-up": ramp_up,
    "holiday gaps": holidays,
    "team changes": team_changes,
}


def simulated(kind: str, count: int, seed: int) -> Iterator[History]:
    """Histories of 2 to 40 tickets a week on five days of each week."""
    chance = np.random.default_rng([seed, list(KINDS).index(kind)])
    for _ in range(count):
        weeks = chance.poisson(KINDS[kind](float(np.exp(chance.uniform(np.log(2), np.log(40)))), chance))
        monday = chance.integers(7)
        days = np.repeat(np.arange(WEEKS) * 7, weeks) + (monday + chance.integers(5, size=weeks.sum())) % 7
        yield History(kind, np.sort(days))


def tally_simulated(kind: str, count: int, seed: int) -> Tally:
    """Ask at one random cut of each history."""
    tally = Tally()
    chance = np.random.default_rng([seed, 99, list(KINDS).index(kind)])
    for history in simulated(kind, count, seed):
        week = int(chance.integers(8, 53))
        for horizon in HORIZONS:
            tally.ask(history, week * 7, horizon)
    return tally


def real(folder: Path) -> Iterator[History]:
    """The exports whose record is long enough for a cut (8 weeks) and three times the shortest horizon after it."""
    trackers = load_trackers()
    settings = Settings(data_dir=folder, templates_dir=folder)
    for path in sorted(folder.rglob("*.csv")):
        tickets = import_file(path, name=path.name, settings=settings, trackers=trackers).tickets
        finished = tickets[(tickets["status"] == State.DONE) & tickets["closed"].notna()]
        begin = tickets["created"].min()
        if len(finished) < 10 or pd.isna(begin):
            continue
        closed = finished["closed"].dt.tz_convert(settings.time_zone.key).dt.tz_localize(None).dt.normalize()
        first = min(closed.min(), begin.tz_convert(settings.time_zone.key).tz_localize(None).normalize())
        days = (closed - first).dt.days.to_numpy(dtype=np.int64)
        found = [History(path.name, np.sort(days))]
        if path.name == PEOPLE_OF:
            largest = finished["assignee"].value_counts().index[:6]
            found += [
                History(
                    f"{path.stem}, one person ({number} of 6)", np.sort(days[(finished["assignee"] == who).to_numpy()])
                )
                for number, who in enumerate(largest, start=1)
            ]
        yield from (history for history in found if history.weeks >= 8 + 3 * HORIZONS[0])


def tally_real(history: History, step: int) -> Tally:
    """Ask every *step* days, where three times the horizon was recorded afterwards."""
    tally = Tally()
    end = int(history.days[-1]) + 1
    for day in range(8 * 7, end, step):
        for horizon in HORIZONS:
            if day + 3 * horizon * 7 <= end:
                tally.ask(history, day, horizon)
    return tally


def all_bands(title: str, tally: Tally) -> list[str]:
    """A table of every horizon and band."""
    lines = [
        "",
        f"{title}",
        "",
        "| weeks ahead | promised | ours | plain | width, ours | width, plain | cuts | refused |",
    ]
    lines.append("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for horizon in HORIZONS:
        asked, refused = tally.asked(horizon)
        for share in BANDS:
            cells = [tally.covered("ours", horizon, share), tally.covered("plain", horizon, share)]
            widths = [tally.width("ours", horizon, share), tally.width("plain", horizon, share)]
            lines.append(f"| {horizon} | {share} | {' | '.join([*cells, *widths])} | {asked} | {refused} |")
    return lines


def each_history(tallies: dict[str, Tally]) -> list[str]:
    """A table of the 85 % band, one history a line: ours / plain."""
    ahead = " | ".join(f"{horizon} weeks" for horizon in HORIZONS)
    lines = [
        "",
        "The 85 % band, ours / plain, percent of the cuts (of how many)",
        "",
        f"| history | {ahead} | refused, all horizons |",
    ]
    lines.append("|---|---:|---:|---:|---|")
    for name, tally in tallies.items():
        cells = []
        for horizon in HORIZONS:
            asked, refused = tally.asked(horizon)
            both = f"{tally.covered('ours', horizon)} / {tally.covered('plain', horizon)}"
            cells.append(f"{both} ({asked - refused})" if asked > refused else "–")
        reasons: Counter[str] = Counter()
        for (_, reason), count in tally.refused.items():
            reasons[reason] += count
        why = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
        lines.append(f"| {name} | {' | '.join(cells)} | {why or '0'} |")
    return lines


def main() -> None:
    """Print the tables; with --write FILE, also there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=60, help="simulated histories of each kind")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--step", type=int, default=7, help="days between the cuts of a real history")
    parser.add_argument("--exports", type=Path, default=EXPORTS)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    start = time.perf_counter()
    kinds = {kind: tally_simulated(kind, options.histories, options.seed) for kind in KINDS}
    pooled = Tally()
    for tally in kinds.values():
        pooled.add(tally)
    lines = all_bands(f"Simulated, {options.histories} histories of each kind, together", pooled) + each_history(kinds)
    histories = list(real(options.exports)) if options.exports.is_dir() else []
    tallies = {history.name: tally_real(history, options.step) for history in histories}
    if PEOPLE_OF in tallies:
        lines += all_bands(f"Real, `{PEOPLE_OF}`", tallies[PEOPLE_OF])
    if tallies:
        lines += each_history(tallies)
    lines += ["", f"{time.perf_counter() - start:.0f} s"]
    print("\n".join(lines))
    if options.write:
        options.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
