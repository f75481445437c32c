"""What was required, what proves it, and what serves it."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from mlsd.derived.home import baseline_of, metric_at
from mlsd.derived.load import peak_load
from mlsd.design import Design, Path
from mlsd.design.deploy import Bound
from mlsd.design.problem import Constraint
from mlsd.design.quantity import in_ms
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
    requests a second, nothing about ten. Real documents do both, and both were called passed.

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


@rule("XST-05", Severity.WARNING, since=Maturity.DESIGN, sources=["CR-X07", "RMLc", "AB"])
def constraint_never_used(constraint: Constraint, design: Design) -> Iterator[Finding]:
    """A constraint is stated and nothing in the design answers it.

    A limit that no block has a share of is a sentence from the first meeting. Either some block, number or step is
    there because of it, or it was never a constraint.

    Ask: Which box would look different without this limit?
    False positives: a limit of law is text; the rule leaves it alone. For other words, name the constraint in the
    `serves` of a block.

    Bad:
    ```yaml
    problem: {constraints: [{id: recovery, kind: recovery, op: "<=", value: 15, unit: min}]}
    deploy: {rollback: {how: previous model by one flag}}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: recovery, kind: recovery, op: "<=", value: 15, unit: min}]}
    deploy: {rollback: {how: previous model by one flag, minutes: 5}}
    ```
    """
    kind = constraint.kind
    if kind is None or kind in ("law", "privacy") or (constraint.value is None and not constraint.text):
        return
    if constraint.id not in _served(design) and not _answered(kind, constraint, design):
        yield Finding(
            "Nothing in the design answers the constraint {constraint} ({kind}).",
            ways_out=[_way_out(kind)],
            constraint=constraint.id or constraint.text or kind,
            kind=kind,
        )


def _served(design: Design) -> frozenset[str]:
    """Every constraint for which a block says that it is there."""
    if "served" not in design.computed:
        served = (name for block in design.pipeline.components for name in block.serves)
        design.computed["served"] = frozenset(served)
    found: frozenset[str] = design.computed["served"]
    return found


ANSWERS = {
    "latency": "p99_ms",
    "throughput": "capacity_rps",
    "availability": "availability",
    "downtime": "availability",
    "recovery": "rollback.minutes",
    "freshness": "lag_minutes",
    "memory": "memory_gb",
    "hardware": "gpus",
    "cost": "deploy.costs",
    "explainability": "model.explanation",
    "people": "problem.decision.oversight.reviewers",
}
"""The field that answers each kind of constraint, as the way out names it; for the others there is only `serves`."""


def _way_out(kind: str) -> Sentence:
    if kind not in ANSWERS:
        return Sentence("closes with the serves of a block")
    return Sentence("closes with {fields}, or with the serves of a block", fields=ANSWERS[kind])


def _answered(kind: str, constraint: Constraint, design: Design) -> bool:
    llm, deploy = design.model.llm, design.deploy
    named = [block for block in design.pipeline.components if block.id in constraint.applies_to]
    blocks = named or design.pipeline.components
    served = llm is not None and not llm.serving.is_empty and (not named or any(one.role == "llm" for one in named))
    if kind == "latency":
        return served or any(block.p99_ms is not None or block.p50_ms is not None for block in blocks)
    if kind == "throughput":
        tested = deploy.load_test_rps is not None and not named
        return tested or any(block.capacity_rps is not None for block in blocks)
    if kind in ("availability", "downtime"):
        return any(block.availability is not None for block in blocks)
    if kind == "recovery":
        return deploy.rollback.minutes is not None
    if kind == "freshness":
        return _refreshed(design)
    if kind == "memory":
        return served or any(block.memory_gb is not None or block.holds for block in blocks)
    if kind == "hardware":
        return served or any(block.gpus is not None or block.replicas is not None for block in blocks)
    if kind == "cost":
        priced = llm is not None and any(model.price_in is not None for model in llm.models)
        return priced or bool(deploy.costs)
    if kind == "people":
        return design.problem.decision.oversight.reviewers is not None
    planned = design.model.explanation or design.model.candidates or llm is not None
    return kind == "explainability" and bool(planned)  # whether a planned model explains itself is MOD-15's


def _refreshed(design: Design) -> bool:
    cadences = (
        design.pipeline.serving.batch_every_hours,
        design.deploy.feature_pipeline.cadence_hours,
        design.deploy.retraining.cadence_hours,
    )
    corpus = design.model.llm.corpus.index_lag_minutes if design.model.llm else None
    lags = [feature.lag_minutes for feature in design.model.features]
    lags += [source.lag_minutes for source in design.data.sources]
    return any(number is not None for number in (*cadences, corpus, *lags))
