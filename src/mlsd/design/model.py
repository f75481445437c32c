"""model"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from mlsd.design import quantity
from mlsd.design.agent import Agent
from mlsd.design.llm import Llm
from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    Count,
    Days,
    EntityRef,
    Listed,
    MetricRef,
    Minutes,
    NodeRef,
    Number,
    Role,
    Share,
    Term,
    Text,
    YesNo,
    read,
)


class Target(Node):
    """Y; a candidate's own where it differs. `model.target` `model.candidates[].target`"""

    definition: Text | None = None
    """What exactly is predicted (y), and for which entity?"""
    entity: EntityRef | None = None
    """What exactly is predicted (y), and for which entity?"""
    predicted_at: Text | None = None
    """At which moment, and how far ahead?"""
    horizon_days: Days | None = None
    """At which moment, and how far ahead?"""


class Feature(Entry):
    """X. `model.features[]`"""

    entity: Listed[EntityRef] = []
    """What does the model see (X), of which entity? (two: a cross)"""
    source: Listed[NodeRef] = []
    """From which source, `request` or block; where does serving get it?"""
    available: Literal["request", "online", "nearline", "batch", "offline_only"] | None = None
    """From which source, `request` or block; where does serving get it?"""
    known_at: Literal["before", "request", "after"] | None = None
    """Is it known before the request, with it, or only afterwards?"""
    window_days: Days | None = None
    """Over how many days is it taken, and how old may it be?"""
    lag_minutes: Minutes | None = None
    """Over how many days is it taken, and how old may it be?"""
    transform: Text | None = None
    """How is it made, and what stands in when it is missing?"""
    default: Text | None = None
    """How is it made, and what stands in when it is missing?"""
    point_in_time: YesNo | None = None
    """Taken as of the example's moment? Built from the target?"""
    target_encoded: YesNo | None = None
    """Taken as of the example's moment? Built from the target?"""
    sensitive: YesNo | None = None
    """Is it protected, or a stand-in for that, and why is it needed?"""
    why: Text | None = None
    """Is it protected, or a stand-in for that, and why is it needed?"""


class Baseline(Node):
    """Baseline. `model.baseline`"""

    kind: Term | None = None
    """What is the simplest thing that works?"""
    description: Text | None = None
    """What is the simplest thing that works?"""
    metric: MetricRef | None = None
    """How good is it, on which offline metric?"""
    value: Number | None = None
    """How good is it, on which offline metric?"""
    measured_on: Literal["test", "validation", "train", "production", "other"] | None = None
    """On which data was that measured?"""


class Candidate(Entry):
    """In the order tried. `model.candidates[]`"""

    family: (
        Literal[
            "rules",
            "statistics",
            "linear",
            "neighbours",
            "factorization",
            "trees",
            "deep",
            "pretrained",
            "fine_tuned",
            "llm",
            "ensemble",
            "bandit",
            "other",
        ]
        | None
    ) = None
    """What do you try after the baseline, in which order?"""
    role: Role | None = None
    """For which block, with which loss (empty: `model.loss`), and why this one?"""
    loss: Term | None = None
    """For which block, with which loss (empty: `model.loss`), and why this one?"""
    target: Part[Target] = Field(default_factory=Target)
    why: Text | None = None
    """For which block, with which loss (empty: `model.loss`), and why this one?"""
    metric: MetricRef | None = None
    """What do you expect of it, what did it reach, on which metric?"""
    expected: Number | None = None
    """What do you expect of it, what did it reach, on which metric?"""
    value: Number | None = None
    """What do you expect of it, what did it reach, on which metric?"""


class Split(Node):
    """Split. `model.split`"""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return read(quantity.data_split, value)

    strategy: (
        Literal[
            "temporal",
            "rolling",
            "group",
            "random",
            "stratified",
            "kfold",
            "fixed",
            "other",
        ]
        | None
    ) = None
    """How do you split train and test?"""
    train: Share | None = None
    """In which shares?"""
    validation: Share | None = None
    """In which shares?"""
    test: Share | None = None
    """In which shares?"""
    gap_days: Days | None = None
    """How many days between train and test, and from the test's end to the snapshot?"""
    maturity_days: Days | None = None
    """How many days between train and test, and from the test's end to the snapshot?"""
    test_days: Days | None = None
    """How many days has the test, how many cut-offs?"""
    folds: Count | None = None
    """How many days has the test, how many cut-offs?"""
    time_column: Term | None = None
    """Which time orders the data; which entity must not stand on both sides?"""
    group: Listed[EntityRef] = []
    """Which time orders the data; which entity must not stand on both sides?"""


class OperatingPoint(Node):
    """Empty for lists. `model.operating_point`"""

    kind: Literal["threshold", "top_share", "quantile"] | None = None
    """Where do you cut: at a score, a share or a quantile?"""
    value: Number | None = None
    """Where do you cut: at a score, a share or a quantile?"""
    chosen_on: Literal["validation", "cross_validation", "test"] | None = None
    """On which data was the cut chosen, and why there?"""
    why: Text | None = None
    """On which data was the cut chosen, and why there?"""


class Model(Node):
    """Model. `model`"""

    task: (
        Literal[
            "binary",
            "multiclass",
            "multilabel",
            "regression",
            "forecasting",
            "ranking",
            "retrieval",
            "clustering",
            "anomaly",
            "detection",
            "segmentation",
            "speech_recognition",
            "translation",
            "summarisation",
            "generation",
            "agent",
            "text_to_image",
            "survival",
            "uplift",
            "bandit",
            "pretraining",
            "other",
        ]
        | None
    ) = None
    """What kind of task is it?"""
    loss: Term | None = None
    """Which loss does it learn with?"""
    output: (
        Literal[
            "label",
            "score",
            "probability",
            "number",
            "quantile",
            "ranking",
            "embedding",
            "text",
            "image",
            "audio",
            "action",
        ]
        | None
    ) = None
    """What comes out: used for its order, a cut-off, or as a number?"""
    output_used_as: Literal["order", "cutoff", "number"] | None = None
    """What comes out: used for its order, a cut-off, or as a number?"""
    target: Part[Target] = Field(default_factory=Target)
    features: Listed[Feature] = []
    baseline: Part[Baseline] = Field(default_factory=Baseline)
    candidates: Listed[Candidate] = []
    sampling: (
        Literal[
            "none",
            "negative_sampling",
            "undersampling",
            "oversampling",
            "smote",
            "class_weights",
            "other",
        ]
        | None
    ) = None
    """Is the mix of classes changed, and how are probabilities made true again?"""
    calibration: Text | None = None
    """Is the mix of classes changed, and how are probabilities made true again?"""
    split: Part[Split] = Field(default_factory=Split)
    operating_point: Part[OperatingPoint] = Field(default_factory=OperatingPoint)
    preparation: Listed[Text] = []
    """In which order is data prepared (join, split, scale), and tuned on what?"""
    tuned_on: Literal["validation", "cross_validation", "test"] | None = None
    """In which order is data prepared (join, split, scale), and tuned on what?"""
    explanation: Text | None = None
    """How is one prediction explained, and where will we look for errors?"""
    error_analysis: Text | None = None
    """How is one prediction explained, and where will we look for errors?"""
    llm: Llm | None = None
    agent: Agent | None = None
