"""What is promised: the limits that a design sets itself, each number in the unit of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mlsd.derived.read import given
from mlsd.design import Design, Path
from mlsd.design.path import show
from mlsd.design.periods import A_MONTH, Period, period_of, rate
from mlsd.design.problem import Constraint
from mlsd.design.quantity import in_ms
from mlsd.design.units import TIMES_MS
from mlsd.errors import ValueRefused
from mlsd.sizing.availability import HOURS_A_YEAR, MINUTES_IN_30_DAYS, from_downtime
from mlsd.sizing.working import Input

MEDIAN, TAIL = 50.0, 99.0
"""The percentiles at which the blocks of a path say their times."""
AT_LEAST = frozenset({"availability", "throughput"})
"""Kinds of constraint that promise a number from below; all others limit it from above."""
UNITS = {"latency": "ms", "cost": "money/month", "throughput": "rps"}
"""In what a promise is said; a kind that is not here keeps its unit."""
HOUR_MS, MINUTE_MS = 3_600_000.0, 60_000.0
UNSAID: dict[float, Period] = {HOUR_MS: "year", MINUTE_MS: "month"}
PER_YEAR: dict[Period | None, float] = {"year": 1.0, "month": HOURS_A_YEAR * 60 / MINUTES_IN_30_DAYS}
"""How often a year has the period of a downtime; a month has 30 days."""
TIMED = frozenset({"latency", "freshness", "recovery"})
"""Kinds of constraint whose number is a time."""


def promises(design: Design, kind: str) -> Iterator[tuple[Path, Constraint]]:
    """Every constraint of this kind that has a number, with the path of that number."""
    for position, constraint in enumerate(design.problem.constraints):
        if constraint.kind == kind and constraint.value is not None:
            yield ("problem", "constraints", position, "value"), constraint


def promised(design: Design, kind: str, percentile: float = TAIL) -> Input | None:
    """The hardest promise of this kind that holds for the whole service; None where none is made.

    A latency is in ms, a cost in money a month, a throughput by the second; one whose unit does not say how much that
    is promises nothing. A downtime promises the availability that it leaves.
    A latency at a percentile is held against what is promised there, above it, or without a percentile. Where all
    promises are for fewer requests the nearest counts, as a p99 that keeps a p95 is enough; but a median promises
    nothing of a tail.
    """
    made = [(entry.percentile, number) for entry, number in numbers(design, kind) if not entry.applies_to]
    held = _held(percentile, made) if kind == "latency" else [number for _, number in made]
    return min(held, default=None, key=lambda number: -number.value if kind in AT_LEAST else number.value)


def percentile_of(design: Design, limit: Input) -> float:
    """The percentile at which a latency is promised; the tail where none is said."""
    found = (entry.percentile for path, entry in promises(design, "latency") if show(design, path) == limit.path)
    return next(found, None) or TAIL


def number_of(design: Design, constraint: Constraint) -> Input | None:
    """The number of one promise as in ``promised``; None where it cannot be read."""
    kind = "availability" if constraint.kind == "downtime" else constraint.kind or ""
    return next((number for entry, number in numbers(design, kind) if entry is constraint), None)


def numbers(design: Design, kind: str) -> tuple[tuple[Constraint, Input], ...]:
    """Every promise of this kind with its number as in ``promised``, where it can be read; read once."""
    return design.once(f"promises of {kind}", lambda: tuple(_read(design, kind)))


def unread(design: Design, kind: str) -> str:
    """The written path of what a promise of this kind lacks: its number, or a unit in which it can be read."""
    for path, constraint in promises(design, kind):
        if not constraint.applies_to and not readable(constraint):
            return show(design, (*path[:-1], "unit"))
    return f"problem.constraints[{kind}].value"


def readable(constraint: Constraint) -> bool:
    """Whether the unit of a limit says how much is meant: a time for what is timed, a period for what is paid."""
    if constraint.kind in TIMED:
        return _in_ms(1.0, constraint.unit) is not None
    if constraint.kind == "throughput":
        return _a_second(constraint.unit) is not None
    return constraint.kind != "cost" or period_of(constraint.unit) is not None


def _read(design: Design, kind: str) -> Iterator[tuple[Constraint, Input]]:
    """Every promise of this kind with its number in the unit of the kind, where it can be read."""
    homes = (kind, "downtime") if kind == "availability" else (kind,)
    for home in homes:
        for path, constraint in promises(design, home):
            from_above = constraint.op == "<=" and home in AT_LEAST
            found = None if from_above else given(design, path)
            value = _value(found.value, home, constraint.unit) if found else None
            if found and value is not None:
                yield constraint, found._replace(value=value, unit=UNITS.get(kind, found.unit))


def _value(value: float, kind: str, unit: str | None) -> float | None:
    """The number in the unit of its kind; None where its own unit does not say how much that is."""
    if kind == "latency":
        return _in_ms(value, unit) or None
    if kind == "downtime":
        hours = hours_a_year(value, unit or "")
        return None if hours is None or not 0 <= hours <= HOURS_A_YEAR else from_downtime(hours).result
    share: Fraction | None = Fraction(1)
    if kind == "cost":
        share = A_MONTH.get(period_of(unit))
    elif kind == "throughput":
        share = _a_second(unit)
    return None if share is None else float(Fraction(value) * share)


def hours_a_year(value: float, unit: str) -> float | None:
    """A time down in hours of a year; hours that name no period are those of a year, minutes those of 30 days."""
    per = rate(unit)
    time = TIMES_MS.get((per.what if per else unit).strip().casefold())
    unsaid = UNSAID.get(float(time or 0))
    share = PER_YEAR.get(per.period if per else unsaid)
    return None if time is None or share is None else value * float(time) / HOUR_MS * share


def _a_second(unit: str | None) -> Fraction | None:
    """What one of this unit comes to by the second: ``rps``, nothing at all, or anything counted by a time."""
    words = (unit or "").strip().lower()
    if words in ("", "rps", "qps"):
        return Fraction(1)
    found = rate(words)
    time = TIMES_MS.get(found.word.rstrip(".")) if found else None
    return Fraction(1000) / Fraction(time) if time else None


def _in_ms(value: float, unit: str | None) -> float | None:
    try:
        return in_ms(f"{value} {unit or 'ms'}")
    except ValueRefused:
        return None


def _held(percentile: float, made: list[tuple[float | None, Input]]) -> list[Input]:
    """Of promises with their percentiles those that speak of this one, or the nearest below that is no median."""
    enough = [number for at, number in made if at is None or at >= percentile]
    nearest = max((at for at, _ in made if at is not None and at > MEDIAN), default=None)
    return enough or [number for at, number in made if at == nearest]
