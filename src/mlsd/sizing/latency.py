"""How long a request takes on its path, and what is left of its budget."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working

RequestPath = Sequence[Any]
"""Block ids in the order a request passes them; an inner list runs in parallel (a list inside that: in order again)."""

_DIGITS = 9
"""Digits of a millisecond that a sum keeps; what binary fractions add stands behind them."""
SOURCE = "Dean, Barroso: The Tail at Scale (2013); percentiles do not add, their sum bounds from above in practice"


class Step(NamedTuple):
    """One step of a path: its blocks (several in parallel), the one that decides, and its time in ms, if known."""

    blocks: tuple[str, ...]
    slowest: str | None
    ms: float | None


class PathLatency(NamedTuple):
    """Latency of a path in ms: the sum over steps, the slowest block of parallel ones.

    ``covered`` blocks give a time, ``missing`` ones do not (the sum then is too small). ``left`` is budget − total.
    """

    total: float | None
    steps: tuple[Step, ...]
    covered: tuple[str, ...]
    missing: tuple[str, ...]
    left: float | None
    working: Working


def blocks(request_path: RequestPath) -> Iterator[str]:
    """Every block id of a request path, in order."""
    for step in request_path:
        if isinstance(step, str):
            yield step
        else:
            yield from blocks(step)


def part_of(request_path: RequestPath, wanted: Collection[str]) -> RequestPath:
    """The part of a request path that the wanted blocks make, in its order and beside one another as they are there."""
    parts = [step if isinstance(step, str) else part_of(step, wanted) for step in request_path]
    return [part for part in parts if (part in wanted if isinstance(part, str) else part)]


def path_latency(
    request_path: RequestPath, p99_ms: Mapping[str, Value | None], budget_ms: Value | None = None
) -> PathLatency:
    """The p99 of a request path, estimated from above by the sum of its blocks' p99, parallel blocks by their maximum.

    ``p99_ms`` is a time in ms for each block id (None or absent: unknown), ``budget_ms`` what was promised. With
    medians instead the sum is about the path's median, no more. Raises
    ValueRefused for a negative or infinite time; an empty path or one without any time has no total, and the note
    says so.
    """
    known = {block: _named(block, ms) for block, ms in p99_ms.items() if ms is not None}
    on_path = tuple(dict.fromkeys(blocks(request_path)))
    covered = tuple(block for block in on_path if block in known)
    missing = tuple(block for block in on_path if block not in known)
    steps = tuple(_step(step, known) for step in request_path)
    inputs = [known[block] for block in covered]
    budget = None if budget_ms is None else domain.positive(Message("latency budget"), budget_ms, "ms")
    if budget is not None:
        inputs.append(budget)
    formula = "p99 ≤ " + (" + ".join(_written(step) for step in request_path) or "0")
    if not covered:
        why = Message("No block of the request path gives its p99.")
        return PathLatency(None, steps, (), missing, None, Working(formula, tuple(inputs), None, "ms", SOURCE, why))
    total = round(sum(step.ms or 0.0 for step in steps), _DIGITS)
    note: Message | None = None
    if len(covered) > 1:
        note = Message("A sum of p99 is an upper estimate: all blocks are seldom slow at once.")
    if missing:
        note = Message(
            "Covers {known} of {all} blocks; nothing is known about {blocks}.",
            known=len(covered),
            all=len(on_path),
            blocks=", ".join(missing),
        )
    left = None if budget is None else round(budget.value - total, _DIGITS)
    return PathLatency(total, steps, covered, missing, left, Working(formula, tuple(inputs), total, "ms", SOURCE, note))


def fitting_ms(
    request_path: RequestPath, p99_ms: Mapping[str, Value | None], budget_ms: Value
) -> tuple[tuple[str, float], ...]:
    """Ways out of a path that takes too long: for each block the most ms at which the path fits, all else as it is.

    Blocks that cannot make it fit alone, or that the path passes twice, are left out. Errors as in ``path_latency``.
    """
    found = path_latency(request_path, p99_ms, budget_ms)
    budget = domain.positive(Message("latency budget"), budget_ms, "ms").value
    slow = budget + (found.total or 0.0)  # slower than everything beside it
    passed = list(blocks(request_path))
    ways = []
    for block in found.covered:
        rest = (path_latency(request_path, {**p99_ms, block: slow}).total or 0.0) - slow
        fast = path_latency(request_path, {**p99_ms, block: 0.0}, budget_ms)
        if passed.count(block) == 1 and fast.left is not None and fast.left >= 0:
            ways.append((block, domain.tidy(budget - rest)))
    return tuple(ways)


def latency_when_timed_out(
    request_path: RequestPath,
    block: str,
    p99_ms: Mapping[str, Value | None],
    timeout_ms: Value,
    retries: Value | None = None,
    fallback: str | None = None,
) -> PathLatency:
    """The path when ``block`` never answers: its timeout for every attempt, then the p99 of its fallback.

    ``retries`` are attempts after the first (0 unless given). A fallback of unknown time counts nothing: the result is
    then a lower bound. The rest, and the errors, as in ``path_latency``.
    """
    tried = waited(block, timeout_ms, retries)
    answer = p99_ms.get(fallback) if fallback else None
    extra = _named(fallback or "", answer).value if answer is not None else 0.0
    late = Input(block, (tried.result or 0.0) + extra, "ms", tried.inputs[0].path, "computed")
    return path_latency(request_path, {**p99_ms, block: late})


def waited(block: str, timeout_ms: Value, retries: Value | None = None) -> Working:
    """How long a caller waits for a block that never answers: timeout · (1 + retries), no retries unless given."""
    limit = domain.amount(Message("timeout of {block}", block=block), timeout_ms, "ms")
    again = domain.amount(Message("retries of {block}", block=block), retries, default=0.0)
    return Working("ms = timeout · (1 + retries)", (limit, again), limit.value * (1 + again.value), "ms", "Arithmetic")


def funnel_ms(items: Value, ms_per_item: Value, parallel: Value | None = None) -> Working:
    """Time to work through the items of a funnel step: items · ms of one ÷ how many at once (1 unless given)."""
    count = domain.amount(Message("items"), items)
    each = domain.amount(Message("time for one item"), ms_per_item, "ms")
    lanes = domain.positive(Message("items at once"), parallel, default=1.0)
    formula = "ms = items · time for one ÷ at once"
    return Working(formula, (count, each, lanes), count.value * each.value / lanes.value, "ms", "Arithmetic")


def _named(block: str, ms: Value) -> Input:
    found = domain.amount(Message("latency of {block}", block=block), ms, "ms")
    return Input(block, found.value, "ms", found.path, found.origin)


def _step(step: Any, known: Mapping[str, Input], parallel: bool = True) -> Step:
    if isinstance(step, str):
        return Step((step,), step if step in known else None, known[step].value if step in known else None)
    inner = [_step(part, known, not parallel) for part in step]
    times = [(part.ms, part.slowest) for part in inner if part.ms is not None]
    ids = tuple(block for part in inner for block in part.blocks)
    if not times:
        return Step(ids, None, None)
    ms, slowest = max(times, key=lambda time: time[0])
    return Step(ids, slowest, ms if parallel else sum(time for time, _ in times))


def _written(step: Any, parallel: bool = True) -> str:
    if isinstance(step, str):
        return step
    inner = (", " if parallel else " + ").join(_written(part, not parallel) for part in step)
    return f"max({inner})" if parallel and len(step) > 1 else inner
