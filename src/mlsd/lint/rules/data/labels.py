"""Where the truth comes from, and who shaped it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.data import Data, Labels
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

UNSUPERVISED = frozenset(
    {"clustering", "anomaly", "bandit", "generation", "agent", "text_to_image", "pretraining", "other"}
)
OPEN = frozenset({"random_holdout", "exploration", "propensity_logging", "reject_inference", "other"})
"""What shows how the cases we did not choose would have ended."""


@rule("DAT-03", Severity.ERROR, since=Maturity.DESIGN, sources=["MS", "CR24", "BK"])
def label_unavailable(data: Data, design: Design) -> Iterator[Finding]:
    """A supervised task has no labels: their source cannot be used, or none is named.

    A model learns from the truth, and a design whose truth is out of reach is a plan to collect data. A real
    document says “labels: none” and goes on to compare three networks.

    Ask: Where does one row of the truth lie today, and who lets you read it?
    False positives: labels are to be made, and the design says how many for how much; it is a warning then.

    Bad:
    ```yaml
    data: {sources: [{id: claims, access: unavailable}], labels: {source: claims}}
    model: {task: binary}
    ```
    Good:
    ```yaml
    data: {sources: [{id: claims, access: granted}], labels: {source: claims}}
    model: {task: binary}
    ```
    """
    task, labels = design.model.task, data.labels
    if task is None or task in UNSUPERVISED or design.model.llm is not None:
        return
    plan = labels.annotation.to_label is not None and (labels.annotation.budget or labels.annotation.unit_cost)
    severity = Severity.WARNING if plan else Severity.ERROR
    if not labels.source and not labels.origin:
        if not plan:
            yield Finding(
                "The task {task} needs labels, and nothing says where they come from.", at="labels", task=task
            )
        return
    for position, source in enumerate(data.sources):
        if labels.source and source.id == labels.source and source.access == "unavailable":
            yield Finding(
                "The labels come from {source}, which is not available.",
                at="labels.source",
                also=("data", "sources", position, "access"),
                severity=severity,
                ways_out=[Sentence("closes with access, or with another source of the truth")],
                source=source.id,
            )


@rule("DAT-05", Severity.WARNING, since=Maturity.DESIGN, sources=["RG", "NA", "TS-D7"], requires=("DAT-03",))
def self_labelling_loop(labels: Labels, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """What the service decides shapes the labels it learns from, and nothing breaks the circle.

    Only what was shown can be clicked, only what was approved can default, only what was not blocked can turn out
    to be honest. A model trained on that learns its own past decisions and calls them the truth.

    Ask: How would you find out that something you never show would have been liked?
    False positives: none known where the kind of problem is right; say otherwise in `traits.self_labelling`.

    Bad:
    ```yaml
    traits: {self_labelling: strong}
    model: {task: ranking}
    data: {labels: {origin: natural, unbiased_by: [position_debiasing]}}
    ```
    Good:
    ```yaml
    traits: {self_labelling: strong}
    model: {task: ranking}
    data: {labels: {origin: natural, unbiased_by: [position_debiasing, exploration]}}
    ```
    """
    if not knowledge.strong("self_labelling") or labels.audit_per_day or labels.is_empty:
        return
    if not OPEN & set(labels.unbiased_by) and "propensity" not in design.deploy.logging.records:
        yield Finding(
            "The service shapes its own labels, and nothing shows how the cases it did not choose would have ended.",
            at="unbiased_by",
            ways_out=[Sentence("closes with a random share, exploration, logged propensities or reject inference")],
        )
