"""At which number an alarm rings or a step stops, against what is promised and what is usual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd.derived.guardrails import stops_at
from mlsd.derived.home import is_called, metric_at
from mlsd.derived.promised import promised
from mlsd.derived.question import SHARE_UNITS
from mlsd.design import Design, Path
from mlsd.design.deploy import Deploy
from mlsd.design.metrics import Metric
from mlsd.design.units import TIMES_MS
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import amount
from mlsd.lint.bounds import Bound, inside, whole
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import argued, short
from mlsd.sizing.working import Working


class Limit(NamedTuple):
    """Where a promise about a metric ends, in the metric's own unit, and where that stands."""

    value: float
    also: str | Path
    working: Working | None = None


@rule("DEP-21", Severity.WARNING, since=Maturity.PILOT, sources=["BK", "NA"])
def alarm_out_of_place(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """An alarm rings, or a step of the rollout stops, after the promise is broken, or at what is usual.

    The person who is called should have time to act before somebody else notices, so the alarm stands inside the
    promise. That of a guardrail is its number today and its margin: at 0.2 % and 0.05 points the launch stops at 0.25
    %, and an alarm over 0.3 % sleeps through it. One that stands inside what is normal rings every night, and within a
    month nobody gets up.

    Ask: How many minutes lie between this alarm and the first complaint?
    False positives: thresholds in other words than “over 180 ms” are not read. Of a metric without a target that is
    no guardrail, nobody says what will be usual; it is left alone. A step with so few people that its number wobbles
    past the margin; say so in a decision about the metric.

    Bad:
    ```yaml
    metrics: {online: [{id: p99, metric: latency, role: guardrail, direction: down, baseline: 120, unit: ms}]}
    deploy: {monitoring: [{target: p99, threshold: over 100 ms}]}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: p99, metric: latency, role: guardrail, direction: down, baseline: 120, unit: ms}]}
    deploy: {monitoring: [{target: p99, threshold: over 180 ms}]}
    ```
    Bad:
    ```yaml
    metrics: {online: [{id: hide_users, role: guardrail, direction: down, baseline: 0.2%, margin: 0.05%}]}
    deploy: {rollout: [{kind: canary, share: 1%, abort_if: hide_users over 0.3 %}]}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: hide_users, role: guardrail, direction: down, baseline: 0.2%, margin: 0.05%}]}
    deploy: {rollout: [{kind: canary, share: 1%, abort_if: hide_users over 0.25 %}]}
    ```
    """
    rings = list(_alarms(deploy, design))
    in_time = {metric.id for _, path, metric, bound in rings if not _late(bound, metric, path, design)}
    for position, path, metric, bound in rings:
        limit = _late(bound, metric, path, design)
        at: Path = ("monitoring", position, "threshold")
        if limit is not None and metric.id not in in_time:
            yield _after(at, metric, bound, limit)
        elif limit is None:
            yield from _always(at, path, metric, bound)
    for position, step in enumerate(deploy.rollout):
        for path, metric, bound in inside(step.abort_if or "", _guarded(design)):
            limit = _late(bound, metric, path, design)
            if limit is not None:
                yield _after(("rollout", position, "abort_if"), metric, bound, limit)


def _alarms(deploy: Deploy, design: Design) -> Iterator[tuple[int, Path, Metric, Bound]]:
    """Every monitor of a metric whose threshold can be read."""
    for position, monitor in enumerate(deploy.monitoring):
        found = metric_at(design, monitor.target)
        bound = whole(monitor.threshold or "", found[1]) if found else None
        if found is not None and bound is not None:
            yield position, *found, bound


def _guarded(design: Design) -> Iterator[tuple[Path, Metric]]:
    for kind in ("business", "online"):
        for position, metric in enumerate(getattr(design.metrics, kind)):
            if metric.role == "guardrail" or is_called(metric, "latency"):
                yield ("metrics", kind, position), metric


def _late(bound: Bound, metric: Metric, path: Path, design: Design) -> Limit | None:
    """What is promised, if the number lies beyond it."""
    limit = _limit(bound, metric, path, design)
    late = limit is not None and bound.compares(limit.value, metric.unit) and bound.beyond(limit.value)
    return limit if late else None


def _limit(bound: Bound, metric: Metric, path: Path, design: Design) -> Limit | None:
    """Of a latency the promise to people, where there is one; of another guardrail the number at which it stops."""
    promise = promised(design, "latency") if is_called(metric, "latency") else None
    if promise is not None:
        in_unit = promise.value / float(TIMES_MS.get(metric.unit or "ms", 1))
        return Limit(in_unit, promise.path or "") if bound.over else None
    working = stops_at(design, path)
    if metric.role != "guardrail" or working is None or working.result is None:
        return None
    if bound.over != (metric.direction == "down") or argued(design, f"metrics.{path[1]}[{metric.id}]"):
        return None
    return Limit(working.result, (*path, "margin"), working)


def _after(at: Path, metric: Metric, bound: Bound, limit: Limit) -> Finding:
    """An alarm or a stop behind the promise."""
    alarm = at[0] == "monitoring"
    said, stop = _said(bound.value, metric), _said(limit.value, metric)
    if limit.working is None:
        text = (
            "The alarm on {metric} rings over {rings}, after the promised {limit}."
            if alarm
            else "The step stops at {metric} over {rings}, after the promised {limit}."
        )
    else:
        text = (
            "The alarm on {metric} rings {side} {rings}, but its margin stops the launch at {limit}."
            if alarm
            else "The step stops at {metric} {side} {rings}, but its margin stops the launch at {limit}."
        )
    return Finding(
        text,
        at=at,
        also=limit.also,
        working=limit.working,
        ways_out=[
            Sentence("closes at a threshold of at most {limit}", limit=stop)
            if bound.over
            else Sentence("closes at a threshold of at least {limit}", limit=stop)
        ],
        metric=metric.id,
        side=_side(bound),
        rings=said,
        limit=stop,
    )


def _always(at: Path, path: Path, metric: Metric, bound: Bound) -> Iterator[Finding]:
    """An alarm at what the metric is, or should be."""
    home = "target" if metric.target is not None else "baseline" if metric.role == "guardrail" else ""
    usual = getattr(metric, home) if home else None
    if usual is None or not bound.compares(usual, metric.unit):
        return
    if usual > bound.value if bound.over else usual < bound.value:
        yield Finding(
            "The alarm on {metric} rings {side} {rings}, and {usual} is what it should be: it rings all the time.",
            at=at,
            also=(*path, home),
            ways_out=[Sentence("closes at a threshold beyond {usual}", usual=_said(usual, metric))],
            metric=metric.id,
            side=_side(bound),
            rings=_said(bound.value, metric),
            usual=_said(usual, metric),
        )


def _side(bound: Bound) -> Sentence:
    return Sentence("over") if bound.over else Sentence("under")


def _said(value: float, metric: Metric) -> Sentence | float:
    """A number as the metric is read: a share in per cent, a time with its unit."""
    if metric.unit in SHARE_UNITS and 0 <= value <= 1:
        return Sentence("{share} %", share=short(100 * value))
    return amount(short(value), metric.unit or "ms") if _timed(metric) else short(value)


def _timed(metric: Metric) -> bool:
    return metric.unit in TIMES_MS or is_called(metric, "latency")
