"""The time that the blocks of the path may take together."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.generation import answer, first_token, is_streamed
from mlsd.derived.promised import MEDIAN, TAIL, percentile_of, promised, promises
from mlsd.derived.service import estimate, latency
from mlsd.design import Design
from mlsd.design.path import show
from mlsd.design.pipeline import Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, blocks_on_path, short
from mlsd.sizing.domain import tidy
from mlsd.sizing.working import Input, Working


@rule("PIP-05", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NA", "TS-O6", "AB"])
def latency_budget_overflow(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """The blocks of the request path take longer than the service may.

    A promise of 200 ms is a budget that the blocks share. Parallel blocks count by the slower one. A sum of medians
    above the promise breaks it for half of all requests; a sum of p99 is an upper estimate, so it is a warning, unless
    one block alone is above what is promised at p99. Where the blocks say p50 and p99, the path is drawn from both
    instead, and a sum alone is a remark. What is promised for p50 is held against medians alone: a tail may be longer.

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
        path = latency(design, field, limit) if limit else None
        if limit is None or path is None or path.total is None or _generated(design, limit.value, severity):
            continue
        if path.total > limit.value:
            asked = percentile_of(design, limit)
            if percentile == TAIL and (alone := _over_alone(design, limit)) is not None:
                yield alone
                return
            drawn = estimate(design, asked) if percentile == TAIL else None
            if drawn is not None and drawn.working is not None and drawn.result is not None:
                yield _drawn(drawn.working, drawn.result, path.total, limit, asked)
            else:
                yield _added(path.working, path.total, limit, percentile, severity)
            return
        declared = {block.id for block in pipeline.components}
        silent = [block for block in path.missing if block in declared]  # an undeclared one is XST-04's
        if percentile == TAIL and silent:
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


def _over_alone(design: Design, limit: Input) -> Finding | None:
    """A block whose p99 is above what is promised at p99, if nothing answers instead of it: no estimate is needed."""
    said = {show(design, path): promise.percentile for path, promise in promises(design, "latency")}
    streams = design.model.llm is not None and design.model.llm.serving.streaming
    late = [
        (block.p99_ms, at, block)
        for at, block in blocks_on_path(design)
        if block.p99_ms is not None and block.p99_ms > limit.value
        if not (block.fallback and block.timeout_ms is not None) and not (streams and block.role == "llm")
    ]
    if not late or (said.get(limit.path or "") or 0.0) < TAIL:
        return None
    ms, at, block = max(late, key=lambda entry: (entry[0], -entry[1]))
    return Finding(
        "{block} alone takes {ms} ms at p99, but {limit} ms are promised for the whole path.",
        at=("components", at, "p99_ms"),
        also=limit.path or "",
        ways_out=[
            Sentence("closes at latency ≥ {total} ms", total=ms),
            Sentence("closes with a faster block, or with a timeout and a fallback that answers in time"),
        ],
        block=block.id,
        ms=ms,
        limit=limit.value,
    )


def _added(working: Working, total: float, limit: Input, percentile: float, severity: Severity) -> Finding:
    """A path whose blocks together take longer than was promised."""
    over = tidy(total - limit.value)
    return Finding(
        "The blocks of the request path take {total} ms ({kind}), {over} ms more than the promised {limit} ms.",
        at="request_path",
        also=limit.path or "",
        severity=severity,
        working=working,
        ways_out=[
            Sentence("closes at latency ≥ {total} ms", total=total),
            Sentence("closes if the blocks together give up {over} ms", over=over),
        ],
        total=total,
        kind=f"p{percentile:g}",
        over=over,
        limit=limit.value,
    )


def _drawn(working: Working, estimated: float, added: float, limit: Input, percentile: float) -> Finding:
    """A path of which both percentiles are known: late if it is late when it is drawn and not added up."""
    if estimated > limit.value:
        return Finding(
            "Drawn from the p50 and p99 of its blocks, the request path takes {estimated} ms ({kind}), but {limit} ms "
            "are promised.",
            at="request_path",
            also=limit.path or "",
            severity=Severity.WARNING,
            working=working,
            ways_out=[Sentence("closes at latency ≥ {total} ms", total=at_least(added))],
            estimated=short(estimated),
            kind=f"p{percentile:g}",
            limit=limit.value,
        )
    return Finding(
        "The p99 of the blocks of the request path add up to {added} ms, more than the promised {limit} ms; drawn from "
        "p50 and p99 the path takes {estimated} ms if the blocks are slow independently.",
        at="request_path",
        also=limit.path or "",
        severity=Severity.INFO,
        working=working,
        added=added,
        limit=limit.value,
        estimated=short(estimated),
    )


def _generated(design: Design, limit_ms: float, severity: Severity) -> bool:
    """Whether LLM-10 judges the path: by its first token where it is streamed, by the answer where that is late."""
    llm = design.model.llm
    if llm is None or not any(block.role == "llm" for _, block in blocks_on_path(design)):
        return False
    if is_streamed(design):
        return first_token(design).result is not None
    end = answer(design).result
    return severity is not Severity.ERROR and end is not None and end > limit_ms
