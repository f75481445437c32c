"""data"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    Count,
    Days,
    EntityRef,
    Listed,
    Minutes,
    Money,
    Number,
    Share,
    SourceRef,
    Term,
    Text,
    YesNo,
)


class Attribute(Node):
    """Attribute. `data.entities[].attributes[]`"""

    identity = "name"

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    name: Term | None = None
    """What characterises it?"""
    personal: YesNo | None = None
    """Does it point to a person? Is it protected (age, sex, health)?"""
    sensitive: YesNo | None = None
    """Does it point to a person? Is it protected (age, sex, health)?"""


class Entity(Entry):
    """Entity. `data.entities[]`"""

    key: Term | None = None
    """What identifies one?"""
    attributes: Listed[Attribute] = []
    rows: Count | None = None
    """How many are there in all?"""
    new_per_day: Count | None = None
    """How many new ones a day, and what do they get before they have history?"""
    cold_start: Text | None = None
    """How many new ones a day, and what do they get before they have history?"""


class Source(Entry):
    """Source. `data.sources[]`"""

    entity: Listed[EntityRef] = []
    """Which source holds the rows of which entity?"""
    collection: (
        Literal[
            "logs",
            "database",
            "scraped",
            "written",
            "annotated",
            "survey",
            "sensor",
            "partner",
            "purchased",
            "generated",
            "other",
        ]
        | None
    ) = None
    """How is it collected, and may we use it today?"""
    access: Literal["granted", "requested", "unavailable"] | None = None
    """How is it collected, and may we use it today?"""
    history_days: Days | None = None
    """How far back does it reach, and how old is its newest row?"""
    lag_minutes: Minutes | None = None
    """How far back does it reach, and how old is its newest row?"""
    personal: YesNo | None = None
    """Are there persons in it, and under which terms may we use it?"""
    license: Text | None = None
    """Are there persons in it, and under which terms may we use it?"""
    owner: Text | None = None
    """Who answers for it, and how is its quality checked?"""
    checks: Text | None = None
    """Who answers for it, and how is its quality checked?"""


class Annotation(Node):
    """Labels that people make. `data.labels.annotation`"""

    to_label: Count | None = None
    """How many need a label, from how many people each, how well do they agree?"""
    per_item: Count | None = None
    """How many need a label, from how many people each, how well do they agree?"""
    agreement: Share | None = None
    """How many need a label, from how many people each, how well do they agree?"""
    checks: Text | None = None
    """How many need a label, from how many people each, how well do they agree?"""
    unit_cost: Money | None = None
    """What does one label cost, what may all cost, how many a day, for how long?"""
    budget: Money | None = None
    """What does one label cost, what may all cost, how many a day, for how long?"""
    per_day: Count | None = None
    """What does one label cost, what may all cost, how many a day, for how long?"""
    days: Days | None = None
    """What does one label cost, what may all cost, how many a day, for how long?"""


class Labels(Node):
    """Labels. `data.labels`"""

    definition: Text | None = None
    """What is recorded as the truth? (empty: the target)"""
    source: SourceRef | None = None
    """Where does the truth come from?"""
    origin: Literal["natural", "human", "heuristic", "llm", "own_model"] | None = None
    """Where does the truth come from?"""
    delay_days: Days | None = None
    """How many days after the prediction is it known, horizon included?"""
    positive_rate: Share | None = None
    """What share of examples is positive?"""
    count: Count | None = None
    """How many labelled examples, and how many in a test set made apart?"""
    test_count: Count | None = None
    """How many labelled examples, and how many in a test set made apart?"""
    zero_share: Share | None = None
    """How many targets are zero; what is the mean per series and period?"""
    mean: Number | None = None
    """How many targets are zero; what is the mean per series and period?"""
    negatives: Text | None = None
    """What counts as a negative, and how are negatives drawn?"""
    unbiased_by: Listed[
        Literal[
            "random_holdout",
            "exploration",
            "propensity_logging",
            "reject_inference",
            "position_debiasing",
            "other",
        ]
    ] = []
    """Which labels did our choices not shape; how many live cases a day are audited?"""
    audit_per_day: Count | None = None
    """Which labels did our choices not shape; how many live cases a day are audited?"""
    annotation: Part[Annotation] = Field(default_factory=Annotation)


class Data(Node):
    """Data. `data`"""

    entities: Listed[Entity] = []
    sources: Listed[Source] = []
    labels: Part[Labels] = Field(default_factory=Labels)
    seasonality_days: Listed[Days] = []
    """Which cycles must the model see (7, 365)?"""
