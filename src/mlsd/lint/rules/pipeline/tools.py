"""Whether a tool can do what it is named for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd.content.registry import tool as known_tool
from mlsd.content.registry import tool_like
from mlsd.design import Design, Path
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

LOW_LATENCY = frozenset({"online_store", "feature_store", "cache", "database"})
COMPUTE = frozenset({"batch_compute", "stream_compute", "feature_store", "warehouse", "database", "training"})
KEEPING = frozenset({"object_store", "warehouse", "database", "log", "online_store", "feature_store", "text_index"})
STANDS_FOR = {
    "ranking": frozenset({"ranking", "scoring"}),
    "scoring": frozenset({"ranking", "scoring"}),
    "retrieval": frozenset({"retrieval", "vector_index", "text_index"}),
    "vector_index": frozenset({"retrieval", "vector_index"}),
    "text_index": frozenset({"retrieval", "text_index"}),
    "online_store": LOW_LATENCY,
    "cache": LOW_LATENCY,
    "database": LOW_LATENCY | {"warehouse"},
    "warehouse": frozenset({"warehouse", "database"}),
    "log": KEEPING | {"transport"},
}
"""Roles that a tool for a neighbouring role fills as well; every other role needs a tool of exactly that role."""
FREE = frozenset({"gateway", "policy", "guard", "tool", "human", "other", "experiment"})
"""Roles in which anything that runs code may stand."""


class Use(NamedTuple):
    """A tool in a role, and where that stands."""

    tool: str
    role: str
    fits: frozenset[str]
    at: Path


@rule("PIP-15", Severity.WARNING, since=Maturity.INTERVIEW, sources=["ALG", "SEED"])
def tool_role_mismatch(design: Design) -> Iterator[Finding]:
    """A tool stands in a role that it does not play, and no other tool plays it.

    Airflow starts jobs and moves no events, S3 keeps everything and answers no request in ten milliseconds, MLflow
    remembers runs and watches no production. Each is good at its own work; the sketch of a design is where the roles
    get mixed up.

    Ask: Which promise of this tool does the role need: order, latency, durability or attention?
    False positives: a tool with more roles than the registry knows; add them in your own registry. A name that is
    nearly one of the registry is remarked on; any other is taken for a tool of your own.

    Bad:
    ```yaml
    pipeline: {components: [{id: online_features, role: feature_store, tool: kafka}]}
    ```
    Good:
    ```yaml
    pipeline: {components: [{id: online_features, role: feature_store, tool: redis}]}
    ```
    """
    uses = list(_uses(design))
    for use in uses:
        entry = known_tool(use.tool)
        if entry is None:
            yield from _mistyped(use)
            continue
        if entry.roles & use.fits:
            continue
        if any(other.role == use.role and _plays(other) for other in uses):
            continue
        yield Finding(
            "{tool} stands in the role {role}, but it is for {roles}.",
            at=use.at,
            ways_out=[Sentence("closes with a tool for the role {role}", role=use.role)],
            tool=use.tool,
            role=use.role,
            roles=sorted(entry.roles),
        )


def _mistyped(use: Use) -> Iterator[Finding]:
    """A name that no registry knows, nearly that of a tool; others are tools of one's own."""
    if near := tool_like(use.tool):
        yield Finding(
            "{tool} is in no registry of tools.",
            at=use.at,
            severity=Severity.INFO,
            ways_out=[Sentence("did you mean {near}?", near=near)],
            tool=use.tool,
        )


def _plays(use: Use) -> bool:
    entry = known_tool(use.tool)
    return entry is not None and bool(entry.roles & use.fits)


def _uses(design: Design) -> Iterator[Use]:
    deploy = design.deploy
    for position, block in enumerate(design.pipeline.components):
        if block.tool and block.role and block.role not in FREE:
            yield _use(block.tool, block.role, ("pipeline", "components", position, "tool"))
    for position, store in enumerate(deploy.storage):
        if store.tool:
            fits = STANDS_FOR.get(store.role, frozenset({store.role})) if store.role else KEEPING
            yield Use(store.tool, store.role or "object_store", fits, ("deploy", "storage", position, "tool"))
    for position, name in enumerate(deploy.transport):
        yield _use(name, "transport", ("deploy", "transport", position))
    if deploy.feature_pipeline.tool:
        yield Use(deploy.feature_pipeline.tool, "batch_compute", COMPUTE, ("deploy", "feature_pipeline", "tool"))
    if deploy.retraining.tool:
        fits = frozenset({"orchestration", "training"})
        yield Use(deploy.retraining.tool, "orchestration", fits, ("deploy", "retraining", "tool"))
    if deploy.tracking:
        yield _use(deploy.tracking, "registry", ("deploy", "tracking"))
    for position, monitor in enumerate(deploy.monitoring):
        if monitor.tool:
            yield _use(monitor.tool, "monitoring", ("deploy", "monitoring", position, "tool"))


def _use(tool: str, role: str, at: Path) -> Use:
    return Use(tool, role, STANDS_FOR.get(role, frozenset({role})), at)
