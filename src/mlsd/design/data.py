"""Stage 3: entities with what characterises them, how the data is collected, and where the truth comes from."""

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
    """Something that characterises an entity: `data.entities[].attributes[]`."""

    identity = "name"

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    name: Maybe[Term] = None
    """What is the characteristic called?

    For example, `age` or `brand`. Elsewhere it is `user.age`.
    """
    personal: Maybe[YesNo] = None
    """Does it point to a person?

    `true` for a name, an address, an age or a precise place. Personal data needs a legal basis, a retention and a way
    to be erased.
    """
    sensitive: Maybe[YesNo] = None
    """Is it protected, such as age, sex, origin, religion or health?

    `true` also for a stand-in, such as a postcode that gives away the origin. In regulated problems a feature made of
    it needs a reason.
    """


class Entity(Entry):
    """A kind of thing the data is about: `data.entities[]`."""

    key: Maybe[Term] = None
    """What identifies one?

    One column, or several with commas: `user_id, item_id, time`. The split uses it to keep one thing on one side.
    """
    attributes: Listed[Attribute] = []
    """What characterises it?

    Two or three that matter for the prediction, such as `price, brand, description`. Mark those that point to a person.
    """
    rows: Maybe[Count] = None
    """How many have ever been stored?

    For example, `14M`. How many are alive as choices is `problem.scale.items`.
    """
    new_per_day: Maybe[Count] = None
    """How many new ones arrive a day?

    For example, `4k`; 0 if none. It decides how much cold start costs and how often an index has to be rebuilt.
    """
    cold_start: Maybe[Text] = None
    """What does a new one get before it has any history?

    For example, “its text vector enters retrieval within the day”, or “best sellers of the country”. “It waits” is an
    answer too, if you say for how long.
    """


class Source(Entry):
    """Where rows come from, and whether we may use them: `data.sources[]`."""

    entity: Listed[EntityRef] = []
    """Of which entities does it hold rows?

    One or several ids from `data.entities`, such as `[interaction, user]`.
    """
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
    """How is the data collected?

    `logs` and `database` are there already; `annotated` costs money for each row; `scraped`, `partner` and `purchased`
    need terms of use.
    """
    access: OneOf[Literal["granted", "requested", "unavailable"]] = None
    """May we use it today?

    `requested` is a risk with a date; a label or a feature from an `unavailable` source cannot be built.
    """
    history_days: Maybe[Days] = None
    """How many days back does it reach?

    For example, `400`. It has to cover the longest feature window, the label delay and the test together, and two
    cycles of every season.
    """
    lag_minutes: Maybe[Minutes] = None
    """How many minutes old is its newest row?

    1 for a stream, 1440 for a nightly dump. It may not exceed any freshness that is promised.
    """
    personal: Maybe[YesNo] = None
    """Does it hold data about persons?

    `true` if any row can be tied to a person, pseudonyms included.
    """
    license: Maybe[Text] = None
    """Under which terms may it be used?

    Needed for what is scraped, bought or a partner's, such as “CC BY 4.0” or “contract of 2025, no resale”.
    """
    owner: Maybe[Text] = None
    """Which team answers for the source?

    The one you call when the table is empty in the morning.
    """
    checks: Maybe[Text] = None
    """How is its quality checked before it is used?

    For example, “schema, volume within three sigma, bots removed”.
    """


class Annotation(Node):
    """Labels that people make: `data.labels.annotation`."""

    to_label: Maybe[Count] = None
    """How many examples have to be labelled?"""
    per_item: Maybe[Count] = None
    """How many people label the same example?

    One is cheap; three with a majority vote also show where the task is unclear.
    """
    agreement: Maybe[Share] = None
    """In what share of examples do the labellers agree?

    From 0 to 1 or in per cent. Below some 80 % the instructions are the problem, and no model will beat their
    agreement.
    """
    checks: Maybe[Text] = None
    """How is the work of labellers checked?

    For example, “5 % known examples mixed in, disputes go to an expert”.
    """
    unit_cost: Maybe[Money] = None
    """What does one label by one person cost, in the currency of the file?

    Between 0.02 for a click and 50 for a doctor's opinion.
    """
    budget: Maybe[Money] = None
    """What may all labels cost together, in the currency of the file?

    Examples × people × cost of one has to stay within it.
    """
    per_day: Maybe[Count] = None
    """How many labels can be made a day, by all people together?"""
    days: Maybe[Days] = None
    """How many days are there for labelling?

    Labels needed ÷ labels a day has to fit in.
    """


class Labels(Node):
    """Where the truth comes from, how late it is and how rare a positive is: `data.labels`."""

    definition: Maybe[Text] = None
    """What exactly is recorded as the truth?

    Only where it differs from `model.target.definition`: a click that stands for interest, a grade that stands for
    quality. When empty, the target.
    """
    source: Maybe[SourceRef] = None
    """Which source does the truth come from?

    The id of an entry of `data.sources`, such as `click_log`.
    """
    origin: OneOf[Literal["natural", "human", "heuristic", "llm", "own_model"]] = None
    """Who or what makes the label?

    `natural` means that the world tells by itself (a click, a payback); `heuristic`, `llm` and `own_model` need a
    sample checked by people.
    """
    delay_days: Maybe[Days] = None
    """How many days after the prediction is the truth known, horizon included?

    A target “within 24 hours” whose logs settle a day later gives 2. The gap of the split, retraining and monitors all
    wait for it.
    """
    positive_rate: Maybe[Share] = None
    """What share of the examples is positive?

    From 0 to 1 or in per cent, such as `1%`. At 1 % a model that always says no is right in 99 % of the cases, so
    accuracy means nothing.
    """
    count: Maybe[Count] = None
    """How many labelled examples are there?

    For example, `540M`. Count × positive rate should be at least ten times the number of features for a simple model,
    and at least 200 for a deep one.
    """
    test_count: Maybe[Count] = None
    """How many examples does a test set made apart have?

    Only if it is not cut from the labels by `model.split`. When empty, share of the test × count.
    """
    zero_share: Maybe[Share] = None
    """What share of the targets is zero?

    For quantities such as daily sales. With any zeros MAPE is undefined; WAPE and MASE are not.
    """
    mean: Maybe[Number] = None
    """What is the mean of the target for one series in one period?

    For example, 1.46 units a day: then some 23 % of the days have none.
    """
    negatives: Maybe[Text] = None
    """What counts as a negative, and how are negatives drawn?

    “Seen on screen and not taken, in-batch for retrieval” is an answer; an item that was never shown is not a negative.
    """
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
    """Which means keep our own choices from shaping the labels?

    For example 2 % of places at random (`exploration`), or a `random_holdout` that nobody blocks. Needed where people
    can react only to what they were shown.
    """
    audit_per_day: Maybe[Count] = None
    """How many live cases a day are checked by hand?

    A random sample, needed where the truth is late or never arrives by itself.
    """
    annotation: Part[Annotation] = Field(default_factory=Annotation)
    """How do people make the labels, if people make them?"""


class Data(Node):
    """What is known, about what, where it comes from and what is true: `data`."""

    entities: Listed[Entity] = []
    """What are the things the data is about?

    `user`, `item` and what happens between them; for each its key and two or three characteristics: `user (user_id):
    country, tenure`.
    """
    sources: Listed[Source] = []
    """Where does the data come from?

    One line for each: `click_log: interaction, logs, granted`. Entities without a source are wishes.
    """
    labels: Part[Labels] = Field(default_factory=Labels)
    """Where does the truth come from?"""
    seasonality_days: Listed[Days] = []
    """Which cycles must the model see, in days?

    7 for weeks, 365 for years. The history has to hold at least two of the longest.
    """
