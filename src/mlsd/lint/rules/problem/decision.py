"""Who acts on a prediction, and who can undo it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design.problem import Decision
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

ACTS = {
    "machine": Sentence("A machine acts"),
    "human": Sentence("A person acts"),
    "both": Sentence("A machine and a person act"),
}


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
    elif decision.actor and not decision.action:
        yield Finding(
            "{actor} on the prediction, but the design does not say how.", at="action", actor=ACTS[decision.actor]
        )
    elif not decision.actor:
        yield Finding("Something is done with the prediction, but the design does not say by whom.", at="actor")


@rule("PRB-11", Severity.ERROR, since=Maturity.DESIGN, sources=["DE-E.2", "PAIR", "NL"])
def irreversible_without_oversight(decision: Decision) -> Iterator[Finding]:
    """A machine alone does what cannot be undone.

    With a hundred thousand decisions a day, an error of one in a thousand is a hundred people a day to whom nobody can
    give back the deleted account or the lost payment. A person before the action, or one who answers afterwards, is
    what makes such a mistake survivable.

    Ask: When it is wrong about somebody, who notices, and what can they still do?
    False positives: none known; what looks irreversible and is not should say `reversible: true`.

    Bad:
    ```yaml
    problem: {decision: {actor: machine, action: erase the account, reversible: false}}
    ```
    Good:
    ```yaml
    problem:
      decision:
        actor: machine
        action: erase the account
        reversible: false
        oversight: {route: accounts older than a year are looked at by two people}
    ```
    """
    watched = decision.oversight.route or decision.oversight.appeal
    if decision.actor == "machine" and decision.reversible is False and not watched:
        yield Finding(
            "A machine acts alone and the action cannot be undone, but no person is in the loop.",
            at="oversight",
            also="problem.decision.reversible",
            ways_out=[Sentence("closes with the cases that go to a person, or with a way to object")],
        )
