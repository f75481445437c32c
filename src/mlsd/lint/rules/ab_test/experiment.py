"""Whether there is an experiment, and what decides it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.arms import false_alarm
from mlsd.design import Design
from mlsd.design.ab_test import AbTest, DecisionRule
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import result_of, short


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
    ab_test: {primary: cart_users}
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
    metrics = design.metrics
    declared = {metric.id for metric in (*metrics.online, *metrics.business, *metrics.offline)}
    for position, primary in enumerate(ab_test.primary):
        if primary not in declared:  # an offline one is ABT-02's
            at = ("primary", position)
            yield Finding(
                "The primary metric {metric} is neither an online nor a business metric.", at=at, metric=primary
            )


@rule("ABT-09", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "PL"], requires=("ABT-00", "ABT-01"))
def many_primaries(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """Several primary metrics or several arms decide, and nothing corrects for it.

    Each comparison at 5 % is one chance of a win by luck. Three of them win without any effect in 14 % of tests, five
    in 23 %, ten in 40 %. Two primaries in three arms are already four comparisons.

    Ask: If nothing works, in how many of ten such tests would you still ship something?
    False positives: the metrics are tested in order and the second counts only after the first; that is `correction:
    hierarchical`.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users}, {id: orders}, {id: revenue}]}
    ab_test: {primary: [cart_users, orders, revenue], correction: none}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users}, {id: orders}, {id: revenue}]}
    ab_test: {primary: [cart_users, orders, revenue], correction: holm}
    ```
    """
    found = None if ab_test.correction not in (None, "none") else false_alarm(design)
    chance = result_of(found.chance) if found else None
    if found is None or chance is None or found.comparisons < 2:
        return
    each = result_of(found.each)
    ways = [] if each is None else [Sentence("closes with bonferroni, at {each} % for each", each=short(100 * each))]
    yield Finding(
        "{count} comparisons decide (primary metrics: {primaries}, arms: {arms}) without a correction: one of them "
        "wins by luck in {chance} % of tests.",
        at="correction",
        working=found.chance,
        ways_out=[*ways, Sentence("closes with holm or hierarchical, or with one metric and two arms")],
        count=found.comparisons,
        primaries=found.primaries,
        arms=found.arms,
        chance=round(100 * chance, 1),
    )


@rule("ABT-16", Severity.WARNING, since=Maturity.INTERVIEW, sources=["RML", "BK"], requires=("ABT-00",))
def no_decision_rule(decision: DecisionRule) -> Iterator[Finding]:
    """Nothing says what is done if the test wins, if nothing moves, or if it loses.

    Two tests of three end without a difference, and then whoever wants the launch finds a slice in which it won. What
    is done is agreed on before the start, while nobody has a favourite yet.

    Ask: It ends flat, after a quarter of work: what do you do on that day?
    False positives: none known.

    Bad:
    ```yaml
    ab_test: {primary: cart_users, decision_rule: {win: ship to all, lose: roll back}}
    ```
    Good:
    ```yaml
    ab_test: {primary: cart_users, decision_rule: {win: ship to all, lose: roll back, flat: keep best sellers}}
    ```
    """
    if decision.is_empty:
        yield Finding("Nothing says what the result of the A/B test decides.")
        return
    missing = [] if decision.win else [Sentence("if it wins")]
    missing += [] if decision.flat else [Sentence("if nothing moves")]
    missing += [] if decision.lose else [Sentence("if it loses")]
    if missing:
        at = "flat" if not decision.flat else "lose" if not decision.lose else "win"
        yield Finding("The A/B test does not say what is done: {missing}.", at=at, missing=missing)
