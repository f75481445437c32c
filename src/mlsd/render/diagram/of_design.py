"""The picture of a design: its request path and its flows, in lanes by when each part works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

from mlsd.errors import Message
from mlsd.render.diagram.graph import Edge, Graph, Lane, Node

Say = Callable[[Message], str]
Data = Mapping[str, Any]

LARGEST = 120
"""Boxes in one picture; a design with more shows the first."""

REQUEST, DECISION = "request", "decision"

_KINDS = {
    "store": {"feature_store", "online_store", "vector_index", "text_index", "database", "object_store", "warehouse"},
    "model": {"retrieval", "ranking", "scoring", "llm"},
    "job": {"stream_compute", "batch_compute", "training", "orchestration", "labelling", "monitoring"},
}
_STORES = _KINDS["store"] | {"cache", "log", "registry"}


def graph_of(design: Data, say: Say) -> Graph | None:
    """The graph of a design's plain data (``design.filled()``), or None if there is nothing to draw.

    ``say`` turns a Message into the document's language. A block that is named but not declared is drawn too, as
    missing, so a half-finished design shows its holes.
    """
    nodes = {node.id: node for node in reversed([*_declared(design, say)])}
    nodes = dict(reversed(nodes.items()))
    edges = [*_path(design), *_fallbacks(design), *_flows(design)]
    if not nodes and not edges:
        return None
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = {**_terminals(ends, _lane_of_path(nodes.values()), say), **nodes}
    nodes.update({edge_end: _missing(edge_end, say) for edge_end in _ends(edges) if edge_end not in nodes})
    kept = dict(list(nodes.items())[:LARGEST])
    drawn = tuple(_once(edge for edge in edges if edge.source in kept and edge.target in kept))
    lanes = tuple(lane for lane in _lanes(say) if any(node.lane == lane.id for node in kept.values()))
    return Graph(
        title=say(Message("How a request becomes a decision, and what feeds that")),
        lanes=lanes,
        nodes=tuple(kept.values()),
        edges=drawn,
        description=described(kept, drawn, say),
        dashed=say(Message("answers when the other fails")),
    )


def _lanes(say: Say) -> list[Lane]:
    return [
        Lane("online", say(Message("Online"))),
        Lane("nearline", say(Message("Nearline"))),
        Lane("offline", say(Message("Offline"))),
        Lane("data", say(Message("Data"))),
    ]


def _declared(design: Data, say: Say) -> Iterable[Node]:
    for block in _entries(design, "pipeline", "components"):
        lane = str(block.get("lane") or "online")
        kind = _kind(str(block.get("role") or ""), lane)
        yield Node(str(block["id"]), _name(block), kind, lane, _detail(block, say))
    for source in _entries(design, "data", "sources"):
        yield Node(str(source["id"]), _name(source), "source", "data")
    for store in _entries(design, "deploy", "storage"):
        yield Node(str(store["id"]), _name(store), "store", "data", str(store.get("tool") or ""))


def _entries(design: Data, stage: str, key: str) -> list[Data]:
    return [entry for entry in (design.get(stage) or {}).get(key) or [] if entry.get("id")]


def _name(entry: Data) -> str:
    return str(entry.get("name") or _spoken(str(entry["id"])))


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _kind(role: str, lane: str) -> str:
    if role in _STORES:
        return "store"
    if role in _KINDS["model"]:
        return "model"
    return "job" if role in _KINDS["job"] or lane != "online" else "service"


def _detail(block: Data, say: Say) -> str:
    known = [str(block["tool"])] if block.get("tool") else []
    if block.get("p99_ms") is not None:
        known.append(say(Message("p99 {ms} ms", ms=block["p99_ms"])))
    return " · ".join(known)


def _terminals(ends: set[str], lane: str, say: Say) -> dict[str, Node]:
    found = {}
    if REQUEST in ends:
        found[REQUEST] = Node(REQUEST, say(Message("request")), "terminal", lane)
    if DECISION in ends:
        found[DECISION] = Node(DECISION, say(Message("decision")), "terminal", lane)
    return found


def _lane_of_path(declared: Iterable[Node]) -> str:
    """Where requests come in: online, or in the first lane that works at all where nothing is online."""
    lanes = {node.lane for node in declared}
    return next((lane for lane in ("online", "nearline", "offline") if lane in lanes), "online")


def _missing(name: str, say: Say) -> Node:
    return Node(name, _spoken(name), "missing", "online", say(Message("not described yet")))


def _path(design: Data) -> Iterable[Edge]:
    """The way of a request; neighbours in an inner list are asked at the same time."""
    written = (design.get("pipeline") or {}).get("request_path") or []
    steps = [[str(name) for name in (step if isinstance(step, list) else [step])] for step in written]
    steps = [step for step in steps if step]
    if not steps:
        return
    if steps[0] != [REQUEST]:
        steps.insert(0, [REQUEST])
    if steps[-1] != [DECISION]:
        steps.append([DECISION])
    for before, after in pairwise(steps):
        yield from (Edge(source, target, main=True) for source in before for target in after)


def _fallbacks(design: Data) -> Iterable[Edge]:
    for block in _entries(design, "pipeline", "components"):
        if block.get("fallback"):
            yield Edge(str(block["id"]), str(block["fallback"]), dashed=True)


def _flows(design: Data) -> Iterable[Edge]:
    for flow in (design.get("pipeline") or {}).get("flows") or []:
        if flow.get("from") and flow.get("to"):
            yield Edge(str(flow["from"]), str(flow["to"]), str(flow.get("carries") or ""))


def _ends(edges: Iterable[Edge]) -> Iterable[str]:
    for edge in edges:
        yield from (edge.source, edge.target)


def _once(edges: Iterable[Edge]) -> Iterable[Edge]:
    """Each pair of ends once; a flow lends its label to the arrow of the request path."""
    found: dict[tuple[str, str, bool], Edge] = {}
    for edge in edges:
        key = (edge.source, edge.target, edge.dashed)
        known = found.setdefault(key, edge)
        if not known.label:
            found[key] = known._replace(label=edge.label)
    return list(found.values())[: 4 * LARGEST]


def described(nodes: Mapping[str, Node], edges: Iterable[Edge], say: Say) -> str:
    """Every arrow in words, for those who hear the picture."""
    return " ".join(say(_sentence(edge, nodes[edge.source], nodes[edge.target])) for edge in edges)


def _sentence(edge: Edge, source: Node, target: Node) -> Message:
    if edge.dashed:
        return Message("{target} answers when {source} fails.", source=source.label, target=target.label)
    if edge.label:
        return Message("{source} hands {what} to {target}.", source=source.label, what=edge.label, target=target.label)
    return Message("{source} leads to {target}.", source=source.label, target=target.label)
