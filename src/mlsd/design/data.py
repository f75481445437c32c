"""data"""

from typing import Any, Literal

from pydantic import Field, model_validator

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    Count,
    Days,
    EntityRef,
    Listed,
    Maybe,
    Minutes,
    Money,
    Number,
    OneOf,
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

    name: Maybe[Term] = None
    """What characterises it?"""
    personal: Maybe[YesNo] = None
    """Does it point to a person? Is it protected (age, sex, health)?"""
    sensitive: Maybe[YesNo] = None
    """Does it point to a person? Is it protected (age, sex, health)?"""


class Entity(Entry):
    """Entity. `data.entities[]`"""

    key: Maybe[Term] = None
    """What identifies one?"""
    attributes: Listed[Attribute] = []
    rows: Maybe[Count] = None
    """How many are there in all?"""
    new_per_day: Maybe[Count] = None
    """How many new ones a day, and what do they get before they have history?"""
    cold_start: Maybe[Text] = None
    """How many new ones a day, and what do they get before they have history?"""


class Source(Entry):
    """Source. `data.sources[]`"""

    entity: Listed[EntityRef] = []
    """Which source holds the rows of which entity?"""
    collection: OneOf[
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
    ] = None
    """How is it collected, and may we use it today?"""
    access: OneOf[Literal["granted", "requested", "unavailable"]] = None
    """How is it collected, and may we use it today?"""
    history_days: Maybe[Days] = None
    """How far back does it reach, and how old is its newest row?"""
    lag_minutes: Maybe[Minutes] = None
    """How far back does it reach, and how old is its newest row?"""
    personal: Maybe[YesNo] = None
    """Are there persons in it, and under which terms may we use it?"""
    license: Maybe[Text] = None
    """Are there persons in it, and under which terms may we use it?"""
    owner: Maybe[Text] = None
    """Who answers for it, and how is its quality checked?"""
    checks: Maybe[Text] = None
    """Who answers for it, and how is its quality checked?"""


class Annotation(Node):
    """Labels that people make. `data.labels.annotation`"""

    to_label: Maybe[Count] = None
    """How many need a label, from how many people each, how well do they agree?"""
    per_item: Maybe[Count] = None
    """How many need a label, from how many people each, how well do they agree?"""
    agreement: Maybe[Share] = None
    """How many need a label, from how many people each, how well do they agree?"""
    checks: Maybe[Text] = None
    """How many need a label, from how many people each, how well do they agree?"""
    unit_cost: Maybe[Money] = None
    """What does one label cost, what may all cost, how many a day, for how long?"""
    budget: Maybe[Money] = None
    """What does one label cost, what may all cost, how many a day, for how long?"""
    per_day: Maybe[Count] = None
    """What does one label cost, what may all cost, how many a day, for how long?"""
    days: Maybe[Days] = None
    """What does one label cost, what may all cost, how many a day, for how long?"""


class Labels(Node):
    """Labels. `data.labels`"""

    definition: Maybe[Text] = None
    """What is recorded as the truth? (empty: the target)"""
    source: Maybe[SourceRef] = None
    """Where does the truth come from?"""
    origin: OneOf[Literal["natural", "human", "heuristic", "llm", "own_model"]] = None
    """Where does the truth come from?"""
    delay_days: Maybe[Days] = None
    """How many days after the prediction is it known, horizon included?"""
    positive_rate: Maybe[Share] = None
    """What share of examples is positive?"""
    count: Maybe[Count] = None
    """How many labelled examples, and how many in a test set made apart?"""
    test_count: Maybe[Count] = None
    """How many labelled examples, and how many in a test set made apart?"""
    zero_share: Maybe[Share] = None
    """How many targets are zero; what is the mean per series and period?"""
    mean: Maybe[Number] = None
    """How many targets are zero; what is the mean per series and period?"""
    negatives: Maybe[Text] = None
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
    audit_per_day: Maybe[Count] = None
    """Which labels did our choices not shape; how many live cases a day are audited?"""
    annotation: Part[Annotation] = Field(default_factory=Annotation)


class Data(Node):
    """Data. `data`"""

    entities: Listed[Entity] = []
    sources: Listed[Source] = []
    labels: Part[Labels] = Field(default_factory=Labels)
    seasonality_days: Listed[Days] = []
    """Which cycles must the model see (7, 365)?"""
