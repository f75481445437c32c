"""Whether serving can have what training had."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from mlsd.derived.funnel import backwards
from mlsd.design import Design
from mlsd.design.deploy import FeaturePipeline
from mlsd.design.model import Feature, Model
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.ages import REQUEST
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import MODEL_ROLES

CALENDAR = frozenset({"day", "weekday", "weekend", "week", "month", "quarter", "season", "holiday", "date", "year"})
LIVE = frozenset({"online", "nearline", "edge"})


@rule("FEA-02", Severity.ERROR, since=Maturity.INTERVIEW, sources=["IH", "NA", "G29", "BK", "RG"])
def offline_only_in_online_model(feature: Feature, design: Design) -> Iterator[Finding]:
    """A model that answers live uses a feature that exists only offline, or a nightly one a feature of the request.

    The model learns to lean on a value that production never has; its place is filled with a default, and quality
    falls by an amount that no offline test shows. A job at night has no request: no hour, no screen, no search query.
    And what a block of the request path answers is there only for the models behind it, not for one beside it (a
    warning).

    Ask: At the moment of the request, which block hands this value over?
    False positives: a model that calls the block itself; draw a flow from the block to the model.

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
    elif mode == "batch" and feature.available == "request" and _needs_request(feature):
        yield Finding(
            "The answers are made in a batch, but the feature {feature} comes with a request.",
            at="available",
            also="pipeline.serving.mode",
            severity={Maturity.DESIGN: Severity.WARNING},
            ways_out=[Sentence("closes without the feature, or with serving that is asked")],
            feature=feature.id,
        )
    elif feature.available == "request":
        yield from _too_early(feature, design)


def _too_early(feature: Feature, design: Design) -> Iterator[Finding]:
    """A value that a block of the request path hands over where every model stands beside that block or before it."""
    if all(name == REQUEST for name in feature.source):
        return
    steps = [step if isinstance(step, list) else [step] for step in design.pipeline.request_path]
    places = {block: at for at, step in enumerate(steps) for block in step}
    roles = {block.id: block.role for block in design.pipeline.components if block.id in places}
    answered = [name for name in feature.source if name in roles]
    models = {name for name, role in roles.items() if role in MODEL_ROLES and name not in feature.source}
    if not answered or not models or backwards(design):  # PIP-06 tells of that order
        return
    may_read = {None, "other", "tool", *MODEL_ROLES, *(candidate.role for candidate in design.model.candidates)}
    for name in answered:
        behind = any(role in may_read and places[other or ""] > places[name] for other, role in roles.items())
        handed = any(flow.from_ == name and flow.to in roles for flow in design.pipeline.flows)
        if not behind and not handed:
            yield Finding(
                "The feature {feature} is what {block} answers, but no model stands behind {block} on the request "
                "path.",
                at="source",
                also="pipeline.request_path",
                severity={Maturity.DESIGN: Severity.WARNING},
                ways_out=[Sentence("closes with {block} before the model on the request_path", block=name)],
                feature=feature.id,
                block=name,
            )


def _needs_request(feature: Feature) -> bool:
    """Whether it comes with the request and is no day or season, which a job at night knows as well."""
    return "request" in feature.source and not CALENDAR & set((feature.id or "").split("_"))


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


@rule("FEA-08", Severity.INFO, since=Maturity.PILOT, sources=["RG"])
def no_default_for_missing(model: Model, design: Design) -> Iterator[Finding]:
    """A value that serving fetches may be missing, and nothing says what stands in.

    Stores time out, new people have no row, a job is late. A library then fills in zero, and zero days since the last
    visit is the most active person there is.

    Ask: If this store does not answer for ten seconds, which number does the model see?
    False positives: trees that treat a missing value as a value of its own; “missing” is then the default.

    Bad:
    ```yaml
    model: {features: [{id: days_idle, available: online}]}
    ```
    Good:
    ```yaml
    model: {features: [{id: days_idle, available: online, default: median of the country}]}
    ```
    """
    live = design.pipeline.serving.mode in LIVE
    fetched = {"online", "nearline", "batch"} if live else {"online", "nearline"}
    bare = [at for at, entry in enumerate(model.features) if entry.available in fetched and not entry.default]
    if bare:
        yield Finding(
            "Nothing stands in when these are missing: {features}.",
            at=("features", bare[0], "default"),
            features=[model.features[at].id or at for at in bare],
        )


@rule("FEA-09", Severity.WARNING, since=Maturity.PILOT, sources=["G29", "G32", "TS-O3", "NA"])
def no_parity_mechanism(pipeline: FeaturePipeline, design: Design) -> Iterator[Finding]:
    """Features are computed once for training and once for serving, and nothing keeps the two equal.

    Two programs in two languages agree on the day they are written. Later one rounds, or moves to another time
    zone, or counts today. No test of either shows it, and quality falls without an error message.

    Ask: Take one request of yesterday: does the training table have the same values for it?
    False positives: every feature comes with the request as it is; log them and train on the log. On a device that is
    enough by itself.

    Bad:
    ```yaml
    pipeline: {serving: {mode: online}}
    model: {features: [{id: visits_7d}]}
    deploy: {feature_pipeline: {tool: spark}}
    ```
    Good:
    ```yaml
    pipeline: {serving: {mode: online}}
    model: {features: [{id: visits_7d}]}
    deploy: {feature_pipeline: {tool: spark, parity: [logged_features]}}
    ```
    """
    mode, blocks = design.pipeline.serving.mode, design.pipeline.components
    kept = pipeline.parity or "features" in design.deploy.logging.records
    on_device = mode == "edge" and all(entry.available == "request" for entry in design.model.features)
    if kept or not design.model.features or on_device or mode not in LIVE | {"hybrid"}:
        return
    if not any(block.role == "feature_store" for block in blocks):
        yield Finding(
            "The service answers {mode}, and nothing keeps its features equal to those of training.",
            at="parity",
            also="pipeline.serving.mode",
            ways_out=[Sentence("closes with shared code, a feature store, or training on logged features")],
            mode=mode,
        )
