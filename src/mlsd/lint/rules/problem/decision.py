"""Who acts on a prediction."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design.problem import Decision
from mlsd.lint import Finding, Maturity, Severity, rule


@rule("PRB-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["RG", "MLC", "NA", "BK"])
def decision_missing(decision: Decision) -> Iterator[Finding]:
    """Nobody is said to act on the prediction, or not how.

    A prediction that no one acts on has no value, however good it is. Who acts and what they do decide the metric,
    the deadline and the cost of a mistake; a design that starts from the model instead of the decision gets all
    three wrong.

    Ask: When the number arrives, who does what differently?
    False positives: an analysis that only informs people; then the actor is `human` and the action is what they
    read it for.

    Bad:
    ```yaml
    problem: {decision: {actor: machine}}
    ```
    Good:
    ```yaml
    problem: {decision: {actor: machine, action: show ten items under the product}}
    ```
    """
    if not decision.actor and not decision.action:
        yield Finding("The design does not say who acts on the prediction, nor what they do.")
    elif not decision.action:
        yield Finding(
            "The {actor} acts on the prediction, but the design does not say how.", at="action", actor=decision.actor
        )
    elif not decision.actor:
        yield Finding("Something is done with the prediction, but the design does not say by whom.", at="actor")
