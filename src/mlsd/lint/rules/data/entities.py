"""What the data is about."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design.data import Data
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule


@rule("DAT-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED"])
def entities_missing(data: Data, knowledge: Knowledge) -> Iterator[Finding]:
    """No entities, or one that this kind of problem cannot do without is absent.

    Features, labels, splits and cold start are all said of some entity. A recommender without items or a fraud
    detector without transactions has not yet said what a row of its data is.

    Ask: What does one row describe, and which things in the world does it connect?
    False positives: the entity is there under a name that the template does not know; waive it and say which one it
    is.

    Bad:
    ```yaml
    template: recsys
    data: {entities: [{id: user, key: user_id}, {id: interaction, key: event_id}]}
    ```
    Good:
    ```yaml
    template: recsys
    data: {entities: [{id: user, key: user_id}, {id: item, key: item_id}, {id: interaction, key: event_id}]}
    ```
    """
    if not data.entities:
        yield Finding("The design names no entity.", at="entities")
        return
    missing = [core for core in knowledge.core_entities if not knowledge.has_entity(core, data.entities)]
    if missing:
        yield Finding("The entities of this kind of problem lack: {missing}.", at="entities", missing=missing)
