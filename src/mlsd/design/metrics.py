"""metrics"""

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
    read,
)


class Effect(Node):
    """How much something changes. `lift` of a metric, `ab_test.mde`, `ab_test.expected_effect`"""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return read(quantity.effect, value)

    value: Maybe[Number] = None
    """By how much: relative to today, or in points?"""
    kind: OneOf[Literal["relative", "absolute"]] = None
    """By how much: relative to today, or in points?"""


class Metric(Entry):
    """Metric. `metrics.business[]` `metrics.online[]` `metrics.offline[]`"""

    metric: Maybe[Term] = None
    """Under which standard name is it known? (empty: as the id)"""
    k: Maybe[Count] = None
    """At which list length, or at which threshold, share or floor?"""
    at: Maybe[Number] = None
    """At which list length, or at which threshold, share or floor?"""
    role: OneOf[Literal["success", "guardrail", "diagnostic"]] = None
    """Does it decide, protect or only explain?"""
    direction: Direction = None
    """Which numbers, and which way is better?"""
    baseline: Maybe[Number] = None
    """What is it today?"""
    target: Maybe[Number] = None
    """Which value must it reach?"""
    lift: Part[Effect] = Field(default_factory=Effect)
    margin: Maybe[Number] = None
    """How much worse may a guardrail get, in its own unit?"""
    unit: Maybe[Term] = None
    """How exactly is it computed, in which unit, from which logged events?"""
    of: Unit = None
    """Per what is it counted, and over how many days of one?"""
    window_days: Maybe[Days] = None
    """Per what is it counted, and over how many days of one?"""
    definition: Maybe[Text] = None
    """How exactly is it computed, in which unit, from which logged events?"""
    events: Listed[Term] = []
    """How exactly is it computed, in which unit, from which logged events?"""
    links_to: Listed[MetricRef] = []
    """Which number nearer to the business does it move?"""


class Metrics(Node):
    """Metrics. `metrics`"""

    business: Listed[Metric] = []
    online: Listed[Metric] = []
    offline: Listed[Metric] = []
    slices: Listed[AttributeRef] = []
    """For which groups is quality also shown?"""
