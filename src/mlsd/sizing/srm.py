"""Sample ratio mismatch: do the arms hold the shares they should?"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma, log
from typing import NamedTuple

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.ab_plan import checked_shares
from mlsd.sizing.working import Input, Value, Working

SOURCE = "Fabijan et al.: Diagnosing Sample Ratio Mismatch in Online Controlled Experiments (2019)"
ALARM = 0.001


class Srm(NamedTuple):
    """χ² of the observed counts, its p-value, the counts expected, and whether it is a mismatch (p below the alarm)."""

    chi2: float | None
    p: float | None
    expected: tuple[float, ...]
    mismatch: bool | None
    working: Working


def srm_check(observed: Sequence[Value], shares: Sequence[float], alarm: Value | None = None) -> Srm:
    """Test observed counts (whole, control first) against the planned shares; alarm at p < .001 unless given.

    With fewer than five units expected in an arm there is no answer. Raises ValueRefused for counts that are
    negative or not whole, shares that do not sum, or lists of different length.
    """
    split = checked_shares(shares)
    counts: tuple[Input, ...] = tuple(domain.whole(Message("units observed"), n, "units", 0) for n in observed)
    limit = domain.number(Message("alarm level"), alarm, above=0, at_most=0.5, default=ALARM)
    if len(counts) != len(split):
        raise ValueRefused(
            Message(
                "The counts are {counts} and the shares {shares}: give one count for each arm.",
                counts=len(counts),
                shares=len(split),
            )
        )
    total = sum(n.value for n in counts)
    expected = tuple(total * share for share in split)
    formula = "χ² = Σ (observed − expected)² ÷ expected,  arms − 1 degrees of freedom"
    inputs = (*counts, limit)
    if min(expected) < 5:
        why = Message("Fewer than five units are expected in an arm: too few to tell.")
        return Srm(None, None, expected, None, Working(formula, inputs, None, "", SOURCE, why))
    chi2 = sum((n.value - e) ** 2 / e for n, e in zip(counts, expected, strict=True))
    p = chi2_tail(chi2, len(counts) - 1)
    return Srm(chi2, p, expected, p < limit.value, Working(formula, inputs, chi2, "", SOURCE))


def chi2_tail(x: float, freedom: int) -> float:
    """Probability that a χ² value with so many degrees of freedom exceeds x (regularised incomplete gamma function)."""
    a, h = freedom / 2, x / 2
    if h <= 0:
        return 1.0
    front = exp(-h + a * log(h) - lgamma(a))
    if h < a + 1:
        term = total = 1 / a
        n = a
        while term > total * 1e-16:
            n += 1
            term *= h / n
            total += term
        return max(0.0, 1 - front * total)
    b = h + 1 - a
    c, d = 1e300, 1 / b
    fraction = d
    for i in range(1, 10_000):
        odd = -i * (i - a)
        b += 2
        d = 1 / (odd * d + b)
        c = b + odd / c
        fraction *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return front * fraction
