"""How many units show that a guardrail is not hurt by more than its margin."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from typing import Literal, NamedTuple

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.ab_plan import ALPHA, POWER, checked_shares, divided
from mlsd.sizing.comparison import CHOW
from mlsd.sizing.normal import critical, quantile
from mlsd.sizing.working import Input, Value, Working

FORMULA = "n₁ = (z_α + z_β)² · (v₁ + v₂/κ) ÷ (margin − expected harm)²,  n₂ = κ·n₁,  one-sided"


class NonInferiority(NamedTuple):
    """Units of each arm (control first) and the margin, absolute, that they can exclude; which of them was ``solved``.

    Without an answer ``arms`` is empty, or ``margin`` None, and ``note`` says why.
    """

    solved: Literal["sample", "margin"]
    arms: tuple[int, ...]
    margin: float | None
    working: Working

    @property
    def total(self) -> int | None:
        """Units in all arms."""
        return sum(self.arms) if self.arms else None

    @property
    def note(self) -> Message | None:
        """Why there is no answer."""
        return self.working.note


def stops_at(today: Value, margin: Value, *, lower_is_better: bool = False) -> Working:
    """The value of a guardrail at which its margin is used up."""
    level = domain.number(Message("number today"), today, at_least=-domain.LARGEST, at_most=domain.LARGEST)
    most = domain.number(Message("margin"), margin, at_least=0.0, at_most=domain.LARGEST)
    worse = most.value if lower_is_better else -most.value
    formula = "today + margin" if lower_is_better else "today − margin"
    return Working(formula, (level, most), domain.tidy(level.value + worse), "", "Arithmetic")


def non_inferior_rate(
    baseline_rate: Value,
    *,
    margin: Value | None = None,
    total: Value | None = None,
    expected_harm: Value | None = None,
    lower_is_better: bool = False,
    alpha: Value | None = None,
    power: Value | None = None,
    shares: Sequence[float] = (0.5, 0.5),
) -> NonInferiority:
    """A rate must not get worse by ``margin`` (absolute, above 0): the sample that shows it, or the margin of a sample.

    Give ``margin`` to get the sample, or ``total``, units in all arms, to get the smallest margin that it can
    exclude.

    ``expected_harm`` is the true worsening one reckons with (absolute, 0 unless given, below the margin; negative
    for an improvement), ``lower_is_better`` the direction of the metric. One-sided at ``alpha`` (.05), ``power``
    .8. With more arms each treatment is compared with control. Source: Chow et al., Sample Size Calculations in
    Clinical Research, ch. 4.
    """
    rate = domain.inner_share(Message("baseline rate"), baseline_rate)
    harm = _harm(expected_harm)
    treated = rate.value + (harm.value if lower_is_better else -harm.value)
    limit = None if margin is None else domain.number(Message("margin"), margin, at_least=domain.SMALLEST, at_most=1.0)
    plan = _Plan((rate,), limit, total, harm, alpha, power, shares)
    if not 0 < treated < 1:
        why = Message("The rate would be {rate}, and a rate lies between 0 and 1.", rate=domain.tidy(treated))
        return plan.answer((), None, why)
    return plan.solve(rate.value * (1 - rate.value), treated * (1 - treated))


def non_inferior_mean(
    sd: Value,
    *,
    margin: Value | None = None,
    total: Value | None = None,
    expected_harm: Value | None = None,
    alpha: Value | None = None,
    power: Value | None = None,
    shares: Sequence[float] = (0.5, 0.5),
) -> NonInferiority:
    """A mean must not get worse by ``margin`` (absolute, above 0); ``sd`` between units. Otherwise as for a rate."""
    deviation = domain.positive(Message("standard deviation"), sd)
    limit = None if margin is None else domain.positive(Message("margin"), margin)
    plan = _Plan((deviation,), limit, total, _harm(expected_harm), alpha, power, shares)
    return plan.solve(deviation.value**2, deviation.value**2)


def _harm(value: Value | None) -> Input:
    most = domain.LARGEST
    return domain.number(Message("expected harm"), value, at_least=-most, at_most=most, default=0.0)


class _Plan:
    """One question about a guardrail, checked."""

    def __init__(
        self,
        given: tuple[Input, ...],
        margin: Input | None,
        total: Value | None,
        harm: Input,
        alpha: Value | None,
        power: Value | None,
        shares: Sequence[float],
    ) -> None:
        if (margin is None) == (total is None):
            raise ValueRefused(Message("Give the margin to get the sample, or the sample to get the margin."))
        self.margin, self.harm = margin, harm
        self.total = (
            None
            if total is None
            else domain.number(Message("sample"), total, unit="units", at_least=2, at_most=domain.LARGEST)
        )
        level = domain.number(Message("alpha"), alpha, at_least=1e-9, at_most=0.5, default=ALPHA)
        sure = domain.number(Message("power"), power, at_least=0.5, below=1.0, default=POWER)
        self.shares = checked_shares(shares)
        self.kappa = min(self.shares[1:]) / self.shares[0]
        self.z = critical(level.value, 1) + quantile(sure.value)
        self.inputs = (*given, *(i for i in (margin, self.total) if i is not None), harm, level, sure)

    def solve(self, first: float, second: float) -> NonInferiority:
        """Sample or margin, from the variances of one unit in control and in treatment."""
        variance = first + second / self.kappa
        if self.total is not None:
            control = self.total.value * self.shares[0]
            arms = divided(self.total.value, self.shares)
            return self.answer(arms, max(0.0, self.harm.value + self.z * sqrt(variance / control)))
        room = (self.margin.value if self.margin else 0.0) - self.harm.value
        if room <= 0:
            why = Message("The harm expected reaches the margin: no test can show that it stays below.")
            return self.answer((), None, why)
        control = (self.z / room) ** 2 * variance
        if control / self.shares[0] > domain.LARGEST:
            return self.answer((), None, Message("More than {most} units would be needed.", most=domain.LARGEST))
        arms = tuple(max(1, ceil(control * share / self.shares[0] - 1e-9)) for share in self.shares)
        return self.answer(arms, self.margin.value if self.margin else None)

    def answer(self, arms: tuple[int, ...], margin: float | None, note: Message | None = None) -> NonInferiority:
        """The result with its working."""
        if self.total is not None:
            return NonInferiority("margin", arms, margin, Working(FORMULA, self.inputs, margin, "", CHOW, note))
        found = float(sum(arms)) if arms else None
        return NonInferiority("sample", arms, margin, Working(FORMULA, self.inputs, found, "units", CHOW, note))
