"""What stops an agent, and what happens when it tries again."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.agent import minutes
from mlsd.derived.tokens import request_tokens
from mlsd.design import Design
from mlsd.design.agent import Agent
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, short

TWICE = frozenset({"external", "financial", "destructive"})
"""Effects that must not happen twice unnoticed."""


@rule("AGT-03", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NL", "AA", "OL10"])
def unbounded_loop(agent: Agent, design: Design) -> Iterator[Finding]:
    """Nothing stops the agent: steps, minutes or money have no limit, or one that stops a typical task.

    A loop that goes wrong goes wrong for as long as it may. Three limits catch three kinds of it: a plan that
    circles, a tool that hangs, a context that grows dear. A limit below what a typical task takes stops every task:
    fewer steps than it has, less money than its tokens cost, fewer minutes than its answers take to be written.

    Ask: After how many steps, minutes and how much money is a task handed to a person?
    False positives: none known; the minutes count answers one after another, so calls that run at once take fewer.

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
    yield from _too_tight(agent, design)


def _too_tight(agent: Agent, design: Design) -> Iterator[Finding]:
    """Limits below what a typical task takes."""
    limits, steps = agent.limits, agent.typical_steps
    if limits.steps is not None and steps is not None and limits.steps < steps:
        yield Finding(
            "The agent stops after {limit} steps, but a typical task takes {steps}.",
            at="limits.steps",
            also="model.agent.typical_steps",
            ways_out=[Sentence("closes at steps ≥ {steps}", steps=steps)],
            limit=limits.steps,
            steps=steps,
        )
    tokens = request_tokens(design, cheapest=True)
    if limits.cost is not None and tokens.result is not None and limits.cost < tokens.result:
        yield Finding(
            "The agent stops after {limit} {currency}, but the tokens of one task cost {cost}.",
            at="limits.cost",
            also="model.llm.models",
            working=tokens.working,
            ways_out=[Sentence("closes at cost ≥ {cost}", cost=at_least(tokens.result))],
            limit=limits.cost,
            currency=design.currency or "",
            cost=short(tokens.result),
        )
    taken = minutes(design)
    if limits.minutes is not None and taken.result is not None and limits.minutes < taken.result:
        yield Finding(
            "The agent stops after {limit} min, but the answers of a typical task take {minutes} min to be written.",
            at="limits.minutes",
            also="model.llm.serving.tokens_per_second",
            severity=Severity.WARNING,
            working=taken.working,
            ways_out=[Sentence("closes at minutes ≥ {minutes}", minutes=at_least(taken.result))],
            limit=limits.minutes,
            minutes=short(taken.result),
        )


@rule("AGT-04", Severity.ERROR, since=Maturity.DESIGN, sources=["AA", "AB"])
def non_idempotent_retry(agent: Agent) -> Iterator[Finding]:
    """A tool that changes something is called again after a failure, although a second call does it twice.

    A timeout says that no answer came, not that nothing was done. With three retries one refund of 40 EUR can become
    160. A key that the caller makes for each task, and the tool remembers, turns the second call into the answer of
    the first. From the pilot on, whether a second call is safe has to be known of what moves money, destroys or reaches
    other people.

    Ask: The answer to a payment is lost on the way back: what does the next attempt do?
    False positives: only errors that come before the action are retried (no connection); say `retries: 0` for the rest.

    Bad:
    ```yaml
    model: {agent: {tools: [{id: refund, effect: financial, retries: 3, idempotent: false}]}}
    ```
    Good:
    ```yaml
    model: {agent: {tools: [{id: refund, effect: financial, retries: 3, idempotent: true}]}}
    ```
    """
    for position, tool in enumerate(agent.tools):
        if tool.effect in TWICE and tool.retries and tool.idempotent is None:
            yield Finding(
                "A failed call of {tool} is tried again up to {retries} times, and nothing says whether a second one "
                "acts once more.",
                at=("tools", position, "idempotent"),
                also=("model", "agent", "tools", position, "retries"),
                severity={Maturity.PILOT: Severity.WARNING},
                ways_out=[Sentence("closes with a key for each call (idempotent: true), or without retries")],
                tool=tool.id or str(position),
                retries=tool.retries,
            )
        if tool.effect not in (None, "read") and tool.retries and tool.idempotent is False:
            yield Finding(
                "A failed call of {tool} is tried again up to {retries} times, and each one may act once more.",
                at=("tools", position, "idempotent"),
                also=("model", "agent", "tools", position, "retries"),
                ways_out=[Sentence("closes with a key for each call (idempotent: true), or without retries")],
                tool=tool.id or str(position),
                retries=tool.retries,
            )
