"""Whether the test sees the effect that one hopes for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mlsd.derived.home import baseline_rate, metric_at
from mlsd.derived.question import needed
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.design.metrics import Effect, Metric
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most, short


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
    base = baseline_rate(design)
    today = base.value if base else None
    seen = _in_units(ab_test.mde, today)
    if ab_test.expected_effect.value is not None:
        alike = (ab_test.mde.kind or "relative") == (ab_test.expected_effect.kind or "relative")
        seen = _size(ab_test.mde) if alike else seen
        hoped = _size(ab_test.expected_effect) if alike else _in_units(ab_test.expected_effect, today)
        if seen is not None and hoped is not None and hoped < seen * (1 - 1e-9):
            yield Finding(
                "An effect of {hoped} is expected, but the test sees none below {seen}.",
                at="expected_effect",
                also="ab_test.mde",
                ways_out=[Sentence("closes at mde ≤ {hoped}", hoped=_said(ab_test.expected_effect, at_most))],
                hoped=_said(ab_test.expected_effect),
                seen=_said(ab_test.mde),
            )
        return
    found = metric_at(design, ab_test.primary[0])
    change = _promised(found[1], today) if found else None
    if found is None or change is None or seen is None or needed(design).obstacle is not None:
        return
    if change < seen * (1 - 1e-9):
        relative = bool(today) and ab_test.mde.kind != "absolute"
        goal = (
            Effect(value=change / abs(today or 1), kind="relative")
            if relative
            else Effect(value=change, kind="absolute")
        )
        yield Finding(
            "{metric} is to change by {hoped}, but the test sees nothing below {seen}.",
            at="mde",
            also=(*found[0], "target" if found[1].target is not None else "lift"),
            ways_out=[Sentence("closes at mde ≤ {hoped}", hoped=_said(goal, at_most))],
            metric=found[1].id,
            hoped=_said(goal),
            seen=_said(ab_test.mde),
        )


def _promised(metric: Metric, today: float | None) -> float | None:
    """The size of the change that a metric's target or lift promises, in its own unit."""
    if metric.target is not None:
        return None if today is None else abs(metric.target - today)
    return _in_units(metric.lift, today)


def _size(effect: Effect) -> float | None:
    return None if effect.value is None else abs(effect.value)


def _in_units(effect: Effect, today: float | None) -> float | None:
    """How large an effect is in the metric's own unit."""
    if effect.value is None or effect.kind == "absolute":
        return _size(effect)
    return None if today is None else abs(effect.value * today)


def _said(effect: Effect, rounded: Callable[[float], float] = short) -> Sentence:
    value = abs(effect.value or 0.0)
    if effect.kind == "absolute":
        return Sentence("{value} absolute", value=rounded(value))
    return Sentence("{value} % relative", value=rounded(100 * value))
