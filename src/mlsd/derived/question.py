"""What a design asks of its A/B test: the number today, the effect, how sure one must be, and what one unit is."""

from __future__ import annotations

from typing import NamedTuple

from mlsd.content.registry import metric as known_metric
from mlsd.derived.arms import arms
from mlsd.derived.fact import Derived, derive
from mlsd.derived.home import baseline_of, deviation_of, metric
from mlsd.derived.read import given
from mlsd.design import Design
from mlsd.design.metrics import Metric
from mlsd.errors import Message, ValueRefused
from mlsd.sizing.ab_test import ALPHA, AbTest, two_means, two_proportions
from mlsd.sizing.corrections import bonferroni
from mlsd.sizing.working import Input, Working

RATE = "ab_test.baseline_rate"
SHARE_UNITS = (None, "%", "share")
"""Units of a metric that can be a share of units; a number of euros or minutes is a mean, however small."""
CLUSTERS = frozenset({"time_slot", "store", "region"})
"""Units that are clusters themselves: each gives one number, so the clusters there are are the sample."""
GROUPED = frozenset({"cluster", "switchback"})
"""Designs that randomise clusters, whichever unit is named."""
ANSWERING = frozenset({"account", "item"})
"""Units that may be a cluster and still say yes or no themselves, where the metric counts them."""


class Question(NamedTuple):
    """What sizing is asked about the test; ``is_mean``: no share of yes and no, so that its deviation must be known."""

    base: Input | None
    is_mean: bool
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

    def signed(self) -> Input | None:
        """The effect in the direction in which the metric gets better."""
        if self.mde is None or not self.decrease:
            return self.mde
        return self.mde._replace(value=-abs(self.mde.value))

    def level(self) -> dict[str, Input | None]:
        """The number today; a mean needs its deviation too."""
        level: dict[str, Input | None] = {RATE: self.base or self.sd}
        if self.sd is None and self.is_mean:
            level["ab_test.sd"] = None
        return level


def question(design: Design) -> Question:
    """What the design asks of its test: of several primary metrics, the one that needs the most units."""
    several = [_about(design, position) for position in range(max(1, len(design.ab_test.primary)))]
    return several[0] if len(several) == 1 else max(several, key=_size)


def is_clustered(design: Design) -> bool:
    """Whether stores, regions, time slots or other clusters are randomised, each of which is one unit of the test."""
    return design.ab_test.unit in CLUSTERS or design.ab_test.design in GROUPED


def is_mean_of_cluster(design: Design, found: Metric | None) -> bool:
    """Whether a metric gives one mean for each cluster, even if it is a share of yes and no among those within."""
    unit = design.ab_test.unit
    answers = unit in ANSWERING and found is not None and found.of in (None, unit)
    return is_clustered(design) and not answers


def alpha(design: Design) -> Derived:
    """The level of one comparison, where several primaries or treatments are corrected for.

    Holm's first step asks as much as Bonferroni; tested in their order (hierarchical) each keeps the whole level.
    """
    test, name = design.ab_test, Message("alpha of one comparison")
    count = max(1, len(test.primary)) * arms(design).treatments
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


def needed(design: Design) -> Derived:
    """The units that the test needs in all arms, or why that cannot be said."""

    def compute(*_: Input) -> Working | None:
        found = asked.answer()
        return found.working if found else None

    asked = question(design)
    wanted = {"ab_test.mde.value": asked.mde} | asked.level()
    name = Message("units that the test needs in all arms")
    return derive("test.sample", "ab_test", name, wanted, compute, core=True)


def _about(design: Design, position: int) -> Question:
    """What is asked about one primary metric; the rate and the deviation of the test are those of the first."""
    test, first = design.ab_test, position == 0
    chosen = test.primary[position] if test.primary else None
    found = metric(design, chosen)
    base = (given(design, RATE) if first else None) or baseline_of(design, chosen)
    is_amount = base is not None and base.path != RATE and _is_amount(found, base.value)
    return Question(
        base=base,
        is_mean=base is not None and (is_mean_of_cluster(design, found) or is_amount),
        sd=(given(design, "ab_test.sd") if first else None) or deviation_of(design, chosen),
        mde=given(design, "ab_test.mde.value"),
        relative=test.mde.kind != "absolute",
        decrease=found is not None and found.direction == "down",
        shares=arms(design).shares,
        alpha=alpha(design).as_input() or given(design, "ab_test.alpha"),
        power=given(design, "ab_test.power"),
    )


def _is_amount(found: Metric | None, today: float) -> bool:
    """Whether a metric that is this much today cannot be a share of units."""
    if not 0 <= today <= 1:
        return True
    entry = known_metric(found.metric or found.id or "") if found else None
    return found is not None and (found.unit not in SHARE_UNITS or (entry is not None and entry.amount))


def _size(asked: Question) -> float:
    try:
        found = asked.answer()
    except ValueRefused:
        found = None
    return float(found.total) if found and found.total else 0.0
