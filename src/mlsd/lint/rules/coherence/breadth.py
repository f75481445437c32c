"""Every stage touched before one is polished, and every later pass with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import STAGES, Design
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

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
    problem: {goal: {statement: better lists}}
    metrics: {offline: [{id: ndcg_at_10}]}
    data: {entities: [{id: user}]}
    pipeline: {serving: {mode: online}}
    model: {task: ranking, loss: lambdarank, output: ranking, sampling: none, tuned_on: validation,
      baseline: {kind: popularity, value: 0.31}}
    ab_test: {primary: cart_users}
    ```
    Good:
    ```yaml
    problem: {goal: {statement: better lists}}
    metrics: {offline: [{id: ndcg_at_10}]}
    data: {entities: [{id: user}]}
    pipeline: {serving: {mode: online}}
    model: {task: ranking, loss: lambdarank, output: ranking, sampling: none, tuned_on: validation,
      baseline: {kind: popularity, value: 0.31}}
    deploy: {fallback: best sellers}
    ab_test: {primary: cart_users}
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


@rule("XST-09", Severity.INFO, since=Maturity.INTERVIEW, sources=["SEED", "AB"])
def iteration_without_reason(design: Design) -> Iterator[Finding]:
    """A pass after the first one closed nothing that was found.

    The first pass touches everything, badly; each later one exists because of holes that somebody named. A pass
    without them polishes what was already good, and the holes stay where they are.

    Ask: Which finding was there before this pass, and is gone after it?
    False positives: a pass that follows a change of the question itself; its `change` says so, and the remark may stay.

    Bad:
    ```yaml
    iterations:
      - {number: 1, change: every stage touched}
      - {number: 2, change: guardrails and budgets}
    ```
    Good:
    ```yaml
    iterations:
      - {number: 1, change: every stage touched}
      - {number: 2, change: guardrails and budgets, closes: [MET-10, PIP-05]}
    ```
    """
    for position, iteration in enumerate(design.iterations):
        if position and (iteration.number is None or iteration.number > 1) and not iteration.closes:
            yield Finding(
                "Pass {number} closes no finding.",
                at=("iterations", position, "closes"),
                ways_out=[Sentence("closes with the codes of the findings that led to this pass")],
                number=iteration.number or position + 1,
            )
