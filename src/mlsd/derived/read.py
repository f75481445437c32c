"""Numbers of a design as inputs: each remembers its written path, and whether it is given or assumed."""

from __future__ import annotations

from collections.abc import Iterable

from mlsd.design import Design, Path
from mlsd.design.path import find, show, value_at
from mlsd.errors import ValueRefused
from mlsd.sizing.working import Input, Origin


def given(design: Design, *paths: str | Path) -> Input | None:
    """The number at the first of the paths that has one; None where none has."""
    for path in paths:
        try:
            at = find(design, path) if isinstance(path, str) else path
        except ValueRefused:
            continue
        value = value_at(design, at)
        if isinstance(value, int | float) and not isinstance(value, bool):
            written = show(design, at)
            return Input(written, float(value), "", written, origin_of(design, written))
    return None


def needs(design: Design, *paths: str | Path) -> dict[str, Input | None]:
    """For each path its number, or None; a path that leads nowhere yet is kept as it is written."""
    return {path if isinstance(path, str) else show(design, path): given(design, path) for path in paths}


def origin_of(design: Design, written: str) -> Origin:
    """Whether what stands at a written path is given, or assumed with it or with something above it."""
    return "assumed" if assumed(design.assumed, written) else "given"


def assumed(paths: Iterable[str], written: str) -> bool:
    """Whether the written path, or something above it, is among the assumed ones."""
    return any(written.startswith(path) and written[len(path) : len(path) + 1] in ("", ".", "[") for path in paths)
