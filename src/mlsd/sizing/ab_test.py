"""How many units an A/B test needs, what it can detect, and with which power.

Two proportions or two means, any split between any number of arms. Of sample, effect and power two are given and
the third is computed. With more than two arms every treatment is compared with control (the first share) and the
hardest comparison decides; a correction for many comparisons goes into ``alpha`` (see ``corrections``).
"""

from __future__ import annotations

from collections.abc import Sequence

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import comparison, domain
from mlsd.sizing.ab_plan import ALPHA, POWER, AbTest, Plan
from mlsd.sizing.comparison import METHODS
from mlsd.sizing.duration import Duration, days
from mlsd.sizing.working import Input, Value

__all__ = ["ALPHA", "EVEN", "METHODS", "POWER", "AbTest", "Duration", "days", "two_means", "two_proportions"]

EVEN = (0.5, 0.5)


def two_proportions(
    baseline_rate: Value,
    *,
    effect_relative: Value | None = None,
    effect_absolute: Value | None = None,
    total: Value | None = None,
    alpha: Value | None = None,
    power: Value | None = None,
    shares: Sequence[float] = EVEN,
    sides: int = 2,
    method: str = "pooled",
    decrease: bool = False,
) -> AbTest:
    """Compare a rate in control with the same rate in treatment.

    ``baseline_rate`` is the rate in control, strictly between 0 and 1. The effect is ``effect_relative`` (.05 = 5 %
    more) or ``effect_absolute`` (.0025 = a quarter of a percentage point); negative is a decrease. ``total`` is the
    number of units in all arms. ``shares`` gives control first and sums to 1. ``alpha`` is .05 unless given (up to
    .5), ``power`` .8 (from .5). Leave out ``total`` to get the sample, the effect to get the smallest detectable
    one (downwards with ``decrease``), or ``power``, with effect and total given, to get the power.

    Raises ValueRefused for a value outside its range, a zero effect, shares that do not sum, an unknown method.
    Source: Fleiss et al., Statistical Methods for Rates and Proportions, ch. 4 (the default, pooled z without
    continuity correction); the others are named in ``comparison``.
    """
    if method not in METHODS:
        known = ", ".join(METHODS)
        raise ValueRefused(Message("“{method}” is not a method here; these are: {known}.", method=method, known=known))
    rate = domain.inner_share(Message("baseline rate"), baseline_rate)
    effect, given = _effect(effect_relative, effect_absolute, rate)
    pair = comparison.proportions(rate.value, method, decrease if effect is None else effect.value < 0)
    impossible = None
    if effect is not None and not 0 < rate.value + effect.value < 1:
        reached = rate.value + effect.value
        impossible = Message("The rate would be {rate}, and a rate lies between 0 and 1.", rate=domain.tidy(reached))
    plan = Plan(
        "proportion", pair, method, rate, (rate, *given), effect, shares, sides, alpha, power, total, impossible
    )
    return plan.solve()


def two_means(
    sd: Value,
    *,
    mean: Value | None = None,
    sd_treatment: Value | None = None,
    effect_relative: Value | None = None,
    effect_absolute: Value | None = None,
    total: Value | None = None,
    alpha: Value | None = None,
    power: Value | None = None,
    shares: Sequence[float] = EVEN,
    sides: int = 2,
    decrease: bool = False,
) -> AbTest:
    """Compare a mean in control with the same mean in treatment; ``sd`` is the standard deviation between units.

    ``mean`` is the mean in control, needed for a relative effect; ``sd_treatment`` equals ``sd`` unless given. The
    rest is as in ``two_proportions``. Raises ValueRefused for a value outside its range, a zero effect, shares that
    do not sum. Source: Chow et al., Sample Size Calculations in Clinical Research, ch. 3 (z test, variances known).
    """
    first = domain.positive(Message("standard deviation"), sd)
    second = domain.positive(Message("standard deviation in treatment"), sd_treatment, default=first.value)
    most = domain.LARGEST
    base = None if mean is None else domain.number(Message("mean"), mean, at_least=-most, at_most=most)
    effect, given = _effect(effect_relative, effect_absolute, base)
    pair = comparison.means(first.value, second.value, decrease if effect is None else effect.value < 0)
    inputs = (*(() if base is None else (base,)), first, second, *given)
    return Plan("mean", pair, "z", base, inputs, effect, shares, sides, alpha, power, total, None).solve()


def _effect(
    relative: Value | None, absolute: Value | None, base: Input | None
) -> tuple[Input | None, tuple[Input, ...]]:
    """The effect in the metric's own unit, signed, and the relative one that it was computed from, if it was."""
    if relative is not None and absolute is not None:
        raise ValueRefused(Message("The effect is given twice, relative and absolute; give one of them."))
    if relative is None and absolute is None:
        return None, ()
    name = Message("effect")
    found = domain.number(name, relative if absolute is None else absolute, at_least=-1e9, at_most=1e9)
    field = found.path or name
    given: tuple[Input, ...] = ()
    if absolute is None:
        if base is None or base.value == 0:
            raise ValueRefused(Message("A relative effect needs a mean, not zero; give it, or an absolute effect."))
        given = (Input(Message("relative effect"), found.value, "", found.path, found.origin),)
        found = Input(name, found.value * abs(base.value), origin="computed")
    if abs(found.value) < domain.SMALLEST:
        raise ValueRefused(Message("“{field}” must not be zero: no test is large enough to find nothing.", field=field))
    return found, given
