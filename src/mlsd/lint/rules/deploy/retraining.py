"""When a model is trained again."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.deploy import Retraining
from mlsd.lint import Finding, Maturity, Severity, rule


@rule("DEP-10", Severity.WARNING, since=Maturity.DESIGN, sources=["G8", "TS-M4", "TS-I4", "MR", "COR"])
def retrain_policy_vague(retraining: Retraining, design: Design) -> Iterator[Finding]:
    """Retraining has no cadence and no trigger, or no gate that a new model must pass.

    “We will retrain” happens never, or every night with a model nobody compared. A cadence or a signal says when, a
    gate says what keeps a worse model out. 87 % of the public documents that promise retraining give neither.

    Ask: What starts the next training, and what number stops its result from going live?
    False positives: a rented model that its vendor freezes; the rule knows a design whose language models are all
    rented.

    Bad:
    ```yaml
    deploy: {retraining: {cadence_hours: 24}}
    ```
    Good:
    ```yaml
    deploy: {retraining: {cadence_hours: 24, gate: ndcg_at_10 not below the live model}}
    ```
    """
    if _rented(design):
        return
    when = retraining.cadence_hours is not None or retraining.trigger
    if not when and not retraining.gate:
        yield Finding("Nothing says when the model is trained again, nor what a new one must pass.")
    elif not when:
        yield Finding("A new model has a gate, but nothing says when one is trained.", at="cadence_hours")
    elif not retraining.gate:
        yield Finding("The model is trained again, but nothing keeps a worse one out.", at="gate")


def _rented(design: Design) -> bool:
    llm = design.model.llm
    return (
        llm is not None and bool(llm.models) and not llm.stages and all(model.hosting == "api" for model in llm.models)
    )
