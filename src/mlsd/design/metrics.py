"""Stage 2: business, online and offline numbers, and how one moves the next."""

from typing import Any, Literal

from pydantic import Field, model_validator

from mlsd.design import quantity
from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    AttributeRef,
    Count,
    Days,
    Direction,
    Listed,
    Maybe,
    MetricRef,
    Number,
    OneOf,
    Term,
    Text,
    Unit,
    out_of_percent,
    read,
)


class Effect(Node):
    """How much something changes: `lift` of a metric, `ab_test.mde`, `ab_test.expected_effect`."""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return read(quantity.effect, value)

    value: Maybe[Number] = None
    """By how much does it change?

    Write `5% relative` for 5 % of today's value, or `0.25 pp` for a quarter of a percentage point. `5%` alone is
    relative; a bare `5` is refused, because it may mean either.
    """
    kind: OneOf[Literal["relative", "absolute"]] = None
    """Is the change relative to today's value, or in the metric's own unit?

    At 5 % today, 5 % `relative` leads to 5.25 %, and 5 points `absolute` lead to 10 %.
    """


class Metric(Entry):
    """A number that is watched: `metrics.business[]`, `metrics.online[]`, `metrics.offline[]`."""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return out_of_percent(value, "baseline", "target", "margin", "sd")

    metric: Maybe[Term] = None
    """Under which standard name is it known?

    For example, `ndcg`, `pr_auc`, `ctr`, `latency`. When empty, the id is looked up. From it follow the tasks it suits
    and which way is better.
    """
    k: Maybe[Count] = None
    """At which length of the list is it measured?

    10 for NDCG@10. It should agree with the number of results shown, or with what a funnel step gives.
    """
    at: Maybe[Number] = None
    """At which threshold, share or floor is it measured?

    The number behind the @: precision in the top 5 % is `0.05`, recall at a precision of 0.9 is `0.9`.
    """
    role: OneOf[Literal["success", "guardrail", "diagnostic"]] = None
    """Does it decide, protect or only explain?

    `success` decides, a `guardrail` must not get worse, `diagnostic` explains. The first metric of a list that is
    `success` or empty is its primary.
    """
    direction: Direction = None
    """Which way is better?

    `down` for errors, latency and hides, `up` for most others.
    """
    baseline: Maybe[Number] = None
    """What is it today?

    Measured over the same people and window. The metric of the goal and the metric of the baseline model leave it
    empty: their number is already written there.
    """
    target: Maybe[Number] = None
    """Which value must it reach?

    Better than today's. For a guardrail the margin is the promise, and the target stays empty.
    """
    lift: Part[Effect] = Field(default_factory=Effect)
    """By how much must it change, if that is easier to say than a value?

    For example, `5% relative`. Give this or the target, not two different ones.
    """
    margin: Maybe[Number] = None
    """How much worse may a guardrail get before the launch is stopped, in its own unit?

    A number from 0: a rate of 0.2 % with a margin of 0.05 % stops at 0.25 %. Without a margin every wobble or none is a
    breach.
    """
    sd: Maybe[Number] = None
    """What is its standard deviation between the units of the experiment?

    For a guardrail that is a mean, or of which each store, time slot or other cluster gives one, also for a share, as
    for one that is counted per session where people are randomised: how far their means lie apart, over the same
    window. Without it nobody can say which margin the test excludes. Of the primary metric it stands in `ab_test.sd`.
    """
    unit: Maybe[Term] = None
    """In which unit is it?

    For example, `ms`, `EUR` or `share`. Beside `%` a bare `14` means 14 %, which is kept as a share.
    """
    of: Unit = None
    """Per what is it counted?

    `user`, `session`, `impression` and so on. If the experiment splits by something coarser, the variance needs the
    delta method or clusters.
    """
    window_days: Maybe[Days] = None
    """Over how many days of one unit is it counted?

    7 means that every user is watched for seven days, so the experiment has to run at least seven days longer than its
    enrolment. Zero or empty if it is known at once.
    """
    definition: Maybe[Text] = None
    """How exactly is it computed?

    Numerator, denominator and exclusions: “paid orders of the session without delivery and returns”. Two teams should
    get the same number from it.
    """
    events: Listed[Term] = []
    """From which logged events is it computed?

    Names such as `impression` and `add_to_cart`; each has to stand in `deploy.logging.events`.
    """
    links_to: Listed[MetricRef] = []
    """Which number nearer to the business does it move?

    Offline leads to online and online to business: `ndcg_at_10` to `cart_users` to `revenue_per_session`. A metric that
    links to nothing is a hobby.
    """


class Metrics(Node):
    """The three lists of numbers, and the groups they are also shown for: `metrics`."""

    business: Listed[Metric] = []
    """Which numbers does the business watch?

    One to three, in money or customers. The one named in the goal is the first.
    """
    online: Listed[Metric] = []
    """Which numbers does the A/B test read?

    One or two of success and at least one guardrail. 96 % of public design documents have no guardrail.
    """
    offline: Listed[Metric] = []
    """What is measured before the launch, on the test part?

    Metrics that suit the task, each linked to an online one: `ndcg_at_10 up to 0.34 -> cart_users`.
    """
    slices: Listed[AttributeRef] = []
    """For which groups is quality shown separately?

    Attributes such as `user.country` or `item.category`. An average hides the group that got worse.
    """
