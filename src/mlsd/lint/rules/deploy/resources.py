"""What machines there are, and what the design needs."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.llm import llm
from mlsd.derived.memory import memory
from mlsd.design import Design, Path
from mlsd.design.pipeline import Component
from mlsd.design.problem import Constraint
from mlsd.design.quantity import gigabytes
from mlsd.errors import ValueRefused
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import amount
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, computed, result_of, short


@rule("DEP-16", Severity.ERROR, since=Maturity.DESIGN, sources=["RML", "ALG"])
def resource_constraint_conflict(constraint: Constraint, design: Design) -> Iterator[Finding]:
    """The design needs machines, or memory, that its own constraints forbid.

    “CPU only” and a block with a GPU, 4 GB on the device and weights of 14: each half was written by another
    person. A real document puts a model of 24 billion parameters on a free tier.

    Ask: Would this start on the machine that you have?
    False positives: smaller numbers do the same work; give the bytes of a weight after quantisation.

    Bad:
    ```yaml
    problem: {constraints: [{id: no_gpu, kind: hardware, op: "<=", value: 0, unit: GPU}]}
    pipeline: {components: [{id: ranker, gpus: 1}]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: no_gpu, kind: hardware, op: "<=", value: 0, unit: GPU}]}
    pipeline: {components: [{id: ranker, gpus: 0}]}
    ```
    """
    if constraint.value is None or constraint.op == ">=":
        return
    scope = [
        (position, block)
        for position, block in enumerate(design.pipeline.components)
        if not constraint.applies_to or block.id in constraint.applies_to
    ]
    if constraint.kind == "hardware":
        yield from _hardware(constraint, design, scope)
    elif constraint.kind == "memory":
        yield from _memory(constraint, design, scope)


def _hardware(constraint: Constraint, design: Design, scope: list[tuple[int, Component]]) -> Iterator[Finding]:
    unit, limit = (constraint.unit or "").strip().lower(), constraint.value or 0.0
    if unit in ("gpu", "gpus"):
        needs: list[tuple[Path, float]] = [
            (("pipeline", "components", position, "gpus"), float(block.gpus * (block.replicas or 1)))
            for position, block in scope
            if block.gpus
        ]
        serves = not constraint.applies_to or any(block.role == "llm" for _, block in scope)
        if serves and design.model.llm and design.model.llm.serving.gpus and not any(b.gpus for _, b in scope):
            needs.append((("model", "llm", "serving", "gpus"), float(design.model.llm.serving.gpus)))
    elif unit in ("node", "nodes"):
        needs = [
            (("pipeline", "components", position, "replicas"), float(block.replicas))
            for position, block in scope
            if block.replicas
        ]
    else:
        return
    total = sum(count for _, count in needs)
    if needs and total > limit:
        yield Finding(
            "The design needs {total}, but {limit} are allowed.",
            at="value",
            also=needs[0][0],
            ways_out=[Sentence("closes at value ≥ {total}", total=total)],
            total=amount(total, constraint.unit),
            limit=limit,
        )


def _memory(constraint: Constraint, design: Design, scope: list[tuple[int, Component]]) -> Iterator[Finding]:
    try:
        limit = gigabytes(f"{constraint.value} {constraint.unit or 'GB'}")
    except ValueRefused:
        return
    held = list(memory(design))
    needs: list[tuple[str, float, Path]] = []
    for position, block in scope:
        size = result_of(computed(held, f"memory.{block.id or position}"))
        held_each = size / (block.shards or 1) if size is not None else block.memory_gb
        each = held_each if held_each is None or block.memory_gb is None else min(held_each, block.memory_gb)
        if each is not None:  # what does not even fit the block's own node is PIP-09's
            needs.append((block.id or str(position), each, ("pipeline", "components", position, "memory_gb")))
    weights = result_of(computed(llm(design), "llm.weights"))
    if weights is not None and (not constraint.applies_to or any(block.role == "llm" for _, block in scope)):
        needs.append(("llm", weights, ("model", "llm", "serving", "params")))
    for what, needed, path in needs:
        if needed > limit:
            yield Finding(
                "{what} needs {needed} GB, but {limit} GB are allowed.",
                at="value",
                also=path,
                ways_out=[Sentence("closes at value ≥ {needed}", needed=at_least(needed))],
                what=what,
                needed=short(needed),
                limit=short(limit),
            )
            return
