"""Where rows come from: who answers for them, on which terms, how late, and what for."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.promised import promises
from mlsd.design import Design
from mlsd.design.data import Data, Source
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.ages import (
    blocks_fed,
    features_of,
    kept_fresh,
    late,
    youngest_of_block,
    youngest_of_features,
)
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most, minutes_of, short

OF_OTHERS = frozenset({"scraped", "partner", "purchased"})
"""Ways of collecting what belongs to somebody else."""


@rule("DAT-07", Severity.WARNING, since=Maturity.DESIGN, sources=["RML", "BK", "MS", "CR22"])
def source_inventory_gap(data: Data) -> Iterator[Finding]:
    """A source has no owner, no access status, or nobody knows how old its newest row is.

    The three questions decide the first month: whom one calls when the table is empty in the morning, whether one
    may read it at all, and whether yesterday is in it. A permission takes weeks, and it is asked for last.

    Ask: For each source: whose is it, may you read it today, and how old is the newest row?
    False positives: a set that was collected once; the age of its newest row is known all the same.

    Bad:
    ```yaml
    data: {sources: [{id: click_log, access: granted, lag_minutes: 1}]}
    ```
    Good:
    ```yaml
    data: {sources: [{id: click_log, access: granted, lag_minutes: 1, owner: web analytics}]}
    ```
    """
    gaps = [(position, source, lacks) for position, source in enumerate(data.sources) if (lacks := _lacks(source))]
    if gaps:
        position, _, lacks = gaps[0]
        yield Finding(
            "The list of sources does not say everything: {gaps}.",
            at=("sources", position, next(iter(lacks))),
            gaps=[
                Sentence("{source} ({lacks})", source=source.id or number, lacks=list(lacks.values()))
                for number, source, lacks in gaps
            ],
        )


def _lacks(source: Source) -> dict[str, Sentence]:
    """Fields of a source that are empty, each with what is missing then."""
    asked = {"owner": Sentence("the owner"), "access": Sentence("the access"), "lag_minutes": Sentence("the lag")}
    return {field: what for field, what in asked.items() if getattr(source, field) is None}


@rule("DAT-14", Severity.ERROR, since=Maturity.DESIGN, sources=["NA", "G8"])
def source_staler_than_need(source: Source, design: Design) -> Iterator[Finding]:
    """A source is older than the freshness that was promised for what it feeds.

    A feature cannot know what its source does not have yet. “Reacts within ten minutes” on a dump of last night is
    a promise about a table that somebody else would have to rebuild. A promise about a block or the whole service is
    about its answers: there the youngest source decides, and slow ones may stand beside it. A job on a stream makes
    nothing younger.

    Ask: An event happens now: at what time is it in this table?
    False positives: only a part of what the source feeds has to be fresh; let the constraint name the features that
    must be.

    Bad:
    ```yaml
    problem: {constraints: [{id: fresh, kind: freshness, op: "<=", value: 10, unit: min, applies_to: recent_views}]}
    data: {sources: [{id: click_log, lag_minutes: 1440}]}
    model: {features: [{id: recent_views, source: click_log}]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: fresh, kind: freshness, op: "<=", value: 10, unit: min, applies_to: recent_views}]}
    data: {sources: [{id: click_log, lag_minutes: 1}]}
    model: {features: [{id: recent_views, source: click_log}]}
    ```
    """
    lag = source.lag_minutes
    if lag is None or not source.id:
        return
    for path, constraint in promises(design, "freshness"):
        limit = minutes_of(constraint)
        if limit is None or lag <= limit:
            continue
        wanted = constraint.applies_to
        fed = _named(source, wanted, limit, design) if wanted else _of_the_service(source, design)
        if fed:
            yield Finding(
                "{source} is {lag} minutes old, but {fed} may be {limit}.",
                at="lag_minutes",
                also=path,
                ways_out=[
                    Sentence("closes at lag_minutes ≤ {limit}", limit=at_most(limit)),
                    Sentence("closes with another source for {fed}", fed=fed),
                ],
                source=source.id,
                lag=short(lag),
                fed=fed,
                limit=short(limit),
            )


def _of_the_service(source: Source, design: Design) -> str | None:
    """A feature that serving keeps up to date, where nothing that the model is fed with is younger."""
    feature = kept_fresh(source, design) if youngest_of_features(design) is source else None
    return feature.id if feature else None


def _named(source: Source, wanted: list[str], limit: float, design: Design) -> str | None:
    """What is fed of that which is wanted: a feature of late sources alone, a block without a younger one, itself.

    A block may be fed through a job on a stream, which makes nothing younger.
    """
    made = (entry for entry in features_of(source, design) if entry.id in wanted)
    feature = next((entry for entry in made if late(entry, limit, design)), None)
    if feature is not None:
        return feature.id
    reached = (to for to in blocks_fed(source, design) if to in wanted)
    block = next((to for to in reached if youngest_of_block(to, design) is source), None)
    return block or (source.id if source.id in wanted else None)


@rule("DAT-16", Severity.WARNING, since=Maturity.PILOT, sources=["DS", "NIPS", "OL3"])
def license_unknown(source: Source) -> Iterator[Finding]:
    """Data of somebody else is used, and nothing says on which terms.

    Scraped pages, a partner's table and a bought file each come with terms, and the terms forbid things: training
    for profit, resale, keeping it after the contract. A model trained on what had to be deleted has to go too.

    Ask: If the owner of this data asked tomorrow what you do with it, which sentence of which contract would you
    show?
    False positives: none known; a licence that allows everything is one word.

    Bad:
    ```yaml
    data: {sources: [{id: competitor_prices, collection: scraped}]}
    ```
    Good:
    ```yaml
    data: {sources: [{id: competitor_prices, collection: scraped, license: terms of the site allow it}]}
    ```
    """
    if source.collection in OF_OTHERS and not source.license:
        yield Finding(
            "{source} ({collection}) is not our own, and nothing says under which terms it may be used.",
            at="license",
            source=source.id or source.name,
            collection=source.collection,
        )


@rule("DAT-17", Severity.INFO, since=Maturity.DESIGN, sources=["CR49"], requires=("FEA-01", "XST-04"))
def unused_source_or_entity(data: Data, design: Design) -> Iterator[Finding]:
    """A source or an entity is declared, and no feature, label or block uses it.

    Whatever is collected has to be paid for, protected and erased. Either a use was forgotten, and then a feature is
    missing, or the line can go.

    Ask: What would be different if this table were gone?
    False positives: it is kept for a report or for later; then say so where it is out of scope.

    Bad:
    ```yaml
    data: {sources: [{id: click_log}, {id: weather}], labels: {source: click_log}}
    model: {features: [{id: clicks_7d, source: click_log}]}
    ```
    Good:
    ```yaml
    data: {sources: [{id: click_log}, {id: weather}], labels: {source: click_log}}
    model: {features: [{id: clicks_7d, source: click_log}, {id: rain, source: weather}]}
    ```
    """
    sources, entities = _used(design)
    if not design.model.features and not design.pipeline.flows:
        return
    for position, source in enumerate(data.sources):
        if source.id and source.id not in sources:
            text = "The source {source} is used by no feature, label or block."
            yield Finding(text, at=("sources", position), source=source.id)
    held = {name for source in data.sources if source.id in sources for name in source.entity}
    for position, entity in enumerate(data.entities):
        if entity.id and entity.id not in entities | held:
            text = "The entity {entity} is used by no feature, label or block."
            yield Finding(text, at=("entities", position), entity=entity.id)


def _used(design: Design) -> tuple[set[str], set[str]]:
    """Ids of the sources that something reads, and of the entities that something is about."""
    model, corpus = design.model, design.model.llm.corpus.source if design.model.llm else None
    sources = {name for feature in model.features for name in feature.source}
    sources |= {flow.from_ for flow in design.pipeline.flows if flow.from_}
    sources |= {name for name in (design.data.labels.source, corpus) if name}
    entities = {name for feature in model.features for name in feature.entity} | set(model.split.group)
    entities |= {slice_.partition(".")[0] for slice_ in design.metrics.slices}
    targets = [model.target, *(candidate.target for candidate in model.candidates)]
    return sources, entities | {target.entity for target in targets if target.entity}
