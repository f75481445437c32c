"""Whether there can be as many labels, as early, as the design says."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.labels import daily_cases, split_span
from mlsd.design import Design
from mlsd.design.data import Entity, Labels
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, at_most, short

ROUNDING = 0.01
NEARLY, FAR = 1.1, 3.0
OF_LISTS = frozenset({"ranking", "retrieval", "forecasting"})
"""Tasks that ask for many answers at once of one thing."""


@rule("DAT-19", Severity.ERROR, since=Maturity.DESIGN, sources=["ALG"])
def labels_impossible(labels: Labels, design: Design) -> Iterator[Finding]:
    """A label is known before its horizon is over, or there are more labels than things that could bear one.

    “Fails within 60 days” cannot be denied after 20, so the gap, the retraining and the monitors that wait 20 days take
    half of the truth for all of it. And a count with a zero too many makes every sample look large enough.

    Ask: On which day is the last “no” certain, and how many rows does the table of labels have?
    False positives: a thing that is judged again and again has more labels than rows; the rule speaks only where as
    many of it arrive a day as are predicted, and of no lists and forecasts.

    Bad:
    ```yaml
    data: {labels: {delay_days: 20}}
    model: {target: {horizon_days: 60}}
    ```
    Good:
    ```yaml
    data: {labels: {delay_days: 65}}
    model: {target: {horizon_days: 60}}
    ```
    """
    delay, horizon = labels.delay_days, design.model.target.horizon_days
    if delay is not None and horizon is not None and delay < horizon * (1 - ROUNDING):
        yield Finding(
            "The truth is known {delay} days after the prediction, but that looks {horizon} days ahead.",
            at="delay_days",
            also="model.target.horizon_days",
            ways_out=[
                Sentence("closes at delay_days ≥ {horizon}, as the horizon is included", horizon=at_least(horizon))
            ],
            delay=delay,
            horizon=horizon,
        )
    found = _predicted_once(design)
    if found is None or labels.count is None:
        return
    at, entity = found
    if entity.rows is not None and labels.count > entity.rows * NEARLY:
        yield Finding(
            "There are {count} labels, but only {rows} of {entity} have ever been stored.",
            at="count",
            also=("data", "entities", at, "rows"),
            ways_out=[Sentence("closes at count ≤ {rows}", rows=at_most(entity.rows))],
            count=labels.count,
            rows=entity.rows,
            entity=entity.id,
        )
    else:
        yield from _too_dense(labels.count, at, entity, design)


def _too_dense(count: float, at: int, entity: Entity, design: Design) -> Iterator[Finding]:
    """More labelled examples a day of the test than arrive in a day."""
    span = split_span(design)
    daily = count / span if span else 0
    if entity.new_per_day and daily > FAR * entity.new_per_day:
        yield Finding(
            "A test of {days} days would hold {daily} labels a day, but {new} of {entity} arrive.",
            at=("count",),
            also=("data", "entities", at, "new_per_day"),
            severity=Severity.WARNING,
            ways_out=[Sentence("closes with a longer test, or fewer labels")],
            days=design.model.split.test_days,
            daily=short(daily),
            new=entity.new_per_day,
            entity=entity.id,
        )


def _predicted_once(design: Design) -> tuple[int, Entity] | None:
    """The entity of the target, where each is predicted when it arrives: as many arrive a day as are asked about."""
    target, daily = design.model.target.entity, daily_cases(design)
    if design.model.task in OF_LISTS or daily is None:
        return None
    for at, entity in enumerate(design.data.entities):
        if target and entity.id == target and entity.new_per_day:
            alike = entity.new_per_day / NEARLY <= daily.value <= entity.new_per_day * NEARLY
            return (at, entity) if alike else None
    return None
