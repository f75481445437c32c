"""How large the problem is: requests a second, requests in flight, replicas."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.promised import promised
from mlsd.derived.read import given, needs
from mlsd.derived.served import model_of_block
from mlsd.design import Design, Path
from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.capacity import (
    average_rps,
    capacity_of,
    fan_out_tail,
    hours_of_work,
    in_flight,
    percentile_needed,
    replicas_needed,
)
from mlsd.sizing.latency import blocks
from mlsd.sizing.working import Input, Working

PEAK = "problem.scale.rps_peak"


def load(design: Design) -> Iterator[Derived]:
    """Average load, peak factor, peak in a year; replicas, capacity and tail of every block."""
    yield average(design)
    yield peak_factor(design)
    yield next_year(design)
    ahead, asked = design.pipeline.serving.mode == "batch", _asked(design)
    for position, block in enumerate(design.pipeline.components):
        if block.capacity_rps is not None and ahead:
            yield batch_work(design, position)
        if (block.capacity_rps is not None or block.replicas is not None) and position in asked:
            yield replicas(design, position)
        if block.capacity_rps is not None or (block.replicas is not None and position in asked):
            yield carried(design, position)
        if block.fan_out is not None and block.fan_out > 1:
            yield tail(design, position)


def _asked(design: Design) -> set[int]:
    """The blocks that requests come to: those of the path and what answers instead; without a path, all online ones."""
    on_path, parts = set(blocks(design.pipeline.request_path)), list(enumerate(design.pipeline.components))
    if not on_path:
        return {position for position, block in parts if block.lane in (None, "online")}
    behind = {block.fallback for _, block in parts if block.id in on_path}
    return {position for position, block in parts if block.id in on_path | behind}


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


def _block(design: Design, position: int) -> tuple[Path, str]:
    return ("pipeline", "components", position), design.pipeline.components[position].id or str(position)


def batch_work(design: Design, position: int) -> Derived:
    """How long this block works on everything that one run of the batch decides."""
    at, block = _block(design, position)
    every = given(design, "pipeline.serving.batch_every_hours") or Input(Message("hours between runs"), 24.0)
    name = Message("time that {block} works on one run", block=block)
    wanted = needs(design, "problem.scale.volume_day", (*at, "replicas"), (*at, "capacity_rps"))
    return derive(f"load.batch.{block}", "pipeline", name, wanted, partial(hours_of_work, every))


def tail(design: Design, position: int) -> Derived:
    """How many requests meet no call of this block that is slower than the p99 of one call."""
    at, block = _block(design, position)
    name = Message("requests of which no call to {block} is slower than its p99", block=block)
    return derive(f"load.tail.{block}", "pipeline", name, needs(design, (*at, "fan_out")), fan_out_tail)


def percentile_for(design: Design, position: int) -> Working | None:
    """The percentile of one call at which 99 % of the requests that make so many are in time."""
    count = given(design, (*_block(design, position)[0], "fan_out"))
    return attempt(lambda: percentile_needed(count)) if count else None


def replicas(design: Design, position: int) -> Derived:
    """How many replicas this block needs at the peak."""
    return replicas_for(design, position, calls(design, position))


def replicas_for(design: Design, position: int, asked: Input | None) -> Derived:
    """How many replicas this block needs for so many calls a second."""
    at, block = _block(design, position)
    wanted = {PEAK: asked} | needs(design, (*at, "capacity_rps"))
    name = Message("replicas that {block} needs at the peak", block=block)
    return derive(f"load.replicas.{block}", "pipeline", name, wanted, replicas_needed)


def carried(design: Design, position: int) -> Derived:
    """Calls a second that this block is planned to carry."""
    at, block = _block(design, position)
    name = Message("load that {block} is planned to carry", block=block)
    wanted = needs(design, (*at, "replicas"), (*at, "capacity_rps"))
    return derive(f"load.capacity.{block}", "pipeline", name, wanted, capacity_of)


def flying(design: Design, position: int) -> Working | None:
    """Calls of this block that run at once at the peak, by Little's law with its median, else its p99."""
    at, _ = _block(design, position)
    peak, ms = calls(design, position), given(design, (*at, "p50_ms"), (*at, "p99_ms"))
    return attempt(lambda: in_flight(peak, ms)) if peak and ms else None


def peak_load(design: Design) -> Input | None:
    """Requests a second that must be carried: the peak, or a throughput that is promised beyond it."""
    found = (given(design, PEAK), promised(design, "throughput"))
    return max((load for load in found if load is not None), default=None, key=lambda load: load.value)


def calls(design: Design, position: int) -> Input | None:
    """Calls a second that this block gets at the peak.

    A language model makes those of its request; the nearest vectors are looked for in every shard.
    """
    at, block = _block(design, position)
    homes: list[Path] = [(*at, "fan_out")]
    component = design.pipeline.components[position]
    if component.role == "llm" and (served := model_of_block(design, block)):
        homes.append((*served, "calls_per_request"))
    if any(part.what == "vectors" for part in component.holds):
        homes.append((*at, "shards"))
    return _calls(peak_load(design), given(design, *homes))


def _calls(peak: Input | None, fan_out: Input | None) -> Input | None:
    """Calls a second at the peak, if every request makes several."""
    if peak is None or fan_out is None:
        return peak
    return Input(Message("peak load · calls of a request"), peak.value * fan_out.value, "rps", peak.path, "computed")
