"""Names from the registries that Tab completes: losses of a task, tools of a role."""

from __future__ import annotations

from functools import cache

from mlsd.content.register import Register
from mlsd.content.registry import Tool, losses_for
from mlsd.interview.situation import Situation


def losses(situation: Situation) -> list[str]:
    """The losses registered for the task of the design."""
    return sorted(losses_for(situation.design.model.task or ""))


def transports(_: Situation) -> list[str]:
    """The usual carriers of data."""
    return [
        name for name in _tools("transport") if name in ("kafka", "pulsar", "kinesis", "pubsub", "rabbitmq", "grpc")
    ]


def feature_tools(_: Situation) -> list[str]:
    """Tools that compute features, in batches or in streams."""
    return list(dict.fromkeys([*_tools("batch_compute"), *_tools("stream_compute")]))


@cache
def _tools(role: str) -> tuple[str, ...]:
    return tuple(tool.id for tool in Register("tools", "tools", Tool) if role in tool.roles)
