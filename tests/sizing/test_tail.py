"""The p99 of a path by Monte Carlo."""

from __future__ import annotations

import pytest

from mlsd.errors import ValueRefused
from mlsd.sizing.latency import path_latency
from mlsd.sizing.tail import path_p99

PATH = ["gateway", ["retrieval", "features"], "ranker"]
TIMES = {"gateway": (3, 10), "retrieval": (12, 30), "features": (5, 15), "ranker": (35, 80)}


def test_one_block_gives_its_own_percentiles() -> None:
    assert path_p99(["ranker"], TIMES, runs=50_000).result == pytest.approx(80, rel=0.02)
    assert path_p99(["ranker"], TIMES, 0.5).result == pytest.approx(35, rel=0.02)


def test_the_tail_is_shorter_than_the_sum() -> None:
    drawn = path_p99(PATH, TIMES).result
    total = path_latency(PATH, {block: p99 for block, (_, p99) in TIMES.items()}).total
    assert drawn is not None
    assert total == 120
    assert 80 < drawn < total


def test_the_slower_of_two_equals() -> None:
    """Both of two blocks stay below x with probability F(x)²: the p99 of the pair is the 99.5th percentile of one."""
    pair = path_p99([["a", "b"]], {"a": (10, 20), "b": (10, 20)}, runs=50_000).result
    one = path_p99(["a"], {"a": (10, 20)}, 0.99**0.5, runs=50_000).result
    assert pair == pytest.approx(one, rel=0.02)


def test_the_same_seed_gives_the_same_answer() -> None:
    assert path_p99(PATH, TIMES, runs=2000, seed=4) == path_p99(PATH, TIMES, runs=2000, seed=4)
    assert path_p99(PATH, TIMES, runs=2000, seed=4).result != path_p99(PATH, TIMES, runs=2000, seed=5).result


def test_a_missing_block_is_no_answer() -> None:
    found = path_p99(["gateway", "policy"], TIMES)
    assert found.result is None
    assert str(found.note) == "No p50 and p99 for policy."


def test_refused() -> None:
    with pytest.raises(ValueRefused, match=r"The p99 of a is 5.0 ms, below its p50 of 10.0 ms"):
        path_p99(["a"], {"a": (10, 5)})
