"""What must fit a node's memory."""

from __future__ import annotations

import pytest

from mlsd.errors import ValueRefused
from mlsd.sizing.memory import nodes_needed, table_gb, vectors_gb, weights_gb


def test_vectors_of_the_catalogue() -> None:
    assert vectors_gb(100e6, 128).result == pytest.approx(51.2)
    assert vectors_gb(100e6, 128, index="hnsw").result == pytest.approx(51.2 + 25.6)
    assert vectors_gb(250e6, 768).result == pytest.approx(768)
    assert vectors_gb(3e6, 128, index="hnsw", links=32).result == pytest.approx(2.3, abs=0.01)


def test_compressed_vectors() -> None:
    """64 bytes of code and 8 of id a vector, and 40,000 centroids."""
    found = vectors_gb(100e6, 128, index="ivf_pq", code_bytes=64)
    assert found.result == pytest.approx(7.2 + 40_000 * 128 * 4 / 1e9)
    assert vectors_gb(100e6, 128, 0.5, index="ivf_pq").result == found.result
    unknown = vectors_gb(100e6, 128, index="ivf_pq")
    assert unknown.result is None
    text = "The length of a compressed vector is not given (bytes of a code, or bytes of a value)."
    assert str(unknown.note) == text


def test_weights_and_tables() -> None:
    assert weights_gb(7e9, precision="bf16").result == 14
    assert weights_gb(70e9, 2).result == 140
    assert weights_gb(70e9, precision="int4").result == 35
    assert table_gb(10e6, 64).result == pytest.approx(2.56)


def test_nodes() -> None:
    assert nodes_needed(768, 256).result == 3
    assert nodes_needed(768, 256, 0.8).result == 4
    assert nodes_needed(0, 256).result == 1


def test_refused() -> None:
    with pytest.raises(ValueRefused, match=r"“annoy” is not an index here; these are: flat, hnsw, ivf_pq."):
        vectors_gb(1, 1, index="annoy")
    with pytest.raises(ValueRefused, match=r"“fp7” is not a precision here"):
        weights_gb(1, precision="fp7")
    with pytest.raises(ValueRefused, match=r"“bytes of a weight” must be a number .*; it is nothing."):
        weights_gb(1)
