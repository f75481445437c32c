"""What is known, kept and expected of an agent's runs."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from mlsd.content.registry import metric as known_metric
from mlsd.derived.agent import agent as derived_agent
from mlsd.derived.agent import success_target
from mlsd.design import Design
from mlsd.design.agent import Agent, AgentMemory
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, at_most, computed, result_of, short
from mlsd.lint.rules.agent.control import approved

RUNS = 3
"""With fewer runs of a task, one that succeeds half the time looks perfect too often."""


@rule("AGT-05", Severity.ERROR, since=Maturity.PILOT, sources=["NL", "PL", "OA"])
def no_audit_trace(agent: Agent) -> Iterator[Finding]:
    """Nobody can tell afterwards what the agent saw, did and was allowed to do.

    The first complaint asks three things: what stood in front of the model, which calls it made with which
    arguments, and who said yes. The text it answered with proves none of them, and a run cannot be repeated to find
    out. Whatever is not kept from the first day of the pilot is missing when it is needed.

    Ask: A customer was refunded twice last Tuesday: from what do you read why?
    False positives: none known; approvals are asked for only where a tool has one.

    Bad:
    ```yaml
    model: {agent: {tools: [{id: refund, effect: financial, approval: lead}], trace: outputs}}
    ```
    Good:
    ```yaml
    model: {agent: {tools: [{id: refund, effect: financial, approval: lead}], trace: [inputs, tool_calls, approvals]}}
    ```
    """
    wanted = ["inputs", "tool_calls"]
    if any(approved(tool) for tool in agent.tools):
        wanted.append("approvals")
    missing = [part for part in wanted if part not in agent.trace]
    if missing:
        yield Finding("The trace of a run does not keep: {missing}.", at="trace", missing=missing)


@rule("AGT-07", Severity.WARNING, since=Maturity.DESIGN, sources=["OA", "AA"])
def memory_unbounded(memory: AgentMemory, design: Design) -> Iterator[Finding]:
    """The agent remembers from one task to the next: without an end, a guard or a way to erase, or longer than is said.

    A sentence that a stranger gets into the memory once is read as true in every later task: one poisoned entry
    gives orders for as long as it lives. An end (30 days, say) limits that, a writer that is code and not the model
    prevents it, and erasing is what the law and the clean-up both need. What it remembers of people is personal data: a
    memory of 900 days breaks the promise to keep such data for 180.

    Ask: Something false got into the memory in March: who could have written it, and when is it gone?
    False positives: a memory with nothing about people in it; waive it and say what it holds. An agent that forgets
    after each task says `ttl_days: 0`.

    Bad:
    ```yaml
    model: {agent: {memory: {writable_by: our code, deletion: by the id of the person}}}
    ```
    Good:
    ```yaml
    model: {agent: {memory: {ttl_days: 30, writable_by: our code, deletion: by the id of the person}}}
    ```
    Bad:
    ```yaml
    model: {agent: {memory: {ttl_days: 900, writable_by: our code, deletion: by the id of the person}}}
    deploy: {privacy: {retention_days: 180}}
    ```
    Good:
    ```yaml
    model: {agent: {memory: {ttl_days: 180, writable_by: our code, deletion: by the id of the person}}}
    deploy: {privacy: {retention_days: 180}}
    ```
    """
    yield from _longer_than_kept(memory, design)
    if memory.is_empty or memory.ttl_days == 0:
        return
    missing = [] if memory.ttl_days else [Sentence("when it forgets")]
    missing += [] if memory.writable_by else [Sentence("who may write into it")]
    missing += [] if memory.deletion else [Sentence("how an entry is erased")]
    if missing:
        yield Finding("The agent has a memory, and this is not said of it: {missing}.", missing=missing)


def _longer_than_kept(memory: AgentMemory, design: Design) -> Iterator[Finding]:
    """A memory that outlives what personal data may; of anonymous data nothing is promised."""
    kept, privacy = memory.ttl_days, design.deploy.privacy
    if kept is None or privacy.retention_days is None or privacy.anonymised or kept <= privacy.retention_days:
        return
    yield Finding(
        "The agent remembers for {days} days, but personal data is kept for {kept}.",
        at="ttl_days",
        also="deploy.privacy.retention_days",
        ways_out=[Sentence("closes at ttl_days ≤ {kept}", kept=privacy.retention_days)],
        days=kept,
        kept=privacy.retention_days,
    )


@rule("AGT-08", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG", "AA"])
def compounding_error(agent: Agent, design: Design) -> Iterator[Finding]:
    """The steps of a task fail too often, taken together, for the success that is promised.

    Chances multiply: ten steps of 95 % succeed together in 60 % of the tasks, twenty of 99 % in 82 %. A better model
    moves one factor; fewer steps, or a check after each one that catches the error and repeats the step, move them all.

    Ask: At which step do most tasks die, and what notices it there?
    False positives: the agent sees its errors and mends them; say how in `verification`, and the rule is silent.

    Bad:
    ```yaml
    metrics: {offline: [{id: task_success, target: 0.8}]}
    model: {agent: {step_success: 0.95, typical_steps: 10}}
    ```
    Good:
    ```yaml
    metrics: {offline: [{id: task_success, target: 0.8}]}
    model: {agent: {step_success: 0.95, typical_steps: 4}}
    ```
    """
    target = success_target(design)
    found = list(derived_agent(design))
    chance, needed = computed(found, "agent.success"), result_of(computed(found, "agent.step_needed"))
    step, reached = agent.step_success, result_of(chance)
    if agent.verification or target is None or step is None or reached is None or needed is None:
        return
    if step >= needed or isclose(step, needed):
        return
    steps = result_of(computed(found, "agent.steps"))
    ways_out = [] if steps is None else [Sentence("closes at typical_steps ≤ {steps}", steps=at_most(steps))]
    yield Finding(
        "{steps} steps that succeed in {step} % of cases each complete {reached} % of the tasks, below the target of "
        "{target} %.",
        at="step_success",
        also=target.path or "",
        working=chance,
        ways_out=[
            *ways_out,
            Sentence("closes at step_success ≥ {needed}", needed=at_least(needed)),
            Sentence("closes with a verification of each step"),
        ],
        steps=agent.typical_steps,
        step=short(100 * step),
        reached=short(100 * reached),
        target=short(100 * target.value),
    )


@rule("AGT-09", Severity.WARNING, since=Maturity.DESIGN, sources=["BK"], requires=("LLM-01",))
def transcript_eval(agent: Agent, design: Design) -> Iterator[Finding]:
    """The evaluation reads what the agent says, or looks once, and not at what is true afterwards.

    “Your order is cancelled” is a sentence; whether the order is cancelled stands in the database. And a task that
    succeeds in half of all attempts looks solved by every second evaluation that tries it once, and by one in eight
    that try it three times.

    Ask: Which query shows after each test task that the world is as it should be, and in how many of five runs?
    False positives: an agent that only answers changes nothing; its end state is the answer, so say `true`.

    Bad:
    ```yaml
    model: {agent: {checks_end_state: false, runs_per_task: 5}}
    ```
    Good:
    ```yaml
    model: {agent: {checks_end_state: true, runs_per_task: 5}}
    ```
    """
    missing = [] if agent.checks_end_state else [Sentence("a check of the end state")]
    missing += [] if _repeated(agent, design) else [Sentence("at least {runs} runs of each task", runs=RUNS)]
    if missing:
        at = "runs_per_task" if agent.checks_end_state else "checks_end_state"
        yield Finding("The evaluation of the agent lacks: {missing}.", at=at, missing=missing)


def _repeated(agent: Agent, design: Design) -> bool:
    """Whether a task is run several times: as the agent says, or as a metric over several runs implies."""
    if agent.runs_per_task is not None:
        return agent.runs_per_task >= RUNS
    entries = (known_metric(metric.metric or metric.id) for metric in design.metrics.offline)
    return any(entry and entry.id == "pass_at_k" for entry in entries)
