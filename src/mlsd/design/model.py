"""model"""

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
    Maybe,
    MetricRef,
    Minutes,
    NodeRef,
    Number,
    OneOf,
    Role,
    Share,
    Term,
    Text,
    YesNo,
    read,
)


class Target(Node):
    """Y; a candidate's own where it differs. `model.target` `model.candidates[].target`"""

    definition: Maybe[Text] = None
    """What exactly is predicted (y), and for which entity?"""
    entity: Maybe[EntityRef] = None
    """What exactly is predicted (y), and for which entity?"""
    predicted_at: Maybe[Text] = None
    """At which moment, and how far ahead?"""
    horizon_days: Maybe[Days] = None
    """At which moment, and how far ahead?"""


class Feature(Entry):
    """X. `model.features[]`"""

    entity: Listed[EntityRef] = []
    """What does the model see (X), of which entity? (two: a cross)"""
    source: Listed[NodeRef] = []
    """From which source, `request` or block; where does serving get it?"""
    available: OneOf[Literal["request", "online", "nearline", "batch", "offline_only"]] = None
    """From which source, `request` or block; where does serving get it?"""
    known_at: OneOf[Literal["before", "request", "after"]] = None
    """Is it known before the request, with it, or only afterwards?"""
    window_days: Maybe[Days] = None
    """Over how many days is it taken, and how old may it be?"""
    lag_minutes: Maybe[Minutes] = None
    """Over how many days is it taken, and how old may it be?"""
    transform: Maybe[Text] = None
    """How is it made, and what stands in when it is missing?"""
    default: Maybe[Text] = None
    """How is it made, and what stands in when it is missing?"""
    point_in_time: Maybe[YesNo] = None
    """Taken as of the example's moment? Built from the target?"""
    target_encoded: Maybe[YesNo] = None
    """Taken as of the example's moment? Built from the target?"""
    sensitive: Maybe[YesNo] = None
    """Is it protected, or a stand-in for that, and why is it needed?"""
    why: Maybe[Text] = None
    """Is it protected, or a stand-in for that, and why is it needed?"""


class Baseline(Node):
    """Baseline. `model.baseline`"""

    kind: Maybe[Term] = None
    """What is the simplest thing that works?"""
    description: Maybe[Text] = None
    """What is the simplest thing that works?"""
    metric: Maybe[MetricRef] = None
    """How good is it, on which offline metric?"""
    value: Maybe[Number] = None
    """How good is it, on which offline metric?"""
    measured_on: OneOf[Literal["test", "validation", "train", "production", "other"]] = None
    """On which data was that measured?"""


class Candidate(Entry):
    """In the order tried. `model.candidates[]`"""

    family: OneOf[
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
    ] = None
    """What do you try after the baseline, in which order?"""
    role: Role = None
    """For which block, with which loss (empty: `model.loss`), and why this one?"""
    loss: Maybe[Term] = None
    """For which block, with which loss (empty: `model.loss`), and why this one?"""
    target: Part[Target] = Field(default_factory=Target)
    why: Maybe[Text] = None
    """For which block, with which loss (empty: `model.loss`), and why this one?"""
    metric: Maybe[MetricRef] = None
    """What do you expect of it, what did it reach, on which metric?"""
    expected: Maybe[Number] = None
    """What do you expect of it, what did it reach, on which metric?"""
    value: Maybe[Number] = None
    """What do you expect of it, what did it reach, on which metric?"""


class Split(Node):
    """Split. `model.split`"""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return read(quantity.data_split, value)

    strategy: OneOf[
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
    ] = None
    """How do you split train and test?"""
    train: Maybe[Share] = None
    """In which shares?"""
    validation: Maybe[Share] = None
    """In which shares?"""
    test: Maybe[Share] = None
    """In which shares?"""
    gap_days: Maybe[Days] = None
    """How many days between train and test, and from the test's end to the snapshot?"""
    maturity_days: Maybe[Days] = None
    """How many days between train and test, and from the test's end to the snapshot?"""
    test_days: Maybe[Days] = None
    """How many days has the test, how many cut-offs?"""
    folds: Maybe[Count] = None
    """How many days has the test, how many cut-offs?"""
    time_column: Maybe[Term] = None
    """Which time orders the data; which entity must not stand on both sides?"""
    group: Listed[EntityRef] = []
    """Which time orders the data; which entity must not stand on both sides?"""


class OperatingPoint(Node):
    """Empty for lists. `model.operating_point`"""

    kind: OneOf[Literal["threshold", "top_share", "quantile"]] = None
    """Where do you cut: at a score, a share or a quantile?"""
    value: Maybe[Number] = None
    """Where do you cut: at a score, a share or a quantile?"""
    chosen_on: OneOf[Literal["validation", "cross_validation", "test"]] = None
    """On which data was the cut chosen, and why there?"""
    why: Maybe[Text] = None
    """On which data was the cut chosen, and why there?"""


class Model(Node):
    """Model. `model`"""

    task: OneOf[
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
    ] = None
    """What kind of task is it?"""
    loss: Maybe[Term] = None
    """Which loss does it learn with?"""
    output: OneOf[
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
    ] = None
    """What comes out: used for its order, a cut-off, or as a number?"""
    output_used_as: OneOf[Literal["order", "cutoff", "number"]] = None
    """What comes out: used for its order, a cut-off, or as a number?"""
    target: Part[Target] = Field(default_factory=Target)
    features: Listed[Feature] = []
    baseline: Part[Baseline] = Field(default_factory=Baseline)
    candidates: Listed[Candidate] = []
    sampling: OneOf[
        Literal[
            "none",
            "negative_sampling",
            "undersampling",
            "oversampling",
            "smote",
            "class_weights",
            "other",
        ]
    ] = None
    """Is the mix of classes changed, and how are probabilities made true again?"""
    calibration: Maybe[Text] = None
    """Is the mix of classes changed, and how are probabilities made true again?"""
    split: Part[Split] = Field(default_factory=Split)
    operating_point: Part[OperatingPoint] = Field(default_factory=OperatingPoint)
    preparation: Listed[Text] = []
    """In which order is data prepared (join, split, scale), and tuned on what?"""
    tuned_on: OneOf[Literal["validation", "cross_validation", "test"]] = None
    """In which order is data prepared (join, split, scale), and tuned on what?"""
    explanation: Maybe[Text] = None
    """How is one prediction explained, and where will we look for errors?"""
    error_analysis: Maybe[Text] = None
    """How is one prediction explained, and where will we look for errors?"""
    llm: Llm | None = None
    agent: Agent | None = None
