"""Whether there are enough cases, and enough people for them."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.derived.home import baseline_of
from mlsd.derived.labels import (
    labelling_cost,
    labelling_days,
    positives,
    resolution,
    test_examples,
    test_positives,
)
from mlsd.design import Design
from mlsd.design.data import Annotation, Labels
from mlsd.design.metrics import Metrics
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, result_of, short

EACH = 10
"""Positives for each feature of a simple model."""
DEEP = 200
"""Positives below which a network learns its training part by heart."""
TABULAR = frozenset({"linear", "trees"})


@rule("DAT-10", Severity.WARNING, since=Maturity.DESIGN, sources=["RG", "G21"])
def too_few_positives(labels: Labels, design: Design) -> Iterator[Finding]:
    """There are too few positives for the models that are planned.

    Sixty frauds and thirty features: for every way in which the frauds are alike there is a feature that fits by
    chance. Some ten positives a feature is what a linear model or trees need; below two hundred in all, a network
    that starts from nothing learns the cases themselves.

    Ask: How many positives are there, not rows, and how many of them are really different from one another?
    False positives: the network is pre-trained and only tuned; then its family is `fine_tuned` or `pretrained`.

    Bad:
    ```yaml
    data: {labels: {count: 10k, positive_rate: 0.1%}}
    model: {features: [{id: amount}, {id: country}, {id: hour}], candidates: [{id: logreg, family: linear}]}
    ```
    Good:
    ```yaml
    data: {labels: {count: 100k, positive_rate: 0.1%}}
    model: {features: [{id: amount}, {id: country}, {id: hour}], candidates: [{id: logreg, family: linear}]}
    ```
    """
    if labels.count is None or labels.positive_rate is None:
        return
    found = positives(design)
    if found.result is None:
        return
    features = len(design.model.features)
    for position, candidate in enumerate(design.model.candidates):
        needed = EACH * features if candidate.family in TABULAR else DEEP if candidate.family == "deep" else 0
        if found.result < needed:
            yield Finding(
                "{model} ({family}) needs some {needed} positives, and there are {count}.",
                at="count",
                also=("model", "candidates", position, "family"),
                working=found.working,
                ways_out=[
                    _enough(candidate.family == "deep", found.result),
                    Sentence("closes with {needed} positives", needed=needed),
                ],
                model=candidate.id or candidate.name or position,
                family=candidate.family,
                needed=needed,
                count=found.result,
            )
            return


def _enough(deep: bool, count: float) -> Sentence:
    if deep:
        return Sentence("closes with a pre-trained model that is only tuned")
    return Sentence("closes with at most {fewer} features", fewer=int(count // EACH))


@rule("DAT-11", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "NIPS", "ALG"])
def test_set_cannot_resolve_lift(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """The test set is too small to tell the target from what there is already.

    Recall .9 on fifty positives is known to ± 8.3 points. If the lift one hopes for is three, the test will call
    noise a success about as often as it calls a success noise.

    Ask: If the same model were tested on another sample of this size, how far would the number move?
    False positives: two models compared row by row on the same test set resolve more than their intervals; say how
    they are compared.

    Bad:
    ```yaml
    data: {labels: {count: 20k, positive_rate: 1%}}
    model: {split: {test: 0.1}}
    metrics: {offline: [{id: recall, baseline: 0.80, target: 0.85}]}
    ```
    Good:
    ```yaml
    data: {labels: {count: 2M, positive_rate: 1%}}
    model: {split: {test: 0.1}}
    metrics: {offline: [{id: recall, baseline: 0.80, target: 0.85}]}
    ```
    """
    examples = test_examples(design)
    for position, metric in enumerate(metrics.offline):
        entry, today = known_metric(metric.metric or metric.id), baseline_of(design, metric.id)
        if entry is None or metric.k is not None or metric.target is None or today is None:
            continue
        of_positives = entry.id == "recall"
        if not of_positives and "plain_accuracy" not in entry.flags:
            continue
        cases = (test_positives(design, examples) if of_positives else examples).as_input()
        lift = abs(metric.target - today.value)
        if cases is None or not 0 < metric.target < 1 or lift == 0:
            continue
        half, needed = resolution(metric, cases, lift)
        if half is not None and (half.result or 0) > lift:
            yield Finding(
                "{metric} should rise by {lift}, but {cases} test cases tell it only to ± {half}.",
                at=("offline", position, "target"),
                also="data.labels.test_count" if design.data.labels.test_count else "data.labels.count",
                working=half,
                ways_out=[Sentence("closes with {needed} such cases in the test", needed=result_of(needed) or 0)],
                metric=metric.id or entry.id,
                lift=short(lift),
                cases=cases.value,
                half=short(half.result or 0),
            )


@rule("DAT-12", Severity.WARNING, since=Maturity.DESIGN, sources=["CH", "BK"])
def label_budget(work: Annotation, design: Design) -> Iterator[Finding]:
    """The labels that are needed cost more money, or more days, than there are.

    20,000 examples, three people each, 0.30 a label: 18,000, and at 1,500 labels a day forty days. Both numbers are
    usually met for the first time when the money or the quarter is over.

    Ask: Who labels, how many a day, and on which day is the last one done?
    False positives: labels are bought in batches and the work stops when the model is good enough; then `to_label`
    is the first batch.

    Bad:
    ```yaml
    data: {labels: {annotation: {to_label: 20k, per_item: 3, unit_cost: 0.3, budget: 5000}}}
    ```
    Good:
    ```yaml
    data: {labels: {annotation: {to_label: 5k, per_item: 3, unit_cost: 0.3, budget: 5000}}}
    ```
    """
    if work.to_label is None:
        return
    cost, days = labelling_cost(design), labelling_days(design)
    if cost.result is not None and work.budget is not None and cost.result > work.budget:
        yield Finding(
            "All labels cost {cost}, and {budget} may be spent.",
            at="to_label",
            also="data.labels.annotation.budget",
            working=cost.working,
            ways_out=[
                Sentence("closes at a budget ≥ {cost}", cost=at_least(cost.result)),
                _fewer(work, work.budget / cost.result),
            ],
            cost=short(cost.result),
            budget=work.budget,
        )
    if days.result is not None and work.days is not None and days.result > work.days:
        yield Finding(
            "Labelling takes {days} days, and there are {given}.",
            at="to_label",
            also="data.labels.annotation.days",
            working=days.working,
            ways_out=[
                Sentence("closes at days ≥ {days}", days=at_least(days.result)),
                _fewer(work, work.days / days.result),
            ],
            days=days.result,
            given=work.days,
        )


def _fewer(work: Annotation, share: float) -> Sentence:
    return Sentence("closes at to_label ≤ {fewer}", fewer=int((work.to_label or 0) * share))
