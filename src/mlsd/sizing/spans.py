"""When each block of a request path works: where it starts, how long it takes, until when others are waited for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.latency import RequestPath
from mlsd.sizing.working import Value


class Span(NamedTuple):
    """One block at its slowest: its start and its time in ms (None: not known).

    ``until`` is when the step after it may start; a block of a parallel step that is done sooner waits till then.
    ``step`` numbers the steps of the path; ``parallel`` says whether others of its step run at the same time.
    """

    block: str
    start: float
    ms: float | None
    until: float
    step: int
    parallel: bool

    @property
    def end(self) -> float:
        """When the block is done."""
        return self.start + (self.ms or 0.0)


def spans(request_path: RequestPath, p99_ms: Mapping[str, Value | None]) -> tuple[Span, ...]:
    """Every block of the path in its order, each as slow as its p99, as ``path_latency`` adds them up.

    A block that comes twice has two spans. Raises ValueRefused for a negative or infinite time.
    """
    known = {
        block: domain.amount(Message("latency of {block}", block=block), ms, "ms").value
        for block, ms in p99_ms.items()
        if ms is not None
    }
    found: list[Span] = []
    now = 0.0
    for number, step in enumerate(request_path):
        inside = tuple(_spans(step, now, known, number, together=True))
        now = max((span.until for span in inside), default=now)
        found += inside
    return tuple(found)


def _spans(step: Any, start: float, known: Mapping[str, float], number: int, *, together: bool) -> Iterator[Span]:
    """The blocks of a step, or of a list inside it, from ``start``; ``together``: the parts of a list run at once."""
    if isinstance(step, str):
        ms = known.get(step)
        yield Span(step, start, ms, start + (ms or 0.0), number, parallel=False)
        return
    if not together:
        for part in step:
            inside = tuple(_spans(part, start, known, number, together=True))
            start = max((span.until for span in inside), default=start)
            yield from inside
        return
    branches = [tuple(_spans(part, start, known, number, together=False)) for part in step]
    until = max((span.until for branch in branches for span in branch), default=start)
    for branch in branches:
        last = len(branch) - 1
        for place, span in enumerate(branch):
            end = until if place == last else span.until
            yield span._replace(until=end, parallel=span.parallel or len(branches) > 1)
