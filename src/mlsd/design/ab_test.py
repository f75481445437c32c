"""Stage 7: the experiment that shows whether it helps, and what is done with its result."""

from typing import Literal

from pydantic import Field

from mlsd.design.metrics import Effect
from mlsd.design.node import Node, Part
from mlsd.design.types import (
    AbSplit,
    Count,
    Days,
    Listed,
    Maybe,
    MetricRef,
    Number,
    OneOf,
    Share,
    Text,
    Unit,
)


class DecisionRule(Node):
    """What is done with the result, written before it is known: `ab_test.decision_rule`."""

    win: Maybe[Text] = None
    """What do you do if the primary metric wins?

    For example, “ship to all in two steps, keep 2 % held out for a month”.
    """
    flat: Maybe[Text] = None
    """What do you do if nothing moves?

    The hardest one, so it is written down first: “keep the old one, read the slices, stop after a second try”.
    """
    lose: Maybe[Text] = None
    """What do you do if it loses, or a guardrail breaks?

    For example, “roll back the same day and read the worst lists”.
    """


class AbTest(Node):
    """The experiment, with the numbers its size follows from: `ab_test`."""

    design: OneOf[
        Literal[
            "user_split",
            "cluster",
            "switchback",
            "interleaving",
            "quasi_experiment",
            "before_after",
            "shadow",
            "offline",
        ]
    ] = None
    """What kind of experiment is it?

    `cluster` and `switchback` where units affect one another, `interleaving` for rankings only. `before_after`,
    `shadow` and `offline` have no control at the same time and prove nothing. When empty, `user_split`.
    """
    hypothesis: Maybe[Text] = None
    """What do you expect, and why?

    One sentence with the mechanism: “Companions chosen for the person lift cart_users, because the tail becomes
    reachable.”
    """
    primary: Listed[MetricRef] = []
    """Which online metric decides?

    One, from `metrics.online`. With three of them and no correction, one will win by chance in 14 % of the experiments.
    """
    guardrails: Listed[MetricRef] = []
    """Which online metrics must not get worse?

    Ids from `metrics.online`, each with a margin. 91 % of public documents with an A/B test have none.
    """
    unit: Unit = None
    """What is randomised?

    What keeps its arm from the first visit to the last. It is not finer than the unit of the primary metric. When
    empty, `user`.
    """
    split: AbSplit = {}
    """In which shares are the units divided, control first?

    `50/50` needs the fewest units, `70/30` 19 % more, `90/10` 2.8 times as many. The shares add up to 1; an arm
    whose name begins with `hold` is compared with nothing.
    """
    mde: Part[Effect] = Field(default_factory=Effect)
    """What is the smallest effect worth seeing?

    The smallest change for which you would launch, such as `5% relative`. Half the effect needs four times the units.
    """
    expected_effect: Part[Effect] = Field(default_factory=Effect)
    """What effect do you expect?

    Not smaller than the smallest effect worth seeing, or the experiment will miss it.
    """
    alpha: Maybe[Share] = None
    """What chance of a false win do you accept?

    From 0 to 1. When empty, the sizing takes 5 %, two-sided, and says so.
    """
    power: Maybe[Share] = None
    """What chance of seeing a real effect do you ask for?

    From 0 to 1. When empty, the sizing takes 80 % and says so.
    """
    baseline_rate: Maybe[Share] = None
    """What is the primary metric's rate among the people of the experiment?

    Only if it differs from the baseline of the metric. When empty, that baseline.
    """
    sd: Maybe[Number] = None
    """What is the standard deviation of the primary metric between units?

    For a mean, such as revenue per session; a rate needs none. Measured over the same window. Where stores, regions,
    time slots or other clusters are randomised, it is that of their means, also for a rate.
    """
    eligible_units_day: Maybe[Count] = None
    """How many units meet it for the first time each day?

    New ones of each day and not visits: returning people count once. For example, `300k`.
    """
    exposure: Maybe[Share] = None
    """What share of the eligible units enters the experiment?

    From 0 to 1 or in per cent. When empty, all. Both arms come out of this share.
    """
    ramp_days: Maybe[Days] = None
    """For how many days is the experiment ramped up first?

    Days on smaller traffic to catch bugs; they do not count for the result.
    """
    duration_days: Maybe[Days] = None
    """How many days does it run, ramp included?

    Whole weeks, so that every weekday counts alike: 14 or 21. Ramp, enrolment and the window of the primary metric have
    to fit.
    """
    clusters: Maybe[Count] = None
    """How many clusters are randomised?

    Cities, stores, accounts or time slots, of all arms together. They are the sample then, however many people live in
    them; below some 20 the variance cannot be trusted.
    """
    variance: OneOf[Literal["plain", "delta_method", "cluster_robust", "bootstrap"]] = None
    """How is the variance computed?

    `delta_method` or `bootstrap` if the metric is counted per session or impression and people are randomised;
    `cluster_robust` for clusters; else `plain`.
    """
    correction: OneOf[Literal["none", "bonferroni", "holm", "hierarchical"]] = None
    """How are several primary metrics or arms corrected for?

    `holm` is never worse than `bonferroni`; `hierarchical` tests them in order. Not needed with one metric and two
    arms.
    """
    stopping: OneOf[Literal["fixed_horizon", "group_sequential", "always_valid"]] = None
    """When may you look at the result and stop?

    `fixed_horizon` means one look at the end; looking every day needs `group_sequential` or `always_valid`, or false
    wins become several times as frequent.
    """
    checks: Listed[Literal["srm", "aa"]] = []
    """Which checks of the experiment itself are made?

    `srm` compares the shares received with those planned, and 50.8 to 49.2 of a million is an alarm; `aa` runs both
    arms alike first.
    """
    decision_rule: Part[DecisionRule] = Field(default_factory=DecisionRule)
    """What will you do with the result?"""
