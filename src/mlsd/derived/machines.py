"""What comes to the blocks of the pipeline and what they take: calls, replicas, capacity, tails, runs of a batch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.load import PEAK, average, next_year, peak_load
from mlsd.derived.read import given, needs
from mlsd.derived.served import model_of_block
from mlsd.design import Design, Path
from mlsd.errors import Message
from mlsd.sizing.capacity import (
    capacity_of,
    fan_out_tail,
    hours_of_work,
    in_flight,
    percentile_needed,
    rate_of,
    replicas_needed,
)
from mlsd.sizing.latency import blocks
from mlsd.sizing.working import Input, Working


def machines(design: Design) -> Iterator[Derived]:
    """Replicas, capacity and tail of every block; of a batch, how long it works on a run."""
    ahead, asked = design.pipeline.serving.mode == "batch", _asked(design)
    for position, block in enumerate(design.pipeline.components):
        if block.capacity_rps is not None and ahead:
            yield batch_work(design, position)
        if (block.capacity_rps is not None or block.replicas is not None) and position in asked:
            yield replicas(design, position)
        if _carries(design, position, ahead=ahead, asked=position in asked):
            yield carried(design, position)
        if block.fan_out is not None and block.fan_out > 1 and not ahead:
            yield tail(design, position)


def _carries(design: Design, position: int, *, ahead: bool, asked: bool) -> bool:
    """Whether it is worth saying what the block carries: of a batch the time of a run says it, unless requests come."""
    block = design.pipeline.components[position]
    if ahead and peak_load(design) is None:
        return False
    return block.capacity_rps is not None or (block.replicas is not None and asked)


def _asked(design: Design) -> set[int]:
    """The blocks that requests come to: those of the path and what answers instead; without a path, all online ones."""
    on_path, parts = set(blocks(design.pipeline.request_path)), list(enumerate(design.pipeline.components))
    if not on_path:
        return {position for position, block in parts if block.lane in (None, "online")}
    behind = {block.fallback for _, block in parts if block.id in on_path}
    return {position for position, block in parts if block.id in on_path | behind}


def _block(design: Design, position: int) -> tuple[Path, str]:
    return ("pipeline", "components", position), design.pipeline.components[position].id or str(position)


def batch_work(design: Design, position: int) -> Derived:
    """How long this block works on everything that one run of the batch decides."""
    at, block = _block(design, position)
    name = Message("time that {block} works on one run", block=block)
    wanted = needs(design, "problem.scale.volume_day", (*at, "replicas"), (*at, "capacity_rps"))
    work = partial(hours_of_work, _between_runs(design), calls=calls_of_one(design, position))
    return derive(f"load.batch.{block}", "pipeline", name, wanted, work)


def batch_in_places(design: Design, position: int) -> Working | None:
    """How long one run of the batch takes, if no more calls of this block run at once than may: with its median, else
    its p99, from above.
    """
    rate, day = in_places(design, position), given(design, "problem.scale.volume_day")
    if rate is None or day is None:
        return None
    name, each = Message("calls a second in these places"), calls_of_one(design, position)
    return attempt(lambda: hours_of_work(_between_runs(design), day, 1, rate.as_input(name), each))


def in_places(design: Design, position: int) -> Working | None:
    """Calls a second that this block does if no more run at once than may, with its median, else its p99."""
    at, _ = _block(design, position)
    places, ms = given(design, (*at, "concurrency")), given(design, (*at, "p50_ms"), (*at, "p99_ms"))
    return attempt(lambda: rate_of(places, ms)) if places and ms else None


def _between_runs(design: Design) -> Input:
    every = given(design, "pipeline.serving.batch_every_hours")
    return every or Input(Message("hours between runs"), 24.0, "h", origin="default")


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
    needed = partial(replicas_needed, shards=given(design, (*at, "shards")))
    return derive(f"load.replicas.{block}", "pipeline", name, wanted, needed)


def carried(design: Design, position: int) -> Derived:
    """Calls a second that this block is planned to carry."""
    at, block = _block(design, position)
    name = Message("load that {block} is planned to carry", block=block)
    wanted = needs(design, (*at, "replicas"), (*at, "capacity_rps"))
    planned = partial(capacity_of, shards=given(design, (*at, "shards")))
    return derive(f"load.capacity.{block}", "pipeline", name, wanted, planned)


def at_full_load(design: Design, position: int) -> Working | None:
    """Calls a second that this block does when all its replicas are full."""
    at, _ = _block(design, position)
    count, one = given(design, (*at, "replicas")), given(design, (*at, "capacity_rps"))
    if count is None or one is None:
        return None
    return attempt(lambda: capacity_of(count, one, 1.0, given(design, (*at, "shards"))))


def flying(design: Design, position: int) -> Working | None:
    """Calls of this block that run at once at the peak, by Little's law with its median, else its p99."""
    at, _ = _block(design, position)
    peak, ms = calls(design, position), given(design, (*at, "p50_ms"), (*at, "p99_ms"))
    return attempt(lambda: in_flight(peak, ms)) if peak and ms else None


def calls(design: Design, position: int) -> Input | None:
    """Calls a second that this block gets at the peak."""
    return _calls(Message("peak load · calls of a request"), peak_load(design), calls_of_one(design, position))


def calls_in_a_year(design: Design, position: int) -> Input | None:
    """Calls a second that this block gets at the peak in a year's time; None where no growth is said."""
    peak = next_year(design).as_input()
    return _calls(Message("peak load in a year · calls of a request"), peak, calls_of_one(design, position))


def calls_on_average(design: Design, position: int) -> Input | None:
    """Calls a second that this block gets, averaged over the day."""
    mean = average(design).as_input()
    return _calls(Message("average load · calls of a request"), mean, calls_of_one(design, position))


def calls_of_one(design: Design, position: int) -> Input | None:
    """Calls of this block that one request makes; None where nothing says that it is more than one.

    A language model makes those of its request; the nearest vectors are looked for in every shard.
    """
    at, block = _block(design, position)
    homes: list[Path] = [(*at, "fan_out")]
    component = design.pipeline.components[position]
    if component.role == "llm" and (served := model_of_block(design, block)):
        homes.append((*served, "calls_per_request"))
    if any(part.what == "vectors" for part in component.holds):
        homes.append((*at, "shards"))
    return given(design, *homes)


def _calls(name: Message, load: Input | None, each: Input | None) -> Input | None:
    """Calls a second, if every request makes several."""
    if load is None or each is None:
        return load
    return Input(name, load.value * each.value, "rps", load.path, "computed")
