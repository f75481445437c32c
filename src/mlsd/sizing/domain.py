"""Which values a computation accepts; all others are refused in a sentence with the field and the range."""

from __future__ import annotations

from math import isfinite

from mlsd.errors import Message, ValueRefused
from mlsd.sizing.working import Input, Value

LARGEST = 1e15
"""No count, amount or rate of a design is larger; beyond it a number is a slip of the keyboard."""
SMALLEST = 1e-12
"""No positive quantity of a design is smaller; what is, counts as zero."""


def tidy(value: float) -> float:
    """The number without what binary fractions add to it, as a sentence says it."""
    return float(f"{value:.12g}")


def number(
    name: Message,
    value: Value | None,
    *,
    unit: str = "",
    above: float | None = None,
    at_least: float | None = None,
    below: float | None = None,
    at_most: float | None = None,
    default: float | None = None,
) -> Input:
    """The value as an input called ``name``, keeping path and origin; None becomes the default, if there is one.

    Raises ValueRefused for anything but a finite number within the range.
    """
    if value is None and default is not None:
        return Input(name, default, unit, origin="default")
    path = value.path if isinstance(value, Input) else None
    origin = value.origin if isinstance(value, Input) else "given"
    raw = value.value if isinstance(value, Input) else value
    limits = _range(above, at_least, below, at_most)
    found = _finite(raw)
    if (
        found is None
        or (above is not None and found <= above)
        or (at_least is not None and found < at_least)
        or (below is not None and found >= below)
        or (at_most is not None and found > at_most)
    ):
        shown = Message("nothing") if raw is None else raw
        raise ValueRefused(
            Message("“{field}” must be a number {range}; it is {value}.", field=path or name, range=limits, value=shown)
        )
    return Input(name, found, unit, path, origin)


def positive(name: Message, value: Value | None, unit: str = "", default: float | None = None) -> Input:
    """A quantity above zero, up to 1e15."""
    return number(name, value, unit=unit, at_least=SMALLEST, at_most=LARGEST, default=default)


def amount(name: Message, value: Value | None, unit: str = "", default: float | None = None) -> Input:
    """A quantity of zero or more, up to 1e15."""
    return number(name, value, unit=unit, at_least=0.0, at_most=LARGEST, default=default)


def whole(name: Message, value: Value | None, unit: str = "", at_least: int = 1) -> Input:
    """A whole number, from ``at_least`` up to 1e15."""
    found = number(name, value, unit=unit, at_least=at_least, at_most=LARGEST)
    if found.value != int(found.value):
        field = found.path or name
        raise ValueRefused(Message("“{field}” must be a whole number; it is {value}.", field=field, value=found.value))
    return found


def share(name: Message, value: Value | None, default: float | None = None) -> Input:
    """A share from 0 to 1, both included."""
    return number(name, value, at_least=0.0, at_most=1.0, default=default)


def inner_share(name: Message, value: Value | None, default: float | None = None) -> Input:
    """A share strictly between 0 and 1."""
    return number(name, value, at_least=SMALLEST, at_most=1 - SMALLEST, default=default)


def some_share(name: Message, value: Value | None, default: float | None = None) -> Input:
    """A share above 0, up to and including 1."""
    return number(name, value, above=0.0, at_most=1.0, default=default)


def _finite(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    if not isfinite(found):
        return None
    return found if abs(found) >= SMALLEST else 0.0


def _range(above: float | None, at_least: float | None, below: float | None, at_most: float | None) -> Message:
    low = above if above is not None else at_least
    high = below if below is not None else at_most
    if low is None and high is None:
        return Message("that is finite")
    if high is None:
        return Message("above {low}", low=low) if above is not None else Message("of at least {low}", low=low)
    if low is None:
        return Message("below {high}", high=high) if below is not None else Message("of at most {high}", high=high)
    if above is not None and below is not None:
        return Message("above {low} and below {high}", low=low, high=high)
    if above is not None:
        return Message("above {low} and at most {high}", low=low, high=high)
    if below is not None:
        return Message("from {low} to below {high}", low=low, high=high)
    return Message("from {low} to {high}", low=low, high=high)
