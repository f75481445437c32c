"""What would make a test fit, and how far a number can move."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd.sizing.ab_test import AbTest, two_means, two_proportions
from mlsd.sizing.flip import flips
from mlsd.sizing.ways_out import ways_out


def test_the_example_in_a_smaller_country() -> None:
    """250,000 of 289,693 people: longer, a larger effect, or a more even split."""
    test = two_proportions(0.05, effect_relative=0.05, shares=(0.7, 0.3))
    found = ways_out(test, 250_000, units_day=25_000, ramp_days=2, window_days=7)
    assert found is not None
    assert (found.units, found.days) == (289_693, 21)
    assert found.effect_relative == pytest.approx(0.0539, abs=1e-4)
    assert found.treatment_share == pytest.approx(0.4219, abs=1e-4)


def test_when_even_an_even_split_is_too_small() -> None:
    test = two_proportions(0.05, effect_relative=0.05, shares=(0.7, 0.3))
    found = ways_out(test, 100_000)
    assert found is not None
    assert (found.treatment_share, found.days) == (None, None)


def test_no_answer_has_no_way_out() -> None:
    assert ways_out(two_proportions(0.6, effect_relative=1), 1000) is None


@given(
    st.floats(0.01, 0.5), st.floats(0.02, 0.2), st.floats(0.5, 0.95), st.floats(0.2, 0.99), st.booleans(), st.booleans()
)
@settings(max_examples=60)
def test_a_way_out_applied_closes(
    rate: float, lift: float, control: float, part: float, mean: bool, down: bool
) -> None:
    """Each way out alone brings the sample down to the units there are (rounding up of the arms aside)."""
    lift = -lift if down else lift

    def sized(effect: float, treatment: float) -> AbTest:
        shares = (1 - treatment, treatment)
        if mean:
            return two_means(1.0, mean=rate, effect_relative=effect, shares=shares)
        return two_proportions(rate, effect_relative=effect, shares=shares)

    test = sized(lift, 1 - control)
    assert test.total is not None
    units = test.total * part
    found = ways_out(test, units)
    assert found is not None
    if found.effect_relative is not None:
        closed = sized(found.effect_relative, 1 - control).total
        assert closed is not None
        assert closed <= units + 3
        assert (found.effect_relative < 0) == down
    if found.treatment_share is not None:
        closed = sized(lift, found.treatment_share).total
        assert closed is not None
        assert closed <= units + 3


def test_how_far_a_number_can_move() -> None:
    """A path of 130 ms under a promise of 200: the ranker may take 150 ms, and anything less."""
    found = flips(lambda ranker: 50 + ranker <= 200, 80)
    assert found.above == pytest.approx(150)
    assert found.below is None
    assert found.room == pytest.approx(0.875)


def test_a_number_below_zero_falls_away_from_it() -> None:
    found = flips(lambda change: -0.3 < change < -0.02, -0.1)
    assert (found.below, found.above) == (pytest.approx(-0.3), pytest.approx(-0.02))


def test_a_share_moves_within_its_range() -> None:
    found = flips(lambda share: 0.25 < share < 0.9, 0.5, 0, 1)
    assert (found.below, found.above) == (pytest.approx(0.25), pytest.approx(0.9))
    assert flips(lambda _: True, 0.5, 0, 1).room == float("inf")


@given(st.floats(0.01, 1e6), st.floats(1.001, 900))
def test_the_edge_is_found(now: float, factor: float) -> None:
    assert flips(lambda x: x < now * factor, now).above == pytest.approx(now * factor, rel=1e-6)
    assert flips(lambda x: x > now / factor, now).below == pytest.approx(now / factor, rel=1e-5)
