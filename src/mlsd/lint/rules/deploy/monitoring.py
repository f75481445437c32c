"""What is watched, and who is called."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.deploy import Deploy, Monitor
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

EARLY = frozenset({"data_quality", "input_drift", "prediction_drift"})
"""Kinds of monitor that speak before the labels do."""


@rule("DEP-07", Severity.WARNING, since=Maturity.PILOT, sources=["TS-O2", "CR42", "BK", "COR"])
def no_drift_monitor(deploy: Deploy) -> Iterator[Finding]:
    """Monitoring watches the service, and nothing watches the data it lives on.

    A model whose input broke answers as fast as before. Quality of the data, drift of the input and of the
    predictions are seen the same hour; the business number sees it weeks later. 65 % of the public documents with
    monitoring have none of them.

    Ask: A column is empty since this morning: what rings, and when?
    False positives: a world that does not change, such as a closed set of documents; waive it with that reason.

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
    if kinds and not kinds & EARLY and None not in kinds:
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
    False positives: a chart for people who look on purpose; it is no monitor then.

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
    missing += [] if monitor.owner or design.deploy.owner else [Sentence("the owner")]
    missing += [] if monitor.action else [Sentence("the action")]
    if missing:
        yield Finding(
            "The monitor of {target} does not say: {missing}.",
            at="" if monitor.threshold else "threshold",
            target=monitor.target or monitor.id or "?",
            missing=missing,
        )
