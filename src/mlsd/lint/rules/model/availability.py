"""Whether serving can have what training had."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from mlsd.design import Design
from mlsd.design.model import Feature
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

LIVE = frozenset({"online", "nearline", "edge"})


@rule("FEA-02", Severity.ERROR, since=Maturity.INTERVIEW, sources=["IH", "NA", "G29", "BK", "RG"])
def offline_only_in_online_model(feature: Feature, design: Design) -> Iterator[Finding]:
    """A model that answers live uses a feature that exists only offline.

    The model learns to lean on a value that production never has; its place is filled with a default, and quality
    falls by an amount that no offline test shows.

    Ask: At the moment of the request, which block hands this value over?
    False positives: none known.

    Bad:
    ```yaml
    pipeline: {serving: {mode: online}}
    model: {features: [{id: lifetime_value, available: offline_only}]}
    ```
    Good:
    ```yaml
    pipeline: {serving: {mode: online}}
    model: {features: [{id: lifetime_value, available: batch}]}
    ```
    """
    mode = design.pipeline.serving.mode
    if feature.available == "offline_only" and mode in LIVE:
        yield Finding(
            "The service answers {mode}, but the feature {feature} is available only offline.",
            at="available",
            also="pipeline.serving.mode",
            ways_out=[Sentence("closes if serving gets it from the request, online, nearline or from a batch")],
            mode=mode,
            feature=feature.id,
        )


@rule("FEA-03", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NA", "RG", "BK"])
def post_outcome_feature(feature: Feature, knowledge: Knowledge) -> Iterator[Finding]:
    """A feature is known only after the outcome that it should predict.

    It is the most expensive leak there is: offline the model is nearly perfect, live it has an empty column. A
    cancel reason predicts a cancellation very well.

    Ask: At the moment of the prediction, was this value already written?
    False positives: a name that only sounds like a leak; it is a warning then, say in `known_at` when it is known.

    Bad:
    ```yaml
    model: {features: [{id: cancel_reason, known_at: after}]}
    ```
    Good:
    ```yaml
    model: {features: [{id: cancel_page_views, known_at: before}]}
    ```
    """
    if feature.known_at == "after":
        yield Finding("The feature {feature} is known only after the outcome.", at="known_at", feature=feature.id)
    elif feature.known_at is None and knowledge.template and feature.id:
        leak = next((name for name in knowledge.template.leaks if fnmatchcase(feature.id, name)), None)
        if leak:
            yield Finding(
                "The feature {feature} looks like one that is known only after the outcome ({leak}).",
                at="id",
                severity=Severity.WARNING,
                ways_out=[Sentence("closes if known_at says when it is known")],
                feature=feature.id,
                leak=leak,
            )
