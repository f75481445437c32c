"""How the values of a metric are written: as a percentage, with its unit, or as a bare number."""

from __future__ import annotations

from mlsd.content.registry import metric as registered
from mlsd.design import Design
from mlsd.design.metrics import Metric
from mlsd.design.quantity import Percentage
from mlsd.errors import Message
from mlsd.render.view.figures import Figures


def measure(design: Design, identifier: str | None) -> Metric | None:
    """The metric with this id, in any of the three lists."""
    metrics = design.metrics
    every = (*metrics.business, *metrics.online, *metrics.offline)
    return next((metric for metric in every if identifier and metric.id == identifier), None)


def is_rate(design: Design, metric: Metric | None, value: float) -> bool:
    """True if the metric is a share of something, as far as one can know.

    Its unit says so. Without one a number of it is written as a percentage; or it is a metric of the business or of
    the A/B test whose every number lies between 0 and 1, that no standard deviation is given for, and that the registry
    does not know as an amount; offline, one counted per a unit.
    """
    if metric is not None and metric.unit:
        return abs(value) <= 1 and metric.unit.strip() in ("%", "share")
    if isinstance(value, Percentage) or (metric is not None and _written_as_percentage(metric)):
        return True
    if metric is None or abs(value) > 1:
        return False
    known = registered(metric.metric or metric.id)
    if known is not None and known.amount:
        return False
    return metric.of is not None or _like_a_share(design, metric)


def _written_as_percentage(metric: Metric) -> bool:
    numbers = (metric.baseline, metric.target, metric.margin, metric.sd)
    return any(isinstance(number, Percentage) for number in numbers)


def _like_a_share(design: Design, metric: Metric) -> bool:
    if any(metric is measured_offline for measured_offline in design.metrics.offline):
        return False
    goal, test = design.problem.goal, design.ab_test
    if test.sd is not None and metric.id in test.primary:
        return False
    aims = (goal.baseline, goal.target) if goal.metric == metric.id else ()
    numbers = [number for number in (metric.baseline, metric.target, metric.margin, *aims) if number is not None]
    return bool(numbers) and all(0 <= number <= 1 for number in numbers)


def measured(design: Design, figures: Figures, metric: Metric | None, value: float) -> str:
    """A value of the metric in words."""
    if is_rate(design, metric, value):
        return figures.percent(value)
    return figures.unit(value, metric.unit) if metric and metric.unit else figures.number(value)


def points(design: Design, figures: Figures, metric: Metric | None, value: float, *, of_share: bool = False) -> str:
    """A difference of two values of the metric: points for a share; ``of_share`` says that it is one."""
    if of_share or is_rate(design, metric, value):
        number = figures.number(float(f"{value * 100:.10g}"))
        return figures.say(Message("{number} pp", number=number)).replace(" ", "\u00a0")
    return measured(design, figures, metric, value)
