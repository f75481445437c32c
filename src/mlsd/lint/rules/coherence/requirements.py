"""What was required, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from mlsd.derived.home import baseline_of, is_called, metric_at
from mlsd.derived.load import peak_load
from mlsd.derived.promised import promised
from mlsd.design import Design, Path
from mlsd.design.deploy import Bound
from mlsd.design.problem import Constraint
from mlsd.design.quantity import in_ms
from mlsd.design.units import TIMES_MS
from mlsd.errors import ValueRefused
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, at_most, short

PROVING = frozenset({"pilot", "ab", "full"})
"""Steps that must show the target itself; a canary may only show that nothing breaks."""


@rule("XST-03", Severity.ERROR, since=Maturity.DESIGN, sources=["CR-X01"])
def success_below_requirement(design: Design) -> Iterator[Finding]:
    """A test passes at a number that is weaker than the requirement it should prove.

    A pilot that passes at 10,000 cases an hour says nothing about 500,000 a day in six hours; a load test of eight
    requests a second, nothing about ten. Real documents do both, and both were called passed. An early step need not
    show the target, but one that passes while more is lost than the target would win shows nothing.

    Ask: If this test passes, which requirement is then known to hold?
    False positives: an early step with fewer people; its bound belongs to that load, so let it name another metric.

    Bad:
    ```yaml
    problem: {scale: {rps_peak: 900}}
    deploy: {load_test_rps: 400}
    ```
    Good:
    ```yaml
    problem: {scale: {rps_peak: 900}}
    deploy: {load_test_rps: 1200}
    ```
    """
    yield from _load(design)
    yield from _guardrails(design)
    yield from _worse_than_today(design)
    for position, step in enumerate(design.deploy.rollout):
        for number, bound in enumerate(step.passes_if):
            required = _required(design, bound, step.kind in PROVING)
            if required is None or bound.value is None:
                continue
            limit, upper, also, value = required
            if not isclose(value, limit) and (value > limit) == upper:
                yield Finding(
                    "The step {step} passes at {target} {sign} {value}, weaker than the required {limit}.",
                    at=("deploy", "rollout", position, "passes_if", number, "value"),
                    also=also,
                    ways_out=[
                        Sentence("closes at ≤ {limit}", limit=at_most(limit))
                        if upper
                        else Sentence("closes at ≥ {limit}", limit=at_least(limit))
                    ],
                    step=step.kind or str(position),
                    target=bound.target,
                    sign="≤" if upper else "≥",
                    value=short(value),
                    limit=short(limit),
                )


def _worse_than_today(design: Design) -> Iterator[Finding]:
    """Bounds of early steps further below today's number than the target is above it."""
    for position, step in enumerate(design.deploy.rollout):
        for number, bound in enumerate(step.passes_if):
            found, today = metric_at(design, bound.target), baseline_of(design, bound.target)
            if found is None or today is None or bound.value is None or step.kind in PROVING:
                continue
            path, metric = found
            foreign = bound.unit not in (None, metric.unit) or metric.role == "guardrail" or metric.direction is None
            if foreign or metric.target is None:
                continue
            sign = -1 if metric.direction == "down" else 1
            won, lost = sign * (metric.target - today.value), sign * (today.value - bound.value)
            if won > 0 and lost > won and not isclose(won, lost):
                yield Finding(
                    "The step {step} passes at {target} {sign} {value}, though today's is {today}: more may be lost "
                    "than the target wins.",
                    at=("deploy", "rollout", position, "passes_if", number, "value"),
                    also=today.path or (*path, "target"),
                    severity=Severity.WARNING,
                    ways_out=[
                        Sentence("closes at ≥ {limit}", limit=at_least(today.value))
                        if sign > 0
                        else Sentence("closes at ≤ {limit}", limit=at_most(today.value))
                    ],
                    step=step.kind or str(position),
                    target=bound.target,
                    sign="≥" if sign > 0 else "≤",
                    value=short(bound.value),
                    today=short(today.value),
                )


def _guardrails(design: Design) -> Iterator[Finding]:
    """Margins of a latency that the test lets pass and the promise does not."""
    limit = promised(design, "latency")
    for position, metric in enumerate(design.metrics.online if limit else ()):
        today, each = baseline_of(design, metric.id), TIMES_MS.get(metric.unit or "ms")
        if metric.role != "guardrail" or not is_called(metric, "latency") or today is None or each is None:
            continue
        worst = (today.value + (metric.margin or 0.0)) * float(each)
        if limit is not None and metric.margin is not None and worst > limit.value:
            most = limit.value / float(each) - today.value
            yield Finding(
                "The guardrail lets {metric} come to {worst} ms, but {limit} ms are promised.",
                at=("metrics", "online", position, "margin"),
                also=limit.path or "",
                severity=Severity.WARNING,
                ways_out=[Sentence("closes at margin ≤ {most}", most=at_most(most))] if most > 0 else [],
                metric=metric.id,
                worst=short(worst),
                limit=limit.value,
            )


def _load(design: Design) -> Iterator[Finding]:
    tested = design.deploy.load_test_rps
    needed = peak_load(design)
    if tested is not None and needed is not None and tested < needed.value:
        yield Finding(
            "The load test runs at {tested} requests a second, but {needed} must be carried.",
            at=("deploy", "load_test_rps"),
            also=needed.path or "",
            ways_out=[Sentence("closes at load_test_rps ≥ {needed}", needed=at_least(needed.value))],
            tested=tested,
            needed=short(needed.value),
        )


def _required(design: Design, bound: Bound, proving: bool) -> tuple[float, bool, Path, float] | None:
    """The number a bound should prove, whether it is an upper one, where it stands, and the bound in its unit."""
    for position, constraint in enumerate(design.problem.constraints):
        if bound.target and constraint.id == bound.target and constraint.value is not None and bound.value is not None:
            upper = (constraint.op or bound.op) != ">="
            pair = _in_one_unit(constraint, bound)
            return None if pair is None else (pair[0], upper, ("problem", "constraints", position, "value"), pair[1])
    found = metric_at(design, bound.target)
    if found is None or bound.value is None or found[1].direction is None or bound.unit not in (None, found[1].unit):
        return None
    path, metric = found
    upper = metric.direction == "down"
    today = baseline_of(design, metric.id)
    if metric.role == "guardrail" and metric.margin is not None and today is not None:
        worst = today.value + metric.margin if upper else today.value - metric.margin
        return worst, upper, (*path, "margin"), bound.value
    if proving and metric.target is not None and metric.role != "guardrail":
        return metric.target, upper, (*path, "target"), bound.value
    return None


def _in_one_unit(constraint: Constraint, bound: Bound) -> tuple[float, float] | None:
    if bound.unit in (None, constraint.unit):
        return constraint.value or 0.0, bound.value or 0.0
    try:
        return in_ms(f"{constraint.value} {constraint.unit}"), in_ms(f"{bound.value} {bound.unit}")
    except ValueRefused:
        return None
