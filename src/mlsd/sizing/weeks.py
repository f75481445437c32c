"""A test whose units return: how many weeks a sample takes, and how many different units some days bring."""

from __future__ import annotations

from math import ceil, floor

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.duration import Duration, saturation, weeks_needed
from mlsd.sizing.working import Input, Value, Working, impossible


def days_of_weeks(
    total: Value,
    units_week: Value,
    returning: Value | None = None,
    exposure: Value | None = None,
    ramp_days: Value | None = None,
    window_days: Value | None = None,
) -> Duration:
    """Days until ``total`` different units are enrolled in whole weeks and the last of them has matured.

    ``units_week``: different units of a week; ``returning``: the share of them that was there the week before (none
    unless given), see ``saturation``; the rest as in ``duration.days``. No answer where the pool behind the weeks is
    smaller than the sample. Raises ValueRefused for a value outside its range.
    """
    entering, ramp, window = _entering(units_week, exposure), _ramp(ramp_days), _window(window_days)
    found = weeks_needed(total, entering, 0.0 if returning is None else returning)
    if found.result is None:
        return Duration(None, ramp.value, window.value, None, None, found)
    enrol = 7 * round(found.result)
    least = ramp.value + enrol + window.value
    whole = 7 * ceil(least / 7 - 1e-9)
    formula = f"days = ramp + 7 · w + window, then up to a multiple of 7;  {found.formula}"
    working = Working(formula, (*found.inputs, ramp, window), float(whole), "days", found.source, found.note)
    return Duration(enrol, ramp.value, window.value, least, whole, working)


def units_in_weeks(
    duration_days: Value,
    units_week: Value,
    returning: Value | None = None,
    exposure: Value | None = None,
    ramp_days: Value | None = None,
    window_days: Value | None = None,
) -> Working:
    """Different units enrolled in the whole weeks that ramp and window leave of ``duration_days``.

    Arguments and errors as in ``days_of_weeks``; none where not one whole week is left.
    """
    whole = domain.positive(Message("duration"), duration_days, "days")
    entering, ramp, window = _entering(units_week, exposure), _ramp(ramp_days), _window(window_days)
    weeks = floor((whole.value - ramp.value - window.value) / 7 + 1e-9)
    if weeks < 1:
        formula = "units = U ÷ r · (1 − (1 − r)ʷ);  U units a week, r returning share, w weeks"
        why = Message("Ramp and window leave no whole week of {total} days.", total=whole.value)
        return impossible(formula, (whole, entering, ramp, window), "units", "Arithmetic", why)
    count = Input(Message("whole weeks of enrolment"), float(weeks), "weeks", origin="computed")
    return saturation(entering, count, 0.0 if returning is None else returning)


def _ramp(days: Value | None) -> Input:
    return domain.amount(Message("ramp"), days, "days", default=0.0)


def _window(days: Value | None) -> Input:
    return domain.amount(Message("window of the metric"), days, "days", default=0.0)


def _entering(units_week: Value, exposure: Value | None) -> Input:
    """The units of a week that enter the test."""
    weekly = domain.positive(Message("units a week"), units_week, "units")
    share = domain.some_share(Message("exposure of the test"), exposure, default=1.0)
    if share.value == 1:
        return weekly
    return Input(Message("units of a week that enter"), weekly.value * share.value, "units", origin="computed")
