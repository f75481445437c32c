"""How a block is called: how long it is waited for, and how often at once."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.machines import percentile_for, tail
from mlsd.derived.promised import promised
from mlsd.derived.service import waits
from mlsd.design import Design
from mlsd.design.pipeline import Component, Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import AHEAD, argued, at_most, blocks_on_path, result_of

MANY_CALLS = 10
"""Calls of one request at once from which the slowest of them decides: one request in ten meets a p99."""


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


@rule("PIP-18", Severity.WARNING, since=Maturity.PILOT, sources=["AB", "NA"])
def timeout_below_p99(component: Component) -> Iterator[Finding]:
    """A call is given up before its p99, so that more than one in a hundred fails on a good day.

    A timeout is there for the block that hangs. Below the p99 it cuts off calls that would have answered: they fail
    or are tried again, which adds load exactly when the block is slow, and a path without fallback is up less than
    99 % of the time whatever its blocks promise.

    Ask: What do the people see whose answer came a moment too late, and are they one in a hundred or one in ten?
    False positives: the fallback is as good as the block and the tail is cut on purpose; waive it with its share.

    Bad:
    ```yaml
    pipeline: {components: [{id: ranker, p99_ms: 40, timeout_ms: 30}]}
    ```
    Good:
    ```yaml
    pipeline: {components: [{id: ranker, p99_ms: 40, timeout_ms: 50}]}
    ```
    """
    p99, timeout = component.p99_ms, component.timeout_ms
    if p99 is not None and timeout is not None and timeout < p99:
        yield Finding(
            "{block} is waited for {timeout} ms, but takes {p99} ms at p99: more than one call in a hundred is cut.",
            at="timeout_ms",
            also=f"pipeline.components[{component.id}].p99_ms" if component.id else "",
            ways_out=[Sentence("closes at timeout_ms ≥ {p99}", p99=p99)],
            block=component.id,
            timeout=timeout,
            p99=p99,
        )


@rule("PIP-12", Severity.INFO, since=Maturity.PILOT, sources=["ALG"])
def fan_out_tail(component: Component, design: Design) -> Iterator[Finding]:
    """One request makes so many calls at once that the slowest of them decides.

    If one call of a hundred is slow, a request that makes ten of them meets a slow one in 9.6 % of cases, with twenty
    in 18 %, with a hundred in 63 %: from seventy calls on the p99 of the block is the median of the request. A second
    call sent when the first is late (hedging) repairs that for a few per cent more load.

    Ask: Which of its hundred answers does a request wait for, and could it go without the last three?
    False positives: the request does not wait for all of them, or slow calls are sent twice; say so in `decisions`
    about the block. Nobody waits for a row of a batch or of a stream; the rule leaves those modes and lanes alone.

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
    ahead = design.pipeline.serving.mode in AHEAD or component.lane not in (None, "online")
    if calls is None or calls < MANY_CALLS or ahead:
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
