"""Quantities that have one home: where a field is empty because its number stands elsewhere, it is read there."""

from __future__ import annotations

from mlsd.content.registry import metric as known_metric
from mlsd.derived.read import given
from mlsd.design import Design, Path
from mlsd.design.metrics import Metric
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


def is_called(metric: Metric, identifier: str) -> bool:
    """Whether the metric is the one that the registry knows by this id, under whichever of its names."""
    known = known_metric(metric.metric or metric.id)
    return known is not None and known.id == identifier


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


def deviation_of(design: Design, identifier: str | None) -> Input | None:
    """The standard deviation of a metric between the units of the experiment, in the metric's own unit."""
    found = metric_at(design, identifier)
    return given(design, (*found[0], "sd")) if found else None


def primary(design: Design) -> Metric | None:
    """The primary metric of the experiment."""
    return metric(design, design.ab_test.primary[0] if design.ab_test.primary else None)


def baseline_rate(design: Design) -> Input | None:
    """The primary metric today, among the experiment's people if they differ."""
    chosen = design.ab_test.primary[0] if design.ab_test.primary else None
    return given(design, "ab_test.baseline_rate") or baseline_of(design, chosen)
