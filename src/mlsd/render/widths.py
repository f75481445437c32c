"""How wide the columns of a printed table are: by their longest words and by how much there is to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product, zip_longest
from math import ceil, inf
from typing import Any

from mlsd.render.fonts import REGULAR, font
from mlsd.render.tree import Inline, words

MONO = "JetBrainsMono-Regular.ttf"
PAPER, PADDING = 459.0, 11.0
"""Width of the text on A4 and air of one column, in pt."""

SIZES = (8.2, 7.5, 6.9)
"""Sizes of a table's type in pt; the first in which no cell needs more than LINES lines."""

LINES, RAGGED = 4.0, 1.12
"""Lines of a cell that reads well; how much wider a broken text is than its words."""

MOST = 200.0
"""Lines of a cell where its column has no room at all."""

CAPS = (1000.0, 110.0, 90.0, 70.0, 54.0)
"""A word wider than this, in pt, may be broken; the last is for tables with very many columns."""

PARTS, WEIGHTS = (0.9, 0.75, 0.5), (0.5, 1.0)
"""Parts of the cells, from the shortest, by which columns may be measured instead of by all; how much that counts."""

TOWER = 6
"""Lines of a cell that no table may have for the sake of its other cells."""

_JOINTS = re.compile(r"[ \n]|(?<=[_./:\[\]])")


def measured(head: Sequence[Inline], rows: Sequence[Sequence[Inline]]) -> dict[str, Any]:
    """``widths`` of the columns, in pt if ``fixed`` (a small table), else as shares; ``size`` of the type in pt.

    ``hyphens``: the columns in which some word has to be broken.
    """
    columns = [[head[place], *(row[place] for row in rows if place < len(row))] for place in range(len(head))]
    sizes = [[_width(cell) for cell in column] for column in columns]
    natural = [max(column) for column in sizes]
    whole = [_longest_word(column[:1]) for column in columns]
    longest = [max(_longest_word(column), first) for column, first in zip(columns, whole, strict=True)]
    found: list[tuple[float, float, list[float]]] = []
    for size in SIZES:
        room = PAPER - PADDING * len(head)
        full = [width * size for width in natural]
        if sum(full) < 0.55 * room:
            return {"widths": _padded(full), "fixed": True, "size": size, "hyphens": [False] * len(head)}
        cap = next((cap for cap in CAPS if sum(_least(longest, whole, size, cap)) <= room), CAPS[-1])
        least = _least(longest, whole, size, cap)
        lines, widths = _shared(full, least, room)
        found.append((lines, size, widths))
        if lines <= LINES:
            found[-1] = (lines, size, _lower(sizes, size, widths, least, room))
            break
    _, size, widths = found[-1] if found[-1][0] <= LINES else min(found, key=lambda choice: round(choice[0]))
    hyphens = [word * size > width for word, width in zip(longest, widths, strict=True)]
    return {"widths": _padded(widths), "fixed": False, "size": size, "hyphens": hyphens}


def _padded(widths: Sequence[float]) -> list[float]:
    return [round(width + PADDING, 1) for width in widths]


def _least(longest: Sequence[float], whole: Sequence[float], size: float, cap: float) -> list[float]:
    """Widths below which words break; the words of the head never do."""
    return [max(min(cap, word * size), first * size) for word, first in zip(longest, whole, strict=True)]


def _shared(full: Sequence[float], least: Sequence[float], room: float) -> tuple[float, list[float]]:
    """The fewest lines in which every cell fits, and the widths that this takes: one part of each full width for all
    columns but those that are held at their least.
    """
    if sum(map(max, full, least)) <= room:
        return 1.0, list(full)
    free = [column for column, wide in enumerate(full) if wide > 0]
    part = 0.0
    while free:
        held = sum(least) - sum(least[column] for column in free)
        part = (room - held) / sum(full[column] for column in free)
        wider = [column for column in free if part * full[column] >= least[column]]
        if len(wider) == len(free):
            break
        free = wider
    if not free:
        return MOST, list(least)
    return RAGGED / part, [max(small, part * wide) for wide, small in zip(full, least, strict=True)]


def _lower(
    sizes: Sequence[Sequence[float]], size: float, widths: list[float], least: Sequence[float], room: float
) -> list[float]:
    """Widths with which the table is lower, if there are: a few long cells need not make all other columns narrow."""
    best, lowest = widths, _height(sizes, size, widths)
    for part, weight in product(PARTS, WEIGHTS):
        usual = [_usual(column, part, weight) * size for column in sizes]
        _, tried = _shared(usual, least, room)
        spare = (room - sum(tried)) / len(tried)
        tried = [width + spare for width in tried]
        height = _height(sizes, size, tried)
        if height < lowest:
            best, lowest = tried, height
    return best


def _usual(column: Sequence[float], part: float, weight: float) -> float:
    """Between the widest cell of a column and one that so large a part of them does not exceed."""
    return weight * sorted(column)[int(part * (len(column) - 1))] + (1 - weight) * max(column)


def _height(sizes: Sequence[Sequence[float]], size: float, widths: Sequence[float]) -> float:
    """Lines of all rows together, each as high as its highest cell; without end if a cell is a tower."""
    cells = ([_lines(cell * size / width) for cell in column] for column, width in zip(sizes, widths, strict=True))
    rows = [max(row) for row in zip_longest(*cells, fillvalue=1)]
    return sum(rows) if max(rows) <= TOWER else inf


def _lines(lengths: float) -> int:
    return 1 if lengths <= 1 else ceil(RAGGED * lengths)


def _width(nodes: Sequence[Any]) -> float:
    """Width of a cell on one line, in sizes of the type."""
    return sum(_part(node, words([node])[:300]) for node in nodes)


def _part(node: Any, text: str) -> float:
    code = isinstance(node, dict) and node["t"] == "code"
    return font(MONO if code else REGULAR).width(text, 0.92 if code else 1.05)


def _longest_word(cells: Sequence[Sequence[Any]]) -> float:
    return max(
        (_part(node, word) for cell in cells for node in cell for word in _JOINTS.split(words([node])[:2000])),
        default=0.0,
    )
