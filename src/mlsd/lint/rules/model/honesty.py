"""Numbers that let a model be compared: the baseline's, the split's, the target's."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.model import Baseline, Model, Split
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

INSTANT = frozenset(
    {"detection", "segmentation", "speech_recognition", "translation", "summarisation", "clustering", "retrieval"}
)
"""Tasks whose truth is there with the input: no moment and no horizon to name."""
GENERATIVE = frozenset({"generation", "agent", "text_to_image", "pretraining"})


@rule(
    "MOD-02",
    {Maturity.INTERVIEW: Severity.INFO, Maturity.DESIGN: Severity.WARNING},
    sources=["MS", "BK", "COR"],
    requires=("MOD-01",),
)
def baseline_without_number(baseline: Baseline) -> Iterator[Finding]:
    """The baseline has no number.

    A baseline that nobody measured cannot be beaten. An estimate from last week's log is enough to begin with. 61 %
    of the public documents with a baseline give none.

    Ask: What does the simplest thing score on the primary offline metric?
    False positives: an interview; it is only a remark there.

    Bad:
    ```yaml
    model: {baseline: {kind: popularity}}
    ```
    Good:
    ```yaml
    model: {baseline: {kind: popularity, metric: ndcg_at_10, value: 0.31}}
    ```
    """
    if baseline.value is None:
        yield Finding("The baseline has no number to be compared with.", at="value")


@rule("MOD-08", Severity.ERROR, since=Maturity.DESIGN, sources=["CR26"])
def split_arithmetic(split: Split) -> Iterator[Finding]:
    """The shares of the split do not make a whole, or there is no test part.

    What is in none of the parts was forgotten, and what was tuned and tested on the same rows has not been tested.

    Ask: Which rows has nobody looked at until the very end?
    False positives: cross-validation with a test part of its own; give that part.

    Bad:
    ```yaml
    model: {split: {strategy: temporal, train: 0.7, validation: 0.2}}
    ```
    Good:
    ```yaml
    model: {split: {strategy: temporal, train: 0.7, validation: 0.2, test: 0.1}}
    ```
    """
    shares = [share for share in (split.train, split.validation, split.test) if share is not None]
    if split.train is None or split.strategy in ("kfold", "rolling", "fixed"):
        return
    if not split.test:
        yield Finding("The split has no test part.", at="test")
    elif abs(sum(shares) - 1) > 0.02:
        total = round(sum(shares), 4)
        way_out = [Sentence("closes if one share changes by {rest}", rest=round(1 - total, 4))]
        yield Finding("The shares of the split sum to {total}, not to 1.", ways_out=way_out, total=total)


@rule("MOD-17", Severity.ERROR, since=Maturity.INTERVIEW, sources=["RG", "AB"], requires=("MOD-22",))
def target_underspecified(model: Model, design: Design) -> Iterator[Finding]:
    """The target does not say of what, when, or how far ahead.

    “Churn” is not a target; “whether a paying user, on the first of the month, cancels within 30 days” is. Each
    missing part is filled by whoever writes the query, and two people fill it differently.

    Ask: For which entity, at which moment, and until when is this predicted?
    False positives: tasks whose answer lies in the input (images, speech, translation, two records that are one
    company); the rule knows them by the task, by people who label what they see, and by a horizon of 0 days.

    Bad:
    ```yaml
    model: {task: binary, features: [{id: idle_days}], target: {definition: user cancels, entity: user}}
    ```
    Good:
    ```yaml
    model: {task: binary, features: [{id: idle_days}],
      target: {definition: user cancels, entity: user, predicted_at: first of the month, horizon_days: 30}}
    ```
    """
    target = model.target
    if model.task in GENERATIVE or model.llm is not None or not target.definition:
        return
    missing = [] if target.entity else [Sentence("the entity")]
    if model.task not in INSTANT and not _is_seen(model, design):
        missing += [] if target.predicted_at else [Sentence("the moment of the prediction")]
        known_late = target.horizon_days is not None or design.data.labels.delay_days is not None
        missing += [] if known_late else [Sentence("the horizon")]
    if missing:
        yield Finding("The target does not say: {missing}.", at="target", missing=missing)


def _is_seen(model: Model, design: Design) -> bool:
    """Whether the truth is there with the input: people see it, or it lies no days ahead."""
    labels, horizon = design.data.labels, model.target.horizon_days
    return horizon == 0 or (horizon is None and labels.origin == "human" and not labels.delay_days)
