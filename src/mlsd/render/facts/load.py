"""How large the problem is: requests a second, requests in flight, cases for people."""

from __future__ import annotations

from mlsd.derived.applicable import applicable
from mlsd.derived.labels import cuts
from mlsd.derived.load import average as mean_load
from mlsd.derived.load import next_year, peak_factor
from mlsd.derived.queue import flagged, reviewed
from mlsd.derived.service import in_flight
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.render.facts import Facts
from mlsd.render.view.figures import Figures


def load(design: Design, figures: Figures, path_ms: float | None) -> Facts:
    """Average and peak load with their working, requests in flight at the peak, the queue of people.

    ``ahead``: predicted in batches, before anybody asks, so that nobody asks for a peak.
    """
    scale = design.problem.scale
    average = mean_load(design).result
    ahead = design.pipeline.serving.mode == "batch" and not scale.rps_peak
    facts: Facts = {"average": None, "factor": None, "in_flight": None, "working": [], "ahead": ahead}
    if average is not None:
        facts["average"] = figures.unit(average, "rps", 3)
        facts["working"].append(_average_working(design, figures, average))
        factor = peak_factor(design).result
        if factor:
            facts["factor"] = figures.number(factor, 2)
    if scale.rps_peak and path_ms:
        flying = in_flight(design).result
        if flying is not None:
            facts["in_flight"] = figures.number(flying, 2)
            seconds = figures.number(path_ms / 1000)
            peak = figures.number(scale.rps_peak)
            facts["working"].append(f"{peak} × {seconds} = {facts['in_flight']}")
    return facts | _queue(design, figures)


def _average_working(design: Design, figures: Figures, average: float) -> str:
    scale = design.problem.scale
    number = figures.number
    top = number(scale.volume_day) if scale.volume_day is not None else ""
    if not top and scale.daily_users is not None and scale.requests_per_user_day is not None:
        top = f"{number(scale.daily_users)} × {number(scale.requests_per_user_day)}"
    return f"{top} ÷ {number(86_400)} = {number(average, 3)}"


def _queue(design: Design, figures: Figures) -> Facts:
    """Cases a day that are flagged for people, and how many these people can take."""
    facts: Facts = {"flagged": None, "reviewed": None}
    for name, found in (("flagged", flagged(design)), ("reviewed", reviewed(design))):
        if found.result is not None:
            facts[name] = figures.number(found.result)
    return facts


def cut(design: Design, figures: Figures) -> Facts:
    """Where the costs of mistakes put the cut: the threshold or quantile that costs least, with its working."""
    facts: Facts = {"threshold": None, "quantile": None}
    for name, every in zip(facts, cuts(design), strict=True):
        found = applicable(design, every)
        if found is not None and found.working is not None and found.result is not None:
            one, other = (figures.number(cost.value) for cost in found.working.inputs)
            facts[name] = f"{one} ÷ ({one} + {other}) = {figures.number(found.result, 3)}"
    return facts


def growth_note(design: Design, figures: Figures) -> str | None:
    """The peak load a year from now."""
    later = next_year(design).result
    if not later:
        return None
    return figures.say(Message("{number} requests a second", number=figures.number(later, 3)))
