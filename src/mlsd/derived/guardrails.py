"""How many units show that a guardrail is not hurt by more than its margin, and which margin the test can exclude."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.experiment import WITHOUT_SAMPLE, question, sample
from mlsd.derived.fact import Derived, derive
from mlsd.derived.home import baseline_of, metric_at
from mlsd.derived.read import given
from mlsd.design import Design
from mlsd.design.metrics import Metric
from mlsd.errors import Message
from mlsd.sizing.non_inferiority import non_inferior_rate
from mlsd.sizing.working import Input, Working


def guardrails(design: Design) -> Iterator[Derived]:
    """For every guardrail of the experiment that is a share: the sample it asks for, the margin the sample excludes."""
    if design.ab_test.design in WITHOUT_SAMPLE:
        return
    for identifier in dict.fromkeys(design.ab_test.guardrails):
        found = metric_at(design, identifier)
        base = baseline_of(design, identifier)
        if found is None or base is None or not 0 < base.value < 1 or found[1].unit not in (None, "%", "share"):
            continue
        margin = given(design, (*found[0], "margin"))
        yield from _guardrail(design, identifier, found[1], base, margin)


def _guardrail(design: Design, identifier: str, metric: Metric, base: Input, margin: Input | None) -> Iterator[Derived]:
    asked, lower = question(design), metric.direction == "down"
    level = given(design, "ab_test.alpha")  # a guardrail is not one of the chances to win

    def units(limit: Input) -> Working:
        return non_inferior_rate(
            base, margin=limit, lower_is_better=lower, alpha=level, power=asked.power, shares=asked.shares
        ).working

    def excluded(size: Input) -> Working:
        return non_inferior_rate(
            base, total=size, lower_is_better=lower, alpha=level, power=asked.power, shares=asked.shares
        ).working

    name = Message("units that show {metric} inside its margin", metric=identifier)
    path = f"metrics.online[{identifier}].margin"
    yield derive(f"test.guardrail.{identifier}", "ab_test", name, {path: margin}, units)
    name = Message("margin of {metric} that the test can exclude", metric=identifier)
    yield derive(f"test.margin.{identifier}", "ab_test", name, {"test.sample": _total(design)}, excluded)


def _total(design: Design) -> Input | None:
    test = sample(design)
    if test is None or test.total is None:
        return None
    return Input(Message("sample of the test"), float(test.total), "units", "test.sample", "computed")
