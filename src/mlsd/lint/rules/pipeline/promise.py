"""What was promised of latency and uptime, against the blocks that must keep it."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from mlsd.derived.home import promised
from mlsd.derived.service import availability
from mlsd.design import Design
from mlsd.design.pipeline import Pipeline
from mlsd.design.problem import Constraint
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import amount
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import blocks_on_path, short


@rule("PIP-04", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "PL", "COR"])
def latency_without_percentile(constraint: Constraint, design: Design) -> Iterator[Finding]:
    """A latency is promised without saying for which share of the requests.

    200 ms on average and 200 ms at p99 are two services: in the first, half of the people wait longer. 76 % of the
    public documents that name a latency give no percentile.

    Ask: How many of a hundred requests may be slower?
    False positives: a batch or a nearline job, where one run is one number; the rule knows those modes.

    Bad:
    ```yaml
    problem: {constraints: [{kind: latency, op: "<=", value: 200, unit: ms}]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{kind: latency, op: "<=", value: 200, unit: ms, percentile: p99}]}
    ```
    """
    ahead = design.pipeline.serving.mode in ("batch", "nearline")
    if constraint.kind == "latency" and constraint.value is not None and constraint.percentile is None and not ahead:
        yield Finding(
            "A latency of {limit} is promised, but not for which share of the requests.",
            at="percentile",
            ways_out=[Sentence("closes with a percentile, such as p99")],
            limit=amount(constraint.value, constraint.unit or "ms"),
        )


@rule("PIP-10", Severity.ERROR, since=Maturity.DESIGN, sources=["RMLc", "ALG"])
def availability_product(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """The blocks that a request needs are together up less often than was promised.

    Blocks in a row multiply: five of 99.9 % are 99.5 %, which is 44 hours a year and not 9. A fallback counts as a
    second chance, an optional block not at all. A real document promises 99.99 % over somebody else's API.

    Ask: Which block may be gone without the request failing?
    False positives: blocks that fail together count twice here; put them into one.

    Bad:
    ```yaml
    problem: {constraints: [{id: uptime, kind: availability, op: ">=", value: 99.9%}]}
    pipeline:
      components:
        - {id: gateway, availability: 99.95%}
        - {id: ranker, availability: 99.9%}
        - {id: popular, availability: 99.9%}
      request_path: [gateway, ranker]
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: uptime, kind: availability, op: ">=", value: 99.9%}]}
    pipeline:
      components:
        - {id: gateway, availability: 99.95%}
        - {id: ranker, availability: 99.9%, fallback: popular}
        - {id: popular, availability: 99.9%}
      request_path: [gateway, ranker]
    ```
    """
    found, limit = availability(design), promised(design, "availability")
    if limit is None:
        return
    unknown = _unknown_fallbacks(design)
    if found is not None and found.result is not None and found.result < limit.value - 1e-9 and unknown:
        yield Finding(
            "Without what answers instead the path is up {reached} %, and nothing says how often these are: {blocks}.",
            at=("components", unknown[0], "availability"),
            also=limit.path or "",
            severity=Severity.WARNING,
            working=found.working,
            ways_out=[Sentence("closes with their availability")],
            reached=round(100 * found.result, 3),
            blocks=[pipeline.components[at].id for at in unknown],
        )
        return
    if found is not None and found.result is not None and found.result < limit.value - 1e-9:
        ways = [Sentence("closes at a promise of {share} % or less", share=floor(1e5 * found.result) / 1e3)]
        yield Finding(
            "{promised} % is promised, but the blocks of the request path are up {reached} % together.",
            at="request_path",
            also=limit.path or "",
            working=found.working,
            ways_out=[*ways, Sentence("closes with a fallback for the weakest block")],
            promised=round(100 * limit.value, 3),
            reached=round(100 * found.result, 3),
        )
        return
    for position, block in blocks_on_path(design):
        if block.external and block.availability is None and not block.fallback and block.critical is not False:
            yield Finding(
                "{promised} % is promised, but {block} is somebody else's and nothing says how often it is up.",
                at=("components", position, "availability"),
                also=limit.path or "",
                severity=Severity.WARNING,
                promised=short(100 * limit.value),
                block=block.id,
            )


def _unknown_fallbacks(design: Design) -> list[int]:
    """The blocks that answer instead of one on the path, and do not say how often they are up."""
    names = {block.fallback for _, block in blocks_on_path(design) if block.fallback and block.critical is not False}
    every = enumerate(design.pipeline.components)
    return [at for at, block in every if block.id in names and block.availability is None]
