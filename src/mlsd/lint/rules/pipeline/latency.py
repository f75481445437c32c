"""The time a request may take."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.generation import answer, first_token
from mlsd.derived.home import MEDIAN, TAIL, promised
from mlsd.derived.load import percentile_for, tail
from mlsd.derived.service import latency, waits
from mlsd.design import Design
from mlsd.design.pipeline import Component, Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import argued, at_most, blocks_on_path, result_of, short

MANY_CALLS = 10
"""Calls of one request at once from which the slowest of them decides: one request in ten meets a p99."""


@rule("PIP-05", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NA", "TS-O6", "AB"])
def latency_budget_overflow(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """The blocks of the request path take longer than the service may.

    A promise of 200 ms is a budget that the blocks share. Parallel blocks count by the slower one. A sum of medians
    above the promise breaks it for half of all requests; a sum of p99 is an upper estimate, so it is a warning. What is
    promised for p50 is held against medians alone, as a tail may be longer.

    Ask: Which block gives up how many milliseconds, and what is lost by that?
    False positives: none known; a block that answers later than it is waited for has a timeout and a fallback, not
    a place on the path. A streamed answer is held against its first token, and a late one is said once: by LLM-10.

    Bad:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}]}
    pipeline: {components: [{id: retrieval, p99_ms: 40}, {id: ranker, p99_ms: 80}], request_path: [retrieval, ranker]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}]}
    pipeline: {components: [{id: retrieval, p99_ms: 40}, {id: ranker, p99_ms: 50}], request_path: [retrieval, ranker]}
    ```
    """
    for field, severity, percentile in (("p50_ms", Severity.ERROR, MEDIAN), ("p99_ms", Severity.WARNING, TAIL)):
        limit = promised(design, "latency", percentile)
        path = latency(design, field, limit.value) if limit else None
        if limit is None or path is None or path.total is None or _generated(design, limit.value, severity):
            continue
        if path.total > limit.value:
            over = path.total - limit.value
            yield Finding(
                "The blocks of the request path take {total} ms ({kind}), {over} ms more than the promised {limit} ms.",
                at="request_path",
                also=limit.path or "",
                severity=severity,
                working=path.working,
                ways_out=[
                    Sentence("closes at latency ≥ {total} ms", total=path.total),
                    Sentence("closes if the blocks together give up {over} ms", over=over),
                ],
                total=path.total,
                kind=f"p{percentile:g}",
                over=over,
                limit=limit.value,
            )
            return
        declared = {block.id for block in pipeline.components}
        silent = [block for block in path.missing if block in declared]  # an undeclared one is XST-04's
        if field == "p99_ms" and silent:
            yield Finding(
                "Of the promised {limit} ms {known} blocks of the request path take {total} ms, and nothing is said of "
                "{blocks}.",
                at="request_path",
                also=limit.path or "",
                severity=Severity.INFO,
                limit=limit.value,
                total=short(path.total),
                known=len(path.covered),
                blocks=silent,
            )


def _generated(design: Design, limit_ms: float, severity: Severity) -> bool:
    """Whether LLM-10 judges the path: by its first token where it is streamed, by the answer where that is late."""
    llm = design.model.llm
    if llm is None or not any(block.role == "llm" for _, block in blocks_on_path(design)):
        return False
    if llm.serving.streaming:
        return first_token(design).result is not None
    end = answer(design).result
    return severity is not Severity.ERROR and end is not None and end > limit_ms


@rule("PIP-11", Severity.ERROR, since=Maturity.PILOT, sources=["AB", "BK"])
def timeout_exceeds_sla(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """A request may wait for one block longer than the whole service may take.

    A timeout protects the promise only if it ends before the promise does. Each retry waits the whole timeout again:
    120 ms with one retry are 240, and the fallback behind it answers somebody who has left. It also doubles the load
    on a block that is already slow.

    Ask: The block hangs: after how many milliseconds does the person see something else?
    False positives: none known on the request path; a call that nobody waits for does not stand there. A streamed
    answer is promised by its first token and may be written for longer; the rule leaves its block alone.

    Bad:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 200, unit: ms, percentile: 99}]}
    pipeline: {components: [{id: ranker, timeout_ms: 120, retries: 1}], request_path: [ranker]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 200, unit: ms, percentile: 99}]}
    pipeline: {components: [{id: ranker, timeout_ms: 120, retries: 0}], request_path: [ranker]}
    ```
    """
    limit = promised(design, "latency")
    tried = waits(design) if limit else {}
    streams = design.model.llm is not None and design.model.llm.serving.streaming
    for position, block in blocks_on_path(design):
        working = tried.get(block.id or "")
        waited = result_of(working)
        if limit is None or waited is None or waited <= limit.value or (streams and block.role == "llm"):
            continue
        retries, ways = block.retries or 0, []
        if retries and (block.timeout_ms or 0) <= limit.value:
            ways.append(Sentence("closes at retries ≤ {fewer}", fewer=int(limit.value // (block.timeout_ms or 1)) - 1))
        yield Finding(
            "A request waits up to {waited} ms for {block} (timeout {timeout} ms, retries: {retries}), but {limit} ms "
            "are promised.",
            at=("components", position, "timeout_ms"),
            also=limit.path or "",
            working=working,
            ways_out=[Sentence("closes at timeout_ms ≤ {most}", most=at_most(limit.value / (1 + retries))), *ways],
            waited=waited,
            block=block.id,
            timeout=block.timeout_ms,
            retries=retries,
            limit=limit.value,
        )


@rule("PIP-12", Severity.INFO, since=Maturity.PILOT, sources=["ALG"])
def fan_out_tail(component: Component, design: Design) -> Iterator[Finding]:
    """One request makes so many calls at once that the slowest of them decides.

    If one call of a hundred is slow, a request that makes ten of them meets a slow one in 9.6 % of cases, with twenty
    in 18 %, with a hundred in 63 %: from seventy calls on the p99 of the block is the median of the request. A second
    call sent when the first is late (hedging) repairs that for a few per cent more load.

    Ask: Which of its hundred answers does a request wait for, and could it go without the last three?
    False positives: the request does not wait for all of them, or slow calls are sent twice; say so in `decisions`
    about the block.

    Bad:
    ```yaml
    pipeline: {components: [{id: shards, role: retrieval, fan_out: 100}], request_path: [shards]}
    ```
    Good:
    ```yaml
    pipeline: {components: [{id: shards, role: retrieval, fan_out: 8}], request_path: [shards]}
    ```
    """
    calls = component.fan_out
    if calls is None or calls < MANY_CALLS:
        return
    position = next((at for at, block in blocks_on_path(design) if block is component), None)
    about = f"pipeline.components[{component.id}]"
    if position is None or argued(design, about):
        return
    working, each = tail(design, position).working, result_of(percentile_for(design, position))
    if working is None or working.result is None or each is None:
        return
    yield Finding(
        "A request makes {calls} calls to {block} at once: in only {share} % of requests is none of them slower than "
        "its p99.",
        at="fan_out",
        working=working,
        ways_out=[
            Sentence("closes at fan_out ≤ {most}", most=MANY_CALLS - 1),
            Sentence(
                "closes with a decision about {about} that says how {each} % of single calls are in time, such as "
                "by hedging",
                about=about,
                each=round(100 * each, 4),
            ),
        ],
        calls=calls,
        block=component.id,
        share=round(100 * working.result, 1),
    )
