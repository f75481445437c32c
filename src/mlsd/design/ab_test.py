"""ab_test"""

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
    """DecisionRule. `ab_test.decision_rule`"""

    win: Maybe[Text] = None
    """What do you do if it wins, if nothing moves, if it loses?"""
    flat: Maybe[Text] = None
    """What do you do if it wins, if nothing moves, if it loses?"""
    lose: Maybe[Text] = None
    """What do you do if it wins, if nothing moves, if it loses?"""


class AbTest(Node):
    """AbTest. `ab_test`"""

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
    """What kind of experiment (empty: `user_split`), and what do you expect?"""
    hypothesis: Maybe[Text] = None
    """What kind of experiment (empty: `user_split`), and what do you expect?"""
    primary: Listed[MetricRef] = []
    """Which online metric decides, and which must not get worse?"""
    guardrails: Listed[MetricRef] = []
    """Which online metric decides, and which must not get worse?"""
    unit: Unit = None
    """What is randomised? (empty: `user`)"""
    split: AbSplit = {}
    """In which shares, control first?"""
    mde: Part[Effect] = Field(default_factory=Effect)
    expected_effect: Part[Effect] = Field(default_factory=Effect)
    alpha: Maybe[Share] = None
    """How sure must we be? (sizing takes 5 % and 80 %, and says so)"""
    power: Maybe[Share] = None
    """How sure must we be? (sizing takes 5 % and 80 %, and says so)"""
    baseline_rate: Maybe[Share] = None
    """The primary in these units: another rate, or a mean's deviation?"""
    sd: Maybe[Number] = None
    """The primary in these units: another rate, or a mean's deviation?"""
    eligible_units_day: Maybe[Count] = None
    """How many units meet it first each day; how many days, ramp included?"""
    exposure: Maybe[Share] = None
    """What share of them enters (empty: all), after how many days of ramp?"""
    ramp_days: Maybe[Days] = None
    """What share of them enters (empty: all), after how many days of ramp?"""
    duration_days: Maybe[Days] = None
    """How many units meet it first each day; how many days, ramp included?"""
    clusters: Maybe[Count] = None
    """How many clusters, which variance, which correction for many primaries?"""
    variance: OneOf[Literal["plain", "delta_method", "cluster_robust", "bootstrap"]] = None
    """How many clusters, which variance, which correction for many primaries?"""
    correction: OneOf[Literal["none", "bonferroni", "holm", "hierarchical"]] = None
    """How many clusters, which variance, which correction for many primaries?"""
    stopping: OneOf[Literal["fixed_horizon", "group_sequential", "always_valid"]] = None
    """When may you look and stop; are shares and an A/A run checked?"""
    checks: Listed[Literal["srm", "aa"]] = []
    """When may you look and stop; are shares and an A/A run checked?"""
    decision_rule: Part[DecisionRule] = Field(default_factory=DecisionRule)
