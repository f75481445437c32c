"""Labels, review queues, cut-offs: the values of the rule catalogue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing import labelling


def test_precision_from_a_base_rate() -> None:
    assert labelling.implied_precision(0.002, 0.9, 0.01).result == pytest.approx(0.153, abs=5e-4)
    assert labelling.implied_precision(0.5, 1, 0).result == 1
    nothing = labelling.implied_precision(0.5, 0, 0)
    assert nothing.result is None
    assert str(nothing.note) == "Nothing would be flagged, so there is no precision."


def test_a_review_queue() -> None:
    """A million payments a day, 1.2 % flagged, three minutes each: a hundred people."""
    flagged = labelling.flagged_share(0.002, 0.9, 0.0102)
    assert flagged.result == pytest.approx(0.01198, abs=1e-5)
    assert labelling.reviewers_needed(1e6, 0.012, 3, 6).result == 100


def test_what_is_flagged_at_a_recall_and_a_precision() -> None:
    """The same as from the false alarms that this precision leaves, and never more than there is."""
    assert labelling.flagged_at_precision(0.01, 0.8, 0.5).result == pytest.approx(0.016)
    precision = labelling.implied_precision(0.002, 0.9, 0.01)
    same = labelling.flagged_share(0.002, 0.9, 0.01).result
    assert labelling.flagged_at_precision(0.002, 0.9, precision.result or 0).result == pytest.approx(same)
    assert labelling.flagged_at_precision(0.5, 1, 0.2).result == 1


def test_labelling() -> None:
    assert labelling.labelling_days(10_000, 3, 1000).result == 30
    assert labelling.labelling_cost(10_000, 3, 0.1).result == pytest.approx(3000)
    assert labelling.labelling_days(10_000, None, 3000).result == 4


@pytest.mark.parametrize(("positives", "half"), [(50, 0.083), (1000, 0.019)])
def test_half_width_of_recall(positives: int, half: float) -> None:
    assert labelling.half_width(0.9, positives).result == pytest.approx(half, abs=5e-4)


def test_a_rough_interval_is_called_rough() -> None:
    text = "Fewer than ten hits or misses: the interval is rough, and not symmetric."
    assert str(labelling.half_width(0.9, 50).note) == text
    assert labelling.half_width(0.9, 1000).note is None


@given(st.floats(0.01, 0.99), st.floats(0.005, 0.2))
def test_the_cases_needed_are_enough(share: float, half: float) -> None:
    cases = labelling.cases_for_half_width(share, half).result
    assert cases is not None
    reached = labelling.half_width(share, cases).result
    assert reached is not None
    assert reached <= half * (1 + 1e-6)


def test_cut_offs() -> None:
    assert labelling.cost_threshold(1, 3).result == 0.25
    assert labelling.newsvendor_quantile(3, 1).result == 0.75
    assert labelling.cost_threshold(0, 0).result is None


def test_zeros() -> None:
    assert labelling.poisson_zero_share(1.46).result == pytest.approx(0.23, abs=5e-3)


def test_refused() -> None:
    with pytest.raises(ValueRefused, match=r"“recall” must be a number from 0.0 to 1.0; it is 90."):
        labelling.implied_precision(0.1, 90, 0.1)


def test_no_more_of_the_top_are_right_than_there_are_positives() -> None:
    assert labelling.precision_of_top(0.0071, 0.0167).result == pytest.approx(0.42515, abs=1e-5)
    assert labelling.precision_of_top(0.02, 0.01).result == 1


@pytest.mark.parametrize(
    ("agreement", "people", "right"),
    [(1, 1, 1), (0.5, 3, 0.5), (0.2, 1, 0.5), (0.68, 1, 0.8), (0.68, 2, 0.8), (0.68, 3, 0.896), (0.68, 5, 0.94208)],
)
def test_a_majority_is_right_more_often_than_one(agreement: float, people: int, right: float) -> None:
    """Two who each err in 20 % agree in 0.8² + 0.2² = 68 %."""
    assert labelling.right_by_majority(agreement, people).result == pytest.approx(right)
