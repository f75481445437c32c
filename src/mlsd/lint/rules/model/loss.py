"""What a model is trained on: its loss, its negatives, and whether it learns an outcome or an effect."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import loss as known_loss
from mlsd.content.registry import losses_for
from mlsd.content.registry import metric as known_metric
from mlsd.content.registry import model as known_model
from mlsd.design import Design, Path
from mlsd.design.data import Labels
from mlsd.design.model import Model
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

OF_EFFECTS = frozenset({"policy_value", "qini", "auuc", "uplift_at_k"})
"""Metrics that need to know who was treated by chance."""
RANDOMISED = frozenset({"random_holdout", "exploration", "propensity_logging", "other"})
TASK_OF_ROLE = {"retrieval": "retrieval", "ranking": "ranking"}
"""Blocks of one service that learn different tasks: a candidate's role says which."""


@rule("MOD-04", Severity.ERROR, since=Maturity.INTERVIEW, sources=["CR-S11", "AD"])
def loss_task_mismatch(model: Model) -> Iterator[Finding]:
    """The loss belongs to another kind of task.

    A loss says what the model is punished for. Pairwise ranking losses cannot forecast a number, and CTC aligns
    sequences that a ranker does not have: such a model trains and still answers another question.

    Ask: If this loss were zero, would the task be solved?
    False positives: regression by cross-entropy over bins and the like; the registry accepts them, a rarer one can
    be waived. A loss that no registry knows is only a remark.

    Bad:
    ```yaml
    model: {task: forecasting, loss: bpr}
    ```
    Good:
    ```yaml
    model: {task: forecasting, loss: quantile}
    ```
    """
    yield from _judge(model.loss, model.task, "loss")
    named = {model.loss}
    for position, candidate in enumerate(model.candidates):
        task = TASK_OF_ROLE.get(candidate.role or "", model.task)
        if known_loss(candidate.loss) is not None or candidate.loss not in named:  # an unknown one is said once
            yield from _judge(candidate.loss, task, ("candidates", position, "loss"))
        named.add(candidate.loss)


def _judge(loss: str | None, task: str | None, at: str | tuple[str | int, ...]) -> Iterator[Finding]:
    entry = known_loss(loss) if loss else None
    if not loss or not task or (entry is not None and task in entry.tasks):
        return
    fitting = sorted(losses_for(task))
    if entry is None and fitting:
        text = "Whether the loss {loss} is for {task} is not known: it is in no registry."
        yield Finding(text, at=at, severity=Severity.INFO, loss=loss, task=task)
    if entry is None or not fitting:
        return
    yield Finding(
        "The loss {loss} is for {its_tasks}, not for {task}.",
        at=at,
        also="model.task",
        ways_out=[Sentence("closes with a loss for {task}: {losses}", task=task, losses=fitting)],
        loss=loss,
        its_tasks=sorted(entry.tasks),
        task=task,
    )


@rule("MOD-18", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "RG"])
def needs_causal_target(model: Model, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """The decision treats people, and the model predicts who ends how, not whom the treatment changes.

    Whoever is most likely to leave often leaves with the discount too, and whoever would have stayed takes it gladly.
    The money works on those in between, and a model of the outcome does not know them. The effect is learned from a
    group that was treated at random: where everybody got the push at his usual hour, an uplift model learns the habit,
    and without logged propensities an off-policy estimate cannot be computed.

    Ask: What would the person at the top of your list have done without the treatment?
    False positives: the budget is fixed and goes to the highest risk on purpose; say so in the cut-off's `why` or as
    a decision about the target, and it is only a remark.

    Bad:
    ```yaml
    traits: {treatment: strong}
    data: {labels: {unbiased_by: random_holdout}}
    model: {task: binary}
    ```
    Good:
    ```yaml
    traits: {treatment: strong}
    data: {labels: {unbiased_by: random_holdout}}
    model: {task: uplift}
    ```
    """
    yield from _untreated(model, design)
    if not knowledge.strong("treatment") or model.task in (None, "uplift", "bandit") or _learns_effect(model, design):
        return
    point = model.operating_point
    argued = (point.kind == "top_share" and point.why) or any(
        choice.because and (choice.about or "").startswith(("model.task", "model.target"))
        for choice in design.decisions
    )
    yield Finding(
        "The decision treats people, but the task {task} predicts an outcome and not what the treatment changes.",
        at="task",
        also="traits.treatment" if design.traits.treatment else "",
        severity=Severity.INFO if argued else None,
        ways_out=[
            Sentence("closes with task uplift and a group treated at random"),
            *([] if argued else [Sentence("becomes a remark with why risk alone is enough")]),
        ],
        task=model.task,
    )


def _untreated(model: Model, design: Design) -> Iterator[Finding]:
    """An effect is learned or estimated, and nobody was treated at random."""
    metrics = [known_metric(metric.metric or metric.id) for metric in design.metrics.offline]
    loss, learned = known_loss(model.loss), model.task in ("uplift", "bandit")
    asked = learned or any(entry and entry.id in OF_EFFECTS for entry in metrics) or (loss and loss.id == "ips")
    known = RANDOMISED & set(design.data.labels.unbiased_by) or "propensity" in design.deploy.logging.records
    if asked and not known:
        yield Finding(
            "What a treatment changes is to be learned, but nothing says that anybody was treated at random.",
            at="task",
            also="data.labels.unbiased_by",
            ways_out=[Sentence("closes with random_holdout or exploration in unbiased_by, or propensity in the log")],
        )


def _learns_effect(model: Model, design: Design) -> bool:
    """Whether some candidate, its loss or an offline metric is about what a treatment changes."""
    losses = [known_loss(name) for name in (model.loss, *(candidate.loss for candidate in model.candidates))]
    models = [known_model(candidate.id) for candidate in model.candidates]
    metrics = [known_metric(metric.metric or metric.id) for metric in design.metrics.offline]
    return (
        any(entry.id == "transformed_outcome" for entry in losses if entry)
        or any(entry.id == "uplift_model" for entry in models if entry)
        or any(entry.tasks == {"uplift"} for entry in metrics if entry)
    )


@rule("MOD-23", Severity.WARNING, since=Maturity.INTERVIEW, sources=["NA", "AD"])
def negatives_undefined(labels: Labels, design: Design) -> Iterator[Finding]:
    """The model learns from what was taken, and nothing says what counts as not taken.

    Out of a million items a person took one. Is all the rest a no, or only what was on the screen, or what others
    took? Random negatives teach to tell a shoe from a fridge, and the list shows shoes only. The answer changes the
    model more than its architecture does.

    Ask: Name one negative of your training table: was it seen, and how was it drawn?
    False positives: grades that people gave, which have their own bad end; the rule knows them by `origin`.

    Bad:
    ```yaml
    model: {task: ranking}
    data: {labels: {origin: natural}}
    ```
    Good:
    ```yaml
    model: {task: ranking}
    data: {labels: {origin: natural, negatives: seen for a second and not opened}}
    ```
    """
    model, contrasts = design.model, _contrasts(design.model)
    if labels.negatives or model.llm is not None:
        return
    listed = model.task == "retrieval" or (model.task == "ranking" and labels.origin == "natural")
    if listed or contrasts:
        yield Finding(
            "The model learns to tell what was taken from what was not, and nothing says what was not.",
            at="negatives",
            also="model.task" if listed else contrasts,
            severity=None if model.task in TASK_OF_ROLE else {Maturity.DESIGN: Severity.WARNING},
            ways_out=[Sentence("closes with what counts as a negative, and how negatives are drawn")],
        )


def _contrasts(model: Model) -> Path:
    """Where a loss stands that needs negatives; empty if none does."""
    losses: list[tuple[Path, str | None]] = [(("model", "loss"), model.loss)]
    losses += [(("model", "candidates", at, "loss"), entry.loss) for at, entry in enumerate(model.candidates)]
    found = (path for path, name in losses if (entry := known_loss(name)) and "contrastive" in entry.flags)
    return next(found, ())
