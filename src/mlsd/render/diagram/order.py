"""The order of the cells within each column and lane: the one with the fewest crossings that a few sweeps find."""

from __future__ import annotations

from itertools import pairwise

from mlsd.render.diagram.grid import Cell, Grid

SWEEPS = 24
LARGE = 3000
"""Links beyond which crossings are no longer counted: a picture of that size is unreadable either way."""


def arrange(grid: Grid) -> None:
    """Sort every column of the grid, lanes first."""
    rank: dict[Cell, int] = {}
    for column in grid.columns:
        column.sort(key=lambda cell: cell.lane)
        rank.update((cell, place) for place, cell in enumerate(column))
    links = sum(len(route.cells) - 1 for route in grid.routes)
    if links > LARGE:
        return
    best = [list(column) for column in grid.columns]
    fewest = _crossings(grid, rank)
    for sweep in range(SWEEPS):
        rightward = sweep % 2 == 0
        for column in grid.columns if rightward else reversed(grid.columns):
            _sort(column, grid, rank, -1 if rightward else 1)
        now = _crossings(grid, rank)
        if now < fewest:
            fewest, best = now, [list(column) for column in grid.columns]
        if not fewest:
            break
    grid.columns[:] = best


def _sort(column: list[Cell], grid: Grid, rank: dict[Cell, int], side: int) -> None:
    def wish(cell: Cell) -> float:
        seen = [other for other in grid.neighbours[cell] if other.column in (cell.column, cell.column + side)]
        return sum(rank[other] for other in seen) / len(seen) if seen else rank[cell]

    column.sort(key=lambda cell: (cell.lane, wish(cell)))
    rank.update((cell, place) for place, cell in enumerate(column))


def _crossings(grid: Grid, rank: dict[Cell, int]) -> int:
    between: dict[int, list[tuple[int, int]]] = {}
    count = 0
    for route in grid.routes:
        for left, right in pairwise(route.cells):
            if left.column == right.column:
                count += max(0, abs(rank[left] - rank[right]) - 1)
            else:
                between.setdefault(left.column, []).append((rank[left], rank[right]))
    for links in between.values():
        for index, (start, end) in enumerate(links):
            count += 2 * sum((start - a) * (end - b) < 0 for a, b in links[:index])
    return count
