"""A design with another value in one place; what was there stays as it was."""

from __future__ import annotations

from typing import Any

from mlsd.design import Design, Node, Path
from mlsd.design.path import field_of


def replaced(design: Design, path: Path, value: object) -> Design:
    """A copy with the value at the path, not checked again: pass what the field could hold."""
    return _replaced(design, path, value)  # type: ignore[no-any-return]


def _replaced(at: Any, path: Path, value: object) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(at, Node) and isinstance(step, str):
        field = field_of(at, step) or step
        return at.model_copy(update={field: _replaced(getattr(at, field), rest, value)})
    copied = dict(at) if isinstance(at, dict) else list(at)
    copied[step] = _replaced(copied[step], rest, value)  # type: ignore[index]
    return copied
