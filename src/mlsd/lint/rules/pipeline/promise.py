"""What was promised of latency and uptime, against the blocks that must keep it."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from mlsd.derived.promised import promised
from mlsd.derived.service import availability
from mlsd.design import Design
from mlsd.design.pipeline import Pipeline
from mlsd.design.problem import Constraint
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import amount
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import AHEAD, blocks_on_path, places_of, short
from mlsd.sizing.availability import PathAvailability
from mlsd.sizing.working import Input

THREE_NINES = 0.999


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
    ahead = design.pipeline.serving.mode in AHEAD
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
    reached = found.result if found is not None else None
    if found is not None and reached is not None and reached < limit.value - 1e-9:
        yield _down(found, reached, limit, design)
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


def _down(found: PathAvailability, reached: float, limit: Input, design: Design) -> Finding:
    if found.unknown:
        return Finding(
            "Without what answers instead the path is up {reached} %, and nothing says how often these are: {blocks}.",
            at=("components", places_of(design)[found.unknown[0]], "availability"),
            also=limit.path or "",
            severity=Severity.WARNING,
            working=found.working,
            ways_out=[Sentence("closes with their availability")],
            reached=_below(reached, limit.value),
            blocks=list(found.unknown),
        )
    return Finding(
        "{promised} % is promised, but the blocks of the request path are up {reached} % together.",
        at="request_path",
        also=limit.path or "",
        working=found.working,
        ways_out=[
            Sentence("closes at a promise of {share} % or less", share=floor(1e5 * reached) / 1e3),
            Sentence("closes with a fallback for the weakest block"),
        ],
        promised=round(100 * limit.value, 4),
        reached=_below(reached, limit.value),
    )


def _below(reached: float, promised: float) -> float:
    """Per cent with as many digits as tell the two apart."""
    said = (round(100 * reached, digits) for digits in range(3, 9))
    return next((short for short in said if short < 100 * promised), 100 * reached)


@rule("PIP-19", Severity.WARNING, since=Maturity.PILOT, sources=["RMLc", "NA"])
def runs_once(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """Three nines are promised over a block of which there is one.

    One replica is down while it starts again: for every new version, every move to another machine, every crash. Ten
    restarts a month of five minutes each are 50 minutes, and 99.9 % allow 43.

    Ask: A new version goes out at noon: who answers in that minute?
    False positives: restarts hand over without a gap, and the availability of the block counts them; say so in a
    waiver.

    Bad:
    ```yaml
    problem: {constraints: [{id: uptime, kind: availability, op: ">=", value: 99.9%}]}
    pipeline: {components: [{id: ranker, role: ranking, replicas: 1}], request_path: [ranker]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: uptime, kind: availability, op: ">=", value: 99.9%}]}
    pipeline: {components: [{id: ranker, role: ranking, replicas: 2}], request_path: [ranker]}
    ```
    """
    limit = promised(design, "availability")
    if limit is None or limit.value < THREE_NINES - 1e-9 or pipeline.serving.mode in ("batch", "edge"):
        return
    for position, block in blocks_on_path(design):
        needed = block.critical is not False and not block.fallback and not block.external
        if block.replicas == 1 and needed:
            yield Finding(
                "{promised} % is promised, and one replica of {block} runs: nobody answers while it starts again.",
                at=("components", position, "replicas"),
                also=limit.path or "",
                ways_out=[Sentence("closes at replicas ≥ {needed}", needed=2)],
                promised=round(100 * limit.value, 4),
                block=block.id,
            )
