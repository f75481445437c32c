"""What follows from an answer while it is typed: requests per second, the latency left, the sample and the days."""

from __future__ import annotations

from typing import Any

from mlsd.design import Design
from mlsd.errors import Message, MlsdError
from mlsd.interview.situation import Situation
from mlsd.sizing import ab_test as experiment
from mlsd.sizing.capacity import average_rps
from mlsd.sizing.duration import days as duration
from mlsd.sizing.latency import path_latency

Found = dict[str, Any]


def goal(situation: Situation, found: Found) -> Message | None:
    """The change from today to the target."""
    baseline, target = found.get("baseline"), found.get("target")
    if not baseline or target is None:
        return None
    change = (target - baseline) / abs(baseline)
    percent = _short(abs(100 * change))
    return Message("{percent} % more", percent=percent) if change > 0 else Message("{percent} % less", percent=percent)


def scale(situation: Situation, found: Found) -> Message | None:
    """The average load, and how far the peak is above it."""
    users, each, volume = (found.get(key) for key in ("daily_users", "requests_per_user_day", "volume_day"))
    try:
        if volume is not None:
            average = average_rps(volume_day=volume).result
        elif users is not None and each is not None:
            average = average_rps(daily_users=users, requests_per_user_day=each).result
        else:
            return None
    except MlsdError:
        return None
    peak = found.get("rps_peak")
    if not average or not peak:
        return Message("{average} requests a second on average", average=_short(average or 0))
    return Message(
        "{average} requests a second on average, the peak is {times} times that",
        average=_short(average),
        times=_short(peak / average),
    )


def path(situation: Situation, found: Found) -> Message | None:
    """The sum of the path, and what is left of the promise."""
    times = found.get("p99_ms") or {}
    budget = next((limit.value for limit in situation.design.problem.constraints if limit.kind == "latency"), None)
    try:
        total = path_latency(found["request_path"], times, budget)
    except (MlsdError, KeyError):
        return None
    if total.working.result is None:
        return None
    if budget is None:
        return Message("{total} ms at p99", total=_short(total.working.result))
    left = budget - total.working.result
    if left < 0:
        return Message(
            "{total} ms at p99, {over} ms over the promised {budget} ms",
            total=_short(total.working.result), over=_short(-left), budget=_short(budget),
        )  # fmt: skip
    return Message(
        "{total} ms at p99, {left} of {budget} ms left",
        total=_short(total.working.result), left=_short(left), budget=_short(budget),
    )  # fmt: skip


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
    test = situation.design.ab_test
    metric = _primary(situation.design)
    window = metric.window_days if metric else None
    try:
        run = duration(total, daily, test.exposure, test.ramp_days, window)
    except MlsdError:
        return None
    if run.least is None or run.whole_weeks is None:
        return None
    return Message(
        "{total} units need {least} days, {weeks} in whole weeks",
        total=float(total), least=_short(run.least), weeks=float(run.whole_weeks),
    )  # fmt: skip


def needed(design: Design, found: Found) -> int | None:
    """Units in all arms for the smallest effect, where the primary is a rate; None if that is unknown."""
    test, metric = design.ab_test, _primary(design)
    mde = found.get("mde") or test.mde.filled()
    rate = test.baseline_rate or (metric.baseline if metric else None)
    if not mde.get("value") or not rate or not 0 < rate < 1:
        return None
    kind = "effect_absolute" if mde.get("kind") == "absolute" else "effect_relative"
    size = abs(mde["value"]) * (-1 if metric and metric.direction == "down" else 1)
    shares = list(test.split.values()) or [0.5, 0.5]
    try:
        return experiment.two_proportions(
            rate,
            alpha=found.get("alpha") or test.alpha,
            power=found.get("power") or test.power,
            shares=shares,
            **{kind: size},
        ).total
    except MlsdError:
        return None


def _primary(design: Design) -> Any:
    wanted = design.ab_test.primary[:1]
    return next((metric for metric in design.metrics.online if [metric.id] == wanted), None)


def _short(value: float) -> float:
    """Rounded to what one says aloud; the language writes it."""
    return float(round(value)) if abs(value) >= 10 else round(float(value), 1)
