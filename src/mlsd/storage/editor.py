"""Edits of a design file that keep every comment and every byte beside the value they touch."""

from __future__ import annotations

from copy import copy
from typing import Any

from mlsd.design import Path
from mlsd.errors import Message, Unreadable, ValueRefused
from mlsd.storage.ground import ground_of
from mlsd.storage.insertion import add_entry, add_key, add_second
from mlsd.storage.merge import merge, same
from mlsd.storage.removal import cut
from mlsd.storage.replacement import replace
from mlsd.storage.spelled import expanded, nested, put
from mlsd.storage.words import as_written

Data = Any


def set_value(text: str, path: Path, value: Data) -> str:
    """The text with a scalar, list or mapping at the path.

    What stands there is replaced, span for span; lists and mappings are compared and only what differs is touched. What
    is missing is inserted in the order of the schema, with its parents; the position after the last appends.
    Raises Unreadable if the text is no design file, ValueRefused if the path does not lead into it.
    """
    ground, value = ground_of(text), as_written(value)
    here, rest = ground.known(path)
    old = ground.value(here)
    if not rest:
        if same(old, value):
            return text
        if mergeable(old, value):
            return merge(text, here, old, value, set_value, remove)
        return _checked(replace(ground, here, value), _with(ground.data, here, value), here)
    step, below = rest[0], nested(rest[1:], value)
    if isinstance(old, dict) and isinstance(step, str):
        return _checked(add_key(ground, here, step, below), _with(ground.data, here, {**old, step: below}), here)
    if isinstance(old, list) and step == len(old):
        edited = add_entry(ground, here, below) if old else replace(ground, here, [below])
        return _checked(edited, _with(ground.data, here, [*old, below]), here)
    if old is None:
        whole = nested(rest, value)
        return _checked(replace(ground, here, whole), _with(ground.data, here, whole), here)
    if not isinstance(old, list) and step == 1:
        return _checked(add_second(ground, here, below), _with(ground.data, here, [old, below]), here)
    if isinstance(old, list | dict) or isinstance(step, int):
        raise _no_way(step)
    return set_value(text, here, put(expanded(here, old, step), rest, value))


def remove(text: str, path: Path) -> str:
    """The text without the key or list entry at the path, and without the comment behind it on its own lines.

    What becomes empty stays as ``{}`` or ``[]``. Raises Unreadable if the text is no design file, ValueRefused if
    nothing stands at the path.
    """
    ground = ground_of(text)
    here, rest = ground.known(path)
    if rest or not here:
        raise _no_way(rest[0] if rest else "")
    around = copy(ground.value(here[:-1]))
    del around[here[-1]]
    return _checked(cut(ground, here), _with(ground.data, here[:-1], around), here)


def rename(text: str, path: Path, key: str) -> str:
    """The text with the key at the path called otherwise; its value, its place and its comments stay.

    Raises Unreadable if the text is no design file, ValueRefused if no key stands at the path, or the new one does.
    """
    ground = ground_of(text)
    here, rest = ground.known(path)
    entry, _ = ground.at(here) or (None, None)
    if rest or entry is None:
        raise _no_way(rest[0] if rest else "")
    around = ground.value(here[:-1])
    if key in around:
        raise ValueRefused(Message("There is a “{key}” here already.", key=key), Message("Keep one of the two."))
    renamed = {key if name == here[-1] else name: value for name, value in around.items()}
    return _checked(text[: entry[0]] + key + text[entry[1] :], _with(ground.data, here[:-1], renamed), here)


def mergeable(old: Data, new: Data) -> bool:
    """True if both are mappings, or both are lists, with something in them."""
    return bool(old and new) and any(isinstance(old, kind) and isinstance(new, kind) for kind in (dict, list))


def _with(data: Data, path: Path, value: Data) -> Data:
    """The data with the value at the path; what the path does not lead through is shared, not copied."""
    if not path:
        return value
    changed = copy(data)
    changed[path[0]] = _with(data[path[0]], path[1:], value)
    return changed


def _checked(edited: str, expected: Data, path: Path) -> str:
    """The edited text, read again: an edit that would change anything else is refused."""
    try:
        ground = ground_of(edited)
    except Unreadable:
        raise _by_hand(path) from None
    if ground.data != expected:
        raise _by_hand(path)
    return edited


def _by_hand(path: Path) -> ValueRefused:
    return ValueRefused(
        Message("{path} is written in a way that cannot be changed without its neighbours.", path=_shown(path)),
        Message("Change it in an editor."),
    )


def _no_way(step: str | int) -> ValueRefused:
    if isinstance(step, int):
        return ValueRefused(
            Message("There is no entry at position {position}.", position=step),
            Message("Name an entry that is there, or the position after the last."),
        )
    return ValueRefused(Message("There is no “{key}” here.", key=step), Message("Name the entry first, then its key."))


def _shown(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
