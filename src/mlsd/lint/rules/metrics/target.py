"""The number a metric must reach, and whether it can say what it is asked at that number."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import loss as known_loss
from mlsd.content.registry import metric as known_metric
from mlsd.derived.home import is_called
from mlsd.derived.labels import best_precision, precision_of_top
from mlsd.derived.labels import zeros as poisson_zeros
from mlsd.design import Design, Path
from mlsd.design.metrics import Metric, Metrics
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most, primary_of, short

OFTEN_ZERO = 3
"""A mean count below this has zeros: at 3 every twentieth Poisson count is one."""
RAREST_FALSE_ALARM = 1e-4


@rule(
    "MET-05",
    {Maturity.INTERVIEW: Severity.INFO, Maturity.DESIGN: Severity.WARNING},
    sources=["RML", "BK", "COR"],
)
def target_missing_or_tbd(metrics: Metrics) -> Iterator[Finding]:
    """The primary online or offline metric has no target.

    “As high as possible” is never reached, so nobody can say when to stop training or whether to launch. A target
    may be a value or a lift over today. 44 % of public design documents give none.

    Ask: From which value on would you launch, and below which not?
    False positives: an interview; it is only a remark there.

    Bad:
    ```yaml
    metrics: {business: [{id: revenue}], online: [{id: cart_users, target: 5.4%}], offline: [{id: ndcg_at_10}]}
    ```
    Good:
    ```yaml
    metrics:
      business: [{id: revenue}]
      online: [{id: cart_users, target: 5.4%}]
      offline: [{id: ndcg_at_10, target: 0.34}]
    ```
    """
    for kind in ("online", "offline"):
        entries: list[Metric] = getattr(metrics, kind)
        primary = primary_of(entries)
        if primary is not None and primary.target is None and primary.lift.value is None:
            yield Finding(
                "The primary {kind} metric {metric} has no target.",
                at=(kind, entries.index(primary), "target"),
                ways_out=[Sentence("closes with a target, or with a lift over today")],
                kind=Sentence("online") if kind == "online" else Sentence("offline"),
                metric=primary.id or primary.metric,
            )


@rule("MET-09", Severity.ERROR, since=Maturity.DESIGN, sources=["NA", "ALG"])
def mape_with_zeros(design: Design) -> Iterator[Finding]:
    """Errors are divided by the target, and the target can be zero.

    A percentage of nothing is not defined: one zero makes MAPE infinite, and whoever drops the zeros measures only
    what sold. sMAPE is no cure, it is 200 % at every zero. A product that sells 1.46 units a day has zeros on 23 %
    of the days.

    Ask: What is the error of a forecast of one for a day with none?
    False positives: zeros are removed for a reason, such as closed shops; give the share of zeros that is left. Hours
    and prices are no counts: outside of forecasts a small mean alone is only a remark.

    Bad:
    ```yaml
    data: {labels: {mean: 1.46}}
    metrics: {offline: [{id: mape, direction: down}]}
    ```
    Good:
    ```yaml
    data: {labels: {mean: 1.46}}
    metrics: {offline: [{id: wape, direction: down}]}
    ```
    """
    labels = design.data.labels
    named: list[tuple[str, Path]] = [
        (metric.id or entry.id, ("metrics", "offline", position))
        for position, metric in enumerate(design.metrics.offline)
        if (entry := known_metric(metric.metric or metric.id)) and entry.mape_like and metric.role != "diagnostic"
    ]
    loss = known_loss(design.model.loss)
    if loss is not None and "mape_like" in loss.flags:
        named.append((design.model.loss or loss.id, ("model", "loss")))
    if labels.zero_share is not None:
        zeros, also, working = labels.zero_share, "data.labels.zero_share", None
    elif labels.mean is not None and 0 <= labels.mean < OFTEN_ZERO:
        found = poisson_zeros(design)
        zeros, also, working = found.result or 0.0, "data.labels.mean", found.working
    else:
        return
    for name, at in named if zeros > 0 else ():
        counted = working is None or design.model.task in (None, "forecasting")
        yield Finding(
            "{name} divides by the target, and {share} % of the targets are zero."
            if counted
            else "{name} divides by the target, and {share} % of the targets would be zero if they are counts.",
            at=at,
            also=also,
            severity=None if counted else Severity.INFO,
            working=working,
            ways_out=[Sentence("closes with WAPE, MASE, RMSSE or a quantile loss")],
            name=name,
            share=short(100 * zeros),
        )


@rule("MET-15", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG"])
def precision_infeasible(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """Recall and precision together ask for fewer false alarms than one in ten thousand, or for more positives than
    there are.

    With few positives nearly every case is a chance for a false alarm. At 0.2 % positives, recall .9 and one false
    alarm in a hundred give a precision of 15 %; what a target implies is worth computing before it is promised. Where a
    fixed share of the cases is taken, no more of them can be right than there are positives: with 1 % positives the top
    5 % have a precision of 20 % at most.

    Ask: How many of ten thousand harmless cases may be flagged, and has any model done that?
    False positives: cases are filtered before, so that positives are less rare here; then the positive rate is
    another.

    Bad:
    ```yaml
    data: {labels: {positive_rate: 0.01%}}
    metrics: {offline: [{id: recall, target: 0.8}, {id: precision, target: 0.5}]}
    ```
    Good:
    ```yaml
    data: {labels: {positive_rate: 1%}}
    metrics: {offline: [{id: recall, target: 0.8}, {id: precision, target: 0.5}]}
    ```
    """
    yield from _in_the_top(metrics, design)
    rate = design.data.labels.positive_rate
    for recall, precision, position in _asked_together(metrics):
        best = best_precision(design, recall, RAREST_FALSE_ALARM)
        if rate is not None and best is not None and best.result is not None and precision > best.result:
            yield Finding(
                "With {rate} % positives and recall {recall}, even one false alarm in 10,000 gives a precision of "
                "{best}, not {precision}.",
                at=("offline", position, "target"),
                also="data.labels.positive_rate",
                working=best,
                ways_out=[Sentence("closes at precision ≤ {best}", best=at_most(best.result))],
                rate=short(100 * rate),
                recall=recall,
                best=short(best.result),
                precision=precision,
            )


def _asked_together(metrics: Metrics) -> Iterator[tuple[float, float, int]]:
    """Recall and precision that are asked for at the same time, and the metric that asks for the precision."""
    targets: dict[str, tuple[float, int]] = {}
    for position, metric in enumerate(metrics.offline):
        entry = known_metric(metric.metric or metric.id)
        if entry is None or metric.target is None or metric.k is not None:
            continue
        targets.setdefault(entry.id, (metric.target, position))
        if metric.at is not None and entry.id == "recall_at_precision":
            yield metric.target, metric.at, position
        if metric.at is not None and entry.id == "precision_at_recall":
            yield metric.at, metric.target, position
    if "recall" in targets and "precision" in targets:
        yield targets["recall"][0], *targets["precision"]


def _in_the_top(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """A precision among the highest share of the cases, against what finding every positive would give."""
    rate = design.data.labels.positive_rate
    for position, metric in enumerate(metrics.offline):
        if metric.target is None or metric.at is None or not is_called(metric, "precision_at_budget"):
            continue
        best = precision_of_top(design, metric.at)
        most = best.result if best is not None else None
        if rate is None or most is None or metric.target <= most * (1 + 1e-9):
            continue
        yield Finding(
            "With {rate} % positives, the highest {share} % of the cases have a precision of {best} at most, not "
            "{precision}.",
            at=("offline", position, "target"),
            also="data.labels.positive_rate",
            working=best,
            ways_out=[Sentence("closes at precision ≤ {best}", best=at_most(most))],
            rate=short(100 * rate),
            share=short(100 * metric.at),
            best=short(most),
            precision=metric.target,
        )
