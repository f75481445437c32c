"""What the blocks of the request path add up to: its latency, what is left of it, its availability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.load import PEAK
from mlsd.derived.promised import TAIL, hours_a_year
from mlsd.derived.read import given, needs
from mlsd.design import Design, Path
from mlsd.errors import Message, ValueRefused
from mlsd.sizing import capacity
from mlsd.sizing.availability import PathAvailability, downtime, path_availability
from mlsd.sizing.latency import PathLatency, RequestPath, blocks, latency_when_timed_out, path_latency, waited
from mlsd.sizing.tail import path_p99 as simulated
from mlsd.sizing.working import Input, Value, Working

PATH = "pipeline.request_path"


class TimedOut(NamedTuple):
    """The path when one block never answers: the block, what answers instead, and the latency.

    ``whole`` is false where nothing says how long the fallback takes, and the latency is only the least of it.
    """

    block: str
    fallback: str
    path: PathLatency
    whole: bool


def times(design: Design, field: str = "p99_ms") -> dict[str, Input | None]:
    """A time in ms of every block that has an id: ``p99_ms``, or ``p50_ms``."""
    return {
        block.id: given(design, ("pipeline", "components", position, field))
        for position, block in enumerate(design.pipeline.components)
        if block.id
    }


def latency_of(
    request_path: RequestPath, ms: Mapping[str, Value | None], budget_ms: Value | None = None
) -> PathLatency | None:
    """The latency of a path, or None where a value is out of its range."""
    try:
        return path_latency(request_path, ms, budget_ms)
    except ValueRefused:
        return None


def latency(design: Design, field: str = "p99_ms", budget: Value | None = None) -> PathLatency | None:
    """The latency of the request path: a sum of p99 (or of medians, ``p50_ms``), against a budget if one is given."""
    return latency_of(design.pipeline.request_path, times(design, field), budget)


def timed_out(design: Design) -> list[TimedOut]:
    """For each block of the path with a timeout and a fallback: the path when it never answers, slowest last."""
    path, p99 = design.pipeline.request_path, times(design)
    on_path, found = set(blocks(path)), []
    for position, block in enumerate(design.pipeline.components):
        if not (block.id in on_path and block.id and block.fallback):
            continue
        limit = given(design, ("pipeline", "components", position, "timeout_ms"))
        if limit is None:
            continue
        again = given(design, ("pipeline", "components", position, "retries"))
        try:
            late = latency_when_timed_out(path, block.id, p99, limit, again, block.fallback)
        except ValueRefused:
            continue
        if late.total is not None:
            found.append(TimedOut(block.id, block.fallback, late, p99.get(block.fallback) is not None))
    return sorted(found, key=lambda entry: entry.path.total or 0.0)


def waits(design: Design) -> dict[str, Working]:
    """For each block of the path with a timeout: how long a request waits for it in vain, every retry included."""
    on_path, found = set(blocks(design.pipeline.request_path)), {}
    for position, block in enumerate(design.pipeline.components):
        at: Path = ("pipeline", "components", position)
        limit = given(design, (*at, "timeout_ms")) if block.id in on_path else None
        if not (block.id and limit):
            continue
        try:
            found[block.id] = waited(block.id, limit, given(design, (*at, "retries")))
        except ValueRefused:
            continue
    return found


def availability(design: Design) -> PathAvailability | None:
    """Availability of the request path with what answers instead; None where a value is out of its range."""
    return availability_of(design, design.pipeline.request_path)


def availability_of(design: Design, path: RequestPath) -> PathAvailability | None:
    """The same for a part of it."""
    components = {block.id: block for block in design.pipeline.components if block.id}
    try:
        return path_availability(
            path,
            times(design, "availability"),
            {name: block.fallback for name, block in components.items() if block.fallback in components},
            [name for name, block in components.items() if block.critical is False],
        )
    except ValueRefused:
        return None


def allowed_downtime(design: Design, promise: Path, unit: str) -> Working | None:
    """The time down that a promised availability allows, in the unit of a promised downtime."""
    share, each = given(design, promise), hours_a_year(1.0, unit)
    found = attempt(lambda: downtime(share).working) if share else None
    if found is None or found.result is None or each is None or each == 1:
        return found if each else None
    return found._replace(formula="time down = (1 − A) · period", result=found.result / each, unit=unit)


def service(design: Design) -> Iterator[Derived]:
    """Everything about the request path."""
    p99 = path_p99(design)
    yield p99
    yield estimate(design)
    for late in [late for late in timed_out(design) if late.whole][-1:]:
        name = Message("latency of the path when {block} times out", block=late.block)
        yield Derived(f"latency.timeout.{late.block}", "pipeline", name, late.path.working)
    yield in_flight(design)
    up = path_up(design)
    yield up
    yield derive(
        "availability.downtime",
        "pipeline",
        Message("time that the path is down"),
        {up.id: up.as_input()},
        lambda share: downtime(share).working,
    )


def in_flight(design: Design) -> Derived:
    """Requests under way at once at the peak, from above: by Little's law with the p99 of the path."""
    p99 = path_p99(design)
    wanted = needs(design, PEAK) | {p99.id: p99.as_input()}
    name = Message("requests in flight at the peak")
    return derive("load.in_flight", "pipeline", name, wanted, capacity.in_flight)


def path_p99(design: Design) -> Derived:
    """The latency of the path at p99, from above."""
    name = Message("latency of the request path at p99")
    on_path = list(dict.fromkeys(blocks(design.pipeline.request_path)))
    if not on_path:
        return Derived("latency.path_p99", "pipeline", name, None, (PATH,), begun=bool(design.pipeline.components))
    try:
        found = path_latency(design.pipeline.request_path, times(design))
    except ValueRefused as error:
        return Derived("latency.path_p99", "pipeline", name, None, refused=error.message)
    if found.total is None:
        missing = tuple(f"pipeline.components[{block}].p99_ms" for block in found.missing)
        return Derived("latency.path_p99", "pipeline", name, None, missing)
    return Derived("latency.path_p99", "pipeline", name, found.working)


def estimate(design: Design, percentile: float = TAIL) -> Derived:
    """A percentile of the path drawn many times instead of added up, where its blocks say both p50 and p99."""
    name = Message("latency of the request path at p99, estimated")
    median, high = times(design, "p50_ms"), times(design)
    on_path = tuple(dict.fromkeys(blocks(design.pipeline.request_path)))
    wanted = {
        f"pipeline.components[{block}].{field}": known.get(block)
        for block in on_path
        for field, known in (("p50_ms", median), ("p99_ms", high))
    }
    if not any(median.get(block) for block in on_path):
        return Derived("latency.estimate", "pipeline", name, None, tuple(wanted) or (PATH,), begun=False)

    def compute(*given: Input) -> Working:
        both = dict(zip(on_path, zip(given[::2], given[1::2], strict=True), strict=True))
        return simulated(design.pipeline.request_path, both, percentile / 100)

    return derive("latency.estimate", "pipeline", name, wanted, compute)


def path_up(design: Design) -> Derived:
    """The availability of the path."""
    name = Message("availability of the request path")
    found = availability(design)
    if found is None or (found.result is None and not found.missing):
        begun = any(block.availability is not None for block in design.pipeline.components)
        return Derived("availability.path", "pipeline", name, None, (PATH,), begun=begun)
    if found.result is None:
        missing = tuple(f"pipeline.components[{block}].availability" for block in found.missing)
        return Derived("availability.path", "pipeline", name, None, missing)
    return Derived("availability.path", "pipeline", name, found.working)
