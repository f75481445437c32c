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
    """How fast units come, and how long there is: new ones every day, or a week's units of which a share returns."""

    daily: Input | None
    exposure: Input | None
    ramp: Input | None
    window: Input | None
    weekly: Input | None = None
    returning: Input | None = None

    @property
    def known(self) -> bool:
        """Whether it is said how fast units come."""
        return self.daily is not None or self.weekly is not None

    def time(self, total: float | Input) -> Duration | None:
        """Days until so many units are enrolled and mature."""
        if self.weekly is not None:
            from mlsd.sizing.weeks import days_of_weeks

            return days_of_weeks(total, self.weekly, self.returning, self.exposure, self.ramp, self.window)
        return None if self.daily is None else days(total, self.daily, self.exposure, self.ramp, self.window)

    def units(self, time: Input) -> Working:
        """Units that mature within some days."""
        if self.weekly is not None:
            from mlsd.sizing.weeks import units_in_weeks

            return units_in_weeks(time, self.weekly, self.returning, self.exposure, self.ramp, self.window)
        if self.daily is None:
            raise UsageError(
                Message("Days say nothing without the units of a day."), Message("Give them, for example: --daily 30k")
            )
        return units_in(time, self.daily, self.exposure, self.ramp, self.window)


def pace(daily: str | None, exposure: str | None, ramp: str | None, window: str | None, weekly: str | None,
         returning: str | None) -> Pace:  # fmt: skip
    """The pace behind its flags; a day's units or a week's, not both."""
    if daily is not None and weekly is not None:
        raise UsageError(
            Message("{flag} and {other} say the same in two ways.", flag="--daily", other="--weekly"),
            Message("Give --daily for new units of each day, or --weekly with --returning."),
        )
    if returning is not None and weekly is None:
        raise UsageError(
            Message("{flag} says nothing without {other}.", flag="--returning", other="--weekly"),
            Message("Give it, for example: {flag} {example}", flag="--weekly", example="1.4M"),
        )
    return Pace(
        read("--daily", daily, quantity.count),
        read("--exposure", exposure, quantity.share),
        read("--ramp", ramp, quantity.in_days),
        read("--window", window, quantity.in_days),
        read("--weekly", weekly, quantity.count),
        read("--returning", returning, quantity.share),
    )


class Asked(NamedTuple):
    """One question about a test: two of sample, effect and power are given."""

    rate: Input | None
    mean: Input | None
    sd: Input | None
    sd_treatment: Input | None
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
                self.sd, mean=self.mean, sd_treatment=self.sd_treatment, effect_relative=relative,
                effect_absolute=absolute, total=self.total, alpha=self.alpha, power=self.power, shares=self.shares,
                sides=self.sides, decrease=self.decrease,
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

    how = {"bonferroni": corrections.bonferroni, "sidak": corrections.sidak, "holm": corrections.bonferroni}[correction]
    working = how(found or Input(Message("alpha"), ALPHA, origin="default"), comparisons)
    if correction == "holm":
        note = Message("Holm's first step asks as much as Bonferroni, so the test is sized alike; see: mlsd size holm")
        working = working.with_note(note)
    return working.as_input(Message("alpha of one comparison")), working


class Measured(NamedTuple):
    """What two means are compared by: the mean today, both deviations, and how they were computed."""

    mean: Input | None
    sd: Input | None
    sd_treatment: Input | None
    made: list[Working]


def measured(rate: str | None, mean: str | None, sd: str | None, other: str | None, ratio: str | None,
             cuped: str | None) -> Measured:  # fmt: skip
    """Mean and deviations as they are given, or of a ratio, less what CUPED explains."""
    today, spread, treated = (
        read(flag, text, quantity.number) for flag, text in (("--mean", mean), ("--sd", sd), ("--sd-treatment", other))
    )
    made: list[Working] = []
    if ratio is not None:
        _alone("--ratio", {"--mean": mean, "--sd": sd, "--baseline-rate": rate})
        today, working = _ratio(ratio)
        made.append(working)
        spread = working.as_input(Message("deviation of the ratio"))
    elif spread is not None:
        _alone("--sd", {"--baseline-rate": rate})
    for flag, text in (("--cuped", cuped), ("--sd-treatment", other), ("--mean", mean)):
        if text is not None and spread is None:
            raise UsageError(
                Message("{flag} says nothing without {other}.", flag=flag, other="--sd"),
                Message("Give it, for example: {flag} {example}", flag="--sd", example="12"),
            )
    rho = read("--cuped", cuped, quantity.number)
    if rho is None or spread is None:
        return Measured(today, spread, treated, made)
    from mlsd.sizing.variance import cuped_sd

    first = cuped_sd(spread, rho)
    second = None if treated is None else cuped_sd(treated, rho)
    made += [first] if second is None else [first, second]
    name = Message("deviation after CUPED")
    return Measured(today, first.as_input(name), second.as_input(name) if second else None, made)


def _alone(flag: str, others: dict[str, str | None]) -> None:
    """Refuse flags that say again what ``flag`` says."""
    for other, text in others.items():
        if text is not None:
            raise UsageError(
                Message("{flag} and {other} say the same in two ways.", flag=flag, other=other),
                Message("Leave one of them out."),
            )


def _ratio(text: str) -> tuple[Input, Working]:
    """Mean and deviation of a ratio metric from five numbers."""
    from mlsd.cli.calculators.flags import listed
    from mlsd.sizing.variance import ratio_sd

    numbers = listed("--ratio", text, quantity.number)
    if len(numbers) != 5:
        raise UsageError(
            Message("--ratio: “{text}” is not five numbers.", text=text),
            Message("Mean and deviation of the numerator, of the denominator, their correlation: 1.2,3,24,30,0.5"),
        )
    working = ratio_sd(*numbers)
    return Input(Message("ratio today"), numbers[0] / numbers[2], "", "--ratio", "computed"), working
