"""What the data is about."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design.data import Data, Entity
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence


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


@rule("DAT-02", Severity.WARNING, since=Maturity.INTERVIEW, sources=["SEED", "AD"])
def entity_without_attributes(data: Data) -> Iterator[Finding]:
    """An entity has no key, or nothing that characterises it.

    Without a key two tables cannot be joined, and nobody can say whether one person stands on both sides of the
    split. Without characteristics there is nothing to make features of: a name in a list is not yet data.

    Ask: Which column tells two of them apart, and what are the two or three things one knows about each?
    False positives: an entity that is only counted, such as a time slot; its key is still what orders the rows.

    Bad:
    ```yaml
    data: {entities: [{id: item, key: item_id}]}
    ```
    Good:
    ```yaml
    data: {entities: [{id: item, key: item_id, attributes: [category]}]}
    ```
    """
    gaps = [(position, entity, lacks) for position, entity in enumerate(data.entities) if (lacks := _lacks(entity))]
    if gaps:
        position, _, lacks = gaps[0]
        yield Finding(
            "The list of entities does not say everything: {gaps}.",
            at=("entities", position, next(iter(lacks))),
            gaps=[
                Sentence("{entity} ({lacks})", entity=entity.id or entity.name, lacks=list(lacks.values()))
                for _, entity, lacks in gaps
            ],
        )


def _lacks(entity: Entity) -> dict[str, Sentence]:
    """Fields of a named entity that are empty, each with what is missing then."""
    asked = {"key": Sentence("what identifies one"), "attributes": Sentence("what characterises it")}
    named = entity.id or entity.name
    return {field: what for field, what in asked.items() if named and not getattr(entity, field)}
