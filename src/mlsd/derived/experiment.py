"""What the A/B test needs, what its split costs, how long it takes, and what can be seen in the time there is."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.arms import arms
from mlsd.derived.fact import Derived, derive
from mlsd.derived.home import metric_at
from mlsd.derived.question import CLUSTERS, RATE, Question, alpha, is_clustered, needed, question, sample
from mlsd.derived.read import given, needs
from mlsd.design import Design
from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.ab_test import AbTest, two_means
from mlsd.sizing.clusters import clusters_compared
from mlsd.sizing.duration import Duration, days, units_in
from mlsd.sizing.working import Input, Working

Pace = tuple[Input | None, Input | None, Input | None]
"""Exposure, days of ramp, days of the window."""
WITHOUT_SAMPLE = frozenset({"shadow", "offline", "before_after", "interleaving", "quasi_experiment"})
"""Designs of an experiment whose size does not follow from a rate and an effect."""


def window(design: Design) -> Input | None:
    """Days that the primary metric, or the slowest of several, needs after a unit has entered."""
    windows = [found for name in design.ab_test.primary if (found := window_of(design, name))]
    return max(windows, key=lambda found: found.value, default=None)


def window_of(design: Design, identifier: str) -> Input | None:
    """Days that a metric needs after a unit has entered."""
    found = metric_at(design, identifier)
    return given(design, (*found[0], "window_days")) if found else None


def duration_of(design: Design, total: float | Input, matures: Input | None = None) -> Duration | None:
    """Days until so many units are enrolled and mature; None where they are not enrolled day by day, or a number is
    missing or refused. ``matures`` are the days of another metric than the primary.
    """
    daily = given(design, "ab_test.eligible_units_day")
    if daily is None or are_there(design):
        return None
    try:
        return days(total, daily, *pace_of(design, matures))
    except ValueRefused:
        return None


def are_there(design: Design) -> bool:
    """Whether all units of the test are there from its first day: stores and regions are, time slots are not.

    Accounts or other clusters are there if they are counted, or if nobody says that so many come each day.
    """
    test = design.ab_test
    if test.unit in CLUSTERS or test.design != "cluster":
        return test.unit in CLUSTERS and test.unit != "time_slot"
    return test.clusters is not None or test.eligible_units_day is None


def pace_of(design: Design, matures: Input | None = None) -> Pace:
    """How units that are compared come in and mature; ``matures`` are the days of another metric than the primary."""
    exposure, part = given(design, "ab_test.exposure"), arms(design).part
    if part < 1:
        exposure = _compared(part * (exposure.value if exposure else 1.0))
    return exposure, given(design, "ab_test.ramp_days"), matures or window(design)


def _compared(share: float) -> Input:
    return Input(Message("share of the units that are compared"), share, "", "ab_test.split", "computed")


def experiment(design: Design) -> Iterator[Derived]:
    """Sample, cost of the split, days, and what can be seen in the time there is."""
    if design.ab_test.design in WITHOUT_SAMPLE:
        return
    yield alpha(design)
    total = needed(design)
    yield total
    yield _inflation(design)
    if not are_there(design):
        yield _days(design, total)
    units = units_there(design)
    yield units
    asked = question(design)
    wanted = {units.id: units.as_input()} | asked.level()
    name = Message("smallest effect seen in the time there is")
    seen = derive("test.detectable", "ab_test", name, wanted, lambda size, *_: _detectable(asked, size))
    yield seen
    yield _relative(seen, asked.base)
    name = Message("power in the time there is")
    wanted |= {"ab_test.mde.value": asked.mde}
    yield derive("test.power", "ab_test", name, wanted, lambda size, *_: _working(asked.answer(size)))


def _days(design: Design, total: Derived) -> Derived:
    pace = pace_of(design)
    wanted = {total.id: total.as_input()} | needs(design, "ab_test.eligible_units_day")
    name = Message("days of the test")
    return derive("test.days", "ab_test", name, wanted, lambda size, units: days(size, units, *pace).working)


def units_there(design: Design, matures: Input | None = None) -> Derived:
    """The units that are in the test for long enough; ``matures`` are the days of another metric than the primary.

    Clusters that are counted are the units, however many people meet the test each day.
    """
    name = Message("units that mature in the time there is")
    if are_there(design) or (is_clustered(design) and given(design, "ab_test.clusters")):
        part = _compared(arms(design).part)
        wanted = needs(design, "ab_test.clusters")
        return derive("test.units", "ab_test", name, wanted, lambda count: clusters_compared(count, part))
    wanted = needs(design, "ab_test.duration_days", "ab_test.eligible_units_day")
    pace = pace_of(design, matures)
    return derive("test.units", "ab_test", name, wanted, lambda time, each: units_in(time, each, *pace))


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
    try:
        return two_means(1.0, effect_absolute=1e-4, shares=arms(design).shares).inflation
    except ValueRefused:
        return None


def _relative(seen: Derived, base: Input | None) -> Derived:
    """The same effect against the number today."""

    def compute(effect: Input, today: Input) -> Working:
        level = domain.positive(Message("today"), abs(today.value))
        return Working("effect ÷ today", (effect, today), effect.value / level.value, "", "Arithmetic")

    wanted = {seen.id: seen.as_input(), RATE: base}
    name = Message("the same effect, relative")
    return derive("test.detectable_relative", "ab_test", name, wanted, compute)


def _detectable(asked: Question, size: Input) -> Working | None:
    found = asked.answer(size, with_effect=False)
    return found.working if found else None


def _working(found: AbTest | None) -> Working | None:
    return found.working if found else None
