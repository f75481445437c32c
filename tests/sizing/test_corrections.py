"""Several comparisons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing.corrections import bonferroni, familywise, holm, sidak


@pytest.mark.parametrize(("comparisons", "chance"), [(2, 0.098), (3, 0.143), (5, 0.226), (10, 0.401)])
def test_false_alarms_add_up(comparisons: int, chance: float) -> None:
    assert familywise(0.05, comparisons).result == pytest.approx(chance, abs=6e-4)


def test_alpha_of_each() -> None:
    assert bonferroni(0.05, 5).result == pytest.approx(0.01)
    assert sidak(0.05, 5).result == pytest.approx(0.0102062, rel=1e-5)


def test_holm() -> None:
    found = holm([0.01, 0.04, 0.03, 0.005], 0.05)
    assert found.adjusted == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert found.rejected == (True, False, False, True)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.floats(0.001, 0.2))
def test_holm_rejects_what_bonferroni_rejects(p_values: list[float], alpha: float) -> None:
    each = bonferroni(alpha, len(p_values)).result
    assert each is not None
    for p, rejected in zip(p_values, holm(p_values, alpha).rejected, strict=True):
        assert rejected or p > each * (1 - 1e-12)


@given(st.floats(0.001, 0.2), st.integers(1, 50))
def test_sidak_undoes_the_familywise_rate(alpha: float, comparisons: int) -> None:
    each = sidak(alpha, comparisons).result
    assert each is not None
    assert familywise(each, comparisons).result == pytest.approx(alpha)


def test_refused() -> None:
    with pytest.raises(ValueRefused, match=r"“comparisons” must be a whole number; it is 2.5"):
        bonferroni(0.05, 2.5)
    with pytest.raises(ValueRefused, match=r"Give at least one p-value"):
        holm([], 0.05)
