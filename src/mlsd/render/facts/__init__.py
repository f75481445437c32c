"""What follows from a design, computed by ``mlsd.sizing`` and put into words: loads, sums, sizes, days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from mlsd.errors import ValueRefused

Facts = dict[str, Any]
P = ParamSpec("P")
T = TypeVar("T")


def computed(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | None:
    """The result, or None where sizing refuses the values: a rule says so, a print stays silent."""
    try:
        return function(*args, **kwargs)
    except ValueRefused:
        return None
