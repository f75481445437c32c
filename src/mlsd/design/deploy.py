"""deploy"""

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    AnyRef,
    Days,
    Duration,
    Hours,
    Listed,
    Maybe,
    Minutes,
    Money,
    NodeRef,
    Number,
    OneOf,
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

    tool: Maybe[ToolName] = None
    """Where is what kept?"""
    role: Role = None
    """Where is what kept?"""
    keeps: Listed[Text] = []
    """Where is what kept?"""


class FeaturePipeline(Node):
    """FeaturePipeline. `deploy.feature_pipeline`"""

    tool: Maybe[ToolName] = None
    """What computes the features?"""
    mode: OneOf[Literal["batch", "stream", "both"]] = None
    """As batch or stream, how often, and what keeps training and serving equal?"""
    cadence_hours: Maybe[Hours] = None
    """As batch or stream, how often, and what keeps training and serving equal?"""
    parity: Listed[Literal["shared_code", "feature_store", "logged_features", "parity_monitor"]] = []
    """As batch or stream, how often, and what keeps training and serving equal?"""


class Retraining(Node):
    """Retraining. `deploy.retraining`"""

    cadence_hours: Maybe[Hours] = None
    """How often or on what signal is it retrained, and what runs that?"""
    trigger: Maybe[Text] = None
    """How often or on what signal is it retrained, and what runs that?"""
    tool: Maybe[ToolName] = None
    """How often or on what signal is it retrained, and what runs that?"""
    gate: Maybe[Text] = None
    """What must a new model pass first, and how long does a training take?"""
    hours: Maybe[Hours] = None
    """What must a new model pass first, and how long does a training take?"""


class Monitor(Entry):
    """Monitor. `deploy.monitoring[]`"""

    target: Maybe[AnyRef] = None
    """What is watched?"""
    kind: OneOf[
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
    ] = None
    """What is watched?"""
    threshold: Maybe[Text] = None
    """At which number does it ring?"""
    window: Maybe[Duration] = None
    """Over which time, who is called (empty: `deploy.owner`), to do what, by which tool?"""
    owner: Maybe[Text] = None
    """Over which time, who is called (empty: `deploy.owner`), to do what, by which tool?"""
    action: Maybe[Text] = None
    """Over which time, who is called (empty: `deploy.owner`), to do what, by which tool?"""
    tool: Maybe[ToolName] = None
    """Over which time, who is called (empty: `deploy.owner`), to do what, by which tool?"""


class Bound(Node):
    """Bound. `deploy.rollout[].passes_if[]`"""

    target: Maybe[AnyRef] = None
    """Which metric or constraint must show which number?"""
    op: Op = None
    """Which metric or constraint must show which number?"""
    value: Maybe[Number] = None
    """Which metric or constraint must show which number?"""
    unit: Maybe[Term] = None
    """Which metric or constraint must show which number?"""


class RolloutStep(Node):
    """In order. `deploy.rollout[]`"""

    kind: OneOf[Literal["shadow", "pilot", "canary", "ab", "ramp", "full"]] = None
    """By which steps does it reach everybody, and what number stops each?"""
    share: Maybe[Share] = None
    """By which steps does it reach everybody, and what number stops each?"""
    days: Maybe[Days] = None
    """By which steps does it reach everybody, and what number stops each?"""
    abort_if: Maybe[Text] = None
    """By which steps does it reach everybody, and what number stops each?"""
    passes_if: Listed[Bound] = []


class Rollback(Node):
    """Rollback. `deploy.rollback`"""

    how: Maybe[Text] = None
    """How do you go back, and in how many minutes?"""
    minutes: Maybe[Minutes] = None
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
    store: Maybe[NodeRef] = None
    """What is kept of every prediction, which events of people, and where?"""


class Security(Node):
    """Security. `deploy.security`"""

    authentication: Maybe[Text] = None
    """Who may call it, how often, with how much?"""
    rate_limit: Maybe[Text] = None
    """Who may call it, how often, with how much?"""
    input_limit: Maybe[Text] = None
    """Who may call it, how often, with how much?"""


class Privacy(Node):
    """Privacy. `deploy.privacy`"""

    legal_basis: Maybe[Text] = None
    """On which ground is personal data kept, how long, how erased, what left out?"""
    retention_days: Maybe[Days] = None
    """On which ground is personal data kept, how long, how erased, what left out?"""
    deletion: Maybe[Text] = None
    """On which ground is personal data kept, how long, how erased, what left out?"""
    minimisation: Maybe[Text] = None
    """On which ground is personal data kept, how long, how erased, what left out?"""
    anonymised: Maybe[YesNo] = None
    """On which ground is personal data kept, how long, how erased, what left out?"""


class CostItem(Node):
    """CostItem. `deploy.costs[]`"""

    item: Maybe[Text] = None
    """What does each part cost a month, or a unit, and how many units?"""
    month: Maybe[Money] = None
    """What does each part cost a month, or a unit, and how many units?"""
    unit_cost: Maybe[Money] = None
    """What does each part cost a month, or a unit, and how many units?"""
    volume_month: Maybe[Number] = None
    """What does each part cost a month, or a unit, and how many units?"""


class Deploy(Node):
    """Deploy. `deploy`"""

    owner: Maybe[Text] = None
    """At how many requests a second is it tested, and who is called at night?"""
    storage: Listed[Storage] = []
    transport: Listed[ToolName] = []
    """By what does data travel?"""
    feature_pipeline: Part[FeaturePipeline] = Field(default_factory=FeaturePipeline)
    retraining: Part[Retraining] = Field(default_factory=Retraining)
    tracking: Maybe[ToolName] = None
    """Where are runs and models registered, and what is pinned?"""
    versions: Listed[Literal["code", "config", "seed", "data", "model", "prompt"]] = []
    """Where are runs and models registered, and what is pinned?"""
    architecture: Maybe[Text] = None
    """How is it packaged and run (containers, zones, scaling)?"""
    fallback: Maybe[Text] = None
    """What do people see when the model is down? (a block's id, or words)"""
    load_test_rps: Maybe[Number] = None
    """At how many requests a second is it tested, and who is called at night?"""
    rollout: Listed[RolloutStep] = []
    rollback: Part[Rollback] = Field(default_factory=Rollback)
    monitoring: Listed[Monitor] = []
    logging: Part[Logging] = Field(default_factory=Logging)
    security: Part[Security] = Field(default_factory=Security)
    privacy: Part[Privacy] = Field(default_factory=Privacy)
    costs: Listed[CostItem] = []
