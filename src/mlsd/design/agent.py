"""agent"""

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import Count, Days, Listed, Maybe, Minutes, Money, OneOf, Share, Text, YesNo


class Tool(Entry):
    """Tool. `model.agent.tools[]`"""

    effect: OneOf[Literal["read", "write", "external", "financial", "destructive", "privileged"]] = None
    """Which tools has it, and what is the worst each can do?"""
    approval: Maybe[Text] = None
    """Who approves a call, and what hard limit holds?"""
    limit: Maybe[Text] = None
    """Who approves a call, and what hard limit holds?"""
    enforced_by: OneOf[Literal["code", "prompt"]] = None
    """Who enforces that: code, or only the prompt?"""
    reversible: Maybe[YesNo] = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""
    idempotent: Maybe[YesNo] = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""
    retries: Maybe[Count] = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""
    open_ended: Maybe[YesNo] = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""
    sandbox: Maybe[Text] = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""


class AgentLimits(Node):
    """AgentLimits. `model.agent.limits`"""

    steps: Maybe[Count] = None
    """After how many steps, minutes and how much money does it stop?"""
    minutes: Maybe[Minutes] = None
    """After how many steps, minutes and how much money does it stop?"""
    cost: Maybe[Money] = None
    """After how many steps, minutes and how much money does it stop?"""


class AgentMemory(Node):
    """AgentMemory. `model.agent.memory`"""

    ttl_days: Maybe[Days] = None
    """How long does it remember, who may write there, how is it erased?"""
    writable_by: Maybe[Text] = None
    """How long does it remember, who may write there, how is it erased?"""
    deletion: Maybe[Text] = None
    """How long does it remember, who may write there, how is it erased?"""


class Agent(Node):
    """Only where a model acts. `model.agent`"""

    tools: Listed[Tool] = []
    limits: Part[AgentLimits] = Field(default_factory=AgentLimits)
    step_success: Maybe[Share] = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    typical_steps: Maybe[Count] = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    verification: Maybe[Text] = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    checks_end_state: Maybe[YesNo] = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    runs_per_task: Maybe[Count] = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    trace: Listed[Literal["inputs", "tool_calls", "approvals", "outputs"]] = []
    """What is kept of every run, and with whose rights does it act?"""
    acts_as: OneOf[Literal["requesting_user", "narrow_service", "wide_service"]] = None
    """What is kept of every run, and with whose rights does it act?"""
    memory: Part[AgentMemory] = Field(default_factory=AgentMemory)
