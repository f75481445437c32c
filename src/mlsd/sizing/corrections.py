"""Several primaries or several arms: what they do to the false alarm rate, and the alpha that repairs it."""

from __future__ import annotations

from collections.abc import Sequence
from math import expm1, log1p
from typing import NamedTuple

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working

HOLM = "Holm: A Simple Sequentially Rejective Multiple Test Procedure (1979)"
SIDAK = "Šidák: Rectangular Confidence Regions for the Means of Multivariate Normal Distributions (1967)"
DUNN = "Dunn: Multiple Comparisons Among Means (1961)"


class Holm(NamedTuple):
    """Which hypotheses fall, in the order given: ``adjusted`` p-values, and whether each is ``rejected`` at alpha."""

    adjusted: tuple[float, ...]
    rejected: tuple[bool, ...]
    working: Working


def familywise(alpha: Value, comparisons: Value) -> Working:
    """Chance of at least one false alarm in several independent comparisons: 1 − (1 − α)ᵏ; k = 3 at 5 % is 14.3 %."""
    level, count = _level(alpha), _count(comparisons)
    return Working("1 − (1 − α)ᵏ", (level, count), -expm1(count.value * log1p(-level.value)), "", SIDAK)


def bonferroni(alpha: Value, comparisons: Value) -> Working:
    """Alpha for each of k comparisons, whatever their dependence: α ÷ k."""
    level, count = _level(alpha), _count(comparisons)
    return Working("α ÷ k", (level, count), level.value / count.value, "", DUNN)


def sidak(alpha: Value, comparisons: Value) -> Working:
    """Alpha for each of k independent comparisons: 1 − (1 − α)^(1/k)."""
    level, count = _level(alpha), _count(comparisons)
    return Working("1 − (1 − α)^(1/k)", (level, count), -expm1(log1p(-level.value) / count.value), "", SIDAK)


def holm(p_values: Sequence[Value], alpha: Value) -> Holm:
    """Holm's step-down procedure on p-values (0 to 1): never rejects less than Bonferroni, under any dependence.

    To size a test beforehand use ``bonferroni``: Holm's first step asks as much. ValueRefused if there is no p-value.
    """
    level = _level(alpha)
    if not p_values:
        raise ValueRefused(Message("Give at least one p-value."))
    given = [domain.share(Message("p-value"), p) for p in p_values]
    order = sorted(range(len(given)), key=lambda n: given[n].value)
    adjusted = [0.0] * len(given)
    worst = 0.0
    for rank, n in enumerate(order):
        worst = max(worst, min(1.0, (len(given) - rank) * given[n].value))
        adjusted[n] = worst
    rejected = tuple(p <= level.value for p in adjusted)
    formula = "adjusted p₍ᵢ₎ = max over j ≤ i of min(1, (k − j + 1) · p₍ⱼ₎)"
    return Holm(tuple(adjusted), rejected, Working(formula, (*given, level), float(sum(rejected)), "rejected", HOLM))


def _level(alpha: Value) -> Input:
    return domain.number(Message("alpha"), alpha, at_least=1e-9, at_most=0.5)


def _count(comparisons: Value) -> Input:
    return domain.whole(Message("comparisons"), comparisons)
