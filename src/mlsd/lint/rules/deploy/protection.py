"""Who may call the service, and what leaves the house."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from mlsd.design import Design, Path
from mlsd.design.deploy import Security
from mlsd.design.pipeline import Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

HANDS_ON = frozenset(
    {"transport", "log", "object_store", "warehouse", "database", "online_store", "cache", "feature_store"}
    | {"text_index", "vector_index", "retrieval"}
)
"""Roles of blocks that hand on rows as they got them; what a model or a job makes of them is another thing."""


@rule("DEP-17", Severity.ERROR, since=Maturity.PILOT, sources=["EY", "PL", "OL10"])
def public_endpoint_open(security: Security, design: Design) -> Iterator[Finding]:
    """Strangers can call a block, and something is missing of who may, how often, and with how much.

    An open endpoint is found within hours. Without a name for the caller there is nobody to stop, without a limit of
    calls one script takes the whole capacity or the whole budget of tokens, and without a limit of input one request
    of 50 MB does the work of a thousand.

    Ask: A script calls it ten thousand times a minute with the largest input there is: what stops it, and where?
    False positives: none known; what a gateway before it does counts, once it is written down.

    Bad:
    ```yaml
    pipeline: {components: [{id: api, role: gateway, public: true}]}
    deploy: {security: {authentication: token of the account, rate_limit: 50 a second}}
    ```
    Good:
    ```yaml
    pipeline: {components: [{id: api, role: gateway, public: true}]}
    deploy: {security: {authentication: token of the account, rate_limit: 50 a second, input_limit: 8 KB}}
    ```
    """
    open_to = [(at, entry.id or str(at)) for at, entry in enumerate(design.pipeline.components) if entry.public]
    missing = [] if security.authentication else [Sentence("who may call it")]
    missing += [] if security.rate_limit else [Sentence("how often")]
    missing += [] if security.input_limit else [Sentence("with how large an input")]
    if open_to and missing:
        yield Finding(
            "Strangers can call {blocks}, and nothing says: {missing}.",
            also=("pipeline", "components", open_to[0][0], "public"),
            ways_out=[Sentence("closes with authentication, rate_limit and input_limit")],
            blocks=[name for _, name in open_to],
            missing=missing,
        )


@rule("DEP-18", Severity.ERROR, since=Maturity.DESIGN, sources=["RML", "OL2"])
def pii_to_third_party(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """Personal data goes to another company, and nothing says what protects it on the way.

    Whoever sends it stays responsible for it. It needs a contract, often a country it may not leave, and most of it
    need not go at all: a rented model answers as well about “the customer” as about her name and address. What has
    been sent cannot be called back.

    Ask: Which fields leave, under which contract, and what would the person say who finds out?
    False positives: the data is anonymised for good; say so in `deploy.privacy.anonymised`.

    Bad:
    ```yaml
    data: {sources: [{id: tickets, personal: true}]}
    pipeline: {components: [{id: writer, external: true}], flows: [{from: tickets, to: writer, carries: texts}]}
    ```
    Good:
    ```yaml
    data: {sources: [{id: tickets, personal: true}]}
    pipeline:
      components: [{id: writer, external: true}]
      flows: [{from: tickets, to: writer, carries: texts, safeguard: "names masked, contract for processing, EU only"}]
    ```
    """
    outside = _outside(design)
    if not outside or design.deploy.privacy.anonymised:
        return
    edges = list(_unguarded(pipeline))
    keeping = {entry.id for entry in pipeline.components if entry.role in HANDS_ON}
    keeping |= {store.id for store in design.deploy.storage}
    for number, source in enumerate(design.data.sources):
        if not source.id or not source.personal:
            continue
        for edge in _leaving(source.id, edges, keeping - outside, outside):
            yield Finding(
                "Personal data of {source} reaches {block}, which is another company's, and nothing says what "
                "protects it.",
                at=edge.at,
                also=("data", "sources", number, "personal"),
                ways_out=[
                    Sentence("closes with a flow whose safeguard says what is removed, by which contract, and where")
                ],
                source=source.id,
                block=edge.to,
            )


class _Edge(NamedTuple):
    """A way that data takes, and where something should protect it."""

    origin: str
    to: str
    at: Path


def _outside(design: Design) -> set[str]:
    """Blocks of other companies: those called external, and one for a language model where every one is rented."""
    llm = design.model.llm
    rented = llm is not None and bool(llm.models) and all(entry.hosting == "api" for entry in llm.models)
    return {
        entry.id
        for entry in design.pipeline.components
        if entry.id and (entry.external or (entry.external is None and entry.role == "llm" and rented))
    }


def _unguarded(pipeline: Pipeline) -> Iterator[_Edge]:
    """Flows without a safeguard, and steps of the request path that no flow with a safeguard leads to."""
    guarded, drawn = set(), set()
    for position, flow in enumerate(pipeline.flows):
        if flow.safeguard:
            guarded.add(flow.to)
        if flow.from_ and flow.to:
            drawn.add((flow.from_, flow.to))
            if not flow.safeguard:
                yield _Edge(flow.from_, flow.to, ("flows", position, "safeguard"))
    places = {entry.id: at for at, entry in enumerate(pipeline.components)}
    steps = [step if isinstance(step, list) else [step] for step in pipeline.request_path]
    for before, after in pairwise(steps):
        for origin in before:
            for to in after:
                if to in places and to not in guarded and (origin, to) not in drawn:
                    yield _Edge(origin, to, ("components", places[to], "external"))


def _leaving(source: str, edges: list[_Edge], keeping: set[str | None], outside: set[str]) -> Iterator[_Edge]:
    """For each block outside that rows of the source reach: the first way by which they leave."""
    reached, waiting, left = {source}, [source], set()
    while waiting:
        node = waiting.pop()
        for edge in edges:
            if edge.origin != node:
                continue
            if edge.to in outside and edge.to not in left:
                left.add(edge.to)
                yield edge
            elif edge.to in keeping and edge.to not in reached:
                reached.add(edge.to)
                waiting.append(edge.to)
