"""When a project will have finished as many tickets as are open today: a range, or the reason why nobody can tell.

Monte Carlo over the weekly throughput. Each draw (1) takes its own history, the last weeks resampled with
replacement, because a few weeks do not tell the true pace; (2) moves through the future week by week, each week one
of that history's; (3) multiplies them by a pace that drifts, a random walk of its logarithm (`DRIFT` a week), which
already started in the weeks that are averaged. Plain resampling, without (1) and (3), takes the pace for known and
constant: its bands are far too narrow some weeks ahead. `tests/bench/bench_forecast.py` measures both.

What is forecast is today's scope. Tickets that arrive later are not modelled: in an implementation they come in
bursts, and a rate of them would be invented. A page must say so, and `forecast` refuses when they arrive as fast as
they are finished.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Weeks = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

DRAWS = 10_000
CONFIDENCE = 85
"""How many futures in a hundred end between `Forecast.low` and `Forecast.high`."""
WINDOW = 12
"""The weeks whose pace is taken; a shorter history gives all it has."""
RECENT = 4
"""The weeks that tell whether the pace of the window still holds."""
DRIFT = 0.10
"""Standard deviation of the weekly step of the pace's logarithm: what kept nearest to the promise
at every distance on simulated histories; docs/benchmarks.md has the figures."""
HORIZONS = (26, 78)
"""The weeks that the draws look ahead: the nearer end where it is enough, because it takes a third of the time."""
FARTHEST = 52
"""The weeks within which the band of `CONFIDENCE` must end: a range over a year is no information."""
FEWEST_FINISHED = 10
FEWEST_WEEKS = 8
BREAK = 3
"""The pace of the recent weeks, and that of those before, may differ by this factor: else it is another pace."""


class Refusal(StrEnum):
    """Why there is no forecast."""

    NOTHING_LEFT = "nothing-left"
    TOO_SHORT = "too-short"
    """fewer than `FEWEST_WEEKS` weeks of history"""
    TOO_FEW_FINISHED = "too-few-finished"
    """fewer than `FEWEST_FINISHED` tickets finished on a known day"""
    NO_RECENT_PROGRESS = "no-recent-progress"
    """nothing was finished in the last `RECENT` weeks"""
    SCOPE_GROWS = "scope-grows"
    """in the last `RECENT` weeks at least as many tickets arrived as were finished"""
    PACE_BROKE = "pace-broke"
    """the last `RECENT` weeks are `BREAK` times faster or slower than those before"""
    TOO_UNCERTAIN = "too-uncertain"
    """the range would end after more than `FARTHEST` weeks"""


@dataclass(frozen=True, kw_only=True)
class Band:
    """The days between which the stated share of the futures end, both included; equal shares end before and after."""

    low: date
    high: date


@dataclass(frozen=True, kw_only=True)
class ConeWeek:
    """How many of today's open tickets will be finished by the end of *day*, from 0 to all of them.

    `low` and `high` hold the central `CONFIDENCE` % of the futures; `likely` is the median.
    """

    day: date
    low: int
    likely: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """The days on which `remaining` more tickets will have been finished. An estimate, never a commitment.

    From `low` to `high` is the *central* band of 85 %: 7.5 % of the futures end before it and 7.5 % after, so that
    «12 – 19 dic, 85 % de confianza» is literally what it promises. (From the median to the 85th percentile would hold
    35 %.) Days are rounded outwards. `likely` is the median: half of the futures end by then.
    """

    low: date
    likely: date
    high: date
    half: Band
    """the central 50 %"""
    wide: Band
    """the central 95 %; its end may be over a year away"""
    weeks: int
    """the weeks of history whose pace was taken"""
    remaining: int
    cone: tuple[ConeWeek, ...]
    """from the cut (nothing finished) week by week to the first week that ends on `high` or later"""


def forecast(throughput: Weeks, remaining: int, cut: date, *, arrivals: Weeks | None = None) -> Forecast | Refusal:
    """Forecast when *remaining* more tickets will have been finished, counted from the end of the day *cut*.

    Parameters:
        throughput: finished tickets a week, the oldest first, the last week ending on *cut* (`weekly_throughput`).
        remaining: the tickets that are open at the cut.
        cut: the report date; its time zone is that of the weeks.
        arrivals: created tickets in the same weeks (`weekly_arrivals`): only to refuse when the scope keeps growing.

    The draws are seeded by *throughput* alone: the same history gives the same forecast, and more tickets never an
    earlier one.
    """
    if remaining <= 0:
        return Refusal.NOTHING_LEFT
    refusal = _refuse_history(throughput)
    if refusal:
        return refusal
    if arrivals is not None and arrivals[-RECENT:].sum() >= throughput[-RECENT:].sum():
        return Refusal.SCOPE_GROWS
    finished, ends = _futures(throughput, remaining)
    late = _percentile(ends, 100 - _tail(CONFIDENCE))
    if late > FARTHEST or not np.isfinite(_percentile(ends, 100 - _tail(95))):
        return Refusal.TOO_UNCERTAIN
    central = _band(ends, CONFIDENCE, cut)
    return Forecast(
        low=central.low,
        likely=cut + timedelta(days=_days_up(_percentile(ends, 50))),
        high=central.high,
        half=_band(ends, 50, cut),
        wide=_band(ends, 95, cut),
        weeks=min(len(throughput), WINDOW),
        remaining=remaining,
        cone=_cone(finished, remaining, cut, weeks=int(np.ceil(late))),
    )


def _refuse_history(throughput: Weeks) -> Refusal | None:
    if len(throughput) < FEWEST_WEEKS:
        return Refusal.TOO_SHORT
    if throughput.sum() < FEWEST_FINISHED:
        return Refusal.TOO_FEW_FINISHED
    recent, before = throughput[-RECENT:].mean(), throughput[-WINDOW:-RECENT].mean()
    if not recent:
        return Refusal.NO_RECENT_PROGRESS
    if not before / BREAK <= recent <= before * BREAK:
        return Refusal.PACE_BROKE
    return None


def _futures(throughput: Weeks, remaining: int) -> tuple[Floats, Floats]:
    finished = simulate(throughput, HORIZONS[0])
    ends = reach(finished, remaining)
    if not np.isfinite(_percentile(ends, 100 - _tail(95))):
        finished = simulate(throughput, HORIZONS[1])
        ends = reach(finished, remaining)
    return finished, ends


def simulate(throughput: Weeks, weeks: int) -> Floats:
    """Return the tickets finished by the end of each future week, one draw a column: (*weeks*, `DRAWS`).

    More weeks only add rows: the first ones are the same.
    """
    window = throughput[-WINDOW:].astype(np.float64)
    seed = hashlib.sha256(throughput.astype("<i8").tobytes()).digest()
    seeds = np.random.SeedSequence(int.from_bytes(seed, "little")).spawn(2)
    weekly, drifting = (np.random.Generator(np.random.PCG64(one)) for one in seeds)
    own = window[weekly.integers(len(window), size=(len(window), DRAWS))]
    future = np.take_along_axis(own, weekly.integers(len(window), size=(weeks, DRAWS)), axis=0)
    drift = DRIFT * drifting.standard_normal((weeks + 1, DRAWS))
    drift[0] *= _drift_since_average(len(window))
    pace = np.exp(np.cumsum(drift, axis=0)[1:])
    return np.cumsum(future * pace, axis=0)


def _drift_since_average(weeks: int) -> float:
    """Return how far a random walk with unit steps is, at its end, from the average of its last *weeks* values.

    The standard deviation of the last value less the average, Σ (j/n)·step_j for j below n: √((n - 1)(2n - 1) / 6n).
    """
    return float(np.sqrt((weeks - 1) * (2 * weeks - 1) / (6 * weeks)))


def reach(finished: Floats, remaining: int) -> Floats:
    """Return after how many weeks each draw has finished *remaining* tickets, evenly within a week; inf: never."""
    week = (finished < remaining).sum(axis=0)
    ends = np.full(finished.shape[1], np.inf)
    (there,) = np.nonzero(week < len(finished))
    last = week[there]
    before = np.where(last > 0, finished[last - 1, there], 0.0)
    ends[there] = last + (remaining - before) / (finished[last, there] - before)
    return ends


def _tail(confidence: int) -> float:
    return (100 - confidence) / 2


def _percentile(values: Floats, percent: float) -> float:
    # An element, never a mean of two: a draw that does not end would make the mean infinite or undefined.
    return float(np.percentile(values, percent, method="higher" if percent >= 50 else "lower"))


def _band(ends: Floats, confidence: int, cut: date) -> Band:
    tail = _tail(confidence)
    low, high = _percentile(ends, tail), _percentile(ends, 100 - tail)
    return Band(low=cut + timedelta(days=int(low * 7)), high=cut + timedelta(days=_days_up(high)))


def _days_up(weeks: float) -> int:
    return int(np.ceil(weeks * 7))


def _cone(finished: Floats, remaining: int, cut: date, *, weeks: int) -> tuple[ConeWeek, ...]:
    tail = _tail(CONFIDENCE)
    capped = np.minimum(finished[:weeks], remaining)
    low, likely, high = np.percentile(capped, (tail, 50, 100 - tail), axis=1, method="lower").astype(int)
    days = (cut + timedelta(weeks=week) for week in range(1, weeks + 1))
    return (
        ConeWeek(day=cut, low=0, likely=0, high=0),
        *(
            ConeWeek(day=day, low=int(a), likely=int(b), high=int(c))
            for day, a, b, c in zip(days, low, likely, high, strict=True)
        ),
    )
