"""How many different units the A/B test means to meet, and how many there are."""

from __future__ import annotations

from typing import NamedTuple

from mlsd.derived.experiment import pace_of
from mlsd.derived.fact import attempt
from mlsd.derived.read import given
from mlsd.design import Design
from mlsd.design.data import Entity
from mlsd.sizing.duration import units_ever, units_in
from mlsd.sizing.working import Working

PERSONS = frozenset({"user", "account", "device"})
"""Units that may be written down as an entity of another name."""


class Population(NamedTuple):
    """The entity that the units of the test are, and where it stands."""

    position: int
    entity: Entity


def population(design: Design) -> Population | None:
    """The entity that is called as the unit. People may stand under another name: then it is the largest entity that
    holds what is personal, if it holds all who come on a day.
    """
    unit = design.ab_test.unit or "user"
    counted = [(at, one) for at, one in enumerate(design.data.entities) if one.rows is not None]
    for at, one in counted:
        if _is_called(one, unit):
            return Population(at, one)
    if unit not in PERSONS or any(_is_called(one, unit) for one in design.data.entities):
        return None
    personal = [(at, one) for at, one in counted if any(known.personal for known in one.attributes)]
    at, largest = max(personal, key=lambda found: found[1].rows or 0, default=(0, None))
    if largest is None or (largest.rows or 0) < (design.problem.scale.daily_users or 0):
        return None
    return Population(at, largest)


def _is_called(entity: Entity, unit: str) -> bool:
    return unit in {(entity.id or "").casefold(), (entity.name or "").casefold()}


def units_met(design: Design) -> Working | None:
    """The different units that meet it on the days that count, whether they enter the test or not."""
    days, daily = given(design, "ab_test.duration_days"), given(design, "ab_test.eligible_units_day")
    _, ramp, matures = pace_of(design)
    return attempt(lambda: units_in(days, daily, None, ramp, matures)) if days and daily else None


def units_ever_there(design: Design, of: Population) -> Working | None:
    """The units that are stored, and those that arrive while the test runs."""
    at = ("data", "entities", of.position)
    rows, new = given(design, (*at, "rows")), given(design, (*at, "new_per_day"))
    days = given(design, "ab_test.duration_days")
    return attempt(lambda: units_ever(rows, new, days)) if rows and days else None
