"""The channel between two columns: every arrow that changes its height there gets a track of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlsd.render.diagram.grid import Route

CLOSE = 5.0
"""Lines nearer than this, in px, would read as one."""

STEP = 0.5
"""Less than this, in px, is no step: the line goes straight on."""


@dataclass(eq=False)
class Link:
    """One arrow's step through a channel, from height ``start`` to ``end``; ``back``: it returns to the left side."""

    route: Route
    start: float
    end: float
    back: bool = False
    track: int = 0

    @property
    def low(self) -> float:
        """The upper end of the vertical piece."""
        return min(self.start, self.end)

    @property
    def high(self) -> float:
        """The lower end of the vertical piece."""
        return max(self.start, self.end)

    @property
    def level(self) -> bool:
        """Whether the arrow goes straight on."""
        return not self.back and self.high - self.low < STEP


def assign(links: Sequence[Link]) -> int:
    """Give every link that needs one its track, counted from the left, and return how many tracks there are."""
    steps = sorted((link for link in links if not link.level), key=lambda link: (link.low, link.high))
    _sort(steps)
    for index, link in enumerate(steps):
        taken = [
            other.track for other in steps[:index] if other.low - CLOSE < link.high and link.low - CLOSE < other.high
        ]
        link.track = max(taken, default=-1) + 1
    return max((link.track for link in steps), default=-1) + 1


def _sort(steps: list[Link]) -> None:
    """Swap neighbours as long as that removes crossings."""
    for _ in range(min(len(steps), 40)):
        moved = False
        for index in range(len(steps) - 1):
            first, second = steps[index : index + 2]
            if _cost(second, first) < _cost(first, second):
                steps[index : index + 2] = second, first
                moved = True
        if not moved:
            return


def _cost(left: Link, right: Link) -> int:
    """Crossings and overlaps if one vertical piece stands to the left of the other."""
    arriving = (right.start, right.end) if right.back else (right.start,)
    leaving = () if left.back else (left.end,)
    crossings = sum(left.low < y < left.high for y in arriving) + sum(right.low < y < right.high for y in leaving)
    return crossings + 10 * sum(abs(a - b) < CLOSE for a in arriving for b in leaving)
