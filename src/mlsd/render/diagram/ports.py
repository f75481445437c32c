"""Where arrows leave and enter their boxes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from mlsd.render.diagram.grid import Cell, Grid, Route

Ports = dict[tuple[Route, Cell], float]
"""The height at which a route touches a cell, in px."""

NEAR = 14.0
"""A step of fewer px than this between two ports is levelled out where there is room."""


def is_straight(route: Route, grid: Grid) -> bool:
    """Whether both ends stand directly above one another with room for the label: the arrow is one vertical line."""
    if not route.within_column:
        return False
    tail, head = route.cells
    if abs(tail.y - head.y) - (tail.height + head.height) / 2 < route.label_height + 12:
        return False
    column = grid.columns[route.cells[0].column]
    first, last = sorted(column.index(cell) for cell in route.cells)
    ends = {*route.cells}
    rivals = [other for other in grid.routes if other.within_column and {*other.cells} == ends]
    return last - first == 1 and rivals[0] is route


def ports(grid: Grid) -> tuple[Ports, Ports]:
    """The ports on the right and on the left side of every cell that a route touches there."""
    right: dict[Cell, list[tuple[Route, Cell]]] = {}
    left: dict[Cell, list[tuple[Route, Cell]]] = {}
    for route in grid.routes:
        if is_straight(route, grid):
            continue
        for here, there in pairwise(route.cells):
            right.setdefault(here, []).append((route, there))
            (right if route.within_column else left).setdefault(there, []).append((route, here))
    outgoing = _spread(right, lambda route, cell: _room(route, cell))
    incoming = _spread(left, lambda route, cell: 11.0)
    _level(grid, outgoing, incoming)
    return outgoing, incoming


def _room(route: Route, cell: Cell) -> float:
    """Height that an arrow needs at its left end, label included; a label stands where the arrow meets a box first."""
    return max(12.0, route.label_height + 4) if cell is route.cells[0] else 12.0


def _spread(sides: dict[Cell, list[tuple[Route, Cell]]], room: Callable[[Route, Cell], float]) -> Ports:
    found: Ports = {}
    for cell, held in sides.items():
        held.sort(key=lambda pair: (pair[1].y, pair[0].cells[-1].y))
        heights = [room(route, cell) if cell.node else 0.0 for route, _ in held]
        used = sum(heights)
        y = cell.y - used / 2
        for (route, _), height in zip(held, heights, strict=True):
            y += height
            found[route, cell] = y - 6.0 if len(held) > 1 else _alone(cell, height)
    return found


def _alone(cell: Cell, height: float) -> float:
    return max(cell.y, cell.y - cell.height / 2 + height - 6.0) if height > 12 else cell.y


def _level(grid: Grid, outgoing: Ports, incoming: Ports) -> None:
    """Make small steps straight: an arrow enters a box where it comes from, if no other arrow is in its way there."""
    taken: dict[Cell, list[Route]] = {}
    for route, cell in incoming:
        taken.setdefault(cell, []).append(route)
    for route in grid.routes:
        for here, there in pairwise(route.cells):
            if (route, there) not in incoming or not there.node:
                continue
            wanted, now = outgoing[route, here], incoming[route, there]
            others = [incoming[other, there] for other in taken[there] if other is not route]
            clear = all(abs(other - wanted) >= 8 and (other < wanted) == (other < now) for other in others)
            if 0 < abs(wanted - now) <= NEAR and clear and abs(wanted - there.y) <= there.height / 2 - 8:
                incoming[route, there] = wanted
