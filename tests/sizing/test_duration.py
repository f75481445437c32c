"""Days of a test, and what fits into them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing.duration import days, saturation, units_in, weeks_needed


def test_the_example() -> None:
    """289,693 people at 90,000 a day: 2 days of ramp, 4 to enrol, 7 to mature."""
    found = days(289_693, 300_000, 0.3, 2, 7)
    assert (found.ramp, found.enrol, found.mature, found.least, found.whole_weeks) == (2, 4, 7, 13, 14)
    assert found.working.result == 14


def test_what_fits() -> None:
    assert units_in(14, 300_000, 0.3, 2, 7).result == pytest.approx(450_000)
    nothing = units_in(7, 300_000, 0.3, 2, 7)
    assert nothing.result == 0
    assert str(nothing.note) == "Ramp and window take 9.0 of 7.0 days: nobody matures in time."


def test_more_than_a_lifetime() -> None:
    found = days(1e9, 1)
    assert (found.least, found.whole_weeks) == (None, None)
    assert str(found.note) == "At 1.0 units a day this takes more than a hundred years."
    assert (days(36_500, 1).least, days(36_501, 1).least) == (36_500, None)


@given(st.floats(1, 1e7), st.floats(1e3, 1e7), st.floats(0.01, 1), st.integers(0, 10), st.integers(0, 30))
def test_the_days_found_are_enough(total: float, daily: float, exposure: float, ramp: int, window: int) -> None:
    found = days(total, daily, exposure, ramp, window)
    if found.whole_weeks is None or found.least is None:
        return
    assert found.whole_weeks % 7 == 0
    assert 0 <= found.whole_weeks - found.least < 7
    fits = units_in(found.least, daily, exposure, ramp, window).result
    assert fits is not None
    assert fits >= total * (1 - 1e-6)


def test_people_who_come_back_are_met_once() -> None:
    assert saturation(100, 4, 0).result == 400
    assert saturation(100, 1, 0.6).result == pytest.approx(100)
    assert saturation(100, 2, 0.6).result == pytest.approx(140)
    assert saturation(100, 1000, 0.5).result == pytest.approx(200)


def test_weeks_until_enough_were_met() -> None:
    assert weeks_needed(400, 100, 0).result == 4
    assert weeks_needed(140, 100, 0.6).result == 2
    never = weeks_needed(200, 100, 0.6)
    assert never.result is None
    assert str(never.note) == "There are only about 167 different units, fewer than the sample."


def test_refused() -> None:
    with pytest.raises(
        ValueRefused, match=r"“exposure of the test” must be a number above 0.0 and at most 1.0; it is 0."
    ):
        days(1000, 100, 0)
