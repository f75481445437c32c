"""Whether the test sees the effect that one hopes for."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.effect import Kind, promised_change, size_of
from mlsd.derived.home import baseline_of, baseline_rate, metric_at
from mlsd.derived.question import needed
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.design.metrics import Effect
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import effect as said
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most


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
        hoped, seen = size_of(ab_test.expected_effect, kind, baseline_rate(design)), ab_test.mde.value
        if hoped is not None and seen is not None and hoped < abs(seen) * (1 - 1e-9):
            yield Finding(
                "An effect of {hoped} is expected, but the test sees none below {seen}.",
                at="expected_effect",
                also="ab_test.mde",
                ways_out=[Sentence("closes at mde ≤ {hoped}", hoped=said(ab_test.expected_effect, at_most))],
                hoped=said(ab_test.expected_effect),
                seen=said(ab_test.mde),
            )
    elif ab_test.primary and needed(design).obstacle is None:
        yield from _out_of_sight(ab_test, design, ab_test.primary[0], kind)


def _out_of_sight(ab_test: AbTest, design: Design, primary: str, kind: Kind) -> Iterator[Finding]:
    """What the primary metric is to reach, where nobody says which effect is expected."""
    found, today = metric_at(design, primary), baseline_of(design, primary)
    size = size_of(promised_change(found[1], today), kind, today) if found else None
    if found is None or size is None or ab_test.mde.value is None or size >= abs(ab_test.mde.value) * (1 - 1e-9):
        return
    goal = Effect(value=size, kind=kind)
    yield Finding(
        "{metric} is to change by {hoped}, but the test sees nothing below {seen}.",
        at="mde",
        also=(*found[0], "target" if found[1].target is not None else "lift"),
        ways_out=[Sentence("closes at mde ≤ {hoped}", hoped=said(goal, at_most))],
        metric=found[1].id,
        hoped=said(goal),
        seen=said(ab_test.mde),
    )
