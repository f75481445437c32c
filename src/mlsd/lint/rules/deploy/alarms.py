"""At which number an alarm rings, against what is promised and what is usual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mlsd.derived.home import is_called, metric_at
from mlsd.derived.promised import promised
from mlsd.design import Design
from mlsd.design.deploy import Monitor
from mlsd.design.metrics import Metric
from mlsd.design.quantity import in_ms, number, share
from mlsd.design.units import TIMES_MS
from mlsd.errors import ValueRefused
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import short

BOUND = re.compile(
    r"(?:(?P<over>over|above|more than|[>≥]=?|выше|больше|более|дольше|свыше)"
    r"|(?P<under>under|below|less than|[<≤]=?|ниже|меньше|менее))\s*(?P<amount>[\d.,\s]+(?:%|[^\W\d_]+\.?)?)",
    re.IGNORECASE,
)


class Bound(NamedTuple):
    """A number, and whether the alarm rings above or below it."""

    over: bool
    value: float


@rule("DEP-21", Severity.WARNING, since=Maturity.PILOT, sources=["BK", "NA"])
def alarm_out_of_place(monitor: Monitor, design: Design) -> Iterator[Finding]:
    """An alarm rings after the promise is broken, or at what is usual.

    The person who is called should have time to act before somebody else notices, so the alarm stands inside the
    promise. One that stands inside what is normal rings every night, and within a month nobody gets up.

    Ask: How many minutes lie between this alarm and the first complaint?
    False positives: thresholds in other words than “over 180 ms” are not read. Of a metric without a target that is
    no guardrail, nobody says what will be usual; it is left alone.

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
    """
    found = metric_at(design, monitor.target)
    bound = _bound(monitor.threshold or "", found[1]) if found else None
    if found is None or bound is None:
        return
    path, metric = found
    limit = promised(design, "latency") if is_called(metric, "latency") and bound.over else None
    rings = bound.value * float(TIMES_MS.get(metric.unit or "ms", 1))
    if limit is not None and rings > limit.value:
        yield Finding(
            "The alarm on {metric} rings over {rings} ms, after the promised {limit} ms.",
            at="threshold",
            also=limit.path or "",
            ways_out=[Sentence("closes at a threshold of at most {limit} ms", limit=limit.value)],
            metric=metric.id,
            rings=short(rings),
            limit=limit.value,
        )
        return
    home = "target" if metric.target is not None else "baseline" if metric.role == "guardrail" else ""
    usual = getattr(metric, home) if home else None
    if usual is not None and _rings(bound, usual, metric.unit):
        yield Finding(
            "The alarm on {metric} rings {side} {rings}, and {usual} is what it should be: it rings all the time.",
            at="threshold",
            also=(*path, home),
            ways_out=[Sentence("closes at a threshold beyond {usual}", usual=short(usual))],
            metric=metric.id,
            side=Sentence("over") if bound.over else Sentence("under"),
            rings=short(bound.value),
            usual=short(usual),
        )


def _rings(bound: Bound, usual: float, unit: str | None) -> bool:
    """Whether the alarm rings at a usual number; a share and a count are not compared."""
    if unit is None and (bound.value > 1) != (usual > 1):
        return False
    return usual > bound.value if bound.over else usual < bound.value


def _bound(text: str, metric: Metric) -> Bound | None:
    """“over 180 ms” in the unit of the metric; None for whatever is said otherwise."""
    found = BOUND.fullmatch(text.strip())
    if found is None:
        return None
    words, unit = found["amount"].strip(), metric.unit or ""
    try:
        if words[-1].isdigit():
            value = number(words)
        elif unit in TIMES_MS:
            value = in_ms(words) / float(TIMES_MS[unit])
        elif "%" in words:
            value = share(words)
        else:
            return None
    except ValueRefused:
        return None
    return Bound(found["over"] is not None, value)
