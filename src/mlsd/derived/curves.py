"""What follows from a design over a range: power against days, sample against effect, blocks of the path in time."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from mlsd.derived.experiment import WITHOUT_SAMPLE, Pace, duration_of, pace_of, units_there
from mlsd.derived.question import Question, question, sample
from mlsd.derived.read import given
from mlsd.derived.service import times
from mlsd.design import Design
from mlsd.errors import Message, ValueRefused
from mlsd.sizing.ab_test import POWER
from mlsd.sizing.duration import units_in
from mlsd.sizing.spans import Span, spans
from mlsd.sizing.working import Input

Point = tuple[float, float]

POINTS = 29
"""Points of a curve, evenly spaced."""
LEAST, MOST = 0.6, 2.0
"""The smallest and the largest effect of a curve, as shares of the effect that is asked for."""
FIRST = 0.01
"""Steps after which a curve of power begins: with no units there is none."""
FARTHEST = 20
"""How many times the marked day a curve reaches at most."""
FEWEST = 5
"""Points below which there is no curve to see."""


class Curve(NamedTuple):
    """Evenly spaced points from left to right, the point that the design asks for, and the level that is wanted."""

    points: tuple[Point, ...]
    marked: Point | None
    level: float | None


def power_over_days(design: Design) -> Curve | None:
    """The power of the effect asked for, against the days of the test; the marked day is the planned one, else the
    first that gives enough units. None where a number is missing or refused, or the test has no such size.
    """
    found = None if design.ab_test.design in WITHOUT_SAMPLE else sample(design)
    daily = given(design, "ab_test.eligible_units_day")
    if found is None or found.total is None or daily is None:
        return None
    time = duration_of(design, found.total)
    planned = given(design, "ab_test.duration_days")
    marked = planned.value if planned else time.least if time else None
    if time is None or marked is None:
        return None
    lead = time.ramp + time.mature
    end = _end(time.least, marked)
    if end <= lead:
        return None
    asked, pace = question(design), pace_of(design)
    step = (end - lead) / POINTS
    days = [lead + step * max(FIRST, number) for number in range(POINTS + 1)]
    points = [(day, power) for day in days if (power := _power(asked, daily, pace, day)) is not None]
    if len(points) < FEWEST:
        return None
    there = _power(asked, daily, pace, marked)
    wanted = asked.power.value if asked.power else POWER
    return Curve(tuple(points), None if there is None else (marked, there), wanted)


def sample_over_effect(design: Design) -> Curve | None:
    """Units of all arms against the size of the smallest effect; the marked one is asked for, the level is what matures
    in the planned days. None where a number is missing or refused, or the test has no such size.
    """
    found = None if design.ab_test.design in WITHOUT_SAMPLE else sample(design)
    asked = question(design)
    if found is None or found.total is None or asked.mde is None:
        return None
    points = tuple(_samples(asked, asked.mde))
    if len(points) < FEWEST:
        return None
    level = units_there(design).result
    return Curve(points, (abs(asked.mde.value), float(found.total)), level or None)


def path_in_time(design: Design) -> tuple[Span, ...]:
    """The blocks of the request path at their p99, one after another; empty where a time is refused."""
    try:
        return spans(design.pipeline.request_path, times(design))
    except ValueRefused:
        return ()


def _end(least: float | None, marked: float) -> float:
    """The last day of the curve, a whole week: both days are on it, and the marked one is not lost at its edge."""
    last = 1.3 * max(least or 0.0, marked)
    return 7.0 * ceil(min(last, FARTHEST * marked) / 7)


def _power(asked: Question, daily: Input, pace: Pace, day: float) -> float | None:
    units = _units(daily, pace, Input(Message("duration"), day, "days"))
    if units is None or units < 2:
        return None
    try:
        found = asked.answer(Input(Message("units"), units, "units"))
    except ValueRefused:
        return None
    return found.power if found else None


def _samples(asked: Question, mde: Input) -> Iterator[Point]:
    for number in range(POINTS):
        factor = LEAST + (MOST - LEAST) * number / (POINTS - 1)
        try:
            found = asked._replace(mde=mde._replace(value=mde.value * factor)).answer()
        except ValueRefused:
            return
        if found is None or found.total is None:
            return
        yield abs(mde.value * factor), float(found.total)


def _units(daily: Input, pace: Pace, time: Input) -> float | None:
    try:
        return units_in(time, daily, *pace).result
    except ValueRefused:
        return None
