"""What was required, and what in the design answers it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.problem import Constraint
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence


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
    blocks = design.pipeline.components
    return design.once("served", lambda: frozenset(name for block in blocks for name in block.serves))


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
