"""The standard normal distribution, and a search for the point where a function changes its sign."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import erfc, exp, pi, sqrt


def cdf(x: float) -> float:
    """Probability that a standard normal value is at most x."""
    return 0.5 * erfc(-x / sqrt(2))


def density(x: float) -> float:
    """Density of the standard normal distribution at x."""
    return exp(-x * x / 2) / sqrt(2 * pi)


@lru_cache(maxsize=256)
def quantile(p: float) -> float:
    """The value below which a standard normal value lies with probability p, 0 < p < 1."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(p)


def critical(alpha: float, sides: float) -> float:
    """The z value that a test at level alpha must exceed; two-sided with ``sides`` 2."""
    return -quantile(alpha / sides)


def root(below_zero: Callable[[float], bool], low: float, high: float, tolerance: float = 1e-13) -> float:
    """The point between low and high where ``below_zero`` turns from true to false, by bisection."""
    for _ in range(200):
        middle = (low + high) / 2
        if below_zero(middle):
            low = middle
        else:
            high = middle
        if high - low <= tolerance * max(abs(low), abs(high)):
            break
    return high


def crossing(f: Callable[[float], float], low: float, high: float, tolerance: float = 1e-10) -> float:
    """The zero of a smooth function with different signs at low and high, by regula falsi (Illinois variant)."""
    left, right = f(low), f(high)
    for _ in range(100):
        middle = high - right * (high - low) / (right - left)
        value = f(middle)
        if value * right < 0:
            low, left = high, right
        else:
            left /= 2
        high, right = middle, value
        if abs(high - low) <= tolerance or abs(value) <= tolerance / 100:
            break
    return high
