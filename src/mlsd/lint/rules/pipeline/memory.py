"""Whether the machines hold the data."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.memory import memory
from mlsd.design import Design
from mlsd.design.pipeline import Component, Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, computed, short
from mlsd.sizing.working import Working


@rule("PIP-09", Severity.ERROR, since=Maturity.DESIGN, sources=["NA", "ALG"])
def does_not_fit_memory(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """What a block keeps in memory is larger than the memory it has.

    A hundred million vectors of 128 numbers in four bytes each are 51.2 GB, and an HNSW graph with 32 links adds
    half of that. Embedding tables and weights are counted in the same way, before a machine is ordered.

    A fifth of a node stays free for the process, the system and the next version of the index: less is a warning.

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
        title, shards = block.id or str(position), block.shards or 1
        held, nodes = computed(found, f"memory.{title}"), computed(found, f"memory.nodes.{title}")
        if held is not None and nodes is not None and block.memory_gb is not None and (nodes.result or 0) > shards:
            yield _over(block, position, held, nodes)
        if block.shards is not None and block.replicas is not None and block.replicas < block.shards:
            yield Finding(
                "{block} is spread over {shards} shards, but {replicas} replicas run.",
                at=("components", position, "replicas"),
                also=("pipeline", "components", position, "shards"),
                ways_out=[Sentence("closes at replicas ≥ {needed}", needed=block.shards)],
                block=title,
                shards=block.shards,
                replicas=block.replicas,
            )


def _over(block: Component, position: int, held: Working, nodes: Working) -> Finding:
    """More than the memory, which is an error, or more than may be filled of it."""
    needed, shards = held.result or 0.0, block.shards or 1
    node, usable = nodes.inputs[1].value, nodes.inputs[2].value
    full = needed <= node * shards
    said = "{block} holds {needed} GB, which fills {share} % of its {memory} GB."
    return Finding(
        said if full else "{block} holds {needed} GB, but has {memory} GB.",
        at=("components", position, "memory_gb"),
        also=("pipeline", "components", position, "holds"),
        severity=Severity.WARNING if full else None,
        working=nodes,
        ways_out=[
            Sentence("closes at shards ≥ {nodes}", nodes=nodes.result or 0),
            Sentence("closes at memory_gb ≥ {each}", each=at_least(needed / shards / usable)),
        ],
        block=block.id or str(position),
        needed=short(needed),
        share=round(100 * needed / (node * shards)),
        memory=short(node * shards),
    )
