"""Every stage touched before one is polished."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import STAGES, Design
from mlsd.lint import Finding, Maturity, Severity, rule

ENOUGH = 10
"""A design with fewer answers than this has only begun."""


@rule("XST-08", Severity.WARNING, since=Maturity.INTERVIEW, sources=["SEED", "NA"])
def breadth_first(design: Design) -> Iterator[Finding]:
    """One stage has more than half of all answers while another has none.

    The method is a bad version of everything first, then pass after pass. Twenty features without a word on
    deployment is how forty-five minutes run out on the model.

    Ask: If the interview ended now, which stage would be blank?
    False positives: none known at an interview; a design of one part of a larger system waives it.

    Bad:
    ```yaml
    model: {task: ranking, loss: lambdarank, output: ranking, sampling: none, tuned_on: validation, explanation: none,
      baseline: {kind: popularity, value: 0.31}, split: {strategy: temporal, train: 0.8, test: 0.2}}
    ```
    Good:
    ```yaml
    model: {task: ranking, loss: lambdarank, output: ranking, sampling: none, tuned_on: validation, explanation: none}
    ```
    """
    filled = dict.fromkeys(STAGES, 0)
    for path, _ in design.answers:
        if path[0] in filled:
            filled[str(path[0])] += 1
    total = sum(filled.values())
    stage, most = max(filled.items(), key=lambda entry: entry[1])
    empty = [name for name, count in filled.items() if not count]
    if total >= ENOUGH and empty and most * 2 > total:
        share = round(100 * most / total)
        yield Finding(
            "{share} % of all answers are about {stage}, while nothing is said about {empty}.",
            at=empty[0],
            share=share,
            stage=stage,
            empty=empty,
        )
