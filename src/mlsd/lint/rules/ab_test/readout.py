"""Whether the test can read what it wants to know."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.derived.experiment import WITHOUT_SAMPLE
from mlsd.derived.home import metric_at
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

NO_CONTROL = frozenset({"shadow", "offline", "before_after"})


@rule("ABT-02", Severity.ERROR, since=Maturity.INTERVIEW, sources=["EY"], requires=("ABT-00", "ABT-01"))
def primary_is_offline(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The primary metric is an offline one, or needs labels that the test will not have.

    NDCG and F1 compare a prediction with the truth; in a live test the truth is missing, late, or was shaped by the
    treatment itself. A test is decided by what people do.

    Ask: Which behaviour of people, visible within the test, would move if this offline number were right?
    False positives: every case is labelled within the test; say so in `labels.delay_days`.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users}], offline: [{id: ndcg_at_10}]}
    ab_test: {primary: ndcg_at_10}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users}], offline: [{id: ndcg_at_10}]}
    ab_test: {primary: cart_users}
    ```
    """
    delay, duration = design.data.labels.delay_days, ab_test.duration_days
    offline = {metric.id: ("metrics", "offline", at) for at, metric in enumerate(design.metrics.offline)}
    for position, primary in enumerate(ab_test.primary):
        if primary in offline:
            yield Finding(
                "The test is decided by {metric}, which is measured offline.",
                at=("primary", position),
                also=offline[primary],
                ways_out=[Sentence("closes with a metric of what people do, or labels within the test")],
                metric=primary,
            )
            continue
        found = metric_at(design, primary)
        entry = known_metric((found[1].metric if found else None) or primary)
        if entry is None or not entry.needs_label or (delay is not None and duration is not None and delay <= duration):
            continue
        yield Finding(
            "The test is decided by {metric}, which needs labels that the test does not have in time.",
            at=("primary", position),
            ways_out=[Sentence("closes with a metric of what people do, or labels within the test")],
            metric=primary,
        )


@rule("ABT-03", Severity.ERROR, since=Maturity.INTERVIEW, sources=["RG"], requires=("ABT-00",))
def pseudo_experiment(ab_test: AbTest) -> Iterator[Finding]:
    """What is called an A/B test has no concurrent control.

    A shadow run shows nobody anything, an offline comparison moves nobody, and before-and-after measures the season
    as well. They are useful steps and cannot say that people behaved differently because of the model.

    Ask: Who sees the old version at the same time, chosen by chance?
    False positives: no control is possible and the design says so as a quasi-experiment; choose that word.

    Bad:
    ```yaml
    ab_test: {design: before_after, primary: cart_users}
    ```
    Good:
    ```yaml
    ab_test: {design: switchback, primary: cart_users}
    ```
    """
    if ab_test.design in NO_CONTROL:
        yield Finding(
            "The experiment is {design}: it has no concurrent control.",
            at="design",
            ways_out=[Sentence("closes with user_split, cluster, switchback, interleaving or quasi_experiment")],
            design=ab_test.design,
        )
    elif len(ab_test.split) == 1 and ab_test.design not in WITHOUT_SAMPLE:
        yield Finding(
            "Everybody is in one arm ({arm}): the experiment has no concurrent control.",
            at="split",
            ways_out=[Sentence("closes with a share for the control")],
            arm=next(iter(ab_test.split)),
        )


@rule("ABT-12", Severity.ERROR, since=Maturity.DESIGN, sources=["PL", "ALG"], requires=("ABT-00", "ABT-01"))
def metric_matures_after_test(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The primary metric, or a guardrail, takes longer to show than the test lasts.

    Retention after thirty days cannot be read in a test of fourteen: nobody in it has been there long enough. As a
    guardrail it guards nothing then, which is a warning.

    Ask: When does the last person who enters have a value?
    False positives: an early surrogate decides; then that surrogate is the primary.

    Bad:
    ```yaml
    metrics: {online: [{id: retention, window_days: 30}]}
    ab_test: {primary: retention, duration_days: 14}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: retention, window_days: 7}]}
    ab_test: {primary: retention, duration_days: 14}
    ```
    """
    if ab_test.duration_days is None:
        return
    ramp = ab_test.ramp_days or 0
    for name in dict.fromkeys((*ab_test.primary, *ab_test.guardrails)):
        found = metric_at(design, name)
        if found is None or found[1].window_days is None:
            continue
        path, metric = found
        needed = (metric.window_days or 0) + ramp
        if needed > ab_test.duration_days:
            yield Finding(
                "{metric} takes {window} days to show and the ramp {ramp}, but the test lasts {duration} days.",
                at="duration_days",
                also=(*path, "window_days"),
                severity=None if name in ab_test.primary else Severity.WARNING,
                ways_out=[
                    Sentence("closes at duration ≥ {needed} days, better more: people must enrol too", needed=needed)
                ],
                metric=metric.id,
                window=metric.window_days,
                ramp=ramp,
                duration=ab_test.duration_days,
            )
