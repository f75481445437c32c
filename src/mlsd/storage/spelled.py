"""Short spellings made long: what a bare name or ``5% relative`` stands for, when one key of it is to change."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from mlsd.design import Design, Path
from mlsd.errors import Message, ValueRefused

Data = Any


def nested(steps: Path, value: Data) -> Data:
    """The value in the mappings and lists that the steps name. Raises ValueRefused for a list without its first."""
    for step in reversed(steps):
        if isinstance(step, int) and step != 0:
            raise ValueRefused(
                Message("There is no entry at position {position}.", position=step),
                Message("A list begins at position 0."),
            )
        value = [value] if isinstance(step, int) else {step: value}
    return value


def put(data: Data, steps: Path, value: Data) -> Data:
    """A copy of plain data with a value at the steps."""
    if not steps:
        return value
    copy: Any = deepcopy(data)
    step: Any = steps[0]
    if isinstance(copy, list) and step == len(copy):
        copy.append(nested(steps[1:], value))
    elif isinstance(copy, list) or step in copy:
        copy[step] = put(copy[step], steps[1:], value)
    else:
        copy[step] = nested(steps[1:], value)
    return copy


def expanded(path: Path, value: Data, key: str) -> dict[str, Data]:
    """What a bare word at the path means: ``age`` is ``{name: age}``. Raises ValueRefused if it has no keys."""
    first = tuple(0 if isinstance(step, int) else step for step in path)
    try:
        found: Any = Design.model_validate(nested(first, value)).filled()
        for step in path:
            found = found[0 if isinstance(step, int) else step]
    except (ValidationError, LookupError, TypeError):
        found = None
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, dict):
        raise ValueRefused(
            Message("“{value}” stands there, and it has no “{key}”.", value=value, key=key),
            Message("Replace it as a whole, or name another path."),
        )
    return found
