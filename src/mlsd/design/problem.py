"""Stage 1: what is really asked, what limits the answer, how large it is and what errors cost."""

from typing import Any, Literal

from pydantic import Field, model_validator

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
    out_of_percent,
)


class Goal(Node):
    """The number that has to change, from what to what, by when: `problem.goal`."""

    statement: Maybe[Text] = None
    """Did I understand correctly: what should change, and for whom?

    One sentence in the words of the business and without a model in it: “Whoever opens a product should find what goes
    with it, so that a session earns more.”
    """
    metric: Maybe[MetricRef] = None
    """Which business number says that the goal is reached?

    The id of an entry of `metrics.business`, such as `revenue_per_session`. “Better recommendations” is not a number.
    """
    baseline: Maybe[Number] = None
    """What is that number today?

    In the unit of the metric, such as `1.84`. It is written here only: the business metric of that id leaves its own
    baseline empty.
    """
    target: Maybe[Number] = None
    """Which value must that number reach?

    In the unit of the metric, such as `1.86`, and better than today's. It is written here only: the business metric
    leaves its own target empty.
    """
    by: Maybe[IsoDate] = None
    """By which day must it be reached?

    Written as `2027-06-30`. A target without a day can never be missed.
    """
    worth_month: Maybe[Money] = None
    """What is reaching the target worth a month, in the currency of the file?

    For example, `180k`. It is compared with the monthly costs: a project that costs more than it brings needs another
    reason.
    """


class Clarification(Node):
    """A question that you asked back, and its answer: `problem.clarifications[]`."""

    question: Maybe[Text] = None
    """What did you ask back?

    A question whose answer changes the design: “Is only the product page meant?” Two to five are usual.
    """
    answer: Maybe[Text] = None
    """What were you told, or what do you assume?

    Say so where it is an assumption: “Assumed: web and app, not e-mail.”
    """


class Oversight(Node):
    """People in the loop of the decision: `problem.decision.oversight`."""

    route: Maybe[Text] = None
    """Which cases go to a person?

    A rule that a machine can apply, such as “scores between 0.4 and 0.7, and every amount over 5,000 EUR”.
    """
    appeal: Maybe[Text] = None
    """How can someone affected object, and who answers?

    For example, “a link in the letter, answered by the credit team within five days”. Expected wherever an action
    cannot be undone.
    """
    flag_rate: Maybe[Share] = None
    """What share of all cases goes to a person?

    From 0 to 1 or in per cent, such as `2%`. Together with the daily volume it gives the length of the queue.
    """
    reviewers: Maybe[Count] = None
    """How many people review?

    Those who work on an average day, not those who are employed.
    """
    cases_per_reviewer_day: Maybe[Count] = None
    """How many cases can one reviewer settle in a day?

    Some 100 to 300 where a glance is enough, 10 to 30 where documents are read. Reviewers × cases must cover the
    flagged cases of a day.
    """


class Decision(Node):
    """What is done with a prediction, by whom, how soon: `problem.decision`."""

    actor: OneOf[Literal["machine", "human", "both"]] = None
    """Who acts on the prediction?

    `machine` acts on its own, `human` only reads it, `both` means that a machine decides and hands some cases to
    people.
    """
    action: Maybe[Text] = None
    """What is done with the prediction?

    A verb and an object, such as “show ten items under the product” or “hold the payment for review”. A prediction that
    changes no action is worth nothing.
    """
    reversible: Maybe[YesNo] = None
    """Can the action be undone?

    `false` for a rejected loan or a deleted post. Then a person, an appeal or both belong into `oversight`.
    """
    deadline_ms: Maybe[Ms] = None
    """After how many milliseconds is the answer useless?

    When the page is painted without it or the payment is released, such as `300 ms`. It is never shorter than the
    latency promised in the constraints.
    """
    lead_days: Maybe[Days] = None
    """How many days before the event must the decision be taken?

    An order that takes 45 days to arrive needs a forecast at least 45 days ahead: the horizon of the target may not be
    shorter. Zero or empty where one decides on the spot.
    """
    oversight: Part[Oversight] = Field(default_factory=Oversight)
    """Where do people stand in the loop?

    Needed where the action cannot be undone or the stakes are high.
    """


class Scale(Node):
    """How large it is; averages are computed and never typed: `problem.scale`."""

    daily_users: Maybe[Count] = None
    """How many users meet it on a day?

    For example, `2M`. Users of the feature, not customers of the company.
    """
    requests_per_user_day: Maybe[Number] = None
    """How many requests does one user make a day?

    For example, `6`; it may be a fraction. Users × requests ÷ 86,400 is the average load a second, which the tool
    shows.
    """
    volume_day: Maybe[Count] = None
    """How many things have to be decided a day, whoever asks for them?

    For work that no user triggers: 500k payments, 40k items to forecast. When empty, users × requests.
    """
    rps_peak: Maybe[Number] = None
    """How many requests a second arrive at the peak?

    Usually two to ten times the average; more than fifty times needs an explanation, and below the average is a
    mistake.
    """
    items: Maybe[Count] = None
    """Among how many things does one request choose?

    For example, `3M` products. From about 100,000 on, a retrieval step has to come before the ranking. The index and
    the first step of the funnel inherit this number.
    """
    growth_per_year: Maybe[Ratio] = None
    """By what share does the load grow in a year?

    `30%` means 1.3 times the load in a year's time; `2` means three times.
    """


class Constraint(Entry):
    """A limit that the answer must respect, with its number, unit and percentile: `problem.constraints[]`."""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return out_of_percent(value, "value")

    text: Maybe[Text] = None
    """What does the limit say, in words?

    Enough for `law`, `privacy`, `people` and `explainability`: “People may refuse personalisation and ask for
    deletion.” All others need a number; “fast” is not a limit.
    """
    applies_to: Listed[AnyRef] = []
    """Which parts does the limit hold for?

    Ids of any kind, such as `ranker`. When empty, it holds for the whole service.
    """
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
    """What is limited?

    The kind decides the unit and what answers it: `latency` the budgets of the blocks, `cost` the list of costs,
    `freshness` lags and cadences.
    """
    op: Op = None
    """Must the value stay at or below the number, at or above it, or equal it?

    Usually `<=` for latency and cost, `>=` for availability and throughput. In YAML it stands in quotes.
    """
    value: Maybe[Number] = None
    """Which number is the limit?

    In the unit of the next field: `200` for a latency in ms, `99.9%` for availability, `20k` for a cost a month.
    """
    unit: Maybe[Term] = None
    """In which unit is the number?

    `ms` for latency, `rps` for throughput, `h/year` or `min/month` for downtime, `min` for recovery and freshness, `GB`
    for memory, `GPU` for hardware, `EUR/month` or `EUR/request` for cost. Beside `%` a bare `99.9` means 99.9 %.
    """
    percentile: Maybe[Percentile] = None
    """At which percentile does a latency hold?

    For example, `p99` or `99.9`, from 0 to 100. 76 % of the latencies in public design documents name none, and a
    median of 200 ms allows half of the requests to be slower.
    """


class ErrorCosts(Node):
    """What each kind of wrong answer costs: `problem.error_costs`."""

    false_positive: Maybe[Money] = None
    """What does one false alarm cost, lost gain included?

    In the currency of the file, or as a ratio if `currency` is `relative`: 1 to 3 is often all one knows, and enough to
    set a threshold.
    """
    false_negative: Maybe[Money] = None
    """What does one missed case cost, lost gain included?

    In the same currency. The threshold with the lowest cost is the cost of a false alarm ÷ the sum of both.
    """
    over: Maybe[Money] = None
    """What does one unit too many cost?

    For forecasts, stock and capacity: the waste of one unsold unit.
    """
    under: Maybe[Money] = None
    """What does one unit too few cost?

    The lost margin of one missed sale. The best quantile to order is under ÷ (under + over): 3 to 1 gives the 75th.
    """
    currency: Maybe[Term] = None
    """Are these amounts money, or only a ratio?

    `relative` says that only the ratio counts. When empty, the currency of the file.
    """
    note: Maybe[Text] = None
    """Where do these figures come from?

    For example, “refunds of 2026, finance”, or “a missed companion loses a sale, a wrong one only a place”.
    """


class Risk(Entry):
    """Something that can go wrong, and who notices: `problem.risks[]`."""

    text: Maybe[Text] = None
    """What can go wrong?

    A mechanism and not a word: “We learn only from what we showed, so the tail disappears.”
    """
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
    """Of what kind is the risk?"""
    impact: OneOf[Literal["low", "medium", "high"]] = None
    """How bad would it be?

    `high` if people are harmed, the law is broken or the business process stops; then it needs a monitor and a
    fallback.
    """
    mitigation: Maybe[Text] = None
    """What is done about it?

    Something that is built or measured, such as “2 % of the places are filled at random”, and not “we will be careful”.
    """
    accepted: Maybe[Text] = None
    """Why is it accepted as it is, if nothing is done?

    Somebody's decision with a reason: “affects 0.1 % of orders, worth less than a day of work”.
    """
    monitor: Maybe[MonitorRef] = None
    """Which monitor notices when it happens?

    The id of an entry of `deploy.monitoring`, such as `tail`.
    """


class Problem(Node):
    """What is asked, by whom, how large it is and what limits it: `problem`."""

    goal: Part[Goal] = Field(default_factory=Goal)
    """What has to change, from what to what, by when?"""
    decision: Part[Decision] = Field(default_factory=Decision)
    """What is done with a prediction?"""
    clarifications: Listed[Clarification] = []
    """What did you ask back before you started?

    Two to five pairs. Interviewers score this first: it shows that you do not solve the wrong problem.
    """
    current_solution: Maybe[Text] = None
    """How is it solved today?

    What runs now and how well, such as “best sellers of the category, recomputed every night”. It is the first thing
    the new one has to beat.
    """
    why_ml: Maybe[Text] = None
    """Why is a rule or a query not enough?

    The number that defeats rules: “3 million items, 14 million people, and the rules written by hand cover 2 % of the
    pairs”.
    """
    in_scope: Listed[Text] = []
    """What will it cover?

    A few short entries, such as “product page on the web”.
    """
    out_of_scope: Listed[Text] = []
    """What will it not cover, or not optimise?

    At least one entry that somebody might expect, such as “home page” or “margin of an item”. Nothing named here may be
    needed elsewhere in the design.
    """
    scale: Part[Scale] = Field(default_factory=Scale)
    """How large is it?"""
    constraints: Listed[Constraint] = []
    """What limits you: time, memory, machines, money, people, law?

    One line for each, such as `p99 latency <= 200 ms`. Every limit has to be answered by some part of the design.
    """
    error_costs: Part[ErrorCosts] = Field(default_factory=ErrorCosts)
    """What do wrong answers cost?"""
    risks: Listed[Risk] = []
    """What can go wrong, and what is done about it?

    Three to seven that belong to this problem. “The model may be inaccurate” belongs to all problems.
    """
