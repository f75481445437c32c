"""How many days a test takes, and what fits into the days there are."""

from __future__ import annotations

from math import ceil, expm1, log, log1p
from typing import NamedTuple

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working

SOURCE = "Kohavi, Tang, Xu: Trustworthy Online Controlled Experiments, ch. 17"


class Duration(NamedTuple):
    """Days of a test: ``least`` = ramp + enrol + mature, ``whole_weeks`` the next multiple of seven."""

    enrol: int | None
    ramp: float
    mature: float
    least: float | None
    whole_weeks: int | None
    working: Working

    @property
    def note(self) -> Message | None:
        """Why there is no answer, or how far it can be trusted."""
        return self.working.note


def days(
    total: Value,
    eligible_units_day: Value,
    exposure: Value | None = None,
    ramp_days: Value | None = None,
    window_days: Value | None = None,
) -> Duration:
    """Days until ``total`` units are enrolled and the last of them has matured.

    ``eligible_units_day``: units that meet the change for the first time each day; ``exposure``: the share of them
    that enters the test (all unless given); ``ramp_days``: days before full exposure, which enrol nobody for the
    analysis; ``window_days``: days the primary metric needs after a unit has entered. With a fixed population the
    number is a lower bound, because first-time visitors become rarer (see ``saturation``). Raises ValueRefused for
    a value outside its range.
    """
    size = domain.positive(Message("sample"), total, "units")
    daily = domain.positive(Message("eligible units a day"), eligible_units_day, "units/day")
    share = domain.some_share(Message("exposure of the test"), exposure, default=1.0)
    ramp = domain.amount(Message("ramp"), ramp_days, "days", default=0.0)
    window = domain.amount(Message("window of the metric"), window_days, "days", default=0.0)
    inputs = (size, daily, share, ramp, window)
    formula = "days = ramp + ⌈sample ÷ (eligible units a day · exposure)⌉ + window, then up to a multiple of 7"
    enrol = ceil(size.value / (daily.value * share.value) - 1e-9)
    least = ramp.value + enrol + window.value
    if least > 36_500:
        daily_share = daily.value * share.value
        note = Message("At {count} units a day this takes more than a hundred years.", count=daily_share)
        working = Working(formula, inputs, None, "days", SOURCE, note)
        return Duration(None, ramp.value, window.value, None, None, working)
    weeks = 7 * ceil(least / 7 - 1e-9)
    rounded = None
    if weeks > least:
        rounded = Message(
            "{least} days are the least; whole weeks see every day of the week equally often.", least=domain.tidy(least)
        )
    working = Working(formula, inputs, float(weeks), "days", SOURCE, rounded)
    return Duration(enrol, ramp.value, window.value, least, weeks, working)


def units_in(
    duration_days: Value,
    eligible_units_day: Value,
    exposure: Value | None = None,
    ramp_days: Value | None = None,
    window_days: Value | None = None,
) -> Working:
    """Units that are enrolled early enough to mature within ``duration_days``; zero if ramp and window fill the time.

    Same arguments and errors as ``days``.
    """
    whole = domain.positive(Message("duration"), duration_days, "days")
    daily = domain.positive(Message("eligible units a day"), eligible_units_day, "units/day")
    share = domain.some_share(Message("exposure of the test"), exposure, default=1.0)
    ramp = domain.amount(Message("ramp"), ramp_days, "days", default=0.0)
    window = domain.amount(Message("window of the metric"), window_days, "days", default=0.0)
    left = whole.value - ramp.value - window.value
    note = None
    if left <= 0:
        note = Message(
            "Ramp and window take {taken} of {total} days: nobody matures in time.",
            taken=ramp.value + window.value,
            total=whole.value,
        )
    formula = "units = eligible units a day · exposure · (duration − ramp − window)"
    inputs = (whole, daily, share, ramp, window)
    return Working(formula, inputs, max(0.0, left) * daily.value * share.value, "units", SOURCE, note)


def saturation(units_week: Value, weeks: Value, returning: Value) -> Working:
    """Different units met within some weeks, when a share of each week's units has been met before.

    ``units_week``: different units in one week; ``returning``: the share of a week's units that was there the week
    before (0 to below 1). The pool behind them has ``units_week ÷ returning`` units, each present in a week with
    probability ``returning``, independently; with 0 every week brings new ones. Raises ValueRefused for a value
    outside its range.
    """
    weekly = domain.positive(Message("units a week"), units_week, "units")
    count = domain.number(Message("weeks"), weeks, at_least=1, at_most=5200)
    back = domain.number(Message("returning share"), returning, at_least=0.0, below=1.0)
    inputs: tuple[Input, ...] = (weekly, count, back)
    seen = weekly.value * count.value
    if back.value > 0:
        seen = -weekly.value / back.value * expm1(count.value * log1p(-back.value))
    formula = "units = U ÷ r · (1 − (1 − r)ʷ);  U units a week, r returning share, w weeks"
    note = Message("Weeks are taken as independent draws from one pool; regular visitors make the true number smaller.")
    return Working(formula, inputs, seen, "units", "Occupancy of a pool with constant weekly presence", note)


def weeks_needed(total: Value, units_week: Value, returning: Value) -> Working:
    """Whole weeks until ``total`` different units have been met, if ``returning`` of each week's were there before.

    As ``saturation`` reckons; None where the pool behind the weeks is smaller than the sample.
    """
    size = domain.positive(Message("sample"), total, "units")
    first = saturation(units_week, 1, returning)
    weekly, back = first.inputs[0], first.inputs[2]
    inputs = (size, weekly, back)
    formula = "w = ⌈ln(1 − sample · r ÷ U) ÷ ln(1 − r)⌉;  U units a week, r returning share"
    source = first.source
    if back.value == 0:
        return Working("w = ⌈sample ÷ U⌉", inputs, float(ceil(size.value / weekly.value - 1e-9)), "weeks", source)
    left = 1 - size.value * back.value / weekly.value
    if left <= 0:
        pool = round(weekly.value / back.value)
        why = Message("There are only about {pool} different units, fewer than the sample.", pool=pool)
        return Working(formula, inputs, None, "weeks", source, why)
    weeks = max(1, ceil(log(left) / log1p(-back.value) - 1e-9))
    return Working(formula, inputs, float(weeks), "weeks", source, first.note)


def units_ever(rows: Value, new_per_day: Value | None, duration_days: Value) -> Working:
    """Different units that there can be at the end: those stored, and the new ones of its days (none unless given)."""
    stored = domain.amount(Message("units stored"), rows, "units")
    new = domain.amount(Message("new units a day"), new_per_day, "units/day", default=0.0)
    whole = domain.positive(Message("duration"), duration_days, "days")
    found = stored.value + new.value * whole.value
    return Working("units = stored + new a day · duration", (stored, new, whole), found, "units", "Arithmetic")
