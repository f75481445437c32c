"""How often the service may be down, and what answers then."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.promised import promised, promises
from mlsd.derived.service import allowed_downtime
from mlsd.design import Design
from mlsd.design.problem import Problem
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import amount
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import MODEL_ROLES, blocks_on_path, result_of, short

SAME_WITHIN = 1.5
HIGH = 0.99


@rule("DEP-02", Severity.ERROR, since=Maturity.DESIGN, sources=["ALG", "RMLc"])
def downtime_arithmetic(problem: Problem, design: Design) -> Iterator[Finding]:
    """The promised uptime and the promised downtime are two different promises.

    99.9 % is 8.76 hours a year or 43.2 minutes in thirty days. A checklist that many people use says “99.9 %, four
    days a year”, which is 99 %.

    Ask: Which of the two will be in the contract?
    False positives: one of them is about another part of the service; say in `applies_to` about which.

    Bad:
    ```yaml
    problem:
      constraints:
        - {id: uptime, kind: availability, op: ">=", value: 99.9%}
        - {id: downtime, kind: downtime, op: "<=", value: 96, unit: h/year}
    ```
    Good:
    ```yaml
    problem:
      constraints:
        - {id: uptime, kind: availability, op: ">=", value: 99.9%}
        - {id: downtime, kind: downtime, op: "<=", value: 8.76, unit: h/year}
    ```
    """
    for path, uptime in promises(design, "availability"):
        for other, down in promises(design, "downtime"):
            working = allowed_downtime(design, path, down.unit or "")
            allowed, said = result_of(working), down.value or 0.0
            if uptime.applies_to != down.applies_to or allowed is None:
                continue
            if max(said, allowed) > SAME_WITHIN * min(said, allowed):
                yield Finding(
                    "{uptime} % allow {allowed} of downtime, not {said}.",
                    at=other[1:],
                    also=path,
                    working=working,
                    ways_out=[Sentence("closes at {allowed}", allowed=amount(short(allowed), down.unit))],
                    uptime=round(100 * (uptime.value or 0.0), 3),
                    allowed=amount(short(allowed), down.unit),
                    said=said,
                )


@rule("DEP-03", Severity.WARNING, since=Maturity.DESIGN, sources=["CR40", "BK", "NA", "COR"])
def slo_without_fallback(design: Design) -> Iterator[Finding]:
    """Two nines or more are promised, and nothing answers when the model does not.

    A model is the youngest and most often changed block of the path. Popular items, yesterday's list or a rule keep
    the page whole while it is gone. 77 % of the public documents that promise an uptime have no fallback.

    Ask: The model answers nothing for ten minutes: what does a person see?
    False positives: the whole service may be gone with the model; then the promise is too high, or the block is not
    critical.

    Bad:
    ```yaml
    problem: {constraints: [{id: uptime, kind: availability, op: ">=", value: 99.9%}]}
    pipeline: {components: [{id: ranker, role: ranking}, {id: popular, role: cache}], request_path: [ranker]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: uptime, kind: availability, op: ">=", value: 99.9%}]}
    pipeline:
      components: [{id: ranker, role: ranking, fallback: popular}, {id: popular, role: cache}]
      request_path: [ranker]
    ```
    """
    promise = promised(design, "availability")
    if promise is None or promise.value < HIGH or design.deploy.fallback:
        return
    alone = [
        (position, block.id)
        for position, block in blocks_on_path(design)
        if block.role in MODEL_ROLES and block.critical is not False and not block.fallback
    ]
    if alone:
        yield Finding(
            "An uptime of two nines or more is promised, and nothing answers when these fail: {blocks}.",
            at=("pipeline", "components", alone[0][0], "fallback"),
            also=promise.path or "",
            ways_out=[Sentence("closes with a fallback for each, or with what people then see (deploy.fallback)")],
            blocks=[name for _, name in alone],
        )
