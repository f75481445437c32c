"""Who may call the service, and what leaves the house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from mlsd.design import Design, Path
from mlsd.design.deploy import Security
from mlsd.design.model import Feature
from mlsd.design.pipeline import Component, Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import MODEL_ROLES, blocks_on_path, places_of

HANDS_ON = frozenset(
    {"transport", "log", "object_store", "warehouse", "database", "online_store", "cache", "feature_store"}
    | {"text_index", "vector_index", "retrieval"}
)
"""Roles of blocks that hand on rows as they got them; what a model or a job makes of them is another thing."""
ON_THE_WAY = HANDS_ON | {"gateway", "policy", "other"}
"""Roles of blocks from which a request goes on as it came; a guard may mask it, a model makes something else of it."""
READS = frozenset({"scoring", "batch_compute", "stream_compute"})
"""Roles under which a model that reads pages or hears voices is written down."""
MASKS = r"(?i)mask|anonym|redact|pseudonym|scrub|маск|аноним|обезлич|псевдоним"
"""What a block that takes persons out of a request is called, whatever its role."""
READS_OUT = (
    r"(?i)(?<![^\W_])(ocr|asr|stt|speech[\s_-]?to[\s_-]?text|(text|speech)[\s_-]recognition|transcri(ber|ption)"
    r"|распознавание (текста|речи)|расшифровка)([\s_-](engine|service|model|worker|server|api|step))?$"
)
"""What a block is called that writes down what stands on a page or is said: the words are as personal as the page."""
WRITTEN_BY_PERSONS = frozenset({"user_text", "user_files", "email"})


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
    been sent cannot be called back. The request itself is such data where it describes a person, or is a person's text,
    file or voice; so is the text that is read from a page or written down from a voice on the way.

    Ask: Which fields leave, under which contract, and what would the person say who finds out?
    False positives: the data is anonymised for good; say so in `deploy.privacy.anonymised`. A guard before the block is
    taken to mask what it lets through.

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
    edges, told = list(_unguarded(pipeline)), set()
    keeping = {entry.id for entry in pipeline.components if entry.role in HANDS_ON or _reads_out(entry)}
    keeping |= {store.id for store in design.deploy.storage}
    for number, source in enumerate(design.data.sources):
        if not source.id or not source.personal:
            continue
        for edge in _leaving(source.id, edges, keeping - outside, outside):
            told.add(edge.to)
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
    yield from _sent_on(design, edges, outside, told)


def _reads_out(block: Component) -> bool:
    """Whether a model only writes down what it was given, by what it is called, and no guard stands in it."""
    names = [text for text in (block.id, block.name) if text]
    named = block.role in READS and any(re.search(READS_OUT, text) for text in names)
    return named and not any(re.search(MASKS, text) for text in names)


def _sent_on(design: Design, edges: list[_Edge], outside: set[str], told: set[str]) -> Iterator[Finding]:
    """Blocks of other companies that the request of a person reaches; a model gets its input, others perhaps a part."""
    why = _personal_request(design)
    if why is None:
        return
    blocks = {entry.id: entry for _, entry in blocks_on_path(design) if entry.id}
    passing: set[str | None] = {
        name
        for name, entry in blocks.items()
        if (entry.role in ON_THE_WAY or _reads_out(entry)) and not re.search(MASKS, f"{name} {entry.name or ''}")
    }
    ways = [edge for edge in edges if edge.to in blocks and edge.origin in {"request", *blocks}]
    for edge in _leaving("request", [*_entries(design, ways), *ways], passing - outside, outside):
        if edge.to not in told:
            yield Finding(
                "The request holds personal data and reaches {block}, which is another company's, and nothing says "
                "what protects it.",
                at=edge.at,
                also=why,
                severity=Severity.ERROR if blocks[edge.to].role in MODEL_ROLES else Severity.WARNING,
                ways_out=[
                    Sentence("closes with a flow whose safeguard says what is removed, by which contract, and where")
                ],
                block=edge.to,
            )


def _entries(design: Design, ways: list[_Edge]) -> Iterator[_Edge]:
    """The way from the request into the first blocks of its path, unless a flow with a safeguard leads there."""
    path = design.pipeline.request_path
    guarded = {flow.to for flow in design.pipeline.flows if flow.safeguard}
    places = places_of(design)
    for name in ([path[0]] if isinstance(path[0], str) else path[0]) if path else ():
        if (
            name in places
            and name not in guarded
            and not any((way.origin, way.to) == ("request", name) for way in ways)
        ):
            yield _Edge("request", name, ("components", places[name], "external"))


def _personal_request(design: Design) -> Path | None:
    """What says that a request is personal: people write it, or it describes an entity that is."""
    data, llm = design.data, design.model.llm
    rows = {name for entry in design.model.features if _comes_along(entry) for name in entry.entity}
    for number, entity in enumerate(data.entities):
        for position, attribute in enumerate(entity.attributes):
            if attribute.personal and entity.id in rows:
                return ("data", "entities", number, "attributes", position, "personal")
    personal = [(at, source) for at, source in enumerate(data.sources) if source.personal]
    described = next((at for at, source in personal if rows.intersection(source.entity)), None)
    if described is not None:
        return ("data", "sources", described, "personal")
    written = llm is not None and WRITTEN_BY_PERSONS.intersection(llm.reads)
    return ("model", "llm", "reads") if written and personal else None


def _comes_along(feature: Feature) -> bool:
    """Whether the caller sends the value."""
    return feature.available == "request" or feature.source == ["request"]


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
