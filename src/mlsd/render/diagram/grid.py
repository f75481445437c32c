"""The grid of a drawing: cells in columns and lanes. An arrow over several columns passes through empty cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mlsd.render.diagram.columns import Columns
from mlsd.render.diagram.graph import Edge, Graph, Node
from mlsd.render.diagram.words import ARROW, DETAIL, LABEL, shown, width, wrap

TEXT_WIDTH, ARROW_WIDTH = 112.0, 88.0
"""The widest line in a box and on an arrow, in px."""

LABEL_LINE, DETAIL_LINE, ARROW_LINE = 15.0, 13.0, 12.0
PASSAGE = 12.0
"""Height of an empty cell that an arrow passes through."""


@dataclass(eq=False)
class Cell:
    """A place in the grid: a node's box, or with no node a passage for an arrow. ``y`` is its middle."""

    column: int
    lane: int
    node: Node | None = None
    label: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()
    width: float = 0.0
    height: float = PASSAGE
    y: float = 0.0


@dataclass(eq=False)
class Route:
    """An arrow's way through the grid, cells from left to right; ``reversed``: the arrow points to the left."""

    edge: Edge
    cells: list[Cell]
    label: tuple[str, ...]
    reversed: bool = False

    @property
    def within_column(self) -> bool:
        """Whether both ends stand in one column."""
        return self.cells[0].column == self.cells[-1].column

    @property
    def label_width(self) -> float:
        """Width of the label's widest line in px."""
        return max((width(line, ARROW) for line in self.label), default=0.0)

    @property
    def label_height(self) -> float:
        """Height of the label in px, with the air below it."""
        return len(self.label) * ARROW_LINE + 3 if self.label else 0.0


@dataclass(eq=False)
class Grid:
    """All cells by column, top to bottom, and all routes."""

    lanes: int
    columns: list[list[Cell]]
    routes: list[Route]
    neighbours: dict[Cell, list[Cell]] = field(default_factory=dict)

    def gap(self, upper: Cell, lower: Cell) -> float:
        """Least distance in px between two cells above one another; passing arrows may come closer than boxes."""
        if not (upper.node and lower.node):
            return 12.0 if upper.node or lower.node else 2.0
        ends = {upper, lower}
        straight = [route for route in self.routes if route.within_column and {*route.cells} == ends]
        return 20.0 + max((route.label_height + 8 for route in straight), default=0.0)

    def lane_of(self, column: int, lane: int) -> list[Cell]:
        """The cells of one lane in one column, top to bottom."""
        return [cell for cell in self.columns[column] if cell.lane == lane]


def grid(graph: Graph, place: Columns) -> Grid:
    """The cells and routes of a graph, in the order the graph names them."""
    lanes = {lane.id: number for number, lane in enumerate(graph.lanes)}
    box = {node.id: _box(node, place[node.id], lanes[node.lane]) for node in graph.nodes}
    made = Grid(len(lanes), [[] for _ in range(max(place.values(), default=-1) + 1)], [])
    for cell in box.values():
        made.columns[cell.column].append(cell)
    for edge in graph.joined():
        made.routes.append(_route(edge, box[edge.source], box[edge.target], made))
    _grow(made.routes)
    made.neighbours = {cell: [] for column in made.columns for cell in column}
    for route in made.routes:
        for left, right in pairwise(route.cells):
            made.neighbours[left].append(right)
            made.neighbours[right].append(left)
    return made


def _box(node: Node, column: int, lane: int) -> Cell:
    label = wrap(node.label, TEXT_WIDTH, LABEL, 3, bold=True)
    detail = _detail(node.detail)
    widest = max([width(line, LABEL, bold=True) for line in label] + [width(line, DETAIL) for line in detail] + [0])
    tall = len(label) * LABEL_LINE + len(detail) * DETAIL_LINE + (22 if node.kind == "store" else 16)
    return Cell(column, lane, node, label, detail, max(62.0, widest + 26), max(36.0, tall))


def _detail(text: str) -> tuple[str, ...]:
    """What stands below the name; too wide for one line, it breaks at its dot rather than between number and unit."""
    parts = tuple(shown(text).split(" · "))
    wide = [width(part, DETAIL) > TEXT_WIDTH for part in (text, *parts)]
    if len(parts) == 2 and wide == [True, False, False]:
        return parts
    return wrap(text, TEXT_WIDTH, DETAIL, 2)


def _route(edge: Edge, source: Cell, target: Cell, made: Grid) -> Route:
    left, right = (source, target) if source.column <= target.column else (target, source)
    cells = [left]
    for column in range(left.column + 1, right.column):
        near = column - left.column <= (right.column - left.column) / 2
        passage = Cell(column, left.lane if near else right.lane)
        made.columns[column].append(passage)
        cells.append(passage)
    return Route(edge, [*cells, right], wrap(edge.label, ARROW_WIDTH, ARROW, 4), reversed=left is not source)


def _grow(routes: Sequence[Route]) -> None:
    """A box is as tall as what leaves or enters it on either side, labels included."""
    needed: dict[tuple[Cell, bool], float] = {}
    for route in routes:
        needed[route.cells[0], True] = needed.get((route.cells[0], True), 0.0) + max(12.0, route.label_height + 4)
        end = (route.cells[-1], route.within_column)
        needed[end] = needed.get(end, 0.0) + 12.0
    for (cell, _), height in needed.items():
        cell.height = max(cell.height, height + 8)
