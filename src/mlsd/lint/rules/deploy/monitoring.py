"""What is watched, and who is called."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.derived.home import LISTS, metric
from mlsd.design import Design
from mlsd.design.deploy import Deploy, Monitor
from mlsd.design.metrics import Metric
from mlsd.design.quantity import in_days
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import Graph, primary_of, short

EARLY = frozenset({"data_quality", "input_drift", "prediction_drift"})
"""Kinds of monitor that speak before the labels do."""
LATE_DAYS = 7
"""Days after which the truth comes too late to be the first to speak."""


@rule("DEP-06", Severity.WARNING, since=Maturity.DESIGN, sources=["CR-X04", "CR50"])
def metrics_not_monitored(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """A metric that decides or protects is watched by no monitor once the experiment is over.

    What was worth an experiment is worth a chart afterwards. A test of two weeks says nothing about the third, and a
    guardrail that nobody reads after the launch protects two weeks of the year.

    Ask: The experiment is over: who would notice, and when, that its gain has gone?
    False positives: another number stands for it; let that metric link to it (`links_to`), and watch that one.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, role: success}, {id: hide_users, role: guardrail}]}
    deploy: {monitoring: [{target: cart_users, kind: business}, {target: clicks, kind: business}]}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, role: success}, {id: hide_users, role: guardrail}]}
    deploy: {monitoring: [{target: cart_users, kind: business}, {target: hide_users, kind: business}]}
    ```
    """
    if not deploy.monitoring:
        return
    every = [entry for name in LISTS for entry in getattr(design.metrics, name)]
    links = Graph((entry.id, link) for entry in every if entry.id for link in entry.links_to)
    watched = [monitor.target for monitor in deploy.monitoring if monitor.target]
    seen = links.reachable(watched) | {known.id for target in watched if (known := known_metric(target))}
    system = any(monitor.kind == "system" for monitor in deploy.monitoring)
    alone = [name for name, entry in _deciding(design).items() if name not in seen and not _stands(entry, seen, system)]
    if alone:
        yield Finding(
            "No monitor watches these, directly or through another number: {metrics}.",
            at="monitoring",
            ways_out=[Sentence("closes with a monitor of each, or of a metric that links to it")],
            metrics=alone,
        )


def _deciding(design: Design) -> dict[str, Metric]:
    """The primary metric and the guardrails, as the metrics and the experiment name them."""
    online, test = design.metrics.online, design.ab_test
    chosen = [primary_of(online), *(entry for entry in online if entry.role == "guardrail")]
    chosen += [metric(design, name) for name in (*test.primary, *test.guardrails)]
    return {entry.id: entry for entry in chosen if entry is not None and entry.id}


def _stands(entry: Metric, seen: set[str], system: bool) -> bool:
    """Whether a monitor watches it under its standard name, or watches the service where it is about the service."""
    known = known_metric(entry.metric or entry.id)
    return known is not None and (known.id in seen or (known.system and system))


@rule("DEP-07", Severity.WARNING, since=Maturity.PILOT, sources=["TS-O2", "CR42", "BK", "COR"], requires=("DEP-09",))
def no_drift_monitor(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """Monitoring watches the service, and nothing watches the data it lives on.

    A model whose input broke answers as fast as before. Quality of the data, drift of the input and of the
    predictions are seen the same hour; the business number sees it weeks later. 65 % of the public documents with
    monitoring have none of them.

    Ask: A column is empty since this morning: what rings, and when?
    False positives: a world that does not change, such as a closed set of documents; waive it with that reason. A
    pre-training sees no new input, and the rule leaves it alone.

    Bad:
    ```yaml
    deploy: {monitoring: [{target: p99_latency, kind: system, threshold: over 180 ms}]}
    ```
    Good:
    ```yaml
    deploy:
      monitoring:
        - {target: p99_latency, kind: system, threshold: over 180 ms}
        - {target: click_log, kind: data_quality, threshold: nulls over 1 %}
    ```
    """
    kinds = {monitor.kind for monitor in deploy.monitoring}
    if kinds and not kinds & EARLY and None not in kinds and design.model.task != "pretraining":
        yield Finding(
            "Nothing watches the data: no monitor of its quality, of input drift or of prediction drift.",
            at="monitoring",
            ways_out=[Sentence("closes with a monitor of kind data_quality, input_drift or prediction_drift")],
        )


@rule("DEP-08", Severity.WARNING, since=Maturity.PILOT, sources=["BK", "CR45", "RG", "COR"])
def alert_without_threshold(monitor: Monitor, design: Design) -> Iterator[Finding]:
    """A monitor does not say at which number it rings, over which time, who comes, or what they do.

    “We will monitor CTR” is a chart that nobody looks at. A number, a window, a name and an action make it an
    alert. 73 % of the public documents with monitoring give no number.

    Ask: At three in the morning, which number wakes whom, and what do they type?
    False positives: a chart for people who look on purpose; it is no monitor then. Where nobody answers for the blocks
    either, DEP-19 asks once for all.

    Bad:
    ```yaml
    deploy: {owner: on-call, monitoring: [{target: hide_users, kind: business, window: 1 h, action: roll back}]}
    ```
    Good:
    ```yaml
    deploy:
      owner: on-call
      monitoring: [{target: hide_users, kind: business, threshold: over 0.3 %, window: 1 h, action: roll back}]
    ```
    """
    missing = [] if monitor.threshold else [Sentence("the threshold")]
    missing += [] if monitor.window else [Sentence("the window")]
    missing += [] if monitor.owner or design.deploy.owner or _nobodys(design) else [Sentence("the owner")]
    missing += [] if monitor.action else [Sentence("the action")]
    if missing:
        yield Finding(
            "The monitor of {target} does not say: {missing}.",
            at="" if monitor.threshold else "threshold",
            target=monitor.target or monitor.id or "?",
            missing=missing,
        )


@rule("DEP-09", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "RG"])
def blind_until_labels(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """The truth comes late, and nothing that is watched speaks before it.

    If a charge-back takes sixty days, a model that broke on Monday is noticed in the third month. The share of cases
    above the threshold, the distribution of the inputs, what people do at once: each moves the same day and needs no
    label.

    Ask: The labels of this week come in two months: what would you see on Friday?
    False positives: live cases are labelled by hand every day; say so in `labels.audit_per_day`.

    Bad:
    ```yaml
    data: {labels: {delay_days: 60}}
    deploy: {monitoring: [{target: p99_latency, kind: system}, {target: scorer, kind: model_quality}]}
    ```
    Good:
    ```yaml
    data: {labels: {delay_days: 60}}
    deploy: {monitoring: [{target: p99_latency, kind: system}, {target: scorer, kind: prediction_drift}]}
    ```
    """
    labels = design.data.labels
    delay = labels.delay_days
    if not deploy.monitoring or delay is None or labels.audit_per_day:
        return
    windows = [in_days(entry.window) for entry in deploy.monitoring if entry.kind == "model_quality" and entry.window]
    late = delay > LATE_DAYS or (windows and delay > max(windows))
    if late and not any(_early(entry, delay, design) for entry in deploy.monitoring):
        yield Finding(
            "The truth comes {delay} days after the prediction, and no monitor speaks before it.",
            at="monitoring",
            also="data.labels.delay_days",
            ways_out=[Sentence("closes with a monitor of kind data_quality, input_drift or prediction_drift")],
            delay=short(delay),
        )


def _early(monitor: Monitor, delay: float, design: Design) -> bool:
    """Whether a monitor needs no label, or may need none: the data, the predictions, what people do soon."""
    if monitor.kind not in ("business", "safety"):
        return monitor.kind is None or monitor.kind in EARLY
    watched = metric(design, monitor.target)
    known = known_metric((watched.metric if watched else None) or monitor.target)
    matures = watched.window_days if watched else None
    return not (known and known.needs_label) and (matures is None or matures < delay)


@rule(
    "DEP-19",
    {Maturity.PILOT: Severity.WARNING, Maturity.PRODUCTION: Severity.ERROR},
    sources=["CR44", "BK", "G11"],
)
def no_owner(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """Nobody answers for a block.

    A block without a name behind it is repaired by whoever is awake, changed by whoever needs it, and switched off
    by nobody. Features rot first: the column stays after its author has left, and a model still reads it.

    Ask: Its certificate runs out on Sunday: who gets the mail?
    False positives: none known; one rota for everything is an answer, and stands in `deploy.owner`. Who comes when a
    monitor rings is asked by DEP-08.

    Bad:
    ```yaml
    pipeline: {components: [{id: ranker, owner: search team}, {id: popular}]}
    ```
    Good:
    ```yaml
    pipeline: {components: [{id: ranker, owner: search team}, {id: popular, owner: search team}]}
    ```
    """
    if deploy.owner:
        return
    alone = _nobodys(design)
    if alone:
        yield Finding(
            "Nobody answers for these blocks: {blocks}.",
            at="owner",
            ways_out=[Sentence("closes with an owner of each, or with deploy.owner for all")],
            blocks=alone,
        )


def _nobodys(design: Design) -> list[str]:
    """The blocks without an owner."""
    return [entry.id or str(at) for at, entry in enumerate(design.pipeline.components) if not entry.owner]
