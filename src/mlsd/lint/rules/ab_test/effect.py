"""Whether the test sees the effect that one hopes for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from mlsd.derived.home import baseline_of, baseline_rate, metric_at
from mlsd.derived.question import needed
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.design.metrics import Effect, Metric
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most, short
from mlsd.sizing.working import Input

Kind = Literal["relative", "absolute"]


@rule("ABT-17", Severity.ERROR, since=Maturity.DESIGN, sources=["PL", "ALG"], requires=("ABT-00", "ABT-01"))
def effect_below_mde(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The effect one hopes for is smaller than the smallest one the test can see.

    Such a test fails as planned: if everything goes as expected, it shows nothing. Where no effect is expected in
    figures, what the primary metric is to reach says how large it is: from 5 % to 5.1 % is 2 %, and a test that sees
    6 % calls it flat.

    Ask: If the effect is exactly what you expect, in how many of ten tests will you see it?
    False positives: none known; a larger effect that would be worth shipping is what one expects then.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%}]}
    ab_test: {primary: cart_users, mde: 5% relative, expected_effect: 2% relative}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%}]}
    ab_test: {primary: cart_users, mde: 5% relative, expected_effect: 8% relative}
    ```
    """
    kind = ab_test.mde.kind or "relative"
    if ab_test.expected_effect.value is not None:
        hoped, seen = _size(ab_test.expected_effect, kind, baseline_rate(design)), ab_test.mde.value
        if hoped is not None and seen is not None and hoped < abs(seen) * (1 - 1e-9):
            yield Finding(
                "An effect of {hoped} is expected, but the test sees none below {seen}.",
                at="expected_effect",
                also="ab_test.mde",
                ways_out=[Sentence("closes at mde ≤ {hoped}", hoped=_said(ab_test.expected_effect, at_most))],
                hoped=_said(ab_test.expected_effect),
                seen=_said(ab_test.mde),
            )
    elif ab_test.primary and needed(design).obstacle is None:
        yield from _out_of_sight(ab_test, design, ab_test.primary[0], kind)


def _out_of_sight(ab_test: AbTest, design: Design, primary: str, kind: Kind) -> Iterator[Finding]:
    """What the primary metric is to reach, where nobody says which effect is expected."""
    found, today = metric_at(design, primary), baseline_of(design, primary)
    size = _size(_goal(found[1], today), kind, today) if found else None
    if found is None or size is None or ab_test.mde.value is None or size >= abs(ab_test.mde.value) * (1 - 1e-9):
        return
    goal = Effect(value=size, kind=kind)
    yield Finding(
        "{metric} is to change by {hoped}, but the test sees nothing below {seen}.",
        at="mde",
        also=(*found[0], "target" if found[1].target is not None else "lift"),
        ways_out=[Sentence("closes at mde ≤ {hoped}", hoped=_said(goal, at_most))],
        metric=found[1].id,
        hoped=_said(goal),
        seen=_said(ab_test.mde),
    )


def _goal(metric: Metric, today: Input | None) -> Effect:
    """The change that a metric's target or lift promises."""
    if metric.target is None or today is None:
        return metric.lift
    return Effect(value=metric.target - today.value, kind="absolute")


def _size(effect: Effect, kind: Kind, today: Input | None) -> float | None:
    """How large an effect is, as a share of today's value or in the metric's own unit."""
    if effect.value is None or (effect.kind or "relative") == kind:
        return None if effect.value is None else abs(effect.value)
    if today is None or not today.value:
        return None
    return abs(effect.value / today.value if kind == "relative" else effect.value * today.value)


def _said(effect: Effect, rounded: Callable[[float], float] = short) -> Sentence:
    value = abs(effect.value or 0.0)
    if effect.kind == "absolute":
        return Sentence("{value} absolute", value=rounded(value))
    return Sentence("{value} % relative", value=rounded(100 * value))
