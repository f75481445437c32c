"""The time a request may take."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.service import latency
from mlsd.design import Design
from mlsd.design.pipeline import Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import latency_limit


@rule("PIP-05", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NA", "TS-O6", "AB"])
def latency_budget_overflow(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """The blocks of the request path take longer than the service may.

    A promise of 200 ms is a budget that the blocks share. Parallel blocks count by the slower one. A sum of medians
    above the promise breaks it for half of all requests; a sum of p99 is an upper estimate, so it is a warning.

    Ask: Which block gives up how many milliseconds, and what is lost by that?
    False positives: none known; a block that answers later than it is waited for has a timeout and a fallback, not
    a place on the path.

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
    limit = latency_limit(design)
    if limit is None or not pipeline.request_path:
        return
    for field, severity, kind in (("p50_ms", Severity.ERROR, "p50"), ("p99_ms", Severity.WARNING, "p99")):
        path = latency(design, field, limit.ms)
        if path is not None and path.total is not None and path.total > limit.ms:
            over = path.total - limit.ms
            yield Finding(
                "The blocks of the request path take {total} ms ({kind}), {over} ms more than the promised {limit} ms.",
                at="request_path",
                also=limit.path,
                severity=severity,
                working=path.working,
                ways_out=[
                    Sentence("closes at latency ≥ {total} ms", total=path.total),
                    Sentence("closes if the blocks together give up {over} ms", over=over),
                ],
                total=path.total,
                kind=kind,
                over=over,
                limit=limit.ms,
            )
            return
