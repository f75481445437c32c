"""Keys and entries taken out."""

from __future__ import annotations

import re
from typing import Final

from mlsd.design import Path
from mlsd.storage.ground import Ground
from mlsd.storage.replacement import dash_of, replace

_COMMA_AFTER: Final = re.compile(r"[ \t]*,[ \t]*")
_COMMA_BEFORE: Final = re.compile(r",[ \t]*(?:(?:\r\n|\n|\r)[ \t]*)?\Z")
_BREAK: Final = re.compile(r"\r\n|\n|\r")


def cut(ground: Ground, path: Path) -> str:
    """The text without what stands at a path that is there."""
    parent = ground.node(path[:-1])
    alone = len(parent[2] or ()) == 1
    if ground.is_flow(parent):
        return _from_flow(ground, path)
    if alone and len(path) > 1:
        return replace(ground, path[:-1], [] if isinstance(parent[2], list) else {})
    return _from_block(ground, path)


def _from_block(ground: Ground, path: Path) -> str:
    entry, node = ground.tree.entry(path) or (None, ground.node(path))
    start = entry[0] if entry is not None else dash_of(ground, path)
    end = ground.line_end(node[1])
    begin = ground.line_start(start)
    if not ground.text[begin:start].strip(" \ufeff"):
        return (
            ground.text[: max(begin, 1 if ground.text.startswith("\ufeff") else 0)] + ground.text[_after(ground, end) :]
        )
    after = _after(ground, end)
    while ground.text[after : after + 1] == " ":
        after += 1
    return ground.text[:start] + ground.text[after:]


def _from_flow(ground: Ground, path: Path) -> str:
    entry, node = ground.tree.entry(path) or (None, ground.node(path))
    start, end = (entry[0] if entry is not None else node[0]), node[1]
    text = ground.text
    comma = _COMMA_AFTER.match(text, end)
    if comma:
        begin, after = ground.line_start(start), _after(ground, comma.end())
        if after > comma.end() and not text[begin:start].strip(" \t"):
            return text[:begin] + text[after:]  # it has its lines to itself, and no hole is left of them
        return text[:start] + text[comma.end() :]
    earlier = _COMMA_BEFORE.search(text, _end_before(ground, path), start)
    return text[: earlier.start() if earlier else start] + text[end:]


def _end_before(ground: Ground, path: Path) -> int:
    """The end of the entry before, or the start of what holds them."""
    parent = ground.node(path[:-1])
    nodes = [below[2] for below in parent[2].values()] if isinstance(parent[2], dict) else list(parent[2] or [])
    position = list(parent[2]).index(str(path[-1])) if isinstance(parent[2], dict) else path[-1]
    return nodes[position - 1][1] if isinstance(position, int) and position > 0 else parent[0]


def _after(ground: Ground, end: int) -> int:
    found = _BREAK.match(ground.text, end)
    return found.end() if found else end
