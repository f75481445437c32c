"""deploy"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    AnyRef,
    Days,
    Duration,
    Hours,
    Listed,
    Minutes,
    Money,
    NodeRef,
    Number,
    Op,
    Role,
    Share,
    Term,
    Text,
    ToolName,
    YesNo,
)


class Storage(Entry):
    """Storage. `deploy.storage[]`"""

    tool: ToolName | None = None
    """Where is what kept?"""
    role: Role | None = None
    """Where is what kept?"""
    keeps: Listed[Text] = []
    """Where is what kept?"""


class FeaturePipeline(Node):
    """FeaturePipeline. `deploy.feature_pipeline`"""

    tool: ToolName | None = None
    """What computes the features?"""
    mode: Literal["batch", "stream", "both"] | None = None
    """As batch or stream, how often, and what keeps training and serving equal?"""
    cadence_hours: Hours | None = None
    """As batch or stream, how often, and what keeps training and serving equal?"""
    parity: Listed[Literal["shared_code", "feature_store", "logged_features", "parity_monitor"]] = []
    """As batch or stream, how often, and what keeps training and serving equal?"""


class Retraining(Node):
    """Retraining. `deploy.retraining`"""

    cadence_hours: Hours | None = None
    """How often or on what signal is it retrained, and what runs that?"""
    trigger: Text | None = None
    """How often or on what signal is it retrained, and what runs that?"""
    tool: ToolName | None = None
    """How often or on what signal is it retrained, and what runs that?"""
    gate: Text | None = None
    """What must a new model pass first, and how long does a training take?"""
    hours: Hours | None = None
    """What must a new model pass first, and how long does a training take?"""


class Monitor(Entry):
    """Monitor. `deploy.monitoring[]`"""

    target: AnyRef | None = None
    """What is watched?"""
    kind: (
        Literal[
            "system",
            "data_quality",
            "input_drift",
            "prediction_drift",
            "model_quality",
            "business",
            "cost",
            "safety",
        ]
        | None
    ) = None
    """What is watched?"""
    threshold: Text | None = None
    """At which number does it ring?"""
    window: Duration | None = None
    """Over which time, who is called (empty: `deploy.owner`), to do what, by which tool?"""
    owner: Text | None = None
    """Over which time, who is called (empty: `deploy.owner`), to do what, by which tool?"""
    action: Text | None = None
    """Over which time, who is called (empty: `deploy.owner`), to do what, by which tool?"""
    tool: ToolName | None = None
    """Over which time, who is called (empty: `deploy.owner`), to do what, by which tool?"""


class Bound(Node):
    """Bound. `deploy.rollout[].passes_if[]`"""

    target: AnyRef | None = None
    """Which metric or constraint must show which number?"""
    op: Op | None = None
    """Which metric or constraint must show which number?"""
    value: Number | None = None
    """Which metric or constraint must show which number?"""
    unit: Term | None = None
    """Which metric or constraint must show which number?"""


class RolloutStep(Node):
    """In order. `deploy.rollout[]`"""

    kind: Literal["shadow", "pilot", "canary", "ab", "ramp", "full"] | None = None
    """By which steps does it reach everybody, and what number stops each?"""
    share: Share | None = None
    """By which steps does it reach everybody, and what number stops each?"""
    days: Days | None = None
    """By which steps does it reach everybody, and what number stops each?"""
    abort_if: Text | None = None
    """By which steps does it reach everybody, and what number stops each?"""
    passes_if: Listed[Bound] = []


class Rollback(Node):
    """Rollback. `deploy.rollback`"""

    how: Text | None = None
    """How do you go back, and in how many minutes?"""
    minutes: Minutes | None = None
    """How do you go back, and in how many minutes?"""


class Logging(Node):
    """Logging. `deploy.logging`"""

    records: Listed[
        Literal[
            "prediction",
            "features",
            "exposure",
            "outcome",
            "propensity",
            "model_version",
        ]
    ] = []
    """What is kept of every prediction, which events of people, and where?"""
    events: Listed[Term] = []
    """What is kept of every prediction, which events of people, and where?"""
    store: NodeRef | None = None
    """What is kept of every prediction, which events of people, and where?"""


class Security(Node):
    """Security. `deploy.security`"""

    authentication: Text | None = None
    """Who may call it, how often, with how much?"""
    rate_limit: Text | None = None
    """Who may call it, how often, with how much?"""
    input_limit: Text | None = None
    """Who may call it, how often, with how much?"""


class Privacy(Node):
    """Privacy. `deploy.privacy`"""

    legal_basis: Text | None = None
    """On which ground is personal data kept, how long, how erased, what left out?"""
    retention_days: Days | None = None
    """On which ground is personal data kept, how long, how erased, what left out?"""
    deletion: Text | None = None
    """On which ground is personal data kept, how long, how erased, what left out?"""
    minimisation: Text | None = None
    """On which ground is personal data kept, how long, how erased, what left out?"""
    anonymised: YesNo | None = None
    """On which ground is personal data kept, how long, how erased, what left out?"""


class CostItem(Node):
    """CostItem. `deploy.costs[]`"""

    item: Text | None = None
    """What does each part cost a month, or a unit, and how many units?"""
    month: Money | None = None
    """What does each part cost a month, or a unit, and how many units?"""
    unit_cost: Money | None = None
    """What does each part cost a month, or a unit, and how many units?"""
    volume_month: Number | None = None
    """What does each part cost a month, or a unit, and how many units?"""


class Deploy(Node):
    """Deploy. `deploy`"""

    owner: Text | None = None
    """At how many requests a second is it tested, and who is called at night?"""
    storage: Listed[Storage] = []
    transport: Listed[ToolName] = []
    """By what does data travel?"""
    feature_pipeline: Part[FeaturePipeline] = Field(default_factory=FeaturePipeline)
    retraining: Part[Retraining] = Field(default_factory=Retraining)
    tracking: ToolName | None = None
    """Where are runs and models registered, and what is pinned?"""
    versions: Listed[Literal["code", "config", "seed", "data", "model", "prompt"]] = []
    """Where are runs and models registered, and what is pinned?"""
    architecture: Text | None = None
    """How is it packaged and run (containers, zones, scaling)?"""
    fallback: Text | None = None
    """What do people see when the model is down? (a block's id, or words)"""
    load_test_rps: Number | None = None
    """At how many requests a second is it tested, and who is called at night?"""
    rollout: Listed[RolloutStep] = []
    rollback: Part[Rollback] = Field(default_factory=Rollback)
    monitoring: Listed[Monitor] = []
    logging: Part[Logging] = Field(default_factory=Logging)
    security: Part[Security] = Field(default_factory=Security)
    privacy: Part[Privacy] = Field(default_factory=Privacy)
    costs: Listed[CostItem] = []
