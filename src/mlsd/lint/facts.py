"""Facts that several rules read from a design; nothing here judges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from functools import lru_cache
from itertools import pairwise

from mlsd.derived.fact import Derived
from mlsd.derived.home import LISTS
from mlsd.design import Design
from mlsd.design.metrics import Metric
from mlsd.design.pipeline import Component, Pipeline
from mlsd.design.problem import Constraint
from mlsd.design.quantity import in_minutes
from mlsd.errors import ValueRefused
from mlsd.sizing.latency import blocks
from mlsd.sizing.working import Working

AHEAD = frozenset({"batch", "nearline"})
"""Modes in which nobody waits for an answer."""
MODEL_ROLES = frozenset({"retrieval", "ranking", "scoring", "llm"})
"""Roles of blocks in which a model answers."""
KEPT_FRESH = frozenset({"online", "nearline"})
"""Where serving gets a feature that is kept up to date."""
WORDS_ENOUGH = frozenset({"law", "privacy", "explainability"})
"""Kinds of constraint that are said in words."""


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
    edges += route(design.pipeline)
    for component in design.pipeline.components:
        if component.id and component.fallback:
            edges += [(component.id, component.fallback), (component.fallback, "decision")]
    return Graph(edges)


def route(pipeline: Pipeline) -> list[tuple[str, str]]:
    """Edges along the request path, from ``request`` to ``decision``; none where there is no path."""
    steps = [step if isinstance(step, list) else [step] for step in pipeline.request_path]
    way = [["request"], *steps, ["decision"]] if steps else []
    return [(origin, target) for before, after in pairwise(way) for origin in before for target in after]


def metric_links(design: Design) -> Graph:
    """Which metric moves which: the links of all three lists as edges between ids."""
    metrics = [metric for name in LISTS for metric in getattr(design.metrics, name)]
    return Graph((metric.id, target) for metric in metrics if metric.id for target in metric.links_to)


def primary_of(metrics: Sequence[Metric]) -> Metric | None:
    """The metric that decides: the first of the list whose role is success or empty."""
    return next((metric for metric in metrics if metric.role in (None, "success")), None)


def argued(design: Design, about: str) -> bool:
    """Whether a decision about this written path, or about something inside it, says why."""
    return any((choice.about or "").startswith(about) and choice.because for choice in design.decisions)


def minutes_of(constraint: Constraint) -> float | None:
    """The number of a constraint on freshness in minutes; None where its unit is not one of time."""
    return _minutes(f"{constraint.value} {constraint.unit or 'min'}")


@lru_cache(maxsize=256)
def _minutes(text: str) -> float | None:
    """The same limit is asked for by every feature and every source."""
    try:
        return in_minutes(text)
    except ValueRefused:
        return None


def computed(derived: Iterable[Derived], identifier: str) -> Working | None:
    """The working of the derived number of that id, if it has a result."""
    found = next((entry for entry in derived if entry.id == identifier), None)
    return found.working if found and found.result is not None else None


def result_of(working: Working | None) -> float | None:
    """What was computed, if anything was."""
    return working.result if working else None


def places_of(design: Design) -> dict[str | None, int]:
    """Where each block stands in the list of blocks, by its id."""
    return {block.id: at for at, block in enumerate(design.pipeline.components)}


def blocks_on_path(design: Design) -> list[tuple[int, Component]]:
    """The declared blocks of the request path, each with its position in the list of blocks."""
    wanted = set(blocks(design.pipeline.request_path))
    return [(at, block) for at, block in enumerate(design.pipeline.components) if block.id in wanted]


def rented(design: Design) -> bool:
    """Whether every language model is rented and none is trained here."""
    llm = design.model.llm
    return llm is not None and bool(llm.models) and not llm.stages and all(one.hosting == "api" for one in llm.models)


def untrained(design: Design) -> bool:
    """Whether nothing is trained here: language models as they came, rented or on machines of our own."""
    llm = design.model.llm
    taken = llm is not None and bool(llm.models) and not llm.stages and "fine_tuning" not in llm.knowledge
    return taken and not design.model.features


def short(value: float) -> float:
    """Rounded to four figures, as a message says it."""
    return float(f"{value:.4g}")


def at_least(value: float) -> float:
    """Rounded up to four figures: a way out names a value at which the finding really closes."""
    return float(Context(prec=4, rounding=ROUND_CEILING).create_decimal(repr(float(value))))


def at_most(value: float) -> float:
    """Rounded down to four figures."""
    return float(Context(prec=4, rounding=ROUND_FLOOR).create_decimal(repr(float(value))))
