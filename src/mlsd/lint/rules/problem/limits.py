"""What the service may not exceed, what it will not do, what its mistakes cost, and what can go wrong."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.promised import readable
from mlsd.design.problem import Constraint, ErrorCosts, Problem, Risk
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import WORDS_ENOUGH

NEED_A_UNIT = frozenset({"cost", "downtime", "hardware"})
"""Limits whose number says nothing alone: a month or a request, hours or minutes, GPUs or nodes."""


@rule("PRB-04", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "CR8", "RML", "EY", "PL"])
def no_antigoals(problem: Problem) -> Iterator[Finding]:
    """Nothing is said to be out of scope.

    What a design leaves out is as much a decision as what it covers, and the first thing that is asked for the week
    after launch. 34 % of public design documents name nothing.

    Ask: What will people expect from this that it will not do?
    False positives: none known.

    Bad:
    ```yaml
    problem: {in_scope: [product page]}
    ```
    Good:
    ```yaml
    problem: {in_scope: [product page], out_of_scope: [e-mail]}
    ```
    """
    if not problem.out_of_scope:
        yield Finding("The design does not say what it will not cover or not optimise.", at="out_of_scope")


@rule("PRB-05", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "CH", "PAIR", "CR17", "COR"])
def error_cost_missing(costs: ErrorCosts, knowledge: Knowledge) -> Iterator[Finding]:
    """Nobody has said what each of the two mistakes costs.

    Threshold, loss weights and the question whether to ship at all follow from the ratio of two costs. A ratio is
    enough: “a miss costs three false alarms”. 22 % of public design documents mention it.

    Ask: Which mistake would you rather make ten times?
    False positives: none known; a list whose order is all that matters still wastes a place or misses a sale.

    Bad:
    ```yaml
    problem: {error_costs: {false_positive: 1, currency: relative}}
    ```
    Good:
    ```yaml
    problem: {error_costs: {false_positive: 1, false_negative: 3, currency: relative}}
    ```
    """
    both = (costs.false_positive, costs.false_negative), (costs.over, costs.under)
    if any(None not in pair for pair in both):
        return
    severity = Severity.ERROR if knowledge.strong("high_stakes") else Severity.WARNING
    if costs.is_empty:
        yield Finding("Nothing says what a mistake costs, in either direction.", severity=severity)
    else:
        yield Finding("The cost of one mistake is given, that of the opposite one is not.", severity=severity)


@rule("PRB-06", Severity.WARNING, since=Maturity.INTERVIEW, sources=["EY", "NA", "RMLc"])
def constraint_not_numeric(constraint: Constraint) -> Iterator[Finding]:
    """A limit is given in words where it needs a number.

    “Low latency” is 50 ms to one reader and two seconds to another, and no block can be budgeted against it. A number
    in a unit that is no time, or a sum that is not said to be of a month, says as little.

    Ask: From which number on would somebody complain?
    False positives: limits of law, privacy and explainability are words; the rule knows them. How many people for how
    long is a number, and so is nearly every other limit.

    Bad:
    ```yaml
    problem: {constraints: [{kind: latency, op: "<=", unit: ms, percentile: 99, text: low latency}]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{kind: latency, op: "<=", value: 200, unit: ms, percentile: 99, text: low latency}]}
    ```
    """
    if constraint.kind is not None and constraint.kind not in WORDS_ENOUGH and constraint.value is None:
        yield Finding(
            "The limit “{text}” has no number."
            if constraint.kind == "other" and constraint.text
            else "The limit on {kind} has no number.",
            at="value",
            ways_out=[Sentence("closes with a number and its unit")],
            kind=constraint.kind,
            text=constraint.text or "",
        )
    elif constraint.kind in NEED_A_UNIT and constraint.value is not None and not constraint.unit:
        yield Finding("The limit on {kind} has a number and no unit.", at="unit", kind=constraint.kind)
    elif constraint.value is not None and not constraint.applies_to and not readable(constraint):
        yield Finding(
            "The limit on {kind} is in {unit}, and no number of the design can be held against that.",
            at="unit",
            ways_out=[
                Sentence("closes with a sum for each month, year, day or request, such as EUR/month")
                if constraint.kind == "cost"
                else Sentence("closes with a number by the second, hour or day, such as rps or items/h")
                if constraint.kind == "throughput"
                else Sentence("closes with a unit of time, such as ms")
            ],
            kind=constraint.kind,
            unit=constraint.unit,
        )


@rule("PRB-08", Severity.WARNING, since=Maturity.DESIGN, sources=["CR-X07", "RML", "EY"])
def risk_without_mitigation(risk: Risk) -> Iterator[Finding]:
    """A risk is named, and nothing is done about it.

    A list of fears calms whoever wrote it and protects nobody. Of three risks two can usually be made smaller by
    something that is built or measured, and the third is accepted by somebody who says why; which is which is the
    whole content of the list.

    Ask: What is built because of this risk, or who decided to live with it?
    False positives: none known; an accepted risk has its reason in `accepted`.

    Bad:
    ```yaml
    problem: {risks: [{id: loop, text: we learn only from what we showed}]}
    ```
    Good:
    ```yaml
    problem: {risks: [{id: loop, text: we learn only from what we showed, mitigation: 2 % of the places are random}]}
    ```
    """
    if not risk.is_empty and not risk.mitigation and not risk.accepted:
        yield Finding(
            "Nothing is done about the risk {risk}, and nobody has accepted it.",
            at="mitigation",
            ways_out=[Sentence("closes with what is done about it, or with why it is accepted")],
            risk=risk.id or risk.text or risk.kind or "",
        )
