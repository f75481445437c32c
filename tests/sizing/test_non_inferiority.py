"""Guardrails that must not get worse by more than their margin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing.ab_test import two_means
from mlsd.sizing.non_inferiority import non_inferior_mean, non_inferior_rate, stops_at


def test_by_hand() -> None:
    """2 · .65 · .35 · (1.645 + .842)² ÷ .1² = 281.3 in each arm."""
    assert non_inferior_rate(0.65, margin=0.1).arms == (282, 282)


def test_the_guardrail_of_the_example() -> None:
    """Hides: .2 % today, at most .05 points more, seventy to thirty."""
    found = non_inferior_rate(0.002, margin=0.0005, lower_is_better=True, shares=(0.7, 0.3))
    assert found.arms == (164_539, 70_517)
    assert found.total == 235_056
    even = non_inferior_rate(0.002, margin=0.0005, lower_is_better=True)
    assert even.total == 197_448


def test_where_a_margin_is_used_up() -> None:
    assert stops_at(0.002, 0.0005, lower_is_better=True).result == 0.0025
    assert stops_at(0.12, 0.01).result == 0.11
    with pytest.raises(ValueRefused):
        stops_at(0.12, -0.01)


def test_harm_that_reaches_the_margin() -> None:
    found = non_inferior_rate(0.1, margin=0.01, expected_harm=0.01, lower_is_better=True)
    assert found.total is None
    assert str(found.note) == "The harm expected reaches the margin: no test can show that it stays below."
    assert non_inferior_rate(0.1, margin=0.5, expected_harm=0.2).total is None


def test_the_margin_of_a_sample() -> None:
    """The sample of a margin excludes that margin, and a larger one a smaller."""
    sample = non_inferior_rate(0.002, margin=0.0005, lower_is_better=True, shares=(0.7, 0.3))
    back = non_inferior_rate(0.002, total=sample.total, lower_is_better=True, shares=(0.7, 0.3))
    assert (back.solved, back.margin) == ("margin", pytest.approx(0.0005, rel=1e-5))
    four_times = non_inferior_rate(0.002, total=4 * 235_056, lower_is_better=True, shares=(0.7, 0.3))
    assert four_times.margin == pytest.approx(0.00025, rel=1e-5)


@given(st.floats(0.5, 20), st.floats(0.01, 1), st.floats(0.1, 0.9))
def test_a_one_sided_test_of_the_margin(sd: float, margin: float, control: float) -> None:
    shares = (control, 1 - control)
    superiority = two_means(sd, effect_absolute=margin, sides=1, shares=shares)
    assert non_inferior_mean(sd, margin=margin, shares=shares).arms == superiority.arms


def test_refused() -> None:
    with pytest.raises(ValueRefused, match="“margin” must be a number from"):
        non_inferior_rate(0.1, margin=0)
