"""Whether what should answer instead can."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from mlsd.derived.promised import promised
from mlsd.derived.service import latency, timed_out, waits
from mlsd.design import Design, Path
from mlsd.design.pipeline import Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import AHEAD, Graph, at_most, blocks_on_path, places_of, result_of, short

OfBlock = tuple[int, Finding]
"""The position of a block, and what is wrong with its fallback; one thing is said of each."""


@rule("DEP-04", Severity.ERROR, since=Maturity.PILOT, sources=["CR48", "CR-X07"])
def fallback_not_viable(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """What should answer when a block fails needs that block, comes too late, or falls back to it.

    A fallback is tried when something is broken, and then it has to stand alone: a cache that is filled by the failed
    block while somebody waits is down with it. It also starts late, after the whole timeout and every retry, so its
    own milliseconds come on top. What works on a schedule answers nobody who waits. And a fallback of the fallback that
    is the failed block again is none: the chain has to end at something that stands without one.

    Ask: Pull the plug of this block: what still runs of its fallback, and at which millisecond does it answer?
    False positives: two blocks of the request path, such as two providers, that answer for one another; that is a
    warning. A cache filled in a batch or by a stream outlives the block, and the rule knows both.

    Bad:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 200, unit: ms, percentile: 99}]}
    pipeline:
      components: [{id: ranker, p99_ms: 80, timeout_ms: 120, fallback: popular}, {id: popular, p99_ms: 90}]
      request_path: [ranker]
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 200, unit: ms, percentile: 99}]}
    pipeline:
      components: [{id: ranker, p99_ms: 80, timeout_ms: 120, fallback: popular}, {id: popular, p99_ms: 10}]
      request_path: [ranker]
    ```
    Bad:
    ```yaml
    pipeline: {components: [{id: ranker, fallback: cache}, {id: cache, fallback: ranker}], request_path: [ranker]}
    ```
    Good:
    ```yaml
    pipeline: {components: [{id: ranker, fallback: cache}, {id: cache}], request_path: [ranker]}
    ```
    """
    found: dict[int, Finding] = {}
    idle = _not_waiting(pipeline, design) if pipeline.serving.mode not in AHEAD else ()
    every = chain(_dependent(pipeline), _in_circle(pipeline, design), _too_late(pipeline, design), idle)
    for position, finding in every:
        found.setdefault(position, finding)
    yield from found.values()


def _dependent(pipeline: Pipeline) -> Iterator[OfBlock]:
    """Fallbacks that are down with what they stand in for."""
    for position, block in enumerate(pipeline.components):
        at: Path = ("components", position, "fallback")
        if block.id and block.id == block.fallback:
            way_out = Sentence("closes with another block as the fallback, or with none")
            yield position, Finding("{block} is its own fallback.", at=at, ways_out=[way_out], block=block.id)
        elif block.id and block.fallback and (flow := _waited_for(pipeline, block.id, block.fallback)) is not None:
            yield (
                position,
                Finding(
                    "When {block} fails {fallback} should answer, but it waits for what {block} hands on.",
                    at=at,
                    also=("pipeline", "flows", flow, "mode"),
                    ways_out=[Sentence("closes with a fallback that is filled ahead of time, or with another one")],
                    block=block.id,
                    fallback=block.fallback,
                ),
            )


def _in_circle(pipeline: Pipeline, design: Design) -> Iterator[OfBlock]:
    """Chains of fallbacks that come back to where they began, each said once, at its first block."""
    behind = {block.id: block.fallback for block in pipeline.components if block.id and block.fallback}
    places, on_path = places_of(design), {block.id for _, block in blocks_on_path(design)}
    said: set[str] = set()
    for name in behind:
        names = [name]
        while (following := behind.get(names[-1])) and following not in names:
            names.append(following)
        if following != name or len(names) == 1 or said & set(names):
            continue
        said |= set(names)
        last = places[names[-1]]
        yield (
            places[name],
            Finding(
                "The fallbacks go in a circle and nothing stands at the end of it: {chain}.",
                at=("components", places[name], "fallback"),
                also=("pipeline", "components", last, "fallback"),
                severity=Severity.WARNING if on_path >= set(names) else None,
                ways_out=[Sentence("closes if one of them falls back to a block outside the circle, or to none")],
                chain=" → ".join([*names, name]),
            ),
        )


def _waited_for(pipeline: Pipeline, failed: str, answer: str) -> int | None:
    """The synchronous flow on which the answer waits for what failed; None where it can do without."""
    flows = [(at, flow.from_, flow.to) for at, flow in enumerate(pipeline.flows) if flow.mode == "sync"]
    down = Graph((origin, to) for _, origin, to in flows if origin and to).reachable([failed])
    return next((at for at, origin, to in flows if to == answer and origin in down), None)


def _not_waiting(pipeline: Pipeline, design: Design) -> Iterator[OfBlock]:
    """Fallbacks of the request path that work when nobody waits."""
    places = places_of(design)
    for position, block in blocks_on_path(design):
        answer = places.get(block.fallback) if block.fallback else None
        if answer is None or block.lane not in (None, "online"):
            continue
        behind = pipeline.components[answer]
        if behind.role != "human" and behind.lane in ("nearline", "offline"):
            yield (
                position,
                Finding(
                    "When {block} fails {fallback} should answer, but its lane is {lane}: it answers nobody who waits.",
                    at=("components", position, "fallback"),
                    also=("pipeline", "components", answer, "lane"),
                    severity=Severity.WARNING,
                    ways_out=[Sentence("closes with a fallback whose lane is online, such as a store that it fills")],
                    block=block.id,
                    fallback=block.fallback,
                    lane=behind.lane,
                ),
            )


def _too_late(pipeline: Pipeline, design: Design) -> Iterator[OfBlock]:
    """Fallbacks that answer after the promise, where the path keeps it and the timeout alone does too."""
    limit = promised(design, "latency")
    path = latency(design) if limit and any(entry.fallback for entry in pipeline.components) else None
    if limit is None or path is None or (path.total or 0.0) > limit.value:
        return
    places = places_of(design)
    waited = waits(design)
    for late in timed_out(design):
        wait, total = result_of(waited.get(late.block)) or 0.0, late.path.total or 0.0
        if wait <= limit.value < total:
            block, over = pipeline.components[places[late.block]], total - limit.value
            most = (wait - over) / (1 + (block.retries or 0))
            yield (
                places[late.block],
                Finding(
                    "When {block} times out and {fallback} answers, a request takes {total} ms, but {limit} ms are "
                    "promised.",
                    at=("components", places[late.block], "timeout_ms"),
                    also=limit.path or "",
                    working=late.path.working,
                    ways_out=[
                        *([Sentence("closes at timeout_ms ≤ {most}", most=at_most(most))] if most > 0 else []),
                        Sentence("closes if timeout and fallback together give up {over} ms", over=short(over)),
                    ],
                    block=late.block,
                    fallback=late.fallback,
                    total=short(total),
                    limit=limit.value,
                ),
            )
    for position, block in blocks_on_path(design):
        answer = places.get(block.fallback) if block.fallback and block.id not in waited else None
        alone = pipeline.components[answer].p99_ms if answer is not None else None
        if answer is not None and alone is not None and alone > limit.value:
            yield (
                position,
                Finding(
                    "{fallback} should answer when {block} fails, but takes {alone} ms, and {limit} ms are promised.",
                    at=("components", position, "fallback"),
                    also=("pipeline", "components", answer, "p99_ms"),
                    ways_out=[Sentence("closes with a fallback of at most {limit} ms", limit=limit.value)],
                    fallback=block.fallback,
                    block=block.id,
                    alone=alone,
                    limit=limit.value,
                ),
            )
