"""What the A/B test needs, what its split costs, how long it takes, and what can be seen in the time there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd.derived.fact import Derived, derive
from mlsd.derived.home import baseline_rate, metric_at, primary
from mlsd.derived.read import given, needs
from mlsd.design import Design
from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.ab_test import ALPHA, AbTest, two_means, two_proportions
from mlsd.sizing.corrections import bonferroni
from mlsd.sizing.duration import Duration, days, units_in
from mlsd.sizing.working import Input, Working

Pace = tuple[Input | None, Input | None, Input | None]
"""Exposure, days of ramp, days of the window."""
EVEN = (0.5, 0.5)
RATE = "ab_test.baseline_rate"
WITHOUT_SAMPLE = frozenset({"shadow", "offline", "before_after", "interleaving", "quasi_experiment"})
"""Designs of an experiment whose size does not follow from a rate and an effect."""
CLUSTERS = frozenset({"time_slot", "store", "region"})
"""Units that are clusters themselves, so that the clusters there are can be compared with the sample."""


class Question(NamedTuple):
    """What sizing is asked about the test: the number today, the effect, and how sure one must be."""

    base: Input | None
    sd: Input | None
    mde: Input | None
    relative: bool
    decrease: bool
    shares: tuple[float, ...]
    alpha: Input | None
    power: Input | None

    def answer(self, total: Input | None = None, *, with_effect: bool = True) -> AbTest | None:
        """The test; with ``total`` and no effect, the smallest effect that is seen. None if a number is missing.

        Raises ValueRefused for a number outside its range.
        """
        effect = self.signed() if with_effect else None
        if (effect is None) == with_effect:
            return None
        relative, absolute = (effect, None) if self.relative else (None, effect)
        power = None if total is not None and effect is not None else self.power
        if self.sd is not None:
            return two_means(
                self.sd, mean=self.base, effect_relative=relative, effect_absolute=absolute, total=total,
                alpha=self.alpha, power=power, shares=self.shares, decrease=self.decrease,
            )  # fmt: skip
        if self.base is None or self.is_mean:
            return None
        return two_proportions(
            self.base, effect_relative=relative, effect_absolute=absolute, total=total,
            alpha=self.alpha, power=power, shares=self.shares, decrease=self.decrease,
        )  # fmt: skip

    @property
    def is_mean(self) -> bool:
        """Whether the number today cannot be a rate, so that its deviation must be known."""
        return self.base is not None and self.base.path != RATE and not 0 < self.base.value < 1

    def signed(self) -> Input | None:
        """The effect in the direction in which the metric gets better."""
        if self.mde is None or not self.decrease:
            return self.mde
        return self.mde._replace(value=-abs(self.mde.value))


def question(design: Design) -> Question:
    """What the design asks of its test."""
    test, metric = design.ab_test, primary(design)
    return Question(
        base=baseline_rate(design),
        sd=given(design, "ab_test.sd"),
        mde=given(design, "ab_test.mde.value"),
        relative=test.mde.kind != "absolute",
        decrease=metric is not None and metric.direction == "down",
        shares=tuple(test.split.values()) or EVEN,
        alpha=alpha(design).as_input() or given(design, "ab_test.alpha"),
        power=given(design, "ab_test.power"),
    )


def alpha(design: Design) -> Derived:
    """The level of one comparison, where several primaries or treatments are corrected for.

    Holm's first step asks as much as Bonferroni; tested in their order (hierarchical) each keeps the whole level.
    """
    test, name = design.ab_test, Message("alpha of one comparison")
    count = max(1, len(test.primary)) * max(1, len(test.split) - 1)
    if count == 1 or test.correction not in ("bonferroni", "holm"):
        return Derived("test.alpha", "ab_test", name, None, ("ab_test.correction",), begun=False)
    level = given(design, "ab_test.alpha") or Input(Message("alpha"), ALPHA, origin="default")
    several = Input(Message("primaries · treatments"), float(count), origin="computed")
    return derive("test.alpha", "ab_test", name, {"ab_test.alpha": level}, lambda whole: bonferroni(whole, several))


def sample(design: Design) -> AbTest | None:
    """The test solved for its size; None where a number is missing or out of its range."""
    try:
        return question(design).answer()
    except ValueRefused:
        return None


def window(design: Design) -> Input | None:
    """Days that the primary metric needs after a unit has entered."""
    found = metric_at(design, design.ab_test.primary[0]) if design.ab_test.primary else None
    return given(design, (*found[0], "window_days")) if found else None


def duration_of(design: Design, total: float | Input) -> Duration | None:
    """Days until so many units are enrolled and mature; None where the daily units are missing or refused."""
    daily = given(design, "ab_test.eligible_units_day")
    if daily is None:
        return None
    try:
        return days(total, daily, *pace_of(design))
    except ValueRefused:
        return None


def pace_of(design: Design) -> Pace:
    """How units come in and mature."""
    return given(design, "ab_test.exposure"), given(design, "ab_test.ramp_days"), window(design)


def experiment(design: Design) -> Iterator[Derived]:
    """Sample, cost of the split, days, and what can be seen in the time there is."""
    if design.ab_test.design in WITHOUT_SAMPLE:
        return
    yield alpha(design)
    total = _sample(design)
    yield total
    yield _inflation(design)
    pace = pace_of(design)
    wanted = {total.id: total.as_input()} | needs(design, "ab_test.eligible_units_day")
    name = Message("days of the test")
    yield derive("test.days", "ab_test", name, wanted, lambda size, units: days(size, units, *pace).working)
    units = units_there(design)
    yield units
    asked = question(design)
    wanted = {units.id: units.as_input()} | _level(asked)
    name = Message("smallest effect seen in the time there is")
    seen = derive("test.detectable", "ab_test", name, wanted, lambda size, *_: _detectable(asked, size))
    yield seen
    yield _relative(seen, asked.base)
    name = Message("power in the time there is")
    wanted |= {"ab_test.mde.value": asked.mde}
    yield derive("test.power", "ab_test", name, wanted, lambda size, *_: _working(asked.answer(size)))

    if design.ab_test.design in ("cluster", "switchback") and design.ab_test.unit in CLUSTERS:
        yield _with_clusters(design, asked)


def _with_clusters(design: Design, asked: Question) -> Derived:
    """What the clusters that there are can show; each of them is one unit."""
    name = Message("smallest effect seen with the clusters there are")
    wanted = needs(design, "ab_test.clusters") | _level(asked)
    return derive("test.cluster_effect", "ab_test", name, wanted, lambda count, *_: _detectable(asked, count))


def units_there(design: Design) -> Derived:
    """The units that are in the test for long enough."""
    name = Message("units that mature in the time there is")
    wanted = needs(design, "ab_test.duration_days", "ab_test.eligible_units_day")
    pace = pace_of(design)
    return derive("test.units", "ab_test", name, wanted, lambda time, each: units_in(time, each, *pace))


def _sample(design: Design) -> Derived:
    asked = question(design)
    wanted = {"ab_test.mde.value": asked.mde} | _level(asked)
    name = Message("units that the test needs in all arms")
    return derive("test.sample", "ab_test", name, wanted, lambda *_: _working(asked.answer()), core=True)


def _level(asked: Question) -> dict[str, Input | None]:
    """The number today; a mean needs its deviation too."""
    level: dict[str, Input | None] = {"ab_test.baseline_rate": asked.base or asked.sd}
    if asked.sd is None and asked.is_mean:
        level["ab_test.sd"] = None
    return level


def _inflation(design: Design) -> Derived:
    found = sample(design)
    name = Message("units at this split against an even one")
    if found is None or found.inflation is None or found.total is None:
        return Derived("test.inflation", "ab_test", name, None, ("test.sample",), begun=False)
    even = found.total / found.inflation
    total = Input(Message("units at this split"), float(found.total), "units", "test.sample", "computed")
    other = Input(Message("units at equal shares"), even, "units", None, "computed")
    source = found.working.source
    working = Working("units at this split ÷ units at equal shares", (total, other), found.inflation, "×", source)
    return Derived("test.inflation", "ab_test", name, working)


def cost_of_split(design: Design) -> float | None:
    """Units at these shares over units at equal ones; the size of the effect does not matter, so any will do."""
    shares = tuple(design.ab_test.split.values())
    try:
        return two_means(1.0, effect_absolute=1e-4, shares=shares).inflation
    except ValueRefused:
        return None


def _relative(seen: Derived, base: Input | None) -> Derived:
    """The same effect against the number today."""

    def compute(effect: Input, today: Input) -> Working:
        level = domain.positive(Message("today"), abs(today.value))
        return Working("effect ÷ today", (effect, today), effect.value / level.value, "", "Arithmetic")

    wanted = {seen.id: seen.as_input(), "ab_test.baseline_rate": base}
    name = Message("the same effect, relative")
    return derive("test.detectable_relative", "ab_test", name, wanted, compute)


def _detectable(asked: Question, size: Input) -> Working | None:
    found = asked.answer(size, with_effect=False)
    return found.working if found else None


def _working(found: AbTest | None) -> Working | None:
    return found.working if found else None
