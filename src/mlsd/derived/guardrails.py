"""How many units show that a guardrail is not hurt by more than its margin, and which margin the test can exclude."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.derived.experiment import WITHOUT_SAMPLE, units_there, window_of
from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.home import baseline_of, metric_at
from mlsd.derived.question import CLUSTERS, SHARE_UNITS, Question, is_mean_of_cluster, question, sample
from mlsd.derived.read import given
from mlsd.design import Design, Path
from mlsd.design.metrics import Metric
from mlsd.errors import Message
from mlsd.sizing.non_inferiority import non_inferior_rate
from mlsd.sizing.working import Input, Working


def guardrails(design: Design) -> Iterator[Derived]:
    """For every guardrail of the experiment that is a share: the sample it asks for, the margin the test excludes."""
    if design.ab_test.design in WITHOUT_SAMPLE:
        return
    asked = _asked(design)
    for identifier, found, base in _shares(design):
        yield _needed(design, identifier, asked, found, base)
        yield _excluded(design, identifier, asked, found[1], base)
    for identifier in not_computed(design):
        name = Message("clusters that show {metric} inside its margin", metric=identifier)
        why = Message("It takes the standard deviation of its mean between clusters, and that is not in the file.")
        yield Derived(f"test.guardrail.{identifier}", "ab_test", name, None, refused=why)


def not_computed(design: Design) -> list[str]:
    """The guardrails with a margin of which nothing is computed, because clusters are randomised: how far their means
    lie apart is known of the primary metric alone. What the service itself measures is no mean of clusters.
    """
    if design.ab_test.design in WITHOUT_SAMPLE:
        return []
    named = ((one, metric_at(design, one)) for one in dict.fromkeys(design.ab_test.guardrails))
    return [one for one, found in named if found and _unknown(design, found[1])]


def _unknown(design: Design, metric: Metric) -> bool:
    return metric.margin is not None and is_mean_of_cluster(design, metric) and not _of_the_service(metric)


def _of_the_service(metric: Metric) -> bool:
    known = known_metric(metric.metric or metric.id)
    return known is not None and known.system


def samples(design: Design) -> Iterator[Derived]:
    """For every guardrail of the experiment that is a share: the sample it asks for."""
    asked = _asked(design)
    for identifier, found, base in _shares(design):
        yield _needed(design, identifier, asked, found, base)


def _shares(design: Design) -> Iterator[tuple[str, tuple[Path, Metric], Input]]:
    """The guardrails that are shares of yes and no, with what they are today."""
    for identifier in dict.fromkeys(design.ab_test.guardrails):
        found = metric_at(design, identifier)
        base = baseline_of(design, identifier)
        if found is None or base is None or not 0 < base.value < 1 or found[1].unit not in SHARE_UNITS:
            continue
        if found[1].of in CLUSTERS or is_mean_of_cluster(design, found[1]):
            continue  # a share within each store or hour varies less than a yes or no, by how much is not known
        yield identifier, found, base


def margin_within(design: Design, identifier: str, size: Input) -> Working | None:
    """The smallest margin of a guardrail that so many units can exclude; None where nothing is known of it."""
    found, base = metric_at(design, identifier), baseline_of(design, identifier)
    if found is None or base is None:
        return None
    asked, metric = _asked(design), found[1]
    return attempt(lambda: _solve(asked, base, metric, total=size))


def _needed(design: Design, identifier: str, asked: Question, found: tuple[Path, Metric], base: Input) -> Derived:
    name = Message("units that show {metric} inside its margin", metric=identifier)
    wanted = {f"metrics.online[{identifier}].margin": given(design, (*found[0], "margin"))}
    return derive(
        f"test.guardrail.{identifier}", "ab_test", name, wanted,
        lambda most: _solve(asked, base, found[1], margin=most),
    )  # fmt: skip


def _excluded(design: Design, identifier: str, asked: Question, metric: Metric, base: Input) -> Derived:
    there = units_there(design, window_of(design, identifier))
    if there.result:
        name = Message("margin of {metric} that the test can exclude", metric=identifier)
        needs = {there.id: there.as_input()}
    else:
        name = Message("margin of {metric} that the sample of the primary metric can exclude", metric=identifier)
        needs = {"test.sample": _total(design)}
    return derive(
        f"test.margin.{identifier}", "ab_test", name, needs, lambda size: _solve(asked, base, metric, total=size)
    )


def _asked(design: Design) -> Question:
    """How sure one must be; a guardrail is not one of the chances to win, so it does not share their alpha."""
    return question(design)._replace(alpha=given(design, "ab_test.alpha"))


def _solve(
    asked: Question, base: Input, metric: Metric, *, margin: Input | None = None, total: Input | None = None
) -> Working:
    """The sample for a margin, or the margin for a sample, as sure as the test is of its primary metric."""
    return non_inferior_rate(
        base,
        margin=margin,
        total=total,
        lower_is_better=metric.direction == "down",
        alpha=asked.alpha,
        power=asked.power,
        shares=asked.shares,
    ).working


def _total(design: Design) -> Input | None:
    test = sample(design)
    if test is None or test.total is None:
        return None
    return Input(Message("sample of the test"), float(test.total), "units", "test.sample", "computed")
