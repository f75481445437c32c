"""Stage 5: the baseline first, then task, loss, X and y, candidates, split and the cut-off."""

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
    StandIn,
    Term,
    Text,
    YesNo,
    read,
)


class Target(Node):
    """What is predicted (y); a candidate's own where it differs: `model.target`, `model.candidates[].target`."""

    definition: Maybe[Text] = None
    """What exactly is predicted (y)?

    One sentence that two people would label alike: “item clicked or put in the cart within 24 hours of its impression”.
    """
    entity: Maybe[EntityRef] = None
    """For which entity is it predicted?

    The id from `data.entities` of one row of the training table, such as `interaction`.
    """
    predicted_at: Maybe[Text] = None
    """At which moment is it predicted?

    For example, “when the block is requested” or “every Monday at 6:00”. Everything learned later is forbidden as a
    feature.
    """
    horizon_days: Maybe[Days] = None
    """How many days ahead does the prediction look?

    1 for “within 24 hours”, 30 for “leaves next month”, 0 if it is true or false at once. It is at least the days ahead
    at which one must decide.
    """


class Feature(Entry):
    """Something the model sees (X): `model.features[]`."""

    entity: Listed[EntityRef] = []
    """Which entity does it describe?

    One id, such as `item`; two of them say that it is a cross, such as how often this user bought from this brand.
    """
    source: Listed[NodeRef] = []
    """Where does it come from?

    Ids of sources or blocks, or `request` for what the caller sends along. A feature without a source cannot be built.
    """
    available: OneOf[Literal["request", "online", "nearline", "batch", "offline_only"]] = None
    """Where does serving get its value?

    `request` from the caller, `online` and `nearline` from a store kept up to date, `batch` from last night,
    `offline_only` not at all, so that an online model cannot use it.
    """
    known_at: OneOf[Literal["before", "request", "after"]] = None
    """Is it known before the request, with it, or only afterwards?

    `after` is a leak: the refund, the chargeback, the time watched. The test will look brilliant, and production will
    not.
    """
    window_days: Maybe[Days] = None
    """Over how many days is it computed?

    7 for a rate of one week; empty if it has no window. The history of its source must reach further back than this.
    """
    lag_minutes: Maybe[Minutes] = None
    """How old may its value be when it is used, in minutes?

    1 from a stream, 60 from an hourly job, 1440 from a nightly one. A promised freshness must not be shorter.
    """
    transform: Maybe[Text] = None
    """How is it made from the source?

    For example, “mean vector of the last 20 items” or “price over the open item's price”.
    """
    default: Maybe[StandIn] = None
    """What stands in when the value is missing?

    For example, “mean of the category”. Feature stores time out, and a zero is rarely neutral.
    """
    point_in_time: Maybe[YesNo] = None
    """Is it computed in training as it was at the moment of the example?

    `false` means that training sees values from later, which is the most common leak.
    """
    target_encoded: Maybe[YesNo] = None
    """Is it built from the target itself?

    `true` for a historical click rate of an item. It then has to be computed out of fold or strictly from the past.
    """
    sensitive: Maybe[YesNo] = None
    """Is it protected, or a stand-in for something protected?

    `true` for age, sex and health, and for a postcode that gives the origin away.
    """
    why: Maybe[Text] = None
    """Why is it needed, if it is sensitive?

    A reason that a regulator would accept, or “only for the fairness audit, not for the model”.
    """


class Baseline(Node):
    """The simplest thing that works: `model.baseline`."""

    kind: Maybe[Term] = None
    """Of which kind is the simplest thing that works?

    For example, `popularity`, `majority`, `last_value`, `seasonal_naive`, `rules`, `bm25` or `logistic`.
    """
    description: Maybe[Text] = None
    """What does the baseline do, in words?

    For example, “best sellers of the same category”. It should be running within a week, without training where
    possible.
    """
    metric: Maybe[MetricRef] = None
    """On which offline metric is the baseline measured?

    The id of an entry of `metrics.offline`; the candidates are measured on the same one.
    """
    value: Maybe[Number] = None
    """How good is the baseline on that metric?

    For example, `0.31`. Without the number nobody knows whether the model was worth it; 61 % of public documents with a
    baseline have none. The offline metric leaves its own baseline empty.
    """
    measured_on: OneOf[Literal["test", "validation", "train", "production", "other"]] = None
    """On which data was the baseline measured?

    `test`, the same part on which the candidates are compared; anything else is not comparable.
    """


class Candidate(Entry):
    """A model to try after the baseline, in the order tried: `model.candidates[]`."""

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
    """To which family does it belong?

    From `rules` and `linear` through `trees` to `deep` and `llm`. Something simple comes before something deep, or a
    decision says why not.
    """
    role: Role = None
    """Which role of the pipeline does it fill?

    `retrieval`, `ranking` and so on, where the service has more than one model. When empty, the main one.
    """
    loss: Maybe[Term] = None
    """With which loss does this one learn?

    When empty, `model.loss`. A retrieval model beside a ranker usually has its own, such as `sampled_softmax`.
    """
    target: Part[Target] = Field(default_factory=Target)
    """What does this one predict, if not the model's target?

    When empty, `model.target`.
    """
    why: Maybe[Text] = None
    """Why is it worth trying?

    What it can do that the one before cannot, such as “reaches the tail”, or what it fits into, such as “500 items in
    60 ms on a CPU”.
    """
    metric: Maybe[MetricRef] = None
    """On which offline metric is it judged?

    The id of an entry of `metrics.offline`; the same as the baseline's where both fill one role.
    """
    expected: Maybe[Number] = None
    """What value do you expect of it?

    A guess made before the training, such as `0.335`. It shows whether the step pays for its cost.
    """
    value: Maybe[Number] = None
    """What value did it reach?

    On the same data as the baseline. Leave it empty until it is measured.
    """


class Split(Node):
    """How the labelled data is divided: `model.split`."""

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
    """How do you split train and test?

    `temporal` whenever the order in time matters, `rolling` for forecasts, `group` where the same person must not stand
    on both sides, `random` only where examples are independent.
    """
    train: Maybe[Share] = None
    """What share of the data is for training?

    For example, `80%`; the three shares add up to 1. `80/10/10` in place of the whole split gives all three.
    """
    validation: Maybe[Share] = None
    """What share is for choosing and tuning?

    For example, `10%`. Empty if cross-validation does that.
    """
    test: Maybe[Share] = None
    """What share is kept for the final test?

    For example, `10%`, looked at once. It needs enough positives to tell the target from the baseline: 50 give a recall
    of 0.9 an error of ± 8 points, 1,000 of ± 2.
    """
    gap_days: Maybe[Days] = None
    """How many days lie between the end of training and the start of the test?

    At least as many as the label is late, or labels of the training rows come from the days of the test.
    """
    maturity_days: Maybe[Days] = None
    """How many days lie between the end of the test and the day the data was taken?

    At least as many as the label is late, or the newest rows look negative only because their truth is not known yet.
    """
    test_days: Maybe[Days] = None
    """How many days does the test cover?

    At least one whole cycle: 7 where weekends differ, and for a forecast not less than its horizon.
    """
    folds: Maybe[Count] = None
    """How many cut-offs or folds are there?

    One cut-off can be lucky; three to five for a forecast.
    """
    time_column: Maybe[Term] = None
    """Which time orders the data?

    The moment of the prediction, such as `shown_at`, and not the moment at which the row was written.
    """
    group: Listed[EntityRef] = []
    """Which entity must not stand on both sides?

    For example, `user` or `patient`, where the model has to work for new ones.
    """


class OperatingPoint(Node):
    """Where a score becomes a decision; empty for lists: `model.operating_point`."""

    kind: OneOf[Literal["threshold", "top_share", "quantile"]] = None
    """Do you cut at a score, at a share of the cases, or take a quantile?

    `threshold` for a score, `top_share` if people can look at 5 % of the cases, `quantile` for an amount to order.
    """
    value: Maybe[Number] = None
    """At which score, share or quantile do you cut?

    For example, `0.25`. With costs known, the best threshold of a calibrated probability is false alarm ÷ (false alarm
    + missed case).
    """
    chosen_on: OneOf[Literal["validation", "cross_validation", "test"]] = None
    """On which data was the cut-off chosen?

    `validation`; chosen on the `test` it makes the test worthless.
    """
    why: Maybe[Text] = None
    """Why is the cut-off there?

    For example, “a missed fraud costs 3 times a false alarm”, or “12 reviewers can look at 3,000 cases”.
    """


class Model(Node):
    """The baseline, what is learned from what, and how it is judged: `model`."""

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
    """What kind of task is it?

    The metrics and losses that fit follow from it. Choosing ten items out of a million is `ranking`, even if each gets
    a probability.
    """
    loss: Maybe[Term] = None
    """Which loss does the model learn with?

    For example, `logloss`, `lambdarank`, `quantile`. It suits the task and leans the way the offline metric does.
    """
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
    """What does the model put out?

    `score` only orders; `probability` claims to be true as a number; `quantile` answers for a share of the cases.
    """
    output_used_as: OneOf[Literal["order", "cutoff", "number"]] = None
    """Is the output used for its order, for a cut-off, or as a number?

    As a `number` in an auction, a price or an expected value, it has to be calibrated; for its `order`, it need not be.
    """
    target: Part[Target] = Field(default_factory=Target)
    """What is predicted (y)?"""
    features: Listed[Feature] = []
    """What does the model see (X)?

    Five to fifteen of all the entities, each with source and availability: `cart_rate_7d: item, click_log, online`.
    """
    baseline: Part[Baseline] = Field(default_factory=Baseline)
    """What is the simplest thing that works?"""
    candidates: Listed[Candidate] = []
    """What do you try after the baseline, in which order?

    From simple to complex, each step with a reason: `lambdamart: trees`, then `two_tower: deep`.
    """
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
    """Is the mix of classes changed for training?

    Any change moves the predicted probabilities away from the truth: state how they come back in `calibration`.
    """
    calibration: Maybe[Text] = None
    """How are the probabilities made true again?

    For example, “isotonic on validation”, or “the odds are divided by the sampling rate”. Only needed where the output
    is used as a number.
    """
    split: Part[Split] = Field(default_factory=Split)
    """How do you split train and test?"""
    operating_point: Part[OperatingPoint] = Field(default_factory=OperatingPoint)
    """Where do you cut?"""
    preparation: Listed[Text] = []
    """In which order is the data prepared?

    Steps such as `join, split, scale, oversample`. What learns from data (scaling, encoding, oversampling) comes after
    the split.
    """
    tuned_on: OneOf[Literal["validation", "cross_validation", "test"]] = None
    """On which data are the settings tuned?

    `validation` or `cross_validation`. Tuned on the `test`, the test only says what you want to hear.
    """
    explanation: Maybe[Text] = None
    """How is one prediction explained to the person concerned?

    For example, “the three strongest reasons by SHAP, in words approved by the legal team”. Expected in regulated
    problems.
    """
    error_analysis: Maybe[Text] = None
    """Where will you look for errors?

    For example, “the worst 200 lists of every slice at each release”. A plan, with numbers and a rhythm.
    """
    llm: Llm | None = None
    """Is a language model used, and how?

    Absent where there is none.
    """
    agent: Agent | None = None
    """Does a model act by itself, and with which tools?

    Absent where none does.
    """
