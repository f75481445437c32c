"""Plain data of a design file (dicts and lists): look up, put, drop."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from mlsd.design import Path

Data = dict[str, Any]
T = TypeVar("T")


def at(data: Any, path: Path, default: Any = None) -> Any:
    """What stands at the path; a list of one may have dropped its brackets, so position 0 is then the thing itself."""
    step: Any
    for step in path:
        listed = isinstance(data, list)
        if (isinstance(data, dict) and step in data) or (listed and isinstance(step, int) and step < len(data)):
            data = data[step]
        elif step != 0 or listed or data is None:
            return default
    return default if data is None else data


def copied(data: T) -> T:
    """The same data in dicts and lists of its own; many times as fast as `deepcopy`, which looks for circles."""
    value: Any = data
    if isinstance(value, dict):
        value = {key: copied(inside) for key, inside in value.items()}
    elif isinstance(value, list):
        value = [copied(inside) for inside in value]
    return cast("T", value)


def entries(data: Data, path: Path) -> list[Any]:
    """The list at the path; one thing without brackets is a list of one."""
    found = at(data, path)
    if found is None:
        return []
    return list(found) if isinstance(found, list) else [found]


def put(data: Data, path: Path, value: Any) -> None:
    """Set the value, making the parts above it; nothing (None, "", [], {}) removes what stands there."""
    if value is None or value in ("", [], {}):
        drop(data, path)
        return
    node: Any = data
    step: Any
    for place, step in enumerate(path[:-1]):
        following = path[place + 1]
        below = node[step] if isinstance(node, list) or step in node else None
        if isinstance(below, str) and isinstance(following, str):
            below = node[step] = {"name": below}
        elif isinstance(following, int) and not isinstance(below, list):
            below = node[step] = [] if below is None else [below]
        elif below is None:
            below = node[step] = {}
        node = below
    node[path[-1]] = value


def drop(data: Data, path: Path) -> None:
    """Remove the value, and the parts above it that hold nothing any more."""
    above = at(data, path[:-1]) if len(path) > 1 else data
    last: Any = path[-1]
    if isinstance(above, dict):
        above.pop(last, None)
    elif isinstance(above, list) and isinstance(last, int) and last < len(above):
        del above[last]
    if len(path) > 1 and above in ({}, []):
        drop(data, path[:-1])


def name_of(entry: Any) -> str | None:
    """By what an entry of a list is called, if it has a name."""
    if isinstance(entry, dict):
        found = entry.get("id") or entry.get("name")
        return str(found) if found else None
    return entry if isinstance(entry, str) else None


def spelled(value: Any) -> Any:
    """Plain data as one writes it by hand: a bare name for an attribute, no brackets around one reference."""
    if isinstance(value, list):
        return [spelled(one) for one in value]
    if not isinstance(value, dict):
        return value
    short = {key: spelled(inside) for key, inside in value.items()}
    for key, inside in short.items():
        if key == "attributes":
            short[key] = [one["name"] if isinstance(one, dict) and list(one) == ["name"] else one for one in inside]
        elif key in ("links_to", "entity", "source") and isinstance(inside, list) and len(inside) == 1:
            short[key] = inside[0]
    return short
