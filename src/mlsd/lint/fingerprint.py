"""What makes a finding the same finding tomorrow: its rule, its path and the values it speaks of, never its line."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from mlsd.design import Design, Node, Path
from mlsd.design.path import value_at
from mlsd.errors import Fault, Message
from mlsd.lint.diagnostic import Diagnostic

DIGITS = 6
"""Significant digits of a number; the last ones of a computed number differ between machines."""


def fingerprint(design: Design, diagnostic: Diagnostic) -> str:
    """Sixteen hexadecimal digits.

    Entries of lists count by their ids, so that reordering them changes nothing; an entry without an id counts by the
    value that the finding is about. Neither the wording of the rule nor the language matters, nor which of several
    parts are missing: who supplies one of them has not made a new mistake.
    """
    values = {name: _steady(value) for name, value in diagnostic.message.values.items() if not _names_parts(value)}
    said = [diagnostic.code, steady_path(design, diagnostic.at), _leaf(value_at(design, diagnostic.at)), values]
    return _digest(said)


def _names_parts(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(part, Message) for part in value)


def of_fault(fault: Fault) -> str:
    """The same of a fault that kept a file from being read: its code, its path and the values it speaks of."""
    values = {name: _steady(value) for name, value in fault.message.values.items()}
    return _digest([fault.code, [str(step) for step in fault.path], fault.message.text, values])


def steady_path(design: Design, path: Path) -> str:
    """The path as people write it, without the position of an entry that has no id: ``problem.risks[].text``."""
    written = ""
    for length, step in enumerate(path, 1):
        if isinstance(step, str):
            written += f".{step}" if written else step
        else:
            entry = value_at(design, path[:length])
            name = getattr(entry, entry.identity, None) if isinstance(entry, Node) else None
            written += f"[{name or ''}]"
    return written


def _digest(said: list[Any]) -> str:
    text = json.dumps(said, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _leaf(value: Any) -> Any:
    """The value where it is one: what stands below a whole section is not what a finding about it says."""
    if isinstance(value, Node | dict) or (isinstance(value, list) and any(isinstance(item, Node) for item in value)):
        return None
    return _steady(value)


def _steady(value: Any) -> Any:
    """The value as text, the same on every machine; the order of a list is not part of it."""
    if isinstance(value, Message):
        return [value.text, {name: _steady(inner) for name, inner in value.values.items()}]
    if isinstance(value, list | tuple | set | frozenset):
        return sorted((_steady(item) for item in value), key=str)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.{DIGITS}g}"
    return None if value is None else str(value)
