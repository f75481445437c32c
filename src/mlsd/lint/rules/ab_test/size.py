"""Whether the test is large, long and sharp enough."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from mlsd.derived.arms import arms
from mlsd.derived.experiment import WITHOUT_SAMPLE, duration_of, units_there, window
from mlsd.derived.question import is_clustered, question, sample
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import days as in_days
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, short
from mlsd.sizing.ways_out import WaysOut, ways_out
from mlsd.sizing.working import Input

NEARLY = 1.2
WEEK, LONGEST = 7, 56


@rule(
    "ABT-06",
    Severity.ERROR,
    since=Maturity.DESIGN,
    sources=["CR33", "ALG"],
    requires=("ABT-00", "ABT-01", "ABT-12", "ABT-20"),
)
def underpowered(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test ends before enough units are in it.

    The sample follows from the rate today, the smallest effect worth seeing, and how sure one must be. Only days on
    which a unit can still mature count: the ramp and the window of the metric enrol nobody for the result. An
    underpowered test says “no effect” of an effect that is there. Where whole clusters are randomised, be they stores,
    time slots or the accounts of advertisers, the clusters are the sample.

    Ask: On the last day, how many people have been in it for a whole window?
    False positives: the same people come back every week, so that the number of days is a lower bound; a test
    without a fixed size has another rule to stop by.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%, window_days: 7}]}
    ab_test: {primary: cart_users, mde: 2% relative, eligible_units_day: 90k, duration_days: 14}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%, window_days: 7}]}
    ab_test: {primary: cart_users, mde: 5% relative, eligible_units_day: 90k, duration_days: 14}
    ```
    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%, window_days: 7}]}
    ab_test: {primary: cart_users, mde: 0.1 pp, eligible_units_day: 90k, duration_days: 14}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%, window_days: 7}]}
    ab_test: {primary: cart_users, mde: 0.25 pp, eligible_units_day: 90k, duration_days: 14}
    ```
    """
    test = None if ab_test.design in WITHOUT_SAMPLE else sample(design)
    there = units_there(design).result if test else None
    if test is None or test.total is None or there is None or test.total <= there:
        return
    needed, part = float(test.total), arms(design).part
    ways = [*longer(design, needed), *more_clusters(design, needed / part)]
    others = ways_out(test, there) if there > 0 else None
    ways += [] if others is None else _larger_effect(design, others)
    if others is not None and others.treatment_share is not None:
        share = at_least(part * others.treatment_share)
        ways.append(Sentence("closes at a treatment share ≥ {share}", share=share))
    counted = is_clustered(design) and ab_test.clusters is not None
    yield Finding(
        "The test needs {needed} clusters, but {there} are compared in it."
        if counted
        else "The test needs {needed} units, but {there} are in it for long enough after {duration} days.",
        at="clusters" if counted else "duration_days",
        also="ab_test.mde",
        severity=Severity.WARNING if needed <= NEARLY * there else None,
        working=test.working,
        ways_out=ways,
        needed=needed,
        there=short(there),
        duration=ab_test.duration_days,
    )


def _larger_effect(design: Design, others: WaysOut) -> Iterator[Sentence]:
    """The effect that so many units show, as the smallest one worth seeing is written: points are those of a rate."""
    relative, absolute = others.effect_relative, others.effect_absolute
    if design.ab_test.mde.kind != "absolute":
        if relative is not None:
            yield Sentence("closes at mde ≥ {effect} % relative", effect=at_least(100 * abs(relative)))
    elif absolute is not None and question(design).sd is None:
        yield Sentence("closes at mde ≥ {effect} pp", effect=at_least(100 * abs(absolute)))
    elif absolute is not None:
        yield Sentence("closes at mde ≥ {effect} absolute", effect=at_least(abs(absolute)))


def longer(design: Design, needed: float, matures: Input | None = None) -> Iterator[Sentence]:
    """The days after which so many units have come in and matured."""
    time = duration_of(design, needed, matures)
    if time is not None and time.least is not None:
        yield Sentence("closes at duration ≥ {days} days", days=WEEK * ceil(time.least / WEEK))


def more_clusters(design: Design, needed: float) -> Iterator[Sentence]:
    """The clusters of all arms together, where they are counted."""
    if is_clustered(design) and design.ab_test.clusters is not None:
        yield Sentence("closes at clusters ≥ {clusters}", clusters=ceil(needed - 1e-9))


@rule("ABT-08", Severity.WARNING, since=Maturity.DESIGN, sources=["NA"], requires=("ABT-00", "ABT-06", "ABT-12"))
def bad_duration(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test lasts less than a week, not whole weeks, or longer than two months.

    People differ between Monday and Saturday, so half a week tests half of them. Beyond two months cookies are
    lost, seasons change and the product moves on underneath. A switchback, whose slots change sides within the day, may
    last as it likes, but not less than the shortest season above a day that the data is said to have.

    Ask: How many Saturdays are in it?
    False positives: a business that lives by the month. A metric that takes long to show may have its days on top of
    the two months.

    Bad:
    ```yaml
    ab_test: {primary: cart_users, duration_days: 10}
    ```
    Good:
    ```yaml
    ab_test: {primary: cart_users, duration_days: 14}
    ```
    """
    days = ab_test.duration_days
    if days is not None and ab_test.design == "switchback":
        yield from _within_a_season(days, design)
    if days is None or ab_test.design in ("switchback", "interleaving", "shadow", "offline"):
        return
    over, matures = days % WEEK, window(design)
    longest = LONGEST + (matures.value if matures else 0.0)
    if days < WEEK:
        text = "The test lasts {time}, less than a week."
    elif days > longest:
        text = "The test lasts {time}, more than eight weeks."
    elif 1 < over < WEEK - 1:
        text = "The test lasts {time}, which is not a number of whole weeks."
    else:
        return
    nearest = max(WEEK, min(WEEK * int(longest // WEEK), WEEK * ceil(days / WEEK)))
    way_out = Sentence("closes at {days} days", days=nearest)
    yield Finding(text, at="duration_days", ways_out=[way_out], time=in_days(days))


def _within_a_season(days: float, design: Design) -> Iterator[Finding]:
    """A switchback that is over before the shortest season above a day has come round once."""
    seasons = [(cycle, at) for at, cycle in enumerate(design.data.seasonality_days) if cycle > 1]
    cycle, at = min(seasons, default=(0.0, 0))
    if days < cycle <= LONGEST:
        yield Finding(
            "The switchback lasts {time}, and the data repeats itself every {cycle}: a part of that is never seen.",
            at="duration_days",
            also=("data", "seasonality_days", at),
            ways_out=[Sentence("closes at {days} days", days=ceil(cycle))],
            time=in_days(days),
            cycle=in_days(cycle),
        )
