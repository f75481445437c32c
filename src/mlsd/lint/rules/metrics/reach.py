"""Whether a target is better than today, and whether anything is expected to reach it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.derived.home import baseline_of
from mlsd.derived.labels import sure_truth
from mlsd.derived.question import SHARE_UNITS
from mlsd.design import Design
from mlsd.design.metrics import Metric
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import primary_of, result_of, short

RIGHT = frozenset({"plain_accuracy", "precision_side", "recall_side"})
"""Flags of metrics that are a share of right answers."""
YES_OR_NO = frozenset({"binary", "multilabel", "anomaly", "detection"})


@rule("MET-14", Severity.ERROR, since=Maturity.DESIGN, sources=["MS", "BK", "CR-X08"], requires=("MET-06",))
def target_not_above_baseline(metric: Metric, design: Design) -> Iterator[Finding]:
    """The target is not better than what there is already.

    A target on the wrong side of the baseline is met on the first day, or was typed the wrong way round. Either way
    nobody can tell success from standing still. A target that no candidate is expected to reach is a hope; write down
    which model will bring it, or lower it. What is best at a value, such as predicted over actual at 1, has to come
    nearer to it. What is at its best already, such as no leak at all, has nothing to gain: its target holds it there.
    A share of right answers above the share in which the labels are right, as far as the labellers agree, is a remark.

    Ask: Which way is better, and is the target on that side of today's value?
    False positives: a project that saves cost and may lose a little quality; make it a guardrail with a margin.

    Bad:
    ```yaml
    metrics: {offline: [{id: wape, direction: down, baseline: 0.3, target: 0.35}]}
    ```
    Good:
    ```yaml
    metrics: {offline: [{id: wape, direction: down, baseline: 0.3, target: 0.25}]}
    ```
    """
    found, base = _target_of(metric, design), baseline_of(design, metric.id)
    entry = known_metric(metric.metric or metric.id)
    if metric.direction is None and entry is not None:
        metric = metric.model_copy(update={"direction": entry.direction})
    if found is None or metric.direction is None or metric.role == "guardrail":
        return
    target, at, also = found
    if entry is not None and entry.two_sided:
        if base is not None and entry.best_at is not None:
            yield from _no_nearer(metric, target, base.value, entry.best_at)
    elif base is not None and not _better(metric, target, base.value) and not _held(metric, target, base.value):
        yield Finding(
            "{metric} should go {direction}, but its target {target} is not better than today's {baseline}.",
            at=at,
            also=also or base.path or "",
            ways_out=[Sentence("closes at a target beyond {baseline}", baseline=base.value)],
            metric=metric.id,
            direction=metric.direction,
            target=target,
            baseline=base.value,
        )
    else:
        yield from _out_of_reach(metric, target, design)
        yield from _above_people(metric, target, design)


def _no_nearer(metric: Metric, target: float, baseline: float, best: float) -> Iterator[Finding]:
    """For a metric that is best at a value."""
    if abs(target - best) >= abs(baseline - best):
        yield Finding(
            "{metric} is best at {best}, but its target {target} is no nearer to that than today's {baseline}.",
            at="target",
            ways_out=[Sentence("closes at a target nearer to {best}", best=best)],
            metric=metric.id,
            best=best,
            target=target,
            baseline=baseline,
        )


def _out_of_reach(metric: Metric, target: float, design: Design) -> Iterator[Finding]:
    """For a target that no candidate has reached, or is expected to reach."""
    values = [(one.expected if one.value is None else one.value, one.metric) for one in design.model.candidates]
    hoped = [value for value, measured in values if value is not None and metric.id and measured == metric.id]
    if hoped and not any(value == target or _better(metric, value, target) for value in hoped):
        yield Finding(
            "{metric} is to reach {target}, but no candidate is expected beyond {best}.",
            at="target",
            also="model.candidates",
            severity=Severity.WARNING,
            ways_out=[Sentence("closes with a candidate that is expected there, or with a target that one reaches")],
            metric=metric.id,
            target=target,
            best=max(hoped) if metric.direction == "up" else min(hoped),
        )


def _above_people(metric: Metric, target: float, design: Design) -> Iterator[Finding]:
    """For a share of right answers that is to be higher than the share in which the labels themselves are right."""
    entry, truth = known_metric(metric.metric or metric.id), sure_truth(design)
    right = result_of(truth)
    if entry is None or right is None or metric.direction != "up" or not right < target <= 1:
        return
    if metric is primary_of(design.metrics.offline) and entry.flags & RIGHT and design.model.task in YES_OR_NO:
        yield Finding(
            "{metric} is to reach {target}, but as far as the labellers agree, their labels are right in {right} %.",
            at="target",
            also="data.labels.annotation.agreement",
            severity=Severity.INFO,
            working=truth,
            ways_out=[Sentence("closes with labels that people agree on: clearer instructions, or more votes")],
            metric=metric.id,
            target=target,
            right=short(100 * right),
        )


def _target_of(metric: Metric, design: Design) -> tuple[float, str, str] | None:
    """What a metric is to reach, where that stands, and what else to look at: the goal has its own target."""
    goal = design.problem.goal
    if metric.target is not None:
        return metric.target, "target", ""
    if goal.target is None or goal.metric != metric.id or all(metric is not one for one in design.metrics.business):
        return None
    return goal.target, "", "problem.goal.target"


def _held(metric: Metric, target: float, baseline: float) -> bool:
    """Whether it is to stay where it cannot be better: at nothing of what should go down, at all of a share."""
    best = 0.0 if metric.direction == "down" else 1.0 if metric.unit in SHARE_UNITS else None
    return target == baseline == best


def _better(metric: Metric, value: float, than: float) -> bool:
    return value > than if metric.direction == "up" else value < than
