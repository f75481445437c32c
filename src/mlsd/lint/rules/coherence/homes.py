"""One quantity, one value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from mlsd.derived.home import metric_at
from mlsd.design import Design, Path
from mlsd.design.path import show
from mlsd.design.problem import Constraint
from mlsd.errors import Message
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import latency_limit, minutes_of, short

SAME_WITHIN = 0.1


class Twice(NamedTuple):
    """The same quantity in two places: its home, and where it is said again."""

    home: Path
    value: float | None
    again: Path
    said: float | None
    units: tuple[Message, Message] | None = None
    """Both numbers with their units, where these may differ."""


@rule("XST-01", Severity.ERROR, since=Maturity.DESIGN, sources=["CR-S09", "CR-X02"])
def one_quantity_two_values(design: Design) -> Iterator[Finding]:
    """One quantity has two values in two places.

    Every quantity has one home, and elsewhere the field stays empty. Where both are filled they were written on two
    days, and whoever reads one of them builds another system. Real documents promise one prediction in 500 and in
    50 ms, and an AUC of .6 and of .55.

    Ask: Which of the two is right, and can the other one be left out?
    False positives: two things that only look alike (now and next year, two groups of people); name the difference,
    with another percentile or with `applies_to`.

    Bad:
    ```yaml
    problem: {goal: {metric: revenue, baseline: 1.84}}
    metrics: {business: [{id: revenue, baseline: 2.5}]}
    ```
    Good:
    ```yaml
    problem: {goal: {metric: revenue, baseline: 1.84}}
    metrics: {business: [{id: revenue}]}
    ```
    """
    for twice in (*_metrics(design), *_scale(design), *_constraints(design)):
        if twice.value is None or twice.said is None or _alike(twice.value, twice.said):
            continue
        yield Finding(
            "{again} says {said}, but {home} says {value}.",
            at=twice.again,
            also=twice.home,
            ways_out=[Sentence("closes if {again} is left empty, or says the same", again=show(design, twice.again))],
            again=show(design, twice.again),
            said=twice.units[1] if twice.units else short(twice.said),
            home=show(design, twice.home),
            value=twice.units[0] if twice.units else short(twice.value),
        )
    limit, deadline = latency_limit(design), design.problem.decision.deadline_ms
    if limit is not None and deadline is not None and deadline < limit.ms:
        yield Finding(
            "An answer is useless after {deadline} ms, but {limit} ms are promised.",
            at=("problem", "decision", "deadline_ms"),
            also=limit.path,
            ways_out=[Sentence("closes at a latency ≤ {deadline} ms", deadline=short(deadline))],
            deadline=deadline,
            limit=limit.ms,
        )


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= SAME_WITHIN * max(abs(one), abs(other))


def _metrics(design: Design) -> Iterator[Twice]:
    goal, baseline = design.problem.goal, design.model.baseline
    home = metric_at(design, goal.metric)
    if home is not None:
        for field in ("baseline", "target"):
            yield Twice(("problem", "goal", field), getattr(goal, field), (*home[0], field), getattr(home[1], field))
    measured = metric_at(design, baseline.metric)
    if measured is not None:
        yield Twice(("model", "baseline", "value"), baseline.value, (*measured[0], "baseline"), measured[1].baseline)


def _scale(design: Design) -> Iterator[Twice]:
    items: tuple[Path, float | None] = (("problem", "scale", "items"), design.problem.scale.items)
    comes = items
    for position, step in enumerate(design.pipeline.funnel):
        at: Path = ("pipeline", "funnel", position)
        yield Twice(*comes, (*at, "takes"), step.takes)
        comes = ((*at, "gives"), step.gives)
    for position, block in enumerate(design.pipeline.components):
        for number, part in enumerate(block.holds):
            if part.what == "vectors" and block.role in ("retrieval", "vector_index") and design.model.llm is None:
                yield Twice(*items, ("pipeline", "components", position, "holds", number, "rows"), part.rows)


def _constraints(design: Design) -> Iterator[Twice]:
    """Two constraints on the same thing: kind, direction, percentile, unit and what they limit."""
    for (first, one), (second, other) in combinations(enumerate(design.problem.constraints), 2):
        if one.kind is None or one.kind in ("other", "people") or _subject(one) != _subject(other):
            continue
        at: Path = ("problem", "constraints")
        units = _written(one), _written(other)
        yield Twice((*at, first, "value"), _number(one), (*at, second, "value"), _number(other), units)


def _subject(constraint: Constraint) -> tuple[object, ...]:
    timed = constraint.kind in ("latency", "freshness", "recovery")
    unit = None if timed else (constraint.unit or "").replace(" ", "").lower()
    return constraint.kind, constraint.op, constraint.percentile, unit, tuple(sorted(constraint.applies_to))


def _written(constraint: Constraint) -> Message:
    return Sentence("{value} {unit}", value=constraint.value, unit=constraint.unit or "")


def _number(constraint: Constraint) -> float | None:
    timed = constraint.kind in ("latency", "freshness", "recovery") and constraint.unit and constraint.value is not None
    return minutes_of(constraint) if timed else constraint.value
