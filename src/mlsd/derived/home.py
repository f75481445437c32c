"""Quantities that have one home: where a field is empty because its number stands elsewhere, it is read there."""

from __future__ import annotations

from mlsd.derived.read import given
from mlsd.design import Design, Path
from mlsd.design.metrics import Metric
from mlsd.design.quantity import in_ms
from mlsd.errors import ValueRefused
from mlsd.sizing.working import Input

LISTS = ("business", "online", "offline")


def metric_at(design: Design, identifier: str | None) -> tuple[Path, Metric] | None:
    """The metric with this id in any of the three lists, and its path."""
    for name in LISTS:
        for position, metric in enumerate(getattr(design.metrics, name)):
            if identifier and metric.id == identifier:
                return ("metrics", name, position), metric
    return None


def metric(design: Design, identifier: str | None) -> Metric | None:
    """The metric with this id, in any of the three lists."""
    found = metric_at(design, identifier)
    return found[1] if found else None


def baseline_of(design: Design, identifier: str | None) -> Input | None:
    """What a metric is today: its own number, the goal's, or the quality of the model's baseline."""
    found = metric_at(design, identifier)
    if found is None:
        return None
    homes: list[str | Path] = [(*found[0], "baseline")]
    if found[0][1] == "business" and identifier == design.problem.goal.metric:
        homes.append("problem.goal.baseline")
    if found[0][1] == "offline" and identifier == design.model.baseline.metric:
        homes.append("model.baseline.value")
    return given(design, *homes)


def primary(design: Design) -> Metric | None:
    """The primary metric of the experiment."""
    return metric(design, design.ab_test.primary[0] if design.ab_test.primary else None)


def baseline_rate(design: Design) -> Input | None:
    """The primary metric today, among the experiment's people if they differ."""
    chosen = design.ab_test.primary[0] if design.ab_test.primary else None
    return given(design, "ab_test.baseline_rate") or baseline_of(design, chosen)


def promised(design: Design, kind: str) -> Input | None:
    """The number of the first constraint of this kind that limits the whole service, in the unit of its kind."""
    for position, constraint in enumerate(design.problem.constraints):
        if constraint.kind == kind and constraint.value is not None and not constraint.applies_to:
            found = given(design, ("problem", "constraints", position, "value"))
            return _in_ms(found, constraint.unit) if found and kind == "latency" else found
    return None


def _in_ms(found: Input, unit: str | None) -> Input | None:
    try:
        value = in_ms(f"{found.value} {unit or 'ms'}")
    except ValueRefused:
        return found
    return Input(found.name, value, "ms", found.path, found.origin)


def budget_month(design: Design) -> Input | None:
    """What the service may cost a month."""
    for position, constraint in enumerate(design.problem.constraints):
        monthly = (constraint.unit or "").replace(" ", "").endswith("/month")
        if constraint.kind == "cost" and constraint.value is not None and monthly and not constraint.applies_to:
            return given(design, ("problem", "constraints", position, "value"))
    return None
