"""What machines there are, and what the design needs."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.device import device, model_held, on_device
from mlsd.derived.memory import memory, together
from mlsd.design import Design, Path
from mlsd.design.pipeline import Component
from mlsd.design.problem import Constraint
from mlsd.design.quantity import gigabytes
from mlsd.errors import ValueRefused
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import amount
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, computed, result_of, short
from mlsd.sizing.working import Working

Scope = list[tuple[int, Component]]
"""The blocks that a limit holds for, each with its position."""


@rule("DEP-16", Severity.ERROR, since=Maturity.DESIGN, sources=["RML", "ALG"])
def resource_constraint_conflict(constraint: Constraint, design: Design) -> Iterator[Finding]:
    """The design needs machines, or memory, that its own constraints forbid.

    “CPU only” and a block with a GPU, 4 GB on the device and weights of 14: each half was written by another
    person. A real document puts a model of 24 billion parameters on a free tier. Each copy of a language model has GPUs
    of its own, and its KV cache lies beside its weights; on a device (`mode: edge`) all blocks share one memory.

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


def _hardware(constraint: Constraint, design: Design, scope: Scope) -> Iterator[Finding]:
    unit, limit = (constraint.unit or "").strip().lower(), constraint.value or 0.0
    if unit in ("gpu", "gpus"):
        needs: list[tuple[Path, float]] = [
            (("pipeline", "components", position, "gpus"), float(block.gpus * (block.replicas or 1)))
            for position, block in scope
            if block.gpus
        ]
        needs += _served(constraint, design, scope)
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


def _served(constraint: Constraint, design: Design, scope: Scope) -> Iterator[tuple[Path, float]]:
    """The GPUs of a language model of one's own whose block names none: those of one copy for each of its copies."""
    gpus = design.model.llm.serving.gpus if design.model.llm else None
    models = [block for _, block in scope if block.role == "llm" and not block.external]
    if not gpus or any(block.gpus for block in models) or (constraint.applies_to and not models):
        return
    copies = (models[0].replicas or 1) if len(models) == 1 else 1
    yield ("model", "llm", "serving", "gpus"), float(gpus * copies)


def _memory(constraint: Constraint, design: Design, scope: Scope) -> Iterator[Finding]:
    try:
        limit = gigabytes(f"{constraint.value} {constraint.unit or 'GB'}")
    except ValueRefused:
        return
    on_one = design.pipeline.serving.mode == "edge" and not constraint.applies_to
    scope, shared = (on_device(design), device(design).working) if on_one else (scope, None)
    if shared is not None and (shared.result or 0.0) > limit and len(shared.inputs) > 1:
        yield Finding(
            "The device has to hold {needed} GB at once, but {limit} GB are allowed.",
            at="value",
            also="pipeline.components",
            working=shared,
            ways_out=[Sentence("closes at value ≥ {needed}", needed=at_least(shared.result or 0.0))],
            needed=short(shared.result or 0.0),
            limit=short(limit),
        )
        return
    for what, needed, path, working in _needs(constraint, design, scope):
        if needed > limit:
            yield Finding(
                "{what} needs {needed} GB, but {limit} GB are allowed.",
                at="value",
                also=path,
                working=working,
                ways_out=[Sentence("closes at value ≥ {needed}", needed=at_least(needed))],
                what=what,
                needed=short(needed),
                limit=short(limit),
            )
            return


def _needs(constraint: Constraint, design: Design, scope: Scope) -> Iterator[tuple[str, float, Path, Working | None]]:
    """What each block needs, and a language model: its weights with its cache, as far as that is known."""
    held = list(memory(design))
    for position, block in scope:
        size = result_of(computed(held, f"memory.{block.id or position}"))
        held_each = size / (block.shards or 1) if size is not None else block.memory_gb
        each = held_each if held_each is None or block.memory_gb is None else min(held_each, block.memory_gb)
        if each is not None:  # what does not even fit the block's own node is PIP-09's
            yield block.id or str(position), each, ("pipeline", "components", position, "memory_gb"), None
    sizes = model_held(design)
    if sizes and (not constraint.applies_to or any(block.role == "llm" for _, block in scope)):
        working = together(*sizes)
        yield "llm", working.result or 0.0, ("model", "llm", "serving", "params"), working
