"""Whether there is an experiment, and what decides it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Maturity, Severity, rule


@rule("ABT-00", Severity.WARNING, since=Maturity.INTERVIEW, sources=["SEED", "COR"])
def no_experiment(ab_test: AbTest) -> Iterator[Finding]:
    """No experiment is planned.

    Offline numbers and live effects disagree often enough that a launch without a concurrent control is a guess. 60
    % of public design documents plan none; some have good reasons, and then the reason belongs into the document.

    Ask: On launch day, compared with whom will you say that it worked?
    False positives: too few users for any test, or none at all: waive it and say what is done instead.

    Bad:
    ```yaml
    ab_test: {}
    ```
    Good:
    ```yaml
    ab_test: {design: user_split, primary: cart_users}
    ```
    """
    if ab_test.is_empty:
        yield Finding("No A/B test is planned, and no waiver says why.")


@rule("ABT-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED", "COR"], requires=("ABT-00",))
def primary_not_declared(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test has no primary metric, or one that is not among the online and business metrics.

    One metric, named beforehand, decides. Without it the best of twenty curves will, and one of twenty is
    significant by chance. 55 % of the public documents with an A/B test name no online metric.

    Ask: Which single online number decides between control and treatment?
    False positives: none known.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users}]}
    ab_test: {primary: clicks}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users}]}
    ab_test: {primary: cart_users}
    ```
    """
    if not ab_test.primary:
        yield Finding("The A/B test names no primary metric.", at="primary")
        return
    live = {metric.id for metric in (*design.metrics.online, *design.metrics.business)}
    for position, primary in enumerate(ab_test.primary):
        if primary not in live:
            at = ("primary", position)
            yield Finding(
                "The primary metric {metric} is neither an online nor a business metric.", at=at, metric=primary
            )
