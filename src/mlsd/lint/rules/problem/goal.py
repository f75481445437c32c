"""The business goal and its number."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.problem import Goal
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence


@rule("PRB-02", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED", "RML", "EY", "CR6", "COR"])
def goal_not_measurable(goal: Goal, design: Design) -> Iterator[Finding]:
    """The goal has no business number, or the number does not say from what, to what, by when.

    “Improve recommendations” cannot be missed, so it cannot be reached either. A metric with today's value, a
    target and a date turns the wish into something an A/B test can confirm or refute. In 83 public design documents
    44 % of those that name a metric give no numeric target.

    Ask: Which number will the business look at, where does it stand today, and where must it be on which day?
    False positives: a greenfield product has no number today; write the target and the date, and waive the rest.

    Bad:
    ```yaml
    problem: {goal: {statement: better recommendations}}
    ```
    Good:
    ```yaml
    problem: {goal: {metric: revenue_per_session, baseline: 1.84, target: 1.86, by: 2027-06-30}}
    metrics: {business: {id: revenue_per_session, direction: up}}
    ```
    """
    if not goal.metric:
        yield Finding("The goal names no business metric.", at="metric")
        return
    home = next((metric for metric in design.metrics.business if metric.id == goal.metric), None)
    missing = []
    if goal.baseline is None and (home is None or home.baseline is None):
        missing.append(Sentence("today's value"))
    if goal.target is None and (home is None or home.target is None):
        missing.append(Sentence("the target"))
    if goal.by is None:
        missing.append(Sentence("the date"))
    if missing:
        yield Finding(
            "The goal is measured by {metric}, but this is missing: {missing}.",
            at="metric",
            severity={Maturity.INTERVIEW: Severity.INFO, Maturity.DESIGN: Severity.WARNING},
            metric=goal.metric,
            missing=missing,
        )
