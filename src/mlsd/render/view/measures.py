"""How the values of a metric are written: as a percentage, with its unit, or as a bare number."""

from __future__ import annotations

from mlsd.design import Design
from mlsd.design.metrics import Metric
from mlsd.errors import Message
from mlsd.render.view.figures import Figures


def measure(design: Design, identifier: str | None) -> Metric | None:
    """The metric with this id, in any of the three lists."""
    metrics = design.metrics
    every = (*metrics.business, *metrics.online, *metrics.offline)
    return next((metric for metric in every if identifier and metric.id == identifier), None)


def is_rate(metric: Metric | None, value: float) -> bool:
    """True if the metric is a share of something: counted per a unit, without a unit of its own."""
    if metric is None or abs(value) > 1:
        return False
    if metric.unit:
        return metric.unit.strip() in ("%", "share")
    return metric.of is not None


def measured(figures: Figures, metric: Metric | None, value: float) -> str:
    """A value of the metric in words."""
    if is_rate(metric, value):
        return figures.percent(value)
    return figures.unit(value, metric.unit) if metric and metric.unit else figures.number(value)


def points(figures: Figures, metric: Metric | None, value: float) -> str:
    """A difference of two values of the metric: points for a share."""
    if is_rate(metric, value):
        number = figures.number(float(f"{value * 100:.10g}"))
        return figures.say(Message("{number} pp", number=number)).replace(" ", "\u00a0")
    return measured(figures, metric, value)
