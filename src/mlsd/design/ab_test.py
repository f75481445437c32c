"""ab_test"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlsd.design.metrics import Effect
from mlsd.design.node import Node, Part
from mlsd.design.types import (
    AbSplit,
    Count,
    Days,
    Listed,
    MetricRef,
    Number,
    Share,
    Text,
    Unit,
)


class DecisionRule(Node):
    """DecisionRule. `ab_test.decision_rule`"""

    win: Text | None = None
    """What do you do if it wins, if nothing moves, if it loses?"""
    flat: Text | None = None
    """What do you do if it wins, if nothing moves, if it loses?"""
    lose: Text | None = None
    """What do you do if it wins, if nothing moves, if it loses?"""


class AbTest(Node):
    """AbTest. `ab_test`"""

    design: (
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
        | None
    ) = None
    """What kind of experiment (empty: `user_split`), and what do you expect?"""
    hypothesis: Text | None = None
    """What kind of experiment (empty: `user_split`), and what do you expect?"""
    primary: Listed[MetricRef] = []
    """Which online metric decides, and which must not get worse?"""
    guardrails: Listed[MetricRef] = []
    """Which online metric decides, and which must not get worse?"""
    unit: Unit | None = None
    """What is randomised? (empty: `user`)"""
    split: AbSplit = {}
    """In which shares, control first?"""
    mde: Part[Effect] = Field(default_factory=Effect)
    expected_effect: Part[Effect] = Field(default_factory=Effect)
    alpha: Share | None = None
    """How sure must we be? (sizing takes 5 % and 80 %, and says so)"""
    power: Share | None = None
    """How sure must we be? (sizing takes 5 % and 80 %, and says so)"""
    baseline_rate: Share | None = None
    """The primary in these units: another rate, or a mean's deviation?"""
    sd: Number | None = None
    """The primary in these units: another rate, or a mean's deviation?"""
    eligible_units_day: Count | None = None
    """How many units meet it first each day; how many days, ramp included?"""
    exposure: Share | None = None
    """What share of them enters (empty: all), after how many days of ramp?"""
    ramp_days: Days | None = None
    """What share of them enters (empty: all), after how many days of ramp?"""
    duration_days: Days | None = None
    """How many units meet it first each day; how many days, ramp included?"""
    clusters: Count | None = None
    """How many clusters, which variance, which correction for many primaries?"""
    variance: Literal["plain", "delta_method", "cluster_robust", "bootstrap"] | None = None
    """How many clusters, which variance, which correction for many primaries?"""
    correction: Literal["none", "bonferroni", "holm", "hierarchical"] | None = None
    """How many clusters, which variance, which correction for many primaries?"""
    stopping: Literal["fixed_horizon", "group_sequential", "always_valid"] | None = None
    """When may you look and stop; are shares and an A/A run checked?"""
    checks: Listed[Literal["srm", "aa"]] = []
    """When may you look and stop; are shares and an A/A run checked?"""
    decision_rule: Part[DecisionRule] = Field(default_factory=DecisionRule)
