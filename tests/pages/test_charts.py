"""Charts as data."""

from __future__ import annotations

from datetime import date

import hypothesis.strategies as st
from hypothesis import given

from generator.locale import words
from generator.pages.charts import Scale, month_labels, stacked, y_labels


@given(st.integers(0, 10**7))
def test_an_axis_holds_its_highest_value_and_has_few_labels(highest: int) -> None:
    top, labels = y_labels(highest)
    assert top >= max(highest, 1)
    assert 2 <= len(labels) <= 5
    assert (labels[0][0], labels[-1]) == (0.0, (1.0, str(top)))


def test_months_are_few_enough_for_a_phone_and_a_january_has_its_year() -> None:
    scale = Scale(date(2025, 11, 15), date(2027, 1, 20), 10)
    labels = month_labels(scale, words("es"))
    assert [text for _, text in labels] == ["dic", "mar", "jun", "sept", "dic"]
    assert [text for _, text in month_labels(Scale(date(2026, 12, 15), date(2027, 2, 3), 10), words("es"))] == [
        "ene 2027",
        "feb",
    ]


def test_stacked_layers_lie_between_each_other() -> None:
    days = [date(2026, 11, 9), date(2026, 11, 16)]
    upper, lower = stacked((("todo", "", (2, 4)), ("done", "", (0, 1))), days, Scale(*days, 4))
    assert upper.points == ((0.0, 0.5), (1.0, 1.0), (1.0, 0.25), (0.0, 0.0))
    assert lower.points == ((0.0, 0.0), (1.0, 0.25), (1.0, 0.0), (0.0, 0.0))
