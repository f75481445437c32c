"""Which guardrails the test watches."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.home import metric_at
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import argued


@rule(
    "ABT-07",
    Severity.WARNING,
    since=Maturity.INTERVIEW,
    sources=["EY", "NA", "PL", "COR"],
    requires=("ABT-00", "MET-10"),
)
def no_guardrails(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test watches no guardrail with a margin, not all that there are, or its own primary metric.

    A test that can only win has not asked what must not get worse, and by how much at most. 91 % of the public
    documents with an A/B test name none. A guardrail that the test does not list is read by nobody on the day of the
    decision, and a primary metric guards nothing against itself: it rises or it does not.

    Ask: By how much may each of these numbers get worse before you stop, although the primary rose?
    False positives: a test that is only to show that nothing got worse, of a cheaper model, say; call the metric that
    decides there `success`. A guardrail that a step of the rollout names in `abort_if`, or a decision about the metric,
    may be left out.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users}, {id: hide_users, role: guardrail, margin: 0.05%}]}
    ab_test: {primary: cart_users}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users}, {id: hide_users, role: guardrail, margin: 0.05%}]}
    ab_test: {primary: cart_users, guardrails: hide_users}
    ```
    Bad:
    ```yaml
    metrics: {online: [{id: cart_users}, {id: hide_users, role: guardrail, margin: 0.05%}]}
    ab_test: {primary: cart_users, guardrails: [hide_users, cart_users]}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users}, {id: hide_users, role: guardrail, margin: 0.05%}]}
    ab_test: {primary: cart_users, guardrails: [hide_users]}
    ```
    """
    yield from _guards_itself(ab_test, design)
    if not ab_test.guardrails:
        yield Finding("The A/B test watches no guardrail.", at="guardrails")
        return
    margins = {metric.id for metric in (*design.metrics.online, *design.metrics.business) if metric.margin is not None}
    if not margins & set(ab_test.guardrails):
        yield Finding("No guardrail of the A/B test says by how much it may get worse.", at="guardrails")
    yield from _left_out(ab_test, design)


def _guards_itself(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """A metric that decides and must not get worse at once, by the list of the test or by its role."""
    for position, name in enumerate(ab_test.primary):
        found = metric_at(design, name)
        if name in ab_test.guardrails:
            yield Finding(
                "{metric} decides the test and is its own guardrail.",
                at=("guardrails", ab_test.guardrails.index(name)),
                also=("ab_test", "primary", position),
                ways_out=[Sentence("closes if the guardrails are other metrics")],
                metric=name,
            )
        elif found is not None and found[1].role == "guardrail":
            yield Finding(
                "{metric} decides the test, but its role is that of a guardrail.",
                at=("primary", position),
                also=(*found[0], "role"),
                ways_out=[Sentence("closes with a metric whose role is success, or with that role for this one")],
                metric=name,
            )


def _left_out(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """Guardrails of the design that the test does not read and no step of the rollout stops at."""
    watched = {*ab_test.guardrails, *ab_test.primary}
    stops = " ".join(step.abort_if or "" for step in design.deploy.rollout).casefold()
    left = {}
    for kind in ("online", "business"):
        for position, metric in enumerate(getattr(design.metrics, kind)):
            names = [name.casefold() for name in (metric.id, metric.name) if name]
            if metric.role != "guardrail" or not metric.id or metric.id in watched:
                continue
            if not any(name in stops for name in names) and not argued(design, f"metrics.{kind}[{metric.id}]"):
                left[metric.id] = ("metrics", kind, position, "role")
    if left:
        yield Finding(
            "These are guardrails, but the A/B test does not watch them: {metrics}.",
            at="guardrails",
            also=next(iter(left.values())),
            severity={Maturity.DESIGN: Severity.WARNING},
            ways_out=[Sentence("closes if the guardrails of the test name them, or with another role")],
            metrics=list(left),
        )
