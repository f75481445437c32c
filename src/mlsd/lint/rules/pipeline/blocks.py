"""What was promised of some blocks, against their own numbers."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.machines import carried, replicas_for
from mlsd.derived.promised import MEDIAN, TAIL, number_of
from mlsd.derived.service import availability_of, latency_of, times
from mlsd.design import Design
from mlsd.design.problem import Constraint
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import places_of, short
from mlsd.sizing.latency import RequestPath, blocks, part_of
from mlsd.sizing.working import Input


@rule("PIP-17", Severity.ERROR, since=Maturity.DESIGN, sources=["NA", "AB"])
def block_breaks_promise(constraint: Constraint, design: Design) -> Iterator[Finding]:
    """A limit names its blocks, and their own numbers break it.

    A promise is shared out: the service has 200 ms, and the ranker 50 of them. Whoever owns the ranker reads its p99,
    its uptime and its replicas in one place and the promise in another. One block's p99 against its own limit is no
    estimate, so it is an error; what several take together is one, as in PIP-05.

    Ask: Who has agreed to this number, the team that promises it or the team that keeps it?
    False positives: none known; a limit for the whole service names no blocks. How long a language model writes is
    held against its limit by LLM-10.

    Bad:
    ```yaml
    problem:
      constraints: [{kind: latency, op: "<=", value: 50, unit: ms, percentile: 99, applies_to: ranker}]
    pipeline: {components: [{id: ranker, role: ranking, p99_ms: 80}]}
    ```
    Good:
    ```yaml
    problem:
      constraints: [{kind: latency, op: "<=", value: 50, unit: ms, percentile: 99, applies_to: ranker}]
    pipeline: {components: [{id: ranker, role: ranking, p99_ms: 45}]}
    ```
    """
    limit = number_of(design, constraint) if constraint.applies_to else None
    if limit is None:
        return
    if constraint.kind == "throughput":
        yield from _carried(constraint, limit, design)
    for path in _paths(constraint, design):
        if constraint.kind == "latency":
            yield from _late(path, constraint, limit, design)
        elif constraint.kind in ("availability", "downtime"):
            yield from _down(path, limit, design)


def _paths(constraint: Constraint, design: Design) -> list[RequestPath]:
    """The part of the request path that the limit names, and each named block that is not on it."""
    named = [block.id for block in design.pipeline.components if block.id in constraint.applies_to]
    together = part_of(design.pipeline.request_path, named)
    on_path = set(blocks(together))
    return [*([together] if together else []), *([name] for name in named if name not in on_path)]


def _late(path: RequestPath, constraint: Constraint, limit: Input, design: Design) -> Iterator[Finding]:
    named = list(blocks(path))
    if any(block.role == "llm" and block.id in named for block in design.pipeline.components):
        return
    asked = TAIL if constraint.percentile is None else constraint.percentile
    sure = Severity.ERROR if len(named) == 1 and asked >= TAIL else Severity.WARNING
    kept = [("p50_ms", MEDIAN, Severity.ERROR), *([("p99_ms", TAIL, sure)] if asked > MEDIAN else [])]
    for field, percentile, severity in kept:
        found = latency_of(path, times(design, field), limit)
        if found is None or found.total is None or found.total <= limit.value:
            continue
        yield Finding(
            "{blocks}: {total} ms at {kind}, but {limit} ms are promised.",
            at="value",
            also=("pipeline", "components", places_of(design)[named[0]], field),
            severity=severity,
            working=found.working,
            ways_out=[Sentence("closes at latency ≥ {total} ms", total=found.total)],
            blocks=named,
            total=found.total,
            kind=f"p{percentile:g}",
            limit=limit.value,
        )
        return


def _down(path: RequestPath, limit: Input, design: Design) -> Iterator[Finding]:
    found = availability_of(design, path)
    if found is None or found.result is None or found.unknown or found.result >= limit.value - 1e-9:
        return
    named = list(blocks(path))
    yield Finding(
        "{blocks}: up {reached} %, but {promised} % are promised.",
        at="value",
        also=("pipeline", "components", places_of(design)[named[0]], "availability"),
        working=found.working,
        ways_out=[Sentence("closes with a fallback for the weakest block")],
        blocks=named,
        reached=round(100 * found.result, 4),
        promised=round(100 * limit.value, 4),
    )


def _carried(constraint: Constraint, limit: Input, design: Design) -> Iterator[Finding]:
    for position, block in enumerate(design.pipeline.components):
        planned = carried(design, position) if block.id in constraint.applies_to else None
        if planned is None or planned.result is None or planned.result >= limit.value:
            continue
        needed = replicas_for(design, position, limit)
        yield Finding(
            "{block} is planned to carry {carried} calls a second, but {limit} are promised.",
            at="value",
            also=("pipeline", "components", position, "replicas"),
            working=planned.working,
            ways_out=[Sentence("closes at replicas ≥ {needed}", needed=needed.result or 0)],
            block=block.id,
            carried=short(planned.result),
            limit=short(limit.value),
        )
