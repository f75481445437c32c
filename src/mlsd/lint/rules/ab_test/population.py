"""Whether there are as many units as the test means to recruit."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from mlsd.derived.experiment import WITHOUT_SAMPLE, are_there
from mlsd.derived.population import Population, population, units_ever_there, units_met
from mlsd.derived.question import CLUSTERS, is_clustered
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import days as in_days
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import result_of, short


@rule("ABT-22", Severity.ERROR, since=Maturity.DESIGN, sources=["ALG"], requires=("ABT-00",))
def more_units_than_there_are(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test recruits more units than there are.

    What counts is who meets the change for the first time: whoever comes back is in it already. Taking the users of a
    day for new ones of each day is the commonest mistake of a plan. A tool for 11,000 operators cannot recruit 14,000
    of them, and every sum of power that was made with those is too good. Where stores or regions are randomised, there
    are no more clusters than stores or regions; where time slots are, no more than the days of the test hold.

    Ask: On the tenth day, how many of those who come have not been there before?
    False positives: `rows` counts only a part of them, such as those who have agreed; then it is not all that have ever
    been stored. Which entity the people of the test are is read from its name, else the largest with personal
    attributes is taken; so what is held against its rows only warns.

    Bad:
    ```yaml
    problem: {scale: {daily_users: 8000}}
    ab_test: {primary: kept, unit: user, eligible_units_day: 10k, duration_days: 14}
    ```
    Good:
    ```yaml
    problem: {scale: {daily_users: 8000}}
    ab_test: {primary: kept, unit: user, eligible_units_day: 500, duration_days: 14}
    ```
    Bad:
    ```yaml
    data: {entities: [{id: user, rows: 11k, new_per_day: 25}]}
    ab_test: {primary: kept, unit: user, eligible_units_day: 1000, duration_days: 14}
    ```
    Good:
    ```yaml
    data: {entities: [{id: user, rows: 110k, new_per_day: 25}]}
    ab_test: {primary: kept, unit: user, eligible_units_day: 1000, duration_days: 14}
    ```
    Bad:
    ```yaml
    ab_test: {primary: kept, unit: time_slot, eligible_units_day: 480, duration_days: 14, clusters: 13k}
    ```
    Good:
    ```yaml
    ab_test: {primary: kept, unit: time_slot, eligible_units_day: 480, duration_days: 28, clusters: 13k}
    ```
    """
    if ab_test.design in WITHOUT_SAMPLE:
        return
    found, daily, users = population(design), ab_test.eligible_units_day, design.problem.scale.daily_users
    if is_clustered(design):
        yield from _slots(ab_test)
        if found is not None and are_there(design):
            yield from _clusters(ab_test, found)
    elif ab_test.unit in (None, "user") and daily is not None and users is not None and daily > users:
        yield Finding(
            "{daily} users a day are to meet it for the first time, but {users} come on a day.",
            at="eligible_units_day",
            also="problem.scale.daily_users",
            ways_out=[Sentence("closes at eligible_units_day ≤ {most}", most=users)],
            daily=daily,
            users=users,
        )
    elif found is not None:
        yield from _recruited(design, found)


def _recruited(design: Design, found: Population) -> Iterator[Finding]:
    """Units that meet it one after another, against all that are stored or arrive meanwhile."""
    met, there = units_met(design), result_of(units_ever_there(design, found))
    wanted, daily = result_of(met), design.ab_test.eligible_units_day
    if met is None or wanted is None or there is None or daily is None or wanted <= there:
        return
    yield Finding(
        "{met} units are to meet it for the first time in {time}, but of {entity} there are {there}.",
        at="eligible_units_day",
        also=("data", "entities", found.position, "rows"),
        severity=Severity.WARNING,
        working=met,
        ways_out=[Sentence("closes at eligible_units_day ≤ {most}", most=int(daily * there / wanted))],
        met=short(wanted),
        time=in_days(wanted / daily),
        entity=found.entity.id,
        there=short(there),
    )


def _slots(ab_test: AbTest) -> Iterator[Finding]:
    """Time slots that are counted, against those of each day; a test from noon to noon meets one day more."""
    daily, days, clusters = ab_test.eligible_units_day, ab_test.duration_days, ab_test.clusters
    if ab_test.unit != "time_slot" or daily is None or days is None or clusters is None:
        return
    if clusters <= daily * (days + 1):
        return
    yield Finding(
        "{clusters} time slots are randomised, but {daily} a day make {there} in {time}.",
        at="clusters",
        also="ab_test.duration_days",
        ways_out=[
            Sentence("closes at clusters ≤ {most}", most=int(daily * days)),
            Sentence("closes at duration ≥ {days} days", days=ceil(clusters / daily)),
        ],
        clusters=clusters,
        daily=daily,
        there=short(daily * days),
        time=in_days(days),
    )


def _clusters(ab_test: AbTest, found: Population) -> Iterator[Finding]:
    """Stores or regions, which are there from the first day; which entity other clusters are is only guessed."""
    there = found.entity.rows
    if ab_test.clusters is not None and there is not None and ab_test.clusters > there:
        yield Finding(
            "{clusters} clusters are randomised, but of {entity} there are {there}.",
            at="clusters",
            also=("data", "entities", found.position, "rows"),
            severity=None if ab_test.unit in CLUSTERS else Severity.WARNING,
            ways_out=[Sentence("closes at clusters ≤ {most}", most=there)],
            clusters=ab_test.clusters,
            entity=found.entity.id,
            there=there,
        )
