"""How far a number can move before a verdict flips: for ways out and for stress tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mlsd.sizing.normal import root

FURTHEST = 1000.0


class Flip(NamedTuple):
    """Where a verdict flips when a number falls (``below``) and when it rises (``above``); None: not within reach."""

    now: float
    below: float | None
    above: float | None

    @property
    def room(self) -> float:
        """The smallest relative change that flips the verdict; infinite if none does. Most fragile: smallest."""
        if self.now == 0:
            return float("inf")
        changes = [abs(edge / self.now - 1) for edge in (self.below, self.above) if edge is not None]
        return min(changes, default=float("inf"))


def flips(
    verdict: Callable[[float], bool],
    now: float,
    lowest: float | None = None,
    highest: float | None = None,
    steps: int = 24,
) -> Flip:
    """Search both ways from ``now`` for the value at which ``verdict`` changes, to one part in a million.

    The search goes to ``lowest`` and ``highest`` (a thousandth and a thousand times ``now`` unless given; shares
    want 0 and 1), in ``steps`` growing strides and then by bisection; the nearest change on each side is found if
    it is wider than a stride. Two verdicts that flip inside one stride are not seen.
    """
    low = now / FURTHEST if lowest is None else lowest
    high = now * FURTHEST if highest is None else highest
    if now < 0 and lowest is None and highest is None:
        low, high = high, low
    holds = verdict(now)
    return Flip(now, _edge(verdict, holds, now, low, steps), _edge(verdict, holds, now, high, steps))


def _edge(verdict: Callable[[float], bool], holds: bool, now: float, end: float, steps: int) -> float | None:
    last = now
    for step in range(1, steps + 1):
        stride = (2 ** (step / steps * 10) - 1) / 1023
        value = end if step == steps else now + (end - now) * stride
        if verdict(value) != holds:
            return _between(verdict, holds, last, value)
        last = value
    return None


def _between(verdict: Callable[[float], bool], holds: bool, inside: float, outside: float) -> float:
    way = outside - inside
    return inside + way * root(lambda x: verdict(inside + way * x) == holds, 0.0, 1.0, 1e-9)
