"""One quantity, one value, one unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd.content.registry import metric as known_metric
from mlsd.derived.cost import goal_worth
from mlsd.derived.effect import promised_change, size_of
from mlsd.derived.funnel import stages
from mlsd.derived.home import baseline_of, metric_at
from mlsd.derived.promised import MEDIAN, TIMED, promised
from mlsd.derived.queue import top_share
from mlsd.design import Design, Path
from mlsd.design.metrics import Effect, Metric
from mlsd.design.path import find, show
from mlsd.design.problem import Constraint
from mlsd.design.units import CURRENCIES, TIMES_MS
from mlsd.errors import Message
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.amount import amount, effect
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most, minutes_of, result_of, short

SAME_WITHIN = 0.1
FAR_APART = 3
"""Times that two sums of one month may differ before anybody is asked."""
BEYOND = 2
"""Times that an effect may be what its metric is to reach: who hopes for more has another target in mind."""


class Twice(NamedTuple):
    """The same quantity in two places: its home, and where it is said again."""

    home: Path
    value: float | None
    again: Path
    said: float | None
    units: tuple[Message, Message] | None = None
    """Both numbers with their units, where these may differ."""


@rule("XST-01", Severity.ERROR, since=Maturity.DESIGN, sources=["CR-S09", "CR-X02"])
def one_quantity_two_values(design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """One quantity has two values in two places.

    Every quantity has one home, and elsewhere the field stays empty. Where both are filled they were written on two
    days, and whoever reads one of them builds another system. Real documents promise one prediction in 500 and in
    50 ms, and an AUC of .6 and of .55.

    The same holds for what follows from others. Where people act on the top share of the cases, not fewer of them go to
    people (a warning); things to choose among are not more than were ever stored (a warning); where the goal is money
    of each request, so much of all requests of a month is what reaching it is worth (a remark). And an experiment does
    not expect more than twice the change that its metric is to reach (a remark): whoever hopes for 30 % and promises
    8 % means one of the two.

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
    for twice in (*_metrics(design), *_scale(design), *_constraints(design), *_experiment(design)):
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
    yield from _taken(design)
    yield from _stored(design, knowledge)
    yield from _worth(design)
    yield from _hoped(design)
    limit = promised(design, "latency") or promised(design, "latency", MEDIAN)
    deadline = design.problem.decision.deadline_ms
    if limit is not None and deadline is not None and deadline < limit.value:
        yield Finding(
            "An answer is useless after {deadline} ms, but {limit} ms are promised.",
            at=("problem", "decision", "deadline_ms"),
            also=limit.path or "",
            ways_out=[Sentence("closes at a latency ≤ {deadline} ms", deadline=at_most(deadline))],
            deadline=deadline,
            limit=limit.value,
        )


def _taken(design: Design) -> Iterator[Finding]:
    """People act on the top of the scores, and fewer cases are said to go to people than are taken."""
    taken, said = top_share(design), design.problem.decision.oversight.flag_rate
    if taken is None or said is None or said >= taken.value or _alike(said, taken.value):
        return
    yield Finding(
        "People act on the highest {taken} % of the scores, but {said} % of the cases go to people.",
        at=("model", "operating_point", "value"),
        also=("problem", "decision", "oversight", "flag_rate"),
        severity=Severity.WARNING,
        ways_out=[Sentence("closes if both say the same share")],
        taken=short(100 * taken.value),
        said=short(100 * said),
    )


def _stored(design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """More things to choose among than the entity that they are has ever had, where a design chooses."""
    items = design.problem.scale.items
    if not items or not (design.pipeline.funnel or design.model.task in ("ranking", "retrieval")):
        return
    known = knowledge.called("item", design.data.entities)
    if not known or any(entity.rows is None for _, entity in known):
        return
    at, entity = max(known, key=lambda found: found[1].rows or 0)
    if entity.rows is not None and entity.rows < items and not _alike(entity.rows, items):
        yield Finding(
            "A request chooses among {items} things, but only {rows} of the entity {entity} were ever stored.",
            at=("data", "entities", at, "rows"),
            also=("problem", "scale", "items"),
            severity=Severity.WARNING,
            ways_out=[Sentence("closes at rows ≥ {items}, or with fewer items", items=items)],
            items=items,
            rows=entity.rows,
            entity=entity.id or entity.name,
        )


def _worth(design: Design) -> Iterator[Finding]:
    """What the goal brings of each request, times those of a month, against what reaching it is said to be worth."""
    said, found = design.problem.goal.worth_month, goal_worth(design)
    made = result_of(found)
    if not said or not made or 1 / FAR_APART <= said / made <= FAR_APART:
        return
    yield Finding(
        "Reaching the goal is worth {said} a month, but {metric} times the requests of a month makes {made}.",
        at=("problem", "goal", "worth_month"),
        also=("problem", "goal", "target"),
        severity=Severity.INFO,
        working=found,
        ways_out=[Sentence("closes with a worth of that size, or another goal")],
        said=short(said),
        metric=design.problem.goal.metric,
        made=short(made),
    )


def _hoped(design: Design) -> Iterator[Finding]:
    """The effect that the test expects, against the change that its metric is to reach."""
    test, expected = design.ab_test, design.ab_test.expected_effect
    found = metric_at(design, test.primary[0]) if len(test.primary) == 1 else None
    today = baseline_of(design, test.primary[0]) if found else None
    if found is None or today is None or not _alike(test.baseline_rate or today.value, today.value):
        return
    path, metric = found
    kind, promised = expected.kind or "relative", promised_change(metric, today)
    hoped, goal = size_of(expected, kind, today), size_of(promised, kind, today)
    if not hoped or not goal or hoped <= BEYOND * goal * (1 + 1e-9) or _is_harm(metric, expected, promised):
        return
    yield Finding(
        "An effect of {hoped} is expected, but {metric} is to change by {goal}.",
        at=("ab_test", "expected_effect"),
        also=(*path, "lift" if metric.target is None else "target"),
        severity=Severity.INFO,
        ways_out=[Sentence("closes with an effect of that size, or another target")],
        hoped=effect(expected),
        metric=metric.id,
        goal=effect(Effect(value=goal, kind=kind)),
    )


def _is_harm(metric: Metric, expected: Effect, promised: Effect) -> bool:
    """Whether one of them is for the worse; where less is better, a change is written with either sign."""
    if metric.direction != "down":
        return min(expected.value or 0.0, promised.value or 0.0) < 0
    return metric.target is not None and (promised.value or 0.0) > 0


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= SAME_WITHIN * max(abs(one), abs(other))


def _metrics(design: Design) -> Iterator[Twice]:
    goal, baseline = design.problem.goal, design.model.baseline
    home = metric_at(design, goal.metric)
    if home is not None:
        for field in ("baseline", "target"):
            yield Twice(("problem", "goal", field), getattr(goal, field), (*home[0], field), getattr(home[1], field))
    measured = metric_at(design, baseline.metric)
    if measured is not None and baseline.measured_on in (None, "test"):  # on other data it is MOD-03's
        yield Twice(("model", "baseline", "value"), baseline.value, (*measured[0], "baseline"), measured[1].baseline)


def _scale(design: Design) -> Iterator[Twice]:
    items: tuple[Path, float | None] = (("problem", "scale", "items"), design.problem.scale.items)
    for stage in stages(design):
        comes = stage.comes
        if comes is not None and comes.path is not None and comes.origin != "computed":
            yield Twice(find(design, comes.path), comes.value, (*stage.at, "takes"), stage.step.takes)
    for position, block in enumerate(design.pipeline.components):
        for number, part in enumerate(block.holds):
            if part.what == "vectors" and block.role in ("retrieval", "vector_index") and design.model.llm is None:
                yield Twice(*items, ("pipeline", "components", position, "holds", number, "rows"), part.rows)


def _experiment(design: Design) -> Iterator[Twice]:
    """The deviation of the primary metric; and the step of the rollout that is the experiment, which takes its units
    and is not over before it.
    """
    steps = [(at, step) for at, step in enumerate(design.deploy.rollout) if step.kind == "ab"]
    test = design.ab_test
    deciding = metric_at(design, test.primary[0]) if test.primary else None
    if deciding is not None:
        yield Twice(("ab_test", "sd"), test.sd, (*deciding[0], "sd"), deciding[1].sd)
    if len(steps) != 1:
        return
    at, step = steps[0]
    read = (test.duration_days or 0) - (test.ramp_days or 0)  # the ramp may be steps of its own
    if step.days is not None and step.days < read and not _alike(step.days, read):
        yield Twice(("ab_test", "duration_days"), test.duration_days, ("deploy", "rollout", at, "days"), step.days)
    if test.exposure is not None and step.share is not None:
        arms = (test.exposure * share for share in test.split.values())  # or how many see the new version
        if not any(_alike(step.share, share) for share in arms):
            yield Twice(("ab_test", "exposure"), test.exposure, ("deploy", "rollout", at, "share"), step.share)


def _constraints(design: Design) -> Iterator[Twice]:
    """Constraints on the same thing (kind, direction, percentile, unit and what they limit), each against the first."""
    first: dict[tuple[object, ...], tuple[Path, float | None, Message]] = {}
    for position, constraint in enumerate(design.problem.constraints):
        if constraint.kind is None or constraint.kind in ("other", "people") or constraint.value is None:
            continue
        at: Path = ("problem", "constraints", position, "value")
        this = at, _number(constraint), _written(constraint)
        home, value, written = first.setdefault(_subject(constraint), this)
        if home != at:
            yield Twice(home, value, at, this[1], (written, this[2]))


def _subject(constraint: Constraint) -> tuple[object, ...]:
    timed = constraint.kind in TIMED
    unit = None if timed else (constraint.unit or "").replace(" ", "").lower()
    return constraint.kind, constraint.op, constraint.percentile, unit, tuple(sorted(constraint.applies_to))


def _written(constraint: Constraint) -> Message:
    return amount(constraint.value, constraint.unit)


def _number(constraint: Constraint) -> float | None:
    timed = constraint.kind in TIMED and constraint.unit and constraint.value is not None
    return minutes_of(constraint) if timed else constraint.value


@rule("XST-11", Severity.INFO, since=Maturity.DESIGN, sources=["ALG"])
def similar_units(design: Design) -> Iterator[Finding]:
    """One quantity is written in two units.

    Milliseconds in the promise and seconds in the metric are converted in somebody's head, every time, and once
    wrongly. Money of two currencies cannot be added at all. Per cent and shares are one unit: the reader keeps both as
    shares.

    Ask: Which of the two units does the dashboard show?
    False positives: a unit that a contract or a law prescribes; keep it in the text of the limit.

    Bad:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 200, unit: ms, percentile: 99}]}
    metrics: {online: [{id: p99_latency, metric: latency, baseline: 0.12, unit: s}]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 200, unit: ms, percentile: 99}]}
    metrics: {online: [{id: p99_latency, metric: latency, baseline: 0.12, unit: ms}]}
    ```
    """
    first: dict[tuple[str, str], tuple[str, Path]] = {}
    for subject, unit, path in _units(design):
        meaning = _meaning(unit)
        if meaning is None:
            continue
        quantity = meaning[0], subject if meaning[0] == "time" else ""
        other, home = first.setdefault(quantity, (unit, path))
        known = _meaning(other)
        if known is not None and not known[1] & meaning[1]:
            yield Finding(
                "{unit} stands here and {other} there, for the same quantity.",
                at=path,
                also=home,
                ways_out=[Sentence("closes if both are in {other}", other=other)],
                unit=unit,
                other=other,
            )


def _units(design: Design) -> Iterator[tuple[str, str, Path]]:
    """What is measured, in which unit, and where that is written."""
    if design.currency:
        yield "", design.currency, ("currency",)
    costs = design.problem.error_costs.currency
    if costs and costs != "relative":
        yield "", costs, ("problem", "error_costs", "currency")
    for position, constraint in enumerate(design.problem.constraints):
        if constraint.unit and constraint.kind:
            yield constraint.kind, constraint.unit, ("problem", "constraints", position, "unit")
    for kind in ("business", "online", "offline"):
        for position, metric in enumerate(getattr(design.metrics, kind)):
            entry = known_metric(metric.metric or metric.id)
            if metric.unit:
                subject = entry.id if entry else metric.id or ""
                yield subject, metric.unit, ("metrics", kind, position, "unit")


def _meaning(unit: str) -> tuple[str, frozenset[str]] | None:
    """Of what kind the unit is, and which ones it may stand for; None where it is no unit that has a twin."""
    word = unit.partition("/")[0].strip().rstrip(".").casefold()
    if word in CURRENCIES:
        return "money", CURRENCIES[word]
    if word in TIMES_MS:
        return "time", frozenset({str(TIMES_MS[word])})
    return None
