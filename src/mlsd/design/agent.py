"""Stage 5, only where a model acts: its tools with their worst effects, its limits and its memory."""

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import Count, Days, Listed, Maybe, Minutes, Money, OneOf, Share, Text, YesNo


class Tool(Entry):
    """Something the agent can do: `model.agent.tools[]`."""

    effect: OneOf[Literal["read", "write", "external", "financial", "destructive", "privileged"]] = None
    """What is the worst that one call can do?

    `read` and `write` stay inside; `external` reaches other people, `financial` moves money, `destructive` deletes,
    `privileged` changes rights. These four need an approval or a hard limit.
    """
    approval: Maybe[Text] = None
    """Who approves a call before it runs?

    For example, “the shift lead, above 50 EUR”. Empty only for what can be undone and stays small.
    """
    limit: Maybe[Text] = None
    """Which hard limit holds for it?

    With a number: “50 EUR a call, 500 EUR a day, only orders of this customer”.
    """
    enforced_by: OneOf[Literal["code", "prompt"]] = None
    """Who enforces approval and limit?

    `code` or nothing: a `prompt` is a suggestion, and the next clever message talks the model out of it.
    """
    reversible: Maybe[YesNo] = None
    """Can one call be undone?

    `false` for an e-mail that is sent or money that is paid out.
    """
    idempotent: Maybe[YesNo] = None
    """Is it safe to run the same call twice?

    `false` together with retries pays twice; a key for each call cures that.
    """
    retries: Maybe[Count] = None
    """How often is a failed call tried again?"""
    open_ended: Maybe[YesNo] = None
    """Does it run anything it is given, such as a shell, SQL or any address?

    `true` asks for a sandbox; a narrow tool for each job is better.
    """
    sandbox: Maybe[Text] = None
    """In what sandbox does it run?

    For example, “container without network, read-only files, 10 seconds, 512 MB”.
    """


class AgentLimits(Node):
    """When the agent has to stop: `model.agent.limits`."""

    steps: Maybe[Count] = None
    """After how many steps does it stop?

    Two or three times the typical number, such as 20. All three limits belong together, because a loop breaks whichever
    is missing.
    """
    minutes: Maybe[Minutes] = None
    """After how many minutes does it stop?

    What the waiting person or the caller can bear.
    """
    cost: Maybe[Money] = None
    """After how much money does it stop, in the currency of the file?

    For one task, tokens and tools together, such as `0.50`.
    """


class AgentMemory(Node):
    """What it remembers from one task to the next: `model.agent.memory`."""

    ttl_days: Maybe[Days] = None
    """After how many days does it forget?

    0 if it remembers nothing from one task to the next.
    """
    writable_by: Maybe[Text] = None
    """Who or what may write into its memory?

    “Only our code, after validation” is safe; text from strangers in the memory gives orders for weeks.
    """
    deletion: Maybe[Text] = None
    """How is its memory erased when a person asks for it?

    For example, “all entries with the person's id, within 24 hours”.
    """


class Agent(Node):
    """A model that acts by itself; only where there is one: `model.agent`."""

    tools: Listed[Tool] = []
    """Which tools has it, and what is the worst each can do?

    One line for each: `refund: financial, lead, 50 EUR`. The fewer, the safer.
    """
    limits: Part[AgentLimits] = Field(default_factory=AgentLimits)
    """When does it have to stop?"""
    step_success: Maybe[Share] = None
    """What share of its steps succeeds?

    From 0 to 1 or in per cent. Ten steps of 95 % succeed together in 60 % of the tasks.
    """
    typical_steps: Maybe[Count] = None
    """How many steps does a typical task take?"""
    verification: Maybe[Text] = None
    """How is a step verified before the next one builds on it?

    For example, “the tests run after every edit, the amount is read back from the ledger”.
    """
    checks_end_state: Maybe[YesNo] = None
    """Does the evaluation check the end state and not only the text?

    `true` if it looks whether the order is really cancelled; a transcript can claim anything.
    """
    runs_per_task: Maybe[Count] = None
    """How many times is each task of the evaluation run?

    At least 3 to 5: an agent that succeeds once may fail the next time.
    """
    trace: Listed[Literal["inputs", "tool_calls", "approvals", "outputs"]] = []
    """What is kept of every run?

    All four, so that somebody can tell afterwards what it saw, did and was allowed to do.
    """
    acts_as: OneOf[Literal["requesting_user", "narrow_service", "wide_service"]] = None
    """With whose rights does it act?

    `requesting_user` is safest; a `wide_service` account lets everybody do through the agent what nobody may do alone.
    """
    memory: Part[AgentMemory] = Field(default_factory=AgentMemory)
    """What does it remember from one task to the next?"""
