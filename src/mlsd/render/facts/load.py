"""How large the problem is: requests a second, requests in flight, cases for people."""

from __future__ import annotations

from mlsd.design import Design
from mlsd.errors import Message
from mlsd.render.facts import Facts, computed
from mlsd.render.view.figures import Figures
from mlsd.sizing.capacity import average_rps, in_flight


def load(design: Design, figures: Figures, path_ms: float | None) -> Facts:
    """Average and peak load with their working, requests in flight at the peak, the queue of people."""
    scale = design.problem.scale
    average = _average(design)
    facts: Facts = {"average": None, "factor": None, "in_flight": None, "working": []}
    if average is not None:
        facts["average"] = figures.unit(average, "rps", 3)
        facts["working"].append(_average_working(design, figures, average))
        if scale.rps_peak and average:
            facts["factor"] = figures.number(scale.rps_peak / average, 2)
    if scale.rps_peak and path_ms:
        flying = computed(in_flight, scale.rps_peak, path_ms)
        if flying and flying.result is not None:
            facts["in_flight"] = figures.number(round(flying.result))
            seconds = figures.number(path_ms / 1000)
            peak = figures.number(scale.rps_peak)
            facts["working"].append(f"{peak} × {seconds} = {facts['in_flight']}")
    return facts | _queue(design, figures)


def _average(design: Design) -> float | None:
    scale = design.problem.scale
    if scale.volume_day is None and (scale.daily_users is None or scale.requests_per_user_day is None):
        return None
    working = computed(
        average_rps,
        daily_users=scale.daily_users,
        requests_per_user_day=scale.requests_per_user_day,
        volume_day=scale.volume_day,
    )
    return working.result if working else None


def _average_working(design: Design, figures: Figures, average: float) -> str:
    scale = design.problem.scale
    number = figures.number
    top = number(scale.volume_day) if scale.volume_day is not None else ""
    if not top and scale.daily_users is not None and scale.requests_per_user_day is not None:
        top = f"{number(scale.daily_users)} × {number(scale.requests_per_user_day)}"
    return f"{top} ÷ {number(86_400)} = {number(average, 3)}"


def _queue(design: Design, figures: Figures) -> Facts:
    """Cases a day that are flagged for people, and how many these people can take."""
    scale, oversight = design.problem.scale, design.problem.decision.oversight
    daily = scale.volume_day
    if daily is None and scale.daily_users is not None and scale.requests_per_user_day is not None:
        daily = round(scale.daily_users * scale.requests_per_user_day)
    facts: Facts = {"flagged": None, "reviewed": None}
    if daily is not None and oversight.flag_rate is not None:
        facts["flagged"] = figures.number(round(daily * oversight.flag_rate))
    if oversight.reviewers is not None and oversight.cases_per_reviewer_day is not None:
        facts["reviewed"] = figures.number(oversight.reviewers * oversight.cases_per_reviewer_day)
    return facts


def cut(design: Design, figures: Figures) -> Facts:
    """Where the costs of mistakes put the cut: the threshold or quantile that costs least, with its working."""
    costs = design.problem.error_costs
    facts: Facts = {"threshold": None, "quantile": None}
    both = (costs.false_positive, costs.false_negative)
    if both[0] is not None and both[1] is not None and sum(filter(None, both)) > 0:
        share = both[0] / (both[0] + both[1])
        one, other = figures.number(both[0]), figures.number(both[1])
        facts["threshold"] = f"{one} ÷ ({one} + {other}) = {figures.number(share, 3)}"
    if costs.over is not None and costs.under is not None and costs.over + costs.under > 0:
        share = costs.under / (costs.over + costs.under)
        one, other = figures.number(costs.under), figures.number(costs.over)
        facts["quantile"] = f"{one} ÷ ({one} + {other}) = {figures.number(share, 3)}"
    return facts


def growth_note(design: Design, figures: Figures) -> str | None:
    """The peak load a year from now."""
    scale = design.problem.scale
    if scale.growth_per_year is None or not scale.rps_peak:
        return None
    later = figures.number(scale.rps_peak * (1 + scale.growth_per_year), 3)
    return figures.say(Message("{number} requests a second", number=later))
