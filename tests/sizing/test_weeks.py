"""A test whose units return from week to week."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.sizing.duration import saturation
from mlsd.sizing.weeks import days_of_weeks, units_in_weeks


def test_new_units_every_week() -> None:
    found = days_of_weeks(100_000, 40_000, ramp_days=2, window_days=7)
    assert (found.enrol, found.least, found.whole_weeks) == (21, 30, 35)
    assert units_in_weeks(30, 40_000, ramp_days=2, window_days=7).result == 120_000


def test_returning_units_saturate() -> None:
    """Of a pool of 40,000 ÷ .5 = 80,000 a half is there each week: 40, 60, 70 thousand after 1, 2, 3 weeks."""
    assert [units_in_weeks(7 * n, 40_000, 0.5).result for n in (1, 2, 3)] == pytest.approx([40_000, 60_000, 70_000])
    assert days_of_weeks(65_000, 40_000, 0.5).enrol == 21
    none = days_of_weeks(80_001, 40_000, 0.5)
    assert (none.enrol, none.least) == (None, None)
    assert str(none.note) == "There are only about 80000 different units, fewer than the sample."


def test_the_exposure_makes_the_pool_smaller() -> None:
    assert units_in_weeks(14, 40_000, 0.5, exposure=0.5).result == pytest.approx(30_000)


def test_no_whole_week_is_left() -> None:
    found = units_in_weeks(14, 40_000, window_days=8)
    assert found.result is None
    assert str(found.note) == "Ramp and window leave no whole week of 14.0 days."


@given(st.floats(2, 1e7), st.floats(1, 1e6), st.floats(0, 0.95), st.floats(0, 30))
def test_the_days_found_bring_the_sample(total: float, week: float, returning: float, window: float) -> None:
    found = days_of_weeks(total, week, returning, window_days=window)
    if found.least is None or found.enrol is None or found.enrol > 36_400:
        return
    assert (units_in_weeks(found.least, week, returning, window_days=window).result or 0) >= total * (1 - 1e-6)
    if found.enrol > 7:
        assert (saturation(week, found.enrol // 7 - 1, returning).result or 0) < total * (1 + 1e-6)
