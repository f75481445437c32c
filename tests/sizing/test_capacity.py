"""Load, replicas, tails, storage: the values of the rule catalogue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing import capacity
from mlsd.sizing.working import Input, Working


def test_average_load() -> None:
    assert capacity.average_rps(volume_day=500_000).result == pytest.approx(5.787, abs=1e-3)
    assert capacity.average_rps(daily_users=100e6, requests_per_user_day=2).result == pytest.approx(2315, abs=0.5)
    assert capacity.average_rps(daily_users=2e9, requests_per_user_day=2).result == pytest.approx(46_296, abs=0.5)


def test_the_working_of_an_average_load() -> None:
    users = Input("any", 2e6, path="problem.scale.daily_users")
    found = capacity.average_rps(daily_users=users, requests_per_user_day=6)
    assert isinstance(found, Working)
    assert found.formula == "rps = daily users · requests of a user a day ÷ 86\u202f400"
    assert [(str(i.name), i.value, i.unit, i.path, i.origin) for i in found.inputs] == [
        ("daily users", 2e6, "users", "problem.scale.daily_users", "given"),
        ("requests of a user a day", 6.0, "1/day", None, "given"),
    ]
    assert (found.result, found.unit) == (pytest.approx(138.89, abs=0.01), "rps")


def test_in_flight() -> None:
    assert capacity.in_flight(6000, 100).result == 600


def test_replicas() -> None:
    """The ranker of the example: 24 × 60 × .7 = 1,008 ≥ 900."""
    assert capacity.capacity_of(24, 60).result == pytest.approx(1008)
    assert capacity.replicas_needed(900, 60).result == 22
    assert capacity.replicas_needed(0, 60).result == 1


def test_replicas_of_shards() -> None:
    """Eight shards that each get 2,000 a second, by 600 · .7 a copy: five copies of each."""
    assert capacity.replicas_needed(16_000, 600, shards=8).result == 40
    assert capacity.capacity_of(40, 600, shards=8).result == pytest.approx(16_800)
    assert capacity.capacity_of(39, 600, shards=8).result == pytest.approx(13_440)
    assert capacity.replicas_needed(10, 600, shards=6).result == 6


def test_a_run_of_a_batch() -> None:
    """40,000 pages a day of 20 calls, every two hours, on six replicas of one call a second."""
    assert capacity.hours_of_work(2, 40_000, 6, 1).result == pytest.approx(0.1543, abs=1e-4)
    assert capacity.hours_of_work(2, 40_000, 6, 1, 20).result == pytest.approx(3.0864, abs=1e-4)


@given(st.floats(0, 1e6), st.floats(1, 1e4), st.floats(0.1, 1), st.integers(1, 50))
def test_the_replicas_of_shards_carry_the_peak(peak: float, one: float, headroom: float, shards: int) -> None:
    count = capacity.replicas_needed(peak, one, headroom, shards).result
    assert count is not None
    assert count % shards == 0
    carried = capacity.capacity_of(count, one, headroom, shards).result
    assert carried is not None
    assert carried >= peak * (1 - 1e-6)


@given(st.floats(0, 1e6), st.floats(1, 1e4), st.floats(0.1, 1))
def test_the_replicas_needed_carry_the_peak(peak: float, one: float, headroom: float) -> None:
    count = capacity.replicas_needed(peak, one, headroom).result
    assert count is not None
    carried = capacity.capacity_of(count, one, headroom).result
    assert carried is not None
    assert carried >= peak * (1 - 1e-6)
    if count > 1:
        assert (count - 1) * one * headroom < peak


@pytest.mark.parametrize(("calls", "share"), [(10, 0.904), (20, 0.818), (100, 0.366)])
def test_tail_of_a_fan_out(calls: int, share: float) -> None:
    assert capacity.fan_out_tail(calls).result == pytest.approx(share, abs=5e-4)
    each = capacity.percentile_needed(calls).result
    assert each is not None
    assert capacity.fan_out_tail(calls, each).result == pytest.approx(0.99)


def test_storage_bandwidth_and_reads() -> None:
    assert capacity.storage_gb(1000, 500, 30, 3).result == pytest.approx(3888)
    assert capacity.bandwidth_mbit(1000, 50_000).result == pytest.approx(400)
    assert capacity.feature_reads(900, 500, 40).result == 18_000_000
    assert capacity.feature_reads(900, 500, 40, cached=0.9).result == pytest.approx(1_800_000)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueRefused, match=r"“peak load” must be a number from 0.0 to 1000000000000000.0; it is -1."):
        capacity.replicas_needed(-1, 60)
    with pytest.raises(ValueRefused, match=r"Give daily users and requests of each, or requests a day."):
        capacity.average_rps(daily_users=5)
