"""One list or mapping turned into another by touching only what differs, so that comments stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mlsd.design import Path

Data = Any
Set = Callable[[str, Path, Data], str]
Remove = Callable[[str, Path], str]


def merge(text: str, path: Path, old: Data, new: Data, set_value: Set, remove: Remove) -> str:
    """The text in which ``old`` at the path has become ``new``; both are lists or both are mappings, not empty."""
    if isinstance(old, dict):
        return _mapping(text, path, old, new, set_value, remove)
    return _list(text, path, old, new, set_value, remove)


def same(one: Data, other: Data) -> bool:
    """Equal in kind too, all the way down: 1, 1.0 and true are three things in a file."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(same(left, right) for left, right in zip(one, other, strict=True))
    return bool(one == other)


def _mapping(text: str, path: Path, old: dict[str, Data], new: dict[str, Data], set_value: Set, remove: Remove) -> str:
    for key, value in new.items():
        if key in old and same(old[key], value):
            continue
        text = set_value(text, (*path, key), value)
    for key in old:
        if key not in new:
            text = remove(text, (*path, key))
    return text


def _list(text: str, path: Path, old: list[Data], new: list[Data], set_value: Set, remove: Remove) -> str:
    shrinks = len(new) < len(old)
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), len(new) - head) if shrinks else 0
    for position in range(head, len(new) - tail):
        if position < len(old) and same(old[position], new[position]):
            continue
        text = set_value(text, (*path, position), new[position])
    for position in reversed(range(len(new) - tail, len(old) - tail)):
        text = remove(text, (*path, position))
    return text


def _alike(one: list[Data], other: list[Data]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if not same(left, right):
            break
        count += 1
    return count
