"""The finished drawing as numbers: boxes, lines with their labels, bands. All lengths in px."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from mlsd.render.diagram.columns import columns
from mlsd.render.diagram.graph import Edge, Graph
from mlsd.render.diagram.grid import Cell, Grid, Route, grid
from mlsd.render.diagram.order import arrange
from mlsd.render.diagram.place import BETWEEN, Band, place
from mlsd.render.diagram.ports import Ports, is_straight, ports
from mlsd.render.diagram.tracks import STEP, Link, assign
from mlsd.render.diagram.words import LABEL, width

MARGIN, STRIP, HEAD, TRACK = 8.0, 26.0, 9.0, 9.0
"""Outer margin, width of the lane's name, length of an arrow with its air, distance between tracks."""

Point = tuple[float, float]


class Line(NamedTuple):
    """An arrow: its corners from tail to head, its label and where that label's first baseline starts."""

    edge: Edge
    points: tuple[Point, ...]
    label: tuple[str, ...]
    label_at: Point


class Drawing(NamedTuple):
    """Everything with its place. ``xs`` holds the middle of every column."""

    width: float
    height: float
    xs: tuple[float, ...]
    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]
    bands: tuple[Band, ...]


def layout(graph: Graph) -> Drawing:
    """Place a graph that has at least one node."""
    made = grid(graph, columns(graph))
    arrange(made)
    bands = place(made, [width(lane.label, LABEL, bold=True) - 8 for lane in graph.lanes])
    outgoing, incoming = ports(made)
    channels = _channels(made, outgoing, incoming)
    widths = [max([cell.width for cell in column if cell.node] + [12.0]) for column in made.columns]
    xs: list[float] = []
    tracks: list[float] = []
    x = MARGIN + STRIP + 16
    for number, links in enumerate(channels):
        xs.append(x + widths[number] / 2)
        x += widths[number]
        zone = max([_overhang(route, number, widths[number], made) for route in made.routes] + [0.0])
        count = assign(links)
        tracks.append(x + zone + HEAD)
        last = number == len(channels) - 1
        x += zone + (HEAD + TRACK * max(0, count - 1) if count or zone else 0) + (0 if last else HEAD + 8)
    cells = tuple(cell for column in made.columns for cell in column if cell.node)
    lines = tuple(_line(route, made, (outgoing, incoming), channels, (xs, tracks)) for route in made.routes)
    bottom = bands[-1].top + bands[-1].height + BETWEEN
    return Drawing(x + 16 + MARGIN, bottom, tuple(xs), cells, lines, tuple(bands))


def _channels(made: Grid, outgoing: Ports, incoming: Ports) -> list[list[Link]]:
    channels: list[list[Link]] = [[] for _ in made.columns]
    for route in made.routes:
        if is_straight(route, made):
            continue
        if route.within_column:
            first, last = route.cells
            channels[first.column].append(Link(route, outgoing[route, first], outgoing[route, last], back=True))
            continue
        for here, there in pairwise(route.cells):
            channels[here.column].append(Link(route, outgoing[route, here], incoming[route, there]))
    return channels


def _overhang(route: Route, column: int, wide: float, made: Grid) -> float:
    """How far a label reaches beyond its column to the right."""
    start = route.cells[0]
    if start.column != column or not route.label:
        return 0.0
    edge = 0.0 if is_straight(route, made) else start.width / 2
    return edge + HEAD + route.label_width + 4 - wide / 2


def _line(
    route: Route,
    made: Grid,
    ends: tuple[Ports, Ports],
    channels: list[list[Link]],
    across: tuple[list[float], list[float]],
) -> Line:
    xs, tracks = across
    first = route.cells[0]
    if is_straight(route, made):
        return _vertical(route, xs[first.column])
    points: list[Point] = []
    for here, there in pairwise(route.cells):
        link = next(link for link in channels[here.column] if link.route is route)
        track = tracks[here.column] + TRACK * link.track
        edge = xs[there.column] + (there.width if link.back else -there.width) / 2
        start = points[-1][1] if points and abs(points[-1][1] - link.start) < STEP else link.start
        points += [(xs[here.column] + here.width / 2, start)]
        if link.level:
            points += [(edge, start)]
        else:
            points += [(track, start), (track, link.end), (edge, link.end)]
    label_at = (xs[first.column] + first.width / 2 + HEAD, ends[0][route, first] - route.label_height + 8)
    corners = _corners(points[::-1] if route.reversed else points)
    return Line(route.edge, corners, route.label, label_at)


def _vertical(route: Route, x: float) -> Line:
    tail, head = route.cells
    down = 1 if head.y > tail.y else -1
    start, end = tail.y + down * tail.height / 2, head.y - down * head.height / 2
    label_at = (x + 7, (start + end) / 2 - route.label_height / 2 + 10)
    return Line(route.edge, ((x, start), (x, end)), route.label, label_at)


def _corners(points: list[Point]) -> tuple[Point, ...]:
    """The points without those in the middle of a straight piece."""
    kept: list[Point] = []
    for point in points:
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept[-1] = point
        elif not kept or kept[-1] != point:
            kept.append(point)
    return tuple(kept)
