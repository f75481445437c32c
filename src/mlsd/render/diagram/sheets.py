"""A picture too large to be read on one page, as two: the path of a request, and what feeds it."""

from __future__ import annotations

from collections.abc import Callable

from mlsd.errors import Message
from mlsd.render.diagram.columns import columns
from mlsd.render.diagram.graph import Edge, Graph, Lane
from mlsd.render.diagram.of_design import described


def sheets(graph: Graph, say: Callable[[Message], str]) -> tuple[Graph, ...]:
    """The lane that requests come in by, and all other lanes with the boxes of that one they are joined to.

    Every arrow is in one of the two. The graph itself where that parts nothing.
    """
    first = graph.lanes[0].id
    path = {node.id for node in graph.nodes if node.lane == first}
    inner = tuple(edge for edge in graph.edges if edge.source in path and edge.target in path)
    outer = tuple(edge for edge in graph.edges if edge not in inner)
    touched = {end for edge in outer for end in (edge.source, edge.target)}
    if not inner or len(path) == len(graph.nodes):
        return (graph,)
    return (
        _part(graph, path, inner, Message("Sheet 1 of 2: the path of a request"), say),
        _part(
            graph,
            {node.id for node in graph.nodes if node.id not in path or node.id in touched},
            outer,
            Message("Sheet 2 of 2: what feeds the path"),
            say,
        ),
    )


def _part(
    graph: Graph, kept: set[str], edges: tuple[Edge, ...], title: Message, say: Callable[[Message], str]
) -> Graph:
    nodes = tuple(node for node in graph.nodes if node.id in kept)
    lanes = tuple(lane for lane in graph.lanes if any(node.lane == lane.id for node in nodes))
    told = described({node.id: node for node in nodes}, edges, say)
    return graph._replace(title=say(title), lanes=lanes, nodes=nodes, edges=edges, description=told)


def folded(graph: Graph, rows: int) -> Graph:
    """A graph of one lane in so many rows, every second one from right to left: as often less wide."""
    place = columns(graph)
    each = -(-(max(place.values()) + 1) // rows)
    nodes = tuple(node._replace(lane=f"row {place[node.id] // each}") for node in graph.nodes)
    [lane] = graph.lanes
    bands = tuple(Lane(f"row {row}", lane.label, leftward=row % 2 == 1) for row in range(rows))
    return graph._replace(
        lanes=tuple(band for band in bands if any(node.lane == band.id for node in nodes)), nodes=nodes
    )
