"""How old what serving answers from is: of several inputs the youngest says how fresh the answer can be.

Weather models, laboratories and bureaus are slow by nature. A promise about the service, or about a block of it, is
kept by what is quick in it; only a promise that names a feature or a source is about that one.
"""

from __future__ import annotations

from collections.abc import Iterable

from mlsd.design import Design
from mlsd.design.data import Source
from mlsd.design.model import Feature
from mlsd.lint.facts import KEPT_FRESH, Graph

REQUEST = "request"
AT_ONCE = frozenset({"stream_compute", "transport"})
"""Roles of blocks that hand on each event as it comes; what a training or a batch makes of rows is another thing."""


def youngest_source(names: Iterable[str], design: Design) -> Source | None:
    """Of the sources named the one whose newest row is youngest; None where the age of one is not known.

    What comes with the request is no source: it is as old as the question, and knows nothing of the world.
    """
    wanted, known = set(names) - {REQUEST}, _sources(design)
    found = [known[name] for name in wanted if name in known]
    aged = [(source.lag_minutes, at, source) for at, source in found]
    if len(found) < len(wanted) or not aged or any(lag is None for lag, _, _ in aged):
        return None
    return min(aged, key=lambda entry: (entry[0] or 0, entry[1]))[2]


def _sources(design: Design) -> dict[str, tuple[int, Source]]:
    """Every source by its id, with its place in the list."""
    every = enumerate(design.data.sources)
    return design.once("sources", lambda: {source.id: (at, source) for at, source in every if source.id})


def youngest_of_features(design: Design) -> Source | None:
    """The youngest source of all that the model is fed with."""
    return youngest_source({name for feature in design.model.features for name in feature.source}, design)


def youngest_of_block(block: str, design: Design) -> Source | None:
    """The youngest source whose rows reach the block, straight or through other blocks."""
    back = Graph((flow.to, flow.from_) for flow in design.pipeline.flows if flow.from_ and flow.to)
    sources = {source.id for source in design.data.sources if source.id}
    return youngest_source(back.reachable([block]) & sources, design)


def features_of(source: Source, design: Design) -> list[Feature]:
    """The features that are computed from a source."""

    def compute() -> dict[str, list[Feature]]:
        found: dict[str, list[Feature]] = {}
        for feature in design.model.features:
            for name in feature.source:
                found.setdefault(name, []).append(feature)
        return found

    return design.once("features by source", compute).get(source.id or "", [])


def blocks_fed(source: Source, design: Design) -> list[str]:
    """Where the rows of a source go: at once, or through jobs that pass on what they get."""
    flows = design.once("flows by origin", lambda: _flows_by_origin(design))
    passing = {block.id for block in design.pipeline.components if block.role in AT_ONCE}
    found: dict[str, None] = {}
    waiting = [source.id or ""]
    while waiting:
        for to in flows.get(waiting.pop(0), ()):
            if to not in found:
                found[to] = None
                waiting += [to] if to in passing else []
    return list(found)


def _flows_by_origin(design: Design) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for flow in design.pipeline.flows:
        if flow.from_ and flow.to:
            found.setdefault(flow.from_, []).append(flow.to)
    return found


def kept_fresh(source: Source, design: Design) -> Feature | None:
    """The first feature of the source that serving keeps up to date."""
    return next((feature for feature in features_of(source, design) if feature.available in KEPT_FRESH), None)


def late(feature: Feature, limit: float, design: Design) -> bool:
    """Whether every source of the feature is older than that, so that the feature is, too."""
    source = None if REQUEST in feature.source else youngest_source(feature.source, design)
    return source is not None and (source.lag_minutes or 0) > limit


def age(feature: Feature, design: Design) -> float | None:
    """How old the value of a feature may be, in minutes: as it says, or as seldom as a batch computes it."""
    cadence = design.deploy.feature_pipeline.cadence_hours
    if feature.lag_minutes is None and feature.available == "batch" and cadence is not None:
        return 60 * cadence
    return feature.lag_minutes


def youngest_feature(design: Design) -> Feature | None:
    """The feature whose value is youngest; None where one that may be younger does not say how old it is.

    What comes with the request alone says nothing of the world, and what a batch computes is never the youngest.
    """
    return design.once("youngest feature", lambda: _youngest_feature(design))


def _youngest_feature(design: Design) -> Feature | None:
    fed = [entry for entry in design.model.features if set(entry.source) != {REQUEST}]
    aged = [(lag, at, entry) for at, entry in enumerate(fed) if (lag := age(entry, design)) is not None]
    unknown = [entry for entry in fed if age(entry, design) is None]
    if any(entry.available not in ("batch", "offline_only") for entry in unknown):
        return None
    return min(aged, key=lambda entry: entry[:2], default=(0, 0, None))[2]
