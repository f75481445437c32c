"""What is new and has no history."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.data import Entity
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

BY_ID = frozenset({"neighbours", "factorization"})
"""Families that know a thing by its id only."""


@rule("DAT-15", Severity.WARNING, since=Maturity.INTERVIEW, sources=["NA", "PL", "KH"])
def cold_start_unhandled(entity: Entity, design: Design) -> Iterator[Finding]:
    """New ones arrive every day, the model lives on history, and nothing says what they get.

    A factorization has no vector for whoever signed up this morning, and a click rate of seven days is empty on the
    first. In many services they are 10 to 30 % of the traffic, and often the part that growth comes from.

    Ask: What does somebody, or something, get that is one minute old?
    False positives: none known; “the default of every feature” is an answer too, write it.

    Bad:
    ```yaml
    data: {entities: [{id: item, key: item_id, new_per_day: 4000}]}
    model: {features: [{id: click_rate_7d, entity: item, window_days: 7}]}
    ```
    Good:
    ```yaml
    data: {entities: [{id: item, key: item_id, new_per_day: 4000, cold_start: its text vector}]}
    model: {features: [{id: click_rate_7d, entity: item, window_days: 7}]}
    ```
    """
    if not entity.new_per_day or entity.cold_start:
        return
    by_id = next((entry for entry in design.model.candidates if entry.family in BY_ID), None)
    history = next((entry for entry in design.model.features if entry.window_days and entity.id in entry.entity), None)
    if history is None and by_id is None:
        return
    yield Finding(
        "{count} of {entity} arrive every day, and {what} knows nothing of them.",
        at="cold_start",
        also=("model", "features", design.model.features.index(history)) if history else "model.candidates",
        ways_out=[Sentence("closes if the design says what they get before they have history")],
        count=entity.new_per_day,
        entity=entity.id,
        what=history.id if history else by_id.id if by_id else "",
    )
