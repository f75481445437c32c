"""When a model is trained again, and what is kept so that it can be: versions, and what was served."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.promised import promises
from mlsd.design import Design
from mlsd.design.deploy import Deploy, Retraining
from mlsd.design.periods import DAYS_A_MONTH
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.amount import days, hours
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import argued, at_most, minutes_of, short, untrained

KEEPING = frozenset({"vector_index", "text_index", "online_store", "cache", "feature_store", "database"})
"""Roles of blocks that answer from what was put into them."""
MONTH_HOURS = 24 * DAYS_A_MONTH
"""How long an opponent may know the same model: thirty days."""


@rule("DEP-10", Severity.WARNING, since=Maturity.DESIGN, sources=["G8", "TS-M4", "TS-I4", "MR", "COR"])
def retrain_policy_vague(retraining: Retraining, design: Design) -> Iterator[Finding]:
    """Retraining has no cadence and no trigger, or no gate that a new model must pass.

    “We will retrain” happens never, or every night with a model nobody compared. A cadence or a signal says when, a
    gate says what keeps a worse model out. 87 % of the public documents that promise retraining give neither.

    Ask: What starts the next training, and what number stops its result from going live?
    False positives: a model that is taken as it is; the rule knows language models that nobody trains here, rented or
    not. A pre-training ends once; what follows it is another design.

    Bad:
    ```yaml
    deploy: {retraining: {cadence_hours: 24}}
    ```
    Good:
    ```yaml
    deploy: {retraining: {cadence_hours: 24, gate: ndcg_at_10 not below the live model}}
    ```
    """
    if untrained(design) or design.model.task == "pretraining":
        return
    when = retraining.cadence_hours is not None or retraining.trigger
    if not when and not retraining.gate:
        yield Finding("Nothing says when the model is trained again, nor what a new one must pass.")
    elif not when:
        yield Finding("A new model has a gate, but nothing says when one is trained.", at="cadence_hours")
    elif not retraining.gate:
        yield Finding("The model is trained again, but nothing keeps a worse one out.", at="gate")


@rule("DEP-11", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "G8"])
def cadence_too_slow_for_adversary(retraining: Retraining, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """Somebody fights the model, and it learns again less than once a month.

    Fraudsters, spammers and click farms try until something passes, and then do only that. A model of last quarter
    knows none of it, and its offline numbers stay good, since the old fraud is still in the test.

    Ask: A new trick works since Monday: on which day does the model know it?
    False positives: fast rules or lists stand before the model and change every day; waive it and name them.

    Bad:
    ```yaml
    traits: {adversarial: strong}
    deploy: {retraining: {cadence_hours: 90 d, gate: recall not below the live model}}
    ```
    Good:
    ```yaml
    traits: {adversarial: strong}
    deploy: {retraining: {cadence_hours: 7 d, gate: recall not below the live model}}
    ```
    """
    cadence = retraining.cadence_hours
    if cadence is not None and cadence > MONTH_HOURS and knowledge.strong("adversarial"):
        yield Finding(
            "The model is trained again every {cadence}, but people here work against it.",
            at="cadence_hours",
            also="traits.adversarial" if design.traits.adversarial else "",
            ways_out=[Sentence("closes at cadence_hours ≤ {most}", most=MONTH_HOURS)],
            cadence=days(cadence / 24),
        )


@rule("DEP-23", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG"])
def store_filled_by_training(retraining: Retraining, design: Design) -> Iterator[Finding]:
    """What must be fresh is filled by a training alone, and that runs more seldom than was promised.

    An index that is built with each new model knows the things of that hour. Whatever arrives later is found by nobody
    until the next one, so a new item waits a day where half an hour was promised. Another flow has to bring what is new
    between two trainings.

    Ask: A new item arrives right after a training: which flow brings it into the index, and when?
    False positives: something fills it that is not drawn; draw the flow. Only indexes, stores and what holds vectors
    or tables are asked, as a model also hears what comes with the request.

    Bad:
    ```yaml
    problem: {constraints: [{id: fresh, kind: freshness, op: "<=", value: 30, unit: min, applies_to: ann}]}
    pipeline:
      components: [{id: ann, role: vector_index}, {id: trainer, role: training}]
      flows: [{from: trainer, to: ann, mode: batch}]
    deploy: {retraining: {cadence_hours: 24}}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: fresh, kind: freshness, op: "<=", value: 30, unit: min, applies_to: ann}]}
    pipeline:
      components: [{id: ann, role: vector_index}, {id: trainer, role: training}]
      flows: [{from: trainer, to: ann, mode: batch}, {from: new_items, to: ann, mode: stream}]
    deploy: {retraining: {cadence_hours: 24}}
    ```
    """
    cadence = retraining.cadence_hours
    if cadence is None:
        return
    for path, constraint in promises(design, "freshness"):
        limit = minutes_of(constraint)
        if limit is None or not constraint.applies_to or 60 * cadence <= limit:
            continue
        filled = next((name for name in constraint.applies_to if _filled_by_training(name, design)), None)
        if filled:
            yield Finding(
                "{block} may be {limit} minutes old, but only a training fills it, every {cadence}.",
                at="cadence_hours",
                also=path,
                ways_out=[
                    Sentence("closes at cadence_hours ≤ {most}", most=at_most(limit / 60)),
                    Sentence("closes with a flow that brings {block} what is new between two trainings", block=filled),
                ],
                block=filled,
                limit=short(limit),
                cadence=hours(cadence),
            )


def _filled_by_training(name: str, design: Design) -> bool:
    """Whether the block keeps things, and all that is drawn to it are files of a training."""
    flows = [flow for flow in design.pipeline.flows if flow.to == name]
    if not flows or any(flow.mode != "batch" for flow in flows):
        return False
    training = {block.id for block in design.pipeline.components if block.role == "training"}
    keeps = any(
        block.role in KEEPING or any(part.what in ("vectors", "table") for part in block.holds)
        for block in design.pipeline.components
        if block.id == name
    )
    return keeps and all(flow.from_ in training for flow in flows)


@rule("DEP-12", Severity.WARNING, since=Maturity.PILOT, sources=["TS-I", "CR37", "AB"], requires=("MOD-24",))
def no_versioning(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """The model or the data it was trained on is not pinned to a version.

    Going back, finding a fault and repeating a result all need the same two things: which model answered, and on which
    data it was trained. Without them last month's answer cannot be made again, and a rollback brings back the code
    and not the behaviour. What a language model and its prompt need is LLM-13's.

    Ask: A person complains about an answer of three weeks ago: can you make it again?
    False positives: none known; a language model is pinned where it is named, and the rule does not ask for it.

    Bad:
    ```yaml
    deploy: {tracking: mlflow, versions: [code, model]}
    ```
    Good:
    ```yaml
    deploy: {tracking: mlflow, versions: [code, model, data]}
    ```
    """
    if deploy.is_empty or untrained(design):
        return
    named = design.model.llm is not None and bool(design.model.llm.models)
    missing = [] if named or "model" in deploy.versions else [Sentence("the model")]
    missing += [] if "data" in deploy.versions else [Sentence("the data it was trained on")]
    if missing:
        yield Finding("No version is pinned of: {missing}.", at="versions", missing=missing)


@rule("DEP-13", Severity.WARNING, since=Maturity.DESIGN, sources=["CR43", "G32"])
def predictions_not_logged(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """Of a prediction too little is kept to explain it or to learn from it.

    A prediction without its features cannot be explained, and features computed again later are not the ones it saw.
    Without the model's version two models are mixed in one table after every release, and neither can be judged.

    Ask: Take one answer of yesterday: which numbers went in, what came out, and which model was it?
    False positives: on a device nothing may leave it; say so in `deploy.privacy.minimisation`. A pre-training serves
    nobody yet, and the rule leaves it alone.

    Bad:
    ```yaml
    deploy: {logging: {store: lake, records: [prediction, model_version]}}
    ```
    Good:
    ```yaml
    deploy: {logging: {store: lake, records: [prediction, model_version, features]}}
    ```
    """
    kept, on_device = deploy.logging.records, design.pipeline.serving.mode == "edge"
    reason = deploy.privacy.minimisation or argued(design, "deploy.logging")
    if deploy.is_empty or (on_device and reason) or design.model.task == "pretraining":
        return
    featureless = design.model.llm is not None and not design.model.features
    missing = [] if "prediction" in kept else [Sentence("the prediction")]
    missing += [] if "features" in kept or featureless else [Sentence("the features as they were served")]
    grave = bool(missing)
    missing += [] if "model_version" in kept else [Sentence("the version of the model")]
    if missing:
        yield Finding(
            "What is kept of a prediction lacks: {missing}.",
            at="logging.records",
            severity=None if grave else Severity.INFO,
            missing=missing,
        )
