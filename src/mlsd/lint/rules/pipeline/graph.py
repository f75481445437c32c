"""The blocks and what they hand to one another."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.pipeline import Pipeline
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import MODEL_ROLES, argued, graph_of, untrained
from mlsd.sizing.latency import blocks

INDEX_ROLES = frozenset({"training", "vector_index", "text_index", "batch_compute"})
STORES = frozenset({"online_store", "cache", "feature_store", "database", "object_store", "warehouse"})
"""Roles of blocks in which predictions that were made ahead wait for whoever acts on them."""
INDEXES = frozenset({"vector_index", "text_index"})
"""Roles of blocks that a batch of embeddings fills."""
DECIDES = frozenset({"policy", "guard", "human"})
"""Roles of blocks that make a decision of a score."""


@rule("PIP-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED", "NA", "AB"])
def no_end_to_end_path(pipeline: Pipeline, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """No path leads from a source through the model to the decision, or none to where the model is trained.

    The goal is a whole pipeline, not a model. One line from a request or a source through the model to the action,
    and one from the data to training, is the smallest version that works end to end.

    Ask: Follow one request with a finger: does it reach a model and then somebody who acts? And one log line: does
    it reach training?
    False positives: a model that is never trained here; where a language model is rented, or taken as it is, a path
    that fills an index is enough.

    Bad:
    ```yaml
    data: {sources: [{id: log}]}
    pipeline:
      components: [{id: gateway, role: gateway}, {id: ranker, role: ranking}, {id: trainer, role: training}]
      request_path: [gateway, ranker]
    ```
    Good:
    ```yaml
    data: {sources: [{id: log}]}
    pipeline:
      components: [{id: gateway, role: gateway}, {id: ranker, role: ranking}, {id: trainer, role: training}]
      request_path: [gateway, ranker]
      flows: [{from: log, to: trainer}]
    ```
    """
    if not pipeline.components:
        yield Finding("The pipeline names no blocks.", at="components")
        return
    graph = graph_of(design)
    models = {entry.id for entry in pipeline.components if entry.role in MODEL_ROLES}
    starts = {"request"} | {source.id for source in design.data.sources if source.id}
    if not any(ends(design) & graph.reachable({model}) for model in models & graph.reachable(starts) if model):
        yield Finding(
            "No path leads from a request or a source through a model to the decision.",
            at="request_path",
            ways_out=[
                Sentence(
                    "closes with the request_path; where predictions are made ahead, with flows to a store of them"
                )
            ],
        )
    learning = INDEX_ROLES if _rented(design, knowledge) else {"training"}
    goals = {entry.id for entry in pipeline.components if entry.role in learning}
    sources = {source.id for source in design.data.sources if source.id}
    if not goals & graph.reachable(sources):
        yield Finding("No path leads from a source to where the model is trained.", at="flows")


def _rented(design: Design, knowledge: Knowledge) -> bool:
    """Whether a language model is taken as it is, or may be: the kind of problem has one, and nobody said whose yet."""
    llm = design.model.llm
    if llm is None or not llm.models:
        return knowledge.uses("llm")
    return untrained(design) or any(entry.hosting == "api" for entry in llm.models)


def ends(design: Design) -> set[str | None]:
    """Where a prediction is handed over: the decision, a person, or the store of what is predicted ahead."""
    blocks = design.pipeline.components
    ends = {"decision"} | {block.id for block in blocks if block.role == "human"}
    if design.pipeline.serving.mode in ("batch", "nearline", "hybrid"):
        ends |= {store.id for store in design.deploy.storage}
        ends |= {block.id for block in blocks if block.role in STORES}
    if design.pipeline.serving.mode == "batch":
        ends |= {block.id for block in blocks if block.role in INDEXES}
    return ends - {None}


@rule("PIP-13", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "CR43", "G32", "TS-O3"], requires=("PIP-01",))
def no_learning_loop(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """What the service answered never comes back to training.

    The next model learns from what this one saw, said and caused: features as they were served, the prediction, what
    was shown, what people did. Features rebuilt weeks later from tables differ from the served ones, and a model that
    looks better on them gets worse in production.

    Ask: Tomorrow's training set: which row of it was written by today's request?
    False positives: a model that is trained once on a fixed set of data; waive it and say that the set is closed. The
    rule leaves a pre-training alone, and a device that nothing may leave (`deploy.privacy.minimisation`).

    Bad:
    ```yaml
    data: {sources: [{id: archive}]}
    deploy: {storage: [{id: lake}, {id: audit}]}
    pipeline:
      components: [{id: gateway, role: gateway}, {id: ranker, role: ranking}, {id: trainer, role: training}]
      request_path: [gateway, ranker]
      flows: [{from: archive, to: trainer}, {from: lake, to: trainer}, {from: ranker, to: audit}]
    ```
    Good:
    ```yaml
    data: {sources: [{id: archive}]}
    deploy: {storage: [{id: lake}, {id: audit}]}
    pipeline:
      components: [{id: gateway, role: gateway}, {id: ranker, role: ranking}, {id: trainer, role: training}]
      request_path: [gateway, ranker]
      flows: [{from: archive, to: trainer}, {from: lake, to: trainer}, {from: ranker, to: lake}]
    ```
    """
    alone = pipeline.serving.mode == "edge" and (design.deploy.privacy.minimisation or argued(design, "deploy.logging"))
    if alone or design.model.task == "pretraining":
        return
    trained = {entry.id for entry in pipeline.components if entry.role == "training"}
    serving = set(blocks(pipeline.request_path))
    serving |= {entry.id for entry in pipeline.components if entry.id and entry.role in MODEL_ROLES}
    store = design.deploy.logging.store
    if trained and serving and not trained & graph_of(design).reachable({*serving, *([store] if store else [])}):
        yield Finding(
            "What was served never comes back to training: no flow leads there from the request path or its log.",
            at="flows",
            ways_out=[Sentence("closes with a flow from a block of the path to a store, and from there to training")],
        )


@rule("PIP-16", Severity.INFO, since=Maturity.DESIGN, sources=["G15", "AB"])
def policy_not_separated(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """A score is cut or acted upon, and no block stands between the model and the decision.

    A threshold inside the model's code is moved by the person who trains and not by the one who pays for the
    mistakes, and every change of a business rule needs a release of the model. A block of its own lets people change
    the cut in a minute, log both the score and the decision, and test one without the other.

    Ask: Where would somebody change the threshold on a Friday evening without touching the model?
    False positives: the caller decides and this service returns scores only; waive it and name the caller.

    Bad:
    ```yaml
    pipeline: {components: [{id: scorer, role: scoring}, {id: router, role: gateway}], request_path: [scorer, router]}
    model: {output_used_as: cutoff}
    ```
    Good:
    ```yaml
    pipeline: {components: [{id: scorer, role: scoring}, {id: router, role: policy}], request_path: [scorer, router]}
    model: {output_used_as: cutoff}
    ```
    """
    cut = _cut(design)
    roles = {entry.role for entry in pipeline.components}
    if cut and roles & MODEL_ROLES and None not in roles and not roles & DECIDES:
        yield Finding(
            "The model's score is cut, but no block of role policy makes the decision of it.",
            at="components",
            also=cut,
            ways_out=[Sentence("closes with a block of role policy after the model")],
        )


def _cut(design: Design) -> str:
    """Where the design says that a score becomes a yes or no; empty where it does not, or where a person decides."""
    if design.problem.decision.actor in ("human", "both"):
        return ""
    if design.model.output_used_as == "cutoff":
        return "model.output_used_as"
    return "model.operating_point.kind" if design.model.operating_point.kind in ("threshold", "top_share") else ""
