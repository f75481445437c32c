"""The blocks of a request path in time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing.latency import path_latency
from mlsd.sizing.spans import Span, spans

PATH = ["gateway", ["retrieval", "features"], "ranker"]
P99 = {"gateway": 10, "retrieval": 30, "features": 15, "ranker": 80}
BLOCKS = st.sampled_from("abcdef")


def test_blocks_follow_one_another_and_the_quick_one_waits() -> None:
    assert spans(PATH, P99) == (
        Span("gateway", 0, 10, 10, 0, parallel=False),
        Span("retrieval", 10, 30, 40, 1, parallel=True),
        Span("features", 10, 15, 40, 1, parallel=True),
        Span("ranker", 40, 80, 120, 2, parallel=False),
    )


def test_a_branch_of_several_blocks_waits_at_its_end() -> None:
    first, second, other = spans([[["a", "b"], "c"]], {"a": 5, "b": 5, "c": 30})
    assert (first.until, second.start, second.until) == (5, 5, 30)
    assert (other.end, other.until) == (30, 30)
    assert first.parallel
    assert other.parallel


def test_an_unknown_block_takes_no_time_and_says_so() -> None:
    unknown = spans(["x", "ranker"], P99)[0]
    assert (unknown.ms, unknown.end) == (None, 0)


def test_a_negative_time_is_refused() -> None:
    with pytest.raises(ValueRefused):
        spans(["a"], {"a": -1})


@given(
    st.lists(st.one_of(BLOCKS, st.lists(BLOCKS, min_size=1, max_size=3)), min_size=1, max_size=6),
    st.dictionaries(BLOCKS, st.integers(0, 1000), min_size=6),
)
def test_the_last_one_ends_when_the_path_does(path: list[str | list[str]], ms: dict[str, int]) -> None:
    found = spans(path, ms)
    assert found[-1].until == pytest.approx(path_latency(path, ms).total)
    assert all(span.end <= span.until for span in found)
