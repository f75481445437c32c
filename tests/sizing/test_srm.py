"""Sample ratio mismatch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing.srm import chi2_tail, srm_check


def test_the_catalogue() -> None:
    """50.8 to 49.2 among a million: χ² = 256."""
    found = srm_check([508_000, 492_000], (0.5, 0.5))
    assert (found.chi2, found.mismatch) == (256, True)
    assert found.p is not None
    assert found.p < 1e-50


def test_an_honest_split() -> None:
    found = srm_check([70_100, 29_900], (0.7, 0.3))
    assert found.mismatch is False
    assert found.p == pytest.approx(0.4902, abs=1e-4)


def test_too_few_to_tell() -> None:
    found = srm_check([3, 4], (0.5, 0.5))
    assert (found.chi2, found.p, found.mismatch) == (None, None, None)
    assert str(found.working.note) == "Fewer than five units are expected in an arm: too few to tell."


@given(st.floats(0, 500), st.integers(1, 30))
def test_tail_against_scipy(x: float, freedom: int) -> None:
    stats = pytest.importorskip("scipy.stats", reason="scipy is the oracle here")
    assert chi2_tail(x, freedom) == pytest.approx(stats.chi2.sf(x, freedom), rel=1e-9, abs=1e-14)


def test_refused() -> None:
    with pytest.raises(ValueRefused, match="The counts are 3 and the shares 2"):
        srm_check([1, 2, 3], (0.5, 0.5))
    with pytest.raises(ValueRefused, match="“units observed” must be a number from 0"):
        srm_check([-1, 5], (0.5, 0.5))
