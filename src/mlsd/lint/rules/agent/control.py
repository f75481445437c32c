"""What keeps an agent from doing harm."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design.agent import Agent, Tool
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

HARMFUL = frozenset({"external", "financial", "destructive", "privileged"})


@rule("AGT-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED", "NL", "BK", "OA2", "OL6"])
def ungated_side_effect(tool: Tool) -> Iterator[Finding]:
    """A tool can do harm, and neither a person nor a hard limit stands before it.

    Actions are the risk that agents add: a wrong word is an embarrassment, a wrong refund is money. What leaves the
    company, costs, destroys or uses higher rights needs an approval or a limit that code enforces.

    Ask: What is the worst that one wrong call can do, and who or what stops it?
    False positives: none known; a harmless tool has the effect `read` or `write`.

    Bad:
    ```yaml
    model: {agent: {tools: [{id: refund, effect: financial}]}}
    ```
    Good:
    ```yaml
    model: {agent: {tools: [{id: refund, effect: financial, limit: 50 EUR a case}]}}
    ```
    """
    if tool.effect in HARMFUL and not tool.approval and not tool.limit:
        yield Finding(
            "The tool {tool} has the effect {effect}, with no approval and no hard limit.",
            at="effect",
            ways_out=[Sentence("closes with an approval or a limit")],
            tool=tool.id,
            effect=tool.effect,
        )


@rule("AGT-03", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NL", "AA", "OL10"])
def unbounded_loop(agent: Agent) -> Iterator[Finding]:
    """Nothing stops the agent: steps, minutes or money have no limit.

    A loop that goes wrong goes wrong for as long as it may. Three limits catch three kinds of it: a plan that
    circles, a tool that hangs, a context that grows dear.

    Ask: After how many steps, minutes and how much money is a task handed to a person?
    False positives: none known.

    Bad:
    ```yaml
    model: {agent: {limits: {steps: 20, minutes: 5}}}
    ```
    Good:
    ```yaml
    model: {agent: {limits: {steps: 20, minutes: 5, cost: 2}}}
    ```
    """
    limits = {
        "steps": agent.limits.steps,
        "minutes": agent.limits.minutes,
        "cost": agent.limits.cost,
    }
    missing = [name for name, value in limits.items() if value is None]
    if missing:
        yield Finding("The agent has no limit on: {missing}.", at="limits", missing=missing)
