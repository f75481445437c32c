"""What a model is trained to make small."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import loss as known_loss
from mlsd.content.registry import losses_for
from mlsd.design.model import Model
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

TASK_OF_ROLE = {"retrieval": "retrieval", "ranking": "ranking"}
"""Blocks of one service that learn different tasks: a candidate's role says which."""


@rule("MOD-04", Severity.ERROR, since=Maturity.INTERVIEW, sources=["CR-S11", "AD"])
def loss_task_mismatch(model: Model) -> Iterator[Finding]:
    """The loss belongs to another kind of task.

    A loss says what the model is punished for. Pairwise ranking losses cannot forecast a number, and CTC aligns
    sequences that a ranker does not have: such a model trains and still answers another question.

    Ask: If this loss were zero, would the task be solved?
    False positives: regression by cross-entropy over bins and the like; the registry accepts them, a rarer one can
    be waived.

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
    for position, candidate in enumerate(model.candidates):
        task = TASK_OF_ROLE.get(candidate.role or "", model.task)
        yield from _judge(candidate.loss, task, ("candidates", position, "loss"))


def _judge(loss: str | None, task: str | None, at: str | tuple[str | int, ...]) -> Iterator[Finding]:
    entry = known_loss(loss) if loss else None
    fitting = sorted(losses_for(task)) if task else []
    if entry is None or not fitting or task in entry.tasks:
        return
    yield Finding(
        "The loss {loss} is for {its_tasks}, not for {task}.",
        at=at,
        ways_out=[Sentence("closes with a loss for {task}: {losses}", task=task, losses=fitting)],
        loss=loss,
        its_tasks=sorted(entry.tasks),
        task=task,
    )
