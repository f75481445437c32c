"""Whether the machines carry the load."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, inf

from mlsd.derived.load import next_year, peak_load
from mlsd.derived.machines import (
    at_full_load,
    batch_in_places,
    batch_work,
    calls,
    calls_in_a_year,
    calls_on_average,
    carried,
    flying,
    in_places,
    replicas,
    replicas_for,
)
from mlsd.design import Design
from mlsd.design.pipeline import Component, Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import hours
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import MODEL_ROLES, at_least, blocks_on_path, places_of, result_of, short


@rule("PIP-08", Severity.ERROR, since=Maturity.PILOT, sources=["RG", "MS"])
def capacity_short(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """A block of the request path does not carry the peak.

    Replicas times calls of one, filled to 70 %, has to reach the peak: above that, queues grow faster than they are
    worked off. What is in flight at once is calls a second times seconds of a call (Little's law). What answers when a
    block fails gets its whole load in the same second, and a batch has to get through its rows before the next run. A
    block that at full load does less than comes on average never catches up, even where nobody waits for it; where only
    its p99 is known and its calls at once are few, that is a warning. What carries the peak of today and breaks at that
    of next year, every replica full, is a remark.

    Ask: At the busiest minute of the year, how many replicas are full?
    False positives: the block scales by itself; give the replicas it may grow to. A batch whose calls take many rows
    at once; give the rows a second as its capacity.

    Bad:
    ```yaml
    problem: {scale: {rps_peak: 900}}
    pipeline: {components: [{id: ranker, capacity_rps: 60, replicas: 12}], request_path: [ranker]}
    ```
    Good:
    ```yaml
    problem: {scale: {rps_peak: 900}}
    pipeline: {components: [{id: ranker, capacity_rps: 60, replicas: 24}], request_path: [ranker]}
    ```
    Bad:
    ```yaml
    problem: {scale: {rps_peak: 900, growth_per_year: 300%}}
    pipeline: {components: [{id: ranker, capacity_rps: 60, replicas: 24}], request_path: [ranker]}
    ```
    Good:
    ```yaml
    problem: {scale: {rps_peak: 900, growth_per_year: 30%}}
    pipeline: {components: [{id: ranker, capacity_rps: 60, replicas: 24}], request_path: [ranker]}
    ```
    """
    peak, unknown = peak_load(design), []
    if pipeline.serving.mode == "batch":
        yield from _too_long(pipeline, design)
        return
    if pipeline.serving.mode == "edge":  # each device carries its own
        return
    if peak is None:
        yield from _never_done(design)
        return
    for position, block in blocks_on_path(design):
        if block.shards is not None and block.replicas is not None and block.replicas < block.shards:
            continue  # PIP-09 says so
        planned = carried(design, position)
        asked = calls(design, position) if planned.result is not None else None
        if planned.result is None:
            unknown.append(block.id)
        elif asked is not None and planned.result < asked.value:
            yield Finding(
                "{block} is planned to carry {carried} calls a second, but the peak is {calls}.",
                at=("components", position, "replicas"),
                also=peak.path or "",
                working=planned.working,
                ways_out=[Sentence("closes at replicas ≥ {needed}", needed=replicas(design, position).result or 0)],
                block=block.id,
                carried=short(planned.result),
                calls=short(asked.value),
            )
        yield from _in_flight(block, position, design)
    if unknown and len(unknown) == len(blocks_on_path(design)):
        yield Finding(
            "Whether the blocks carry the peak of {peak} a second cannot be computed: none says how much it takes.",
            at="components",
            severity=Severity.INFO,
            peak=short(peak.value),
        )
    yield from _behind(pipeline, design)
    yield from _in_a_year(design)


def _in_a_year(design: Design) -> Iterator[Finding]:
    """Blocks that carry the peak of today, and not that of next year although every replica is full: the third that is
    kept free is there for less growth than this.
    """
    short_of = {}
    for position, block in blocks_on_path(design):
        now, then = calls(design, position), calls_in_a_year(design, position)
        carries, most = carried(design, position).result, result_of(at_full_load(design, position))
        if now is None or then is None or carries is None or most is None:
            continue
        if now.value <= carries and most < then.value:
            short_of[position] = (block.id, replicas_for(design, position, then).result or 0)
    if short_of:
        grown = next_year(design)
        yield Finding(
            "In a year the peak is {peak} requests a second, more than these take with every replica full: {blocks}.",
            at=("components", next(iter(short_of)), "replicas"),
            also="problem.scale.growth_per_year",
            severity=Severity.INFO,
            working=grown.working,
            ways_out=[
                Sentence("closes at replicas ≥ {needed} of {block}", needed=needed, block=name)
                for name, needed in short_of.values()
            ],
            peak=short(grown.result or 0.0),
            blocks=[name for name, _ in short_of.values()],
        )


def _never_done(design: Design) -> Iterator[Finding]:
    """Blocks of the path that at full load do less than comes on average, where no peak is known."""
    daily = "volume_day" if design.problem.scale.volume_day is not None else "daily_users"
    for position, block in blocks_on_path(design):
        mean = calls_on_average(design, position)
        full = (("replicas", at_full_load(design, position)), ("concurrency", in_places(design, position)))
        known = [(does, by, working) for by, working in full if (does := result_of(working))]
        does, by, working = min(known, default=(inf, "", None), key=lambda entry: entry[0])
        if mean is None or does >= mean.value:
            continue
        needed = ceil((getattr(block, by) or 0) * mean.value / does)
        yield Finding(
            "{block} does at most {most} calls a second, but {calls} come on average: its queue only grows.",
            at=("components", position, by),
            also=("problem", "scale", daily),
            severity=Severity.WARNING if by == "concurrency" and block.p50_ms is None else None,
            working=working,
            ways_out=[
                Sentence("closes at replicas ≥ {needed}", needed=needed)
                if by == "replicas"
                else Sentence("closes at concurrency ≥ {flying}", flying=needed)
            ],
            block=block.id,
            most=short(does),
            calls=short(mean.value),
        )


def _behind(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """Blocks beside the path that answer instead of one of it, and do not carry what then comes to them."""
    on_path = dict(blocks_on_path(design))
    beside = {name: at for name, at in places_of(design).items() if name and at not in on_path}
    failed = {beside[block.fallback]: block.id for block in reversed(on_path.values()) if block.fallback in beside}
    for answer, block in failed.items():
        planned, asked = carried(design, answer), calls(design, answer)
        if asked is not None and planned.result is not None and planned.result < asked.value:
            yield Finding(
                "When {block} fails, {calls} calls a second go to {fallback}, which is planned to carry {carried}.",
                at=("components", answer, "replicas"),
                also=asked.path or "",
                severity=Severity.WARNING,
                working=planned.working,
                ways_out=[Sentence("closes at replicas ≥ {needed}", needed=replicas(design, answer).result or 0)],
                block=block,
                calls=short(asked.value),
                fallback=pipeline.components[answer].id,
                carried=short(planned.result),
            )


def _too_long(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """Models of a batch that do not get through its rows before it has to end, or before the next one begins."""
    serving = pipeline.serving
    ends = "batch_hours" if serving.batch_hours is not None else "batch_every_hours"
    limit = getattr(serving, ends)
    for position, block in enumerate(pipeline.components):
        if limit is None or block.role not in MODEL_ROLES:
            continue
        working, by = batch_work(design, position).working, "replicas"
        if (result_of(working) or 0) <= limit:
            working, by = batch_in_places(design, position), "concurrency"
        takes = result_of(working)
        if takes is None or takes <= limit:
            continue
        needed = ceil((getattr(block, by) or 0) * takes / limit)
        yield Finding(
            "{block} works {takes} on one run of the batch, but has {limit}.",
            at=("components", position, by),
            also=("pipeline", "serving", ends),
            severity=Severity.WARNING,
            working=working,
            ways_out=[
                Sentence("closes at replicas ≥ {needed}", needed=needed)
                if by == "replicas"
                else Sentence("closes at concurrency ≥ {flying}", flying=needed)
            ],
            block=block.id,
            takes=hours(short(takes)),
            limit=hours(limit),
        )


def _in_flight(block: Component, position: int, design: Design) -> Iterator[Finding]:
    if block.concurrency is None:
        return
    asked, working = calls(design, position), flying(design, position)
    at_once = result_of(working)
    if asked is not None and at_once is not None and at_once > block.concurrency:
        yield Finding(
            "{calls} calls a second to {block} are {flying} at once, but {most} may run.",
            at=("components", position, "concurrency"),
            also="problem.scale.rps_peak",
            working=working,
            ways_out=[Sentence("closes at concurrency ≥ {flying}", flying=at_least(at_once))],
            calls=short(asked.value),
            block=block.id,
            flying=short(at_once),
            most=block.concurrency,
        )
