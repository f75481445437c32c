"""The way back."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.deploy import Rollback
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence


@rule("DEP-01", Severity.ERROR, since=Maturity.PILOT, sources=["RG", "DE-E.3", "TS-I7", "COR"])
def no_rollback(rollback: Rollback, design: Design) -> Iterator[Finding]:
    """There is no way back, or it takes longer than was promised.

    A bad model is found by users first. Going back has to be one known step, tried before it is needed, and shorter
    than the recovery time the service promises. 16 % of public design documents mention a rollback, a canary or a
    shadow run.

    Ask: It is three at night and the guardrail fell: what does the person on call type, and when is it over?
    False positives: a batch report, whose way back is the previous snapshot; write that.

    Bad:
    ```yaml
    problem: {constraints: [{id: recovery, kind: recovery, op: "<=", value: 15, unit: min}]}
    deploy: {rollback: {how: redeploy by hand, minutes: 60}}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: recovery, kind: recovery, op: "<=", value: 15, unit: min}]}
    deploy: {rollback: {how: previous model by one flag, minutes: 5}}
    ```
    """
    if rollback.is_empty:
        yield Finding("There is no way back to the previous model.")
        return
    for position, constraint in enumerate(design.problem.constraints):
        limit = constraint.value if constraint.kind == "recovery" else None
        if limit is not None and rollback.minutes is not None and rollback.minutes > limit:
            yield Finding(
                "Going back takes {minutes} minutes, but recovery is promised within {limit}.",
                at="minutes",
                also=("problem", "constraints", position, "value"),
                ways_out=[Sentence("closes at minutes ≤ {limit}", limit=limit)],
                minutes=rollback.minutes,
                limit=limit,
            )
