"""Whether the numbers of the load agree, and whether the blocks carry it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.labels import requests_day
from mlsd.derived.load import average, by_users, by_volume
from mlsd.design import Design
from mlsd.design.problem import Scale
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import AHEAD, at_least, at_most, short

SAME_WITHIN, STEEP = 3, 50


@rule("PIP-07", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NA", "AB"])
def load_arithmetic(scale: Scale, design: Design) -> Iterator[Finding]:
    """Users, volume and peak contradict one another.

    Users times requests over 86,400 is the average, and the peak is above it, often three to ten times. A real
    document plans 6,000 requests a second for 500,000 a day, which is 5.8.

    Ask: How many of your users would have to be there in the same second?
    False positives: a burst by design (a sale at noon, a batch that is sent at once); waive it with that reason. What
    is computed ahead has its own volume, which the requests that read it need not have; the rule leaves it alone.

    Bad:
    ```yaml
    problem: {scale: {daily_users: 2M, requests_per_user_day: 6, rps_peak: 90}}
    ```
    Good:
    ```yaml
    problem: {scale: {daily_users: 2M, requests_per_user_day: 6, rps_peak: 900}}
    ```
    """
    if design.pipeline.serving.mode in AHEAD:
        return
    contradictions = list(_volumes(scale, design))
    yield from contradictions
    found = average(design)
    mean, peak = found.result, scale.rps_peak
    if mean is None or peak is None or contradictions:
        return
    if peak < mean:
        yield Finding(
            "The peak is {peak} requests a second, less than the average of {mean}.",
            at="rps_peak",
            also=_counted_by(scale),
            working=found.working,
            ways_out=[Sentence("closes at rps_peak ≥ {mean}", mean=at_least(mean))],
            peak=peak,
            mean=short(mean),
        )
    elif mean > 0 and peak > STEEP * mean:
        yield Finding(
            "The peak of {peak} requests a second is {times} times the average of {mean}.",
            at="rps_peak",
            also=_counted_by(scale),
            severity=Severity.WARNING,
            working=found.working,
            ways_out=[Sentence("closes at rps_peak ≤ {most}", most=at_most(STEEP * mean))],
            peak=peak,
            times=round(peak / mean),
            mean=short(mean),
        )


def _counted_by(scale: Scale) -> str:
    """Where the number stands that the average follows from."""
    return f"problem.scale.{'daily_users' if scale.volume_day is None else 'volume_day'}"


def _volumes(scale: Scale, design: Design) -> Iterator[Finding]:
    counted, asked, product = by_volume(design).result, by_users(design), requests_day(design)
    if counted is None or asked.result is None or product is None:
        return
    low, high = sorted((counted, asked.result))
    if high > SAME_WITHIN * low:
        yield Finding(
            "{users} users with {each} requests a day make {asked} requests a second, {volume} a day make {counted}.",
            at="volume_day",
            also="problem.scale.daily_users",
            working=asked.working,
            ways_out=[Sentence("closes at volume_day = {product}", product=product.value)],
            users=scale.daily_users,
            each=scale.requests_per_user_day,
            asked=short(asked.result),
            volume=scale.volume_day,
            counted=short(counted),
        )
