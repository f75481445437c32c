"""From numbers to places in a picture, and the round numbers that stand at its axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor, log10
from typing import NamedTuple

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)

Tick = tuple[float, str]
"""A value at an axis and how it is written."""


class Scale(NamedTuple):
    """Values from ``low`` to ``high`` on the way from ``start`` to ``end``, in px."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, most: int, written: Callable[[float], str]) -> tuple[Tick, ...]:
    """Round values between two ends, both included, at most so many and evenly spaced."""
    rough = (high - low) / max(1, most - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))
    first = ceil(low / step - 1e-9)
    values = [float(f"{number * step:.12g}") for number in range(first, floor(high / step + 1e-9) + 1)]
    return tuple((value, written(value)) for value in values)


def weeks(low: float, high: float, most: int, written: Callable[[float], str]) -> tuple[Tick, ...]:
    """Whole weeks between two days, at most so many and evenly spaced."""
    step = 7 * max(1, ceil((high - low) / 7 / max(1, most - 1) - 1e-9))
    return tuple((float(day), written(day)) for day in range(ceil(low / step) * step, floor(high) + 1, step))


def spaced(values: Sequence[float]) -> str:
    """Numbers as Mermaid reads them, to four digits."""
    return ", ".join(plain(value) for value in values)


def plain(value: float) -> str:
    """A number without an exponent, to four digits."""
    return f"{float(f'{value:.4g}'):f}".rstrip("0").rstrip(".")
