"""How old a feature may be."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.promised import promises
from mlsd.design import Design
from mlsd.design.model import Feature, Model
from mlsd.design.problem import Constraint
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.ages import age, kept_fresh, late, youngest_feature, youngest_of_features, youngest_source
from mlsd.lint.amount import hours
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, at_most, minutes_of, short

WAITED_FOR = frozenset({"online", "nearline", "hybrid"})
"""Modes in which something that has just happened may matter."""


@rule("FEA-04", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "CR-X05"])
def feature_too_stale(feature: Feature, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A feature is older than the service may be.

    “Reacts within ten minutes” is a promise about features, not about the model: a model asked every second still
    answers from what it was told this morning. A promise about the whole service asks its youngest feature. Where no
    freshness is promised at all, what the template of such a problem promises is asked for, once somebody waits.

    Ask: Something happens now: after how many minutes does this value know it?
    False positives: a value that hardly changes (age of an account); let the constraint apply to the features it is
    about. A source that is late itself is DAT-14's.

    Bad:
    ```yaml
    problem: {constraints: [{id: fresh, kind: freshness, op: "<=", value: 10, unit: min, applies_to: recent_views}]}
    model: {features: [{id: recent_views, lag_minutes: 60}]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: fresh, kind: freshness, op: "<=", value: 10, unit: min, applies_to: recent_views}]}
    model: {features: [{id: recent_views, lag_minutes: 1}]}
    ```
    Bad:
    ```yaml
    template: fraud-detection
    pipeline: {serving: {mode: online}}
    model: {features: [{id: payments_1h, source: payments, lag_minutes: 60}]}
    ```
    Good:
    ```yaml
    template: fraud-detection
    pipeline: {serving: {mode: online}}
    model: {features: [{id: payments_1h, source: payments, lag_minutes: 1}]}
    ```
    """
    lag = age(feature, design)
    if lag is not None and not any(promises(design, "freshness")):
        yield from _unusually_old(feature, lag, design, knowledge)
    for path, constraint in promises(design, "freshness"):
        limit, wanted = minutes_of(constraint), constraint.applies_to
        if lag is None or limit is None or lag <= limit or _late_already(feature, limit, wanted, design):
            continue
        if feature.id in wanted or (not wanted and youngest_feature(design) is feature):
            yield Finding(
                "{feature} may be {lag} minutes old, but {limit} are allowed.",
                at="lag_minutes",
                also=path,
                ways_out=[Sentence("closes at lag_minutes ≤ {limit}", limit=at_most(limit))],
                feature=feature.id,
                lag=short(lag),
                limit=short(limit),
            )


def _unusually_old(feature: Feature, lag: float, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """The youngest feature of a service that nobody promised to be fresh, against what its template promises."""
    if design.pipeline.serving.mode not in WAITED_FOR or youngest_feature(design) is not feature:
        return
    promised = promises(knowledge.template.design, "freshness") if knowledge.template else ()
    usual = min((limit for _, limit in promised if minutes_of(limit) is not None), key=_minutes, default=None)
    if usual is not None and lag > _minutes(usual):
        yield Finding(
            "No feature is younger than {feature}, which may be {lag} minutes old; such a service often has to react "
            "within {usual}, and nothing is promised.",
            at="lag_minutes",
            also="pipeline.serving.mode",
            ways_out=[
                Sentence("closes at lag_minutes ≤ {limit}", limit=at_most(_minutes(usual))),
                Sentence("closes with a limit of kind freshness that says how old it may be"),
            ],
            feature=feature.id,
            lag=short(lag),
            usual=short(_minutes(usual)),
        )


def _minutes(limit: Constraint) -> float:
    return minutes_of(limit) or 0.0


def _late_already(feature: Feature, limit: float, wanted: list[str], design: Design) -> bool:
    """Whether its sources are later than that, which DAT-14 says: what is made of them cannot be sooner."""
    if wanted:
        return late(feature, limit, design)
    source = youngest_of_features(design)
    return bool(source and source.lag_minutes and source.lag_minutes > limit and kept_fresh(source, design))


@rule("FEA-11", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG"])
def feature_fresher_than_source(model: Model, design: Design) -> Iterator[Finding]:
    """A feature is said to be newer than the source it is made of, or than the batch that computes it.

    What arrives once a day is a day old, however often the job runs, and so is what a nightly job made of a stream.
    Trained on the times of the events, the model sees an hour that serving will not have until tomorrow, and is better
    offline than it will ever be live. A number of many days whose rows travel in files only is made by the batch,
    whatever store it waits in.

    Ask: An event happens now: at what time is it in this table, and when could the feature count it?
    False positives: the feature has a second, quicker path; name that source too, the quickest one counts. Where only
    some features come from the batch, its mode is `both`.

    Bad:
    ```yaml
    data: {sources: [{id: click_log, lag_minutes: 1440}]}
    model: {features: [{id: clicks_1h, source: click_log, lag_minutes: 1}]}
    ```
    Good:
    ```yaml
    data: {sources: [{id: click_log, lag_minutes: 1}]}
    model: {features: [{id: clicks_1h, source: click_log, lag_minutes: 1}]}
    ```
    """
    newer = set()
    for at, feature in enumerate(model.features):
        quickest = youngest_source(feature.source, design)
        if feature.lag_minutes is None or quickest is None or feature.lag_minutes >= (quickest.lag_minutes or 0):
            continue
        newer.add(at)
        yield Finding(
            "{feature} is said to be {lag} minutes old, but {source} is {late}.",
            at=("features", at, "lag_minutes"),
            also=("data", "sources", design.data.sources.index(quickest), "lag_minutes"),
            ways_out=[
                Sentence(
                    "closes at lag_minutes ≥ {late}, or with a quicker source", late=at_least(quickest.lag_minutes or 0)
                )
            ],
            feature=feature.id,
            lag=short(feature.lag_minutes),
            source=quickest.id,
            late=short(quickest.lag_minutes or 0),
        )
    yield from _seldom_computed(model, newer, design)


def _seldom_computed(model: Model, told: set[int], design: Design) -> Iterator[Finding]:
    """Features of a batch that say they are younger than the batch can keep them, all in one finding."""
    cadence = design.deploy.feature_pipeline.cadence_hours
    if cadence is None or _computed_for_the_run(cadence, design):
        return
    wrong = [
        (feature.lag_minutes, at, feature)
        for at, feature in enumerate(model.features)
        if at not in told and feature.lag_minutes is not None and _of_a_batch(feature, design)
        if feature.lag_minutes < 60 * cadence
    ]
    if wrong:
        lag, at, _ = min(wrong, key=lambda entry: entry[:2])
        yield Finding(
            "A batch computes features every {every}, but these are said to be younger: {features}.",
            at=("features", at, "lag_minutes"),
            also="deploy.feature_pipeline.cadence_hours",
            ways_out=[
                Sentence("closes at cadence_hours ≤ {hours}", hours=at_most(lag / 60)),
                Sentence("closes at lag_minutes ≥ {late}", late=at_least(60 * cadence)),
            ],
            every=hours(cadence),
            features=[
                Sentence("{feature} ({lag} min)", feature=feature.id or str(at), lag=short(lag))
                for lag, at, feature in wrong
            ],
        )


def _of_a_batch(feature: Feature, design: Design) -> bool:
    """Whether a batch computes the feature: by its own word, or because nothing computes features on events.

    A live table may be read where it stands; a number of many days whose rows all travel in files is computed.
    """
    mode = design.deploy.feature_pipeline.mode
    if mode == "batch" and feature.available == "online":
        return bool(feature.window_days) and _in_files(feature.source, design)
    return mode != "stream" and (feature.available == "batch" or (mode == "batch" and feature.available == "nearline"))


def _in_files(names: list[str], design: Design) -> bool:
    """Whether every flow from each of these is a batch, and each has one."""
    modes = [{flow.mode for flow in design.pipeline.flows if flow.from_ == name} for name in names]
    return bool(modes) and all(found == {"batch"} for found in modes)


def _computed_for_the_run(cadence: float, design: Design) -> bool:
    """Whether a batch predicts too, no more often than features are computed: right before it, and so not late."""
    serving = design.pipeline.serving
    return serving.mode == "batch" and (serving.batch_every_hours is None or serving.batch_every_hours >= cadence)
