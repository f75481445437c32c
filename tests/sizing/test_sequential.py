"""Interim looks, against the tables of Jennison and Turnbull (1999), tables 2.1 to 2.4."""

from __future__ import annotations

import random

import pytest

from mlsd.errors import ValueRefused
from mlsd.sizing.sequential import boundaries


@pytest.mark.parametrize(
    ("shape", "looks", "constant", "at_80", "at_90"),
    [
        ("pocock", 2, 2.178, 1.110, 1.100),
        ("pocock", 3, 2.289, 1.166, 1.151),
        ("pocock", 4, 2.361, 1.202, 1.183),
        ("pocock", 5, 2.413, 1.229, 1.207),
        ("pocock", 10, 2.555, 1.301, 1.271),
        ("obrien_fleming", 2, 1.977, 1.008, 1.007),
        ("obrien_fleming", 3, 2.004, 1.017, 1.016),
        ("obrien_fleming", 4, 2.024, 1.024, 1.022),
        ("obrien_fleming", 5, 2.040, 1.028, 1.026),
        ("obrien_fleming", 10, 2.087, 1.040, 1.037),
    ],
)
def test_published_boundaries(shape: str, looks: int, constant: float, at_80: float, at_90: float) -> None:
    found = boundaries(looks, shape)
    assert found.z[-1] == pytest.approx(constant, rel=5e-4)
    assert found.inflation == pytest.approx(at_80, rel=1e-3)
    assert boundaries(looks, shape, power=0.9).inflation == pytest.approx(at_90, rel=1e-3)


def test_shapes() -> None:
    """Pocock is as strict at every look, O'Brien–Fleming twice as strict at a quarter of the sample."""
    assert len(set(boundaries(4, "pocock").z)) == 1
    strict = boundaries(4)
    assert strict.z[0] == pytest.approx(2 * strict.z[-1])
    assert strict.p[-1] == pytest.approx(0.0430, abs=1e-3)
    assert strict.largest(100_000) == 102_385
    assert "always-valid" in str(strict.working.note)


def test_one_look_is_the_plain_test() -> None:
    found = boundaries(1)
    assert found.z == pytest.approx((1.959964,), rel=1e-6)
    assert found.inflation == pytest.approx(1)


def test_uneven_looks_keep_alpha() -> None:
    """A simulated Brownian motion leaves the boundaries in 5 % of 20,000 runs, give or take .5."""
    found = boundaries((0.3, 0.5, 1.0), "pocock", sides=1)
    draw, crossed = random.Random(1), 0
    for _ in range(20_000):
        b = before = 0.0
        for t, z in zip(found.fractions, found.z, strict=True):
            b += draw.gauss(0, (t - before) ** 0.5)
            before = t
            if b >= z * t**0.5:
                crossed += 1
                break
    assert crossed / 20_000 == pytest.approx(0.05, abs=0.005)


@pytest.mark.parametrize("looks", [0, 21, 2.5, (0.5, 0.4, 1.0), (0.5, 0.9), ()])
def test_looks_that_cannot_be(looks: object) -> None:
    with pytest.raises(ValueRefused):
        boundaries(looks)  # type: ignore[arg-type]


def test_an_unknown_shape() -> None:
    with pytest.raises(ValueRefused, match="“haybittle” is not a boundary here; these are: obrien_fleming, pocock"):
        boundaries(3, "haybittle")
