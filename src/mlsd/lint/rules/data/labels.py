"""Where the truth comes from, and who shaped it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.data import Data, Labels
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import short

AGREED = 0.8
"""The share of examples below which the instructions are the problem."""
UNSUPERVISED = frozenset(
    {"clustering", "anomaly", "bandit", "generation", "agent", "text_to_image", "pretraining", "other"}
)
OPEN = frozenset({"random_holdout", "exploration", "propensity_logging", "reject_inference", "other"})
"""What shows how the cases we did not choose would have ended."""
UNBIASED_LISTS = frozenset({"random_holdout", "exploration", "propensity_logging", "position_debiasing", "other"})
"""What tells liking from being shown at the top."""


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


@rule("DAT-04", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "CR-X02", "MLC", "RG"], requires=("DAT-03",))
def label_delay_unknown(labels: Labels, design: Design) -> Iterator[Finding]:
    """The world tells the truth by itself, and nothing says how late.

    A chargeback comes 30 to 120 days after the payment, a cancellation at the end of the month. Until then the
    newest rows look negative. The gap of the split, the first honest monitor and the earliest useful retraining all
    wait for this one number.

    Ask: Of the cases decided today, when is the outcome of 95 % of them known?
    False positives: people make the labels, so nothing is waited for; say so in `origin`. Known at once is 0.

    Bad:
    ```yaml
    data: {labels: {source: payments, origin: natural}}
    ```
    Good:
    ```yaml
    data: {labels: {source: payments, origin: natural, delay_days: 60}}
    ```
    """
    late = labels.origin == "natural" or (labels.origin is None and labels.source and design.model.target.horizon_days)
    if late and labels.delay_days is None:
        yield Finding(
            "The truth arrives by itself, and nothing says after how many days.",
            at="delay_days",
            ways_out=[
                Sentence("closes with the days from the prediction to the known outcome, 0 if it is known at once")
            ],
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


@rule("DAT-06", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "AD", "G36"], requires=("DAT-05",))
def implicit_feedback_bias(labels: Labels, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A ranked list learns from what people took, and nothing corrects for where it stood.

    The first place is clicked several times as often as the tenth whatever stands there, and what was never on
    screen was not turned down. A model that takes clicks as they are learns the old order and repeats it.

    Ask: If the order of yesterday's lists had been random, which labels would be different?
    False positives: the labels are grades that people gave without seeing the list; say so in `origin`. What counts
    as a negative is asked by another rule, MOD-23.

    Bad:
    ```yaml
    model: {task: ranking}
    data: {labels: {origin: natural, audit_per_day: 50, unbiased_by: [reject_inference]}}
    ```
    Good:
    ```yaml
    model: {task: ranking}
    data: {labels: {origin: natural, audit_per_day: 50, unbiased_by: [position_debiasing]}}
    ```
    """
    listed = design.model.task in ("ranking", "retrieval") and knowledge.traits.get("self_labelling") != "none"
    if not listed or labels.origin != "natural" or "propensity" in design.deploy.logging.records:
        return
    if not UNBIASED_LISTS & set(labels.unbiased_by):
        yield Finding(
            "The labels are what people took from a list, and nothing corrects for its places.",
            at="unbiased_by",
            also="model.task",
            ways_out=[Sentence("closes with position debiasing, or with places that are filled at random")],
        )


@rule("DAT-13", Severity.WARNING, since=Maturity.PILOT, sources=["CR24", "SE5", "CH"])
def annotation_no_qa(labels: Labels) -> Iterator[Finding]:
    """People make the labels, and nobody checks their work, or they do not agree with one another.

    Two careful people agree on some tasks in 95 % of the cases and on others in 70 %. Where nobody labels twice, the
    second kind looks like the first, and the model is asked to be better than its own truth. Below some 80 % the
    instructions are the problem: on every fifth example one of two people is wrong.

    Ask: How do you notice the labeller who presses the same button all afternoon?
    False positives: a matter of taste, where the share of people who say yes is the label; waive it and say so. None
    known of labels that nobody checks: a hundred rows labelled twice are an afternoon of work.

    Bad:
    ```yaml
    data: {labels: {origin: human, annotation: {to_label: 20k, per_item: 1}}}
    ```
    Good:
    ```yaml
    data: {labels: {origin: human, annotation: {to_label: 20k, per_item: 3}}}
    ```
    Bad:
    ```yaml
    data: {labels: {origin: human, annotation: {per_item: 2, agreement: 40%}}}
    ```
    Good:
    ```yaml
    data: {labels: {origin: human, annotation: {per_item: 2, agreement: 80%}}}
    ```
    """
    work = labels.annotation
    if work.agreement is not None and work.agreement < AGREED:
        yield Finding(
            "The labellers agree in {agreed} % of the examples, less than {least} %.",
            at="annotation.agreement",
            ways_out=[
                Sentence(
                    "closes at agreement ≥ {least} %, with clearer instructions or fewer classes",
                    least=short(100 * AGREED),
                )
            ],
            agreed=short(100 * work.agreement),
            least=short(100 * AGREED),
        )
    by_people = labels.origin == "human" or (labels.origin is None and work.to_label)
    overlap = (work.per_item or 0) > 1
    if by_people and not overlap and work.agreement is None and not work.checks:
        yield Finding(
            "People make the labels, and nothing says how their work is checked.",
            at="annotation.checks",
            ways_out=[
                Sentence("closes with several people for one example, a measured agreement, or known examples mixed in")
            ],
        )
