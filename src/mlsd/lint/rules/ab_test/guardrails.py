"""Whether the test is large enough for its guardrails."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from mlsd.derived.arms import arms
from mlsd.derived.experiment import WITHOUT_SAMPLE, units_there, window_of
from mlsd.derived.guardrails import Guardrail, computed, margin_within, not_computed, samples
from mlsd.derived.home import metric_at
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import amount
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import argued, at_least, result_of, short
from mlsd.lint.rules.ab_test.size import longer, more_clusters
from mlsd.sizing.working import Input


@rule("ABT-21", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG"], requires=("ABT-00", "ABT-12", "ABT-20"))
def guardrail_underpowered(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test ends before it can show that a guardrail is not hurt by more than its margin.

    A guardrail that “did not move” in a test too small for it was not read. To exclude a harm of 0.05 points on a
    rate of 0.2 % takes about 197,000 people at 50/50, whatever the primary needs; half the margin takes four times as
    many. Where stores, regions, time slots or other clusters are randomised it takes the standard deviation of the
    guardrail's mean between them, its `sd`; where that is missing, a pilot is told so. A share that is counted per
    session where people are randomised takes its `sd` too, and without it nothing is computed. A margin of 0 asks for a
    proof that no number of people gives.

    Ask: If the guardrail really got worse by its whole margin, would this test show it?
    False positives: the margin is argued from elsewhere, such as a longer test before; say so in `decisions` about
    the metric.

    Bad:
    ```yaml
    metrics: {online: [{id: hide_users, role: guardrail, direction: down, baseline: 0.2%, margin: 0.05%}]}
    ab_test: {guardrails: hide_users, eligible_units_day: 10k, duration_days: 14}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: hide_users, role: guardrail, direction: down, baseline: 0.2%, margin: 0.1%}]}
    ab_test: {guardrails: hide_users, eligible_units_day: 10k, duration_days: 14}
    ```
    Bad:
    ```yaml
    metrics: {online: [{id: waste, role: guardrail, direction: down, margin: 20, unit: EUR, sd: 120}]}
    ab_test: {guardrails: waste, unit: store, clusters: 480}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: waste, role: guardrail, direction: down, margin: 30, unit: EUR, sd: 120}]}
    ab_test: {guardrails: waste, unit: store, clusters: 480}
    ```
    Bad:
    ```yaml
    metrics: {online: [{id: hide_users, role: guardrail, direction: down, baseline: 0.2%, margin: 0%}]}
    ab_test: {guardrails: hide_users}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: hide_users, role: guardrail, direction: down, baseline: 0.2%, margin: 0.05%}]}
    ab_test: {guardrails: hide_users}
    ```
    """
    yield from _in_clusters(design)
    if ab_test.design not in WITHOUT_SAMPLE:
        yield from _at_zero(design)
    asked = {} if ab_test.design in WITHOUT_SAMPLE else {entry.id: entry.working for entry in samples(design)}
    for one in computed(design):
        needs, matures = asked.get(f"test.guardrail.{one.id}"), window_of(design, one.id)
        there, needed = units_there(design, matures), result_of(needs)
        collected = there.as_input()
        if needed is None or collected is None or needed <= collected.value or _settled(one, design):
            continue
        ways = [*longer(design, needed, matures), *more_clusters(design, needed / arms(design).part)]
        margin = one.metric.margin or 0.0
        yield Finding(
            "{metric} needs {needed} units to show that it is not hurt by more than {margin} points, but {there} are "
            "in the test for long enough."
            if one.in_points
            else "{metric} needs {needed} units to show that it is not hurt by more than {margin}, but {there} are "
            "in the test for long enough.",
            at=("guardrails", ab_test.guardrails.index(one.id)),
            also=(*one.at, "margin"),
            working=needs,
            ways_out=[*ways, *_wider(design, one, collected)],
            metric=one.id,
            needed=needed,
            margin=short(100 * margin) if one.in_points else _in_unit(margin, one.metric.unit),
            there=short(collected.value),
        )


def _wider(design: Design, one: Guardrail, collected: Input) -> Iterator[Sentence]:
    """The smallest margin that so many units exclude, as the margin is written."""
    margin = result_of(margin_within(design, one.id, collected))
    if margin is not None and one.in_points:
        yield Sentence("closes at margin ≥ {margin} %", margin=ceil(1e6 * margin) / 1e4)
    elif margin is not None:
        yield Sentence("closes at margin ≥ {margin}", margin=at_least(margin))


def _in_unit(number: float, unit: str | None) -> Sentence | float:
    return amount(number, unit) if unit else short(number)


def _in_clusters(design: Design) -> Iterator[Finding]:
    """Guardrails of a test whose units are clusters: silence would look like a check that was passed."""
    unsaid = []
    for name in not_computed(design):
        found = metric_at(design, name)
        if found is not None and not argued(design, f"metrics.{found[0][1]}[{found[1].id}]"):
            unsaid.append(name)
    if unsaid:
        yield Finding(
            "Whether so many clusters show that these stay inside their margins is not computed here: {metrics}.",
            at="guardrails",
            also="ab_test.unit",
            severity={Maturity.PILOT: Severity.INFO},
            ways_out=[
                Sentence("closes with the sd of each, the deviation of its mean between clusters"),
                Sentence("closes with a decision about each that says how many clusters show its margin"),
            ],
            metrics=unsaid,
        )


def _settled(one: Guardrail, design: Design) -> bool:
    """Whether a decision says where its margin comes from."""
    return argued(design, f"metrics.{one.at[1]}[{one.id}]")


def _at_zero(design: Design) -> Iterator[Finding]:
    """Guardrails that may not get worse at all. Of what never happens today one case is seen without any statistics."""
    for position, name in enumerate(design.ab_test.guardrails):
        found = metric_at(design, name)
        if found is None or found[1].margin != 0 or found[1].baseline == 0:
            continue
        if not argued(design, f"metrics.{found[0][1]}[{name}]"):
            yield Finding(
                "{metric} may not get worse at all: no test, however large, shows a margin of 0.",
                at=("guardrails", position),
                also=(*found[0], "margin"),
                ways_out=[Sentence("closes with a margin above 0, the harm that you would still bear")],
                metric=name,
            )
