"""Whether every block has its place in the picture: fed, heard, passed once, in no circle of waiting."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.pipeline import Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import MODEL_ROLES, Graph, graph_of, route
from mlsd.lint.rules.pipeline.graph import INDEXES, STORES, ends
from mlsd.sizing.latency import blocks

APART = frozenset(
    {"monitoring", "orchestration", "registry", "experiment", "human", "labelling", "transport", "guard", "tool"}
)
"""Roles that need no flow of data to be useful."""


@rule("PIP-02", Severity.ERROR, since=Maturity.DESIGN, sources=["ALG", "CR49"], requires=("PIP-01",))
def graph_integrity(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """A block gets nothing, hands on nothing, stands twice on the request path, or waits for what waits for it.

    A box without arrows is either decoration or a forgotten flow; a block that a request passes twice, or two that
    wait for one another, are a cycle that no latency budget can bound.

    Ask: Who feeds this block, and who would notice if it were gone?
    False positives: blocks that watch or steer (monitoring, orchestration, experiments) need no flow, and what is
    written to a store may be read from it; the rule knows them. A flow back that nobody waits for has the mode `async`.

    Bad:
    ```yaml
    data: {sources: [{id: log}]}
    pipeline:
      components: [{id: ranker, role: ranking}, {id: trainer, role: training}, {id: features, role: feature_store}]
      request_path: [ranker]
      flows: [{from: log, to: trainer}, {from: trainer, to: ranker}, {from: log, to: features}]
    ```
    Good:
    ```yaml
    data: {sources: [{id: log}]}
    pipeline:
      components: [{id: ranker, role: ranking}, {id: trainer, role: training}, {id: features, role: feature_store}]
      request_path: [ranker]
      flows: [{from: log, to: trainer}, {from: trainer, to: ranker}, {from: log, to: features},
        {from: features, to: ranker}]
    ```
    Bad:
    ```yaml
    data: {sources: [{id: log}]}
    pipeline:
      components: [{id: ranker, role: ranking}, {id: checks, role: guard}, {id: trainer, role: training}]
      request_path: [ranker, checks]
      flows: [{from: log, to: trainer}, {from: trainer, to: ranker}, {from: checks, to: ranker, mode: sync}]
    ```
    Good:
    ```yaml
    data: {sources: [{id: log}]}
    pipeline:
      components: [{id: ranker, role: ranking}, {id: checks, role: guard}, {id: trainer, role: training}]
      request_path: [ranker, checks]
      flows: [{from: log, to: trainer}, {from: trainer, to: ranker}, {from: checks, to: ranker, mode: async}]
    ```
    """
    graph = graph_of(design)
    models = {entry.id for entry in pipeline.components if entry.id and entry.role in MODEL_ROLES}
    handed_over = ends(design) & graph.reachable(models)
    for position, component in enumerate(pipeline.components):
        if not component.id or component.role in APART:
            continue
        fed, heard = component.id in graph.targets, component.id in graph.origins
        at = ("components", position)
        if not fed and not heard:
            yield Finding("{block} is on no path: nothing flows to it or from it.", at=at, block=component.id)
        elif not fed:
            yield Finding("{block} hands something on, but nothing flows to it.", at=at, block=component.id)
        elif not heard and component.id not in handed_over:
            yield Finding("Something flows to {block}, but nothing flows from it.", at=at, block=component.id)
    steps = list(blocks(pipeline.request_path))
    for block in sorted({step for step in steps if steps.count(step) > 1}):
        yield Finding("A request passes {block} twice.", at="request_path", block=block)
    yield from _circles(pipeline, frozenset(steps))


def _circles(pipeline: Pipeline, on_path: frozenset[str]) -> Iterator[Finding]:
    """Blocks that wait for one another: over synchronous flows, with the steps of the path; stores wait for nobody."""
    waiting = {entry.id for entry in pipeline.components if entry.role not in STORES | INDEXES}
    flows = [
        (at, flow.from_, flow.to)
        for at, flow in enumerate(pipeline.flows)
        if flow.mode == "sync" and flow.from_ in waiting and flow.to in waiting
    ]
    graph = Graph([*route(pipeline), *((origin, to) for _, origin, to in flows if origin and to)])
    told: set[str] = set()
    for at, origin, to in flows:
        circle = _circle(graph, origin or "", to or "")
        if not circle or told & set(circle):
            continue
        told |= set(circle)
        others = [other for other, one, two in flows if other != at and {one, two} <= set(circle)]
        yield Finding(
            "These wait for one another, so that none of them can answer: {blocks}.",
            at=("flows", at, "mode"),
            also=("pipeline", "flows", others[0]) if others else "pipeline.request_path" if on_path & told else "",
            ways_out=[Sentence("closes with mode async for the flow that nobody waits for, or without it")],
            blocks=circle,
        )


def _circle(graph: Graph, origin: str, to: str) -> list[str]:
    """The blocks of the shortest way back to where a flow comes from, in their order; none where there is none."""
    ways = [[to]]
    seen = {to}
    for way in ways:
        if way[-1] == origin:
            return way
        onward = sorted(graph.next.get(way[-1], set()) - seen)
        seen.update(onward)
        ways += [[*way, step] for step in onward]
    return []
