"""Whether the test is large enough for its guardrails."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from mlsd.derived.experiment import WITHOUT_SAMPLE, units_there, window_of
from mlsd.derived.guardrails import margin_within, not_computed, samples
from mlsd.derived.home import metric_at
from mlsd.design import Design, Path
from mlsd.design.ab_test import AbTest
from mlsd.design.metrics import Metric
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import argued, result_of, short
from mlsd.lint.rules.ab_test.size import longer


@rule("ABT-21", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG"], requires=("ABT-00", "ABT-12", "ABT-20"))
def guardrail_underpowered(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test ends before it can show that a guardrail is not hurt by more than its margin.

    A guardrail that “did not move” in a test too small for it was not read. To exclude a harm of 0.05 points on a
    rate of 0.2 % takes about 197,000 people at 50/50, whatever the primary needs; half the margin takes four times as
    many. Where stores, regions or time slots are randomised it cannot be computed from the file, and a pilot is told
    so.

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
    """
    yield from _in_clusters(design)
    asked = {} if ab_test.design in WITHOUT_SAMPLE else {entry.id: entry.working for entry in samples(design)}
    for position, name in enumerate(ab_test.guardrails):
        found, needs = metric_at(design, name), asked.get(f"test.guardrail.{name}")
        matures = window_of(design, name)
        there, needed = units_there(design, matures), result_of(needs)
        collected = there.as_input()
        if found is None or needed is None or collected is None or _settled(found, ab_test, design):
            continue
        if needed <= collected.value:
            continue
        ways = list(longer(design, needed, matures))
        margin = result_of(margin_within(design, name, collected))
        if margin is not None:
            ways.append(Sentence("closes at margin ≥ {margin} %", margin=ceil(1e6 * margin) / 1e4))
        yield Finding(
            "{metric} needs {needed} units to show that it is not hurt by more than {margin} points, but {there} are "
            "in the test for long enough.",
            at=("guardrails", position),
            also=(*found[0], "margin"),
            working=needs,
            ways_out=ways,
            metric=name,
            needed=needed,
            margin=short(100 * (found[1].margin or 0.0)),
            there=short(collected.value),
        )


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
            ways_out=[Sentence("closes with a decision about each that says how many clusters show its margin")],
            metrics=unsaid,
        )


def _settled(found: tuple[Path, Metric], ab_test: AbTest, design: Design) -> bool:
    """Whether its units are not those of the test, or a decision says where its margin comes from."""
    at, metric = found
    counted = metric.of is None or metric.of == (ab_test.unit or "user")
    return not counted or argued(design, f"metrics.{at[1]}[{metric.id}]")
