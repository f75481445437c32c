"""Availability in series and with fallbacks, downtime in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing.availability import downtime, from_downtime, in_series, path_availability, with_fallback

UP = {"gateway": 0.9998, "retrieval": 0.999, "features": 0.999, "ranker": 0.999, "policy": 0.9998, "popular": 0.9999}
PATH = ["gateway", ["retrieval", "features"], "ranker", "policy"]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.99, "87.6 hours a year, 432.0 minutes in 30 days"),
        (0.995, "43.8 hours a year, 216.0 minutes in 30 days"),
        (0.999, "8.76 hours a year, 43.2 minutes in 30 days"),
        (0.9995, "4.38 hours a year, 21.6 minutes in 30 days"),
        (0.9999, "0.876 hours a year, 4.32 minutes in 30 days"),
    ],
)
def test_downtime_in_words(share: float, text: str) -> None:
    assert str(downtime(share).text) == text


def test_series() -> None:
    assert in_series([0.999] * 2).result == pytest.approx(0.998001)
    assert in_series([0.999] * 5).result == pytest.approx(0.99501, abs=1e-5)
    assert in_series([0.999] * 10).result == pytest.approx(0.99004, abs=1e-5)
    assert with_fallback(0.999, 0.99).result == pytest.approx(0.99999)


def test_the_path_of_the_example() -> None:
    """99.96 % with fallbacks, 99.76 % without; features may fail."""
    found = path_availability(PATH, UP, {"retrieval": "popular", "ranker": "popular"}, optional=["features"])
    assert found.result == pytest.approx(0.9996, abs=1e-5)
    assert found.without_fallbacks == pytest.approx(0.9976, abs=1e-5)
    assert found.covered == ("gateway", "retrieval", "ranker", "policy")
    assert [i.name for i in found.working.inputs] == ["gateway", "retrieval", "popular", "ranker", "policy"]
    assert str(found.working.note) == "Blocks are taken to fail independently."


def test_what_is_not_known_is_said() -> None:
    found = path_availability(PATH, {"gateway": 0.999, "ranker": None})
    assert found.missing == ("retrieval", "features", "ranker", "policy")
    text = "An upper estimate: nothing is known about retrieval, features, ranker, policy."
    assert str(found.working.note) == text
    assert path_availability(PATH, {}).result is None
    behind = path_availability(["gateway", "clerk"], {"gateway": 0.999}, {"gateway": "popular"})
    assert str(behind.working.note) == (
        "Neither an upper nor a lower estimate: nothing is known about clerk and about the fallback popular."
    )


def test_fallbacks_that_point_at_each_other_end() -> None:
    found = path_availability(["a"], {"a": 0.9, "b": 0.9}, {"a": "b", "b": "a"})
    assert found.result == pytest.approx(0.99)


@given(st.floats(0, 1))
def test_downtime_and_back(share: float) -> None:
    assert from_downtime(downtime(share).hours_year).result == pytest.approx(share)


def test_refused() -> None:
    with pytest.raises(ValueRefused, match=r"“availability of ranker” must be a number from 0.0 to 1.0; it is 99.9."):
        path_availability(["ranker"], {"ranker": 99.9})
    with pytest.raises(ValueRefused, match=r"“downtime” must be a number from 0.0 to 8760.0; it is 9000"):
        from_downtime(9000)
