"""What keeps an agent from doing harm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.design.agent import Agent, Tool
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

HARMFUL = frozenset({"external", "financial", "destructive", "privileged"})
NOBODY = re.compile(r"no|none|n/?a|nobody|not needed|нет|никто|никакого|не нужно|не требуется|[-–—]", re.IGNORECASE)
"""What people write where nobody approves."""


@rule("AGT-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED", "NL", "BK", "OA2", "OL6"])
def ungated_side_effect(tool: Tool) -> Iterator[Finding]:
    """A tool can do harm, and neither a person nor a hard limit stands before it.

    Actions are the risk that agents add: a wrong word is an embarrassment, a wrong refund is money. What leaves the
    company, costs, destroys or uses higher rights needs an approval or a limit that code enforces.

    What a tool does to the world has to be said before anything can stand before it.

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
    if tool.effect is None and tool.id:
        yield Finding(
            "Nothing says what {tool} does: reads, writes, or reaches people, money or rights.",
            at="effect",
            severity={Maturity.DESIGN: Severity.WARNING},
            ways_out=[Sentence("closes with its effect")],
            tool=tool.id,
        )
    if tool.effect in HARMFUL and not approved(tool) and not tool.limit:
        yield Finding(
            "The tool {tool} has the effect {effect}, with no approval and no hard limit.",
            at="effect",
            ways_out=[Sentence("closes with an approval or a limit")],
            tool=tool.id,
            effect=tool.effect,
        )


def approved(tool: Tool) -> bool:
    """Whether somebody has to agree before the tool runs."""
    return tool.approval is not None and not NOBODY.fullmatch(tool.approval.strip().rstrip("."))


@rule("AGT-02", Severity.ERROR, since=Maturity.DESIGN, sources=["BK"])
def generic_exec_tool(tool: Tool) -> Iterator[Finding]:
    """A tool runs whatever the model writes: a shell, any SQL, any address.

    An approval or a limit needs to know what a call does, and nobody can tell that of a free command: `rm`, `DROP` and
    a request to a stranger's server are one text each. Five narrow tools with typed arguments do the same work and
    can be checked. A sandbox makes the harm smaller and not the tool narrower, so it is a warning then, as for a tool
    that only reads; one that only reads inside a sandbox is left alone.

    Ask: Which five things does it run in practice, and why is each not a tool of its own?
    False positives: an agent that writes and runs code for a living; give it a sandbox and waive what is left.

    Bad:
    ```yaml
    model: {agent: {tools: [{id: run_sql, effect: write, open_ended: true}]}}
    ```
    Good:
    ```yaml
    model: {agent: {tools: [{id: run_sql, effect: write, open_ended: false}]}}
    ```
    """
    reads = tool.effect == "read"
    if not tool.open_ended or (reads and tool.sandbox):
        return
    ways_out = [Sentence("closes with a narrow tool for each job")]
    if not tool.sandbox:
        ways_out.append(Sentence("closes with a sandbox") if reads else Sentence("becomes a warning with a sandbox"))
    yield Finding(
        "The tool {tool} runs anything it is given.",
        at="open_ended",
        severity=Severity.WARNING if reads or tool.sandbox else None,
        ways_out=ways_out,
        tool=tool.id,
    )


@rule("AGT-06", Severity.WARNING, since=Maturity.DESIGN, sources=["OA3", "OL6"])
def over_privileged_identity(agent: Agent) -> Iterator[Finding]:
    """The agent acts with more rights than the person who asks it.

    With one wide account for everybody a clerk gets through the agent what the clerk may not open, and a page with
    orders in it gets what the whole company may. The log then names the account, not the person. Rights of the
    requesting user, handed on with each call, keep every check that already exists.

    Ask: What can the least trusted person who may talk to it do through it and not without it?
    False positives: a nightly job that nobody asks for; a narrow account of its own (`narrow_service`) is silent.

    Bad:
    ```yaml
    model: {agent: {tools: [{id: read_invoice, effect: read}], acts_as: wide_service}}
    ```
    Good:
    ```yaml
    model: {agent: {tools: [{id: read_invoice, effect: read}], acts_as: requesting_user}}
    ```
    """
    if agent.acts_as == "wide_service":
        yield Finding(
            "The agent acts as a service that may do more than the person who asks it.",
            at="acts_as",
            ways_out=[Sentence("closes with the rights of the requesting user, or with a narrow service")],
        )


@rule("AGT-10", Severity.ERROR, since=Maturity.DESIGN, sources=["NL", "BK"])
def prompt_as_policy(agent: Agent) -> Iterator[Finding]:
    """A limit or an approval stands only in the prompt.

    A prompt is a suggestion. A model that keeps to it 99 times in 100 breaks it ten times on a day of a thousand
    calls, and whoever writes the next message can talk it into the eleventh. The same sentence as an `if` before the
    call holds every time and can be tested.

    Ask: If the model decides to ignore this limit, which line of code stops the call?
    False positives: none known; where code checks it as well, the answer is `code`.

    Bad:
    ```yaml
    model: {agent: {tools: [{id: refund, effect: financial, limit: 50 EUR a case, enforced_by: prompt}]}}
    ```
    Good:
    ```yaml
    model: {agent: {tools: [{id: refund, effect: financial, limit: 50 EUR a case, enforced_by: code}]}}
    ```
    """
    for position, tool in enumerate(agent.tools):
        kept = "limit" if tool.limit else "approval" if approved(tool) else None
        if tool.enforced_by == "prompt" and kept:
            yield Finding(
                "Only the prompt enforces the {what} of {tool}, and a prompt is a suggestion.",
                at=("tools", position, "enforced_by"),
                also=("model", "agent", "tools", position, kept),
                ways_out=[Sentence("closes if code checks it before the call (enforced_by: code)")],
                what=Sentence("limit") if tool.limit else Sentence("approval"),
                tool=tool.id or str(position),
            )
