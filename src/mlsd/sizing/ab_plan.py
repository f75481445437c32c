"""The answer to an A/B question, and how it is found; ``ab_test`` asks."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Literal, NamedTuple

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.comparison import Comparison
from mlsd.sizing.normal import cdf, critical, quantile
from mlsd.sizing.working import Input, Value, Working

ALPHA, POWER = 0.05, 0.8
WEAK_BELOW = 150
"""Expected conversions in an arm below which the normal approximation is called weak."""


class AbTest(NamedTuple):
    """A test's size, effect and power. Counts are units (people, sessions …), effects signed, relative ones shares.

    Where the question has no answer the computed numbers are None, ``arms`` is empty and ``note`` says why.
    ``inflation`` is total ÷ total at equal shares by the same method.
    """

    solved: Literal["sample", "mde", "power"]
    method: str
    alpha: float
    power: float | None
    sides: int
    shares: tuple[float, ...]
    baseline: float | None
    effect_absolute: float | None
    effect_relative: float | None
    arms: tuple[int, ...]
    inflation: float | None
    working: Working
    pair: Comparison

    @property
    def control(self) -> int | None:
        """Units in control."""
        return self.arms[0] if self.arms else None

    @property
    def treatment(self) -> int | None:
        """Units in the first treatment."""
        return self.arms[1] if self.arms else None

    @property
    def total(self) -> int | None:
        """Units in all arms."""
        return sum(self.arms) if self.arms else None

    @property
    def note(self) -> Message | None:
        """Why there is no answer, or how far it can be trusted."""
        return self.working.note


def checked_shares(shares: Sequence[float]) -> tuple[float, ...]:
    """Shares of the arms, made to sum to exactly 1; ValueRefused if they are off by more than .002."""
    found = [domain.inner_share(Message("share of an arm"), share).value for share in shares]
    if len(found) < 2:
        raise ValueRefused(Message("A split needs at least two shares: control first, then each treatment."))
    whole = sum(found)
    if abs(whole - 1) > 0.002:
        raise ValueRefused(
            Message("The shares of the split sum to {total}; they must sum to 1.", total=round(whole, 6))
        )
    return tuple(share / whole for share in found)


def _power(power: Value | None) -> Input:
    return domain.number(Message("power"), power, at_least=0.5, below=1.0, default=POWER)


def _sample(total: Value) -> Input:
    return domain.number(Message("sample"), total, unit="units", at_least=2, at_most=domain.LARGEST)


class Plan:
    """One question about a test, checked; ``solve`` answers it."""

    def __init__(
        self,
        metric: Literal["proportion", "mean"],
        pair: Comparison,
        method: str,
        base: Input | None,
        inputs: tuple[Input, ...],
        effect: Input | None,
        shares: Sequence[float],
        sides: int,
        alpha: Value | None,
        power: Value | None,
        total: Value | None,
        impossible: Message | None,
    ) -> None:
        if sides not in (1, 2):
            raise ValueRefused(Message("A test has 1 or 2 sides; it is {sides}.", sides=sides))
        if effect is None and total is None:
            raise ValueRefused(Message("Give the effect to get the sample, or the sample to get the effect."))
        if effect is not None and total is not None and power is not None:
            raise ValueRefused(Message("Effect, sample and power are all given; leave out the one to compute."))
        self.metric, self.pair, self.method, self.base = metric, pair, method, base
        self.effect, self.sides = effect, sides
        self.impossible = impossible
        self.shares = checked_shares(shares)
        self.alpha = domain.number(Message("alpha"), alpha, at_least=1e-9, at_most=0.5, default=ALPHA)
        solving_power = effect is not None and total is not None
        self.power = None if solving_power else _power(power)
        self.total = None if total is None else _sample(total)
        self.a = critical(self.alpha.value, sides)
        self.inputs = (*inputs, *(i for i in (effect, self.total, self.alpha, self.power) if i is not None))

    def solve(self) -> AbTest:
        """Compute what was left open."""
        if self.effect is None:
            return self._mde()
        if self.total is None:
            return self._sample(self.effect.value)
        return self._power(self.effect.value, self.total.value)

    def _sample(self, effect: float) -> AbTest:
        b = quantile(self.power.value) if self.power else 0.0
        if self.impossible:
            return self._answer("sample", effect, (), b, self.impossible)
        control = self._control(effect, self.shares, b)
        if control / self.shares[0] > domain.LARGEST:
            why = Message("More than {most} units would be needed.", most=domain.LARGEST)
            return self._answer("sample", effect, (), b, why)
        return self._answer("sample", effect, _rounded_up(control, self.shares), b)

    def _mde(self) -> AbTest:
        total = self.total.value if self.total else 0.0
        b = quantile(self.power.value) if self.power else 0.0
        first = self.shares[0]
        found = [self.pair.detectable(total * first, share / first, self.a, b) for share in self.shares[1:]]
        known = [effect for effect in found if effect is not None]
        if len(known) < len(found):
            why = Message("No rate between 0 and 1 differs enough to be found with so few units.")
            return self._answer("mde", None, (), b, why)
        return self._answer("mde", max(known, key=abs), divided(total, self.shares), b)

    def _power(self, effect: float, total: float) -> AbTest:
        if self.impossible:
            return self._answer("power", effect, (), None, self.impossible)
        control = total * self.shares[0]
        b = min(self.pair.reached(effect, share / self.shares[0], self.a, control) for share in self.shares[1:])
        return self._answer("power", effect, divided(total, self.shares), b)

    def _control(self, effect: float, shares: tuple[float, ...], b: float) -> float:
        return max(self.pair.size(effect, share / shares[0], self.a, b) for share in shares[1:])

    def _answer(
        self,
        solved: Literal["sample", "mde", "power"],
        effect: float | None,
        arms: tuple[int, ...],
        b: float | None,
        note: Message | None = None,
    ) -> AbTest:
        power = self.power.value if self.power else (None if b is None else cdf(b))
        relative = effect / abs(self.base.value) if effect is not None and self.base and self.base.value else None
        answers = {"sample": float(sum(arms)) if arms else None, "mde": effect, "power": power}
        answer = None if note else answers[solved]
        note = note or self._weak(effect, arms)
        unit = {"sample": "units", "mde": "", "power": ""}[solved]
        working = Working(self.pair.formula, self.inputs, answer, unit, self.pair.source, note)
        return AbTest(
            solved,
            self.method,
            self.alpha.value,
            power,
            self.sides,
            self.shares,
            self.base.value if self.base else None,
            _tidy(effect),
            _tidy(relative),
            arms,
            self._inflation(effect, arms, b),
            working,
            self.pair,
        )

    def _inflation(self, effect: float | None, arms: tuple[int, ...], b: float | None) -> float | None:
        if effect is None or b is None or not arms or self.a + b <= 0:
            return None
        even = (1 / len(arms),) * len(arms)
        control = self._control(effect, even, b)
        if self.total is None:
            return sum(arms) / sum(_rounded_up(control, even))
        return self._control(effect, self.shares, b) / self.shares[0] / (control * len(arms))

    def _weak(self, effect: float | None, arms: tuple[int, ...]) -> Message | None:
        if self.metric == "mean" or effect is None or self.base is None or not arms:
            return None
        rates = (self.base.value, *(self.base.value + effect for _ in arms[1:]))
        fewest = min(units * min(rate, 1 - rate) for units, rate in zip(arms, rates, strict=True))
        if fewest >= WEAK_BELOW:
            return None
        return Message(
            "An arm expects about {count} conversions; below {least} the normal approximation is weak.",
            count=round(fewest),
            least=WEAK_BELOW,
        )


def _rounded_up(control: float, shares: tuple[float, ...]) -> tuple[int, ...]:
    return tuple(max(1, ceil(control * share / shares[0] - 1e-9)) for share in shares)


def _tidy(value: float | None) -> float | None:
    """Without the last digits, which are rounding error: .1, not .10000000000000002."""
    return None if value is None else float(f"{value:.13g}")


def divided(total: float, shares: tuple[float, ...]) -> tuple[int, ...]:
    """A total dealt out in whole units, the remainder to control."""
    treated = [floor(total * share + 1e-9) for share in shares[1:]]
    return (floor(total) - sum(treated), *treated)
