"""Whether quality is measured where the decision is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlsd.content.registry import Metric as Known
from mlsd.content.registry import metric as known_metric
from mlsd.derived.funnel import longest
from mlsd.design import Design
from mlsd.design.metrics import Metric, Metrics
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most, short

NEAR = 3
EVERYWHERE = frozenset(
    {"roc_auc", "pr_auc", "logloss", "brier", "ece", "nce", "gini", "ks", "calibration_ratio", "gauc"}
)
"""Metrics of a whole order or of all probabilities: no cut stands in them."""
CUT = frozenset({"binary", "multilabel"})
OF_QUANTILES = frozenset({"pinball", "interval_coverage", "service_level"})
"""Metrics that a wrong quantile makes worse."""


@rule("MET-11", Severity.WARNING, since=Maturity.DESIGN, sources=["RG", "G12"], requires=("MET-02",))
def metric_not_at_operating_point(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """The decision cuts at a threshold, a share or a number of places, and no metric looks there.

    AUC averages over cuts that nobody will use; NDCG of the first hundred praises a list of which ten are seen. A
    model can win there and lose in the only place that counts. Where a quantile is ordered, WAPE and RMSE are best at
    the median or the mean and punish the quantile that is wanted.

    Where retrieval hands on 300 things, recall of the first 500 counts what nobody behind it will ever see.

    Ask: Of the cases that are acted on, how many are right?
    False positives: a longer list is only looked at, to see what more would bring; let the role of the metric be
    `diagnostic`. Further metrics are welcome, one at the cut is enough.

    Bad:
    ```yaml
    metrics: {offline: [{id: roc_auc}]}
    model: {operating_point: {kind: top_share, value: 5%}}
    ```
    Good:
    ```yaml
    metrics: {offline: [{id: roc_auc}, {id: precision_at_budget, at: 5%}]}
    model: {operating_point: {kind: top_share, value: 5%}}
    ```
    """
    yield from _cut(metrics, design)
    yield from _longer(metrics, design)
    slots = design.pipeline.serving.slots
    lengths = [(metric.k, position) for position, metric in enumerate(metrics.offline) if metric.k]
    if design.model.task != "ranking" or not slots or not lengths:
        return
    if not any(slots / NEAR <= k <= slots * NEAR for k, _ in lengths):
        yield Finding(
            "{slots} results are shown, but no metric looks at a list of about that length: {lengths}.",
            at=("offline", lengths[0][1], "k"),
            also="pipeline.serving.slots",
            ways_out=[Sentence("closes with a metric at k = {slots}", slots=slots)],
            slots=slots,
            lengths=[k for k, _ in lengths],
        )


def _longer(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """Metrics of a list that is longer than any that the steps from all things to the shown ones make."""
    most = longest(design) if any(metric.k for metric in metrics.offline) else None
    for position, metric in enumerate(metrics.offline):
        entry = known_metric(metric.metric or metric.id)
        if most is None or not metric.k or metric.k <= most.value or metric.role == "diagnostic":
            continue
        if entry and "list" in entry.flags and "ranking" in entry.tasks:
            yield Finding(
                "{metric} looks at the first {k}, but no step of the funnel hands on more than {most}.",
                at=("offline", position, "k"),
                also=most.path or "",
                ways_out=[
                    Sentence("closes at k ≤ {most}, or with a step that hands on more", most=at_most(most.value))
                ],
                metric=metric.id or metric.metric,
                k=metric.k,
                most=short(most.value),
            )


def _cut(metrics: Metrics, design: Design) -> Iterator[Finding]:
    point = design.model.operating_point
    if point.kind is None or not metrics.offline:
        return
    entries = [(metric, known_metric(metric.metric or metric.id)) for metric in metrics.offline]
    if point.kind == "quantile":
        yield from _quantile(metrics, entries)
        return
    if all(entry and entry.id in EVERYWHERE and metric.at is None and metric.k is None for metric, entry in entries):
        yield Finding(
            "The decision cuts at a {kind}, but every offline metric averages over all cuts: {metrics}.",
            at="offline",
            also="model.operating_point.kind",
            ways_out=[Sentence("closes with precision, recall or expected cost at that cut")],
            kind=Sentence("threshold") if point.kind == "threshold" else Sentence("share of the best"),
            metrics=[metric.id or metric.metric for metric in metrics.offline],
        )


def _quantile(metrics: Metrics, entries: Sequence[tuple[Metric, Known | None]]) -> Iterator[Finding]:
    """A quantile is ordered, and every metric is best at the median or the mean."""
    lists = (*metrics.online, *metrics.business)
    known = [entry for _, entry in entries] + [known_metric(metric.metric or metric.id) for metric in lists]
    if all(entry for _, entry in entries) and not any(entry and entry.id in OF_QUANTILES for entry in known):
        yield Finding(
            "The decision takes a quantile, but no metric is best there: {metrics}.",
            at="offline",
            also="model.operating_point.kind",
            ways_out=[Sentence("closes with the pinball loss, the coverage of the interval, or the service level")],
            metrics=[metric.id or metric.metric for metric, _ in entries],
        )


@rule("MET-12", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "PAIR"])
def one_sided_pr_target(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """Recall has a target and nothing bounds the false alarms, or precision has one and nothing the misses.

    Flagging everything has recall 1; flagging the one certain case has precision 1. A target for one side alone can
    be met by a useless model.

    Ask: What would the model do that reaches this target most cheaply?
    False positives: the other side is bound elsewhere; say in the operating point why the cut is where it is. A cut
    that flags a fixed share binds both sides by itself: recall then follows from precision.

    Bad:
    ```yaml
    model: {task: binary}
    metrics: {offline: [{id: recall, target: 0.9}]}
    ```
    Good:
    ```yaml
    model: {task: binary}
    metrics: {offline: [{id: recall, target: 0.9}, {id: precision, target: 0.3}]}
    ```
    """
    point = design.model.operating_point
    if design.model.task not in CUT or point.why or point.kind == "top_share":
        return
    given = [(position, metric, _sides(metric)) for position, metric in enumerate(metrics.offline)]
    bound = {side for _, metric, sides in given for side in sides if metric.target is not None or metric.at is not None}
    for metric in metrics.online:
        bound |= _sides(metric) if metric.target is not None or metric.margin is not None else set()
    for position, metric, sides in given:
        if len(sides) == 1 and metric.target is not None and len(bound) == 1:
            recall = "recall_side" in sides
            yield Finding(
                "{metric} has the target {target}, and nothing bounds {other}.",
                at=("offline", position, "target"),
                ways_out=[Sentence("closes with a target, a floor or a guardrail for the other side")],
                metric=metric.id or metric.metric,
                target=metric.target,
                other=Sentence("the false alarms") if recall else Sentence("the misses"),
            )
            return


def _sides(metric: Metric) -> set[str]:
    """Which ends of the trade-off it binds; a metric of lists (with a k) binds none."""
    entry = known_metric(metric.metric or metric.id)
    return set() if entry is None or metric.k is not None else set(entry.flags & {"precision_side", "recall_side"})
