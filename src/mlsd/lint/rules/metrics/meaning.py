"""Whether a metric is of the kind, and points the way, that its name says, and what it is counted over."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.design import Design
from mlsd.design.metrics import Metric, Metrics
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

AT_ONCE = frozenset({"impression", "request", "session", "time_slot"})
"""Units that are over when they are counted, or are a window themselves: no window of days is asked of them."""


@rule("MET-04", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED"])
def metric_kind_mismatch(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """A metric stands in a list where it cannot be measured.

    What people do (clicks, purchases, retention) happens only live: no test set contains it. What compares a
    prediction with the truth (accuracy, NDCG, RMSE) needs that truth, which in production is late or never comes. A
    real document decides its A/B test by accuracy.

    Ask: On which rows, and on which day, would this number be computed?
    False positives: a replay or an off-policy estimate of a behaviour; name it so (`policy_value`). Accuracy of an
    audited live sample is fine: say how many cases a day are audited.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users}], offline: [{id: ctr}]}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users}], offline: [{id: ndcg_at_10}]}
    ```
    """
    for position, metric in enumerate(metrics.offline):
        entry = known_metric(metric.metric or metric.id)
        if entry and entry.behavioural and "offline" not in entry.kinds:
            yield Finding(
                "{metric} counts what people do, so it cannot be measured offline.",
                at=("offline", position),
                ways_out=[Sentence("closes if it stands among the online metrics")],
                metric=metric.id or entry.id,
            )
    for kind in ("online", "business"):
        for position, metric in enumerate(getattr(metrics, kind)):
            if _unlabelled(metric, design):
                yield Finding(
                    "{metric} needs the truth of every case, which a live service does not have in time.",
                    at=(kind, position),
                    severity=Severity.WARNING,
                    ways_out=[Sentence("closes with labels within its window, or with an audited sample of cases")],
                    metric=metric.id or metric.metric,
                )


def _unlabelled(metric: Metric, design: Design) -> bool:
    """Whether it compares with a truth that is not there in time; what decides the A/B test is judged by ABT-02."""
    entry = known_metric(metric.metric or metric.id)
    if entry is None or not entry.needs_label or "online" in entry.kinds or metric.id in design.ab_test.primary:
        return False
    labels = design.data.labels
    in_time = labels.delay_days is not None and labels.delay_days <= (metric.window_days or 0)
    return not in_time and not labels.audit_per_day


@rule("MET-06", Severity.ERROR, since=Maturity.DESIGN, sources=["ALG"])
def target_direction(metric: Metric) -> Iterator[Finding]:
    """A metric is said to be better in the direction in which it is worse.

    “MAPE of at least 80 %” is met by every bad model. Two real documents say it. Whatever compares the metric with
    its target, its baseline or its margin then reads everything the wrong way round.

    Ask: Is a perfect model at the top or at the bottom of this scale?
    False positives: a metric of your own that is called like a standard one, such as `1 - MAPE`; give it a name of
    its own.

    Bad:
    ```yaml
    metrics: {offline: [{id: mape, direction: up, target: 0.8}]}
    ```
    Good:
    ```yaml
    metrics: {offline: [{id: mape, direction: down, target: 0.8}]}
    ```
    """
    entry = known_metric(metric.metric or metric.id)
    if entry is None or entry.two_sided or metric.direction is None:
        return
    if metric.direction != entry.direction:
        yield Finding(
            "{metric} is said to be better {said}, but {standard} is better {known}.",
            at="direction",
            ways_out=[Sentence("closes at direction {known}", known=entry.direction)],
            metric=metric.id or entry.id,
            said=metric.direction,
            standard=entry.id,
            known=entry.direction,
        )


@rule("MET-17", Severity.INFO, since=Maturity.DESIGN, sources=["PL", "EX"])
def online_window_missing(metrics: Metrics) -> Iterator[Finding]:
    """An online metric does not say per what it is counted, or over how many days.

    “Conversion” per impression, per person and per person within a week are three numbers, which can move in three
    directions. The unit decides the variance of the experiment, the window how long it must run after its last person.

    Ask: Of one person who comes back after five days, what does this metric see?
    False positives: what is known at once has a window of zero; write the 0.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, of: user}]}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, of: user, window_days: 7}]}
    ```
    """
    for position, metric in enumerate(metrics.online):
        name = metric.id or metric.metric
        if name and metric.of is None:
            yield Finding("{metric} does not say per what it is counted.", at=("online", position, "of"), metric=name)
        elif name and metric.window_days is None and metric.of not in AT_ONCE:
            yield Finding(
                "{metric} is counted per {unit}, but not over how many days.",
                at=("online", position, "window_days"),
                metric=name,
                unit=metric.of,
            )
