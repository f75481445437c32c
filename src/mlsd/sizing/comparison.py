"""What two arms need to be told apart: the formulas behind ``ab_test``, one arm against another.

Everywhere ``kappa`` is units in treatment ÷ units in control, ``a`` the critical value of the test, ``b`` the z
value of the power, ``n`` the units in control (not yet rounded). The chance of a significant result in the wrong
direction is not counted as power.
"""

from __future__ import annotations

from collections.abc import Callable
from math import asin, sqrt
from typing import NamedTuple

from mlsd.sizing.normal import root


class Comparison(NamedTuple):
    """One treatment against control; effects are absolute and signed."""

    size: Callable[[float, float, float, float], float]
    """(effect, kappa, a, b) → n"""
    reached: Callable[[float, float, float, float], float]
    """(effect, kappa, a, n) → b"""
    detectable: Callable[[float, float, float, float], float | None]
    """(n, kappa, a, b) → the smallest effect that is found, or None"""
    formula: str
    source: str


FLEISS = "Fleiss, Levin, Paik: Statistical Methods for Rates and Proportions, 3rd ed., ch. 4"
CHOW = "Chow, Shao, Wang, Lokhnygina: Sample Size Calculations in Clinical Research, 3rd ed., ch. 3 and 4"
COHEN = "Cohen: Statistical Power Analysis for the Behavioral Sciences, 2nd ed., ch. 6"

FORMULAS = {
    "pooled": (
        "n₁ = [z_α·√(p̄·q̄·(1 + 1/κ)) + z_β·√(p₁q₁ + p₂q₂/κ)]² ÷ (p₂ − p₁)²,  p̄ = (p₁ + κp₂) ÷ (1 + κ),  n₂ = κ·n₁",
        FLEISS,
    ),
    "unpooled": ("n₁ = (z_α + z_β)² · (p₁q₁ + p₂q₂/κ) ÷ (p₂ − p₁)²,  n₂ = κ·n₁", CHOW),
    "arcsine": ("n₁ = (z_α + z_β)² · (1 + 1/κ) ÷ (2·arcsin√p₂ − 2·arcsin√p₁)²,  n₂ = κ·n₁", COHEN),
    "continuity": (
        "n₁ = n′/4 · [1 + √(1 + 2(1 + κ) ÷ (κ·n′·|p₂ − p₁|))]²,  n′ as by pooled z,  n₂ = κ·n₁",
        FLEISS,
    ),
}
METHODS = tuple(FORMULAS)
"""Ways to compare two proportions; ``pooled`` is the default (pooled z without continuity correction)."""


def proportions(rate: float, method: str, decrease: bool) -> Comparison:
    """Two rates; ``method`` is one of METHODS, ``decrease`` the direction in which a detectable effect is sought."""
    formula, source = FORMULAS[method]

    def size(effect: float, kappa: float, a: float, b: float) -> float:
        return _size(rate, rate + effect, kappa, a, b, method)

    def reached(effect: float, kappa: float, a: float, n: float) -> float:
        return _reached(rate, rate + effect, kappa, a, n, method)

    def detectable(n: float, kappa: float, a: float, b: float) -> float | None:
        sign, furthest = (-1.0, rate) if decrease else (1.0, 1 - rate)
        nearly = furthest * (1 - 1e-9)
        if size(sign * nearly, kappa, a, b) > n:
            return None
        return sign * root(lambda d: size(sign * d, kappa, a, b) > n, furthest * 1e-12, nearly)

    return Comparison(size, reached, detectable, formula, source)


def means(sd: float, sd_treatment: float, decrease: bool) -> Comparison:
    """Two means with known standard deviations."""

    def variance(kappa: float) -> float:
        return sd**2 + sd_treatment**2 / kappa

    def size(effect: float, kappa: float, a: float, b: float) -> float:
        return (a + b) ** 2 * variance(kappa) / effect**2

    def reached(effect: float, kappa: float, a: float, n: float) -> float:
        return abs(effect) * sqrt(n / variance(kappa)) - a

    def detectable(n: float, kappa: float, a: float, b: float) -> float | None:
        return (-1 if decrease else 1) * (a + b) * sqrt(variance(kappa) / n)

    return Comparison(size, reached, detectable, "n₁ = (z_α + z_β)² · (σ₁² + σ₂²/κ) ÷ Δ²,  n₂ = κ·n₁", CHOW)


def _deviations(p1: float, p2: float, kappa: float) -> tuple[float, float]:
    mean = (p1 + kappa * p2) / (1 + kappa)
    return sqrt(mean * (1 - mean) * (1 + 1 / kappa)), sqrt(p1 * (1 - p1) + p2 * (1 - p2) / kappa)


def _size(p1: float, p2: float, kappa: float, a: float, b: float, method: str) -> float:
    gap = abs(p2 - p1)
    same, apart = _deviations(p1, p2, kappa)
    if method == "unpooled":
        return ((a + b) * apart / gap) ** 2
    if method == "arcsine":
        return (a + b) ** 2 * (1 + 1 / kappa) / _arcs(p1, p2) ** 2
    pooled = ((a * same + b * apart) / gap) ** 2
    if method == "pooled":
        return pooled
    return pooled / 4 * (1 + sqrt(1 + 2 * (1 + kappa) / (kappa * pooled * gap))) ** 2


def _reached(p1: float, p2: float, kappa: float, a: float, n: float, method: str) -> float:
    gap = abs(p2 - p1)
    same, apart = _deviations(p1, p2, kappa)
    if method == "unpooled":
        return gap * sqrt(n) / apart - a
    if method == "arcsine":
        return abs(_arcs(p1, p2)) * sqrt(n / (1 + 1 / kappa)) - a
    if method == "continuity":
        n *= max(0.0, 1 - (1 + kappa) / (2 * kappa * n * gap)) ** 2
    return (gap * sqrt(n) - a * same) / apart


def _arcs(p1: float, p2: float) -> float:
    return 2 * asin(sqrt(p2)) - 2 * asin(sqrt(p1))
