"""A whole design as beautiful YAML: stages apart, small things on one line, texts as blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd.design import STAGES, Design
from mlsd.storage.words import WIDEST, as_written, block, word

Data = Any


def dump(design: Design | Mapping[str, Data], header: str = "") -> str:
    """A design as the text of its file, in the order of its keys; ``header`` stands above it as a comment.

    Reading the text gives the same data again.
    """
    data = as_written(design.filled() if isinstance(design, Design) else design)
    lines = [f"# {line}".rstrip() if not line.startswith("#") else line for line in header.splitlines()]
    before = ""
    for key, value in data.items():
        if lines and (key in STAGES or before in STAGES):
            lines.append("")
        lines.append(pair(key, value, 0, spread=key in STAGES))
        before = key
    return "\n".join(lines) + "\n" if lines else ""


def pair(key: str, value: Data, indent: int, spread: bool = False) -> str:
    """``key: value`` at a column, over as many lines as it needs; ``spread`` keeps a mapping off one line."""
    name = word(key, flow=False)
    return f"{name}:{after_key(value, indent, indent + len(name) + 1, spread)}"


def after_key(value: Data, indent: int, column: int, spread: bool = False) -> str:
    """What follows the colon of a key at column ``indent``: a blank and a word, or lines below."""
    if isinstance(value, Mapping) and value:
        small = not spread and _is_small(value) and _fits(value, column + 1)
        return f" {flow(value)}" if small else "\n" + _under(value, indent + 2)
    if isinstance(value, list) and value:
        small = not any(isinstance(entry, Mapping) for entry in value) and _fits(value, column + 1)
        return f" {flow(value)}" if small else "\n" + _entries(value, indent + 2)
    return " " + _word_or_block(value, indent + 2, column + 1)


def entry(value: Data, indent: int) -> str:
    """``- value``, the dash at column ``indent``."""
    if isinstance(value, Mapping) and value:
        return "- " + (flow(value) if _fits(value, indent + 2) else _under(value, indent + 2).lstrip(" "))
    if isinstance(value, list) and value:
        return "- " + (flow(value) if _fits(value, indent + 2) else _entries(value, indent + 2).lstrip(" "))
    return "- " + _word_or_block(value, indent + 2, indent + 2)


def flow(value: Data) -> str:
    """Anything on one line, with braces and brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{word(key, flow=True)}: {flow(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(below) for below in value) + "]"
    return word(value, flow=True)


def _under(value: Mapping[str, Data], indent: int) -> str:
    return "\n".join(" " * indent + pair(key, below, indent) for key, below in value.items())


def _entries(value: Sequence[Data], indent: int) -> str:
    return "\n".join(" " * indent + entry(below, indent) for below in value)


def _word_or_block(value: Data, indent: int, column: int) -> str:
    if isinstance(value, Mapping | list):
        return flow(value)
    lines = block(value, indent, column) if isinstance(value, str) else None
    return lines if lines is not None else word(value, flow=False)


def _is_small(value: Mapping[str, Data]) -> bool:
    return not any(
        isinstance(below, list) and any(isinstance(entry, Mapping) for entry in below) for below in value.values()
    )


def _fits(value: Data, column: int) -> bool:
    return not _has_lines(value) and column + len(flow(value)) <= WIDEST


def _has_lines(value: Data) -> bool:
    if isinstance(value, Mapping):
        return any(_has_lines(below) for below in value.values())
    if isinstance(value, list):
        return any(_has_lines(below) for below in value)
    return isinstance(value, str) and "\n" in value
