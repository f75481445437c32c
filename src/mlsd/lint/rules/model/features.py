"""What the model sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.model import Feature, Model
from mlsd.design.reference import RESERVED, known
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most

NO_FEATURES = frozenset({"generation", "agent", "text_to_image", "translation", "summarisation", "pretraining"})
"""Tasks whose X is a context or a corpus and not a list of features."""
RATES = frozenset({"rate", "ctr", "cvr", "ratio", "share", "frequency"})
"""Words in a name that say: counted from outcomes."""
KEPT_APART = r"(?i)out.of.fold|\boof\b|\bfolds?\b|leave.one.out|\bas of\b|strictly (from|before)|фолд|по состоянию на"
"""How a description says that an example does not see its own outcome."""


@rule("FEA-01", Severity.ERROR, since=Maturity.DESIGN, sources=["CR49", "CR-S12", "CR-X06"])
def orphan_feature(feature: Feature, design: Design) -> Iterator[Finding]:
    """A feature comes from no declared source.

    A feature that nobody delivers is a wish. Either its source is missing from the inventory, with its owner,
    access and lag, or the feature cannot be built.

    Ask: Which log, table, request or block does this value come from?
    False positives: none known; a value that arrives with the request has the source `request`.

    Bad:
    ```yaml
    data: {sources: [{id: click_log}]}
    model: {features: [{id: cart_rate_7d, source: cart_log}]}
    ```
    Good:
    ```yaml
    data: {sources: [{id: click_log}]}
    model: {features: [{id: cart_rate_7d, source: click_log}]}
    ```
    """
    if not feature.source:
        yield Finding("The feature {feature} names no source.", feature=feature.id)
    nodes = known(design, "node")
    for position, source in enumerate(feature.source):
        if source not in nodes and source not in RESERVED:
            at = ("source", position)
            yield Finding(
                "The feature {feature} comes from {source}, which is not declared.",
                at=at,
                feature=feature.id,
                source=source,
            )


@rule("FEA-05", Severity.ERROR, since=Maturity.DESIGN, sources=["ALG"])
def window_exceeds_history(feature: Feature, design: Design) -> Iterator[Finding]:
    """A feature looks further back than its source reaches.

    A rate over ninety days from a log of sixty is a rate over whatever there is: sixty days for the newest rows, one
    for the oldest. It means something else in every row, and something else again in production.

    Ask: For the first row of the training part, does the whole window exist?
    False positives: none known; a shorter window is honest, and so is a log that is kept longer from today on.

    Bad:
    ```yaml
    data: {sources: [{id: log, history_days: 60}]}
    model: {features: [{id: visits_90d, source: log, window_days: 90}]}
    ```
    Good:
    ```yaml
    data: {sources: [{id: log, history_days: 400}]}
    model: {features: [{id: visits_90d, source: log, window_days: 90}]}
    ```
    """
    for position, source in enumerate(design.data.sources):
        history, window = source.history_days, feature.window_days
        if source.id in feature.source and history is not None and window is not None and window > history:
            yield Finding(
                "{feature} is computed over {window} days, but {source} reaches back {history}.",
                at="window_days",
                also=("data", "sources", position, "history_days"),
                ways_out=[Sentence("closes at window_days ≤ {history}", history=at_most(history))],
                feature=feature.id,
                window=window,
                source=source.id,
                history=history,
            )


@rule("FEA-06", Severity.WARNING, since=Maturity.DESIGN, sources=["BK"])
def target_encoding_unsafe(feature: Feature, design: Design) -> Iterator[Finding]:
    """A feature is built from outcomes, and nothing keeps an example's own outcome out of it.

    The click rate of an item counts the very click that is to be predicted. An item seen once then has the rate 0 or
    1, which is its label. The model learns to copy it, and for the next item there is nothing to copy.

    Ask: Does the value of this row change if the label of this row is turned round?
    False positives: a rate of something else than the target; say `target_encoded: false`. By its name alone it is
    only a remark.

    Bad:
    ```yaml
    model: {features: [{id: click_rate_7d, source: click_log, target_encoded: true}]}
    ```
    Good:
    ```yaml
    model: {features: [{id: click_rate_7d, source: click_log, target_encoded: true, point_in_time: true}]}
    ```
    """
    if feature.point_in_time or feature.target_encoded is False or re.search(KEPT_APART, feature.transform or ""):
        return
    way_out = [Sentence("closes if it is computed as of the moment of the example, or out of fold")]
    if feature.target_encoded:
        text = "{feature} is built from outcomes, and nothing keeps that of the example itself out."
        yield Finding(text, at="point_in_time", ways_out=way_out, feature=feature.id)
    elif RATES & set((feature.id or "").split("_")) and design.data.labels.source in feature.source:
        yield Finding(
            "{feature} looks like a rate of outcomes, and nothing keeps that of the example itself out.",
            at="point_in_time",
            severity=Severity.INFO,
            ways_out=way_out,
            feature=feature.id,
        )


@rule("FEA-10", Severity.INFO, since=Maturity.INTERVIEW, sources=["AD", "NA"])
def feature_group_gap(model: Model, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A group of features that this kind of problem lives on is not there at all.

    One thinks of features one by one and forgets whole groups: everything about the item and nothing about the
    person, no moment and device, no history, and nothing that joins two sides, which is where a personal order comes
    from. Interviewers ask group by group.

    Ask: What does the model know of each side, of the two together, of the moment, and of the past?
    False positives: the group was tried and brought nothing; the rule is only a remark.

    Bad:
    ```yaml
    template: recsys
    data: {entities: [{id: user}, {id: item}], labels: {source: click_log}}
    model: {features: [{id: device, entity: user, source: request}, {id: price, entity: item, source: catalogue},
      {id: clicks_in_category, entity: user, source: click_log}]}
    ```
    Good:
    ```yaml
    template: recsys
    data: {entities: [{id: user}, {id: item}], labels: {source: click_log}}
    model: {features: [{id: device, entity: user, source: request}, {id: price, entity: item, source: catalogue},
      {id: clicks_in_category, entity: [user, item], source: click_log}]}
    ```
    """
    if not model.features or knowledge.template is None or model.llm is not None:
        return
    described = {name for feature in model.features for name in feature.entity}
    missing: list[Sentence | str] = []
    for core in knowledge.core_entities:
        ours = [entity.id for entity in design.data.entities if entity.id and knowledge.has_entity(core, [entity])]
        missing += [] if described & set(ours) else ours[:1]
    if knowledge.uses("lists"):
        missing += [sentence for sentence, there in _of_lists(model, design) if not there]
    if missing:
        yield Finding("No feature is about: {missing}.", at="features", missing=missing)


def _of_lists(model: Model, design: Design) -> Iterator[tuple[Sentence, bool]]:
    """Groups that an order of things for somebody needs beside the two sides, and whether each is there."""
    features, past = model.features, design.data.labels.source
    yield Sentence("two entities together"), any(len(feature.entity) > 1 for feature in features)
    yield (
        Sentence("the moment of the request"),
        any("request" in (feature.available, *feature.source) for feature in features),
    )
    history = (feature.window_days or feature.available == "nearline" or past in feature.source for feature in features)
    yield Sentence("what happened before"), any(history)


@rule("MOD-22", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED"])
def xy_missing(model: Model, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """X or y is not stated.

    What the model sees and what it predicts are the two halves of every supervised task. Until both are written
    down, loss, split, leakage and serving cannot be discussed.

    Ask: In one line each: what goes in, what comes out?
    False positives: a generative or agentic task, whose X is its context; the rule knows those, by the task, by
    `model.llm` and, while both are open, by the template.

    Bad:
    ```yaml
    model: {task: ranking, target: {definition: item put in the cart within 24 h}}
    ```
    Good:
    ```yaml
    model: {task: ranking, target: {definition: item put in the cart within 24 h}, features: [{id: price}]}
    ```
    """
    generates = model.llm is not None or (model.task is None and knowledge.uses("llm"))
    needs_x = model.task not in NO_FEATURES and not generates
    no_x = needs_x and not model.features
    no_y = model.task != "clustering" and not model.target.definition and not design.data.labels.definition
    if no_x and no_y:
        yield Finding("Neither what the model sees (X) nor what it predicts (y) is stated.", at="features")
    elif no_x:
        yield Finding("What the model sees (X) is not stated.", at="features")
    elif no_y:
        yield Finding("What the model predicts (y) is not stated.", at="target")
