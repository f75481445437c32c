"""The standard deviation that a test of means needs: ratio metrics, CUPED, and the split that suits unequal ones."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working

DELTA = "Deng, Knoblich, Lu: Applying the Delta Method in Metric Analytics (2018)"
CUPED = "Deng, Xu, Kohavi, Walker: Improving the Sensitivity of Online Controlled Experiments (2013)"
NEYMAN = "Neyman: On the Two Different Aspects of the Representative Method (1934)"
DUNNETT = "Dunnett: A Multiple Comparison Procedure for Comparing Several Treatments with a Control (1955)"


class Split(NamedTuple):
    """Shares of the arms, control first, that need the fewest units, and the inflation of an even split against it."""

    shares: tuple[float, ...]
    working: Working


def ratio_sd(
    numerator_mean: Value, numerator_sd: Value, denominator_mean: Value, denominator_sd: Value, correlation: Value
) -> Working:
    """Standard deviation, per randomised unit, of a ratio of sums such as clicks ÷ impressions (delta method).

    Means and deviations are of the unit's own numerator and denominator (clicks and impressions of one person), the
    correlation is between them (−1 to 1). Pass the result to ``two_means`` with the ratio as its mean. Raises
    ValueRefused for a value outside its range, such as a denominator with mean zero.
    """
    top = domain.amount(Message("mean of the numerator"), numerator_mean)
    top_sd = domain.amount(Message("deviation of the numerator"), numerator_sd)
    bottom = domain.positive(Message("mean of the denominator"), denominator_mean)
    bottom_sd = domain.amount(Message("deviation of the denominator"), denominator_sd)
    rho = domain.number(Message("correlation"), correlation, at_least=-1.0, at_most=1.0)
    ratio = top.value / bottom.value
    shared = 2 * ratio * rho.value * top_sd.value * bottom_sd.value
    variance = (top_sd.value**2 + (ratio * bottom_sd.value) ** 2 - shared) / bottom.value**2
    formula = "σ² = (σₓ² + R²·σᵧ² − 2·R·ρ·σₓ·σᵧ) ÷ ȳ²,  R = x̄ ÷ ȳ"
    return Working(formula, (top, top_sd, bottom, bottom_sd, rho), sqrt(max(0.0, variance)), "", DELTA)


def cuped_sd(sd: Value, correlation: Value) -> Working:
    """Standard deviation left after CUPED with a covariate from before the test, of this correlation: σ·√(1 − ρ²)."""
    plain = domain.positive(Message("standard deviation"), sd)
    rho = domain.number(Message("correlation"), correlation, above=-1.0, below=1.0)
    return Working("σ·√(1 − ρ²)", (plain, rho), plain.value * sqrt(1 - rho.value**2), "", CUPED)


def optimal_split(sds: Sequence[Value]) -> Split:
    """The split of two arms with unequal deviations that needs the fewest units: shares ∝ standard deviations.

    With more arms of which each is compared with control only, control is weighted by √(number of treatments).
    The working's result is the total at even shares ÷ the total at this split. Raises ValueRefused for fewer than two
    deviations or one that is not positive.
    """
    if len(sds) < 2:
        raise ValueRefused(Message("A split needs the deviations of at least two arms, control first."))
    given: tuple[Input, ...] = tuple(domain.positive(Message("standard deviation"), sd) for sd in sds)
    treatments = len(given) - 1
    weights = [given[0].value * sqrt(treatments), *(sd.value for sd in given[1:])]
    whole = sum(weights)
    spread = sum(sd.value**2 for sd in given[1:])
    even = (treatments * given[0].value ** 2 + spread) * len(given)
    formula = "wᵢ ∝ σᵢ, control by √k for k treatments; gain = (1 + k)·(k·σ₀² + Σσᵢ²) ÷ (√k·σ₀ + Σσᵢ)²"
    source = NEYMAN if treatments == 1 else f"{NEYMAN}; {DUNNETT}"
    return Split(tuple(w / whole for w in weights), Working(formula, given, even / whole**2, "", source))
