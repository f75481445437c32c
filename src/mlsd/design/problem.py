"""problem"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    AnyRef,
    Count,
    Days,
    IsoDate,
    Listed,
    MetricRef,
    Money,
    MonitorRef,
    Ms,
    Number,
    Op,
    Percentile,
    Ratio,
    Share,
    Term,
    Text,
    YesNo,
)


class Goal(Node):
    """Goal. `problem.goal`"""

    statement: Text | None = None
    """Did I understand correctly: what should change, and for whom?"""
    metric: MetricRef | None = None
    """Which business number says so: from what, to what, by when?"""
    baseline: Number | None = None
    """Which business number says so: from what, to what, by when?"""
    target: Number | None = None
    """Which business number says so: from what, to what, by when?"""
    by: IsoDate | None = None
    """Which business number says so: from what, to what, by when?"""
    worth_month: Money | None = None
    """What is reaching the target worth a month?"""


class Clarification(Node):
    """Clarification. `problem.clarifications[]`"""

    question: Text | None = None
    """What did you ask back, and what were you told (or do you assume)?"""
    answer: Text | None = None
    """What did you ask back, and what were you told (or do you assume)?"""


class Oversight(Node):
    """People in the loop. `problem.decision.oversight`"""

    route: Text | None = None
    """Which cases go to a person, and how does someone affected object?"""
    appeal: Text | None = None
    """Which cases go to a person, and how does someone affected object?"""
    flag_rate: Share | None = None
    """What share of cases, for how many people, each doing how many a day?"""
    reviewers: Count | None = None
    """What share of cases, for how many people, each doing how many a day?"""
    cases_per_reviewer_day: Count | None = None
    """What share of cases, for how many people, each doing how many a day?"""


class Decision(Node):
    """What is done with a prediction. `problem.decision`"""

    actor: Literal["machine", "human", "both"] | None = None
    """Who acts on the prediction, and what do they do?"""
    action: Text | None = None
    """Who acts on the prediction, and what do they do?"""
    reversible: YesNo | None = None
    """Can the action be undone?"""
    deadline_ms: Ms | None = None
    """How soon is the answer useless; how many days ahead must one decide?"""
    lead_days: Days | None = None
    """How soon is the answer useless; how many days ahead must one decide?"""
    oversight: Part[Oversight] = Field(default_factory=Oversight)


class Scale(Node):
    """Scale. `problem.scale`"""

    daily_users: Count | None = None
    """How many users a day, and how many requests does each make?"""
    requests_per_user_day: Number | None = None
    """How many users a day, and how many requests does each make?"""
    volume_day: Count | None = None
    """Or: how many things a day must be decided, whoever asks?"""
    rps_peak: Number | None = None
    """How many requests a second at the peak?"""
    items: Count | None = None
    """Among how many things does one request choose?"""
    growth_per_year: Ratio | None = None
    """By how much does the load grow in a year?"""


class Constraint(Entry):
    """Kinds and units in §4. `problem.constraints[]`"""

    text: Text | None = None
    """What is it called, what does it say, what does it limit (empty: the service)?"""
    applies_to: Listed[AnyRef] = []
    """What is it called, what does it say, what does it limit (empty: the service)?"""
    kind: (
        Literal[
            "latency",
            "throughput",
            "availability",
            "downtime",
            "recovery",
            "freshness",
            "memory",
            "hardware",
            "cost",
            "privacy",
            "law",
            "explainability",
            "people",
            "other",
        ]
        | None
    ) = None
    """What is limited?"""
    op: Op | None = None
    """To what number, in which unit, at which percentile?"""
    value: Number | None = None
    """To what number, in which unit, at which percentile?"""
    unit: Term | None = None
    """To what number, in which unit, at which percentile?"""
    percentile: Percentile | None = None
    """To what number, in which unit, at which percentile?"""


class ErrorCosts(Node):
    """ErrorCosts. `problem.error_costs`"""

    false_positive: Money | None = None
    """What does each wrong answer cost, lost gain included?"""
    false_negative: Money | None = None
    """What does each wrong answer cost, lost gain included?"""
    over: Money | None = None
    """What does one unit too many cost, and one too few?"""
    under: Money | None = None
    """What does one unit too many cost, and one too few?"""
    currency: Term | None = None
    """Money or only a ratio (`relative`), and where do the figures come from?"""
    note: Text | None = None
    """Money or only a ratio (`relative`), and where do the figures come from?"""


class Risk(Entry):
    """Risk. `problem.risks[]`"""

    text: Text | None = None
    """What can go wrong?"""
    kind: (
        Literal[
            "business",
            "data",
            "model",
            "operations",
            "security",
            "law",
            "misuse",
            "other",
        ]
        | None
    ) = None
    """Of what kind is it, and how bad?"""
    impact: Literal["low", "medium", "high"] | None = None
    """Of what kind is it, and how bad?"""
    mitigation: Text | None = None
    """What is done about it (or why is it accepted), and which monitor notices?"""
    accepted: Text | None = None
    """What is done about it (or why is it accepted), and which monitor notices?"""
    monitor: MonitorRef | None = None
    """What is done about it (or why is it accepted), and which monitor notices?"""


class Problem(Node):
    """Problem. `problem`"""

    goal: Part[Goal] = Field(default_factory=Goal)
    decision: Part[Decision] = Field(default_factory=Decision)
    clarifications: Listed[Clarification] = []
    current_solution: Text | None = None
    """How is it solved today, and why is a rule or a query not enough?"""
    why_ml: Text | None = None
    """How is it solved today, and why is a rule or a query not enough?"""
    in_scope: Listed[Text] = []
    """What will it cover, and what will it not cover or not optimise?"""
    out_of_scope: Listed[Text] = []
    """What will it cover, and what will it not cover or not optimise?"""
    scale: Part[Scale] = Field(default_factory=Scale)
    constraints: Listed[Constraint] = []
    error_costs: Part[ErrorCosts] = Field(default_factory=ErrorCosts)
    risks: Listed[Risk] = []
