"""How large the problem is: requests a second on average, at the peak and in a year."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.fact import Derived, derive
from mlsd.derived.promised import promised
from mlsd.derived.read import given, needs
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.capacity import average_rps
from mlsd.sizing.working import Input, Working

PEAK = "problem.scale.rps_peak"


def load(design: Design) -> Iterator[Derived]:
    """Average load, peak factor, peak in a year."""
    yield average(design)
    yield peak_factor(design)
    yield next_year(design)


def average(design: Design) -> Derived:
    """Requests a second, averaged over the day: from the volume of a day, or from users and their requests."""
    counted = by_volume(design)
    return by_users(design) if counted.missing else counted


def by_volume(design: Design) -> Derived:
    """The average load that the volume of a day makes."""
    wanted = needs(design, "problem.scale.volume_day")
    return derive("load.average", "problem", Message("average load"), wanted, lambda day: average_rps(volume_day=day))


def by_users(design: Design) -> Derived:
    """The average load that users and their requests make."""
    wanted = needs(design, "problem.scale.daily_users", "problem.scale.requests_per_user_day")
    return derive("load.average", "problem", Message("average load"), wanted, _from_users, core=True)


def _from_users(users: Input, each: Input) -> Working:
    return average_rps(daily_users=users, requests_per_user_day=each)


def peak_factor(design: Design) -> Derived:
    """How many times the average the peak is."""
    wanted = {PEAK: given(design, PEAK), "load.average": average(design).as_input()}
    return derive("load.peak_factor", "problem", Message("peak over average"), wanted, _factor)


def _factor(peak: Input, mean: Input) -> Working:
    top = domain.amount(Message("peak load"), peak, "rps")
    base = domain.positive(Message("average load"), mean, "rps")
    return Working("peak ÷ average", (top, base), top.value / base.value, "×", "Arithmetic")


def next_year(design: Design) -> Derived:
    """The peak load a year from now."""
    wanted = needs(design, PEAK, "problem.scale.growth_per_year")
    return derive("load.next_year", "problem", Message("peak load in a year"), wanted, _grown)


def _grown(peak: Input, growth: Input) -> Working:
    now = domain.amount(Message("peak load"), peak, "rps")
    more = domain.amount(Message("growth a year"), growth)
    return Working("peak · (1 + growth)", (now, more), now.value * (1 + more.value), "rps", "Arithmetic")


def peak_load(design: Design) -> Input | None:
    """Requests a second that must be carried: the peak, or a throughput that is promised beyond it."""
    found = (given(design, PEAK), promised(design, "throughput"))
    return max((load for load in found if load is not None), default=None, key=lambda load: load.value)
