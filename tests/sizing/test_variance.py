"""Ratio metrics, CUPED and the optimal split."""

from __future__ import annotations

import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing.ab_test import two_means
from mlsd.sizing.variance import cuped_sd, optimal_split, ratio_sd


def test_delta_method_against_a_simulation() -> None:
    """Clicks ÷ impressions of 200 people, over and over: the spread of the ratio is σ ÷ √200."""
    draw = random.Random(7)
    people = [(views := draw.randint(1, 20), sum(draw.random() < 0.3 for _ in range(views))) for _ in range(20_000)]
    seen, clicked = [float(v) for v, _ in people], [float(c) for _, c in people]
    rho = statistics.correlation(seen, clicked)
    sd = ratio_sd(
        statistics.fmean(clicked), statistics.pstdev(clicked), statistics.fmean(seen), statistics.pstdev(seen), rho
    ).result
    ratios = []
    for _ in range(4000):
        sample = draw.choices(people, k=200)
        ratios.append(sum(c for _, c in sample) / sum(v for v, _ in sample))
    assert sd == pytest.approx(statistics.pstdev(ratios) * 200**0.5, rel=0.05)


def test_a_constant_denominator_is_a_plain_mean() -> None:
    assert ratio_sd(0.3, 0.46, 1, 0, 0).result == pytest.approx(0.46)


def test_cuped() -> None:
    """A correlation of .6 leaves .8 of the deviation."""
    assert cuped_sd(2, 0.6).result == pytest.approx(1.6)


def test_optimal_split() -> None:
    """A treatment three times as noisy takes three quarters; ten treatments share control's √10."""
    assert optimal_split([1, 3]).shares == pytest.approx((0.25, 0.75))
    assert optimal_split([1, 1]).shares == (0.5, 0.5)
    assert optimal_split([1, 3]).working.result == pytest.approx(2 * (1 + 9) / 16)
    many = optimal_split([1] * 10)
    assert many.shares[0] == pytest.approx(3 * many.shares[1])


@given(st.floats(0.1, 10), st.floats(0.1, 10), st.floats(0.05, 0.95))
def test_no_other_split_is_cheaper(first: float, second: float, control: float) -> None:
    def total(share: float) -> int:
        found = two_means(first, sd_treatment=second, effect_absolute=0.01, shares=(share, 1 - share)).total
        assert found is not None
        return found

    assert total(optimal_split([first, second]).shares[0]) <= total(control) + 2


def test_refused() -> None:
    with pytest.raises(ValueRefused, match=r"“correlation” must be a number above -1.0 and below 1.0; it is 1"):
        cuped_sd(1, 1)
    with pytest.raises(ValueRefused, match=r"at least two arms"):
        optimal_split([1])
