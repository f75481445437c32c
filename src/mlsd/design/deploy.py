"""Stage 6: storage and transport, features, retraining, rollout, monitoring, logging, privacy and cost."""

from typing import Any, Literal

from pydantic import Field, model_validator

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
    out_of_percent,
)


class Storage(Entry):
    """A store that no request waits for: `deploy.storage[]`."""

    tool: Maybe[ToolName] = None
    """In which tool is it kept?

    For example, `s3`, `hdfs`, `mysql` or `bigquery`.
    """
    role: Role = None
    """What kind of store is it?

    `object_store`, `warehouse`, `database` and so on. A store that a request waits for is a block of the pipeline
    instead.
    """
    keeps: Listed[Text] = []
    """What is kept there?

    For example, `events, examples, models`.
    """


class FeaturePipeline(Node):
    """What computes the features, and keeps training and serving equal: `deploy.feature_pipeline`."""

    tool: Maybe[ToolName] = None
    """By what are the features computed?

    For example, `spark`, `flink` or `dbt`.
    """
    mode: OneOf[Literal["batch", "stream", "both"]] = None
    """Are features computed in batch, from a stream, or both?

    `both` where one feature is of today's session and another of last month.
    """
    cadence_hours: Maybe[Hours] = None
    """How often are features computed, in hours between two runs?

    24 for every night. It may not exceed the age that a feature or a freshness allows.
    """
    parity: Listed[Literal["shared_code", "feature_store", "logged_features", "parity_monitor"]] = []
    """What keeps training and serving equal?

    `logged_features` (train on what was served) is the surest; `shared_code` and `feature_store` help; a
    `parity_monitor` notices. Empty means training–serving skew sooner or later.
    """


class Retraining(Node):
    """When the model is trained again, and what a new one has to pass: `deploy.retraining`."""

    cadence_hours: Maybe[Hours] = None
    """How often is it retrained, in hours between two trainings?

    For example, `1 d` or `1w`. Much more often than labels arrive gains nothing.
    """
    trigger: Maybe[Text] = None
    """On what signal is it retrained?

    With a number: “PSI of recent_views over 0.2” or “precision below 0.85 for two days”. Give a cadence, a signal or
    both; “regularly” is neither.
    """
    tool: Maybe[ToolName] = None
    """By what is the retraining run?

    An orchestrator, such as `airflow` or `dagster`.
    """
    gate: Maybe[Text] = None
    """What must a new model pass before it serves?

    For example, “ndcg_at_10 not below the live model's, on the same test, in every slice”.
    """
    hours: Maybe[Hours] = None
    """How many hours does one training take, validation included?

    Less than the time between two trainings.
    """


class Monitor(Entry):
    """Something that is watched and rings: `deploy.monitoring[]`."""

    target: Maybe[AnyRef] = None
    """What is watched?

    The id of a metric, a feature, a source or a block. Every primary metric and every guardrail has a monitor.
    """
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
    """What kind of trouble does it notice?

    At least one for data quality or drift: the system is up, and the answers are wrong. Where the truth is late,
    something that needs no labels.
    """
    threshold: Maybe[Text] = None
    """At which number does it ring?

    For example, “over 180 ms” or “PSI over 0.2”. 73 % of public documents with monitoring name none.
    """
    window: Maybe[Duration] = None
    """Over what time is it measured?

    A duration with its unit: `5 min`, `1 d`. Too short rings every night, too long rings after the damage.
    """
    owner: Maybe[Text] = None
    """Who is called when it rings?

    When empty, `deploy.owner`.
    """
    action: Maybe[Text] = None
    """What does that person do?

    A verb: “roll back”, “serve popular”, “stop training”. An alarm without an action is turned off within a month.
    """
    tool: Maybe[ToolName] = None
    """Which tool watches it?

    For example, `prometheus`, `grafana` or `evidently`. MLflow tracks experiments and does not watch production.
    """


class Bound(Node):
    """A number that has to be shown before the rollout goes on: `deploy.rollout[].passes_if[]`."""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return out_of_percent(value, "value")

    target: Maybe[AnyRef] = None
    """Which metric or constraint is checked?

    Its id, such as `latency` or `hide_users`.
    """
    op: Op = None
    """Must it stay at or below the number, at or above it, or equal it?"""
    value: Maybe[Number] = None
    """Which number must it show?

    Not weaker than the constraint or the target that it proves.
    """
    unit: Maybe[Term] = None
    """In which unit is that number?

    When empty, the unit of what is checked.
    """


class RolloutStep(Node):
    """A step on the way to everybody, in order: `deploy.rollout[]`."""

    kind: OneOf[Literal["shadow", "pilot", "canary", "ab", "ramp", "full"]] = None
    """What kind of step is it?

    `shadow` answers without being shown, `canary` takes a small share, `ab` is the experiment, `ramp` grows, `full` is
    everybody.
    """
    share: Maybe[Share] = None
    """What share of the traffic does it get?

    From 0 to 1 or in per cent, never less than the step before; empty for `shadow`.
    """
    days: Maybe[Days] = None
    """How many days does the step last?

    Long enough to see what can go wrong: a nightly job shows up after a day, a weekend after a week.
    """
    abort_if: Maybe[Text] = None
    """At what number is the step stopped?

    For example, “hide_users over 0.25 %”. Every canary and every ramp needs one.
    """
    passes_if: Listed[Bound] = []
    """Which numbers must it show to go on?

    For example the constraint on latency: `latency <= 200 ms`.
    """


class Rollback(Node):
    """The way back: `deploy.rollback`."""

    how: Maybe[Text] = None
    """How do you go back?

    One action that does not wait for a build: “previous model and index by one flag”. Name everything that changes
    together.
    """
    minutes: Maybe[Minutes] = None
    """In how many minutes are you back?

    From the alarm to the old answers, tried out and not hoped for. It stays within a promised recovery.
    """


class Logging(Node):
    """What is kept of every prediction, and of what people did then: `deploy.logging`."""

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
    """What is kept of every prediction?

    At least prediction, features and model version: without them no error can be explained and nothing learned.
    `propensity` where exploration is used.
    """
    events: Listed[Term] = []
    """Which events of people are logged?

    Every event that an online metric is computed from, such as `impression`, `click` and `purchase`.
    """
    store: Maybe[NodeRef] = None
    """Where is the log kept?

    The id of a store or block, such as `lake`. From there it flows back to training.
    """


class Security(Node):
    """What protects the service from callers: `deploy.security`."""

    authentication: Maybe[Text] = None
    """Who may call it, and how is that checked?

    For example, “our services only, by mutual TLS”.
    """
    rate_limit: Maybe[Text] = None
    """How often may one caller call it?

    With a number: “50 a second for each client, 2,000 in all”.
    """
    input_limit: Maybe[Text] = None
    """How large may one input be?

    With a number: “8 KB, 200 items”. Whatever is larger is refused before the model sees it.
    """


class Privacy(Node):
    """How personal data is kept and erased: `deploy.privacy`."""

    legal_basis: Maybe[Text] = None
    """On which ground is personal data used?

    For example, `consent`, `contract` or `legitimate interest`.
    """
    retention_days: Maybe[Days] = None
    """For how many days is personal data kept?

    A number, such as `400`; long enough for the features, and no longer.
    """
    deletion: Maybe[Text] = None
    """How is a person's data erased on request?

    How and how soon: “user_id erased from logs and features within 30 days, the models at the next training”.
    """
    minimisation: Maybe[Text] = None
    """What is left out because it is not needed?

    For example, “age is no feature, places are rounded to a city”.
    """
    anonymised: Maybe[YesNo] = None
    """Is the data anonymised for good?

    `true` only if nobody can tie a row to a person again; a hashed id is not enough.
    """


class CostItem(Node):
    """What one part costs: `deploy.costs[]`."""

    item: Maybe[Text] = None
    """Which part costs money?

    A block or a service, such as “ranker” or “labelling”.
    """
    month: Maybe[Money] = None
    """What does it cost a month, in the currency of the file?

    When empty, cost of a unit × units. All items together must stay within the constraint on cost.
    """
    unit_cost: Maybe[Money] = None
    """What does one unit of it cost, in the currency of the file?

    A machine for a month, a thousand calls, a label: `190`.
    """
    volume_month: Maybe[Number] = None
    """How many such units are used a month?

    For example, `24` machines.
    """


class Deploy(Node):
    """How it runs, how it is watched and how one goes back: `deploy`."""

    owner: Maybe[Text] = None
    """Who is called at night?

    A rota, such as “search on-call”. It stands in for every block and monitor without an owner of its own.
    """
    storage: Listed[Storage] = []
    """Where is what kept?

    Only stores that no request waits for: `lake: s3, object_store, events and models`.
    """
    transport: Listed[ToolName] = []
    """By what does data travel?

    For example, `kafka` or `kinesis`; several are possible.
    """
    feature_pipeline: Part[FeaturePipeline] = Field(default_factory=FeaturePipeline)
    """What computes the features?"""
    retraining: Part[Retraining] = Field(default_factory=Retraining)
    """When is the model trained again?"""
    tracking: Maybe[ToolName] = None
    """In which tool are runs and models registered?

    For example, `mlflow`; it tracks experiments and does not watch production.
    """
    versions: Listed[Literal["code", "config", "seed", "data", "model", "prompt"]] = []
    """What is pinned for every model that serves?

    At least code, data and model, so that last month's answer can be made again; with a language model also the prompt.
    """
    architecture: Maybe[Text] = None
    """How is it packaged and run?

    One sentence with containers, zones and what it scales on: “one container for each block on Kubernetes, two zones,
    the ranker scales on CPU”.
    """
    fallback: Maybe[Text] = None
    """What do people see when the model is down?

    The id of a block, such as `popular`, or words: “the block is not shown”.
    """
    load_test_rps: Maybe[Number] = None
    """At how many requests a second is it tested before the launch?

    Above the peak, such as 1,200 for a peak of 900.
    """
    rollout: Listed[RolloutStep] = []
    """By which steps does it reach everybody?

    For example shadow, canary of 1 %, A/B test of 30 %, all; each step with a number that stops it.
    """
    rollback: Part[Rollback] = Field(default_factory=Rollback)
    """How do you go back?"""
    monitoring: Listed[Monitor] = []
    """What is watched, and at which number does it ring?

    One line for each: `hide_users: over 0.3 %`. The primary metric, the guardrails, one source, one feature, latency.
    """
    logging: Part[Logging] = Field(default_factory=Logging)
    """What is kept of every prediction?"""
    security: Part[Security] = Field(default_factory=Security)
    """What protects it from callers?"""
    privacy: Part[Privacy] = Field(default_factory=Privacy)
    """How is personal data kept and erased?"""
    costs: Listed[CostItem] = []
    """What does each part cost a month?

    Machines, tokens, storage, labels and people; “other blocks” as one line is fine. The total is computed.
    """
