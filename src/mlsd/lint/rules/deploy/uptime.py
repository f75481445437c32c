"""How often the service may be down, and what answers then."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.problem import Problem
from mlsd.errors import ValueRefused
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import MODEL_ROLES, blocks_on_path, promises, short
from mlsd.sizing.availability import downtime

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
        try:
            allowed = downtime(uptime.value or 0.0)
        except ValueRefused:
            continue
        for other, down in promises(design, "downtime"):
            unit = (down.unit or "").replace(" ", "").lower()
            per_month = unit.startswith("min")
            hours = allowed.minutes_month if per_month else allowed.hours_year
            said = down.value or 0.0
            if uptime.applies_to != down.applies_to or not unit.startswith(("min", "h")):
                continue
            if max(said, hours) > SAME_WITHIN * min(said, hours):
                yield Finding(
                    "{uptime} % allow {allowed} {unit} of downtime, not {said}.",
                    at=other[1:],
                    also=path,
                    working=allowed.working,
                    ways_out=[Sentence("closes at {allowed} {unit}", allowed=short(hours), unit=down.unit)],
                    uptime=round(100 * (uptime.value or 0.0), 3),
                    allowed=short(hours),
                    unit=down.unit,
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
    promise = next(
        (
            path
            for path, entry in promises(design, "availability")
            if (entry.value or 0) >= HIGH and not entry.applies_to
        ),
        None,
    )
    if promise is None or design.deploy.fallback:
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
            also=promise,
            ways_out=[Sentence("closes with a fallback for each, or with what people then see (deploy.fallback)")],
            blocks=[name for _, name in alone],
        )
