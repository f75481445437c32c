"""What stands behind a flag, read as people write it; a refusal names the flag."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import typer

from mlsd.cli.speech import say
from mlsd.errors import Message, UsageError, ValueRefused
from mlsd.sizing.working import Input

Text = str | None
"""What stands behind a flag that may be left out."""

Parse = Callable[[object], float]
POINTS = 10
"""Rows of a table over a range."""


def flag(name: str, text: Message) -> Any:
    """A flag with its help, in the language of this process."""
    return typer.Option(name, help=say(text), show_default=False)


def read(flag: str, text: str | None, parse: Parse) -> Input | None:
    """The number behind a flag; None where it is not given. Raises UsageError with the flag's name."""
    if text is None:
        return None
    try:
        return Input(flag, float(parse(text)), "", flag)
    except ValueRefused as error:
        raise about(flag, error) from None


def want(flag: str, text: str | None, parse: Parse, example: str) -> Input:
    """The number behind a flag that must be given."""
    found = read(flag, text, parse)
    if found is None:
        raise UsageError(
            Message("This cannot be computed without {flag}.", flag=flag),
            Message("Give it, for example: {flag} {example}", flag=flag, example=example),
        )
    return found


def about(flag: str, error: ValueRefused) -> UsageError:
    """The refusal of a value, with the flag it stood behind."""
    return UsageError(Message("{flag}: {reason}", flag=flag, reason=error.message), error.hint)


def ends(text: str) -> tuple[str, str] | None:
    """The two ends of a range such as ``2%..20%``; None where it is no range."""
    low, dots, high = text.partition("..")
    return (low.strip(), high.strip()) if dots else None


def spread(low: float, high: float, points: int = POINTS, *, whole: bool = False) -> Sequence[float]:
    """Evenly spaced values from one end to the other, both included; whole ones each once."""
    step = (high - low) / (points - 1)
    values = [float(f"{low + step * position:.12g}") for position in range(points)]
    if whole:
        values = [float(round(value)) for value in values]
    return list(dict.fromkeys(values))


def listed(flag: str, text: str, parse: Parse) -> list[float]:
    """Numbers with commas or slashes between them: ``10,30,80``."""
    parts = [part for part in text.replace("/", ",").split(",") if part.strip()]
    try:
        return [float(parse(part.strip())) for part in parts]
    except ValueRefused as error:
        raise about(flag, error) from None
