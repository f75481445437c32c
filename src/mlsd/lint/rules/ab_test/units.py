"""Who is randomised, how many of them there are, and whether they keep apart."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.arms import fewest_clusters
from mlsd.derived.home import metric_at
from mlsd.derived.question import CLUSTERS
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import result_of, short
from mlsd.sizing.clusters import FEW

PERSONS = ("impression", "request", "session", "device", "user", "account")
FINENESS = {unit: rank for rank, unit in enumerate(PERSONS)} | dict.fromkeys(CLUSTERS, len(PERSONS))
"""From fine to coarse; stores, regions and time slots hold many people, items are of another kind."""
CAREFUL = frozenset({"delta_method", "cluster_robust", "bootstrap"})
"""Variances that know of the dependence within a unit that is coarser than the metric's."""
CLUSTERED = "cluster_robust"
"""The only one that bears a split finer than what is counted, and only in the error bars: see the catalogue."""
APART = frozenset({"cluster", "switchback", "quasi_experiment", "shadow", "offline", "before_after"})


@rule("ABT-10", Severity.ERROR, since=Maturity.DESIGN, sources=["NA"], requires=("ABT-00", "ABT-01"))
def unit_mismatch(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """What is randomised and what the primary metric counts are two different units.

    If sessions are split and people counted, the same person is in both arms and carries one into the other. If
    people are split and impressions counted, the impressions of one person are not independent, and a plain test
    calls noise significant. The same holds for people within an account, and most of all within a city or a store:
    44 regions with 8,000 people each are 44 observations, or a little more. The delta method and the bootstrap mend the
    error bars of a split that is coarser than the metric; one that is finer they do not mend, since nobody can take the
    other arm out of a person again.

    Ask: Whose behaviour is one observation, and is that what the coin was thrown for?
    False positives: a split finer than the metric whose errors are clustered (`cluster_robust`) is left alone; what one
    visit carries into the next is then yours to argue.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, of: user}]}
    ab_test: {primary: cart_users, unit: session}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, of: user}]}
    ab_test: {primary: cart_users, unit: user}
    ```
    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, of: user}]}
    ab_test: {primary: cart_users, unit: impression, variance: delta_method}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, of: user}]}
    ab_test: {primary: cart_users, unit: user, variance: delta_method}
    ```
    """
    unit = ab_test.unit or "user"
    for primary in ab_test.primary:
        found = metric_at(design, primary)
        counted = found[1].of if found else None
        if found is None or counted not in PERSONS or unit not in FINENESS:
            continue
        if FINENESS[unit] < FINENESS[counted] and ab_test.variance != CLUSTERED:
            yield Finding(
                "The test splits by {unit}, but {metric} is counted per {counted}: one may be in both arms.",
                at="unit",
                also=(*found[0], "of"),
                ways_out=[Sentence("closes at unit {counted}", counted=counted)],
                unit=unit,
                metric=primary,
                counted=counted,
            )
        elif FINENESS[counted] < FINENESS[unit] >= FINENESS["device"] and ab_test.variance not in CAREFUL:
            yield Finding(
                "The test splits by {unit}, but {metric} is counted per {counted}: those of one {unit} are not "
                "independent.",
                at="variance",
                also=(*found[0], "of"),
                severity=Severity.WARNING,
                ways_out=[Sentence("closes with variance delta_method, cluster_robust or bootstrap")],
                unit=unit,
                metric=primary,
                counted=counted,
            )


@rule("ABT-11", Severity.WARNING, since=Maturity.DESIGN, sources=["PL", "NA"], requires=("ABT-00", "ABT-03"))
def interference(ab_test: AbTest, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """People are split one by one, but what one gets changes what another can get.

    A driver sent to the treatment is missing in control; a price that fills a flight empties the next. The
    difference between the arms then counts the same gain twice, and vanishes when everybody is treated.

    Ask: If one arm took the whole stock, what would the other one show?
    False positives: the share in the test is too small to move the rest; waive it and say how small.

    Bad:
    ```yaml
    traits: {interference: strong}
    ab_test: {primary: trips, unit: user}
    ```
    Good:
    ```yaml
    traits: {interference: strong}
    ab_test: {primary: trips, unit: region}
    ```
    """
    unit = ab_test.unit or "user"
    if knowledge.strong("interference") and unit in PERSONS and ab_test.design not in APART:
        yield Finding(
            "The test splits by {unit}, but in this kind of problem what one gets changes what others can get.",
            at="unit",
            ways_out=[Sentence("closes with design cluster or switchback, by region, store or time slot")],
            unit=unit,
        )


@rule("ABT-18", Severity.WARNING, since=Maturity.DESIGN, sources=["P"], requires=("ABT-00", "ABT-20"))
def too_few_clusters(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """An arm has fewer than twenty clusters, however many people are in them.

    Where cities, stores or hours are randomised, they are the observations. With few of them the errors come out too
    small, and a test at 5 % may find an effect that is not there twice as often. Half of 500 stores is plenty.

    Ask: How many things were the coin thrown for, not how many people live in them?
    False positives: matched pairs or a permutation test over the clusters; waive it and name the method.

    Bad:
    ```yaml
    ab_test: {primary: trips, design: cluster, unit: region, clusters: 30}
    ```
    Good:
    ```yaml
    ab_test: {primary: trips, design: cluster, unit: region, clusters: 60}
    ```
    """
    found = fewest_clusters(design)
    there = result_of(found[0]) if found else None
    if found is None or there is None or there >= FEW - 1e-9:
        return
    yield Finding(
        "{clusters} clusters give the smallest arm {there}, fewer than {few}.",
        at="clusters",
        working=found[0],
        ways_out=[
            Sentence("closes at clusters ≥ {needed}, such as smaller ones", needed=result_of(found[1]) or 0),
        ],
        clusters=ab_test.clusters,
        there=short(there),
        few=FEW,
    )
