"""The latency of a request path."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing.latency import Step, fitting_ms, funnel_ms, latency_when_timed_out, path_latency, waited

PATH = ["gateway", ["retrieval", "features"], "ranker", "policy"]
P99 = {"gateway": 10, "retrieval": 30, "features": 15, "ranker": 80, "policy": 10, "popular": 10}


def test_the_path_of_the_example() -> None:
    """10 + max(30, 15) + 80 + 10 = 130 of 200 ms."""
    found = path_latency(PATH, P99, budget_ms=200)
    assert (found.total, found.left, found.missing) == (130, 70, ())
    assert found.working.formula == "p99 ≤ gateway + max(retrieval, features) + ranker + policy"
    assert found.steps[1] == Step(("retrieval", "features"), "retrieval", 30)
    assert str(found.working.note) == "A sum of p99 is an upper estimate: all blocks are seldom slow at once."


def test_when_the_ranker_times_out() -> None:
    """10 + 30 + (120 + 10 of the fallback) + 10 = 180 ms."""
    found = latency_when_timed_out(PATH, "ranker", P99, timeout_ms=120, fallback="popular")
    assert found.total == 180
    assert latency_when_timed_out(PATH, "ranker", P99, timeout_ms=120, retries=1).total == 290


def test_a_sum_has_no_digits_that_no_part_has() -> None:
    found = path_latency(["a", "b", "c"], {"a": 0.1, "b": 0.45, "c": 0.03}, budget_ms=0.5)
    assert (found.total, found.left, found.working.result) == (0.58, -0.08, 0.58)
    assert path_latency(["a", "b"], {"a": 0.1, "b": 0.2}, budget_ms=0.3).left == 0


def test_what_is_missing_is_named() -> None:
    found = path_latency(PATH, {"gateway": 10, "ranker": None, "retrieval": 30})
    assert (found.total, found.left) == (40, None)
    assert (found.covered, found.missing) == (("gateway", "retrieval"), ("features", "ranker", "policy"))
    assert str(found.working.note) == "Covers 2 of 5 blocks; nothing is known about features, ranker, policy."


@pytest.mark.parametrize("path", [[], ["a"], [["a", "b"]]])
def test_nothing_known_is_no_answer(path: list[object]) -> None:
    found = path_latency(path, {})
    assert (found.total, found.working.result) == (None, None)
    assert str(found.working.note) == "No block of the request path gives its p99."


def test_branches_of_several_blocks() -> None:
    """Inside a parallel list a list runs in order again."""
    found = path_latency([["a", ["b", "c"]], "d"], {"a": 5, "b": 3, "c": 4, "d": 1})
    assert (found.total, found.working.formula) == (8, "p99 ≤ max(a, b + c) + d")


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=6))
def test_parallel_is_never_slower_than_in_order(times: list[float]) -> None:
    p99 = {f"b{n}": time for n, time in enumerate(times)}
    side_by_side = path_latency([list(p99)], p99).total
    in_order = path_latency(list(p99), p99).total
    assert side_by_side == pytest.approx(max(times), abs=1e-9)
    assert in_order == pytest.approx(sum(times), abs=1e-9)
    assert in_order is not None
    assert side_by_side <= in_order * (1 + 1e-12)


def test_every_retry_waits_the_timeout_again() -> None:
    assert waited("ranker", 120).result == 120
    assert waited("ranker", 120, 2).result == 360


def test_funnel_step() -> None:
    """500 items of .12 ms each: 60 ms."""
    assert funnel_ms(500, 0.12).result == pytest.approx(60)
    assert funnel_ms(500, 0.12, 4).result == pytest.approx(15)


@pytest.mark.parametrize("time", [-1, math.nan, math.inf, 1e308])
def test_refused(time: float) -> None:
    with pytest.raises(ValueRefused, match=r"“latency of ranker” must be a number from 0.0 to 1000000000000000.0"):
        path_latency(["ranker"], {"ranker": time})


def test_the_ways_out_of_a_slow_path() -> None:
    """240 of 200 ms: one of two equal branches cannot help alone, the gateway is too small."""
    ms = {"gateway": 10, "fast": 140, "slow": 150, "ranker": 80}
    assert fitting_ms(["gateway", ["fast", "slow"], "ranker"], ms, 200) == (("ranker", 40.0),)
    assert fitting_ms(["gateway", ["fast", "slow"], "ranker"], ms | {"fast": 20}, 200) == (
        ("slow", 110.0),
        ("ranker", 40.0),
    )
    assert fitting_ms(["a", "a"], {"a": 150}, 200) == ()


@given(st.lists(st.integers(1, 500), min_size=4, max_size=4), st.integers(1, 1500))
def test_a_way_out_applied_makes_the_path_fit(times: list[int], budget: int) -> None:
    path = ["a", ["b", "c"], "d"]
    ms = dict(zip("abcd", times, strict=True))
    for block, most in fitting_ms(path, ms, budget):
        assert path_latency(path, ms | {block: most}, budget).left == pytest.approx(0, abs=1e-9)
