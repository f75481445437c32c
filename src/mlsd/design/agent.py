"""agent"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import Count, Days, Listed, Minutes, Money, Share, Text, YesNo


class Tool(Entry):
    """Tool. `model.agent.tools[]`"""

    effect: Literal["read", "write", "external", "financial", "destructive", "privileged"] | None = None
    """Which tools has it, and what is the worst each can do?"""
    approval: Text | None = None
    """Who approves a call, and what hard limit holds?"""
    limit: Text | None = None
    """Who approves a call, and what hard limit holds?"""
    enforced_by: Literal["code", "prompt"] | None = None
    """Who enforces that: code, or only the prompt?"""
    reversible: YesNo | None = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""
    idempotent: YesNo | None = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""
    retries: Count | None = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""
    open_ended: YesNo | None = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""
    sandbox: Text | None = None
    """Undone? Run twice? Retried? Does it run anything (shell, SQL), in what sandbox?"""


class AgentLimits(Node):
    """AgentLimits. `model.agent.limits`"""

    steps: Count | None = None
    """After how many steps, minutes and how much money does it stop?"""
    minutes: Minutes | None = None
    """After how many steps, minutes and how much money does it stop?"""
    cost: Money | None = None
    """After how many steps, minutes and how much money does it stop?"""


class AgentMemory(Node):
    """AgentMemory. `model.agent.memory`"""

    ttl_days: Days | None = None
    """How long does it remember, who may write there, how is it erased?"""
    writable_by: Text | None = None
    """How long does it remember, who may write there, how is it erased?"""
    deletion: Text | None = None
    """How long does it remember, who may write there, how is it erased?"""


class Agent(Node):
    """Only where a model acts. `model.agent`"""

    tools: Listed[Tool] = []
    limits: Part[AgentLimits] = Field(default_factory=AgentLimits)
    step_success: Share | None = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    typical_steps: Count | None = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    verification: Text | None = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    checks_end_state: YesNo | None = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    runs_per_task: Count | None = None
    """How often does a step succeed, in how many; verified and evaluated how?"""
    trace: Listed[Literal["inputs", "tool_calls", "approvals", "outputs"]] = []
    """What is kept of every run, and with whose rights does it act?"""
    acts_as: Literal["requesting_user", "narrow_service", "wide_service"] | None = None
    """What is kept of every run, and with whose rights does it act?"""
    memory: Part[AgentMemory] = Field(default_factory=AgentMemory)
