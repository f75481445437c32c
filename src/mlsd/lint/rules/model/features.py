"""What the model sees."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.model import Feature, Model
from mlsd.design.reference import RESERVED, known
from mlsd.lint import Finding, Maturity, Severity, rule

NO_FEATURES = frozenset({"generation", "agent", "text_to_image", "translation", "summarisation", "pretraining"})
"""Tasks whose X is a context or a corpus and not a list of features."""


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


@rule("MOD-22", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED"])
def xy_missing(model: Model, design: Design) -> Iterator[Finding]:
    """X or y is not stated.

    What the model sees and what it predicts are the two halves of every supervised task. Until both are written
    down, loss, split, leakage and serving cannot be discussed.

    Ask: In one line each: what goes in, what comes out?
    False positives: a generative or agentic task, whose X is its context; the rule knows those.

    Bad:
    ```yaml
    model: {task: ranking, target: {definition: item put in the cart within 24 h}}
    ```
    Good:
    ```yaml
    model: {task: ranking, target: {definition: item put in the cart within 24 h}, features: [{id: price}]}
    ```
    """
    needs_x = model.task not in NO_FEATURES and model.llm is None
    no_x, no_y = needs_x and not model.features, not model.target.definition and not design.data.labels.definition
    if no_x and no_y:
        yield Finding("Neither what the model sees (X) nor what it predicts (y) is stated.", at="features")
    elif no_x:
        yield Finding("What the model sees (X) is not stated.", at="features")
    elif no_y:
        yield Finding("What the model predicts (y) is not stated.", at="target")
