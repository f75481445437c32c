"""The p99 of a request path, drawn many times instead of added up."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log
from typing import Any

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.latency import RequestPath, blocks
from mlsd.sizing.normal import quantile
from mlsd.sizing.working import Input, Value, Working

RUNS = 20_000
SOURCE = "Monte Carlo over log-normal times with the given p50 and p99, blocks independent"


def path_p99(
    request_path: RequestPath,
    p50_p99_ms: Mapping[str, tuple[Value, Value]],
    percentile: Value | None = None,
    runs: int = RUNS,
    seed: int = 0,
) -> Working:
    """Estimated percentile (.99 unless given) of a request path, in ms, from each block's p50 and p99 in ms.

    ``request_path`` as in ``latency.path_latency``. Each block's time is log-normal through its two percentiles and
    independent of the others; parallel blocks count by their maximum. The same seed gives the same answer. If a
    block of the path is missing there is no answer. Raises ValueRefused if p99 is below p50, for times that are not
    positive, and for runs outside 1,000 … 1,000,000.
    """
    level = domain.inner_share(Message("percentile"), percentile, default=0.99)
    count = domain.number(Message("runs"), runs, at_least=1_000, at_most=1_000_000)
    on_path = tuple(dict.fromkeys(blocks(request_path)))
    inputs: list[Input] = [level, count]
    missing = [block for block in on_path if block not in p50_p99_ms]
    formula = "percentile of Σ steps, a parallel step by its maximum; ln time ~ N(ln p50, (ln p99/p50 ÷ 2.326)²)"
    if missing or not on_path:
        why = Message("No p50 and p99 for {blocks}.", blocks=", ".join(missing) or "–")
        return Working(formula, tuple(inputs), None, "ms", SOURCE, why)
    shapes = {}
    for block in on_path:
        median, high, shape = _shape(block, *p50_p99_ms[block])
        inputs += [median, high]
        shapes[block] = shape
    times = sorted(_draw(request_path, shapes, int(count.value), seed))
    position = min(len(times) - 1, int(level.value * len(times)))
    note = Message("Blocks that slow down together make the true tail longer.")
    return Working(formula, tuple(inputs), times[position], "ms", SOURCE, note)


def _shape(block: str, p50: Value, p99: Value) -> tuple[Input, Input, tuple[float, float]]:
    median = domain.positive(Message("p50 of {block}", block=block), p50, "ms")
    high = domain.positive(Message("p99 of {block}", block=block), p99, "ms")
    if high.value < median.value:
        raise ValueRefused(
            Message(
                "The p99 of {block} is {high} ms, below its p50 of {median} ms.",
                block=block,
                high=high.value,
                median=median.value,
            )
        )
    return median, high, (log(median.value), log(high.value / median.value) / quantile(0.99))


def _draw(request_path: RequestPath, shapes: Mapping[str, tuple[float, float]], runs: int, seed: int) -> list[float]:
    from random import Random

    gauss = Random(seed).gauss

    def time(step: Any, parallel: bool) -> float:
        if isinstance(step, str):
            mu, sigma = shapes[step]
            return exp(mu + sigma * gauss(0.0, 1.0))
        parts = [time(part, not parallel) for part in step]
        return max(parts, default=0.0) if parallel else sum(parts)

    return [time(request_path, False) for _ in range(runs)]
