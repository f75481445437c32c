"""How many units show that a guardrail is not hurt by more than its margin, and which margin the test can exclude."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd.content.registry import metric as known_metric
from mlsd.derived.experiment import WITHOUT_SAMPLE, units_there, window_of
from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.home import baseline_of, deviation_of, metric_at
from mlsd.derived.question import CLUSTERS, SHARE_UNITS, Question, is_mean_of_cluster, question, sample
from mlsd.derived.read import given
from mlsd.design import Design, Path
from mlsd.design.metrics import Metric
from mlsd.design.path import value_at
from mlsd.errors import Message
from mlsd.sizing.non_inferiority import non_inferior_mean, non_inferior_rate
from mlsd.sizing.non_inferiority import stops_at as sized_stop
from mlsd.sizing.working import Input, Working


class Guardrail(NamedTuple):
    """A guardrail whose sample can be computed: from its deviation between units, or as a share of yes and no."""

    id: str
    at: Path
    metric: Metric
    base: Input | None
    sd: Input | None

    @property
    def in_points(self) -> bool:
        """Whether its margin is one of a share, and is said in points."""
        return self.base is not None and 0 < self.base.value < 1 and self.metric.unit in SHARE_UNITS

    def solve(self, asked: Question, *, margin: Input | None = None, total: Input | None = None) -> Working | None:
        """The sample for a margin, or the margin for a sample, as sure as the test is of its primary metric.

        Raises ValueRefused for a number outside its range.
        """
        if self.sd is not None:
            return non_inferior_mean(
                self.sd, margin=margin, total=total, alpha=asked.alpha, power=asked.power, shares=asked.shares
            ).working
        if self.base is None:
            return None
        return non_inferior_rate(
            self.base, margin=margin, total=total, lower_is_better=self.metric.direction == "down",
            alpha=asked.alpha, power=asked.power, shares=asked.shares,
        ).working  # fmt: skip


def guardrails(design: Design) -> Iterator[Derived]:
    """For every guardrail of the experiment that can be computed: the sample it asks for, the margin it excludes."""
    if design.ab_test.design in WITHOUT_SAMPLE:
        return
    asked = _asked(design)
    for one in computed(design):
        yield _needed(design, asked, one)
        yield _excluded(design, asked, one)
    for identifier in not_computed(design):
        name = Message("clusters that show {metric} inside its margin", metric=identifier)
        why = Message("It takes the standard deviation of its mean between clusters (sd), and that is not in the file.")
        yield Derived(f"test.guardrail.{identifier}", "ab_test", name, None, refused=why)
    yield from _of_another_unit(design)


def not_computed(design: Design) -> list[str]:
    """The guardrails with a margin of which nothing is computed, because clusters are randomised and nobody says how
    far their means lie apart. What the service itself measures is no mean of clusters.
    """
    if design.ab_test.design in WITHOUT_SAMPLE:
        return []
    named = ((one, metric_at(design, one)) for one in dict.fromkeys(design.ab_test.guardrails))
    return [one for one, found in named if found and _unknown(design, found[1])]


def _unknown(design: Design, metric: Metric) -> bool:
    known = metric.margin is None or metric.sd is not None
    return not known and is_mean_of_cluster(design, metric) and not _of_the_service(metric)


def _of_another_unit(design: Design) -> Iterator[Derived]:
    """The shares of which one unit of the test gives many, such as sessions of one person: without the deviation of
    its mean between the units nothing is computed of them.
    """
    for identifier in dict.fromkeys(design.ab_test.guardrails):
        one = _guardrail(design, identifier)
        if one is None or one.sd is not None or not one.in_points or _within(design, one) or one.metric.margin is None:
            continue
        if not _answers_once(design, one.metric):
            name = Message("units that show {metric} inside its margin", metric=identifier)
            lacks = (f"metrics.{one.at[1]}[{identifier}].sd",)
            yield Derived(f"test.guardrail.{identifier}", "ab_test", name, None, lacks)


def _answers_once(design: Design, metric: Metric) -> bool:
    """Whether one unit of the test is one yes or no of this metric."""
    return metric.of in (None, design.ab_test.unit or "user")


def _of_the_service(metric: Metric) -> bool:
    known = known_metric(metric.metric or metric.id)
    return known is not None and known.system


def samples(design: Design) -> Iterator[Derived]:
    """For every guardrail of the experiment that can be computed: the sample it asks for."""
    asked = _asked(design)
    for one in computed(design):
        yield _needed(design, asked, one)


def computed(design: Design) -> Iterator[Guardrail]:
    """The guardrails whose deviation is known, and those of which each unit of the test says yes or no once."""
    for identifier in dict.fromkeys(design.ab_test.guardrails):
        one = _guardrail(design, identifier)
        if one is None:
            continue
        once = one.in_points and not _within(design, one) and _answers_once(design, one.metric)
        if one.sd is not None or once:
            yield one


def _guardrail(design: Design, identifier: str) -> Guardrail | None:
    found = metric_at(design, identifier)
    if found is None:
        return None
    return Guardrail(identifier, *found, baseline_of(design, identifier), deviation_of(design, identifier))


def _within(design: Design, one: Guardrail) -> bool:
    """A share within each store or hour varies less than a yes or no: by how much, its deviation says."""
    return one.metric.of in CLUSTERS or is_mean_of_cluster(design, one.metric)


def stops_at(design: Design, at: Path) -> Working | None:
    """The value at which a guardrail has used its margin up; None where a number or the better way is not said."""
    today, margin = given(design, (*at, "baseline")), given(design, (*at, "margin"))
    better = value_at(design, (*at, "direction"))
    if today is None or margin is None or better not in ("up", "down"):
        return None
    return attempt(lambda: sized_stop(today, margin, lower_is_better=better == "down"))


def margin_within(design: Design, identifier: str, size: Input) -> Working | None:
    """The smallest margin of a guardrail that so many units can exclude; None where nothing is known of it."""
    one = next((found for found in computed(design) if found.id == identifier), None)
    asked = _asked(design)
    return attempt(lambda: one.solve(asked, total=size)) if one else None


def _needed(design: Design, asked: Question, one: Guardrail) -> Derived:
    name = Message("units that show {metric} inside its margin", metric=one.id)
    wanted = {f"metrics.online[{one.id}].margin": given(design, (*one.at, "margin"))}
    return derive(
        f"test.guardrail.{one.id}", "ab_test", name, wanted, lambda most: one.solve(asked, margin=most)
    )  # fmt: skip


def _excluded(design: Design, asked: Question, one: Guardrail) -> Derived:
    there = units_there(design, window_of(design, one.id))
    if there.result:
        name = Message("margin of {metric} that the test can exclude", metric=one.id)
        needs = {there.id: there.as_input()}
    else:
        name = Message("margin of {metric} that the sample of the primary metric can exclude", metric=one.id)
        needs = {"test.sample": _total(design)}
    return derive(f"test.margin.{one.id}", "ab_test", name, needs, lambda size: one.solve(asked, total=size))


def _asked(design: Design) -> Question:
    """How sure one must be; a guardrail is not one of the chances to win, so it does not share their alpha."""
    return question(design)._replace(alpha=given(design, "ab_test.alpha"))


def _total(design: Design) -> Input | None:
    test = sample(design)
    if test is None or test.total is None:
        return None
    return Input(Message("sample of the test"), float(test.total), "units", "test.sample", "computed")
