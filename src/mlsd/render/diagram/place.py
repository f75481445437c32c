"""Where the cells stand: lanes below one another, cells level with what they are joined to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from mlsd.render.diagram.grid import Cell, Grid

PAD, BETWEEN = 16.0, 8.0
"""Air inside a lane above and below its boxes; distance between two lanes."""

ROUNDS = 30


class Band(NamedTuple):
    """A lane's place on paper, in px."""

    top: float
    height: float


def place(grid: Grid, least: Sequence[float]) -> list[Band]:
    """Set every cell's ``y`` and return the lanes' bands; a lane is at least as tall as ``least`` says."""
    bands = _bands(grid, least)
    rows = [
        [cells for lane in range(grid.lanes) if (cells := grid.lane_of(column, lane))]
        for column in range(len(grid.columns))
    ]
    for stacks in rows:
        for cells in stacks:
            band = bands[cells[0].lane]
            _settle(cells, [band.top + band.height / 2] * len(cells), band, grid)
    for turn in range(ROUNDS):
        for stacks in rows if turn % 2 == 0 else reversed(rows):
            for cells in stacks:
                _settle(cells, [_wish(cell, grid) for cell in cells], bands[cells[0].lane], grid)
    return bands


def _bands(grid: Grid, least: Sequence[float]) -> list[Band]:
    bands: list[Band] = []
    top = BETWEEN
    for lane in range(grid.lanes):
        stacks = [grid.lane_of(column, lane) for column in range(len(grid.columns))]
        height = max([_tall(cells, grid) for cells in stacks if cells] + [least[lane]]) + 2 * PAD
        bands.append(Band(top, height))
        top += height + BETWEEN
    return bands


def _tall(cells: Sequence[Cell], grid: Grid) -> float:
    return sum(cell.height for cell in cells) + sum(grid.gap(a, b) for a, b in pairwise(cells))


def _wish(cell: Cell, grid: Grid) -> float:
    """The weighted mean height of what the cell is joined to: its own lane counts most, straight passages too."""
    pulls = [
        (other.y, (6.0 if not (cell.node and other.node) else 3.0) if other.lane == cell.lane else 0.4)
        for other in grid.neighbours[cell]
        if other.column != cell.column
    ]
    return sum(y * weight for y, weight in pulls) / sum(weight for _, weight in pulls) if pulls else cell.y


def _settle(cells: Sequence[Cell], wishes: Sequence[float], band: Band, grid: Grid) -> None:
    """Bring the cells as near to their wishes as order, gaps and band allow (pool adjacent violators)."""
    offsets: list[float] = []
    used = 0.0
    for index, cell in enumerate(cells):
        offsets.append(used + cell.height / 2)
        used += cell.height + (grid.gap(cell, cells[index + 1]) if index + 1 < len(cells) else 0.0)
    blocks: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        start, count = wish - offset, 1
        while blocks and blocks[-1][0] > start:
            above, number = blocks.pop()
            start, count = (above * number + start * count) / (number + count), number + count
        blocks.append((start, count))
    low = band.top + PAD
    high = max(low, band.top + band.height - PAD - used)
    starts = [min(max(start, low), high) for start, count in blocks for _ in range(count)]
    for cell, start, offset in zip(cells, starts, offsets, strict=True):
        cell.y = start + offset
