"""How large a change is, whether it is written as an effect or as a value to reach."""

from __future__ import annotations

from typing import Literal

from mlsd.design.metrics import Effect, Metric
from mlsd.sizing.working import Input

Kind = Literal["relative", "absolute"]


def promised_change(metric: Metric, today: Input | None) -> Effect:
    """The change that a metric's target or lift promises."""
    if metric.target is None or today is None:
        return metric.lift
    return Effect(value=metric.target - today.value, kind="absolute")


def size_of(effect: Effect, kind: Kind, today: Input | None) -> float | None:
    """How large an effect is, as a share of today's value or in the metric's own unit; never below 0."""
    if effect.value is None or (effect.kind or "relative") == kind:
        return None if effect.value is None else abs(effect.value)
    if today is None or not today.value:
        return None
    return abs(effect.value / today.value if kind == "relative" else effect.value * today.value)
