"""Answers given beforehand: `--data` mappings and `--set path=value`."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from mlsd.design import Path
from mlsd.design.place import steps
from mlsd.errors import Message, Unreadable, UsageError, ValueRefused
from mlsd.interview import typed
from mlsd.interview.plain import Data, copied, entries, name_of, put
from mlsd.storage.commas import cut_numbers
from mlsd.storage.loader import read
from mlsd.storage.reader import parse
from mlsd.storage.schema import keys_at, model_at


def data_of(file: str) -> Data:
    """The answers of a file, or of standard input for ``-``: a design file, whole or in part.

    Raises UsageError or Unreadable; an unknown key is named with the nearest right one.
    """
    return dict(read(file).data)


def overlaid(data: Data, given: Mapping[str, Any]) -> Data:
    """The data with what is given on top: mappings are joined, everything else replaces what stood there."""
    result = copied(data)
    for key, value in given.items():
        before = result.get(key)
        both = isinstance(before, dict) and isinstance(value, Mapping)
        result[key] = overlaid(before, value) if both else copied(value)  # type: ignore[arg-type]
    return result


def with_set(data: Data, assignment: str) -> Data:
    """The data after ``path=value``.

    Raises UsageError for a path no design has, ValueRefused for a value it cannot hold.
    """
    written, sign, text = assignment.partition("=")
    if not sign or not written.strip():
        raise UsageError(
            Message("“{text}” sets nothing.", text=assignment), Message("Write --set problem.goal.target=1.95")
        )
    result = copied(data)
    path = place(result, written.strip())
    if path == ("mlsd",):
        raise UsageError(Message("The version of the file format is not for --set."), Message("Leave out --set mlsd."))
    try:
        put(result, path, _value(path, text, data.get("currency")))
    except ValueRefused as refused:
        message = Message("--set {path}: {reason}", path=written.strip(), reason=refused.message)
        raise ValueRefused(message, refused.hint, refused.place) from None
    return result


def place(data: Data, written: str) -> Path:
    """The path that is meant; an entry that is not there yet is added with its id. Raises UsageError."""
    path: Path = ()
    for step in steps(written):
        if step.startswith("["):
            path += (_position(data, path, step[1:-1]),)
            continue
        known = keys_at(path)
        if step not in known:
            raise _unknown(written, step, known)
        path += (step,)
    return path


def _position(data: Data, path: Path, name: str) -> int:
    found = entries(data, path)
    for position, entry in enumerate(found):
        if name_of(entry) == name:
            return position
    if name.isdecimal() and int(name) < len(found):
        return int(name)
    if name.isdecimal() and int(name) == len(found):
        put(data, path, [*found, {}])
        return int(name)
    if not {"id", "name"} & set(keys_at((*path, 0))):
        raise UsageError(
            Message("There is no entry “{name}” here.", name=name), Message("Its entries are counted from 0.")
        )
    key = "id" if "id" in keys_at((*path, 0)) else "name"
    put(data, path, [*found, {key: name}])
    return len(found)


def _value(path: Path, text: str, currency: str | None) -> Any:
    """The value as the field's type reads it; where more than one word may stand, braces and brackets are YAML."""
    plain = not isinstance(path[-1], int) and typed.kind(path).is_prose
    yaml = text.strip()[:1] in ("{", "[") and not plain
    if yaml or isinstance(path[-1], int) or _holds_node(path):
        written = f"value: {text}"
        data, places = parse(written, "--set")
        if cut := cut_numbers(data, places, written):
            raise Unreadable("--set", cut, written)
        return data.get("value")
    return typed.read(path, text, currency)


def _holds_node(path: Path) -> bool:
    return isinstance(path[-1], str) and model_at(path) is not None and not text_form(path)


def text_form(path: Path) -> bool:
    """Whether the node at the path may be written as one text: ``5% relative``, ``80/10/10``."""
    model = model_at(path)
    return model is not None and model.__name__ in ("Effect", "Split")


def _unknown(written: str, step: str, known: list[str]) -> UsageError:
    near = get_close_matches(step, known, 1, 0.5)
    message = Message("“{path}” leads nowhere: there is no “{step}” here.", path=written, step=step)
    if near:
        return UsageError(message, Message("Did you mean “{near}”?", near=near[0]))
    return UsageError(message, Message("The keys here are: {known}.", known=known) if known else None)
