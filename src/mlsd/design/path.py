"""Written paths: ``pipeline.components[ranker].p99_ms``, keys joined by dots, an entry of a list by its id."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import Any

from mlsd.design.node import Node
from mlsd.design.place import Path, steps
from mlsd.errors import Message, ValueRefused


def show(root: Node, path: Path) -> str:
    """The path as people write it; an entry without an id by its position, counted from 0."""
    written, value = "", root
    for step in path:
        value = _step(value, step)
        if isinstance(step, str):
            written += f".{step}" if written else step
        else:
            written += f"[{_name(value) or step}]"
    return written


def find(root: Node, text: str) -> Path:
    """The path that a written one means in this design. Raises ValueRefused with the nearest right step."""
    path: Path = ()
    value: Any = root
    for step in steps(text):
        found = _entry(value, step[1:-1]) if step.startswith("[") else _key(value, step)
        if found is None:
            raise _unknown(value, step, text)
        path += (found,)
        value = _step(value, found)
    return path


def value_at(root: Node, path: Path) -> Any:
    """What stands at the path; None where nothing does."""
    value: Any = root
    for step in path:
        value = _step(value, step)
    return value


def field_of(node: Node | type[Node], key: str) -> str | None:
    """The Python name of the field that the file calls ``key`` (they differ for ``from``)."""
    return _fields(node if isinstance(node, type) else type(node)).get(key)


@cache
def _fields(node: type[Node]) -> dict[str, str]:
    return {info.alias or name: name for name, info in node.model_fields.items()}


def _step(value: Any, step: str | int) -> Any:
    if isinstance(value, Node):
        name = _fields(value.__class__).get(step) if isinstance(step, str) else None
        return getattr(value, name) if name else None
    if isinstance(value, list) and isinstance(step, int):
        return value[step] if step < len(value) else None
    if isinstance(value, dict):
        return value.get(step)
    return None


def _name(value: Any) -> str | None:
    name = getattr(value, value.identity, None) if isinstance(value, Node) else None
    return str(name) if name else None


def _key(value: Any, step: str) -> str | None:
    if isinstance(value, Node):
        return step if field_of(value, step) else None
    return step if isinstance(value, dict) and step in value else None


def _entry(value: Any, step: str) -> int | None:
    if not isinstance(value, list):
        return None
    for position, entry in enumerate(value):
        if _name(entry) == step:
            return position
    return int(step) if step.isdecimal() and int(step) < len(value) else None


def _unknown(value: Any, step: str, text: str) -> ValueRefused:
    if isinstance(value, list):
        known = [_name(entry) or str(position) for position, entry in enumerate(value)]
    elif isinstance(value, Node):
        known = [info.alias or name for name, info in type(value).model_fields.items()]
    else:
        known = list(value) if isinstance(value, dict) else []
    near = get_close_matches(step.strip("[]"), known, 1)
    hint = Message("Did you mean {near}?", near=near[0]) if near else None
    return ValueRefused(
        Message("The path “{text}” leads nowhere: nothing here is called {step}.", text=text, step=step), hint
    )
