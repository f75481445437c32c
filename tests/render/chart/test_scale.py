"""Round numbers at an axis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.render.chart.scale import Scale, plain, ticks, weeks


@pytest.mark.parametrize(
    ("low", "high", "most", "values"),
    [
        (0, 200, 7, [0, 50, 100, 150, 200]),
        (0, 1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.03, 0.1, 6, [0.04, 0.06, 0.08, 0.1]),
        (0, 0.7, 7, [0, 0.2, 0.4, 0.6]),
    ],
)
def test_ticks_are_round(low: float, high: float, most: int, values: list[float]) -> None:
    assert [value for value, _ in ticks(low, high, most, str)] == values


@given(st.floats(1e-9, 1e12), st.floats(1.001, 1e6), st.integers(2, 12))
def test_ticks_lie_between_the_ends_and_are_not_too_many(low: float, times: float, most: int) -> None:
    found = [value for value, _ in ticks(low, low * times, most, str)]
    assert len(found) <= most
    assert all(low * (1 - 1e-6) <= value <= low * times * (1 + 1e-6) for value in found)


@pytest.mark.parametrize(("last", "days"), [(21, [0, 7, 14, 21]), (280, [0, 56, 112, 168, 224, 280]), (7, [0, 7])])
def test_days_are_marked_by_the_week(last: float, days: list[float]) -> None:
    assert [day for day, _ in weeks(0, last, 6, str)] == days


def test_places_and_plain_numbers() -> None:
    assert Scale(0, 10, 100, 200)(5) == 150
    assert [plain(value) for value in (289_693.0, 0.00001234, 80.0, 0.0)] == ["289700", "0.000012", "80", "0"]
