"""A picture of a service as data: lanes, nodes in them, edges between them."""

from __future__ import annotations

from typing import NamedTuple


class Lane(NamedTuple):
    """A horizontal band of the picture; its arrows run to the right, or all of them ``leftward``."""

    id: str
    label: str
    leftward: bool = False


class Node(NamedTuple):
    """A box. ``kind``: terminal, source, store, model, service, job or missing. ``detail`` stands below the label."""

    id: str
    label: str
    kind: str
    lane: str
    detail: str = ""


class Edge(NamedTuple):
    """An arrow from one node's id to another's. ``main``: it belongs to the way of a request and is drawn stronger."""

    source: str
    target: str
    label: str = ""
    dashed: bool = False
    main: bool = False


class Graph(NamedTuple):
    """Everything a drawing needs. ``description`` is for those who cannot see it; ``dashed`` explains broken lines."""

    title: str
    lanes: tuple[Lane, ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    description: str = ""
    dashed: str = ""

    def joined(self) -> tuple[Edge, ...]:
        """The edges that can be drawn: both ends are here, and they are two."""
        known = {node.id for node in self.nodes}
        return tuple(
            edge for edge in self.edges if edge.source != edge.target and edge.source in known and edge.target in known
        )
