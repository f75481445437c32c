"""What follows from an answer while it is typed: requests per second, the latency left, the sample and the days."""

from __future__ import annotations

import math
from typing import Any

from mlsd.derived import load, question
from mlsd.derived.experiment import duration_of
from mlsd.derived.promised import promised
from mlsd.derived.service import latency_of
from mlsd.derived.what_if import replaced
from mlsd.design import Design
from mlsd.design.metrics import Effect
from mlsd.errors import Counted, Message
from mlsd.interview.situation import Situation

_SCALE = ("daily_users", "requests_per_user_day", "volume_day")
Found = dict[str, Any]
_GOAL_PARTS = {
    "metric": Message("the metric"),
    "baseline": Message("today's value"),
    "target": Message("the target"),
    "by": Message("the date"),
}


def goal(situation: Situation, found: Found) -> Message | None:
    """The change from today to the target, for what a number alone is taken, and which parts are missing."""
    parts = [said for key, said in _GOAL_PARTS.items() if key not in found]
    change = _change(found)
    if not parts:
        return change
    if change:
        return Message("{change}; still missing: {parts}", change=change, parts=parts)
    if "baseline" in found and "target" not in found:
        return Message("the number is today's value; still missing: {parts}", parts=parts)
    return Message("still missing: {parts}", parts=parts)


def _change(found: Found) -> Message | None:
    baseline, target = found.get("baseline"), found.get("target")
    if not baseline or target is None:
        return None
    change = (target - baseline) / abs(baseline)
    percent = _short(abs(100 * change))
    return Message("{percent} % more", percent=percent) if change > 0 else Message("{percent} % less", percent=percent)


def scale(situation: Situation, found: Found) -> Message | None:
    """The average load, and how far the peak is above it."""
    asked = situation.design.problem.scale.model_copy(update=dict.fromkeys(_SCALE) | found)
    average = load.average(replaced(situation.design, ("problem", "scale"), asked)).result
    if average is None:
        return None
    peak = found.get("rps_peak")
    if not average or not peak:
        return Message("{average} requests a second on average", average=_short(average or 0))
    if peak < average:
        return Message("{average} requests a second on average: the peak is below that", average=_short(average))
    return Message(
        "{average} requests a second on average, the peak is {times} times that",
        average=_short(average),
        times=_short(peak / average),
    )


def path(situation: Situation, found: Found) -> Message | None:
    """The sum of the path, and what is left of the promise."""
    promise = promised(situation.design, "latency")
    budget = promise.value if promise else None
    total = latency_of(found.get("request_path") or [], found.get("p99_ms") or {}, budget)
    if total is None or total.total is None:
        return None
    if budget is None:
        return Message("{total} ms at p99", total=_short(total.total))
    left = budget - total.total
    if left < 0:
        return Message(
            "{total} ms at p99, {over} ms over the promised {budget} ms",
            total=_short(total.total), over=_short(-left), budget=_short(budget),
        )  # fmt: skip
    return Message(
        "{total} ms at p99, {left} of {budget} ms left",
        total=_short(total.total), left=_short(left), budget=_short(budget),
    )  # fmt: skip


def funnel(situation: Situation, found: Found) -> Message | None:
    """The first step from which more comes out than goes in."""
    takes = found.get("items")
    for step in found.get("funnel") or []:
        gives = step.get("gives")
        if takes is not None and gives is not None and gives > takes:
            return Message(
                "{block} gives {gives} and gets only {takes}",
                block=step.get("component") or Message("the first block"), gives=float(gives), takes=float(takes),
            )  # fmt: skip
        takes = gives
    return None


def split(situation: Situation, found: Found) -> Message | None:
    """What an uneven split costs against an even one."""
    shares = list((found.get("split") or {}).values())
    if len(shares) != 2 or shares[0] == shares[1]:
        return None
    price = 0.25 / (shares[0] * shares[1]) - 1
    return Message("{price} % more observations than 50/50", price=_short(100 * price))


def sample(situation: Situation, found: Found) -> Message | None:
    """How many units the experiment needs."""
    total = needed(situation.design, found)
    return Message("{total} units in all", total=float(total)) if total else None


def days(situation: Situation, found: Found) -> Message | None:
    """For how many days it must run to get them."""
    total, daily = needed(situation.design, {}), found.get("eligible_units_day")
    if not total or not daily:
        return None
    run = duration_of(_with(situation.design, {"eligible_units_day": daily}), total)
    if run is None or run.least is None or run.whole_weeks is None:
        return None
    return Counted(
        "{total} units need {count} day, {weeks} in whole weeks",
        "{total} units need {count} days, {weeks} in whole weeks",
        total=float(total), count=math.ceil(run.least - 1e-9), weeks=float(run.whole_weeks),
    )  # fmt: skip


def needed(design: Design, found: Found) -> int | None:
    """Units in all arms for the smallest effect, where the primary is a rate; None if that is unknown."""
    given = {key: found[key] for key in ("alpha", "power") if found.get(key)}
    mde = {"mde": Effect(**found["mde"])} if found.get("mde") else {}
    size = question.sample(_with(design, given | mde))
    return size.total if size else None


def _with(design: Design, answers: Found) -> Design:
    """The design with these answers about its experiment."""
    return replaced(design, ("ab_test",), design.ab_test.model_copy(update=answers))


def _short(value: float) -> float:
    """Rounded to what one says aloud; the language writes it."""
    if abs(value) >= 10:
        return float(round(value))
    return round(float(value), 1) if abs(value) >= 1 else float(f"{value:.2g}")
