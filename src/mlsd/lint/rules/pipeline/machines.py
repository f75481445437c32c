"""Whether the machines carry the load and hold the data."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.load import calls, carried, flying, peak_load, replicas
from mlsd.derived.memory import memory
from mlsd.design import Design
from mlsd.design.pipeline import Component, Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, blocks_on_path, computed, result_of, short


@rule("PIP-08", Severity.ERROR, since=Maturity.PILOT, sources=["RG", "MS"])
def capacity_short(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """A block of the request path does not carry the peak.

    Replicas times calls of one, filled to 70 %, has to reach the peak: above that, queues grow faster than they are
    worked off. What is in flight at once is calls a second times seconds of a call (Little's law).

    Ask: At the busiest minute of the year, how many replicas are full?
    False positives: the block scales by itself; give the replicas it may grow to.

    Bad:
    ```yaml
    problem: {scale: {rps_peak: 900}}
    pipeline: {components: [{id: ranker, capacity_rps: 60, replicas: 12}], request_path: [ranker]}
    ```
    Good:
    ```yaml
    problem: {scale: {rps_peak: 900}}
    pipeline: {components: [{id: ranker, capacity_rps: 60, replicas: 24}], request_path: [ranker]}
    ```
    """
    peak, unknown = peak_load(design), []
    if peak is None or pipeline.serving.mode in ("batch", "edge"):  # a job has no peak, and each device carries its own
        return
    for position, block in blocks_on_path(design):
        planned = carried(design, position)
        asked = calls(design, position) if planned.result is not None else None
        if planned.result is None:
            unknown.append(block.id)
        elif asked is not None and planned.result < asked.value:
            yield Finding(
                "{block} is planned to carry {carried} calls a second, but the peak is {calls}.",
                at=("components", position, "replicas"),
                also=peak.path or "",
                working=planned.working,
                ways_out=[Sentence("closes at replicas ≥ {needed}", needed=replicas(design, position).result or 0)],
                block=block.id,
                carried=short(planned.result),
                calls=short(asked.value),
            )
        yield from _in_flight(block, position, design)
    if unknown and len(unknown) == len(blocks_on_path(design)):
        yield Finding(
            "Whether the blocks carry the peak of {peak} a second cannot be computed: none says how much it takes.",
            at="components",
            severity=Severity.INFO,
            peak=short(peak.value),
        )


def _in_flight(block: Component, position: int, design: Design) -> Iterator[Finding]:
    if block.concurrency is None:
        return
    asked, working = calls(design, position), flying(design, position)
    at_once = result_of(working)
    if asked is not None and at_once is not None and at_once > block.concurrency:
        yield Finding(
            "{calls} calls a second to {block} are {flying} at once, but {most} may run.",
            at=("components", position, "concurrency"),
            also="problem.scale.rps_peak",
            working=working,
            ways_out=[Sentence("closes at concurrency ≥ {flying}", flying=at_least(at_once))],
            calls=short(asked.value),
            block=block.id,
            flying=short(at_once),
            most=block.concurrency,
        )


@rule("PIP-09", Severity.ERROR, since=Maturity.DESIGN, sources=["NA", "ALG"])
def does_not_fit_memory(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """What a block keeps in memory is larger than the memory it has.

    A hundred million vectors of 128 numbers in four bytes each are 51.2 GB, and an HNSW graph with 32 links adds
    half of that. Embedding tables and weights are counted in the same way, before a machine is ordered.

    Ask: Rows times values times bytes: how many gigabytes, and on how many nodes?
    False positives: the index lies on disk on purpose; then it is not held.

    Bad:
    ```yaml
    problem: {scale: {items: 100M}}
    pipeline: {components: [{id: retrieval, memory_gb: 64, holds: {what: vectors, dim: 128, bytes: 4, index: hnsw}}]}
    ```
    Good:
    ```yaml
    problem: {scale: {items: 100M}}
    pipeline: {components: [{id: retrieval, memory_gb: 64, holds: {what: vectors, dim: 128, bytes: 1, index: hnsw}}]}
    ```
    """
    found = list(memory(design))
    for position, block in enumerate(pipeline.components):
        title = block.id or str(position)
        held, nodes = computed(found, f"memory.{title}"), computed(found, f"memory.nodes.{title}")
        shards = block.shards or 1
        if held is None or nodes is None or (nodes.result or 0) <= shards or block.memory_gb is None:
            continue
        yield Finding(
            "{block} holds {needed} GB, but has {memory} GB.",
            at=("components", position, "memory_gb"),
            working=held,
            ways_out=[
                Sentence("closes at shards ≥ {nodes}", nodes=nodes.result or 0),
                Sentence("closes at memory_gb ≥ {each}", each=at_least((held.result or 0) / shards)),
            ],
            block=title,
            needed=short(held.result or 0),
            memory=short(block.memory_gb * shards),
        )
