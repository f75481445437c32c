"""How many units show that a guardrail is not hurt by more than its margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.ab_plan import ALPHA, POWER, checked_shares
from mlsd.sizing.comparison import CHOW
from mlsd.sizing.normal import critical, quantile
from mlsd.sizing.working import Input, Value, Working

FORMULA = "n₁ = (z_α + z_β)² · (v₁ + v₂/κ) ÷ (margin − expected harm)²,  n₂ = κ·n₁,  one-sided"


@dataclass(frozen=True)
class NonInferiority:
    """Units of control and treatment, rounded up; ``total`` None where no sample is large enough."""

    arms: tuple[int, ...]
    total: int | None
    working: Working

    @property
    def note(self) -> Message | None:
        """Why there is no answer."""
        return self.working.note


def non_inferior_rate(
    baseline_rate: Value,
    *,
    margin: Value,
    expected_harm: Value | None = None,
    lower_is_better: bool = False,
    alpha: Value | None = None,
    power: Value | None = None,
    shares: Sequence[float] = (0.5, 0.5),
) -> NonInferiority:
    """A rate must not get worse by ``margin`` (absolute, above 0).

    ``expected_harm`` is the true worsening one reckons with (absolute, 0 unless given, below the margin; negative
    for an improvement), ``lower_is_better`` the direction of the metric. One-sided at ``alpha`` (.05), ``power``
    .8. With more arms each treatment is compared with control. Source: Chow et al., Sample Size Calculations in
    Clinical Research, ch. 4.
    """
    rate = domain.inner_share(Message("baseline rate"), baseline_rate)
    harm = _harm(expected_harm)
    treated = rate.value + (harm.value if lower_is_better else -harm.value)
    limit = domain.number(Message("margin"), margin, at_least=domain.SMALLEST, at_most=1.0)
    if not 0 < treated < 1:
        why = Message("The rate would be {rate}, and a rate lies between 0 and 1.", rate=treated)
        return NonInferiority((), None, Working(FORMULA, (rate, limit, harm), None, "units", CHOW, why))
    variances = (rate.value * (1 - rate.value), treated * (1 - treated))
    return _sized(variances, (rate,), limit, harm, alpha, power, shares)


def non_inferior_mean(
    sd: Value,
    *,
    margin: Value,
    expected_harm: Value | None = None,
    alpha: Value | None = None,
    power: Value | None = None,
    shares: Sequence[float] = (0.5, 0.5),
) -> NonInferiority:
    """A mean must not get worse by ``margin`` (absolute, above 0); ``sd`` between units. Otherwise as for a rate."""
    deviation = domain.positive(Message("standard deviation"), sd)
    limit = domain.positive(Message("margin"), margin)
    variances = (deviation.value**2, deviation.value**2)
    return _sized(variances, (deviation,), limit, _harm(expected_harm), alpha, power, shares)


def _harm(value: Value | None) -> Input:
    most = domain.LARGEST
    return domain.number(Message("expected harm"), value, at_least=-most, at_most=most, default=0.0)


def _sized(
    variances: tuple[float, float],
    given: tuple[Input, ...],
    margin: Input,
    harm: Input,
    alpha: Value | None,
    power: Value | None,
    shares: Sequence[float],
) -> NonInferiority:
    level = domain.number(Message("alpha"), alpha, at_least=1e-9, at_most=0.5, default=ALPHA)
    sure = domain.number(Message("power"), power, at_least=0.5, below=1.0, default=POWER)
    split = checked_shares(shares)
    inputs = (*given, margin, harm, level, sure)
    room = margin.value - harm.value
    if room <= 0:
        why = Message("The harm expected reaches the margin: no test can show that it stays below.")
        return NonInferiority((), None, Working(FORMULA, inputs, None, "units", CHOW, why))
    z = critical(level.value, 1) + quantile(sure.value)
    kappa = min(split[1:]) / split[0]
    control = (z / room) ** 2 * (variances[0] + variances[1] / kappa)
    if control / split[0] > domain.LARGEST:
        why = Message("More than {most} units would be needed.", most=domain.LARGEST)
        return NonInferiority((), None, Working(FORMULA, inputs, None, "units", CHOW, why))
    arms = tuple(max(1, ceil(control * share / split[0] - 1e-9)) for share in split)
    return NonInferiority(arms, sum(arms), Working(FORMULA, inputs, float(sum(arms)), "units", CHOW))
