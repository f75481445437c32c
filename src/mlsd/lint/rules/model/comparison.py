"""Whether numbers can be compared: the baseline's with the model's, the test's with the future."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.labels import gap_needed
from mlsd.design import Design
from mlsd.design.model import Baseline, Split, Target
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import days
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least


@rule(
    "MOD-03",
    Severity.ERROR,
    since=Maturity.DESIGN,
    sources=["MS", "CR-X08"],
    requires=("MOD-01",),
)
def baseline_incomparable(baseline: Baseline, design: Design) -> Iterator[Finding]:
    """The baseline was measured by another metric, or on other data, than the models.

    Accuracy of a rule beside F1 of a network compares nothing; a real document does it. A baseline on the training
    part, or on last year's users, is a number about something else.

    Ask: If the baseline were handed in as a model, which number would your test print for it?
    False positives: none known; measuring a rule on the test part takes an afternoon.

    Bad:
    ```yaml
    model:
      baseline: {kind: popularity, metric: recall_at_10, value: 0.2}
      candidates: [{id: lambdamart, family: trees, metric: ndcg_at_10, expected: 0.34}]
    ```
    Good:
    ```yaml
    model:
      baseline: {kind: popularity, metric: ndcg_at_10, value: 0.2}
      candidates: [{id: lambdamart, family: trees, metric: ndcg_at_10, expected: 0.34}]
    ```
    """
    measured = [(entry.metric, position) for position, entry in enumerate(design.model.candidates) if entry.metric]
    if baseline.metric and measured and all(metric != baseline.metric for metric, _ in measured):
        yield Finding(
            "The baseline is measured by {baseline}, the models by {models}.",
            at="metric",
            also=("model", "candidates", measured[0][1], "metric"),
            ways_out=[Sentence("closes if one model and the baseline give the same metric")],
            baseline=baseline.metric,
            models=list(dict.fromkeys(metric for metric, _ in measured)),
        )
    if baseline.measured_on not in (None, "test"):
        yield Finding(
            "The baseline is measured on {data}, not on the test part.",
            at="measured_on",
            ways_out=[Sentence("closes if the baseline is run on the test part")],
            data=baseline.measured_on,
        )


@rule("MOD-07", Severity.ERROR, since=Maturity.DESIGN, sources=["BK"])
def gap_shorter_than_label(split: Split, design: Design) -> Iterator[Finding]:
    """The test begins before the labels of the training part are known, or ends before its own are.

    A model that is trained on the last of May with labels of thirty days has seen June. Tested on June, it is
    better than it will ever be again. A real document leaves a gap of two weeks for labels of two months; leaving none,
    without a word, is the commonest leak of all. A forecast is tested over its horizon, so only what its actuals are
    late by has to lie between.

    Ask: On the first day of the test, which label of the training part was not known yet?
    False positives: none known where labels take time; the delay runs from the prediction, horizon included.

    Bad:
    ```yaml
    data: {labels: {delay_days: 30}}
    model: {split: {strategy: temporal, gap_days: 7}}
    ```
    Good:
    ```yaml
    data: {labels: {delay_days: 30}}
    model: {split: {strategy: temporal, gap_days: 30}}
    ```
    """
    delay, needed = design.data.labels.delay_days, gap_needed(design)
    also = "data.labels.delay_days" if delay and delay >= needed else "model.target.horizon_days"
    if split.strategy not in ("temporal", "rolling"):
        return
    if split.gap_days is None and needed:
        yield Finding(
            "Nothing lies between training and test, but a label takes {needed}.",
            at="gap_days",
            also=also,
            severity=Severity.WARNING,
            ways_out=[Sentence("closes at gap_days ≥ {needed}", needed=at_least(needed))],
            needed=days(needed),
        )
    elif split.gap_days is not None and split.gap_days < needed:
        yield Finding(
            "The gap between training and test is {gap}, but a label takes {needed}.",
            at="gap_days",
            also=also,
            ways_out=[Sentence("closes at gap_days ≥ {needed}", needed=at_least(needed))],
            gap=days(split.gap_days),
            needed=days(needed),
        )
    if split.maturity_days is not None and delay is not None and split.maturity_days < delay:
        yield Finding(
            "The data ends {time} after the test, but a label takes {delay}.",
            at="maturity_days",
            also="data.labels.delay_days",
            ways_out=[Sentence("closes at maturity_days ≥ {delay}", delay=at_least(delay))],
            time=days(split.maturity_days),
            delay=days(delay),
        )


@rule("MOD-19", Severity.ERROR, since=Maturity.DESIGN, sources=["NA"])
def horizon_vs_decision(target: Target, design: Design) -> Iterator[Finding]:
    """The prediction ends before the decision takes effect.

    An order that takes 45 days to arrive cannot be placed by a forecast of 31. A real document does just that; the
    two weeks between are guessed.

    Ask: On the day the goods (or the people) arrive, what does the forecast say about that day?
    False positives: a buffer covers the rest on purpose; then that buffer is the decision, and it needs no forecast.

    Bad:
    ```yaml
    problem: {decision: {lead_days: 45}}
    model: {target: {definition: units sold, horizon_days: 31}}
    ```
    Good:
    ```yaml
    problem: {decision: {lead_days: 45}}
    model: {target: {definition: units sold, horizon_days: 60}}
    ```
    """
    lead = design.problem.decision.lead_days
    if lead is not None and target.horizon_days is not None and target.horizon_days < lead and _is_main(target, design):
        yield Finding(
            "The prediction looks {horizon} days ahead, but the decision is made {lead} days ahead.",
            at="horizon_days",
            also="problem.decision.lead_days",
            ways_out=[Sentence("closes at horizon_days ≥ {lead}", lead=at_least(lead))],
            horizon=target.horizon_days,
            lead=lead,
        )


def _is_main(target: Target, design: Design) -> bool:
    """Whether it is the model's own target; a candidate may predict something nearer."""
    return target is design.model.target
