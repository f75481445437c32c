"""How large the problem is: requests a second, requests in flight, replicas."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.fact import Derived, derive
from mlsd.derived.home import promised
from mlsd.derived.read import given, needs
from mlsd.design import Design, Path
from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.capacity import average_rps, capacity_of, fan_out_tail, replicas_needed
from mlsd.sizing.working import Input, Working

PEAK = "problem.scale.rps_peak"


def load(design: Design) -> Iterator[Derived]:
    """Average load, peak factor, peak in a year; replicas, capacity and tail of every block."""
    yield average(design)
    yield peak_factor(design)
    yield next_year(design)
    for position, block in enumerate(design.pipeline.components):
        if block.capacity_rps is not None or block.replicas is not None:
            yield from _replicas(design, ("pipeline", "components", position), block.id or str(position))
        if block.fan_out is not None and block.fan_out > 1:
            yield _tail(design, ("pipeline", "components", position), block.id or str(position))


def average(design: Design) -> Derived:
    """Requests a second, averaged over the day: from the volume of a day, or from users and their requests."""
    name = Message("average load")
    volume = needs(design, "problem.scale.volume_day")
    if all(volume.values()):
        return derive("load.average", "problem", name, volume, lambda day: average_rps(volume_day=day))
    wanted = needs(design, "problem.scale.daily_users", "problem.scale.requests_per_user_day")
    return derive("load.average", "problem", name, wanted, _from_users, core=True)


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


def _tail(design: Design, at: Path, block: str) -> Derived:
    """How many requests meet no call that is slower than the p99 of one call."""
    name = Message("requests of which no call to {block} is slower than its p99", block=block)
    return derive(f"load.tail.{block}", "pipeline", name, needs(design, (*at, "fan_out")), fan_out_tail)


def _replicas(design: Design, at: Path, block: str) -> Iterator[Derived]:
    peak = given(design, PEAK) or promised(design, "throughput")
    capacity = needs(design, (*at, "capacity_rps"))
    calls = _calls(peak, given(design, (*at, "fan_out")))
    name = Message("replicas that {block} needs at the peak", block=block)
    yield derive(f"load.replicas.{block}", "pipeline", name, {PEAK: calls, **capacity}, replicas_needed)
    name = Message("load that {block} is planned to carry", block=block)
    wanted = needs(design, (*at, "replicas"), (*at, "capacity_rps"))
    yield derive(f"load.capacity.{block}", "pipeline", name, wanted, capacity_of)


def _calls(peak: Input | None, fan_out: Input | None) -> Input | None:
    """Calls a second at the peak, if every request makes several."""
    if peak is None or fan_out is None:
        return peak
    return Input(Message("peak load · calls of a request"), peak.value * fan_out.value, "rps", peak.path, "computed")
