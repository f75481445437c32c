"""Keys and entries that were not there, put where the schema would have them."""

from __future__ import annotations

from typing import Any

from mlsd.design import STAGES, Path
from mlsd.storage.ground import Ground
from mlsd.storage.layout import entry, flow, pair
from mlsd.storage.replacement import replace
from mlsd.storage.schema import keys_at
from mlsd.storage.spans import Node
from mlsd.storage.words import WIDEST, word

Data = Any


def add_key(ground: Ground, path: Path, key: str, value: Data) -> str:
    """The text with a new key in the mapping at the path."""
    node = ground.node(path)
    inside = node[2]
    if not isinstance(inside, dict) or (not inside and not path and not ground.is_flow(node)):
        return _first_of_file(ground, key, value)
    if ground.is_flow(node):
        before = _before(path, key, list(inside))
        last = inside[before][2][1] if before is not None else None
        return _into_flow(ground, node, last, f"{word(key, flow=True)}: {flow(value)}", bool(inside))
    if ground.in_flow(path):
        return replace(ground, path, {**ground.value(path), key: value})
    before = _before(path, key, list(inside))
    spread = not path and key in STAGES
    if before is None:
        first = next(iter(inside.values()))[0]
        column = ground.column(first)
        piece = pair(key, value, column, spread) + "\n" + " " * column
        return _spliced(ground, first, piece)
    column = ground.column(inside[before][0])
    apart = "\n" if not path and (key in STAGES or before in STAGES) else ""
    piece = "\n" + apart + " " * column + pair(key, value, column, spread)
    return _spliced(ground, ground.end_with_comments(inside[before][2], column), piece)


def add_entry(ground: Ground, path: Path, value: Data) -> str:
    """The text with a new last entry in the list at the path, which has entries."""
    node = ground.node(path)
    inside = node[2]
    last = inside[-1] if isinstance(inside, list) else node
    if ground.is_flow(node):
        return _into_flow(ground, node, last[1], flow(value), True)
    column = ground.column(node[0])
    piece = "\n" + " " * column + entry(value, column)
    return _spliced(ground, ground.end_with_comments(last, column), piece)


def add_second(ground: Ground, path: Path, value: Data) -> str:
    """The text in which a list of one without brackets has become a list of two."""
    node = ground.node(path)
    old = ground.value(path)
    if ground.is_flow(node) or ground.in_flow(path):
        whole = ground.text[node[0] : node[1]] if node[2] is not None else flow(old)
        whole = whole if node[2] is None or ground.is_flow(node) else "{" + whole + "}"
        piece = flow(value)
        wide = ground.column(node[1]) + len(piece) + 4 > WIDEST
        between = "," + ground.newline + " " * (ground.column(node[0]) + 1) if wide else ", "
        return ground.text[: node[0]] + "[" + whole + between + piece + "]" + ground.text[node[1] :]
    if node[2] is None:
        return replace(ground, path, [old, value])
    column = ground.column(node[0])
    end = ground.end_with_comments(node, column)
    block = ground.text[node[0] : end].split("\n")
    shifted = "- " + "\n".join([block[0], *("  " + line if line.strip() else line for line in block[1:])])
    added = ("\n" + " " * column + entry(value, column)).replace("\n", ground.newline)
    return ground.text[: node[0]] + shifted + added + ground.text[end:]


def _before(path: Path, key: str, siblings: list[str]) -> str | None:
    """The sibling after which the key belongs; None if it belongs before all."""
    order = {name: rank for rank, name in enumerate(keys_at(path))}
    if not siblings:
        return None
    if key not in order or not any(name in order for name in siblings):
        return siblings[-1]
    lower = [name for name in siblings if name in order and order[name] < order[key]]
    return max(lower, key=order.__getitem__) if lower else None


def _into_flow(ground: Ground, node: Node, last: int | None, piece: str, filled: bool) -> str:
    if last is None:
        at = node[0] + 1
        return ground.text[:at] + piece + (", " if filled else "") + ground.text[at:]
    wide = ground.column(last) + len(piece) + 3 > WIDEST
    between = "," + ground.newline + " " * (ground.column(node[0]) + 1) if wide else ", "
    return ground.text[:last] + between + piece + ground.text[last:]


def _first_of_file(ground: Ground, key: str, value: Data) -> str:
    start, end = ground.tree.root[:2]
    text = ground.text if start == end else ground.text[:start] + ground.text[end:]
    lead = "" if not text.removeprefix("\ufeff") or text.endswith(("\n", "\r")) else ground.newline
    return text + lead + (pair(key, value, 0, key in STAGES) + "\n").replace("\n", ground.newline)


def _spliced(ground: Ground, at: int, piece: str) -> str:
    ending = "\n" if at == len(ground.text) else ""
    return ground.text[:at] + (piece + ending).replace("\n", ground.newline) + ground.text[at:]
