"""problem"""

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    AnyRef,
    Count,
    Days,
    IsoDate,
    Listed,
    Maybe,
    MetricRef,
    Money,
    MonitorRef,
    Ms,
    Number,
    OneOf,
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

    statement: Maybe[Text] = None
    """Did I understand correctly: what should change, and for whom?"""
    metric: Maybe[MetricRef] = None
    """Which business number says so: from what, to what, by when?"""
    baseline: Maybe[Number] = None
    """Which business number says so: from what, to what, by when?"""
    target: Maybe[Number] = None
    """Which business number says so: from what, to what, by when?"""
    by: Maybe[IsoDate] = None
    """Which business number says so: from what, to what, by when?"""
    worth_month: Maybe[Money] = None
    """What is reaching the target worth a month?"""


class Clarification(Node):
    """Clarification. `problem.clarifications[]`"""

    question: Maybe[Text] = None
    """What did you ask back, and what were you told (or do you assume)?"""
    answer: Maybe[Text] = None
    """What did you ask back, and what were you told (or do you assume)?"""


class Oversight(Node):
    """People in the loop. `problem.decision.oversight`"""

    route: Maybe[Text] = None
    """Which cases go to a person, and how does someone affected object?"""
    appeal: Maybe[Text] = None
    """Which cases go to a person, and how does someone affected object?"""
    flag_rate: Maybe[Share] = None
    """What share of cases, for how many people, each doing how many a day?"""
    reviewers: Maybe[Count] = None
    """What share of cases, for how many people, each doing how many a day?"""
    cases_per_reviewer_day: Maybe[Count] = None
    """What share of cases, for how many people, each doing how many a day?"""


class Decision(Node):
    """What is done with a prediction. `problem.decision`"""

    actor: OneOf[Literal["machine", "human", "both"]] = None
    """Who acts on the prediction, and what do they do?"""
    action: Maybe[Text] = None
    """Who acts on the prediction, and what do they do?"""
    reversible: Maybe[YesNo] = None
    """Can the action be undone?"""
    deadline_ms: Maybe[Ms] = None
    """How soon is the answer useless; how many days ahead must one decide?"""
    lead_days: Maybe[Days] = None
    """How soon is the answer useless; how many days ahead must one decide?"""
    oversight: Part[Oversight] = Field(default_factory=Oversight)


class Scale(Node):
    """Scale. `problem.scale`"""

    daily_users: Maybe[Count] = None
    """How many users a day, and how many requests does each make?"""
    requests_per_user_day: Maybe[Number] = None
    """How many users a day, and how many requests does each make?"""
    volume_day: Maybe[Count] = None
    """Or: how many things a day must be decided, whoever asks?"""
    rps_peak: Maybe[Number] = None
    """How many requests a second at the peak?"""
    items: Maybe[Count] = None
    """Among how many things does one request choose?"""
    growth_per_year: Maybe[Ratio] = None
    """By how much does the load grow in a year?"""


class Constraint(Entry):
    """Kinds and units in §4. `problem.constraints[]`"""

    text: Maybe[Text] = None
    """What is it called, what does it say, what does it limit (empty: the service)?"""
    applies_to: Listed[AnyRef] = []
    """What is it called, what does it say, what does it limit (empty: the service)?"""
    kind: OneOf[
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
    ] = None
    """What is limited?"""
    op: Op = None
    """To what number, in which unit, at which percentile?"""
    value: Maybe[Number] = None
    """To what number, in which unit, at which percentile?"""
    unit: Maybe[Term] = None
    """To what number, in which unit, at which percentile?"""
    percentile: Maybe[Percentile] = None
    """To what number, in which unit, at which percentile?"""


class ErrorCosts(Node):
    """ErrorCosts. `problem.error_costs`"""

    false_positive: Maybe[Money] = None
    """What does each wrong answer cost, lost gain included?"""
    false_negative: Maybe[Money] = None
    """What does each wrong answer cost, lost gain included?"""
    over: Maybe[Money] = None
    """What does one unit too many cost, and one too few?"""
    under: Maybe[Money] = None
    """What does one unit too many cost, and one too few?"""
    currency: Maybe[Term] = None
    """Money or only a ratio (`relative`), and where do the figures come from?"""
    note: Maybe[Text] = None
    """Money or only a ratio (`relative`), and where do the figures come from?"""


class Risk(Entry):
    """Risk. `problem.risks[]`"""

    text: Maybe[Text] = None
    """What can go wrong?"""
    kind: OneOf[
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
    ] = None
    """Of what kind is it, and how bad?"""
    impact: OneOf[Literal["low", "medium", "high"]] = None
    """Of what kind is it, and how bad?"""
    mitigation: Maybe[Text] = None
    """What is done about it (or why is it accepted), and which monitor notices?"""
    accepted: Maybe[Text] = None
    """What is done about it (or why is it accepted), and which monitor notices?"""
    monitor: Maybe[MonitorRef] = None
    """What is done about it (or why is it accepted), and which monitor notices?"""


class Problem(Node):
    """Problem. `problem`"""

    goal: Part[Goal] = Field(default_factory=Goal)
    decision: Part[Decision] = Field(default_factory=Decision)
    clarifications: Listed[Clarification] = []
    current_solution: Maybe[Text] = None
    """How is it solved today, and why is a rule or a query not enough?"""
    why_ml: Maybe[Text] = None
    """How is it solved today, and why is a rule or a query not enough?"""
    in_scope: Listed[Text] = []
    """What will it cover, and what will it not cover or not optimise?"""
    out_of_scope: Listed[Text] = []
    """What will it cover, and what will it not cover or not optimise?"""
    scale: Part[Scale] = Field(default_factory=Scale)
    constraints: Listed[Constraint] = []
    error_costs: Part[ErrorCosts] = Field(default_factory=ErrorCosts)
    risks: Listed[Risk] = []
