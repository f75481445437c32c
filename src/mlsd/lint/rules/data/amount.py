"""Whether there are enough cases, and enough people for them."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.derived.home import baseline_of
from mlsd.derived.labels import queue, test_examples, test_positives
from mlsd.design import Design
from mlsd.design.metrics import Metrics
from mlsd.design.problem import Oversight
from mlsd.errors import ValueRefused
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import computed, result_of, short
from mlsd.sizing.labelling import cases_for_half_width, half_width


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
        try:
            half, needed = half_width(metric.target, cases), cases_for_half_width(metric.target, lift)
        except ValueRefused:
            continue
        if (half.result or 0) > lift:
            yield Finding(
                "{metric} should rise by {lift}, but {cases} test cases tell it only to ± {half}.",
                at=("offline", position, "target"),
                also="data.labels.test_count" if design.data.labels.test_count else "data.labels.count",
                working=half,
                ways_out=[Sentence("closes with {needed} such cases in the test", needed=needed.result or 0)],
                metric=metric.id or entry.id,
                lift=short(lift),
                cases=cases.value,
                half=short(half.result or 0),
            )


@rule("DAT-18", Severity.ERROR, since=Maturity.DESIGN, sources=["NA", "EY", "ALG"])
def review_queue_capacity(oversight: Oversight, design: Design) -> Iterator[Finding]:
    """More cases are sent to people than these people can settle.

    A queue that grows by a hundred a day has three thousand in it after a month, and the oldest is a month old.
    Reviewers then stop reading, and the safety that the design promised is gone.

    Ask: How many cases arrive on an average day, and how many leave?
    False positives: only a sample of the flagged cases is read; then its share is the rate.

    Bad:
    ```yaml
    problem:
      scale: {volume_day: 100k}
      decision: {oversight: {flag_rate: 2%, reviewers: 5, cases_per_reviewer_day: 200}}
    ```
    Good:
    ```yaml
    problem:
      scale: {volume_day: 100k}
      decision: {oversight: {flag_rate: 2%, reviewers: 10, cases_per_reviewer_day: 200}}
    ```
    """
    found = list(queue(design))
    flagged, taken = (computed(found, name) for name in ("labels.queue", "labels.reviewed"))
    arrive, leave = result_of(flagged), result_of(taken)
    if arrive is None or leave is None or arrive <= leave or oversight.flag_rate is None:
        return
    ways = [Sentence("closes at flag_rate ≤ {rate} %", rate=short(100 * oversight.flag_rate * leave / arrive))]
    yield Finding(
        "{arrive} cases a day go to people, who settle {leave}.",
        at="reviewers",
        also="problem.decision.oversight.flag_rate",
        working=flagged,
        ways_out=ways,
        arrive=arrive,
        leave=leave,
    )
