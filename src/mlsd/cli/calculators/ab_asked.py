"""What ``mlsd size ab`` is asked, read from its flags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlsd.cli.calculators.flags import about, read
from mlsd.design import quantity
from mlsd.errors import Message, UsageError, ValueRefused
from mlsd.sizing.ab_test import AbTest, two_means, two_proportions
from mlsd.sizing.duration import Duration, days, units_in
from mlsd.sizing.working import Input, Working


class Pace(NamedTuple):
    """How fast units come, and how long there is."""

    daily: Input | None
    exposure: Input | None
    ramp: Input | None
    window: Input | None

    def time(self, total: float | Input) -> Duration | None:
        """Days until so many units are enrolled and mature."""
        return None if self.daily is None else days(total, self.daily, self.exposure, self.ramp, self.window)

    def units(self, time: Input) -> Working:
        """Units that mature within some days."""
        if self.daily is None:
            raise UsageError(
                Message("Days say nothing without the units of a day."), Message("Give them, for example: --daily 30k")
            )
        return units_in(time, self.daily, self.exposure, self.ramp, self.window)


class Asked(NamedTuple):
    """One question about a test: two of sample, effect and power are given."""

    rate: Input | None
    mean: Input | None
    sd: Input | None
    effect: Input | None
    relative: bool
    shares: Sequence[float]
    alpha: Input | None
    power: Input | None
    sides: int
    method: str
    total: Input | None
    decrease: bool

    def answer(self) -> AbTest:
        """The test. Raises ValueRefused for a number outside its range."""
        relative, absolute = (self.effect, None) if self.relative else (None, self.effect)
        if self.sd is not None:
            return two_means(
                self.sd, mean=self.mean, effect_relative=relative, effect_absolute=absolute, total=self.total,
                alpha=self.alpha, power=self.power, shares=self.shares, sides=self.sides, decrease=self.decrease,
            )  # fmt: skip
        if self.rate is None:
            raise UsageError(
                Message("This cannot be computed without the number today."),
                Message("Give a rate (--baseline-rate 5%), or a mean and its deviation (--mean 40 --sd 12)."),
            )
        return two_proportions(
            self.rate, effect_relative=relative, effect_absolute=absolute, total=self.total, alpha=self.alpha,
            power=self.power, shares=self.shares, sides=self.sides, method=self.method, decrease=self.decrease,
        )  # fmt: skip

    def answer_if_sized(self) -> AbTest | None:
        """The test if its size is what is asked; looks and clusters change nothing else."""
        return self.answer() if self.effect is not None and self.total is None else None

    def with_total(self, total: Input) -> Asked:
        """The same question about so many units: the effect they show where none is given, else the power."""
        return self._replace(total=total, power=None if self.effect is not None else self.power)


def effect(text: str) -> tuple[Input, bool]:
    """The smallest effect worth seeing, and whether it is relative; a bare number is refused."""
    try:
        found = quantity.effect(text)
    except ValueRefused as error:
        raise about("--mde", error) from None
    return Input("--mde", float(found["value"]), "", "--mde"), found["kind"] == "relative"


def shares(text: str) -> list[float]:
    """The split, control first: ``70/30``, ``60/20/20``."""
    try:
        return quantity.shares(text)
    except ValueRefused as error:
        raise about("--split", error) from None


def level(alpha: str | None, comparisons: int, correction: str) -> tuple[Input | None, Working | None]:
    """Alpha, corrected for several comparisons where there are any, and the working of that."""
    found = read("--alpha", alpha, quantity.share)
    if comparisons == 1:
        return found, None
    from mlsd.sizing import corrections
    from mlsd.sizing.ab_test import ALPHA

    how = {"bonferroni": corrections.bonferroni, "sidak": corrections.sidak}[correction]
    working = how(found if found is not None else ALPHA, comparisons)
    return working.as_input(Message("alpha of one comparison")), working


def deviation(sd: str | None, cuped: str | None) -> tuple[Input | None, Working | None]:
    """The standard deviation, less what CUPED explains, and the working of that."""
    found = read("--sd", sd, quantity.number)
    rho = read("--cuped", cuped, quantity.number)
    if found is None or rho is None:
        return found, None
    from mlsd.sizing.variance import cuped_sd

    working = cuped_sd(found, rho)
    return working.as_input(Message("deviation after CUPED")), working
