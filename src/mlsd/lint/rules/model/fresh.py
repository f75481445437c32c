"""How old a feature may be, and which ones need a reason."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.promised import promises
from mlsd.design import Design
from mlsd.design.model import Feature
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import KEPT_FRESH, at_least, at_most, minutes_of, short


@rule("FEA-04", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "CR-X05"])
def feature_too_stale(feature: Feature, design: Design) -> Iterator[Finding]:
    """A feature is older than the service may be.

    “Reacts within ten minutes” is a promise about features, not about the model: a model asked every second still
    answers from what it was told this morning.

    Ask: A person does something new: after how many minutes does this value know it?
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
    """
    cadence = design.deploy.feature_pipeline.cadence_hours
    for path, constraint in promises(design, "freshness"):
        limit, named = minutes_of(constraint), feature.id in constraint.applies_to
        if limit is None or (constraint.applies_to and not named) or _late_already(feature, limit, named, design):
            continue
        lag = feature.lag_minutes
        if lag is None and named and feature.available == "batch" and cadence is not None:
            lag = 60 * cadence
        if lag is not None and lag > limit:
            yield Finding(
                "{feature} may be {lag} minutes old, but {limit} are allowed.",
                at="lag_minutes",
                also=path,
                ways_out=[Sentence("closes at lag_minutes ≤ {limit}", limit=at_most(limit))],
                feature=feature.id,
                lag=short(lag),
                limit=short(limit),
            )


def _late_already(feature: Feature, limit: float, named: bool, design: Design) -> bool:
    """Whether a source of it is later than that, which DAT-14 says: what is made of it cannot be sooner."""
    lags = (source.lag_minutes for source in design.data.sources if source.id in feature.source)
    kept = named or feature.available in KEPT_FRESH
    return kept and any(lag is not None and lag > limit for lag in lags)


@rule("FEA-11", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG"])
def feature_fresher_than_source(feature: Feature, design: Design) -> Iterator[Finding]:
    """A feature is said to be newer than the source it is made of.

    What arrives once a day is a day old, however often the job runs. Trained on the times of the events, the model
    sees an hour that serving will not have until tomorrow, and is better offline than it will ever be live.

    Ask: An event happens now: at what time is it in this table, and when could the feature count it?
    False positives: the feature has a second, quicker path; name that source too, the quickest one counts.

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
    lags = [
        (source.lag_minutes, position)
        for position, source in enumerate(design.data.sources)
        if source.id in feature.source
    ]
    known = [(lag, position) for lag, position in lags if lag is not None]
    if feature.lag_minutes is None or not known or len(known) < len(feature.source):
        return
    quickest, position = min(known)
    if feature.lag_minutes < quickest:
        yield Finding(
            "{feature} is said to be {lag} minutes old, but {source} is {late}.",
            at="lag_minutes",
            also=("data", "sources", position, "lag_minutes"),
            ways_out=[Sentence("closes at lag_minutes ≥ {late}, or with a quicker source", late=at_least(quickest))],
            feature=feature.id,
            lag=short(feature.lag_minutes),
            source=design.data.sources[position].id,
            late=short(quickest),
        )


@rule(
    "FEA-07",
    {Maturity.DESIGN: Severity.WARNING, Maturity.PILOT: Severity.ERROR},
    sources=["DE-D.1", "SE6", "TS-D4", "TS-M7"],
)
def sensitive_feature_in_regulated(feature: Feature, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A decision that the law watches uses a protected feature, and nothing says why.

    Age, sex, origin, religion, health, and what stands in for them (a postcode, a first name) are forbidden or need
    a reason wherever people are lent money, hired, insured or housed. A model finds the stand-in by itself; the
    design has to know it first.

    Ask: Would you explain this feature to the person it turned down?
    False positives: it is there for a fairness audit and the model never sees it; then it is no feature.

    Bad:
    ```yaml
    traits: {regulated: strong}
    model: {features: [{id: age, sensitive: true}]}
    ```
    Good:
    ```yaml
    traits: {regulated: strong}
    model: {features: [{id: age, sensitive: true, why: the law asks for a check of legal age}]}
    ```
    """
    if not knowledge.strong("regulated") or feature.why or feature.sensitive is False:
        return
    attribute = next(
        (
            ("data", "entities", number, "attributes", position)
            for number, entity in enumerate(design.data.entities)
            for position, entry in enumerate(entity.attributes)
            if entry.sensitive and entry.name == feature.id and (not feature.entity or entity.id in feature.entity)
        ),
        None,
    )
    if feature.sensitive or attribute:
        yield Finding(
            "{feature} is protected, this decision is regulated, and nothing says why the feature is needed.",
            at="sensitive",
            also=attribute or "",
            ways_out=[Sentence("closes without the feature, or with why it is needed")],
            feature=feature.id,
        )
