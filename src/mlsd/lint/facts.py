"""Facts that several rules read from a design; nothing here judges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from mlsd.design import Design, Path
from mlsd.design.metrics import Metric
from mlsd.design.quantity import in_ms
from mlsd.errors import ValueRefused


class Graph:
    """The picture of the service: request path, flows and fallbacks as directed edges between ids."""

    def __init__(self, edges: Iterable[tuple[str, str]]) -> None:
        self.next: dict[str, set[str]] = {}
        for origin, target in edges:
            self.next.setdefault(origin, set()).add(target)
        self.origins = set(self.next)
        self.targets = {target for targets in self.next.values() for target in targets}

    def reachable(self, starts: Iterable[str]) -> set[str]:
        """Every id that can be reached from one of the starts, those included."""
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += self.next.get(node, ())
        return seen


def graph_of(design: Design) -> Graph:
    """Edges along the request path (from ``request`` to ``decision``), of the flows, and to the fallbacks."""
    edges = [(flow.from_, flow.to) for flow in design.pipeline.flows if flow.from_ and flow.to]
    steps = [step if isinstance(step, list) else [step] for step in design.pipeline.request_path]
    if steps:
        route = [["request"], *steps, ["decision"]]
        for before, after in pairwise(route):
            edges += [(origin, target) for origin in before for target in after]
    for component in design.pipeline.components:
        if component.id and component.fallback:
            edges += [(component.id, component.fallback), (component.fallback, "decision")]
    return Graph(edges)


def on_path(request_path: Sequence[str | list[str]]) -> list[str]:
    """The blocks of a request path in order, parallel ones one after the other."""
    return [block for step in request_path for block in (step if isinstance(step, list) else [step])]


class Limit(NamedTuple):
    """A latency promised: in milliseconds, and where."""

    ms: float
    path: Path


def latency_limit(design: Design) -> Limit | None:
    """The shortest latency that is promised for the whole service; None if none is, or not in a unit of time."""
    found = []
    for position, constraint in enumerate(design.problem.constraints):
        if constraint.kind != "latency" or constraint.value is None or constraint.applies_to:
            continue
        try:
            ms = in_ms(f"{constraint.value} {constraint.unit or 'ms'}")
        except ValueRefused:
            continue
        found.append(Limit(ms, ("problem", "constraints", position, "value")))
    return min(found, default=None, key=lambda limit: limit.ms)


def primary_of(metrics: Sequence[Metric]) -> Metric | None:
    """The metric that decides: the first of the list whose role is success or empty."""
    return next((metric for metric in metrics if metric.role in (None, "success")), None)
