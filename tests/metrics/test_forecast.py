"""When a project will be finished, or why nobody can tell."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.metrics.forecast import CONFIDENCE, DRAWS, Forecast, Refusal, forecast, reach, simulate

CUT = date(2026, 11, 23)
STEADY = np.array([5, 3, 8, 6, 7, 4, 5, 9, 3, 6, 5, 4])
HISTORIES = st.lists(st.integers(0, 40), min_size=8, max_size=30).map(np.array)


def test_an_even_pace_ends_about_when_it_says() -> None:
    found = forecast(np.full(20, 10), 40, CUT)
    assert isinstance(found, Forecast)
    assert abs(found.likely - CUT - timedelta(weeks=4)) <= timedelta(days=2)
    assert (found.weeks, found.remaining) == (12, 40)


def test_a_short_history_gives_all_it_has() -> None:
    found = forecast(STEADY[:9], 10, CUT)
    assert isinstance(found, Forecast)
    assert found.weeks == 9


def test_only_the_last_twelve_weeks_give_the_pace() -> None:
    fast = forecast(np.concatenate([np.full(30, 50), np.full(12, 5)]), 10, CUT)
    assert isinstance(fast, Forecast)
    assert fast.likely > CUT + timedelta(days=10)


@pytest.mark.parametrize(
    ("history", "remaining", "refusal"),
    [
        (STEADY, 0, Refusal.NOTHING_LEFT),
        (STEADY[:7], 5, Refusal.TOO_SHORT),
        (STEADY[:0], 5, Refusal.TOO_SHORT),
        (np.array([1, 1, 1, 1, 1, 1, 1, 2]), 1, Refusal.TOO_FEW_FINISHED),
        (np.array([9, 9, 9, 9, 9, 0, 0, 0, 0]), 5, Refusal.NO_RECENT_PROGRESS),
        (np.array([90, 90, 90, 90, 90, 2, 1, 2, 1]), 5, Refusal.PACE_BROKE),
        (np.array([1, 1, 1, 1, 1, 20, 20, 20, 20]), 5, Refusal.PACE_BROKE),
        (STEADY, 1000, Refusal.TOO_UNCERTAIN),
        (STEADY, 180, Refusal.TOO_UNCERTAIN),
    ],
)
def test_a_history_that_does_not_support_it_is_refused(history: np.ndarray, remaining: int, refusal: Refusal) -> None:
    assert forecast(history, remaining, CUT) is refusal


def test_ten_finished_in_eight_weeks_are_enough() -> None:
    assert isinstance(forecast(np.array([1, 1, 1, 2, 1, 1, 1, 2]), 2, CUT), Forecast)
    assert isinstance(forecast(STEADY[:8], 5, CUT), Forecast)


def test_a_scope_that_grows_as_fast_as_it_is_finished_is_refused() -> None:
    assert forecast(STEADY, 10, CUT, arrivals=STEADY) is Refusal.SCOPE_GROWS
    early = np.zeros_like(STEADY)
    early[0] = 100
    assert forecast(STEADY, 10, CUT, arrivals=early) == forecast(STEADY, 10, CUT)


def test_the_range_widens_with_the_distance() -> None:
    near, far = forecast(STEADY, 12, CUT), forecast(STEADY, 50, CUT)
    assert isinstance(near, Forecast)
    assert isinstance(far, Forecast)
    assert (far.high - far.low) / (far.likely - CUT) > (near.high - near.low) / (near.likely - CUT) * 0.75
    assert far.high - far.low > 2 * (near.high - near.low)


def test_the_cut_only_moves_the_days() -> None:
    one, other = forecast(STEADY, 20, CUT), forecast(STEADY, 20, CUT + timedelta(days=100))
    assert isinstance(one, Forecast)
    assert isinstance(other, Forecast)
    assert other.low - one.low == other.high - one.high == timedelta(days=100)


@settings(max_examples=40)
@given(HISTORIES, st.integers(1, 300))
def test_percentiles_are_in_order_and_none_is_before_the_cut(history: np.ndarray, remaining: int) -> None:
    found = forecast(history, remaining, CUT)
    assert forecast(history, remaining, CUT) == found
    if isinstance(found, Forecast):
        days = [found.wide.low, found.low, found.half.low, found.likely, found.half.high, found.high, found.wide.high]
        assert [CUT, *days] == sorted([CUT, *days])
        assert found.high <= CUT + timedelta(weeks=52)


@settings(max_examples=30)
@given(HISTORIES, st.integers(1, 200), st.integers(1, 100))
def test_more_tickets_are_never_finished_earlier(history: np.ndarray, remaining: int, more: int) -> None:
    few, many = forecast(history, remaining, CUT), forecast(history, remaining + more, CUT)
    if isinstance(few, Forecast) and isinstance(many, Forecast):
        assert (few.low, few.likely, few.high) <= (many.low, many.likely, many.high)
        assert few.low <= many.low
        assert few.high <= many.high
    elif isinstance(many, Forecast):
        pytest.fail("refused fewer tickets, not more")


@settings(max_examples=40)
@given(HISTORIES, st.integers(1, 200))
def test_the_cone_rises_from_nothing_to_all_that_is_open(history: np.ndarray, remaining: int) -> None:
    found = forecast(history, remaining, CUT)
    if isinstance(found, Forecast):
        for line in ("low", "likely", "high"):
            values = [getattr(week, line) for week in found.cone]
            assert values == sorted(values)
            assert (values[0], values[-1]) == (0, remaining)
        assert all(week.low <= week.likely <= week.high for week in found.cone)
        assert [week.day for week in found.cone] == [CUT + timedelta(weeks=week) for week in range(len(found.cone))]
        assert found.cone[-2].day < found.high <= found.cone[-1].day


def test_a_longer_look_ahead_has_the_same_beginning() -> None:
    near, far = simulate(STEADY, 5), simulate(STEADY, 9)
    assert near.shape == (5, DRAWS)
    assert np.array_equal(near, far[:5])


def test_a_week_is_shared_out_evenly() -> None:
    finished = np.array([[4.0, 0.0, 1.0], [8.0, 10.0, 2.0]])
    assert reach(finished, 5).tolist() == [1.25, 1.5, np.inf]
    assert reach(finished, 1).tolist() == [0.25, 1.1, 1.0]


def test_the_band_holds_about_as_many_futures_as_it_says() -> None:
    chance = np.random.default_rng(4)
    inside = []
    for _ in range(60):
        weeks = chance.poisson(8 * np.exp(np.cumsum(chance.normal(0, 0.1, 50))))
        remaining = max(1, round(4 * weeks[8:20].mean()))
        found = forecast(weeks[:20], remaining, CUT)
        if isinstance(found, Forecast):
            truth = int(np.searchsorted(np.cumsum(weeks[20:]), remaining)) + 1
            inside.append(found.low <= CUT + timedelta(weeks=truth) and CUT + timedelta(weeks=truth - 1) <= found.high)
    assert len(inside) > 50
    assert CONFIDENCE - 15 <= 100 * np.mean(inside) <= 100
